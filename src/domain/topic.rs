//! The editor's work: what people ask, what answers it, and what does not.

use std::fmt;
use std::sync::Arc;

use super::id::{PassageId, TopicId};
use super::language::{Language, Localised};

/// Ten base32 characters that links and buttons carry in place of a name: a hash over the name and, for a passage,
/// its words. Ten characters are 50 bits: among 10⁶ passages a clash has a chance of 1 in 2,000, and is reported at load.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// How many characters a key has.
    pub const LENGTH: usize = 10;

    /// `None` unless it is ten characters of lower-case base32 (`a`–`z`, `2`–`7`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        (text.len() == Self::LENGTH && plain).then(|| Self(text.into()))
    }

    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An editor's entry: something people ask, with the passages that answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its id inside its interview.
    pub id: TopicId,
    /// What buttons carry for it.
    pub key: Key,
    /// A short neutral title: a button's label.
    pub title: Localised,
    /// The passages that answer it, best first; never empty.
    pub passages: Vec<PassageId>,
    /// How people ask, each with its language.
    pub phrasings: Vec<(Language, String)>,
    /// Words that alone should find it.
    pub keywords: Vec<(Language, String)>,
    /// Topics to offer next.
    pub follow_ups: Vec<TopicId>,
    /// The editor's note on its first passage, shown outside the quote and labelled as a note.
    pub note: Option<Localised>,
}

/// A question that is near the interview's topics, or far from them, and not answered by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The topic to offer instead, if one is near.
    pub near: Option<TopicId>,
    /// How people ask it.
    pub phrasings: Vec<(Language, String)>,
}
