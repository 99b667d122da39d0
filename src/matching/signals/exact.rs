//! The very question that somebody wrote down: then it means what they meant.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::super::material::Material;
use super::super::query::Query;
use super::super::targets::TargetIndex;
use super::super::word::Word;
use super::{Ratings, Signal};

/// 1 for the targets that have the question as a phrasing or keyword, word for word, endings aside. "Who are you?" has no
/// word that tells anything, and is asked of the bot all the same.
pub(super) struct ExactSignal {
    /// By a hash of all its words: the target. Two of 10⁵ phrasings share one less than once in a billion times.
    phrased: Vec<(u64, TargetIndex)>,
}

impl ExactSignal {
    pub(super) fn new(material: &Material<'_>) -> Self {
        let listed = material.words.words();
        let name = |words: &[_]| of_all(words.iter().map(|word: &u32| &listed[*word as usize].word));
        let mut phrased: Vec<(u64, TargetIndex)> =
            material.asked().map(|(phrasing, words)| (name(words), phrasing.target)).collect();
        phrased.sort_unstable();
        phrased.dedup();
        Self { phrased }
    }
}

fn of_all<'w>(words: impl Iterator<Item = &'w Word>) -> u64 {
    let mut hasher = FxHasher::default();
    words.for_each(|word| word.stem.hash(&mut hasher));
    hasher.finish()
}

impl Signal for ExactSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::EXACT_WEIGHT
    }

    fn rate(&self, query: &Query) -> Ratings {
        if query.words.is_empty() {
            return Ratings::new();
        }
        let name = of_all(query.words.iter().map(|word| &word.word));
        let rest = &self.phrased[self.phrased.partition_point(|(other, _)| *other < name)..];
        rest.iter().take_while(|(other, _)| *other == name).map(|(_, target)| (*target, 1.0)).collect()
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let is_phrased = self.rate(query).iter().any(|(phrased, _)| *phrased == target);
        is_phrased.then(|| "somebody wrote down this very question for it".to_owned())
    }
}
