//! `ask`: one question, one reply; or a stream of them as JSON lines, a contract that tools build on.

use std::io::{BufRead, Write};
use std::time::Instant;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::app::{Answer, Found, Outcome, Preference, Snapshot, answer};
use crate::config::Config;
use crate::matching::Hit;

use super::{Ended, open, talk};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The question
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    question: Option<String>,
    /// Shows why this was answered, in plain words
    #[arg(long, conflicts_with_all = ["json", "jsonl"])]
    explain: bool,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
    /// Reads `{"id", "question"}` objects from standard input, one a line; prints one object each
    #[arg(long)]
    jsonl: bool,
}

/// A line of input.
#[derive(Deserialize)]
struct Asked {
    id: String,
    question: String,
}

/// A line of output.
#[derive(Serialize)]
struct Replied<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    outcome: &'static str,
    quotes: Vec<Quoted<'a>>,
    nearest: Vec<Near<'a>>,
    confidence: f32,
    micros: u64,
}

#[derive(Serialize)]
struct Quoted<'a> {
    text: &'a str,
    interview: &'a str,
    passage: &'a str,
    url: &'a str,
    score: f32,
}

#[derive(Serialize)]
struct Near<'a> {
    interview: &'a str,
    passage: &'a str,
    score: f32,
}

pub(super) fn ask(
    config: &Config,
    arguments: &Arguments,
    input: &mut impl BufRead,
    out: &mut (impl Write + Send),
) -> anyhow::Result<Ended> {
    let clock = open::clock(config);
    let Some(question) = &arguments.question else {
        let snapshot = open::library(&config.knowledge, &clock)?.snapshot();
        return stream(&snapshot, input, out, &mut std::io::stderr().lock());
    };
    if question.trim().is_empty() {
        bail!("the question is empty");
    }
    if arguments.json {
        let snapshot = open::library(&config.knowledge, &clock)?.snapshot();
        writeln!(out, "{}", timed(&snapshot, None, question)?)?;
        return Ok(Ended::Fine);
    }
    if arguments.explain {
        let snapshot = open::library(&config.knowledge, &clock)?.snapshot();
        writeln!(out, "{}", snapshot.matcher.explain(question))?;
        return Ok(Ended::Fine);
    }
    talk::once(config, question, out)?;
    Ok(Ended::Fine)
}

/// Answers each line as a conversation of its own, in the order of the input, one by one.
fn stream(
    snapshot: &Snapshot,
    input: &mut impl BufRead,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> anyhow::Result<Ended> {
    let mut ended = Ended::Fine;
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Asked>(&line) {
            Ok(asked) => {
                writeln!(out, "{}", timed(snapshot, Some(&asked.id), &asked.question)?)?;
                out.flush()?;
            }
            Err(error) => {
                writeln!(errors, "line {number}: {error}; a line is {{\"id\": \"…\", \"question\": \"…\"}}")?;
                ended = Ended::Failed;
            }
        }
    }
    Ok(ended)
}

fn timed(snapshot: &Snapshot, id: Option<&str>, question: &str) -> serde_json::Result<String> {
    let start = Instant::now();
    let answer = answer(snapshot, question, Preference::default());
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    serde_json::to_string(&replied(&answer, id, micros))
}

fn replied<'a>(answer: &'a Answer, id: Option<&'a str>, micros: u64) -> Replied<'a> {
    let (outcome, found): (_, &[Found]) = match &answer.outcome {
        Outcome::Quote(found) => ("quote", found),
        Outcome::Choices(found) => ("choices", found),
        Outcome::NotCovered => ("not_covered", &[]),
        Outcome::Chat(_) => ("chat", &[]),
    };
    Replied {
        id,
        outcome,
        quotes: found.iter().map(quoted).collect(),
        nearest: answer.nearest.iter().map(near).collect(),
        confidence: answer.confidence,
        micros,
    }
}

fn quoted(found: &Found) -> Quoted<'_> {
    let name = found.quote.name();
    Quoted {
        text: found.quote.words(),
        interview: name.interview.as_str(),
        passage: name.passage.as_str(),
        url: &found.quote.source().url,
        score: found.score,
    }
}

fn near(hit: &Hit) -> Near<'_> {
    Near { interview: hit.passage.interview.as_str(), passage: hit.passage.passage.as_str(), score: hit.score }
}
