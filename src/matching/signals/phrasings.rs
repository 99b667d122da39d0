//! The nearest phrasing: did the editor foresee this very question?

use super::super::material::Material;
use super::super::postings::Postings;
use super::super::query::{MIN_WEIGHT, Query};
use super::super::targets::TargetIndex;
use super::super::vocabulary::Vocabulary;
use super::Signal;

/// A likeness below this is no reason for anything.
const FAINT: f32 = 0.15;

/// The likeness of the target's phrasing that is most like the question, 0–1: the cosine of their weighted words. Words
/// of the question that are in no phrasing make it less.
pub(super) struct PhrasingSignal {
    postings: Postings,
    /// By phrasing: its target, and the length of its vector.
    phrasings: Vec<(TargetIndex, f32)>,
    /// By phrasing: the topic to offer if it is an outside one.
    near: Vec<Option<TargetIndex>>,
    texts: Vec<String>,
}

impl PhrasingSignal {
    pub(super) fn new(material: &Material, vocabulary: &Vocabulary) -> Self {
        let norm = |words: &[super::super::word::Word]| {
            let mut stems: Vec<&str> = words.iter().map(|word| &*word.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            let terms = stems.into_iter().filter_map(|stem| vocabulary.term(stem));
            terms.map(|term| vocabulary.weight(term).powi(2)).sum::<f32>().sqrt()
        };
        Self {
            postings: Postings::new(vocabulary, material.phrasings.iter().map(|p| p.words.as_slice())),
            phrasings: material.phrasings.iter().map(|p| (p.target, norm(&p.words))).collect(),
            near: material.phrasings.iter().map(|p| p.near).collect(),
            texts: material.phrasings.iter().map(|p| p.text.clone()).collect(),
        }
    }

    /// The likeness of every phrasing to the question.
    fn likenesses(&self, query: &Query) -> Vec<f32> {
        let mut products = vec![0.0_f32; self.phrasings.len()];
        let mut square = 0.0;
        for (place, word) in query.words.iter().enumerate() {
            let is_repeated = query.words[..place].iter().any(|before| before.word.stem == word.word.stem);
            if is_repeated {
                continue;
            }
            let product = word.weight.powi(2);
            square += product;
            let Some(term) = word.term else { continue };
            for posting in self.postings.of(term) {
                products[posting.text as usize] += product;
            }
        }
        let length = square.sqrt().max(MIN_WEIGHT);
        for (product, (_, norm)) in products.iter_mut().zip(&self.phrasings) {
            let lengths = length * norm;
            *product = if lengths > 0.0 { *product / lengths } else { 0.0 };
        }
        products
    }

    /// The topics that outside phrasings like this question name as near, the most alike first, with their likeness.
    pub(super) fn offered(&self, query: &Query) -> Vec<(TargetIndex, f32)> {
        let likenesses = self.likenesses(query);
        let mut offered: Vec<(TargetIndex, f32)> =
            self.near.iter().zip(likenesses).filter_map(|(near, likeness)| near.map(|near| (near, likeness))).collect();
        offered.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        offered
    }

    /// The phrasing of a target that is most like the question.
    fn nearest(&self, query: &Query, target: TargetIndex) -> Option<(usize, f32)> {
        let likenesses = self.likenesses(query).into_iter().enumerate();
        likenesses
            .filter(|(phrasing, likeness)| self.phrasings[*phrasing].0 == target && *likeness > 0.0)
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

impl Signal for PhrasingSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::PHRASING_WEIGHT
    }

    fn rate(&self, query: &Query, ratings: &mut [f32]) {
        for (likeness, (target, _)) in self.likenesses(query).into_iter().zip(&self.phrasings) {
            let rating = &mut ratings[*target as usize];
            *rating = rating.max(likeness);
        }
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let (phrasing, likeness) = self.nearest(query, target).filter(|(_, likeness)| *likeness >= FAINT)?;
        Some(format!("people ask it like “{}” ({:.0} % alike)", self.texts[phrasing], likeness * 100.0))
    }
}
