//! `eval --sets DIR`: public question sets, each a folder with its answers (`faq.jsonl`) and files of questions.
//!
//! Nothing is written: the answers are imported in memory. Each file of questions is a row; `outside.jsonl` has
//! questions without an answer and is asked along with the others of its folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Deserialize;

use crate::app::{self, Sample, SetQuestion, SetScore, Share, Snapshot, evaluate_set, missing_gold};
use crate::domain::InterviewId;
use crate::knowledge::{self, Files};

use super::super::progress::{Progress, patiently};
use super::super::{Ended, open};
use super::calibrate;

const ANSWERS: &str = "faq.jsonl";
const OUTSIDE: &str = "outside.jsonl";

/// A line of a file of questions; an empty `gold` means that nothing answers it.
#[derive(Deserialize)]
struct Line {
    question: String,
    gold: String,
}

/// What is asked of the sets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// How well they are answered.
    Scores,
    /// What other thresholds would do.
    Prices,
}

/// Asks every set below a folder.
pub(super) fn eval(folder: &Path, wanted: Wanted, out: &mut impl Write) -> anyhow::Result<Ended> {
    let sets: Vec<PathBuf> = entries(folder)?.into_iter().filter(|entry| entry.join(ANSWERS).is_file()).collect();
    if sets.is_empty() {
        bail!(
            "failed to find a set in `{}`: a set is a folder with `{ANSWERS}` and files of questions",
            folder.display()
        );
    }
    if wanted == Wanted::Scores {
        let columns = ["asked", "hit@1", "hit@3", "quoted", "wrongly", "auroc", "rej95", "quoted"];
        row("", columns, out)?;
        row("", ["", "", "", "right", "", "", "", "outs."], out)?;
    }
    for set in sets {
        ask(&set, wanted, out)?;
    }
    Ok(Ended::Fine)
}

/// Asks the questions of one set.
fn ask(set: &Path, wanted: Wanted, out: &mut impl Write) -> anyhow::Result<()> {
    let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let start = Instant::now();
    let snapshot = patiently("loading the set", || snapshot(set, &name))?;
    writeln!(out, "{name}: loaded and indexed in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0)?;
    let outside = match set.join(OUTSIDE) {
        file if file.is_file() => questions(&file)?,
        _ => Vec::new(),
    };
    for file in entries(set)? {
        let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if [ANSWERS, OUTSIDE].contains(&file_name.as_str()) || !file_name.ends_with(".jsonl") {
            continue;
        }
        let mut questions = questions(&file)?;
        if let Some(gold) = missing_gold(&snapshot, &questions).first() {
            bail!("failed to score `{}`: `{gold}` is not an id in {ANSWERS}", file.display());
        }
        questions.extend(outside.iter().cloned());
        let name = format!("{name}/{file_name}");
        match wanted {
            Wanted::Scores => {
                let progress = Progress::new("asking", questions.len());
                let score = evaluate_set(&snapshot, &questions, || progress.step());
                drop(progress);
                show(&name, questions.len(), &score, out)?;
            }
            Wanted::Prices => {
                let samples: Vec<Sample<'_>> = questions.iter().map(Sample::from).collect();
                let progress = Progress::new("calibrating", samples.len());
                let calibration = app::calibrate(&snapshot, &samples, || progress.step());
                drop(progress);
                calibrate::show(&calibration, &format!("the {} questions of {name}", samples.len()), out)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

fn snapshot(set: &Path, name: &str) -> anyhow::Result<Snapshot> {
    let path = set.join(ANSWERS);
    let shown = path.display().to_string();
    let Some(id) = InterviewId::parse(name) else { bail!("failed to read `{shown}`: `{name}` cannot be an id") };
    let lines = fs::read(&path).with_context(|| format!("failed to read `{shown}`"))?;
    let imported = match knowledge::import(&shown, &lines, &id) {
        Ok(imported) => imported,
        Err(problems) => return open::refuse(&problems, "nothing was scored"),
    };
    let files = imported.files.iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes.to_vec()));
    match knowledge::load(&Files::from_pairs(files)).corpus {
        Some(corpus) => Ok(Snapshot::new(corpus, Timestamp::UNIX_EPOCH)),
        None => bail!("failed to load what was imported from `{shown}`"),
    }
}

fn questions(file: &Path) -> anyhow::Result<Vec<SetQuestion>> {
    let text = fs::read_to_string(file).with_context(|| format!("failed to read `{}`", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let line: Line =
                serde_json::from_str(line).with_context(|| format!("failed to read `{}:{}`", file.display(), n + 1))?;
            Ok(SetQuestion { question: line.question, gold: Some(line.gold).filter(|gold| !gold.is_empty()) })
        })
        .collect()
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("failed to read `{}`", folder.display()))?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn show(name: &str, n_asked: usize, score: &SetScore, out: &mut impl Write) -> std::io::Result<()> {
    let share = |share: Share| if share.of > 0 { format!("{:.4}", share.ratio()) } else { "–".to_owned() };
    let part = |part: Option<f64>| part.map_or_else(|| "–".to_owned(), |part| format!("{part:.4}"));
    let cells = [
        n_asked.to_string(),
        share(score.hit_at_1),
        share(score.hit_at_3),
        share(score.quoted_right),
        share(score.quoted_wrong),
        part(score.auroc),
        part(score.rejected_at_95),
        share(score.outside_quoted),
    ];
    row(name, cells.each_ref().map(String::as_str), out)
}

fn row(name: &str, cells: [&str; 8], out: &mut impl Write) -> std::io::Result<()> {
    let [asked, hit_1, hit_3, right, wrong, auroc, rejected, outside] = cells;
    writeln!(
        out,
        "{name:36} {asked:>6} {hit_1:>6} {hit_3:>6} {right:>7} {wrong:>7} {auroc:>6} {rejected:>6} {outside:>6}"
    )
}
