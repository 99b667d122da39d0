//! The passage's own words: found even where no editor has foreseen the question.

use super::super::material::Material;
use super::super::postings::Postings;
use super::super::query::Query;
use super::super::targets::{PassageIndex, TargetIndex};
use super::super::vocabulary::Vocabulary;
use super::Signal;

/// How soon a repeated word stops adding: BM25's k₁ at its usual value.
const SATURATION: f32 = 1.2;

/// How much a long passage is held to have more words by chance: BM25's b at its usual value.
const LENGTH_SHARE: f32 = 0.75;

/// How much more its words count where nobody has phrased questions: they must make up for the trained model, which rates
/// such a target as low as it can, and speaks for others by twice its weight.
const UNPHRASED_GAIN: f32 = 2.0;

/// A shared word that tells less is no reason to be named.
const TELLING: f32 = 0.15;

/// BM25 of the target's best passage, divided by what the question could reach, so that 1 means all its weight is there,
/// often; unknown words count in the divisor.
pub(super) struct PassageSignal {
    postings: Postings,
    /// By passage: the targets it answers.
    targets: Vec<Vec<TargetIndex>>,
    /// By target: what its rating is multiplied by.
    gains: Vec<f32>,
    mean_length: f32,
}

impl PassageSignal {
    pub(super) fn new(material: &Material, vocabulary: &Vocabulary) -> Self {
        let mut of_passage = vec![Vec::new(); material.targets.passages.len()];
        for (index, target) in (0..).zip(&material.targets.list) {
            for passage in target.passages() {
                of_passage[*passage as usize].push(index);
            }
        }
        let mut gains = vec![UNPHRASED_GAIN; material.targets.list.len()];
        for phrasing in &material.phrasings {
            gains[phrasing.target as usize] = 1.0;
        }
        let postings = Postings::new(vocabulary, material.passage_words.iter().map(Vec::as_slice));
        Self { mean_length: postings.mean_length(), postings, targets: of_passage, gains }
    }

    fn passages(&self, query: &Query) -> Vec<f32> {
        let mut ratings = vec![0.0_f32; self.postings.n_texts()];
        let all = query.weight();
        for word in &query.words {
            let Some(term) = word.term else { continue };
            for posting in self.postings.of(term) {
                let length = 1.0 - LENGTH_SHARE + LENGTH_SHARE * self.postings.length(posting.text) / self.mean_length;
                let count = f32::from(posting.count);
                ratings[posting.text as usize] += word.weight / all * count / (count + SATURATION * length);
            }
        }
        ratings
    }

    /// The telling words that a passage shares with the question, in its order.
    fn shared(&self, query: &Query, passage: PassageIndex) -> Vec<String> {
        let holds = |term| self.postings.of(term).iter().any(|posting| posting.text == passage);
        let shared = query.words.iter().filter(|word| word.weight >= TELLING && word.term.is_some_and(holds));
        shared.map(|word| format!("“{}”", word.word.text)).collect()
    }
}

impl Signal for PassageSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::PASSAGE_WEIGHT
    }

    fn rate(&self, query: &Query, ratings: &mut [f32]) {
        for (passage, targets) in self.passages(query).into_iter().zip(&self.targets) {
            for target in targets {
                let rating = &mut ratings[*target as usize];
                *rating = rating.max(passage * self.gains[*target as usize]);
            }
        }
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let own = (0..).zip(&self.targets).filter(|(_, targets)| targets.contains(&target));
        let ratings = self.passages(query);
        let best = own.map(|(passage, _)| passage).reduce(|best: PassageIndex, next| {
            if ratings[next as usize] > ratings[best as usize] { next } else { best }
        })?;
        let shared = self.shared(query, best);
        (!shared.is_empty()).then(|| format!("its passage has the words {}", shared.join(", ")))
    }
}
