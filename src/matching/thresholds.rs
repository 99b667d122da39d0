//! Every number that a verdict depends on, in one place.
//!
//! The weights were fitted by leaving phrasings out: the shipped topics' phrasings in five parts, each asked of a matcher
//! that knows the other four (of outside entries whole entries are left out), the mean logarithm of the right share made
//! as large as it gets. The thresholds are where most of those verdicts are right. Changing one means measuring again.

/// What a keyword counts: little, because the trained model learns the keywords too, and its own task is to carry a
/// question that is nothing but a keyword.
pub(super) const KEYWORD_WEIGHT: f32 = 0.25;

/// What the nearest phrasing counts.
pub(super) const PHRASING_WEIGHT: f32 = 0.5;

/// What it counts if that is the question itself: as much as nothing else could outweigh.
pub(super) const EXACT_WEIGHT: f32 = 1.0;

/// What the words of the passage count, where nobody has phrased questions.
pub(super) const PASSAGE_WEIGHT: f32 = 2.5;

/// What they count of that where questions are phrased: a passage that holds the words of a question need not answer it.
pub(super) const PHRASED_SHARE: f32 = 0.36;

/// What the trained model counts.
pub(super) const TRAINED_WEIGHT: f32 = 0.82;

/// How sharply shares follow scores: a score better by 0.2 is three times as likely.
pub(super) const SHARPNESS: f32 = 5.5;

/// What "nothing of all this" scores if every word is known: slightly more than a target that nothing speaks for.
pub(super) const NOTHING_SCORE: f32 = -0.5;

/// What it scores more if all words are unknown.
pub(super) const UNKNOWN_PENALTY: f32 = 0.51;

/// How much a topic's second passage has of the first one's share when passages are ranked, the third of the second's.
pub(super) const LATER_PASSAGE: f32 = 0.5;

/// How much doubt between topics lessens confidence, beside doubt whether there is an answer at all (which counts 1): a
/// question that sounds like five topics is rarely outside.
pub(super) const SCATTER: f32 = 0.05;

/// A passage is quoted from this confidence on.
pub(super) const QUOTE: f32 = 0.45;

/// The same for what sounds more like a question that is known not to be answered than like nothing anybody thought of: a
/// wrong quote is worse than a choice.
pub(super) const QUOTE_OUTSIDE: f32 = 0.5;

/// The two lines above as a pair, for measuring what others would do (`eval --calibrate`). Whatever answers people takes
/// the default: what is written here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuoteThresholds {
    /// In place of `QUOTE`.
    pub quote: f32,
    /// In place of `QUOTE_OUTSIDE`.
    pub quote_outside: f32,
}

impl QuoteThresholds {
    /// These, but none lower than `least`.
    pub(super) const fn at_least(self, least: f32) -> Self {
        Self { quote: self.quote.max(least), quote_outside: self.quote_outside.max(least) }
    }
}

impl Default for QuoteThresholds {
    fn default() -> Self {
        Self { quote: QUOTE, quote_outside: QUOTE_OUTSIDE }
    }
}

/// Below that, but from this confidence on, the nearest passages are offered: a choice claims nothing.
pub(super) const MAYBE: f32 = 0.15;

/// The same for what sounds more like a question that is known not to be answered.
pub(super) const MAYBE_OUTSIDE: f32 = 0.18;

/// Passages with less than this part of the best one's confidence are not offered beside it.
pub(super) const LIKELY: f32 = 0.2;

/// A part of a message that sounds so much like a question that is not answered keeps the other parts from being quoted.
pub(super) const PART_OUTSIDE: f32 = 0.4;

/// A second passage with at least this part of the first one's share makes a close call. Of phrasings left out this turned
/// 68 wrong quotes in 675 and 34 right ones in 1,124 into choices, half of which hold a right passage.
pub(super) const CLOSE: f32 = 0.5;

/// However close the second, a passage with this confidence is quoted. So is one for what stands behind "tell me about".
pub(super) const SURE: f32 = 0.65;

/// Passages are offered as a choice if one of them is right with this confidence.
pub(super) const CHOICES: f32 = 0.5;

/// At most so many passages are offered.
pub(super) const MAX_CHOICES: usize = 3;

/// Small talk is answered from this share on.
pub(super) const CHAT: f32 = 0.4;

/// It is none if less than this part of what the question tells stands in words people use for it: "When did the war begin?"
/// asks for a date like "When was the interview given?", and is about a war.
pub(super) const CHAT_COVERED: f32 = 0.6;

/// A topic with this part of what speaks for all topics is near enough to be offered when nothing was found,
pub(super) const NEAR_TOPIC: f32 = 0.3;

/// if this share of the evidence speaks for topics at all.
pub(super) const ON_TOPIC: f32 = 0.02;

/// An outside phrasing so like the question (0–1) names the topic to offer.
pub(super) const NEAR_OUTSIDE: f32 = 0.8;

/// At most so many topics are offered.
pub(super) const MAX_NEAR_TOPICS: usize = 3;

/// In a list that a reader chooses from stand passages with at least this part of the best one's confidence. A list claims
/// less than a choice, and still not everything that shares a word is near: below this part the ranking of the shipped
/// knowledge is noise ("tanks" has four passages above it and fifteen below).
pub(super) const LISTED: f32 = 0.05;

/// No list is longer: it is read by somebody who is typing.
pub(super) const MAX_LISTED: usize = 30;
