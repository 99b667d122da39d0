//! Everything that was written about each target: what signals are made of. It is dropped when they are made.

use rustc_hash::FxHashMap;

use crate::domain::{Corpus, Language, TopicName};

use super::Intent;
use super::synonyms::SynonymTable;
use super::targets::{Target, TargetIndex, Targets};
use super::word::{Word, WordReader};

/// A way of asking, or a keyword, and what it asks for.
pub(super) struct Phrasing {
    pub(super) target: TargetIndex,
    /// Of an outside phrasing: the topic to offer instead.
    pub(super) near: Option<TargetIndex>,
    pub(super) text: String,
    pub(super) words: Vec<Word>,
}

/// All that was written about the targets.
pub(super) struct Material {
    pub(super) targets: Targets,
    /// Of topics, then of small talk, then of what is outside.
    pub(super) phrasings: Vec<Phrasing>,
    pub(super) keywords: Vec<Phrasing>,
    /// By passage: its words in every text that has it.
    pub(super) passage_words: Vec<Vec<Word>>,
}

impl Material {
    /// Reads the corpus in an order that depends on it alone.
    pub(super) fn gather(corpus: &Corpus, small_talk: &[Intent], synonyms: &SynonymTable) -> Self {
        let targets = Targets::of(corpus);
        let passage_words = vec![Vec::new(); targets.passages.len()];
        let material = Self { targets, phrasings: Vec::new(), keywords: Vec::new(), passage_words };
        let mut gathering = Gathering { material, synonyms, reader: WordReader::default() };
        gathering.read_passages(corpus);
        let topics = gathering.read_topics(corpus);
        gathering.read_small_talk(small_talk);
        gathering.read_outside(corpus, &topics);
        gathering.material
    }

    /// What was written about each target, one group each, which tells how rare a word is. All that is outside is one.
    pub(super) fn groups(&self) -> Vec<Vec<&[Word]>> {
        let mut groups: Vec<Vec<&[Word]>> = vec![Vec::new(); self.targets.list.len()];
        for phrasing in self.phrasings.iter().chain(&self.keywords) {
            groups[phrasing.target as usize].push(&phrasing.words);
        }
        for (target, group) in self.targets.list.iter().zip(&mut groups) {
            group.extend(target.passages().iter().map(|passage| self.passage_words[*passage as usize].as_slice()));
        }
        groups
    }
}

/// Topics by name.
type Topics = FxHashMap<TopicName, TargetIndex>;

struct Gathering<'s> {
    material: Material,
    synonyms: &'s SynonymTable,
    reader: WordReader,
}

impl Gathering<'_> {
    fn read_passages(&mut self, corpus: &Corpus) {
        for placed in corpus.placed() {
            let name = placed.interview.name_of(&placed.passage.id);
            if let Some(passage) = self.material.targets.passage(&name) {
                let words = self.words(&placed.passage.words);
                self.material.passage_words[passage as usize].extend(words);
            }
        }
    }

    fn read_topics(&mut self, corpus: &Corpus) -> Topics {
        let named = (0..).zip(&self.material.targets.list);
        let topics: Topics =
            named.filter_map(|(index, target)| target.topic().map(|name| (name.clone(), index))).collect();
        for (interview, topic) in corpus.topics() {
            let name = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
            let Some(target) = topics.get(&name) else { continue };
            self.read_phrasings(*target, None, &topic.phrasings);
            for (_, keyword) in &topic.keywords {
                let keyword = self.phrasing(*target, None, keyword);
                self.material.keywords.push(keyword);
            }
        }
        topics
    }

    fn read_small_talk(&mut self, small_talk: &[Intent]) {
        for intent in small_talk {
            let target = self.material.targets.add(Target::Chat(intent.id));
            self.read_phrasings(target, None, &intent.phrasings);
        }
    }

    fn read_outside(&mut self, corpus: &Corpus, topics: &Topics) {
        let outside = self.material.targets.add(Target::Outside);
        for interview in &corpus.interviews {
            for entry in &interview.outside {
                let near = entry.near.as_ref().and_then(|topic| {
                    topics.get(&TopicName { interview: interview.id.clone(), topic: topic.clone() }).copied()
                });
                self.read_phrasings(outside, near, &entry.phrasings);
            }
        }
    }

    fn read_phrasings(&mut self, target: TargetIndex, near: Option<TargetIndex>, texts: &[(Language, String)]) {
        for (_, text) in texts {
            let phrasing = self.phrasing(target, near, text);
            self.material.phrasings.push(phrasing);
        }
    }

    fn phrasing(&mut self, target: TargetIndex, near: Option<TargetIndex>, text: &str) -> Phrasing {
        Phrasing { target, near, text: text.to_owned(), words: self.words(text) }
    }

    fn words(&mut self, text: &str) -> Vec<Word> {
        self.synonyms.fold(self.reader.words(text))
    }
}
