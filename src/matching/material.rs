//! Everything that was written about each target: what signals are made of. It is dropped when they are made.

use rustc_hash::FxHashMap;

use crate::domain::{Corpus, Language, TopicName};
use crate::text::sentences;

use super::Intent;
use super::ragged::Ragged;
use super::synonyms::SynonymTable;
use super::targets::{Target, TargetIndex, Targets};
use super::threads::Threads;
use super::word_list::{WordCollector, WordId, WordList};

/// A way of asking, or a keyword, and what it asks for.
pub(super) struct Phrasing<'c> {
    pub(super) target: TargetIndex,
    /// Of an outside phrasing: the topic to offer instead.
    pub(super) near: Option<TargetIndex>,
    pub(super) text: &'c str,
}

/// Phrasings, and the words of each.
#[derive(Default)]
pub(super) struct Phrasings<'c> {
    pub(super) list: Vec<Phrasing<'c>>,
    pub(super) words: Ragged<WordId>,
}

/// All that was written about the targets.
pub(super) struct Material<'c> {
    pub(super) targets: Targets,
    pub(super) words: WordList,
    /// Of topics, then of small talk, then of what is outside.
    pub(super) phrasings: Phrasings<'c>,
    pub(super) keywords: Phrasings<'c>,
    /// By passage.
    pub(super) passages: Vec<PassageWords>,
}

/// The words of a passage in every text that has it, sentence by sentence.
#[derive(Default)]
pub(super) struct PassageWords {
    pub(super) words: Vec<WordId>,
    /// Where each sentence ends in `words`.
    pub(super) sentence_ends: Vec<usize>,
}

impl<'c> Material<'c> {
    /// Reads the corpus in an order that depends on it alone.
    pub(super) fn gather(
        corpus: &'c Corpus,
        small_talk: &'c [Intent],
        synonyms: &SynonymTable,
        threads: Threads,
    ) -> Self {
        let mut gathering =
            Gathering { targets: Targets::of(corpus), phrasings: Phrasings::default(), keywords: Phrasings::default() };
        let topics = gathering.list_topics(corpus);
        gathering.list_small_talk(small_talk);
        gathering.list_outside(corpus, &topics);
        let Gathering { targets, mut phrasings, mut keywords } = gathering;
        let mut collector = phrasings.collect(threads);
        keywords.collect_into(&mut collector);
        let of_passages = collect_passages(corpus, &targets, &mut collector);
        let mut words = collector.read(threads);
        phrasings.fold(&mut words, synonyms);
        keywords.fold(&mut words, synonyms);
        let passages = of_passages.iter().map(|sentences| PassageWords::new(sentences, &mut words, synonyms)).collect();
        Self { targets, words, phrasings, keywords, passages }
    }

    /// Each phrasing and keyword with its words.
    pub(super) fn asked(&self) -> impl Iterator<Item = (&Phrasing<'c>, &[WordId])> {
        self.phrasings.iter().chain(self.keywords.iter())
    }

    /// What was written about each target, one group each, which tells how rare a word is. All that is outside is one.
    pub(super) fn groups(&self) -> Vec<Vec<&[WordId]>> {
        let mut groups: Vec<Vec<&[WordId]>> = vec![Vec::new(); self.targets.list.len()];
        for (phrasing, words) in self.asked() {
            groups[phrasing.target as usize].push(words);
        }
        for (target, group) in self.targets.list.iter().zip(&mut groups) {
            group.extend(target.passages().iter().map(|passage| self.passages[*passage as usize].words.as_slice()));
        }
        groups
    }
}

impl<'c> Phrasings<'c> {
    /// Each with its words.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Phrasing<'c>, &[WordId])> {
        self.list.iter().zip(self.words.rows())
    }

    /// Collects them half by half.
    fn collect(&mut self, threads: Threads) -> WordCollector {
        let collected = |phrasings: &[Phrasing<'_>]| {
            let (mut collector, mut words) = (WordCollector::default(), Ragged::default());
            phrasings.iter().for_each(|phrasing| collector.collect(phrasing.text, &mut words));
            (collector, words)
        };
        let (one, other) = self.list.split_at(self.list.len() / 2);
        let ((mut collector, words), (others, mut other_words)) = threads.both(|| collected(one), || collected(other));
        self.words = words;
        collector.append(others, &mut other_words);
        self.words.append(other_words);
        collector
    }

    fn collect_into(&mut self, collector: &mut WordCollector) {
        self.list.iter().for_each(|phrasing| collector.collect(phrasing.text, &mut self.words));
    }

    fn fold(&mut self, words: &mut WordList, synonyms: &SynonymTable) {
        let mut folded = Ragged::default();
        for text in self.words.rows() {
            words.fold(text, synonyms, folded.open_row());
            folded.end_row();
        }
        self.words = folded;
    }
}

/// Topics by name.
type Topics = FxHashMap<TopicName, TargetIndex>;

/// By passage: the words of its sentences, in every text that has it.
fn collect_passages(corpus: &Corpus, targets: &Targets, collector: &mut WordCollector) -> Vec<Ragged<WordId>> {
    let mut passages = vec![Ragged::default(); targets.passages.len()];
    for placed in corpus.placed() {
        let name = placed.interview.name_of(&placed.passage.id);
        let Some(passage) = targets.passage(&name) else { continue };
        let text = &placed.passage.words;
        for sentence in sentences(text) {
            collector.collect(&text[sentence], &mut passages[passage as usize]);
        }
    }
    passages
}

impl PassageWords {
    fn new(sentences: &Ragged<WordId>, words: &mut WordList, synonyms: &SynonymTable) -> Self {
        let mut passage = Self::default();
        for sentence in sentences.rows() {
            words.fold(sentence, synonyms, &mut passage.words);
            passage.sentence_ends.push(passage.words.len());
        }
        passage
    }
}

struct Gathering<'c> {
    targets: Targets,
    phrasings: Phrasings<'c>,
    keywords: Phrasings<'c>,
}

impl<'c> Gathering<'c> {
    fn list_topics(&mut self, corpus: &'c Corpus) -> Topics {
        let named = (0..).zip(&self.targets.list);
        let topics: Topics =
            named.filter_map(|(index, target)| target.topic().map(|name| (name.clone(), index))).collect();
        for (interview, topic) in corpus.topics() {
            let name = TopicName { interview: interview.id.clone(), topic: topic.id.clone() };
            let Some(target) = topics.get(&name).copied() else { continue };
            self.phrasings.list.extend(phrasings(target, None, &topic.phrasings));
            self.keywords.list.extend(phrasings(target, None, &topic.keywords));
        }
        topics
    }

    fn list_small_talk(&mut self, small_talk: &'c [Intent]) {
        for intent in small_talk {
            let target = self.targets.add(Target::Chat(intent.id));
            self.phrasings.list.extend(phrasings(target, None, &intent.phrasings));
        }
    }

    fn list_outside(&mut self, corpus: &'c Corpus, topics: &Topics) {
        let outside = self.targets.add(Target::Outside);
        for interview in &corpus.interviews {
            for entry in &interview.outside {
                let near = entry.near.as_ref().and_then(|topic| {
                    topics.get(&TopicName { interview: interview.id.clone(), topic: topic.clone() }).copied()
                });
                self.phrasings.list.extend(phrasings(outside, near, &entry.phrasings));
            }
        }
    }
}

fn phrasings(
    target: TargetIndex,
    near: Option<TargetIndex>,
    texts: &[(Language, String)],
) -> impl Iterator<Item = Phrasing<'_>> {
    texts.iter().map(move |(_, text)| Phrasing { target, near, text })
}
