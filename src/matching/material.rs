//! Everything that was written about each target: what signals are made of. It is dropped when they are made.

use rustc_hash::FxHashMap;

use crate::domain::{Corpus, Language, TopicName};
use crate::text::sentences;

use super::Intent;
use super::synonyms::SynonymTable;
use super::targets::{Target, TargetIndex, Targets};
use super::threads;
use super::word::{Word, WordReader};

/// What is still to be read of a phrasing.
struct Unread<'c> {
    target: TargetIndex,
    near: Option<TargetIndex>,
    text: &'c str,
}

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
    pub(super) passages: Vec<PassageWords>,
}

/// The words of a passage, sentence by sentence.
#[derive(Default)]
pub(super) struct PassageWords {
    pub(super) words: Vec<Word>,
    /// Where each sentence ends in `words`.
    pub(super) sentence_ends: Vec<usize>,
}

impl Material {
    /// Reads the corpus in an order that depends on it alone.
    pub(super) fn gather(corpus: &Corpus, small_talk: &[Intent], synonyms: &SynonymTable) -> Self {
        let mut gathering = Gathering { targets: Targets::of(corpus), phrasings: Vec::new(), keywords: Vec::new() };
        let topics = gathering.list_topics(corpus);
        gathering.list_small_talk(small_talk);
        gathering.list_outside(corpus, &topics);
        let Gathering { targets, phrasings, keywords } = gathering;
        let read = |unread: &[Unread<'_>]| {
            let mut reader = WordReader::default();
            unread.iter().map(|unread| unread.read(&mut reader, synonyms)).collect::<Vec<_>>()
        };
        let phrasings = threads::map_halves(&phrasings, read);
        let (keywords, passages) = (read(&keywords), read_passages(corpus, &targets, synonyms));
        Self { targets, phrasings, keywords, passages }
    }

    /// What was written about each target, one group each, which tells how rare a word is. All that is outside is one.
    pub(super) fn groups(&self) -> Vec<Vec<&[Word]>> {
        let mut groups: Vec<Vec<&[Word]>> = vec![Vec::new(); self.targets.list.len()];
        for phrasing in self.phrasings.iter().chain(&self.keywords) {
            groups[phrasing.target as usize].push(&phrasing.words);
        }
        for (target, group) in self.targets.list.iter().zip(&mut groups) {
            group.extend(target.passages().iter().map(|passage| self.passages[*passage as usize].words.as_slice()));
        }
        groups
    }
}

/// Topics by name.
type Topics = FxHashMap<TopicName, TargetIndex>;

fn read_passages(corpus: &Corpus, targets: &Targets, synonyms: &SynonymTable) -> Vec<PassageWords> {
    let mut reader = WordReader::default();
    let mut passages = Vec::new();
    passages.resize_with(targets.passages.len(), PassageWords::default);
    for placed in corpus.placed() {
        let name = placed.interview.name_of(&placed.passage.id);
        let Some(passage) = targets.passage(&name) else { continue };
        let PassageWords { words, sentence_ends } = &mut passages[passage as usize];
        let text = &placed.passage.words;
        for sentence in sentences(text) {
            words.extend(synonyms.fold(reader.words(&text[sentence])));
            sentence_ends.push(words.len());
        }
    }
    passages
}

impl Unread<'_> {
    fn read(&self, reader: &mut WordReader, synonyms: &SynonymTable) -> Phrasing {
        let words = synonyms.fold(reader.words(self.text));
        Phrasing { target: self.target, near: self.near, text: self.text.to_owned(), words }
    }
}

struct Gathering<'c> {
    targets: Targets,
    phrasings: Vec<Unread<'c>>,
    keywords: Vec<Unread<'c>>,
}

impl<'c> Gathering<'c> {
    fn list_topics(&mut self, corpus: &'c Corpus) -> Topics {
        let named = (0..).zip(&self.targets.list);
        let topics: Topics =
            named.filter_map(|(index, target)| target.topic().map(|name| (name.clone(), index))).collect();
        for (interview, topic) in corpus.topics() {
            let name = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
            let Some(target) = topics.get(&name).copied() else { continue };
            self.phrasings.extend(unread(target, None, &topic.phrasings));
            self.keywords.extend(unread(target, None, &topic.keywords));
        }
        topics
    }

    fn list_small_talk(&mut self, small_talk: &'c [Intent]) {
        for intent in small_talk {
            let target = self.targets.add(Target::Chat(intent.id));
            self.phrasings.extend(unread(target, None, &intent.phrasings));
        }
    }

    fn list_outside(&mut self, corpus: &'c Corpus, topics: &Topics) {
        let outside = self.targets.add(Target::Outside);
        for interview in &corpus.interviews {
            for entry in &interview.outside {
                let near = entry.near.as_ref().and_then(|topic| {
                    topics.get(&TopicName { interview: interview.id.clone(), topic: topic.clone() }).copied()
                });
                self.phrasings.extend(unread(outside, near, &entry.phrasings));
            }
        }
    }
}

fn unread(
    target: TargetIndex,
    near: Option<TargetIndex>,
    texts: &[(Language, String)],
) -> impl Iterator<Item = Unread<'_>> {
    texts.iter().map(move |(_, text)| Unread { target, near, text })
}
