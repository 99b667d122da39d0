//! What speaks for a target: each signal one file, all of them in one list.
//!
//! A signal rates every target for a question. It knows nothing of the others, of thresholds or of verdicts.

mod keywords;
mod passages;
mod phrasings;
mod trained;

use std::sync::Arc;

use super::material::Material;
use super::query::Query;
use super::targets::TargetIndex;
use super::vocabulary::Vocabulary;

use keywords::KeywordSignal;
use passages::PassageSignal;
use phrasings::PhrasingSignal;

pub(super) use trained::TrainedSignal;

/// One kind of evidence.
pub(super) trait Signal: Send + Sync {
    /// What its rating counts in a target's score.
    fn weight(&self) -> f32;

    /// Sets the rating of every target (`ratings` has one place for each, zero at first); the higher, the more speaks for
    /// it. The range is the signal's own and documented with it.
    fn rate(&self, query: &Query, ratings: &mut [f32]);

    /// Why it rates that target as it does, in plain words; `None` if it has nothing to say.
    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String>;
}

/// Every signal there is.
pub(super) struct Signals {
    /// Stands in the list too; asked by name for the topics that outside phrasings offer.
    phrasings: Arc<PhrasingSignal>,
    list: Vec<Arc<dyn Signal>>,
}

/// The signals that need the vocabulary and no training.
pub(super) struct UntrainedSignals {
    phrasings: PhrasingSignal,
    keywords: KeywordSignal,
    passages: PassageSignal,
}

impl UntrainedSignals {
    pub(super) fn new(material: &Material, vocabulary: &Vocabulary) -> Self {
        Self {
            phrasings: PhrasingSignal::new(material, vocabulary),
            keywords: KeywordSignal::new(material, vocabulary),
            passages: PassageSignal::new(material, vocabulary),
        }
    }
}

impl Signals {
    /// All of them.
    pub(super) fn new(untrained: UntrainedSignals, trained: TrainedSignal) -> Self {
        let phrasings = Arc::new(untrained.phrasings);
        let list: Vec<Arc<dyn Signal>> = vec![
            Arc::new(trained),
            Arc::<PhrasingSignal>::clone(&phrasings),
            Arc::new(untrained.keywords),
            Arc::new(untrained.passages),
        ];
        Self { phrasings, list }
    }

    /// The weighted sum of all ratings, by target.
    pub(super) fn scores(&self, query: &Query, n_targets: usize) -> Vec<f32> {
        let mut scores = vec![0.0_f32; n_targets];
        let mut ratings = vec![0.0_f32; n_targets];
        for signal in &self.list {
            ratings.fill(0.0);
            signal.rate(query, &mut ratings);
            for (score, rating) in scores.iter_mut().zip(&ratings) {
                *score += signal.weight() * rating;
            }
        }
        scores
    }

    /// The topics that outside phrasings like this question name as near, the most alike first, with their likeness.
    pub(super) fn offered(&self, query: &Query) -> Vec<(TargetIndex, f32)> {
        self.phrasings.offered(query)
    }

    /// What each signal that has something to say says for a target.
    pub(super) fn reasons(&self, query: &Query, target: TargetIndex) -> Vec<String> {
        self.list.iter().filter_map(|signal| signal.reason(query, target)).collect()
    }
}
