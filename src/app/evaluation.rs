//! Scores the labelled questions of the knowledge: how often the answer is right, and how it goes wrong.
//!
//! A reply is right when an answered question gets a quote from one of the expected passages that holds the expected
//! phrase, when an unanswered one gets nothing found, and when small talk gets small talk.

use std::collections::BTreeMap;

use crate::domain::{Corpus, Expected, Interview, Judgment, Language};

use super::answer::{Found, Outcome, answer};
use super::language::Preference;
use super::library::Snapshot;

/// How the judgments of one language came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// All of them.
    pub all: Share,
    /// Questions that the interview answers: right.
    pub answered: Share,
    /// Of those: right, or right among the choices offered.
    pub right_or_choice: Share,
    /// Of those: refused.
    pub refused: Share,
    /// Questions that it does not answer: told so.
    pub outside_refused: Share,
    /// Of those: got a quote all the same.
    pub outside_quoted: Share,
    /// The same of those that are near its topics.
    pub near_quoted: Share,
    /// Quotes that stand in no passage: must be none.
    pub not_verbatim: usize,
    /// Right, by style of question.
    pub styles: BTreeMap<String, Share>,
    /// The judgments that came out wrong, with what was replied.
    pub wrong: Vec<Wrong>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are.
    pub n: usize,
    /// How many there are.
    pub of: usize,
}

impl Share {
    /// 0–1; 0 of nothing is 0.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
    pub fn ratio(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.n as f64 / self.of as f64 }
    }

    pub(super) fn add(&mut self, counts: bool) {
        self.n += usize::from(counts);
        self.of += 1;
    }
}

/// A judgment that came out wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// What was expected.
    pub expected: Expected,
    /// The passages quoted or offered; empty for a refusal or small talk.
    pub replied: Vec<String>,
    /// `quote`, `choices`, `not_covered` or `chat`.
    pub outcome: &'static str,
}

/// Scores all judgments, language by language.
#[must_use]
pub fn evaluate(snapshot: &Snapshot) -> BTreeMap<Language, Score> {
    let mut scores: BTreeMap<Language, Score> = BTreeMap::new();
    for interview in &snapshot.corpus.interviews {
        for judgment in &interview.judgments {
            judge(snapshot, interview, judgment, scores.entry(judgment.language).or_default());
        }
    }
    scores
}

fn judge(snapshot: &Snapshot, interview: &Interview, judgment: &Judgment, score: &mut Score) {
    let answer = answer(snapshot, &judgment.question, Preference::default());
    let (outcome, found): (_, &[Found]) = match &answer.outcome {
        Outcome::Quote(found) => ("quote", found),
        Outcome::Choices(found) => ("choices", found),
        Outcome::NotCovered => ("not_covered", &[]),
        Outcome::Chat(_) => ("chat", &[]),
    };
    let quoted = outcome == "quote";
    score.not_verbatim += found.iter().filter(|found| !stands(&snapshot.corpus, found)).count();
    let right = match &judgment.expected {
        Expected::Quote { passages, phrase } => {
            let good = |found: &Found| {
                found.quote.name().interview == interview.id
                    && passages.contains(&found.quote.name().passage)
                    && found.quote.words().contains(phrase.as_str())
                    && stands(&snapshot.corpus, found)
            };
            let right = quoted && found.first().is_some_and(good);
            score.answered.add(right);
            score.right_or_choice.add(right || (outcome == "choices" && found.iter().any(good)));
            score.refused.add(found.is_empty());
            right
        }
        Expected::NotCovered => {
            score.near_quoted.add(quoted);
            outside(score, quoted, outcome == "not_covered")
        }
        Expected::NotCoveredOrChat => outside(score, quoted, matches!(outcome, "not_covered" | "chat")),
        Expected::Chat => outcome == "chat",
    };
    score.all.add(right);
    score.styles.entry(judgment.style.clone()).or_default().add(right);
    if !right {
        score.wrong.push(Wrong {
            id: judgment.id.clone(),
            question: judgment.question.clone(),
            expected: judgment.expected.clone(),
            replied: found.iter().map(|found| found.quote.name().passage.to_string()).collect(),
            outcome,
        });
    }
}

fn outside(score: &mut Score, quoted: bool, refused: bool) -> bool {
    score.outside_refused.add(refused);
    score.outside_quoted.add(quoted);
    refused
}

fn stands(corpus: &Corpus, found: &Found) -> bool {
    let placed = corpus.passage(found.quote.name(), found.quote.source().language);
    placed.is_some_and(|placed| found.quote.is_verbatim_in(placed.passage))
}
