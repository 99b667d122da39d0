//! How the known words are spelled: which of them is a misspelled word?

use crate::text::Typed;

use super::vocabulary::Term;

/// A shorter word is not repaired: too many others are one slip away.
const MIN_REPAIR_CHARS: usize = 4;

/// From this length two slips are repaired, below only one.
const MIN_TWO_SLIPS_CHARS: usize = 8;

/// All known spellings in one string, by length, each length sorted.
pub(super) struct Spellings {
    text: String,
    /// By spelling: all that is looked at of most of them, so it lies by itself.
    letters: Vec<Letters>,
    list: Vec<Spelling>,
    /// By length in characters: where in `list` it starts; one more at the end.
    starts: Vec<usize>,
}

struct Spelling {
    start: u32,
    n_bytes: u16,
    count: u32,
    term: Term,
}

/// A known spelling that a misspelled word may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate<'s> {
    pub(super) spelling: &'s str,
    pub(super) term: Term,
    /// How many slips lead to it: 1 or 2.
    pub(super) n_edits: usize,
    /// Whether its first letter is that of the misspelled word.
    pub(super) begins_alike: bool,
    /// How often it stands somewhere.
    pub(super) count: u32,
}

impl Spellings {
    /// Of words, each with its term and how often it stands somewhere; what is not a single word is left out.
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w str, Term, u32)>) -> Self {
        let single = words.filter(|(word, ..)| !word.contains(' '));
        let mut sorted: Vec<(usize, &str, Term, u32)> =
            single.map(|(word, term, count)| (word.chars().count(), word, term, count)).collect();
        sorted.sort_unstable();
        let mut spellings = Self {
            text: String::new(),
            letters: Vec::with_capacity(sorted.len()),
            list: Vec::with_capacity(sorted.len()),
            starts: Vec::new(),
        };
        for (n_chars, word, term, count) in sorted {
            let (Ok(start), Ok(n_bytes)) = (u32::try_from(spellings.text.len()), u16::try_from(word.len())) else {
                continue;
            };
            spellings.starts.resize((n_chars + 1).max(spellings.starts.len()), spellings.list.len());
            spellings.letters.push(Letters::of(word));
            spellings.list.push(Spelling { start, n_bytes, count, term });
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
    fn about_as_long(&self, n_chars: usize, slack: usize) -> impl Iterator<Item = (Letters, &Spelling)> {
        let start_of = |n_chars: usize| self.starts[n_chars.min(self.starts.len() - 1)];
        let range = start_of(n_chars.saturating_sub(slack))..start_of(n_chars + slack + 1);
        self.letters[range.clone()].iter().copied().zip(&self.list[range])
    }

    /// The spellings that a misspelled word may mean, all that are near enough.
    pub(super) fn candidates<'s>(&'s self, word: &str) -> Vec<Candidate<'s>> {
        let n_chars = word.chars().count();
        if n_chars < MIN_REPAIR_CHARS || word.bytes().any(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let limit = if n_chars < MIN_TWO_SLIPS_CHARS { 1 } else { 2 };
        let (typed, letters, initial) = (Typed::new(word), Letters::of(word), word.chars().next());
        let similar = self.about_as_long(n_chars, limit).filter(|(known, _)| letters.may_be_within(*known, limit));
        let within = similar.filter_map(|(_, known)| {
            let spelling = self.word(known);
            let n_edits = typed.edits_within(spelling, limit)?;
            let begins_alike = spelling.chars().next() == initial;
            Some(Candidate { spelling, term: known.term, n_edits, begins_alike, count: known.count })
        });
        within.collect()
    }
}

/// The letters of a word without their order: a bit for each letter it has, and in the upper half another for each it has
/// more than once. Small letters of one alphabet have a bit each.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    const N: u32 = 32;

    fn of(word: &str) -> Self {
        let (mut once, mut again) = (0_u64, 0_u64);
        for c in word.chars() {
            let bit = 1 << (u32::from(c) % Self::N);
            again |= once & bit;
            once |= bit;
        }
        Self(again << Self::N | once)
    }

    /// Whether one or two slips can lead from the one to the other: each adds, drops or exchanges one letter, which is at
    /// most two bits. Taking bits away is faster than counting them.
    const fn may_be_within(self, other: Self, n_slips: usize) -> bool {
        const fn without_two(bits: u64) -> u64 {
            let bits = bits & bits.wrapping_sub(1);
            bits & bits.wrapping_sub(1)
        }
        let different = without_two(self.0 ^ other.0);
        (if n_slips > 1 { without_two(different) } else { different }) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_word_may_mean_the_words_that_are_near() {
        let words =
            ["exercises", "in", "belarus", "the", "border", "winter", "artificial", "night", "учения", "boarder"];
        let spellings = Spellings::new(words.into_iter().zip(0..).map(|(word, term)| (word, term, 1)));
        for (typed, known) in [
            ("exercizes", vec!["exercises"]),
            ("excersises", vec!["exercises"]),
            ("belorus", vec!["belarus"]),
            ("bodrer", vec!["border"]),
            ("bordder", vec!["border"]),
            ("boorder", vec!["border", "boarder"]),
            ("учиния", vec!["учения"]),
            ("teh", vec![]),
            ("bo", vec![]),
            ("boarding", vec![]),
            ("artisanal", vec![]),
            ("belarus2026", vec![]),
            ("", vec![]),
            ("winterwinterwinterwinterwinter", vec![]),
        ] {
            let found: Vec<&str> = spellings.candidates(typed).iter().map(|candidate| candidate.spelling).collect();
            assert_eq!(found, known, "{typed}");
        }
    }
}
