//! What the model sees of a text: its stems alone, in pairs, and pieces of its words.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::super::word::{Word, WordKind};

/// Pieces of words have so many characters, the marks of a word's beginning and end counted.
const PIECE_CHARS: std::ops::RangeInclusive<usize> = 3..=4;

/// A feature by its hash. Two features that share one are not told apart: of 10⁵ features one pair in 10⁵ does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) struct Feature {
    pub(super) family: Family,
    pub(super) hash: u32,
}

/// Features that are weighed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Family {
    /// Stems alone, beside each other, and with one word between.
    Words,
    /// Pieces of words.
    Pieces,
}

/// The features of a text, each once, in order.
pub(in super::super) fn features<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Feature> {
    let words: Vec<&Word> = words.collect();
    let mut found = Vec::with_capacity(words.len() * 24);
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    for (at, stem) in stems.iter().enumerate() {
        found.push(feature(Family::Words, ("one", stem)));
        if let Some(next) = stems.get(at + 1) {
            found.push(feature(Family::Words, ("beside", stem, next)));
        }
        if let Some(next) = stems.get(at + 2) {
            found.push(feature(Family::Words, ("near", stem, next)));
        }
    }
    // A synonym means its group, not its letters.
    for word in words.iter().filter(|word| word.kind == WordKind::Plain) {
        push_pieces(&word.text, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn push_pieces(word: &str, found: &mut Vec<Feature>) {
    let marked: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    for n_chars in PIECE_CHARS {
        found.extend(marked.windows(n_chars).map(|piece| feature(Family::Pieces, piece)));
    }
}

fn feature(family: Family, what: impl Hash) -> Feature {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    let hash = hasher.finish();
    // The upper half is the better mixed one.
    Feature { family, hash: (hash >> 32) as u32 }
}
