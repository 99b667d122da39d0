//! Names of things in a knowledge folder: written in the files, stable for ever, checked when they are made.

use std::fmt;
use std::sync::Arc;

/// The longest id in bytes: long enough to be readable, short enough for a log line.
const MAX_ID_BYTES: usize = 64;

/// Whether `text` may be an id: 1–64 bytes of ASCII letters, digits, `.`, `_` and `-`, starting with a letter or digit.
fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID_BYTES
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// `None` unless it is 1–64 bytes of ASCII letters, digits, `.`, `_`, `-`, the first a letter or digit.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.into()))
            }

            /// As it is written in the files.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// An interview's id: the name of its folder, such as `masadykov-2026`.
    InterviewId
}
id! {
    /// A passage's id inside its interview, such as `a4.5`.
    PassageId
}
id! {
    /// A topic's id inside its interview, such as `exercises`.
    TopicId
}
id! {
    /// An event's id, one for ever (RFC 5545 calls it UID).
    EventUid
}

/// A passage across interviews: `masadykov-2026/a4.5`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageName {
    /// The interview it stands in.
    pub interview: InterviewId,
    /// Its id there.
    pub passage: PassageId,
}

impl fmt::Display for PassageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.interview, self.passage)
    }
}

/// A topic across interviews: `masadykov-2026/exercises`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicName {
    /// The interview it belongs to.
    pub interview: InterviewId,
    /// Its id there.
    pub topic: TopicId,
}

impl fmt::Display for TopicName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.interview, self.topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for good in ["a4.5", "exercises", "masadykov-2026", "0", "p00-000", "A_b"] {
            assert!(PassageId::parse(good).is_some(), "{good}");
        }
        for bad in ["", ".a", "a b", "а4", "a/b", &"x".repeat(65)] {
            assert!(PassageId::parse(bad).is_none(), "{bad}");
        }
    }
}
