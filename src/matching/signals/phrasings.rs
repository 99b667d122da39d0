//! The nearest phrasing: did the editor foresee this very question?

use super::super::material::Material;
use super::super::postings::{Posting, Postings};
use super::super::query::{MIN_WEIGHT, Query};
use super::super::targets::TargetIndex;
use super::super::vocabulary::{Term, Terms, Vocabulary};
use super::super::word_list::WordId;
use super::texts::Texts;
use super::{Ratings, Signal, best_by_target};

/// A word that tells less than this part of the question's most telling one is not looked up in rating: it stands in half of
/// all phrasings. A likeness is up to a tenth too small by it, for all that have the word alike.
const FAINT_WORD: f32 = 0.25;

/// In so many phrasings of a target a word does not stand by chance, nor in one of so few.
const SEVERAL: usize = 3;
const FEW: usize = 24;

/// A likeness below this is no reason for anything.
const FAINT: f32 = 0.15;

/// Which words of a question are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// All but the faint ones.
    Telling,
    /// All: where the likeness itself is shown or compared with a threshold.
    All,
}

/// The likeness of the target's phrasing that is most like the question, 0–1: the cosine of their weighted words. Words
/// of the question that are in no phrasing make it less.
pub(super) struct PhrasingSignal {
    postings: Postings,
    /// By phrasing: its target, and the length of its vector.
    phrasings: Vec<(TargetIndex, f32)>,
    /// By phrasing: the topic to offer if it is an outside one.
    near: Vec<Option<TargetIndex>>,
    texts: Texts,
    n_targets: usize,
}

impl PhrasingSignal {
    pub(super) fn new(material: &Material<'_>, vocabulary: &Vocabulary, terms: &Terms) -> Self {
        let norm = |words: &[WordId]| {
            let mut terms: Vec<Term> = terms.of(words).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.into_iter().map(|term| vocabulary.weight(term).powi(2)).sum::<f32>().sqrt()
        };
        let phrasings = &material.phrasings;
        Self {
            postings: Postings::new(terms, vocabulary.len(), phrasings.words.rows()),
            phrasings: phrasings.iter().map(|(phrasing, words)| (phrasing.target, norm(words))).collect(),
            near: phrasings.list.iter().map(|phrasing| phrasing.near).collect(),
            texts: Texts::new(&phrasings.list),
            n_targets: material.targets.list.len(),
        }
    }

    /// The phrasings that share a word with the question, by number, with their likeness.
    fn likenesses(&self, query: &Query, looked: Looked) -> Vec<(u32, f32)> {
        let known: f32 = query.terms.iter().map(|(_, weight)| weight.powi(2)).sum();
        let mut unknown: Vec<(&str, f32)> =
            query.words.iter().filter(|word| word.term.is_none()).map(|word| (&*word.word.stem, word.weight)).collect();
        unknown.sort_by_key(|(stem, _)| *stem);
        unknown.dedup_by_key(|(stem, _)| *stem);
        let length = (known + unknown.iter().map(|(_, weight)| weight.powi(2)).sum::<f32>()).sqrt().max(MIN_WEIGHT);
        let least = match looked {
            Looked::Telling => FAINT_WORD * query.terms.first().map_or(0.0, |(_, weight)| *weight),
            Looked::All => 0.0,
        };
        let terms = query.terms.iter().copied().take_while(|(_, weight)| *weight >= least);
        let mut alike = self.postings.sum(terms, |weight, _| weight.powi(2));
        for (phrasing, product) in &mut alike {
            let lengths = length * self.phrasings[*phrasing as usize].1;
            *product = if lengths > 0.0 { *product / lengths } else { 0.0 };
        }
        alike
    }

    /// The topics that outside phrasings like this question name as near, the most alike first, with their likeness.
    pub(super) fn offered(&self, query: &Query) -> Vec<(TargetIndex, f32)> {
        let alike = self.likenesses(query, Looked::All).into_iter();
        let mut offered: Vec<(TargetIndex, f32)> =
            alike.filter_map(|(phrasing, likeness)| Some((self.near[phrasing as usize]?, likeness))).collect();
        offered.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        offered
    }

    /// Whether some phrasing of the target has that word.
    pub(super) fn has(&self, term: Term, target: TargetIndex) -> bool {
        self.postings.of(term).iter().any(|posting| self.phrasings[posting.text() as usize].0 == target)
    }

    /// Whether several phrasings of the target have that word, or one of a few.
    pub(super) fn often_say(&self, term: Term, target: TargetIndex) -> bool {
        let of_target = |posting: &&Posting| self.phrasings[posting.text() as usize].0 == target;
        let n_saying = self.postings.of(term).iter().filter(of_target).count();
        let n_all = self.phrasings.iter().filter(|(other, _)| *other == target).count();
        n_saying >= SEVERAL || n_saying * FEW > n_all
    }

    /// The phrasing of a target that is most like the question.
    fn nearest(&self, query: &Query, target: TargetIndex) -> Option<(usize, f32)> {
        let own =
            self.likenesses(query, Looked::All).into_iter().map(|(phrasing, likeness)| (phrasing as usize, likeness));
        own.filter(|(phrasing, likeness)| self.phrasings[*phrasing].0 == target && *likeness > 0.0)
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

impl Signal for PhrasingSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::PHRASING_WEIGHT
    }

    fn rate(&self, query: &Query) -> Ratings {
        let alike = self.likenesses(query, Looked::Telling).into_iter();
        let rated = alike.map(|(phrasing, likeness)| (self.phrasings[phrasing as usize].0, likeness));
        best_by_target(self.n_targets, rated)
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let (phrasing, likeness) = self.nearest(query, target).filter(|(_, likeness)| *likeness >= FAINT)?;
        Some(format!("people ask it like “{}” ({:.0} % alike)", self.texts.of(phrasing), likeness * 100.0))
    }
}
