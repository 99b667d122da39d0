//! Every word of every text in order, numbered, and where each stands.
//!
//! Made once for each corpus. It holds no words of the texts beside its vocabulary: what stands at a place is read from
//! the corpus again, so a text of a mebibyte costs a few.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::{Corpus, Language, Placed, TextKind};
use crate::text::zipf;

use super::message::{Parting, parting};
use super::part::Part;
use super::weight::{LEAST, Weight, weight};
use super::word::{Word, words};

/// Shorter words of a name are "de" or "the".
const SHORTEST_NAME: usize = 4;

/// A word of the texts by number.
pub(super) type Id = u32;

/// A place between two texts: no word of any message.
const BOUNDARY: Id = 0;

/// A word that no text holds.
pub(super) const UNKNOWN: Id = Id::MAX;

/// Where a quoted run may be found: a passage, or an interviewer's question.
struct Unit {
    /// The place of its first word.
    start: u32,
    address: Address,
}

/// A unit's place in the corpus, by numbers.
#[derive(Clone, Copy)]
struct Address {
    interview: u32,
    text: u32,
    question: u32,
    /// `None` for the question itself.
    passage: Option<u32>,
}

/// What a place of a text belongs to.
pub(super) struct Stretches {
    pub(super) sentence: Range<usize>,
    pub(super) clause: Range<usize>,
}

/// The words of all texts.
pub(super) struct Index {
    vocabulary: FxHashMap<Arc<str>, Id>,
    /// By word.
    spellings: Vec<Arc<str>>,
    weights: Vec<Weight>,
    /// By place.
    ids: Vec<Id>,
    /// By word: where its places start in `places`; one more at the end.
    starts: Vec<u32>,
    places: Vec<u32>,
    /// In order of their places; those without words are left out.
    units: Vec<Unit>,
    /// The languages there is a text of.
    languages: Vec<Language>,
    /// Words of the speakers' names.
    speakers: FxHashSet<String>,
}

impl Index {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut index = Self {
            vocabulary: FxHashMap::default(),
            spellings: vec!["".into()],
            weights: Vec::new(),
            ids: vec![BOUNDARY],
            starts: Vec::new(),
            places: Vec::new(),
            units: Vec::new(),
            languages: Vec::new(),
            speakers: FxHashSet::default(),
        };
        for (interview, number) in corpus.interviews.iter().zip(0..) {
            if let Some(speaker) = &interview.speaker {
                let names = Language::ALL.iter().filter_map(|language| speaker.name.exactly(*language));
                let telling = names.flat_map(words).filter(|word| word.key.chars().count() >= SHORTEST_NAME);
                index.speakers.extend(telling.map(|word| word.key));
            }
            for (text, place) in interview.texts.iter().zip(0..) {
                index.languages.push(text.language);
                for (question, of) in text.questions.iter().zip(0..) {
                    let address = |passage| Address { interview: number, text: place, question: of, passage };
                    // Nobody asked what stands above the answers of a question-and-answer set.
                    if text.kind != TextKind::Faq {
                        index.push(address(None), &question.words);
                    }
                    for (passage, at) in question.passages.iter().zip(0..) {
                        index.push(address(Some(at)), &passage.words);
                    }
                }
                index.ids.push(BOUNDARY);
            }
        }
        index.settle();
        index
    }

    fn push(&mut self, address: Address, text: &str) {
        let start = self.ids.len() as u32;
        for word in words(text) {
            let id = match self.vocabulary.get(word.key.as_str()) {
                Some(id) => *id,
                None => self.add(word.key.into()),
            };
            self.ids.push(id);
        }
        if self.ids.len() as u32 > start {
            self.units.push(Unit { start, address });
        }
    }

    fn add(&mut self, spelling: Arc<str>) -> Id {
        let id = self.spellings.len() as Id;
        self.spellings.push(Arc::clone(&spelling));
        self.vocabulary.insert(spelling, id);
        id
    }

    /// Finds the places and the weight of each word.
    fn settle(&mut self) {
        let n_words = self.spellings.len();
        let mut starts = vec![0_u32; n_words + 1];
        for id in &self.ids {
            starts[*id as usize + 1] += 1;
        }
        for word in 0..n_words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        self.places = vec![0; self.ids.len()];
        for (id, place) in self.ids.iter().zip(0..) {
            self.places[next[*id as usize] as usize] = place;
            next[*id as usize] += 1;
        }
        // Word by word: an interview has a few hundred, and a walk over the whole lists takes ten times as long.
        let commonness = self.spellings.iter().map(|word| zipf(word));
        let n_places = starts.windows(2).map(|bounds| bounds[1] - bounds[0]);
        let weights = commonness.zip(n_places);
        self.weights = weights.map(|(zipf, n_places)| weight(zipf, n_places, self.ids.len())).collect();
        self.starts = starts;
    }

    pub(super) fn id_of(&self, word: &str) -> Id {
        self.vocabulary.get(word).copied().unwrap_or(UNKNOWN)
    }

    pub(super) fn spelling_of(&self, id: Id) -> &str {
        self.spellings.get(id as usize).map_or("", |word| word)
    }

    pub(super) fn weight_of(&self, id: Id) -> Weight {
        self.weights.get(id as usize).copied().unwrap_or(0)
    }

    /// What the words of these places weigh, but of words that stand together elsewhere, too, only the first: the others
    /// do not tell the place.
    pub(super) fn placing(&self, places: &Range<usize>) -> Weight {
        let weight = |place: usize| {
            let weight = self.weight_of(self.ids[place]);
            if place == places.start || self.is_only_here(place) { weight } else { weight.min(LEAST) }
        };
        places.clone().map(weight).sum()
    }

    /// Whether the word at this place follows the one before it nowhere else.
    fn is_only_here(&self, place: usize) -> bool {
        let pair = [self.ids[place - 1], self.ids[place]];
        let follows = |place: &&u32| self.ids[**place as usize - 1] == pair[0];
        self.places_of(pair[1]).iter().filter(follows).nth(1).is_none()
    }

    /// All words by place; those of one text stand together.
    pub(super) fn ids(&self) -> &[Id] {
        &self.ids
    }

    /// Where a word stands, in order.
    pub(super) fn places_of(&self, id: Id) -> &[u32] {
        if id == UNKNOWN || id == BOUNDARY {
            return &[];
        }
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.places.get(bound(id as usize)..bound(id as usize + 1)).unwrap_or_default()
    }

    pub(super) fn languages(&self) -> &[Language] {
        &self.languages
    }

    pub(super) fn is_of_a_speaker(&self, word: &str) -> bool {
        self.speakers.contains(word)
    }

    /// Whether both places lie in one text.
    pub(super) fn share_a_text(&self, one: usize, other: usize) -> bool {
        let text = |address: Address| (address.interview, address.text);
        self.address_at(one).map(text) == self.address_at(other).map(text)
    }

    /// Whether both places lie in one passage or question.
    pub(super) fn share_a_part(&self, one: usize, other: usize) -> bool {
        self.unit_at(one) == self.unit_at(other)
    }

    /// Whether both places lie in one answer, or in its question.
    pub(super) fn share_an_answer(&self, one: usize, other: usize) -> bool {
        let answer = |address: Address| (address.interview, address.text, address.question);
        self.address_at(one).map(answer) == self.address_at(other).map(answer)
    }

    /// The parts of a range of places, each with the words of it that lie in the range, in order.
    pub(super) fn parts<'c>(&self, corpus: &'c Corpus, range: &Range<usize>) -> Vec<(Part<'c>, Vec<Word>)> {
        let Some(first) = self.unit_at(range.start) else { return Vec::new() };
        let reached = self.units[first..].iter().take_while(|unit| (unit.start as usize) < range.end);
        let part = |unit: &Unit| {
            let part = unit.address.look_up(corpus)?;
            let start = unit.start as usize;
            let taken = range.start.saturating_sub(start)..range.end - start;
            let of: Vec<Word> = words(part.words()).into_iter().take(taken.end).skip(taken.start).collect();
            (!of.is_empty()).then_some((part, of))
        };
        reached.filter_map(part).collect()
    }

    /// The places of the sentence that holds this one, and of the clause, as far as the punctuation tells. They end
    /// with their part.
    pub(super) fn stretches_around(&self, corpus: &Corpus, place: usize) -> Stretches {
        let alone = || Stretches { sentence: place..place + 1, clause: place..place + 1 };
        let Some(unit) = self.unit_at(place).map(|unit| &self.units[unit]) else { return alone() };
        let Some(part) = unit.address.look_up(corpus) else { return alone() };
        let start = unit.start as usize;
        let of = words(part.words());
        let parting_before = |word: usize| {
            let space = of.get(word - 1).zip(of.get(word));
            let space = space.and_then(|(one, other)| part.words().get(one.bytes.end..other.bytes.start));
            space.map_or(Parting::Line, parting)
        };
        let here = place - start;
        let stretch = |least| {
            let begins = (1..=here).rev().find(|word| parting_before(*word) >= least).unwrap_or(0);
            let ends = (here + 1..of.len()).find(|word| parting_before(*word) >= least).unwrap_or(of.len());
            start + begins..start + ends
        };
        Stretches { sentence: stretch(Parting::Sentence), clause: stretch(Parting::Comma) }
    }

    /// The words that stand before this place in its text, the nearest first, up to `limit`.
    pub(super) fn words_before(&self, place: usize, limit: usize) -> impl Iterator<Item = Id> {
        self.ids[..place].iter().rev().take(limit).copied().take_while(|id| *id != BOUNDARY)
    }

    /// The words that stand from this place on in its text, up to `limit`.
    pub(super) fn words_from(&self, place: usize, limit: usize) -> impl Iterator<Item = Id> {
        self.ids[place..].iter().take(limit).copied().take_while(|id| *id != BOUNDARY)
    }

    fn address_at(&self, place: usize) -> Option<Address> {
        self.unit_at(place).map(|unit| self.units[unit].address)
    }

    fn unit_at(&self, place: usize) -> Option<usize> {
        self.units.partition_point(|unit| unit.start as usize <= place).checked_sub(1)
    }
}

impl Address {
    fn look_up<'c>(&self, corpus: &'c Corpus) -> Option<Part<'c>> {
        let interview = corpus.interviews.get(self.interview as usize)?;
        let text = interview.texts.get(self.text as usize)?;
        let question = text.questions.get(self.question as usize)?;
        Some(match self.passage {
            None => Part::Question { interview, text, question },
            Some(passage) => {
                let passage = question.passages.get(passage as usize)?;
                Part::Passage(Placed { interview, text, question, passage })
            }
        })
    }
}
