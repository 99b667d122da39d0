//! The passage's own words: found even where no editor has foreseen the question.

use super::super::material::Material;
use super::super::postings::Postings;
use super::super::query::Query;
use super::super::sequence::{Sequences, Sought};
use super::super::targets::{PassageIndex, TargetIndex};
use super::super::thresholds::{PASSAGE_WEIGHT, PHRASED_SHARE};
use super::super::vocabulary::{Term, Terms, Vocabulary};
use super::{Ratings, Signal};

/// How soon a repeated word stops adding: BM25's k₁ at its usual value.
const SATURATION: f32 = 1.2;

/// How much a long passage is held to have more words by chance: BM25's b at its usual value.
const LENGTH_SHARE: f32 = 0.75;

/// What a word of the same family counts beside the word itself.
const KIN_SHARE: f32 = 0.4;

/// A shared word that tells less is no reason to be named.
const TELLING: f32 = 0.15;

/// So many passages with the highest BM25 are looked at closely.
const N_CLOSE: usize = 32;

/// What the parts of a rating count: BM25, the best sentence, the best two sentences, and pairs of words.
const BM25_SHARE: f32 = 0.55;
const SENTENCE_SHARE: f32 = 0.15;
const WINDOW_SHARE: f32 = 0.2;
const PAIRS_SHARE: f32 = 0.15;

/// Of the target's best passage, 0–1 (less where questions are phrased): how much of the question's weight it holds (BM25, divided by what the question
/// could reach; unknown words count in the divisor), and how much of that stands together.
pub(super) struct PassageSignal {
    postings: Postings,
    sequences: Sequences,
    /// The targets that passages answer, one passage after another.
    targets: Vec<TargetIndex>,
    /// By passage: where its targets start in `targets`; one more at the end.
    starts: Vec<u32>,
    /// By target: how much of its rating counts.
    counted: Vec<f32>,
}

impl PassageSignal {
    pub(super) fn new(material: &Material<'_>, vocabulary: &Vocabulary, terms: &Terms) -> Self {
        let mut answered: Vec<(PassageIndex, TargetIndex)> = Vec::new();
        for (index, target) in (0..).zip(&material.targets.list) {
            answered.extend(target.passages().iter().map(|passage| (*passage, index)));
        }
        answered.sort_unstable();
        let n_passages = material.targets.passages.len();
        let starts =
            (0..=n_passages).map(|passage| answered.partition_point(|(other, _)| (*other as usize) < passage) as u32);
        let mut counted = vec![1.0; material.targets.list.len()];
        for phrasing in &material.phrasings.list {
            counted[phrasing.target as usize] = PHRASED_SHARE;
        }
        Self {
            postings: Postings::new(
                terms,
                vocabulary.len(),
                material.passages.iter().map(|passage| passage.words.as_slice()),
            ),
            sequences: Sequences::new(terms, &material.passages),
            starts: starts.collect(),
            targets: answered.into_iter().map(|(_, target)| target).collect(),
            counted,
        }
    }

    fn targets(&self, passage: PassageIndex) -> &[TargetIndex] {
        let passage = passage as usize;
        &self.targets[self.starts[passage] as usize..self.starts[passage + 1] as usize]
    }

    /// The most promising passages, each with its rating.
    fn passages(&self, query: &Query) -> Vec<(PassageIndex, f32)> {
        let all = query.weight();
        let kin = query.kin.iter().map(|(term, weight)| (*term, weight * KIN_SHARE));
        let mut terms: Vec<(Term, f32)> = query.terms.iter().copied().chain(kin).collect();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1));
        let mut rated = self.postings.sum(terms.into_iter(), |weight, posting| {
            let length = self.postings.length(posting.text()) / self.postings.mean_length();
            let count = f32::from(posting.count());
            weight / all * count / (count + SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length))
        });
        let best_first = |one: &(u32, f32), other: &(u32, f32)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
        if rated.len() > N_CLOSE {
            rated.select_nth_unstable_by(N_CLOSE, best_first);
            rated.truncate(N_CLOSE);
        }
        let sought = Sought::new(query);
        for (passage, rating) in &mut rated {
            let together = self.sequences.together(*passage, &sought);
            *rating = BM25_SHARE * *rating
                + SENTENCE_SHARE * together.sentence
                + WINDOW_SHARE * together.window
                + PAIRS_SHARE * together.pairs;
        }
        rated
    }

    /// Whether that word stands in the passage.
    pub(super) fn holds(&self, term: Term, passage: PassageIndex) -> bool {
        self.postings.of(term).iter().any(|posting| posting.text() == passage)
    }

    /// The telling words that a passage shares with the question, in its order.
    fn shared(&self, query: &Query, passage: PassageIndex) -> Vec<String> {
        let holds = |term| self.holds(term, passage);
        let shared = query.words.iter().filter(|word| word.weight >= TELLING && word.term.is_some_and(holds));
        shared.map(|word| format!("“{}”", word.word.text)).collect()
    }
}

impl Signal for PassageSignal {
    fn weight(&self) -> f32 {
        PASSAGE_WEIGHT
    }

    fn rate(&self, query: &Query) -> Ratings {
        let mut rated: Ratings = Vec::new();
        for (passage, rating) in self.passages(query) {
            let counted = |target: &TargetIndex| (*target, rating * self.counted[*target as usize]);
            rated.extend(self.targets(passage).iter().map(counted));
        }
        rated.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        rated.dedup_by_key(|(target, _)| *target);
        rated
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let own = self.passages(query).into_iter().filter(|(passage, _)| self.targets(*passage).contains(&target));
        let (best, _) = own.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let shared = self.shared(query, best);
        (!shared.is_empty()).then(|| format!("its passage has the words {}", shared.join(", ")))
    }
}
