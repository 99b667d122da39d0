//! The words the knowledge knows: how much each tells about what is asked, and how they are spelled.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::text::{edits_within, zipf};

use super::word::{Word, WordKind};

/// A known stem, by its number.
pub(super) type Term = u32;

/// From this Zipf frequency down a word counts in full: about "military" or "граница". MATCHING.md §3: damping at 5/8
/// did best on passages.
const TELLING_ZIPF: f32 = 5.0;

/// From this Zipf frequency up a word counts nothing; "the" is at 7.7.
const EMPTY_ZIPF: f32 = 7.5;

/// What a word counts that the whole interview is about: enough to prefer a passage that has it over an equal one.
const PERVASIVE_WEIGHT: f32 = 0.05;

/// A shorter word is not repaired: too many others are one slip away.
const MIN_REPAIR_CHARS: usize = 4;

/// From this length two slips are repaired, below only one.
const MIN_TWO_SLIPS_CHARS: usize = 8;

/// The known words.
pub(super) struct Vocabulary {
    terms: FxHashMap<String, Term>,
    /// By term: how much it tells, 0–1.
    weights: Vec<f32>,
    spellings: Spellings,
}

impl Vocabulary {
    /// Reads the words of all groups of texts (what belongs to one target is one group): a word that stands in few
    /// groups tells more than one that stands in many.
    pub(super) fn new<'w>(groups: impl Iterator<Item = Vec<&'w [Word]>>) -> Self {
        let mut terms: FxHashMap<String, Term> = FxHashMap::default();
        let mut counts: Vec<Count> = Vec::new();
        let mut spelled: FxHashMap<&str, u32> = FxHashMap::default();
        let mut n_groups = 0_u32;
        for group in groups {
            n_groups += 1;
            for word in group.into_iter().flatten() {
                let next = Term::try_from(terms.len()).unwrap_or(Term::MAX);
                let term = *terms.entry(word.stem.clone()).or_insert(next);
                if term == next {
                    counts.push(Count::default());
                }
                counts[term as usize].see(word, n_groups);
                *spelled.entry(&word.text).or_default() += 1;
            }
        }
        let weights = counts.iter().map(|count| count.weight(n_groups)).collect();
        Self { terms, weights, spellings: Spellings::new(spelled) }
    }

    /// The term of a stem, if it is known.
    pub(super) fn term(&self, stem: &str) -> Option<Term> {
        self.terms.get(stem).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// How much a known term tells, 0–1.
    pub(super) fn weight(&self, term: Term) -> f32 {
        self.weights[term as usize]
    }

    /// How much a word tells, 0–1. An unknown word counts as one that stands in no group: a question about what the
    /// interview never names must not look like one it answers.
    pub(super) fn weight_of(&self, word: &Word) -> f32 {
        match self.term(&word.stem) {
            Some(term) => self.weight(term),
            None if word.is_pervasive() => PERVASIVE_WEIGHT,
            None => damping(zipf(&word.text)),
        }
    }

    /// The known spelling that a misspelled word most likely means.
    pub(super) fn nearest_spelling(&self, word: &str) -> Option<&str> {
        let n_chars = word.chars().count();
        if n_chars < MIN_REPAIR_CHARS || word.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let limit = if n_chars < MIN_TWO_SLIPS_CHARS { 1 } else { 2 };
        self.spellings.nearest(word, n_chars, limit)
    }
}

/// How much a word of that Zipf frequency can tell, 0–1; a word that no list knows tells in full.
fn damping(zipf: Option<f32>) -> f32 {
    zipf.map_or(1.0, |zipf| ((EMPTY_ZIPF - zipf) / (EMPTY_ZIPF - TELLING_ZIPF)).clamp(0.0, 1.0))
}

/// Where a term was seen.
#[derive(Default)]
struct Count {
    n_groups: u32,
    last_group: u32,
    /// Of its commonest form.
    zipf: Option<f32>,
    pervasive: bool,
}

impl Count {
    fn see(&mut self, word: &Word, group: u32) {
        if self.last_group != group {
            self.last_group = group;
            self.n_groups += 1;
            // An editor put a synonym into the lexicon because it tells something.
            let zipf = if word.kind == WordKind::Plain { zipf(&word.text) } else { None };
            self.zipf = if zipf > self.zipf { zipf } else { self.zipf };
        }
        self.pervasive |= word.is_pervasive();
    }

    fn weight(&self, n_groups: u32) -> f32 {
        if self.pervasive {
            return PERVASIVE_WEIGHT;
        }
        let all = n_groups as f32;
        let rarity = (1.0 + all / self.n_groups as f32).ln() / (1.0 + all).ln();
        rarity * damping(self.zipf)
    }
}

/// All known spellings in one string, sorted.
struct Spellings {
    text: String,
    list: Vec<Spelling>,
}

struct Spelling {
    start: u32,
    n_bytes: u16,
    n_chars: u16,
    /// Which characters it has, each as one of 64 bits: a slip changes at most two.
    characters: u64,
    count: u32,
}

impl Spellings {
    fn new(spelled: FxHashMap<&str, u32>) -> Self {
        let mut sorted: Vec<(&str, u32)> = spelled.into_iter().filter(|(word, _)| !word.contains(' ')).collect();
        sorted.sort_unstable();
        let mut spellings = Self { text: String::new(), list: Vec::with_capacity(sorted.len()) };
        for (word, count) in sorted {
            let (Ok(start), Ok(n_bytes)) = (u32::try_from(spellings.text.len()), u16::try_from(word.len())) else {
                continue;
            };
            let n_chars = u16::try_from(word.chars().count()).unwrap_or(n_bytes);
            spellings.list.push(Spelling { start, n_bytes, n_chars, characters: characters(word), count });
            spellings.text.push_str(word);
        }
        spellings
    }

    fn word(&self, spelling: &Spelling) -> &str {
        let start = spelling.start as usize;
        &self.text[start..start + spelling.n_bytes as usize]
    }

    /// The fewest slips win, then the same first letter, then the word that is known better, then the alphabet.
    fn nearest(&self, word: &str, n_chars: usize, limit: usize) -> Option<&str> {
        let (own, initial) = (characters(word), word.chars().next());
        let could_be = |spelling: &&Spelling| {
            (spelling.n_chars as usize).abs_diff(n_chars) <= limit
                && (spelling.characters ^ own).count_ones() as usize <= 2 * limit
        };
        let within = self.list.iter().filter(could_be).filter_map(|spelling| {
            let known = self.word(spelling);
            let n_edits = edits_within(word, known, limit)?;
            Some((n_edits, known.chars().next() != initial, Reverse(spelling.count), known))
        });
        within.min().map(|(_, _, _, known)| known)
    }
}

/// The characters of a word as bits.
fn characters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}
