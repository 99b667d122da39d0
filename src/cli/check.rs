//! `check`: every problem of a knowledge folder, with its line and what to do.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::app::KnowledgeSource;
use crate::config::Config;
use crate::knowledge::{self, Severity, Style};

use super::Ended;

pub(super) fn check(config: &Config, folder: Option<PathBuf>, out: &mut impl Write) -> anyhow::Result<Ended> {
    let source = folder.map_or_else(|| config.knowledge.clone(), KnowledgeSource::Folder);
    let loaded = knowledge::load(&source.files()?);
    let style = if io::stdout().is_terminal() { Style::Coloured } else { Style::Plain };
    for problem in &loaded.problems {
        writeln!(out, "{}\n", problem.render(style))?;
    }
    let count = |severity| loaded.problems.iter().filter(|problem| problem.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if let Some(corpus) = &loaded.corpus {
        let passages = corpus.placed().count();
        let events: usize = corpus.interviews.iter().map(|interview| interview.events.len()).sum();
        let topics = corpus.topics().count();
        let interviews = corpus.interviews.len();
        writeln!(
            out,
            "revision {}: {interviews} interviews, {passages} passages, {topics} topics, {events} events",
            corpus.revision
        )?;
    }
    writeln!(out, "{errors} errors, {warnings} warnings")?;
    Ok(if errors > 0 { Ended::No } else { Ended::Fine })
}
