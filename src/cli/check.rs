//! `check`: every problem of a knowledge folder, with its line and what to do.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::app::KnowledgeSource;
use crate::config::Config;
use crate::knowledge::{self, Loaded, Severity, Style};

use super::Ended;

pub(super) fn check(config: &Config, folder: Option<PathBuf>, out: &mut impl Write) -> anyhow::Result<Ended> {
    let source = folder.map_or_else(|| config.knowledge.clone(), KnowledgeSource::Folder);
    let loaded = knowledge::load(&source.files()?);
    let count = |severity| loaded.problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let ended = if errors > 0 { Ended::No } else { Ended::Fine };
    match show(&loaded, errors, warnings, out) {
        // Whoever reads has seen enough; the verdict stands all the same (`onrecord check | head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ended),
        shown => Ok(shown.map(|()| ended)?),
    }
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
