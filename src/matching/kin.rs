//! Words of one family: «экспорт» and «экспортёр», «пограничный» and «пограничник» have different stems.
//!
//! Only in Cyrillic, where the stemmer takes endings off and leaves how words are made of each other; of English, where
//! it takes both, hit@1 fell.

use std::sync::Arc;

use crate::text::{Script, script_of};

use super::vocabulary::Term;

/// Stems of one family begin with at least so many letters alike.
const SHARED_CHARS: usize = 6;

/// And have at most so many behind those.
const MAX_OTHER_CHARS: usize = 3;

/// So many of a word's neighbours in the alphabet are looked at on each side.
const MAX_LOOKED: usize = 16;

/// Known Cyrillic stems that are long enough to have a family, in order.
pub(super) struct Kin(Vec<(Arc<str>, Term)>);

impl Kin {
    pub(super) fn new<'s>(stems: impl Iterator<Item = (&'s Arc<str>, Term)>) -> Self {
        let mut sorted: Vec<(Arc<str>, Term)> =
            stems.filter(|(stem, _)| may_have(stem)).map(|(stem, term)| (Arc::clone(stem), term)).collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// The known terms of a stem's family; not its own.
    pub(super) fn of(&self, stem: &str) -> impl Iterator<Item = Term> {
        let known = if may_have(stem) { self.0.as_slice() } else { &[] };
        let (before, rest) = known.split_at(known.partition_point(|(other, _)| **other < *stem));
        let near = before.iter().rev().take(MAX_LOOKED).chain(rest.iter().take(MAX_LOOKED));
        near.filter(move |(other, _)| **other != *stem && are_kin(stem, other)).map(|(_, term)| *term)
    }
}

fn may_have(stem: &str) -> bool {
    script_of(stem) == Script::Cyrillic && stem.chars().nth(SHARED_CHARS - 1).is_some()
}

fn are_kin(one: &str, other: &str) -> bool {
    let n_shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let ends_soon = |stem: &str| stem.chars().nth(n_shared + MAX_OTHER_CHARS).is_none();
    n_shared >= SHARED_CHARS && ends_soon(one) && ends_soon(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_begins_alike_and_ends_soon() {
        let stems = [
            "погранич",
            "пограничн",
            "пограничник",
            "погран",
            "пог",
            "border",
            "borders",
            "границ",
            "безопасн",
            "погрузк",
        ];
        let stems: Vec<Arc<str>> = stems.into_iter().map(Arc::from).collect();
        let kin = Kin::new(stems.iter().zip(0..));
        for (stem, family) in [
            ("погранич", vec![0, 1, 2, 3]),
            ("пограничн", vec![0, 2, 3]),
            ("пограничник", vec![0, 1]),
            ("пограничнейш", vec![1, 2]),
            ("пог", vec![]),
            ("border", vec![]),
            ("безопасн", vec![]),
            ("безопас", vec![8]),
            ("погруз", vec![9]),
            ("", vec![]),
        ] {
            let mut found: Vec<Term> = kin.of(stem).collect();
            found.sort_unstable();
            let own = stems.iter().position(|other| **other == *stem).map(|own| own as Term);
            let family: Vec<Term> = family.into_iter().filter(|term| Some(*term) != own).collect();
            assert_eq!(found, family, "{stem}");
        }
    }
}
