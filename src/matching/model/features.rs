//! What the model sees of a text: its stems alone, in pairs, and pieces of its words.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::super::word::{Word, WordKind};

/// Pieces of words have so many characters, the marks of a word's beginning and end counted. With pieces of three beside
/// them nothing was found better, and training took half as long again.
const PIECE_CHARS: usize = 4;

/// A feature by 30 bits of its hash, below two bits for its kind, so that kinds sort together. Two features that share a
/// hash are not told apart; of 10⁵ features about five pairs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) struct Feature(u32);

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

impl Feature {
    const KIND_BITS: u32 = 2;

    fn new(kind: Kind, what: impl Hash) -> Self {
        let mut hasher = FxHasher::default();
        what.hash(&mut hasher);
        // The upper half is the better mixed one.
        let hash = (hasher.finish() >> (32 + Self::KIND_BITS)) as u32;
        Self((kind as u32) << (32 - Self::KIND_BITS) | hash)
    }

    pub(super) const fn kind(self) -> Kind {
        match self.0 >> (32 - Self::KIND_BITS) {
            0 => Kind::Stem,
            1 => Kind::Pair,
            _ => Kind::Piece,
        }
    }
}

/// The features of a text, each once, in order.
pub(in super::super) fn features<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Feature> {
    FeatureReader::default().features(words)
}

/// Reads many texts: the pieces of a word that comes again are not made again.
#[derive(Default)]
pub(in super::super) struct FeatureReader {
    pieces: FxHashMap<Arc<str>, Vec<Feature>>,
}

impl FeatureReader {
    /// The same as [`features`].
    pub(in super::super) fn features<'w>(&mut self, words: impl Iterator<Item = &'w Word>) -> Vec<Feature> {
        let words: Vec<&Word> = words.collect();
        let mut found = Vec::with_capacity(words.len() * 24);
        let stems: Vec<&str> = words.iter().map(|word| &*word.stem).collect();
        for (at, stem) in stems.iter().enumerate() {
            found.push(Feature::new(Kind::Stem, stem));
            if let Some(next) = stems.get(at + 1) {
                found.push(Feature::new(Kind::Pair, ("beside", stem, next)));
            }
            if let Some(next) = stems.get(at + 2) {
                found.push(Feature::new(Kind::Pair, ("near", stem, next)));
            }
        }
        // A synonym means its group, not its letters.
        for word in words.iter().filter(|word| word.kind == WordKind::Plain) {
            found.extend(self.pieces.entry(Arc::clone(&word.text)).or_insert_with(|| pieces(&word.text)).iter());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn pieces(word: &str) -> Vec<Feature> {
    let marked: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    marked.windows(PIECE_CHARS).map(|piece| Feature::new(Kind::Piece, piece)).collect()
}
