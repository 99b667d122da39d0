//! What goes out: messages made of blocks. How a block looks is the front's business.

use jiff::SignedDuration;

use crate::domain::{ChatKind, ChatRef, Quote};

use super::incoming::{LinkPayload, MessageId, Payload, PressRef};
use super::results::{Results, SearchRef};

/// Something the bot does.
#[derive(Debug, Clone, PartialEq)]
pub enum Outgoing {
    /// A new message.
    Send {
        /// Where.
        to: ChatRef,
        /// The message it answers, where that should be visible.
        reply_to: Option<MessageId>,
        /// What it says.
        message: Message,
    },
    /// The same, with every new message that comes of it taken back after a while, where the platform lets it be. A
    /// message that is edited goes when it was to go.
    Passing {
        /// What is sent, or edited.
        what: Box<Self>,
        /// How long the new messages stay.
        lifetime: SignedDuration,
    },
    /// A new message in a person's private chat; where they cannot be written to, that instead.
    Privately {
        /// Where.
        to: ChatRef,
        /// What it says.
        message: Message,
        /// What goes out where nobody has let the bot write there.
        otherwise: Box<Self>,
    },
    /// A message nobody asked for: an announcement.
    Post {
        /// Where.
        to: ChatRef,
        /// What it says.
        message: Message,
        /// Whether it makes itself heard.
        sound: Sound,
    },
    /// A file.
    File {
        /// Where.
        to: ChatRef,
        /// The message it answers, where that should be visible.
        reply_to: Option<MessageId>,
        /// What it is.
        document: Document,
    },
    /// Keeps a message at the top of its chat.
    Pin {
        /// Where.
        chat: ChatRef,
        /// Which.
        id: MessageId,
    },
    /// Takes a message back that the bot sent.
    Delete {
        /// Where.
        chat: ChatRef,
        /// Which.
        id: MessageId,
    },
    /// Other words for a message the bot sent.
    Edit {
        /// Where.
        chat: ChatRef,
        /// Which.
        id: MessageId,
        /// What it says now.
        message: Message,
    },
    /// The end of a press: a line that fades, or nothing but the end of the button's waiting sign.
    Toast {
        /// Which press.
        press: PressRef,
        /// At most 200 characters; `None` says nothing.
        text: Option<String>,
    },
    /// What a search found. Answering one search twice shows nothing twice.
    Results {
        /// Which search.
        search: SearchRef,
        /// What to choose from.
        results: Results,
    },
}

impl Outgoing {
    /// What is delivered, however long it stays.
    #[must_use]
    pub fn itself(&self) -> &Self {
        if let Self::Passing { what, .. } = self { what.itself() } else { self }
    }
}

/// Whether a message makes itself heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// As each member has set it.
    Audible,
    /// Never.
    Silent,
}

/// What one message says, from top to bottom, and the buttons under it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// Its parts; a blank line stands between two.
    pub blocks: Vec<Block>,
    /// Rows of buttons.
    pub actions: Vec<Vec<Action>>,
}

impl Message {
    /// A message of the bot's own words alone.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Text(words.into())], actions: Vec::new() }
    }
}

/// A text file with a line about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Such as `exercise.ics`.
    pub name: String,
    /// Its media type, such as `text/calendar`.
    pub mime: &'static str,
    /// What is in it.
    pub content: String,
    /// What stands under it: one short line.
    pub caption: String,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Who said it, in which role, to whom, when: always above a quote.
    Attribution(String),
    /// Verbatim words.
    Quote(Box<Quote>),
    /// The interviewer's question, under its label ("Question by …").
    Question {
        /// Whose question it is.
        label: String,
        /// As printed.
        words: String,
    },
    /// The editor's note, labelled as such.
    Note {
        /// "Editor's note".
        label: String,
        /// The editor's words.
        words: String,
    },
    /// A small heading.
    Heading(String),
    /// The bot's own words.
    Text(String),
    /// Where the words stand.
    Source {
        /// What kind of text it is ("English translation published by …").
        label: String,
        /// Where to read it.
        links: Vec<Link>,
    },
    /// Lines of a list, each one thing.
    Items(Vec<String>),
    /// Fixed-width lines: a report with places in files.
    Report(String),
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What is shown.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What is written on it.
    pub label: String,
    /// What it does.
    pub target: Target,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Comes back as [`What::Press`](super::What::Press).
    Press(Payload),
    /// Opens a page.
    Open(String),
    /// Puts words where the person pastes from: at most 256 UTF-16 units.
    Copy(String),
    /// Lets the person send somebody a link into the bot.
    Share(LinkPayload),
    /// Lets the person choose a chat and send there what a search for this finds: the quote itself. Left out where nobody
    /// can search.
    Forward(LinkPayload),
    /// Opens the private chat with the bot, as if the person wrote `/start` with this there.
    Talk(LinkPayload),
    /// Lets the person choose a chat of that kind that they administer; comes back as
    /// [`What::Chosen`](super::What::Chosen). Stands with no other target in a message.
    Choose(ChatKind),
}

impl Target {
    /// What comes back of a press; `None` of a button that the platform handles by itself.
    #[must_use]
    pub const fn payload(&self) -> Option<&Payload> {
        match self {
            Self::Press(payload) => Some(payload),
            Self::Open(_) | Self::Copy(_) | Self::Share(_) | Self::Forward(_) | Self::Talk(_) | Self::Choose(_) => None,
        }
    }
}
