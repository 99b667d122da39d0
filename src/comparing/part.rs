//! What a text is made of: passages, and the interviewer's questions.

use crate::domain::{Interview, Passage, PassageKind, Placed, Question, Text};

/// A passage or an interviewer's question, with what it stands in.
#[derive(Debug, Clone, Copy)]
pub enum Part<'c> {
    /// A paragraph of an answer. It may be a gap ([`PassageKind::Gap`]), which is shown to nobody: words may be found
    /// there all the same, for they stand in the text.
    Passage(Placed<'c>),
    /// A question: these are the interviewer's words, not the speaker's.
    Question {
        /// The interview.
        interview: &'c Interview,
        /// The text of it.
        text: &'c Text,
        /// The question.
        question: &'c Question,
    },
}

impl<'c> Part<'c> {
    /// Its words, as published.
    #[must_use]
    pub fn words(&self) -> &'c str {
        match self {
            Self::Passage(placed) => &placed.passage.words,
            Self::Question { question, .. } => &question.words,
        }
    }

    /// The interview it stands in.
    #[must_use]
    pub const fn interview(&self) -> &'c Interview {
        match self {
            Self::Passage(placed) => placed.interview,
            Self::Question { interview, .. } => interview,
        }
    }

    /// The text it stands in.
    #[must_use]
    pub const fn text(&self) -> &'c Text {
        match self {
            Self::Passage(placed) => placed.text,
            Self::Question { text, .. } => text,
        }
    }

    /// The passage, if it is one that may be shown.
    #[must_use]
    pub fn quotable(&self) -> Option<&'c Passage> {
        match self {
            Self::Passage(placed) => Some(placed.passage).filter(|passage| passage.kind == PassageKind::Quotable),
            Self::Question { .. } => None,
        }
    }
}
