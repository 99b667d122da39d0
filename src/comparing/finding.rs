//! What a comparison says.

use std::ops::Range;

use crate::domain::Language;

use super::align::Mark;
use super::part::Part;

/// What was found out about some words of a message.
#[derive(Debug, Clone)]
pub struct Comparison<'c> {
    /// The bytes of the message that were compared, from the first word to the last: what lies outside is not spoken
    /// of.
    pub said: Range<usize>,
    /// What was found.
    pub finding: Finding<'c>,
}

/// How some words stand to the texts.
#[derive(Debug, Clone)]
pub enum Finding<'c> {
    /// They stand in a text, typography aside.
    WordForWord(WordForWord<'c>),
    /// A place in a text is clearly meant, and words differ.
    Differs(Difference<'c>),
    /// Nothing in the texts is like them.
    NotFound,
    /// There is no text in the language they are in, so it cannot be said whether they are in the interview. `None` for
    /// a language that the bot does not speak.
    OtherLanguage(Option<Language>),
}

/// Words that stand in a text.
#[derive(Debug, Clone)]
pub struct WordForWord<'c> {
    /// Where, in the order of the texts; at most eight places.
    pub places: Vec<Place<'c>>,
    /// Whether the writer left something out, and said so.
    pub extent: Extent,
    /// The bytes of those words of the message that differ from the first place in case, other than where a sentence or
    /// a quote begins ("us" for "US"). None for a message that is all in capitals or all in small letters.
    pub other_case: Vec<Range<usize>>,
}

/// Whether a quote is of one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Nothing is left out between its first and its last word.
    Unbroken,
    /// Where words are left out the writer put `…` or `[…]`.
    Shortened,
}

/// One place where quoted words stand.
#[derive(Debug, Clone)]
pub struct Place<'c> {
    /// The pieces in order: more than one if the words run over several parts, or something was left out.
    pub pieces: Vec<Piece<'c>>,
}

/// Words of one part of a text.
#[derive(Debug, Clone)]
pub struct Piece<'c> {
    /// The passage or question.
    pub part: Part<'c>,
    /// The bytes of its words, from the first to the last.
    pub bytes: Range<usize>,
}

/// The words of a message and of the place they are meant to be taken from.
#[derive(Debug, Clone)]
pub struct Difference<'c> {
    /// The words of the message, in order; a mark is [`Mark::Same`] or [`Mark::Alone`].
    pub message: Vec<ComparedWord>,
    /// The parts of the text it is compared with, in order: one passage, or neighbours.
    pub text: Vec<ComparedPart<'c>>,
    /// Every stretch where the two sides differ, in order.
    pub changes: Vec<Change>,
}

/// Words between two that stand on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes of what the message has there; empty for words that were left out.
    pub said: Range<usize>,
    /// The number of the part of the text; of words in two parts the first.
    pub part: usize,
    /// The bytes of what that part has there, without what the writer says to have left out; empty, but where it would
    /// stand, for words that were put in.
    pub text: Range<usize>,
}

/// The words of a part of a text that a message is compared with.
#[derive(Debug, Clone)]
pub struct ComparedPart<'c> {
    /// The passage or question.
    pub part: Part<'c>,
    /// Its words in the place that is meant, in order.
    pub words: Vec<ComparedWord>,
}

/// A word, and whether it stands on the other side, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedWord {
    /// Its bytes in the message, or in the words of its part.
    pub bytes: Range<usize>,
    /// What was found out about it.
    pub mark: Mark,
}
