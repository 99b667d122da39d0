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

use crate::app::{SetQuestion, SetScore, Share, Snapshot, evaluate_set, missing_gold};
use crate::domain::InterviewId;
use crate::knowledge::{self, Files};

use super::Ended;

const ANSWERS: &str = "faq.jsonl";
const OUTSIDE: &str = "outside.jsonl";

/// A line of a file of questions; an empty `gold` means that nothing answers it.
#[derive(Deserialize)]
struct Line {
    question: String,
    gold: String,
}

/// Scores every set below a folder.
pub(super) fn eval(folder: &Path, out: &mut impl Write) -> anyhow::Result<Ended> {
    let sets: Vec<PathBuf> = entries(folder)?.into_iter().filter(|entry| entry.join(ANSWERS).is_file()).collect();
    if sets.is_empty() {
        bail!(
            "failed to find a set in `{}`: a set is a folder with `{ANSWERS}` and files of questions",
            folder.display()
        );
    }
    writeln!(
        out,
        "{:36} {:>6} {:>6} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6}",
        "", "asked", "hit@1", "hit@3", "quoted", "wrongly", "auroc", "rej95", "quoted"
    )?;
    writeln!(
        out,
        "{:36} {:>6} {:>6} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6}",
        "", "", "", "", "right", "", "", "", "outs."
    )?;
    for set in sets {
        show_set(&set, out)?;
    }
    Ok(Ended::Fine)
}

fn show_set(set: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let start = Instant::now();
    let snapshot = snapshot(set, &name)?;
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
        show(&format!("{name}/{file_name}"), questions.len(), &evaluate_set(&snapshot, &questions), out)?;
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
        Err(problems) => return super::open::refuse(&problems, "nothing was scored"),
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
    writeln!(
        out,
        "{name:36} {n_asked:>6} {:>6} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6}",
        share(score.hit_at_1),
        share(score.hit_at_3),
        share(score.quoted_right),
        share(score.quoted_wrong),
        part(score.auroc),
        part(score.rejected_at_95),
        share(score.outside_quoted),
    )
}
