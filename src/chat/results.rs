//! What a search brings: messages to choose from, none of which is sent until somebody does.

use std::time::Duration;

use super::outgoing::Message;

/// A page of results.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    /// Best first, each id once.
    pub list: Vec<SearchResult>,
    /// What asks for the page after this one; `None`: there is none.
    pub next: Option<String>,
    /// A line above the list; pressing it leads to a private chat with the bot.
    pub above: Option<String>,
    /// How long the platform may show the same page again to the same person for the same words. Never to another: the
    /// language is that of who asks.
    pub keep: Duration,
}

/// One message to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The same for the same words of the same passage.
    pub id: ResultId,
    /// What it is about.
    pub title: String,
    /// How it begins.
    pub snippet: String,
    /// What is sent, in the name of who chose it. It has to fit into one message, and no button: a press would not say
    /// which chat it came from.
    pub message: Message,
}

/// A front's name for one search, needed to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRef(pub String);

/// What tells a result from the others: 1–64 bytes, the tightest limit among the fronts (Telegram's).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResultId(String);

impl ResultId {
    /// The longest id, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// `None` unless it is 1–64 bytes.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (1..=Self::MAX_BYTES).contains(&text.len()).then_some(Self(text))
    }

    /// As it was made.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_1_to_64_bytes() {
        for (id, fits) in
            [("p".to_owned(), true), ("x".repeat(64), true), (String::new(), false), ("ы".repeat(33), false)]
        {
            assert_eq!(ResultId::new(id.clone()).is_some(), fits, "{id}");
        }
    }
}
