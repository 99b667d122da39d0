//! What the model sees of a text: its stems alone, in pairs, and pieces of its words.

use std::hash::{Hash, Hasher};

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
    /// Two stems, beside each other or with one between.
    Pair,
    /// A piece of a word.
    Piece,
}

/// How far apart the stems of a pair stand.
const DISTANCES: [usize; 2] = [1, 2];

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

    /// Of two stems that stand so far apart.
    fn pair(one: Self, other: Self, distance: usize) -> Self {
        Self::new(Kind::Pair, (distance, one, other))
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
    for distance in DISTANCES {
        let pairs = stems.iter().zip(stems.iter().skip(distance));
        found.extend(pairs.map(|(one, other)| Feature::pair(*one, *other, distance)));
    }
    found.append(&mut stems);
    found.sort_unstable();
    found.dedup();
    found
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
}

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
    pub(super) fn new(words: &WordList) -> Self {
        let mut list = Self {
            ids: FxHashMap::with_capacity_and_hasher(N_EXPECTED, rustc_hash::FxBuildHasher),
            list: Vec::with_capacity(N_EXPECTED),
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
        list
    }

    fn id(&mut self, feature: Feature) -> FeatureId {
        let next = self.list.len() as FeatureId;
        let id = *self.ids.entry(feature).or_insert(next);
        if id == next {
            self.list.push(Counted { feature, count: 0, last: 0 });
        }
        id
    }

    /// Adds the features of a text, each once, and counts them.
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
        for distance in DISTANCES {
            for (one, other) in text.iter().zip(text.iter().skip(distance)) {
                let pair = Feature::pair(self.words[*one as usize].0, self.words[*other as usize].0, distance);
                let id = self.id(pair);
                found.open_row().extend(self.list[id as usize].stands_in(self.n_texts).then_some(id));
            }
        }
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
        let texts = ["when is the lighthouse lit", "маяк, маяк!", "", "a b"];
        let (list, ids) = listed(&texts);
        let mut features_of = FeatureList::new(&list);
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
        let mut features_of = FeatureList::new(&list);
        let mut found = Ragged::default();
        ids.rows().for_each(|text| features_of.add(text, &mut found));
        let stem = features_of.list().iter().find(|counted| counted.feature.kind() == Kind::Stem);
        assert_eq!(stem.map(|counted| counted.count), Some(2));
    }
}
