//! What a reload changes: names of what was added, changed and removed.

use std::collections::BTreeMap;

use crate::domain::{Corpus, Event, Language, PassageKind, Topic};

/// The difference between two corpora, as an editor sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Passages whose words, or whether they may be quoted, are not what they were: `masadykov-2026/a4.5`.
    pub passages: Difference,
    /// Topics: `masadykov-2026/exercises`.
    pub topics: Difference,
    /// Events: `masadykov-2026/barrier-2026`.
    pub events: Difference,
}

/// Names of one kind of thing, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// In the new corpus only.
    pub added: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<String>,
    /// In the old corpus only.
    pub removed: Vec<String>,
}

impl Changes {
    /// Whether passages, topics and events are what they were.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is different in `new`.
#[must_use]
pub fn changes(old: &Corpus, new: &Corpus) -> Changes {
    Changes {
        passages: difference(&passages(old), &passages(new)),
        topics: difference(&topics(old), &topics(new)),
        events: difference(&events(old), &events(new)),
    }
}

fn difference<T: PartialEq>(old: &BTreeMap<String, T>, new: &BTreeMap<String, T>) -> Difference {
    let only = |these: &BTreeMap<String, T>, those: &BTreeMap<String, T>| {
        these.keys().filter(|name| !those.contains_key(*name)).cloned().collect()
    };
    let changed = new.iter().filter(|(name, value)| old.get(*name).is_some_and(|before| before != *value));
    Difference {
        added: only(new, old),
        changed: changed.map(|(name, _)| name.clone()).collect(),
        removed: only(old, new),
    }
}

/// Each passage with what it says in each language.
fn passages(corpus: &Corpus) -> BTreeMap<String, Vec<(Language, PassageKind, &str)>> {
    let mut passages: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for placed in corpus.placed() {
        let name = placed.interview.name_of(&placed.passage.id).to_string();
        passages.entry(name).or_default().push((
            placed.text.language,
            placed.passage.kind,
            placed.passage.words.as_str(),
        ));
    }
    passages
}

fn topics(corpus: &Corpus) -> BTreeMap<String, &Topic> {
    corpus.topics().map(|(interview, topic)| (format!("{}/{}", interview.id, topic.id), topic)).collect()
}

fn events(corpus: &Corpus) -> BTreeMap<String, &Event> {
    let all =
        corpus.interviews.iter().flat_map(|interview| interview.events.iter().map(move |event| (interview, event)));
    all.map(|(interview, event)| (format!("{}/{}", interview.id, event.uid), event)).collect()
}
