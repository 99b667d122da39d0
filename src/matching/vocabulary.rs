//! The words the knowledge knows: how much each tells about what is asked, and how they are spelled.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::SynonymWeight;
use crate::text::{edits_within, zipf};

use super::word::{Word, WordKind};

/// A known stem, by its number.
pub(super) type Term = u32;

/// From this Zipf frequency down a word counts in full: about "military" or "граница".
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
    terms: FxHashMap<Arc<str>, Term>,
    /// By term: how much it tells, 0–1.
    weights: Vec<f32>,
    spellings: Spellings,
}

impl Vocabulary {
    /// Reads the words of all groups of texts (what belongs to one target is one group): a word that stands in few
    /// groups tells more than one that stands in many.
    pub(super) fn new<'w>(groups: impl Iterator<Item = Vec<&'w [Word]>>) -> Self {
        let mut terms: FxHashMap<Arc<str>, Term> = FxHashMap::default();
        let mut counts: Vec<Count> = Vec::new();
        let mut spelled: FxHashMap<&str, u32> = FxHashMap::default();
        let mut n_groups = 0_u32;
        for group in groups {
            n_groups += 1;
            for word in group.into_iter().flatten() {
                let next = Term::try_from(counts.len()).unwrap_or(Term::MAX);
                let term = match terms.get(&word.stem) {
                    Some(term) => *term,
                    None => {
                        terms.insert(word.stem.clone(), next);
                        counts.push(Count::default());
                        next
                    }
                };
                let count = &mut counts[term as usize];
                count.see(word.kind, n_groups);
                let n_seen = spelled.entry(&word.text).or_default();
                if *n_seen == 0 {
                    count.see_spelling(word);
                }
                *n_seen += 1;
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
    fn see(&mut self, kind: WordKind, group: u32) {
        if self.last_group != group {
            self.last_group = group;
            self.n_groups += 1;
        }
        self.pervasive |= kind == WordKind::Synonym(SynonymWeight::Pervasive);
    }

    /// A synonym is not damped: an editor put it into the lexicon because it tells something.
    fn see_spelling(&mut self, word: &Word) {
        let zipf = if word.kind == WordKind::Plain { zipf(&word.text) } else { None };
        self.zipf = if zipf > self.zipf { zipf } else { self.zipf };
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

/// All known spellings in one string, by length, each length sorted.
struct Spellings {
    text: String,
    list: Vec<Spelling>,
    /// By length in characters: where in `list` it starts; one more at the end.
    starts: Vec<usize>,
}

struct Spelling {
    letters: Letters,
    start: u32,
    n_bytes: u16,
    count: u32,
}

impl Spellings {
    fn new(spelled: FxHashMap<&str, u32>) -> Self {
        let single = spelled.into_iter().filter(|(word, _)| !word.contains(' '));
        let mut sorted: Vec<(usize, &str, u32)> =
            single.map(|(word, count)| (word.chars().count(), word, count)).collect();
        sorted.sort_unstable();
        let mut spellings = Self { text: String::new(), list: Vec::with_capacity(sorted.len()), starts: Vec::new() };
        for (n_chars, word, count) in sorted {
            let (Ok(start), Ok(n_bytes)) = (u32::try_from(spellings.text.len()), u16::try_from(word.len())) else {
                continue;
            };
            spellings.starts.resize((n_chars + 1).max(spellings.starts.len()), spellings.list.len());
            spellings.list.push(Spelling { letters: Letters::of(word), start, n_bytes, count });
            spellings.text.push_str(word);
        }
        spellings.starts.push(spellings.list.len());
        spellings
    }

    fn word(&self, spelling: &Spelling) -> &str {
        let start = spelling.start as usize;
        &self.text[start..start + spelling.n_bytes as usize]
    }

    /// The words of so many characters, give or take `slack`.
    fn about_as_long(&self, n_chars: usize, slack: usize) -> &[Spelling] {
        let start_of = |n_chars: usize| self.starts[n_chars.min(self.starts.len() - 1)];
        &self.list[start_of(n_chars.saturating_sub(slack))..start_of(n_chars + slack + 1)]
    }

    /// The fewest slips win, then the same first letter, then the word that is known better, then the alphabet.
    fn nearest(&self, word: &str, n_chars: usize, limit: usize) -> Option<&str> {
        let (letters, initial) = (Letters::of(word), word.chars().next());
        let similar =
            self.about_as_long(n_chars, limit).iter().filter(|known| letters.may_be_within(known.letters, limit));
        let within = similar.filter_map(|spelling| {
            let known = self.word(spelling);
            let n_edits = edits_within(word, known, limit)?;
            Some((n_edits, known.chars().next() != initial, Reverse(spelling.count), known))
        });
        within.min().map(|(_, _, _, known)| known)
    }
}

/// The letters of a word without their order: a bit for each letter it has, another for each it has more than once.
#[derive(Clone, Copy)]
struct Letters(u128);

impl Letters {
    fn of(word: &str) -> Self {
        let (mut once, mut again) = (0_u64, 0_u64);
        for c in word.chars() {
            let bit = 1_u64 << (u32::from(c) % u64::BITS);
            again |= once & bit;
            once |= bit;
        }
        Self(u128::from(again) << u64::BITS | u128::from(once))
    }

    /// Whether so few slips can lead from the one to the other: each adds, drops or exchanges one letter.
    const fn may_be_within(self, other: Self, n_slips: usize) -> bool {
        (self.0 ^ other.0).count_ones() as usize <= 2 * n_slips
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::words;
    use super::*;

    fn vocabulary() -> Vocabulary {
        let texts = ["exercises in belarus", "the border in winter", "in the artificial night", "the border", "учения"]
            .map(words);
        Vocabulary::new(texts.iter().map(|words| vec![words.as_slice()]))
    }

    #[test]
    fn a_misspelled_word_is_taken_for_the_nearest_known_one() {
        let vocabulary = vocabulary();
        for (typed, known) in [
            ("exercizes", Some("exercises")),
            ("excersises", Some("exercises")),
            ("belorus", Some("belarus")),
            ("bodrer", Some("border")),
            ("учиния", Some("учения")),
            ("bod", None),
            ("boarding", None),
            ("artisanal", None),
            ("belarus2026", None),
            ("", None),
            ("winterwinterwinterwinterwinter", None),
        ] {
            assert_eq!(vocabulary.nearest_spelling(typed), known, "{typed}");
        }
    }

    #[test]
    fn a_word_tells_more_the_rarer_it_is() {
        let vocabulary = vocabulary();
        let weight = |word: &str| vocabulary.weight_of(&Word::plain(word.to_owned()));
        for (more, less) in [("belarus", "border"), ("border", "the"), ("qwxzt", "border"), ("telescope", "with")] {
            assert!(weight(more) > weight(less), "{more} {less}");
        }
        for word in ["belarus", "the", "qwxzt", "with"] {
            assert!((0.0..=1.0).contains(&weight(word)), "{word}");
        }
    }
}
