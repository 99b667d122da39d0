//! Asks the labelled questions of the knowledge and grades the replies: [`ask_all()`] asks, the other files only count.
//!
//! `score` says how often the answer is right, `confusions` how it goes wrong, `reliability` whether it knows when it is,
//! `calibration` what other thresholds would do. `sets` asks questions that nobody here wrote.

mod calibration;
mod confusions;
mod reliability;
mod score;
mod sets;

use std::collections::BTreeMap;

use crate::domain::{Corpus, Expected, Interview, Judgment, Language, PassageName};

use super::answer::{Found, Outcome, answer};
use super::language::Preference;
use super::library::Snapshot;

pub use calibration::{Calibration, MAX_QUOTED, Price, Sample, calibrate};
pub use confusions::{Confusion, Instead, confusions};
pub use reliability::{Bucket, Reliability, reliability};
pub use score::{Score, Share, scores};
pub use sets::{SetQuestion, SetScore, evaluate_set, missing_gold};

/// A judgment with the reply that it got.
#[derive(Debug, Clone)]
pub struct Judged<'s> {
    /// Whose.
    pub interview: &'s Interview,
    /// What was asked, and what would be right.
    pub judgment: &'s Judgment,
    /// What came of it.
    pub grade: Grade,
    /// The passages quoted or offered, in that order; empty for a refusal or small talk.
    pub replied: Vec<PassageName>,
    /// The nearest passage, whatever the reply; `None` if the knowledge has none.
    pub nearest: Option<PassageName>,
    /// How sure the matcher was of it, 0–1.
    pub confidence: f32,
    /// Quotes in the reply that stand in no passage: must be none.
    pub n_bent: usize,
}

/// A reply beside what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The interview answers it, and the right passage was quoted.
    RightQuote,
    /// The interview answers it, and a right passage was among those offered.
    RightChoice,
    /// The interview answers it, and none of the passages offered is right.
    WrongChoice,
    /// The interview answers it, and another passage was quoted.
    WrongQuote,
    /// The interview answers it, and nothing was found, or small talk heard.
    Missed,
    /// The interview does not answer it, and the reply said that nothing was found (or was small talk, where that is right).
    Refused,
    /// The interview does not answer it, and passages were offered, or small talk heard.
    Offered,
    /// The interview does not answer it, and a passage was quoted all the same.
    Quoted,
    /// Small talk that got small talk.
    Chatted,
    /// Small talk that got something else.
    NotChatted,
}

impl Grade {
    /// Whether the reply was the right one. A choice is not: the reader still has to choose.
    #[must_use]
    pub const fn is_right(self) -> bool {
        matches!(self, Self::RightQuote | Self::Refused | Self::Chatted)
    }
}

/// Asks every judgment of the knowledge; `asked` is called after each.
#[must_use]
pub fn ask_all(snapshot: &Snapshot, mut asked: impl FnMut()) -> Vec<Judged<'_>> {
    let interviews = snapshot.corpus.interviews.iter();
    let judgments =
        interviews.flat_map(|interview| interview.judgments.iter().map(move |judgment| (interview, judgment)));
    judgments
        .map(|(interview, judgment)| {
            let judged = judge(snapshot, interview, judgment);
            asked();
            judged
        })
        .collect()
}

/// Asks every judgment and counts the replies of each language.
#[must_use]
pub fn evaluate(snapshot: &Snapshot) -> BTreeMap<Language, Score> {
    scores(&ask_all(snapshot, || ()))
}

fn judge<'s>(snapshot: &'s Snapshot, interview: &'s Interview, judgment: &'s Judgment) -> Judged<'s> {
    let answer = answer(snapshot, &judgment.question, Preference::default());
    let found: &[Found] = match &answer.outcome {
        Outcome::Quote(found) | Outcome::Choices(found) => found,
        Outcome::NotCovered | Outcome::Chat(_) => &[],
    };
    Judged {
        interview,
        judgment,
        grade: grade(&snapshot.corpus, interview, &judgment.expected, &answer.outcome),
        replied: found.iter().map(|found| found.quote.name().clone()).collect(),
        nearest: answer.nearest.into_iter().next().map(|hit| hit.passage),
        confidence: answer.confidence,
        n_bent: found.iter().filter(|found| !stands(&snapshot.corpus, found)).count(),
    }
}

fn grade(corpus: &Corpus, interview: &Interview, expected: &Expected, outcome: &Outcome) -> Grade {
    match (expected, outcome) {
        (Expected::Quote { passages, phrase }, outcome) => {
            let good = |found: &Found| {
                found.quote.name().interview == interview.id
                    && passages.contains(&found.quote.name().passage)
                    && found.quote.words().contains(phrase.as_str())
                    && stands(corpus, found)
            };
            match outcome {
                Outcome::Quote(found) if found.first().is_some_and(good) => Grade::RightQuote,
                Outcome::Quote(_) => Grade::WrongQuote,
                Outcome::Choices(found) if found.iter().any(good) => Grade::RightChoice,
                Outcome::Choices(_) => Grade::WrongChoice,
                Outcome::NotCovered | Outcome::Chat(_) => Grade::Missed,
            }
        }
        (Expected::Chat, Outcome::Chat(_)) => Grade::Chatted,
        (Expected::Chat, Outcome::Quote(_) | Outcome::Choices(_) | Outcome::NotCovered) => Grade::NotChatted,
        (Expected::NotCovered | Expected::NotCoveredOrChat, Outcome::Quote(_)) => Grade::Quoted,
        (Expected::NotCovered | Expected::NotCoveredOrChat, Outcome::NotCovered)
        | (Expected::NotCoveredOrChat, Outcome::Chat(_)) => Grade::Refused,
        (Expected::NotCovered | Expected::NotCoveredOrChat, Outcome::Choices(_))
        | (Expected::NotCovered, Outcome::Chat(_)) => Grade::Offered,
    }
}

fn stands(corpus: &Corpus, found: &Found) -> bool {
    let placed = corpus.passage(found.quote.name(), found.quote.source().language);
    placed.is_some_and(|placed| found.quote.is_verbatim_in(placed.passage))
}
