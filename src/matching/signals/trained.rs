//! What the question sounds like to the model trained from the phrasings.

use super::super::material::Material;
use super::super::model::{Examples, LinearModel, train};
use super::super::query::Query;
use super::super::targets::TargetIndex;
use super::super::threads::Threads;
use super::{Ratings, Signal};

/// With more targets than this no model is trained: memory and training time grow with their number, and phrasings get
/// sparse. 150 targets with 100 phrasings each still train in about a second.
const MAX_CLASSES: usize = 512;

/// What a target without phrasings gets: as if it sounded nothing like any of them.
const UNLIKE: f32 = -1.0;

/// From this score on a question sounds at least faintly like a target's; most are at −1.
const FAINT: f32 = -0.6;

/// About −1 to 1: the side of the boundary the question lies on, and how far. A target without phrasings gets −1.
pub(in super::super) struct TrainedSignal {
    model: Option<LinearModel>,
    /// By class.
    targets: Vec<TargetIndex>,
}

impl TrainedSignal {
    pub(in super::super) fn new(material: &Material<'_>, threads: Threads) -> Self {
        let mut classes: Vec<TargetIndex> = material.asked().map(|(phrasing, _)| phrasing.target).collect();
        classes.sort_unstable();
        classes.dedup();
        if classes.len() < 2 || classes.len() > MAX_CLASSES {
            return Self { model: None, targets: Vec::new() };
        }
        let mut examples = Examples::new(&material.words, material.asked().map(|(_, words)| words));
        for (phrasing, words) in material.asked() {
            let class = classes.partition_point(|class| *class < phrasing.target);
            examples.add(words, class as u32);
        }
        Self { model: Some(train(examples, classes.len(), threads)), targets: classes }
    }
}

impl Signal for TrainedSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::TRAINED_WEIGHT
    }

    fn rate(&self, query: &Query) -> Ratings {
        let Some(model) = &self.model else { return Ratings::new() };
        self.targets.iter().copied().zip(model.scores(query.words.iter().map(|word| &word.word))).collect()
    }

    fn otherwise(&self) -> f32 {
        UNLIKE
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let class = self.targets.binary_search(&target).ok()?;
        let score = self.model.as_ref()?.scores(query.words.iter().map(|word| &word.word))[class];
        let how = match score {
            score if score >= 0.0 => "much",
            score if score >= FAINT => "a little",
            _ => return None,
        };
        Some(format!("it sounds {how} like the questions it was trained with ({score:+.2} on a scale from −1 to 1)"))
    }
}
