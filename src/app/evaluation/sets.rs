//! Scores question sets that nobody here wrote: how well a matcher does on knowledge it was not tuned for.
//!
//! The measures are those of information retrieval: hits at one and three whatever the outcome, right and wrong quotes,
//! and how well confidence parts questions with an answer from those without.

use std::collections::BTreeSet;

use super::score::Share;
use crate::app::answer::{Answer, Outcome, answer};
use crate::app::language::Preference;
use crate::app::library::Snapshot;

/// A question of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetQuestion {
    /// As it is asked.
    pub question: String,
    /// The id of the passage that answers it; `None` if none does.
    pub gold: Option<String>,
}

/// How the questions of a set came out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetScore {
    /// Questions with an answer whose nearest passage is the right one.
    pub hit_at_1: Share,
    /// Of those: the right one is among the three nearest.
    pub hit_at_3: Share,
    /// Of those: got the right quote.
    pub quoted_right: Share,
    /// Of those: got another quote.
    pub quoted_wrong: Share,
    /// Questions without an answer that got a quote.
    pub outside_quoted: Share,
    /// The chance that a question with an answer has the higher confidence of two, one of each kind (the area under the
    /// ROC curve, 0–1); `None` if one kind is missing.
    pub auroc: Option<f64>,
    /// The share of questions without an answer that lie below the confidence which 95 % of the others reach.
    pub rejected_at_95: Option<f64>,
}

/// Asks all questions and scores the answers; `asked` is called after each.
#[must_use]
pub fn evaluate_set(snapshot: &Snapshot, questions: &[SetQuestion], mut asked: impl FnMut()) -> SetScore {
    let mut score = SetScore::default();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for SetQuestion { question, gold } in questions {
        let answer = answer(snapshot, question, Preference::default());
        asked();
        let quoted = quoted(&answer);
        let Some(gold) = gold else {
            score.outside_quoted.add(quoted.is_some());
            outside.push(answer.confidence);
            continue;
        };
        let mut nearest = answer.nearest.iter().map(|hit| hit.passage.passage.as_str());
        score.hit_at_1.add(answer.nearest.first().is_some_and(|hit| hit.passage.passage.as_str() == gold));
        score.hit_at_3.add(nearest.any(|passage| passage == gold));
        score.quoted_right.add(quoted == Some(gold));
        score.quoted_wrong.add(quoted.is_some_and(|quoted| quoted != gold));
        inside.push(answer.confidence);
    }
    inside.sort_by(f32::total_cmp);
    score.auroc = auroc(&inside, &outside);
    score.rejected_at_95 = rejected_at_95(&inside, &outside);
    score
}

/// Ids that questions expect and the knowledge does not have, each once.
#[must_use]
pub fn missing_gold<'q>(snapshot: &Snapshot, questions: &'q [SetQuestion]) -> BTreeSet<&'q str> {
    let known: BTreeSet<&str> = snapshot.corpus.placed().map(|placed| placed.passage.id.as_str()).collect();
    questions.iter().filter_map(|question| question.gold.as_deref()).filter(|gold| !known.contains(gold)).collect()
}

fn quoted(answer: &Answer) -> Option<&str> {
    match &answer.outcome {
        Outcome::Quote(found) => found.first().map(|found| found.quote.name().passage.as_str()),
        Outcome::Choices(_) | Outcome::NotCovered | Outcome::Chat(_) => None,
    }
}

/// Wins of sorted `inside` over `outside` among all pairs, ties counted half.
#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
fn auroc(inside: &[f32], outside: &[f32]) -> Option<f64> {
    if inside.is_empty() || outside.is_empty() {
        return None;
    }
    let wins: f64 = outside
        .iter()
        .map(|other| {
            let below = inside.partition_point(|confidence| confidence < other);
            let upto = inside.partition_point(|confidence| confidence <= other);
            (inside.len() - upto) as f64 + (upto - below) as f64 / 2.0
        })
        .sum();
    Some(wins / (inside.len() * outside.len()) as f64)
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
fn rejected_at_95(inside: &[f32], outside: &[f32]) -> Option<f64> {
    let floor = inside.get(inside.len() / 20)?;
    let n_below = outside.iter().filter(|confidence| *confidence < floor).count();
    (!outside.is_empty()).then(|| n_below as f64 / outside.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roc_area_counts_won_pairs() {
        for (inside, outside, area) in [
            (&[0.5, 0.9][..], &[0.1, 0.2][..], Some(1.0)),
            (&[0.1, 0.2], &[0.5, 0.9], Some(0.0)),
            (&[0.1, 0.9], &[0.5], Some(0.5)),
            (&[0.5], &[0.5], Some(0.5)),
            (&[], &[0.5], None),
            (&[0.5], &[], None),
        ] {
            assert_eq!(auroc(inside, outside), area, "{inside:?} {outside:?}");
        }
    }

    #[test]
    fn rejection_is_measured_at_the_confidence_that_keeps_nineteen_of_twenty() {
        let inside: Vec<f32> = (0..20_u8).map(|n| f32::from(n) / 20.0).collect();
        assert_eq!(rejected_at_95(&inside, &[0.0, 0.04, 0.06, 0.9]), Some(0.5));
        assert_eq!(rejected_at_95(&inside, &[]), None);
    }
}
