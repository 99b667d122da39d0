//! Runs of words that a message and the texts have in common.

use std::ops::Range;

use super::index::{Id, Index, UNKNOWN};
use super::weight::Weight;

/// So many pairs of a word of the message and a place of it are looked at, those of the rarest words first. On the
/// shipped interview all pairs of a long message are fewer; on a text of a mebibyte this takes about a millisecond.
const MAX_PAIRS: usize = 10_000;

/// So many words are compared, at most, to find where a message stands word for word: only a text that repeats itself
/// for thousands of words needs more.
const MAX_COMPARED: usize = 2_000_000;

/// Words that stand in the message and in a text in the same order, as long as it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The number of its first word in the message.
    pub(super) said: usize,
    /// The place of its first word in the texts.
    pub(super) place: usize,
    pub(super) n_words: usize,
    pub(super) weight: Weight,
}

impl Run {
    pub(super) const fn said_end(&self) -> usize {
        self.said + self.n_words
    }

    pub(super) const fn place_end(&self) -> usize {
        self.place + self.n_words
    }
}

/// The first places where exactly these words stand, at most `limit`.
pub(super) fn stands(index: &Index, said: &[Id], limit: usize) -> Vec<usize> {
    let rarest = (0..said.len()).min_by_key(|at| (index.places_of(said[*at]).len(), *at));
    let Some(rarest) = rarest.filter(|_| !said.contains(&UNKNOWN)) else { return Vec::new() };
    let mut n_compared = 0;
    let mut found = Vec::new();
    for place in index.places_of(said[rarest]) {
        let Some(start) = (*place as usize).checked_sub(rarest) else { continue };
        let Some(there) = index.ids().get(start..start + said.len()) else { continue };
        let n_same = there.iter().zip(said).take_while(|(one, other)| one == other).count();
        if n_same == said.len() {
            found.push(start);
        }
        n_compared += n_same + 1;
        if found.len() >= limit || n_compared > MAX_COMPARED {
            break;
        }
    }
    found
}

/// All runs that begin within `within`, in the order of the texts, then of the message.
pub(super) fn runs(index: &Index, said: &[Id], within: Range<usize>) -> Vec<Run> {
    let mut by_rarity: Vec<usize> = within.clone().filter(|at| said[*at] != UNKNOWN).collect();
    by_rarity.sort_by_key(|at| index.places_of(said[*at]).len());
    // The difference of the two places is the same all along a run.
    let mut pairs: Vec<(isize, usize)> = Vec::new();
    for at in by_rarity {
        let places = index.places_of(said[at]);
        if pairs.len() + places.len() > MAX_PAIRS {
            break;
        }
        pairs.extend(places.iter().map(|place| (*place as isize - at as isize, at)));
    }
    pairs.sort_unstable();
    let mut found: Vec<Run> = Vec::new();
    let mut last: Option<(isize, usize)> = None;
    for (shift, at) in pairs {
        if last.is_some_and(|(of, end)| of == shift && at < end) {
            continue;
        }
        let Some(place) = at.checked_add_signed(shift) else { continue };
        let run = extended(index, said, &within, at, place);
        last = Some((shift, run.said_end()));
        found.push(run);
    }
    found.sort_unstable_by_key(|run| (run.place, run.said));
    found
}

fn extended(index: &Index, said: &[Id], within: &Range<usize>, at: usize, place: usize) -> Run {
    let ids = index.ids();
    let same = |(one, other): &(&Id, &Id)| one == other;
    let back = said[within.start..at].iter().rev().zip(ids[..place].iter().rev()).take_while(same).count();
    let on = said[at..within.end].iter().zip(&ids[place..]).take_while(same).count();
    let start = at - back;
    let weight = said[start..at + on].iter().map(|id| index.weight_of(*id)).sum();
    Run { said: start, place: place - back, n_words: back + on, weight }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::of_words;
    use super::*;

    /// Each letter of the text and of the message is a word.
    fn read(text: &str, message: &str) -> (Index, Vec<Id>) {
        let spaced = |letters: &str| letters.chars().map(|c| format!("{c} ")).collect::<String>();
        let index = Index::new(&of_words(&spaced(text)));
        let said = message.chars().map(|c| index.id_of(&c.to_string())).collect();
        (index, said)
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        for (text, message, limit, places) in [
            ("abcabca", "abca", 9, vec![0, 3]),
            ("abcabca", "a", 2, vec![0, 3]),
            ("aaaa", "aa", 9, vec![0, 1, 2]),
            ("abc", "abcd", 9, vec![]),
            ("abc", "bcz", 9, vec![]),
            ("abc", "ca", 9, vec![]),
            ("abc", "", 9, vec![]),
        ] {
            let (index, said) = read(text, message);
            // The first place is that before the text.
            let found: Vec<usize> = stands(&index, &said, limit).into_iter().map(|place| place - 1).collect();
            assert_eq!(found, places, "{text} {message}");
        }
    }

    #[test]
    fn runs_are_as_long_as_they_can_be() {
        for (text, message, wanted) in [
            ("abcdef", "zbcdz", vec![(1, 1, 3)]),
            ("abcdef", "abzdef", vec![(0, 0, 2), (3, 3, 3)]),
            ("abcdef", "defabc", vec![(3, 0, 3), (0, 3, 3)]),
            ("abab", "ab", vec![(0, 0, 2), (0, 2, 2)]),
            ("aaa", "aa", vec![(0, 0, 2), (1, 0, 1), (0, 1, 2), (0, 2, 1)]),
            ("abc", "xyz", vec![]),
        ] {
            let (index, said) = read(text, message);
            let found = runs(&index, &said, 0..said.len());
            let found: Vec<(usize, usize, usize)> =
                found.iter().map(|run| (run.said, run.place - 1, run.n_words)).collect();
            assert_eq!(found, wanted, "{text} {message}");
        }
    }
}
