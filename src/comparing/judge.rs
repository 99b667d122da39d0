//! Whether a passage is clearly meant: when words that differ are a changed quote, and when they are somebody's own
//! words.
//!
//! Calling foreign words a changed quote is the worse mistake: whoever wrote them is said to misquote. The rules were
//! set on the runs of the shipped interview with one word changed (all must be found) and on sentences of others (none
//! may be).

use std::cmp::Reverse;

use super::align::{Mark, Step};
use super::index::{Id, Index};
use super::weight::{TELLING, Weight};

/// So many words left out in one stretch are as bad as one word that is changed.
const SKIPPED: usize = 8;

/// What makes words that differ a changed quote.
struct Rule {
    /// At least so many words are the same.
    n_same: usize,
    /// So many are the same for each that differs; a stretch that was left out counts as one.
    for_each_that_differs: usize,
    /// The text has at most so many words more than the message.
    n_more: usize,
    /// At least so many of the same stand in one run.
    longest: usize,
    /// At least so much the same words weigh.
    weight: Weight,
}

const ANY: usize = usize::MAX;

/// One word of eight, whatever the words: so many in one order are no accident.
const CLOSE: Rule = Rule { n_same: 7, for_each_that_differs: 7, n_more: 2, longest: 0, weight: 0 };

/// Short, in telling words, and nearly the same.
const SHORT: Rule = Rule { n_same: 4, for_each_that_differs: 4, n_more: 2, longest: 0, weight: 3 * TELLING };

/// One word put in or left out, which is how "not" comes and goes.
const ONE_SIDED: Rule = Rule { n_same: 5, for_each_that_differs: 5, n_more: 2, longest: 0, weight: 2 * TELLING };

/// One word that was changed, put in or left out, of so few that most runs of words stand somewhere: the others have to
/// tell the place, each by what it weighs there and a little for standing in order. Of the runs of 5, 6 and 7 words of
/// the shipped interview with one word changed this finds 43, 75 and 91 of 100; of 13 million such runs in manuals,
/// licences and encyclopaedias it takes 6 for one.
const ONE_WORD: Weight = 13 * TELLING / 5;
const IN_ORDER: Weight = TELLING / 5;
const FEWEST: usize = 4;

/// One word of five.
const RATHER_CLOSE: Rule = Rule { n_same: 8, for_each_that_differs: 4, n_more: ANY, longest: 3, weight: 3 * TELLING };

/// Most of it is the same, in telling words, and some of it in one run.
const ALIKE: Rule = Rule { n_same: 6, for_each_that_differs: 2, n_more: ANY, longest: 4, weight: 4 * TELLING };

/// Half of it is the same, and that is much.
const LIKELY: Rule = Rule { n_same: 10, for_each_that_differs: 1, n_more: ANY, longest: 5, weight: 7 * TELLING };

/// It holds a piece of a quote, whatever else.
const PIECE: Rule = Rule { n_same: 8, for_each_that_differs: 0, n_more: ANY, longest: 8, weight: 4 * TELLING };

/// Of words that may be quoted with others around them only long ones are clear.
const OPEN: Rule = Rule { n_same: 10, for_each_that_differs: 7, n_more: 2, longest: 0, weight: 5 * TELLING };

/// What bounds the words that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bounds {
    /// Quotation marks, or the ends of the message: all of it may be a quote.
    Marks,
    /// The marks of a clause on both sides, or who says it.
    Clause,
    /// On one side at least the sentence goes on with other words.
    Open,
}

/// What stands on both sides of an alignment, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Words that are the same.
    n_same: usize,
    /// Words that stand in the message only.
    n_said_alone: usize,
    /// Words that stand in the text only, beside others of the message.
    n_changed: usize,
    /// Words that stand in the text only, in silence left out, and in how many stretches.
    n_skipped: usize,
    n_skips: usize,
    /// The longest run of the same.
    longest: usize,
    /// What the same words weigh.
    weight: Weight,
    /// The same, but of words that stand together in several places only the first counts: the others do not tell which
    /// place is meant. 0 where that does not decide.
    placing: Weight,
}

impl Counts {
    pub(super) fn of(index: &Index, said: &[Id], steps: &[Step]) -> Self {
        let mut counts = Self::default();
        for step in steps {
            let n_said = step.said.len();
            match step.mark {
                Mark::Same => {
                    counts.n_same += n_said;
                    counts.longest = counts.longest.max(n_said);
                    counts.weight += said[step.said.clone()].iter().map(|id| index.weight_of(*id)).sum::<Weight>();
                }
                Mark::Alone if n_said == 0 => {
                    counts.n_skipped += step.places.len();
                    counts.n_skips += 1;
                }
                Mark::Alone => {
                    counts.n_said_alone += n_said;
                    counts.n_changed += step.places.len();
                }
                Mark::LeftOut => {}
            }
        }
        // Looking where else words stand together costs; of more words their order alone tells the place.
        if IN_ORDER * (counts.n_same as Weight) < ONE_WORD {
            let same = steps.iter().filter(|step| step.mark == Mark::Same);
            counts.placing = same.map(|step| index.placing(&step.places)).sum();
        }
        counts
    }

    /// How much more is the same than is not: the greater, the likelier this place is meant. Words that are left out
    /// together count less than words that are changed; of equals the one with the fewest words that differ is
    /// likelier.
    pub(super) fn likeness(&self) -> (isize, Reverse<usize>) {
        let n_differ = self.n_said_alone.max(self.n_changed) + self.n_skips + self.n_skipped / SKIPPED;
        (self.n_same as isize - n_differ as isize, Reverse(self.n_said_alone + self.n_changed + self.n_skipped))
    }

    pub(super) const fn differs(&self) -> bool {
        self.n_said_alone + self.n_changed + self.n_skipped > 0
    }

    /// Whether words that stand in a text are a quote: enough of them, or a whole clause.
    pub(super) const fn is_a_quote(&self, bounds: Bounds) -> bool {
        match bounds {
            Bounds::Marks => true,
            Bounds::Clause => self.n_same >= 4 && self.weight >= 2 * TELLING,
            Bounds::Open => self.n_same >= 6 && self.weight >= 3 * TELLING,
        }
    }

    /// The same if so many of the words that stand on one side only, of that weight, are forms of each other.
    pub(super) const fn with_akin(mut self, n_akin: usize, weight: Weight) -> Self {
        self.n_same += n_akin;
        self.n_said_alone -= n_akin;
        self.n_changed -= n_akin;
        self.weight += weight;
        self.placing += weight;
        self
    }

    /// Whether the text is clearly meant, though words differ.
    pub(super) fn is_meant(&self, bounds: Bounds) -> bool {
        let like = [SHORT, RATHER_CLOSE, ALIKE, LIKELY];
        let is_one_sided = self.n_said_alone == 0 || self.n_changed == 0;
        match bounds {
            Bounds::Marks => {
                like.into_iter().chain([CLOSE, PIECE]).any(|rule| self.follows(&rule))
                    || (is_one_sided && self.follows(&ONE_SIDED))
                    || self.is_one_word_off()
            }
            Bounds::Clause => {
                let close = Rule { weight: 3 * TELLING, ..CLOSE };
                like.into_iter().chain([close]).any(|rule| self.follows(&rule))
            }
            Bounds::Open => self.follows(&OPEN),
        }
    }

    /// Whether one word was changed, put in or left out, and the others tell where.
    const fn is_one_word_off(&self) -> bool {
        self.n_said_alone + self.n_skips <= 1
            && self.n_changed + self.n_skipped <= 1
            && self.n_same >= FEWEST
            && self.placing + IN_ORDER * self.n_same as Weight >= ONE_WORD
    }

    const fn follows(&self, rule: &Rule) -> bool {
        let n_differ = self.n_said_alone + self.n_skips;
        let n_more = (self.n_changed + self.n_skipped).saturating_sub(self.n_said_alone);
        self.n_same >= rule.n_same
            && n_differ * rule.for_each_that_differs <= self.n_same
            && n_more <= rule.n_more
            && self.longest >= rule.longest
            && self.weight >= rule.weight
    }
}
