//! Labelled questions: what `eval` scores the answers against.

use super::id::PassageId;
use super::language::Language;

/// A question with the reply that is right for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// Its id in the file.
    pub id: String,
    /// The language it is asked in.
    pub language: Language,
    /// How it is asked (`direct`, `typo`, `chat` …): numbers are reported per style.
    pub style: String,
    /// The question.
    pub question: String,
    /// What would be right.
    pub expected: Expected,
}

/// The reply that is right for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A quote from one of these passages that holds the phrase, where one is given.
    Quote {
        /// Any of them is right.
        passages: Vec<PassageId>,
        /// A phrase the quote must hold; empty if any part of the passage will do.
        phrase: String,
    },
    /// Nothing found: the question is near the topics, but not answered.
    NotCovered,
    /// Nothing found, or small talk: the question is about something else altogether.
    NotCoveredOrChat,
    /// Small talk or a fact about the interview itself.
    Chat,
}
