//! What was found for searches lately: people type letter by letter, turn pages, and type the same as others.
//!
//! Kept for one revision of the knowledge and no longer, only so many at a time, and under a digest of what was typed:
//! nobody's words stay in memory. What is kept is where to look, not what is shown: a quote is made anew each time, with
//! what is known on that day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::domain::{Corpus, Language, PassageName, Revision, TopicName};
use crate::matching::{Answer, Hit, Verdict};
use crate::text;

use super::language::language_of;
use super::library::Snapshot;

/// So many searches are kept, at most about 30 names each; then all are forgotten, for this only saves time.
const MOST: usize = 1_000;

/// What was found for some words, whoever typed them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// How sure that is.
    pub(super) outlook: Outlook,
    /// Best first; no passage twice by the same topic.
    pub(super) listed: Vec<Listed>,
    /// The language of the words as they were understood.
    pub(super) written_in: Option<Language>,
}

/// What a reader is to be told of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It answers, or may; or nothing was asked, and it is everything there is.
    Found,
    /// It does not answer: these topics are the nearest.
    Near,
    /// There is nothing.
    Nothing,
    /// It was no question about the interview's subject.
    Talk,
}

/// A quote in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Where it stands.
    pub(super) passage: PassageName,
    /// What it was found by.
    pub(super) topic: Option<TopicName>,
}

/// The latest findings.
#[derive(Default)]
pub(super) struct Searches {
    // Short sections, never held across an await; the matching itself runs outside.
    latest: Mutex<Latest>,
}

#[derive(Default)]
struct Latest {
    revision: Option<Revision>,
    findings: HashMap<[u8; 32], Arc<Finding>>,
}

impl Searches {
    /// What is found for `query` in this revision.
    pub(super) fn find(&self, snapshot: &Snapshot, query: &str) -> Arc<Finding> {
        let digest: [u8; 32] = Sha256::digest(query).into();
        if let Some(known) = self.known(snapshot.revision(), &digest) {
            return known;
        }
        let found = Arc::new(find(snapshot, query));
        self.keep(snapshot.revision(), digest, Arc::clone(&found));
        found
    }

    fn known(&self, revision: &Revision, digest: &[u8; 32]) -> Option<Arc<Finding>> {
        let latest = self.latest();
        latest.findings.get(digest).filter(|_| latest.revision.as_ref() == Some(revision)).cloned()
    }

    /// Of two revisions that are asked at the same time, as a reload makes it, each drives the other's findings out.
    fn keep(&self, revision: &Revision, digest: [u8; 32], finding: Arc<Finding>) {
        let mut latest = self.latest();
        if latest.revision.as_ref() != Some(revision) || latest.findings.len() >= MOST {
            latest.findings.clear();
            latest.revision = Some(revision.clone());
        }
        latest.findings.insert(digest, finding);
    }

    fn latest(&self) -> MutexGuard<'_, Latest> {
        // A panic between clearing and inserting leaves an empty map, which is as good as any.
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find(snapshot: &Snapshot, query: &str) -> Finding {
    let corpus = &snapshot.corpus;
    if text::tokens(query).is_empty() {
        return Finding { outlook: Outlook::Found, listed: best_of_topics(corpus), written_in: None };
    }
    let answer = snapshot.matcher.ask(query);
    let written_in = language_of(answer.read_as.as_deref().unwrap_or(query));
    let (outlook, listed) = match &answer.verdict {
        Verdict::Quote(hits) => (Outlook::Found, merged(hits, &snapshot.matcher.list(query))),
        // Beside what may be meant nothing else is near.
        Verdict::Choices(hits) => (Outlook::Found, merged(hits, &[])),
        Verdict::NotCovered => near(corpus, &answer),
        Verdict::Chat(_) => (Outlook::Talk, Vec::new()),
    };
    Finding { outlook, listed, written_in }
}

/// Each topic's best quote, in the order of the files.
fn best_of_topics(corpus: &Corpus) -> Vec<Listed> {
    corpus
        .topics()
        .filter_map(|(interview, topic)| {
            let passage = interview.name_of(topic.passages.first()?);
            Some(Listed {
                passage,
                topic: Some(TopicName { interview: interview.id.clone(), topic: topic.id.clone() }),
            })
        })
        .collect()
}

/// What the verdict names comes first, the rest of the list after it.
fn merged(verdict: &[Hit], list: &[Hit]) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::with_capacity(list.len());
    for hit in verdict.iter().chain(list) {
        if !listed.iter().any(|before| before.passage == hit.passage) {
            listed.push(Listed { passage: hit.passage.clone(), topic: hit.topic.clone() });
        }
    }
    listed
}

fn near(corpus: &Corpus, answer: &Answer) -> (Outlook, Vec<Listed>) {
    let best = |name: &TopicName| {
        let (interview, topic) = corpus.topic(name)?;
        Some(Listed { passage: interview.name_of(topic.passages.first()?), topic: Some(name.clone()) })
    };
    let listed: Vec<Listed> = answer.near_topics.iter().filter_map(best).collect();
    (if listed.is_empty() { Outlook::Nothing } else { Outlook::Near }, listed)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::domain::Key;
    use crate::knowledge::{self, Files};

    use super::*;

    fn shipped() -> Snapshot {
        Snapshot::new(knowledge::load(&Files::embedded()).corpus.unwrap(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_is_found_is_kept_for_its_revision_and_there_are_only_so_many() {
        let (searches, mut snapshot) = (Searches::default(), shipped());
        let first = searches.find(&snapshot, "OSCE");
        assert!(Arc::ptr_eq(&first, &searches.find(&snapshot, "OSCE")), "it was looked up again");
        snapshot.corpus.revision = Revision(Key::parse("abcdefgh23").unwrap());
        let second = searches.find(&snapshot, "OSCE");
        assert!(!Arc::ptr_eq(&first, &second), "it is of the revision before");
        (0..3 * MOST).for_each(|n| {
            searches.keep(snapshot.revision(), Sha256::digest(n.to_string()).into(), Arc::clone(&second));
        });
        assert!(searches.latest().findings.len() <= MOST);
    }

    #[test]
    fn a_list_is_what_answers_or_what_is_near_or_nothing() {
        let snapshot = shipped();
        let found = |query: &str| {
            let finding = find(&snapshot, query);
            (finding.outlook, finding.listed.len())
        };
        let n_topics = snapshot.corpus.topics().count();
        for query in ["", "   ", "???", "…"] {
            assert_eq!(found(query), (Outlook::Found, n_topics), "{query}");
        }
        for query in ["OSCE", "обсе", "afghan", "artifical inteligence", "xnj c j,ct"] {
            let (outlook, n) = found(query);
            assert!(outlook == Outlook::Found && (1..=30).contains(&n), "{query}: {n}");
        }
        assert_eq!(found("how many tanks are sent to the exercises?"), (Outlook::Near, 2));
        for query in ["best pizza in Bishkek", "рецепт борща", "🤷🤷 zzz", "the of and"] {
            assert_eq!(found(query), (Outlook::Nothing, 0), "{query}");
        }
        for query in ["hello", "спасибо"] {
            assert_eq!(found(query), (Outlook::Talk, 0), "{query}");
        }
        let listed = find(&snapshot, "afghan").listed;
        let mut passages: Vec<_> = listed.iter().map(|listed| &listed.passage).collect();
        passages.sort_unstable();
        passages.dedup();
        assert_eq!(passages.len(), listed.len(), "no passage twice");
    }
}
