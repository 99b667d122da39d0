//! What a question can be about.

use crate::domain::{Corpus, PassageKind, PassageName, TopicName};

/// A target by its place in [`Targets::list`].
pub(super) type TargetIndex = u32;

/// A passage by its place in [`Targets::passages`].
pub(super) type PassageIndex = u32;

/// What a question can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A topic, with the passages that answer it, best first; never empty.
    Topic { name: TopicName, passages: Vec<PassageIndex> },
    /// A passage that no topic points to.
    Passage(PassageIndex),
    /// Small talk, or a fact about the interview.
    Chat(&'static str),
    /// Something that the knowledge does not answer.
    Outside,
}

impl Target {
    /// The passages that answer it, best first.
    pub(super) fn passages(&self) -> &[PassageIndex] {
        match self {
            Self::Topic { passages, .. } => passages,
            Self::Passage(passage) => std::slice::from_ref(passage),
            Self::Chat(_) | Self::Outside => &[],
        }
    }

    /// The topic's name, if it is one.
    pub(super) const fn topic(&self) -> Option<&TopicName> {
        match self {
            Self::Topic { name, .. } => Some(name),
            Self::Passage(_) | Self::Chat(_) | Self::Outside => None,
        }
    }
}

/// Everything a question can be about.
pub(super) struct Targets {
    /// Quotable passages, ordered by name: of equal scores the first wins.
    pub(super) passages: Vec<PassageName>,
    /// Topics, lone passages, small talk, and the outside last.
    pub(super) list: Vec<Target>,
}

impl Targets {
    /// The topics and passages of a corpus; small talk and the outside are still to be added.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut targets = Self { passages: quotable(corpus), list: Vec::new() };
        for (interview, topic) in corpus.topics() {
            let passages = topic.passages.iter().filter_map(|id| targets.passage(&interview.name_of(id)));
            let passages: Vec<PassageIndex> = passages.collect();
            if !passages.is_empty() {
                let name = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
                targets.list.push(Target::Topic { name, passages });
            }
        }
        targets.add_lone_passages();
        targets
    }

    fn add_lone_passages(&mut self) {
        let mut has_topic = vec![false; self.passages.len()];
        for passage in self.list.iter().flat_map(Target::passages) {
            has_topic[*passage as usize] = true;
        }
        let lone = (0..).zip(has_topic).filter(|(_, has_topic)| !has_topic);
        self.list.extend(lone.map(|(passage, _)| Target::Passage(passage)));
    }

    /// Adds small talk or the outside.
    pub(super) fn add(&mut self, target: Target) -> TargetIndex {
        self.list.push(target);
        TargetIndex::try_from(self.list.len() - 1).unwrap_or(TargetIndex::MAX)
    }

    /// The place of a passage; `None` if it is unknown or a gap.
    pub(super) fn passage(&self, name: &PassageName) -> Option<PassageIndex> {
        self.passages.binary_search(name).ok().and_then(|at| PassageIndex::try_from(at).ok())
    }
}

fn quotable(corpus: &Corpus) -> Vec<PassageName> {
    let quotable = corpus.placed().filter(|placed| placed.passage.kind == PassageKind::Quotable);
    let mut names: Vec<PassageName> = quotable.map(|placed| placed.interview.name_of(&placed.passage.id)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
