//! What a question can be about, and everything that was written about each: the material that signals are made of.

use crate::domain::{Corpus, Interview, Language, PassageKind, PassageName, TopicName};

use super::Intent;
use super::synonyms::SynonymTable;
use super::word::{Word, words};

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
    /// Small talk, and facts about the interview.
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
}

/// A way of asking, or a keyword, and what it asks for.
pub(super) struct Phrasing {
    pub(super) target: TargetIndex,
    /// Of an outside phrasing: the topic to offer instead.
    pub(super) near: Option<TargetIndex>,
    pub(super) text: String,
    pub(super) words: Vec<Word>,
}

/// Everything a question can be about.
pub(super) struct Targets {
    /// Quotable passages, ordered by name: of equal scores the first wins.
    pub(super) passages: Vec<PassageName>,
    /// Topics, lone passages, small talk, and the outside last.
    pub(super) list: Vec<Target>,
}

/// All that was written about the targets; dropped when the signals are made.
pub(super) struct Material {
    pub(super) targets: Targets,
    pub(super) phrasings: Vec<Phrasing>,
    pub(super) keywords: Vec<Phrasing>,
    /// By passage: its words in every text that has it.
    pub(super) passage_words: Vec<Vec<Word>>,
}

impl Targets {
    /// The place of a passage; `None` if it is unknown or a gap.
    fn passage(&self, name: &PassageName) -> Option<PassageIndex> {
        self.passages.binary_search(name).ok().and_then(|at| PassageIndex::try_from(at).ok())
    }

    fn topic(&self, wanted: &TopicName) -> Option<TargetIndex> {
        let at = self.list.iter().position(|target| matches!(target, Target::Topic { name, .. } if name == wanted))?;
        TargetIndex::try_from(at).ok()
    }

    fn add(&mut self, target: Target) -> TargetIndex {
        self.list.push(target);
        TargetIndex::try_from(self.list.len() - 1).unwrap_or(TargetIndex::MAX)
    }
}

impl Material {
    /// Gathers them in an order that depends on the corpus alone.
    pub(super) fn gather(corpus: &Corpus, small_talk: &[Intent], synonyms: &SynonymTable) -> Self {
        let mut material = Self {
            targets: Targets { passages: quotable(corpus), list: Vec::new() },
            phrasings: Vec::new(),
            keywords: Vec::new(),
            passage_words: Vec::new(),
        };
        material.read_passages(corpus, synonyms);
        for interview in &corpus.interviews {
            material.add_topics(interview, synonyms);
        }
        material.add_lone_passages();
        for intent in small_talk {
            let target = material.targets.add(Target::Chat(intent.id));
            material.add_phrasings(target, None, &intent.phrasings, synonyms);
        }
        let outside = material.targets.add(Target::Outside);
        for interview in &corpus.interviews {
            for entry in &interview.outside {
                let near = entry.near.as_ref().and_then(|topic| {
                    material.targets.topic(&TopicName { interview: interview.id.clone(), topic: topic.clone() })
                });
                material.add_phrasings(outside, near, &entry.phrasings, synonyms);
            }
        }
        material
    }

    fn read_passages(&mut self, corpus: &Corpus, synonyms: &SynonymTable) {
        self.passage_words = vec![Vec::new(); self.targets.passages.len()];
        for placed in corpus.placed() {
            if let Some(passage) = self.targets.passage(&placed.interview.name_of(&placed.passage.id)) {
                self.passage_words[passage as usize].extend(synonyms.fold(words(&placed.passage.words)));
            }
        }
    }

    fn add_topics(&mut self, interview: &Interview, synonyms: &SynonymTable) {
        for topic in &interview.topics {
            let passages: Vec<PassageIndex> =
                topic.passages.iter().filter_map(|id| self.targets.passage(&interview.name_of(id))).collect();
            if passages.is_empty() {
                continue;
            }
            let name = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
            let target = self.targets.add(Target::Topic { name, passages });
            self.add_phrasings(target, None, &topic.phrasings, synonyms);
            for (_, keyword) in &topic.keywords {
                self.keywords.push(phrasing(target, None, keyword, synonyms));
            }
        }
    }

    fn add_lone_passages(&mut self) {
        let mut has_topic = vec![false; self.targets.passages.len()];
        for passage in self.targets.list.iter().flat_map(Target::passages) {
            has_topic[*passage as usize] = true;
        }
        for (passage, has_topic) in (0..).zip(has_topic) {
            if !has_topic {
                self.targets.add(Target::Passage(passage));
            }
        }
    }

    fn add_phrasings(
        &mut self,
        target: TargetIndex,
        near: Option<TargetIndex>,
        texts: &[(Language, String)],
        synonyms: &SynonymTable,
    ) {
        self.phrasings.extend(texts.iter().map(|(_, text)| phrasing(target, near, text, synonyms)));
    }

    /// What was written about each target, one group each, and each passage's words as a group: what tells a word's
    /// rarity. All that is outside is one group.
    pub(super) fn groups(&self) -> Vec<Vec<&[Word]>> {
        let mut groups: Vec<Vec<&[Word]>> = vec![Vec::new(); self.targets.list.len()];
        for phrasing in self.phrasings.iter().chain(&self.keywords) {
            groups[phrasing.target as usize].push(&phrasing.words);
        }
        for (target, group) in self.targets.list.iter().zip(&mut groups) {
            for passage in target.passages().iter().take(1) {
                group.push(&self.passage_words[*passage as usize]);
            }
        }
        groups
    }
}

fn quotable(corpus: &Corpus) -> Vec<PassageName> {
    let mut names: Vec<PassageName> = corpus
        .placed()
        .filter(|placed| placed.passage.kind == PassageKind::Quotable)
        .map(|placed| placed.interview.name_of(&placed.passage.id))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn phrasing(target: TargetIndex, near: Option<TargetIndex>, text: &str, synonyms: &SynonymTable) -> Phrasing {
    Phrasing { target, near, text: text.to_owned(), words: synonyms.fold(words(text)) }
}
