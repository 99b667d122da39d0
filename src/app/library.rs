//! The live knowledge: one immutable snapshot that readers hold, and a reload that replaces it whole or not at all.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, TryLockError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::chat::{Block, Message};
use crate::clock::Clock;
use crate::comparing::Comparer;
use crate::domain::{Corpus, Event, EventUid, Interview, PassageName, Revision, Topic};
use crate::knowledge::{self, Changes, Files, Problem, ReadError};
use crate::matching::{Hit, Matcher, Verdict};

use super::small_talk;

/// Where the knowledge comes from.
#[derive(Debug, Clone)]
pub enum KnowledgeSource {
    /// The interview inside the binary.
    Embedded,
    /// A folder that editors work in.
    Folder(PathBuf),
}

impl KnowledgeSource {
    /// Reads its files.
    ///
    /// # Errors
    /// [`ReadError`] if the folder cannot be read.
    pub fn files(&self) -> Result<Files, ReadError> {
        match self {
            Self::Embedded => Ok(Files::embedded()),
            Self::Folder(folder) => Files::read(folder),
        }
    }
}

/// One revision of the knowledge, ready to answer. A reply holds one from its first word to its last.
pub struct Snapshot {
    /// What is known.
    pub corpus: Corpus,
    /// Finds passages in it.
    pub matcher: Matcher,
    /// When it was loaded.
    pub loaded: Timestamp,
    /// Compares quotes with it; made when the first is to be checked.
    comparer: OnceLock<Comparer>,
}

impl Snapshot {
    /// Indexes a corpus.
    #[must_use]
    pub fn new(corpus: Corpus, loaded: Timestamp) -> Self {
        let matcher = Matcher::new(&corpus, &small_talk::intents(&corpus));
        Self { corpus, matcher, loaded, comparer: OnceLock::new() }
    }

    /// The same beside a snapshot that is answered from meanwhile: slower, and it leaves those who ask a core.
    #[must_use]
    fn beside_another(corpus: Corpus, loaded: Timestamp) -> Self {
        let matcher = Matcher::beside_another(&corpus, &small_talk::intents(&corpus));
        Self { corpus, matcher, loaded, comparer: OnceLock::new() }
    }

    /// What compares quotes with it.
    #[must_use]
    pub fn comparer(&self) -> &Comparer {
        self.comparer.get_or_init(|| Comparer::new(&self.corpus))
    }

    /// The passage of the first quote in a message whose words do not stand there: the last look before it leaves.
    #[must_use]
    pub fn first_bent(&self, message: &Message) -> Option<PassageName> {
        message.blocks.iter().find_map(|block| match block {
            Block::Quote(quote) => {
                let placed = self.corpus.passage(quote.name(), quote.source().language);
                (!placed.is_some_and(|placed| quote.is_verbatim_in(placed.passage))).then(|| quote.name().clone())
            }
            Block::Attribution(_)
            | Block::Question { .. }
            | Block::Note { .. }
            | Block::Heading(_)
            | Block::Text(_)
            | Block::Source { .. }
            | Block::Items(_)
            | Block::Report(_) => None,
        })
    }

    /// The event of that uid; `None` if it is not in the knowledge.
    #[must_use]
    pub fn event(&self, uid: &EventUid) -> Option<&Event> {
        self.corpus.interviews.iter().flat_map(|interview| &interview.events).find(|event| event.uid == *uid)
    }

    /// Whether one of a topic's own phrasings finds it: one of its passages, or another to which it led, quoted or offered.
    #[must_use]
    pub fn reaches(&self, interview: &Interview, topic: &Topic) -> bool {
        let is_of_topic = |hit: &Hit| {
            let leads = hit.topic.as_ref().is_some_and(|name| name.topic == topic.id);
            hit.passage.interview == interview.id && (leads || topic.passages.contains(&hit.passage.passage))
        };
        topic.phrasings.iter().any(|(_, phrasing)| match self.matcher.ask(phrasing).verdict {
            Verdict::Quote(hits) | Verdict::Choices(hits) => hits.iter().any(is_of_topic),
            Verdict::NotCovered | Verdict::Chat(_) => false,
        })
    }

    /// The revision it shows.
    #[must_use]
    pub const fn revision(&self) -> &Revision {
        &self.corpus.revision
    }
}

/// Why there is no new knowledge.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder could not be read.
    #[error(transparent)]
    Unread(#[from] ReadError),
    /// Its files have errors; warnings are listed too.
    #[error("the knowledge has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Another reload is under way.
    #[error("a reload is under way")]
    Busy,
    /// The reload broke off.
    #[error("the reload broke off")]
    Panicked,
}

/// What a reload did.
#[derive(Debug)]
pub struct Reloaded {
    /// The revision before.
    pub from: Revision,
    /// The revision now.
    pub to: Revision,
    /// What differs.
    pub changes: Changes,
    /// What an editor should look at all the same.
    pub warnings: Vec<Problem>,
}

/// How the last reload since the start ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastReload {
    /// There was none.
    Never,
    /// It replaced the knowledge, or found nothing to replace.
    Done(Timestamp),
    /// It found errors; the old knowledge stayed.
    Refused(Timestamp),
}

/// Holds the live snapshot.
pub struct Library {
    source: KnowledgeSource,
    clock: Clock,
    live: ArcSwap<Snapshot>,
    last: ArcSwap<LastReload>,
    // Held by the one reload under way; short of the loading itself nothing waits for it.
    reloading: Mutex<()>,
}

impl Library {
    /// Loads the knowledge for the first time; the warnings come along.
    ///
    /// # Errors
    /// [`LoadError`] if there is none to start with.
    pub fn open(source: KnowledgeSource, clock: Clock) -> Result<(Self, Vec<Problem>), LoadError> {
        let (corpus, warnings) = load(&source)?;
        let live = ArcSwap::from_pointee(Snapshot::new(corpus, clock.now()));
        let last = ArcSwap::from_pointee(LastReload::Never);
        Ok((Self { source, clock, live, last, reloading: Mutex::new(()) }, warnings))
    }

    /// Holds that corpus and nothing else; a reload replaces it by the embedded knowledge.
    #[must_use]
    pub fn holding(corpus: Corpus, clock: Clock) -> Self {
        let live = ArcSwap::from_pointee(Snapshot::new(corpus, clock.now()));
        let last = ArcSwap::from_pointee(LastReload::Never);
        Self { source: KnowledgeSource::Embedded, clock, live, last, reloading: Mutex::new(()) }
    }

    /// The live snapshot: one atomic pointer read.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.live.load_full()
    }

    /// How the last reload ended.
    #[must_use]
    pub fn last_reload(&self) -> LastReload {
        **self.last.load()
    }

    /// Loads beside the living snapshot and swaps only if there is no error. Blocks its thread for the loading;
    /// readers go on meanwhile.
    ///
    /// # Errors
    /// [`LoadError`]; the old knowledge stays.
    pub fn reload(&self) -> Result<Reloaded, LoadError> {
        let _only_one = match self.reloading.try_lock() {
            Ok(only_one) => only_one,
            // A reload that panicked is over, and there is nothing inside that it could have left half done.
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(LoadError::Busy),
        };
        let result = self.replace();
        let at = self.clock.now();
        self.last.store(Arc::new(if result.is_ok() { LastReload::Done(at) } else { LastReload::Refused(at) }));
        result
    }

    fn replace(&self) -> Result<Reloaded, LoadError> {
        let (corpus, warnings) = load(&self.source)?;
        let old = self.snapshot();
        let reloaded = Reloaded {
            from: old.revision().clone(),
            to: corpus.revision.clone(),
            changes: knowledge::changes(&old.corpus, &corpus),
            warnings,
        };
        if reloaded.from != reloaded.to {
            self.live.store(Arc::new(Snapshot::beside_another(corpus, self.clock.now())));
        }
        Ok(reloaded)
    }
}

/// Logs how a reload ended that nobody waits to be told of.
pub fn log_reload(done: Result<Reloaded, LoadError>) {
    match done {
        Ok(reloaded) => {
            tracing::info!(from = %reloaded.from, to = %reloaded.to, warnings = reloaded.warnings.len(), "reloaded");
        }
        Err(LoadError::Problems(problems)) => {
            for problem in &problems {
                tracing::error!(place = %problem.location(), hint = problem.hint(), "{}", problem.what());
            }
            tracing::error!(problems = problems.len(), "not reloaded; the old knowledge stays");
        }
        Err(error @ (LoadError::Unread(_) | LoadError::Busy | LoadError::Panicked)) => {
            tracing::error!(%error, "not reloaded");
        }
    }
}

fn load(source: &KnowledgeSource) -> Result<(Corpus, Vec<Problem>), LoadError> {
    let loaded = knowledge::load(&source.files()?);
    match loaded.corpus {
        Some(corpus) => Ok((corpus, loaded.problems)),
        None => Err(LoadError::Problems(loaded.problems)),
    }
}
