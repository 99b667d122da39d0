//! How far two spellings are apart.

/// How many single slips (a letter dropped, added, changed, or two neighbours swapped) lead from one word to the other:
/// optimal string alignment, in characters.
#[must_use]
pub fn edits(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// [`edits`] if there are at most `limit` of them. Cheap for words whose lengths alone rule it out.
#[must_use]
pub fn edits_within(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (n_one, n_other) = (one.chars().count(), other.chars().count());
    (n_one.abs_diff(n_other) <= limit).then(|| edits(one, other)).filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
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
}
