//! Opens the knowledge for a command; what is wrong with it goes to stderr.

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::bail;

use crate::app::{KnowledgeSource, Library, LoadError};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::Corpus;
use crate::knowledge::{self, Problem};

use super::progress::patiently;

const LOADING: &str = "loading the knowledge";

const UNUSABLE: &str = "the knowledge cannot be used; `onrecord check` shows each line";

/// The clock that the configuration asks for.
pub(super) fn clock(config: &Config) -> Clock {
    config.clock_start.map_or_else(Clock::system, Clock::starting_at)
}

/// The knowledge without its index, or every problem on stderr.
pub(super) fn corpus(source: &KnowledgeSource) -> anyhow::Result<Corpus> {
    let files = source.files()?;
    let loaded = patiently(LOADING, || knowledge::load(&files));
    match loaded.corpus {
        Some(corpus) => Ok(corpus),
        None => refuse(&loaded.problems, UNUSABLE),
    }
}

/// The knowledge, or every problem on stderr.
pub(super) fn library(source: &KnowledgeSource, clock: &Clock) -> anyhow::Result<Arc<Library>> {
    match patiently(LOADING, || Library::open(source.clone(), clock.clone())) {
        Ok((library, warnings)) => {
            if !warnings.is_empty() {
                tracing::warn!(warnings = warnings.len(), "the knowledge has warnings; `onrecord check` shows them");
            }
            Ok(Arc::new(library))
        }
        Err(LoadError::Problems(problems)) => refuse(&problems, UNUSABLE),
        Err(error @ (LoadError::Unread(_) | LoadError::Busy | LoadError::Panicked)) => Err(error.into()),
    }
}

/// Every problem on stderr, and what that means.
pub(super) fn refuse<T>(problems: &[Problem], meaning: &'static str) -> anyhow::Result<T> {
    let mut stderr = io::stderr().lock();
    for problem in problems {
        writeln!(stderr, "{problem}")?;
    }
    bail!(meaning);
}
