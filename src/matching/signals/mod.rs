//! What speaks for a target: each signal one file, all of them in one list.
//!
//! A signal rates every target for a question. It knows nothing of the others, of thresholds or of verdicts.

mod exact;
mod keywords;
mod passages;
mod phrasings;
mod texts;
mod trained;

use std::sync::Arc;

use super::material::Material;
use super::query::Query;
use super::targets::{PassageIndex, TargetIndex};
use super::vocabulary::{Terms, Vocabulary};

use exact::ExactSignal;
use keywords::KeywordSignal;
use passages::PassageSignal;
use phrasings::PhrasingSignal;

pub(super) use trained::TrainedSignal;

/// A word that tells at least so much can lead to a target by itself.
const LEADING: f32 = 0.25;

/// More words are a question, and say together what is asked.
const FEW_WORDS: usize = 3;

/// A number for some targets, by target, each once.
pub(super) type Ratings = Vec<(TargetIndex, f32)>;

/// One kind of evidence.
pub(super) trait Signal: Send + Sync {
    /// What its rating counts in a target's score.
    fn weight(&self) -> f32;

    /// The targets that it has something to say about, by number, each with its rating: the higher, the more speaks for
    /// it. The range is the signal's own and documented with it.
    fn rate(&self, query: &Query) -> Ratings;

    /// The rating of all other targets.
    fn otherwise(&self) -> f32 {
        0.0
    }

    /// Why it rates that target as it does, in plain words; `None` if it has nothing to say.
    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String>;
}

/// Every signal there is.
pub(super) struct Signals {
    /// Stands in the list too; asked by name for the topics that outside phrasings offer.
    phrasings: Arc<PhrasingSignal>,
    /// Likewise, for the topics that a question names.
    keywords: Arc<KeywordSignal>,
    /// Likewise, for the words that a passage shares with a question.
    passages: Arc<PassageSignal>,
    /// Likewise, for whether somebody wrote down that very question.
    exact: Arc<ExactSignal>,
    list: Vec<Arc<dyn Signal>>,
}

/// The signals that need the vocabulary and no training.
pub(super) struct UntrainedSignals {
    phrasings: PhrasingSignal,
    keywords: KeywordSignal,
    passages: PassageSignal,
    exact: ExactSignal,
}

impl UntrainedSignals {
    pub(super) fn new(material: &Material<'_>, vocabulary: &Vocabulary, terms: &Terms) -> Self {
        Self {
            phrasings: PhrasingSignal::new(material, vocabulary, terms),
            keywords: KeywordSignal::new(material, vocabulary, terms),
            passages: PassageSignal::new(material, vocabulary, terms),
            exact: ExactSignal::new(material),
        }
    }
}

impl Signals {
    /// All of them.
    pub(super) fn new(untrained: UntrainedSignals, trained: TrainedSignal) -> Self {
        let phrasings = Arc::new(untrained.phrasings);
        let keywords = Arc::new(untrained.keywords);
        let passages = Arc::new(untrained.passages);
        let exact = Arc::new(untrained.exact);
        let list: Vec<Arc<dyn Signal>> = vec![
            Arc::new(trained),
            Arc::<PhrasingSignal>::clone(&phrasings),
            Arc::<KeywordSignal>::clone(&keywords),
            Arc::<PassageSignal>::clone(&passages),
            Arc::<ExactSignal>::clone(&exact),
        ];
        Self { phrasings, keywords, passages, exact, list }
    }

    /// The weighted sum of all ratings, of the targets that a signal has something to say about.
    pub(super) fn scores(&self, query: &Query) -> Ratings {
        let otherwise: f32 = self.list.iter().map(|signal| signal.weight() * signal.otherwise()).sum();
        let mut parts: Ratings = Vec::new();
        for signal in &self.list {
            let above = |rating: f32| signal.weight() * (rating - signal.otherwise());
            parts.extend(signal.rate(query).into_iter().map(|(target, rating)| (target, above(rating))));
        }
        // A stable sort: the sum must not depend on anything but the order of the signals.
        parts.sort_by_key(|(target, _)| *target);
        let same = parts.chunk_by(|one, other| one.0 == other.0);
        same.map(|parts| (parts[0].0, parts.iter().fold(otherwise, |score, (_, part)| score + part))).collect()
    }

    /// The topics that outside phrasings like this question name as near, the most alike first, with their likeness.
    pub(super) fn offered(&self, query: &Query) -> Vec<(TargetIndex, f32)> {
        self.phrasings.offered(query)
    }

    /// The topics that the question names by a keyword, those first whose keywords tell most of it.
    pub(super) fn named(&self, query: &Query) -> Ratings {
        let mut named = self.keywords.rate(query);
        named.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        named
    }

    /// The words of a question typed in another layout or script that the answer has itself, or the editor gave it as
    /// keywords. No others: "why", "support" and "attack" can carry a premise, and repeating a premise would be saying it.
    pub(super) fn read_words(&self, query: &Query, passage: PassageIndex, target: Option<TargetIndex>) -> Vec<String> {
        query.read_words(|term| {
            self.passages.holds(term, passage) || target.is_some_and(|target| self.keywords.has(term, target))
        })
    }

    /// How much of what the question tells, 0–1, stands in words that some phrasing of the target has; 0 if a keyword does
    /// not: then it is about something else.
    pub(super) fn covered(&self, query: &Query, target: TargetIndex) -> f32 {
        let keywords = self.keywords.places(query);
        let (mut covered, mut all) = (0.0, 0.0);
        for (place, word) in query.words.iter().enumerate() {
            all += word.weight;
            if word.term.is_some_and(|term| self.phrasings.has(term, target)) {
                covered += word.weight;
            } else if place < u64::BITS as usize && keywords >> place & 1 == 1 {
                return 0.0;
            }
        }
        if all > 0.0 { covered / all } else { 1.0 }
    }

    /// Whether a single word, thrown in, leads to the target, and stands there by chance: "wow" in one phrasing of dozens. A word of the
    /// passage, a keyword, or what several people said leads there by itself.
    pub(super) fn is_stray(&self, query: &Query, target: TargetIndex, passage: PassageIndex) -> bool {
        if query.words.len() > FEW_WORDS {
            return false;
        }
        let mut telling = query.terms.iter().filter(|(_, weight)| *weight >= LEADING);
        let (Some((term, _)), None) = (telling.next(), telling.next()) else { return false };
        let leads = self.passages.holds(*term, passage)
            || self.keywords.has(*term, target)
            || self.phrasings.often_say(*term, target);
        !leads && self.exact.rate(query).iter().all(|(exact, _)| *exact != target)
    }

    /// What each signal that has something to say says for a target.
    pub(super) fn reasons(&self, query: &Query, target: TargetIndex) -> Vec<String> {
        self.list.iter().filter_map(|signal| signal.reason(query, target)).collect()
    }
}

/// The best rating of each target.
fn best_by_target(n_targets: usize, rated: impl Iterator<Item = (TargetIndex, f32)>) -> Ratings {
    let mut best = vec![f32::NEG_INFINITY; n_targets];
    let mut found: Vec<TargetIndex> = Vec::new();
    for (target, rating) in rated {
        let best = &mut best[target as usize];
        if *best == f32::NEG_INFINITY {
            found.push(target);
        }
        *best = best.max(rating);
    }
    found.sort_unstable();
    found.into_iter().map(|target| (target, best[target as usize])).collect()
}
