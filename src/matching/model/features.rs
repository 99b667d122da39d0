//! What the model sees of a text: its stems alone, in pairs, and pieces of its words.

use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHasher};

use super::super::ragged::Ragged;
use super::super::word::{Word, WordKind};
use super::super::word_list::{WordId, WordList};

/// Pieces of words have so many characters, the marks of a word's beginning and end counted. With pieces of three beside
/// them nothing was found better, and training took half as long again.
const PIECE_CHARS: usize = 4;

/// A feature by 30 bits of its hash, below two bits for its kind. Two features that share a
/// hash are not told apart; of 10⁵ features about five pairs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Feature(u32);

/// What a feature is of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A stem.
    Stem,
    /// Two stems of one text.
    Pair,
    /// A piece of a word.
    Piece,
}

/// In an order: stems beside each other, or with one between.
const ORDERED: RangeInclusive<usize> = 1..=2;

/// In either order: stems at most so far apart. "Transfer … to my savings" and "to my savings … transfer" are of one kind;
/// these pairs brought 0.7 points of hit@1 on 3,000 questions in 150 classes, 0.6 with at most six.
const TOGETHER: RangeInclusive<usize> = 1..=10;

impl Feature {
    const KIND_BITS: u32 = 2;

    fn new(kind: Kind, what: impl Hash) -> Self {
        let mut hasher = FxHasher::default();
        what.hash(&mut hasher);
        // Of the 64 bits, 30 from the middle: two of 100,000 pairs share them about as often as chance would have it.
        let hash = (hasher.finish() >> (32 + Self::KIND_BITS)) as u32;
        Self((kind as u32) << (32 - Self::KIND_BITS) | hash)
    }

    fn stem(word: &Word) -> Self {
        Self::new(Kind::Stem, &word.stem)
    }

    /// Of two stems that stand so far apart, in this order.
    fn ordered(one: Self, other: Self, distance: usize) -> Self {
        Self::new(Kind::Pair, (distance, one, other))
    }

    /// Of two stems of one text, in either order.
    fn together(one: Self, other: Self) -> Self {
        Self::new(Kind::Pair, (0_usize, one.min(other), one.max(other)))
    }

    const fn counter(self) -> usize {
        self.0 as usize % N_COUNTERS
    }

    pub(super) const fn kind(self) -> Kind {
        match self.0 >> (32 - Self::KIND_BITS) {
            0 => Kind::Stem,
            1 => Kind::Pair,
            _ => Kind::Piece,
        }
    }
}

/// The features of a question, each once, in order.
pub(super) fn features<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Feature> {
    let mut found = Vec::new();
    let mut stems = Vec::new();
    for word in words {
        stems.push(Feature::stem(word));
        pieces(word, |piece| found.push(piece));
    }
    pairs(&stems, |pair| found.push(pair));
    found.append(&mut stems);
    found.sort_unstable();
    found.dedup();
    found
}

/// The pairs of a text's stems.
fn pairs(stems: &[Feature], mut take: impl FnMut(Feature)) {
    let mut each = |distances: RangeInclusive<usize>, of: fn(Feature, Feature, usize) -> Feature| {
        for distance in distances {
            let apart = stems.iter().zip(stems.iter().skip(distance));
            apart.for_each(|(one, other)| take(of(*one, *other, distance)));
        }
    };
    each(ORDERED, Feature::ordered);
    each(TOGETHER, |one, other, _| Feature::together(one, other));
}

/// The pieces of a word; a synonym has none, for it means its group, not its letters.
fn pieces(word: &Word, mut take: impl FnMut(Feature)) {
    if word.kind != WordKind::Plain {
        return;
    }
    let marked: Vec<char> = std::iter::once(' ').chain(word.text.chars()).chain(std::iter::once(' ')).collect();
    marked.windows(PIECE_CHARS).for_each(|piece| take(Feature::new(Kind::Piece, piece)));
}

/// A feature of the training texts by its number.
pub(super) type FeatureId = u32;

/// The features of many texts, numbered as they come, each with the number of texts that have it.
pub(super) struct FeatureList {
    ids: FxHashMap<Feature, FeatureId>,
    /// By number.
    list: Vec<Counted>,
    n_texts: u32,
    /// By word: its stem, and where its own features start in `of_words`; one more at the end.
    words: Vec<(Feature, u32)>,
    /// The stem and the pieces of each word.
    of_words: Vec<FeatureId>,
    /// How often pairs were seen, by a part of their hash: of some thousand texts most are seen once and need no place in
    /// `ids`.
    seen: Vec<u8>,
}

/// The number that all pairs share that a single text has.
const RARE_PAIR: FeatureId = 0;

/// So many counters for pairs: a megabyte. Two pairs that share one are looked at as if they were seen twice.
const N_COUNTERS: usize = 1 << 20;

/// A feature, and how many texts have it.
pub(super) struct Counted {
    pub(super) feature: Feature,
    pub(super) count: u32,
    /// The number of the last text that has it.
    last: u32,
}

/// About so many features a knowledge of 7,000 phrasings has: room for them from the start saves a third of the counting.
const N_EXPECTED: usize = 1 << 16;

impl FeatureList {
    /// Makes what the texts share: the features of their words.
    pub(super) fn new<'w>(words: &WordList, texts: impl Iterator<Item = &'w [WordId]>) -> Self {
        let mut list = Self {
            ids: FxHashMap::with_capacity_and_hasher(N_EXPECTED, rustc_hash::FxBuildHasher),
            list: vec![Counted { feature: Feature::new(Kind::Pair, ()), count: 0, last: 0 }],
            seen: vec![0; N_COUNTERS],
            n_texts: 0,
            words: Vec::with_capacity(words.words().len()),
            of_words: Vec::new(),
        };
        for listed in words.words() {
            let stem = Feature::stem(&listed.word);
            list.words.push((stem, list.of_words.len() as u32));
            let id = list.id(stem);
            list.of_words.push(id);
            pieces(&listed.word, |piece| {
                let id = list.id(piece);
                list.of_words.push(id);
            });
        }
        texts.for_each(|text| list.see_pairs(text));
        list
    }

    fn see_pairs(&mut self, text: &[WordId]) {
        let stems = self.stems(text);
        pairs(&stems, |pair| {
            let seen = &mut self.seen[pair.counter()];
            *seen = seen.saturating_add(1);
        });
    }

    fn stems(&self, text: &[WordId]) -> Vec<Feature> {
        text.iter().map(|word| self.words[*word as usize].0).collect()
    }

    fn id(&mut self, feature: Feature) -> FeatureId {
        let next = self.list.len() as FeatureId;
        let id = *self.ids.entry(feature).or_insert(next);
        if id == next {
            self.list.push(Counted { feature, count: 0, last: 0 });
        }
        id
    }

    /// Adds the features of a text, each once but for rare pairs, and counts them.
    pub(super) fn add(&mut self, text: &[WordId], found: &mut Ragged<FeatureId>) {
        self.n_texts += 1;
        for word in text {
            let start = self.words[*word as usize].1;
            let end = self.words.get(*word as usize + 1).map_or(self.of_words.len(), |(_, start)| *start as usize);
            for at in start as usize..end {
                let id = self.of_words[at];
                found.open_row().extend(self.list[id as usize].stands_in(self.n_texts).then_some(id));
            }
        }
        let stems = self.stems(text);
        pairs(&stems, |pair| {
            if self.seen[pair.counter()] < 2 {
                found.open_row().push(RARE_PAIR);
                return;
            }
            let id = self.id(pair);
            found.open_row().extend(self.list[id as usize].stands_in(self.n_texts).then_some(id));
        });
        found.end_row();
    }

    /// By number.
    pub(super) fn list(&self) -> &[Counted] {
        &self.list
    }
}

impl Counted {
    /// Counts a text; not again.
    const fn stands_in(&mut self, text: u32) -> bool {
        let is_new = self.last != text;
        if is_new {
            self.last = text;
            self.count += 1;
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::word::words;
    use super::super::super::word_list::listed;
    use super::*;

    #[test]
    fn a_question_and_a_listed_text_have_the_same_features() {
        // Each twice: pairs that a single text has are not told apart.
        let texts = ["when is the lighthouse lit", "маяк, маяк!", "", "a b"].repeat(2);
        let (list, ids) = listed(&texts);
        let mut features_of = FeatureList::new(&list, ids.rows());
        let mut found = Ragged::default();
        ids.rows().for_each(|text| features_of.add(text, &mut found));
        for (text, found) in texts.iter().zip(found.rows()) {
            let mut found: Vec<Feature> = found.iter().map(|id| features_of.list()[*id as usize].feature).collect();
            found.sort_unstable();
            assert_eq!(found, features(words(text).iter()), "{text}");
        }
    }

    #[test]
    fn a_feature_counts_once_a_text() {
        let (list, ids) = listed(&["amber amber", "amber"]);
        let mut features_of = FeatureList::new(&list, ids.rows());
        let mut found = Ragged::default();
        ids.rows().for_each(|text| features_of.add(text, &mut found));
        let stem = features_of.list().iter().find(|counted| counted.feature.kind() == Kind::Stem);
        assert_eq!(stem.map(|counted| counted.count), Some(2));
    }
}
