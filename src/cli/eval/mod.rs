//! `eval`: scores the labelled questions, says how the answers go wrong, and compares with the floor.
//!
//! `text` prints it, `report` makes a page of it, `calibrate` shows what other thresholds would do, `sets` asks public
//! question sets.

mod calibrate;
mod floor;
mod phrases;
mod report;
mod sets;
mod text;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use crate::app::{self, Calibration, Judged, Sample, Score, Snapshot, ask_all, confusions, reliability, scores};
use crate::config::Config;
use crate::domain::{Corpus, Language};

use super::progress::Progress;
use super::{Ended, open};
use report::{Contents, Report};
use sets::Wanted;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Lists the questions that came out wrong
    #[arg(long)]
    wrong: bool,
    /// Shows what other thresholds would do, and proposes some
    #[arg(long, conflicts_with = "wrong")]
    calibrate: bool,
    /// Writes a page with charts into that folder, too: index.html
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Scores the public question sets in that folder instead
    #[arg(long, value_name = "DIR", conflicts_with_all = ["wrong", "report"])]
    sets: Option<PathBuf>,
}

pub(super) fn eval(config: &Config, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    if let Some(folder) = &arguments.sets {
        let wanted = if arguments.calibrate { Wanted::Prices } else { Wanted::Scores };
        return sets::eval(folder, wanted, out);
    }
    let snapshot = open::library(&config.knowledge, &open::clock(config))?.snapshot();
    let n_judgments = snapshot.corpus.interviews.iter().map(|interview| interview.judgments.len()).sum();
    if n_judgments == 0 {
        writeln!(out, "no judgments: put labelled questions into judgments.jsonl")?;
        return measured(&snapshot.corpus, &BTreeMap::new(), out);
    }
    let report = arguments.report.as_deref().map(Report::into_folder).transpose()?;
    let progress = Progress::new("asking", n_judgments);
    let judged = ask_all(&snapshot, || progress.step());
    drop(progress);
    let calibration = arguments.calibrate.then(|| calibrated(&snapshot, &judged));
    // The page comes first: whoever reads the text may stop in the middle (`| head`).
    let contents = Contents { corpus: &snapshot.corpus, judged: &judged, calibration: calibration.as_ref() };
    let written = report.map(|report| report.write(&contents)).transpose()?;
    let ended = match &calibration {
        Some(calibration) => {
            let asked_of = format!("{} of the {} judgments of the knowledge", calibration.n_asked(), judged.len());
            calibrate::show(calibration, &asked_of, out)?;
            Ended::Fine
        }
        None => show(&snapshot.corpus, &judged, arguments, out)?,
    };
    if let Some(page) = written {
        writeln!(out, "\nwrote {}", page.display())?;
    }
    Ok(ended)
}

fn calibrated(snapshot: &Snapshot, judged: &[Judged<'_>]) -> Calibration {
    let samples = Sample::of_judgments(judged);
    let progress = Progress::new("calibrating", samples.len());
    app::calibrate(snapshot, &samples, || progress.step())
}

/// Prints all there is to say, and compares with the floor.
fn show(corpus: &Corpus, judged: &[Judged<'_>], arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    let scores = scores(judged);
    text::scores(judged, &scores, out)?;
    text::confusions(corpus, &confusions(judged), out)?;
    text::reliability(&reliability(judged), out)?;
    if arguments.wrong {
        text::wrong(judged, out)?;
    }
    measured(corpus, &scores, out)
}

/// Tells what the scores fall short of.
fn measured(corpus: &Corpus, scores: &BTreeMap<Language, Score>, out: &mut impl Write) -> anyhow::Result<Ended> {
    let short = floor::below(corpus, scores);
    for short in &short {
        writeln!(out, "below the floor: {short}")?;
    }
    Ok(if short.is_empty() { Ended::Fine } else { Ended::No })
}
