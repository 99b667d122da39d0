//! A paragraph of an answer: what is found and quoted.

use super::id::PassageId;
use super::topic::Key;

/// A paragraph of an answer, its words exactly as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its id, written in the file once and for ever.
    pub id: PassageId,
    /// Its words, untouched.
    pub words: String,
    /// Whether it may be quoted.
    pub kind: PassageKind,
    /// What links and buttons carry: changes when the words change.
    pub key: Key,
    /// The part of a link after the page's address that makes a browser find and mark the passage
    /// (`#:~:text=…`, <https://wicg.github.io/scroll-to-text-fragment/>); empty if none is unique in the text.
    pub fragment: String,
    /// Its own page, if it does not stand on the text's: a line of a question-and-answer set may name one.
    pub page: Option<String>,
}

/// Whether a passage may be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// It may.
    Quotable,
    /// The source lost a part here: it is shown to nobody.
    Gap,
}
