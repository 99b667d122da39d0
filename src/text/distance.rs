//! How far two spellings are apart.

/// So many letters are told apart when words are compared roughly.
const N_LETTERS: usize = 32;

/// How many single slips (a letter dropped, added, changed, or two neighbours swapped) lead from one word to the other:
/// optimal string alignment, in characters.
fn edits(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// [`edits`] if there are at most `limit` of them. Cheap for words whose lengths alone rule it out.
fn edits_within(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (n_one, n_other) = (one.chars().count(), other.chars().count());
    (n_one.abs_diff(n_other) <= limit).then(|| edits(one, other)).filter(|edits| *edits <= limit)
}

/// A word that is compared with many others: what is far from it is told apart without a table of distances.
pub struct Typed<'w> {
    word: &'w str,
    n_chars: usize,
    /// By letter, see [`letter`](Self::letter): a bit for each place where it stands.
    places: [u64; N_LETTERS],
}

impl<'w> Typed<'w> {
    /// Makes a word ready.
    #[must_use]
    pub fn new(word: &'w str) -> Self {
        let mut typed = Self { word, n_chars: 0, places: [0; N_LETTERS] };
        for c in word.chars() {
            typed.places[Self::letter(c)] |= 1_u64.checked_shl(typed.n_chars as u32).unwrap_or(0);
            typed.n_chars += 1;
        }
        typed
    }

    /// How many single slips (a letter dropped, added, changed, or two neighbours swapped) lead from the one word to the other,
    /// if there are at most `limit` of them.
    #[must_use]
    pub fn edits_within(&self, other: &str, limit: usize) -> Option<usize> {
        if self.least_edits(other) > limit { None } else { edits_within(self.word, other, limit) }
    }

    /// Small letters of one alphabet are told apart; others may be taken for each other, which makes words look nearer.
    const fn letter(c: char) -> usize {
        c as usize % N_LETTERS
    }

    /// At least so many edits lead to the other word: the same distance, a column of its table in the bits of one number
    /// (Hyyrö, "Explaining and extending the bit-parallel approximate string matching algorithm of Myers", 2001; his names).
    fn least_edits(&self, other: &str) -> usize {
        if self.n_chars == 0 || self.n_chars > u64::BITS as usize {
            return 0;
        }
        let last = 1_u64 << (self.n_chars - 1);
        let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut distance = self.n_chars;
        for c in other.chars() {
            let pm = self.places[Self::letter(c)];
            let swapped = (!d0 & pm) << 1 & before;
            d0 = ((pm & vp).wrapping_add(vp) ^ vp) | pm | vn | swapped;
            let (hp, hn) = (vn | !(d0 | vp), d0 & vp);
            distance += usize::from(hp & last != 0);
            distance -= usize::from(hn & last != 0);
            let hp = hp << 1 | 1;
            vp = hn << 1 | !(d0 | hp);
            vn = hp & d0;
            before = pm;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_are_counted() {
        for (one, other, n_edits) in [
            ("osce", "osce", 0),
            ("osce", "ocse", 1),
            ("excercises", "exercises", 1),
            ("учения", "учиния", 1),
            ("teh", "the", 1),
            ("border", "bodrers", 2),
            ("", "мир", 3),
        ] {
            assert_eq!(edits(one, other), n_edits, "{one} {other}");
            assert_eq!(edits_within(one, other, n_edits), Some(n_edits), "{one} {other}");
            assert!(n_edits == 0 || edits_within(one, other, n_edits - 1).is_none(), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_word_made_ready_is_as_far_from_others_as_it_is(one in "[a-eа-г]{0,9}|[a-c]{60,70}", other in "[a-eа-г]{0,9}|[a-c]{60,70}") {
            let typed = Typed::new(&one);
            for limit in 0..4 {
                prop_assert_eq!(typed.edits_within(&other, limit), edits_within(&one, &other, limit));
            }
            prop_assert!(typed.least_edits(&other) <= edits(&one, &other));
        }
    }
}
