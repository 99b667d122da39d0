//! Everything that was written about each target: what signals are made of. It is dropped when they are made.

use rustc_hash::FxHashMap;

use crate::domain::{Corpus, Language, TopicName};
use crate::text::sentences;

use super::Intent;
use super::synonyms::SynonymTable;
use super::targets::{Target, TargetIndex, Targets};
use super::word_list::{WordCollector, WordId, WordList};

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
    pub(super) words: Vec<WordId>,
}

/// All that was written about the targets.
pub(super) struct Material {
    pub(super) targets: Targets,
    pub(super) words: WordList,
    /// Of topics, then of small talk, then of what is outside.
    pub(super) phrasings: Vec<Phrasing>,
    pub(super) keywords: Vec<Phrasing>,
    /// By passage: its words in every text that has it.
    pub(super) passages: Vec<PassageWords>,
}

/// The words of a passage, sentence by sentence.
#[derive(Default)]
pub(super) struct PassageWords {
    pub(super) words: Vec<WordId>,
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
        let mut collector = WordCollector::default();
        let mut collect = |unread: &[Unread<'_>]| -> Vec<Vec<WordId>> {
            unread.iter().map(|unread| collector.collect(unread.text)).collect()
        };
        let (of_phrasings, of_keywords) = (collect(&phrasings), collect(&keywords));
        let of_passages = collect_passages(corpus, &targets, &mut collector);
        let mut words = collector.read();
        let mut fold = |unread: Vec<Unread<'_>>, texts: Vec<Vec<WordId>>| -> Vec<Phrasing> {
            unread.into_iter().zip(texts).map(|(unread, text)| unread.read(words.fold(&text, synonyms))).collect()
        };
        let (phrasings, keywords) = (fold(phrasings, of_phrasings), fold(keywords, of_keywords));
        let passages = of_passages.iter().map(|sentences| PassageWords::new(sentences, &mut words, synonyms)).collect();
        Self { targets, words, phrasings, keywords, passages }
    }

    /// What was written about each target, one group each, which tells how rare a word is. All that is outside is one.
    pub(super) fn groups(&self) -> Vec<Vec<&[WordId]>> {
        let mut groups: Vec<Vec<&[WordId]>> = vec![Vec::new(); self.targets.list.len()];
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

/// By passage: the words of its sentences, in every text that has it.
fn collect_passages(corpus: &Corpus, targets: &Targets, collector: &mut WordCollector) -> Vec<Vec<Vec<WordId>>> {
    let mut passages = vec![Vec::new(); targets.passages.len()];
    for placed in corpus.placed() {
        let name = placed.interview.name_of(&placed.passage.id);
        let Some(passage) = targets.passage(&name) else { continue };
        let text = &placed.passage.words;
        passages[passage as usize]
            .extend(sentences(text).into_iter().map(|sentence| collector.collect(&text[sentence])));
    }
    passages
}

impl PassageWords {
    fn new(sentences: &[Vec<WordId>], words: &mut WordList, synonyms: &SynonymTable) -> Self {
        let mut passage = Self::default();
        for sentence in sentences {
            passage.words.extend(words.fold(sentence, synonyms));
            passage.sentence_ends.push(passage.words.len());
        }
        passage
    }
}

impl Unread<'_> {
    fn read(self, words: Vec<WordId>) -> Phrasing {
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
