//! What comes in: words, commands, presses, searches.

use jiff::Timestamp;

use crate::domain::{ChatKind, ChatRef, Language, Title, UserRef};

use super::results::SearchRef;

/// Something a person said or pressed, addressed to the bot. What is not addressed to it never becomes an `Incoming`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Where; for a search, which has no chat, the private one with whoever searches: its settings hold, and nothing is
    /// sent there.
    pub chat: ChatRef,
    /// What kind of chat that is.
    pub kind: ChatKind,
    /// What the chat is called; `None` for a private one.
    pub title: Option<Title>,
    /// Who; `None` for a person who writes as a chat.
    pub from: Option<UserRef>,
    /// As whom they write.
    pub standing: Standing,
    /// The language their app is set to, if it tells and the bot speaks it.
    pub interface: Option<Language>,
    /// The message it came in; for a press, the message that carries the button.
    pub message: Option<MessageId>,
    /// When it was sent; for a press or a search, when it was received.
    pub sent: Timestamp,
    /// The words of the message that a command replies to, or of them what was picked out; `None` for all else.
    pub replied: Option<String>,
    /// Whether it names the bot.
    pub address: Address,
    /// What it is.
    pub what: What,
}

/// As whom somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As themselves, or as some other chat, which proves nothing.
    Own,
    /// As this very chat: only its administrators can.
    ThisChat,
}

/// Whether an incoming names the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// A private chat, a reply to the bot, a mention, a command with its name.
    Personal,
    /// A bare command in a group: it may be meant for another bot.
    Open,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Words, the bot's own name taken off.
    Text(String),
    /// `/name rest`; the name without slash and without the bot's name, lower case.
    Command {
        /// Such as `ask`.
        name: String,
        /// What follows it, trimmed.
        rest: String,
    },
    /// A press of a button that the bot made.
    Press {
        /// What the button carries.
        payload: Payload,
        /// What a toast has to name.
        press: PressRef,
        /// What was asked, where the pressed message is a visible reply to it in a private chat.
        asked: Option<Question>,
    },
    /// Words typed behind the bot's name in any chat, to choose a quote that is sent there. Its answer is an
    /// [`Outgoing::Results`](super::Outgoing::Results) and never a message.
    Search {
        /// The words so far; empty before the first.
        query: String,
        /// The page asked for, as [`Results::next`](super::Results::next) named it; empty for the first.
        offset: String,
        /// What its answer has to name.
        search: SearchRef,
    },
    /// The choice of a chat, made by a [`Target::Choose`](super::Target::Choose).
    Chosen {
        /// Which.
        chat: ChatRef,
        /// What kind of chat was asked for.
        kind: ChatKind,
        /// What it is called, if that was told.
        title: Option<Title>,
    },
    /// The bot's own standing in the chat changed, by whoever it came from.
    Membership(Membership),
    /// The chat has another number now: the one it comes from.
    Moved {
        /// The number it had.
        from: i64,
    },
    /// Something the bot has no answer for (a photo, a sticker): it says so in private and is silent in groups.
    Unreadable,
}

/// What became of the bot's standing in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// It was let in, as a member who may write.
    Added,
    /// It was let into a group as an administrator.
    AddedAsAdministrator,
    /// It was made an administrator who may post.
    Promoted,
    /// It is still there, and may not post any more.
    Silenced,
    /// It is not there any more: removed, or blocked by the person.
    Removed,
    /// It is not there any more, or the group has another number now: which, is not known.
    Gone,
}

impl What {
    /// Words are a command if they begin with a slash and a name of ASCII letters, digits and underscores.
    /// `/ask@somebot what` gives the name `ask`, and `somebot` as the second value.
    #[must_use]
    pub fn parse(words: &str) -> (Self, Option<String>) {
        let text = words.trim();
        let Some(command) = text.strip_prefix('/') else { return (Self::Text(text.to_owned()), None) };
        let (head, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let (name, bot) = match head.split_once('@') {
            Some((name, bot)) => (name, Some(bot.to_owned())),
            None => (head, None),
        };
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !plain {
            return (Self::Text(text.to_owned()), None);
        }
        (Self::Command { name: name.to_ascii_lowercase(), rest: rest.trim().to_owned() }, bot)
    }
}

/// A question that somebody asked, as its message stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The message that asked it.
    pub message: MessageId,
    /// Its words, the bot's own name and command taken off.
    pub words: String,
}

/// A front's number for a message inside its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub i32);

/// A front's name for one press, needed to answer it with a toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PressRef(pub String);

/// What a button carries: 1–64 bytes, the tightest limit among the fronts (Telegram's `callback_data`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Payload(String);

impl Payload {
    /// The longest payload, in bytes.
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

/// What a link into the bot carries to `/start`: 1–64 of `A–Z a–z 0–9 _ -` (Telegram's `start` parameter).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPayload(String);

impl LinkPayload {
    /// The longest one, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// `None` unless a link can carry it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        (plain && (1..=Self::MAX_BYTES).contains(&text.len())).then_some(Self(text))
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
    fn a_command_is_a_slash_and_a_plain_name() {
        for (words, name, rest, bot) in [
            ("/ask what is it", "ask", "what is it", None),
            ("  /Ask@Some_bot  что\nэто ", "ask", "что\nэто", Some("Some_bot")),
            ("/start", "start", "", None),
            ("/start@b k3", "start", "k3", Some("b")),
        ] {
            let (what, to) = What::parse(words);
            assert_eq!(what, What::Command { name: name.into(), rest: rest.into() }, "{words}");
            assert_eq!(to.as_deref(), bot, "{words}");
        }
        for words in ["ask", "/", "/ ask", "/привет", "a /ask", ""] {
            assert_eq!(What::parse(words), (What::Text(words.trim().into()), None), "{words}");
        }
    }

    #[test]
    fn a_payload_has_1_to_64_bytes() {
        assert!(Payload::new("p").is_some());
        assert!(Payload::new("x".repeat(64)).is_some());
        assert!(Payload::new("").is_none());
        assert!(Payload::new("ы".repeat(33)).is_none());
    }
}
