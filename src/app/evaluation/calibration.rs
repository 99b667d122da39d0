//! What other thresholds would do: the price of quoting less, and the thresholds that keep a promise at the least price.

use super::score::Share;
use super::{Judged, SetQuestion};
use crate::app::library::Snapshot;
use crate::domain::{Expected, InterviewId, PassageId, PassageName};
use crate::matching::{QuoteThresholds, Verdict};

/// The promise: at most this share of the questions that nothing answers get a quote. "3 in 100" is the project's own
/// line; it is compared with what was counted, not with what might be true of other questions.
pub const MAX_QUOTED: f64 = 0.03;

/// The thresholds that are tried: below the first the matcher offers a choice anyway, and where its confidence is near 1, as
/// it is for most questions, steps are finer.
const TRIED: [f32; 18] =
    [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99];

/// A question with the passages that answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<'q> {
    question: &'q str,
    /// Whose passages; `None` where the knowledge has one interview.
    interview: Option<&'q InterviewId>,
    /// Empty if none does.
    right: Vec<&'q str>,
}

/// What a pair of thresholds does to the questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// The pair.
    pub thresholds: QuoteThresholds,
    /// Questions that nothing answers: got a quote.
    pub outside_quoted: Share,
    /// Questions that are answered: got the right quote.
    pub right: Share,
    /// Of those: got another one.
    pub wrong: Share,
    /// Of those: were offered a choice.
    pub choices: Share,
}

impl Price {
    /// Whether it keeps the promise. Without a question that nothing answers there is nothing to keep it on.
    #[must_use]
    pub fn keeps_the_promise(&self) -> bool {
        self.outside_quoted.of > 0 && self.outside_quoted.ratio() <= MAX_QUOTED
    }
}

/// The prices, and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// As it is.
    pub now: Price,
    /// Of all pairs that keep [`MAX_QUOTED`] the one with the most right quotes; of those with equally many the one with
    /// the fewest quotes to questions that nothing answers, then with the fewest wrong ones, then the most careful.
    /// `None` if no pair keeps it.
    pub proposed: Option<Price>,
    /// Every first threshold with the second as it is, or as high as the first where that is higher.
    pub quote: Vec<Price>,
    /// Every second threshold with the first as it is.
    pub quote_outside: Vec<Price>,
}

impl Calibration {
    /// How many questions it was computed on.
    #[must_use]
    pub const fn n_asked(&self) -> usize {
        self.now.right.of + self.now.outside_quoted.of
    }
}

impl<'q> Sample<'q> {
    /// The judgments that are answered by passages or by nothing; small talk has no threshold here.
    #[must_use]
    pub fn of_judgments(judged: &[Judged<'q>]) -> Vec<Self> {
        let samples = judged.iter().filter_map(|Judged { interview, judgment, .. }| {
            let right = match &judgment.expected {
                Expected::Quote { passages, .. } => passages.iter().map(PassageId::as_str).collect(),
                Expected::NotCovered | Expected::NotCoveredOrChat => Vec::new(),
                Expected::Chat => return None,
            };
            Some(Self { question: &judgment.question, interview: Some(&interview.id), right })
        });
        samples.collect()
    }
}

impl Sample<'_> {
    fn is_answered_by(&self, quoted: &PassageName) -> bool {
        self.interview.is_none_or(|interview| *interview == quoted.interview)
            && self.right.contains(&quoted.passage.as_str())
    }
}

impl<'q> From<&'q SetQuestion> for Sample<'q> {
    fn from(SetQuestion { question, gold }: &'q SetQuestion) -> Self {
        Self { question, interview: None, right: gold.iter().map(String::as_str).collect() }
    }
}

/// Asks every question with every pair of thresholds; `asked` is called after each question.
#[must_use]
pub fn calibrate(snapshot: &Snapshot, samples: &[Sample<'_>], mut asked: impl FnMut()) -> Calibration {
    let present = QuoteThresholds::default();
    let tried = tried(present);
    let mut prices: Vec<Price> = std::iter::once(present).chain(pairs(&tried)).map(Price::new).collect();
    for sample in samples {
        let verdict = |thresholds| snapshot.matcher.ask_at(sample.question, thresholds).verdict;
        // A verdict that the first and the last give alike depends on neither: raising a threshold only ever takes a quote
        // away.
        let [first, last] = [tried.first(), tried.last()]
            .map(|same| same.map(|same| verdict(QuoteThresholds { quote: *same, quote_outside: *same })));
        let settled = first.filter(|first| last.as_ref() == Some(first));
        for price in &mut prices {
            match &settled {
                Some(settled) => price.add(sample, settled),
                None => price.add(sample, &verdict(price.thresholds)),
            }
        }
        asked();
    }
    let now = prices.remove(0);
    let along = |is_shown: &dyn Fn(QuoteThresholds) -> bool| {
        prices.iter().filter(|price| is_shown(price.thresholds)).copied().collect()
    };
    Calibration {
        now,
        proposed: proposed(&prices),
        quote: along(&|pair| pair.quote_outside == pair.quote.max(present.quote_outside)),
        quote_outside: along(&|pair| pair.quote == present.quote),
    }
}

/// See [`Calibration::proposed`].
fn proposed(prices: &[Price]) -> Option<Price> {
    let careful = |price: &Price| price.thresholds.quote + price.thresholds.quote_outside;
    let keeping = prices.iter().filter(|price| price.keeps_the_promise());
    let best = keeping.max_by(|one, other| {
        (one.right.n.cmp(&other.right.n))
            .then(other.outside_quoted.n.cmp(&one.outside_quoted.n))
            .then(other.wrong.n.cmp(&one.wrong.n))
            .then(careful(one).total_cmp(&careful(other)))
    });
    best.copied()
}

/// The values that either threshold is tried with, the present ones among them.
fn tried(now: QuoteThresholds) -> Vec<f32> {
    let mut tried = [&TRIED[..], &[now.quote, now.quote_outside]].concat();
    tried.sort_by(f32::total_cmp);
    tried.dedup();
    tried
}

/// Every pair to try. What sounds unanswered never needs less to be quoted than the rest.
fn pairs(tried: &[f32]) -> impl Iterator<Item = QuoteThresholds> {
    tried.iter().flat_map(|quote| {
        let outside = tried.iter().filter(move |quote_outside| *quote_outside >= quote);
        outside.map(|quote_outside| QuoteThresholds { quote: *quote, quote_outside: *quote_outside })
    })
}

impl Price {
    const fn new(thresholds: QuoteThresholds) -> Self {
        const NONE: Share = Share { n: 0, of: 0 };
        Self { thresholds, outside_quoted: NONE, right: NONE, wrong: NONE, choices: NONE }
    }

    fn add(&mut self, sample: &Sample<'_>, verdict: &Verdict) {
        let quoted = match verdict {
            Verdict::Quote(hits) => hits.first().map(|hit| &hit.passage),
            Verdict::Choices(_) | Verdict::NotCovered | Verdict::Chat(_) => None,
        };
        if sample.right.is_empty() {
            self.outside_quoted.add(quoted.is_some());
            return;
        }
        let is_right = quoted.is_some_and(|quoted| sample.is_answered_by(quoted));
        self.right.add(is_right);
        self.wrong.add(quoted.is_some() && !is_right);
        self.choices.add(matches!(verdict, Verdict::Choices(_)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 100 questions that nothing answers and 100 others.
    fn price(quote: f32, outside_quoted: usize, right: usize, wrong: usize) -> Price {
        let share = |n| Share { n, of: 100 };
        Price {
            thresholds: QuoteThresholds { quote, quote_outside: quote },
            outside_quoted: share(outside_quoted),
            right: share(right),
            wrong: share(wrong),
            choices: share(0),
        }
    }

    #[test]
    fn of_the_pairs_that_keep_the_promise_the_one_with_the_least_price_is_proposed() {
        for (prices, proposed) in [
            (vec![], None),
            (vec![price(0.2, 4, 99, 0), price(0.3, 40, 100, 0)], None),
            (vec![price(0.2, 4, 99, 0), price(0.3, 3, 90, 5), price(0.4, 0, 80, 0)], Some(0.3)),
            (vec![price(0.2, 3, 90, 0), price(0.3, 2, 90, 5)], Some(0.3)),
            (vec![price(0.2, 2, 90, 4), price(0.3, 2, 90, 5)], Some(0.2)),
            (vec![price(0.2, 2, 90, 5), price(0.3, 2, 90, 5)], Some(0.3)),
        ] {
            assert_eq!(super::proposed(&prices).map(|price| price.thresholds.quote), proposed, "{prices:?}");
        }
    }

    #[test]
    fn the_present_thresholds_are_among_those_that_are_tried() {
        let now = QuoteThresholds { quote: 0.42, quote_outside: 0.61 };
        let pairs: Vec<_> = pairs(&tried(now)).collect();
        assert!(pairs.contains(&now));
        assert!(pairs.iter().all(|pair| pair.quote <= pair.quote_outside));
    }
}
