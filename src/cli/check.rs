//! `check`: every problem of a knowledge folder, with its line and what to do.
//!
//! A folder that can be used is looked at more closely than loading does: its own questions are asked.

use std::cell::OnceCell;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::app::{KnowledgeSource, Snapshot};
use crate::config::Config;
use crate::domain::Corpus;
use crate::knowledge::{self, Files, Loaded, Problem, Severity, Style};

use super::progress::patiently;
use super::{Ended, open};

pub(super) fn check(config: &Config, folder: Option<PathBuf>, out: &mut impl Write) -> anyhow::Result<Ended> {
    let source = folder.map_or_else(|| config.knowledge.clone(), KnowledgeSource::Folder);
    let files = source.files()?;
    let loaded = patiently("checking the knowledge", || {
        let mut loaded = knowledge::load(&files);
        if let Some(corpus) = &loaded.corpus {
            loaded.problems.extend(reviewed(&files, corpus, config));
            loaded.problems.sort_by(Problem::by_place);
        }
        loaded
    });
    let count = |severity| loaded.problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let ended = if errors > 0 { Ended::No } else { Ended::Fine };
    match show(&loaded, errors, warnings, out) {
        // Whoever reads has seen enough; the verdict stands all the same (`onrecord check | head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ended),
        shown => Ok(shown.map(|()| ended)?),
    }
}

/// What a closer look finds. The matcher is made when the first topic is asked for: an imported set needs none.
fn reviewed(files: &Files, corpus: &Corpus, config: &Config) -> Vec<Problem> {
    let snapshot = OnceCell::new();
    knowledge::review(files, corpus, |interview, topic| {
        let snapshot = snapshot.get_or_init(|| Snapshot::new(corpus.clone(), open::clock(config).now()));
        snapshot.reaches(interview, topic)
    })
}

fn show(loaded: &Loaded, errors: usize, warnings: usize, out: &mut impl Write) -> io::Result<()> {
    let style = if io::stdout().is_terminal() { Style::Coloured } else { Style::Plain };
    for problem in &loaded.problems {
        writeln!(out, "{}\n", problem.render(style))?;
    }
    if let Some(corpus) = &loaded.corpus {
        let events: usize = corpus.interviews.iter().map(|interview| interview.events.len()).sum();
        writeln!(
            out,
            "revision {}: {}, {}, {}, {}",
            corpus.revision,
            counted(corpus.interviews.len(), "interview"),
            counted(corpus.placed().count(), "passage"),
            counted(corpus.topics().count(), "topic"),
            counted(events, "event")
        )?;
    }
    writeln!(out, "{}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
    Ok(())
}

/// "1 error", "2 errors".
fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
