//! The words that questions, phrasings and passages are made of, read alike everywhere.

use std::sync::Arc;

use crate::domain::SynonymWeight;
use crate::text::{stem, tokens};

/// A word as matching sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As normalised; of a synonym of several words, all of them.
    pub(super) text: Arc<str>,
    /// What makes it equal to other words: its stem, or the name of its group of synonyms.
    pub(super) stem: Arc<str>,
    pub(super) kind: WordKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordKind {
    Plain,
    /// One of a group of the lexicon.
    Synonym(SynonymWeight),
}

impl Word {
    pub(super) fn plain(text: String) -> Self {
        Self { stem: stem(&text).into(), text: text.into(), kind: WordKind::Plain }
    }

    /// Whether it says next to nothing about what is asked, because the whole interview is about it.
    pub(super) const fn is_pervasive(&self) -> bool {
        matches!(self.kind, WordKind::Synonym(SynonymWeight::Pervasive))
    }
}

/// The words of a text, synonyms not yet folded.
pub(super) fn words(text: &str) -> Vec<Word> {
    tokens(text).into_iter().map(|token| Word::plain(token.word)).collect()
}
