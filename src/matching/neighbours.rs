//! Which known words stand behind which in phrasings: what a misspelled word means, its neighbours tell.

use super::ragged::Ragged;
use super::vocabulary::Term;

/// By term: the terms that stood right behind it, in order, each as often as it did.
pub(super) struct Neighbours(Ragged<Term>);

impl Neighbours {
    /// Of texts' terms in order, of which there are `n_terms`.
    pub(super) fn new<T: Iterator<Item = Term>>(n_terms: usize, texts: impl Iterator<Item = T>) -> Self {
        let mut pairs: Vec<(Term, Term)> = Vec::new();
        for mut text in texts {
            let Some(mut before) = text.next() else { continue };
            for term in text {
                pairs.push((before, term));
                before = term;
            }
        }
        pairs.sort_unstable();
        let mut rest = pairs.as_slice();
        let mut behind = Ragged::default();
        for term in 0..Term::try_from(n_terms).unwrap_or(Term::MAX) {
            let (own, others) = rest.split_at(rest.partition_point(|(before, _)| *before == term));
            behind.push(own.iter().map(|(_, term)| *term));
            rest = others;
        }
        Self(behind)
    }

    /// How often the second stood right behind the first.
    pub(super) fn count(&self, before: Term, after: Term) -> usize {
        let behind = self.0.row(before as usize);
        let start = behind.partition_point(|term| *term < after);
        behind[start..].partition_point(|term| *term == after)
    }
}

/// The known words beside a misspelled one, as far as they are known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    pub(super) before: Option<Term>,
    pub(super) after: Option<Term>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_counted_behind_each_other() {
        let texts: [&[Term]; 5] = [&[0, 1, 2], &[0, 1], &[], &[3], &[1, 0, 1]];
        let neighbours = Neighbours::new(5, texts.iter().map(|text| text.iter().copied()));
        for (before, after, count) in [(0, 1, 3), (1, 2, 1), (1, 0, 1), (2, 1, 0), (0, 2, 0), (3, 3, 0), (4, 0, 0)] {
            assert_eq!(neighbours.count(before, after), count, "{before} {after}");
        }
    }
}
