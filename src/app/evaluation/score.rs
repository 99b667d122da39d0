//! How often the answer is right, language by language and style by style.

use std::collections::BTreeMap;

use super::{Grade, Judged};
use crate::domain::{Expected, Language};

/// How the judgments of one language came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// All of them: right.
    pub all: Share,
    /// Questions that the interview answers: right.
    pub answered: Share,
    /// Of those: right, or right among the choices offered.
    pub right_or_choice: Share,
    /// Of those: got another quote.
    pub wrong_quote: Share,
    /// Of those: refused.
    pub refused: Share,
    /// Questions that it does not answer: told so.
    pub outside_refused: Share,
    /// Of those: got a quote all the same.
    pub outside_quoted: Share,
    /// The same of those that are near its topics.
    pub near_quoted: Share,
    /// Small talk, and facts about the interview: right.
    pub chat: Share,
    /// Quotes that stand in no passage: must be none.
    pub not_verbatim: usize,
    /// Right, by style of question.
    pub styles: BTreeMap<String, Share>,
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

    /// What the share may be among other questions of the kind, 0–1: it lies below the second with 95 % certainty, and above
    /// the first, if these were drawn by chance (Wilson's interval). Of nothing it may be anything.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
    pub fn range(self) -> (f64, f64) {
        // Beyond so many standard deviations 5 % of a normal distribution lie on one side.
        const Z2: f64 = 1.645 * 1.645;
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (share, n) = (self.ratio(), self.of as f64);
        let middle = share + Z2 / (2.0 * n);
        let spread = (Z2 * (share * (1.0 - share) / n + Z2 / (4.0 * n * n))).sqrt();
        let scale = 1.0 + Z2 / n;
        (((middle - spread) / scale).max(0.0), ((middle + spread) / scale).min(1.0))
    }

    pub(super) fn add(&mut self, counts: bool) {
        self.n += usize::from(counts);
        self.of += 1;
    }
}

/// Counts the replies of each language.
#[must_use]
pub fn scores(judged: &[Judged<'_>]) -> BTreeMap<Language, Score> {
    let mut scores: BTreeMap<Language, Score> = BTreeMap::new();
    for one in judged {
        scores.entry(one.judgment.language).or_default().add(one);
    }
    scores
}

impl Score {
    fn add(&mut self, judged: &Judged<'_>) {
        let grade = judged.grade;
        self.all.add(grade.is_right());
        self.styles.entry(judged.judgment.style.clone()).or_default().add(grade.is_right());
        self.not_verbatim += judged.n_bent;
        match judged.judgment.expected {
            Expected::Quote { .. } => {
                self.answered.add(grade == Grade::RightQuote);
                self.right_or_choice.add(matches!(grade, Grade::RightQuote | Grade::RightChoice));
                self.wrong_quote.add(grade == Grade::WrongQuote);
                self.refused.add(grade == Grade::Missed);
            }
            Expected::NotCovered => {
                self.near_quoted.add(grade == Grade::Quoted);
                self.add_outside(grade);
            }
            Expected::NotCoveredOrChat => self.add_outside(grade),
            Expected::Chat => self.chat.add(grade.is_right()),
        }
    }

    fn add_outside(&mut self, grade: Grade) {
        self.outside_refused.add(grade == Grade::Refused);
        self.outside_quoted.add(grade == Grade::Quoted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_questions_leave_much_open() {
        // After the table of Wilson's score interval, z = 1.645.
        for ((n, of), low, high) in [
            ((0, 0), 0.0, 1.0),
            ((0, 10), 0.0, 0.213),
            ((1, 63), 0.004, 0.068),
            ((50, 100), 0.419, 0.581),
            ((9, 9), 0.769, 1.0),
        ] {
            let (from, upto) = Share { n, of }.range();
            assert!((from - low).abs() < 0.001 && (upto - high).abs() < 0.001, "{n} of {of}: {from} to {upto}");
        }
    }
}
