//! The contract between the app and a front: deliver one thing, say what became of it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::domain::{ChatKind, ChatRef, UserRef};

use super::incoming::{Incoming, MessageId};
use super::outgoing::Outgoing;

/// Delivers. Not idempotent: every call that reaches the platform may become visible to people.
pub trait Messenger: Send + Sync {
    /// Tries once to deliver, waits for no limit and repeats nothing.
    ///
    /// # Errors
    /// [`Failure`], which says whether people may have seen it and what to do next.
    fn deliver(&self, outgoing: &Outgoing) -> impl Future<Output = Result<Receipt, Failure>> + Send;

    /// How many parts people see it in: more than one where a message is longer than the platform's limit.
    fn n_parts(&self, _outgoing: &Outgoing) -> usize {
        1
    }

    /// Tries once to deliver one part, from 0: for whoever must not show the earlier ones again.
    ///
    /// # Errors
    /// [`Failure`], of this part alone.
    fn deliver_part(&self, outgoing: &Outgoing, _part: usize) -> impl Future<Output = Result<Receipt, Failure>> + Send {
        self.deliver(outgoing)
    }
}

/// A front as the intake sees it: reads what it once received, and delivers.
pub trait Front: Messenger + 'static {
    /// Reads a raw update; `None` if it holds nothing for the bot. Pure, so that a replay reads the same.
    fn read(&self, raw: &str, received: jiff::Timestamp) -> Option<Incoming>;

    /// Whether the bot can write to that person, who may never have written to it.
    fn can_write_to(&self, user: UserRef) -> impl Future<Output = bool> + Send;
}

/// Whether somebody administers a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Administers {
    /// The platform says so.
    Yes,
    /// The platform says that they do not.
    No,
    /// It cannot be told now. Where somebody wants to decide, that is as good as no; nothing is taken from anybody for it.
    Unknown,
}

/// Tells who may decide for a chat, what it is, and which chats belong together.
pub trait Rights: Send + Sync {
    /// Whether that person administers that chat, as the platform tells now.
    fn administers(&self, user: UserRef, chat: ChatRef) -> Pin<Box<dyn Future<Output = Administers> + Send + '_>>;

    /// What kind of chat that is, as the platform tells now; `None` if that cannot be told.
    fn kind(&self, chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<ChatKind>> + Send + '_>>;

    /// The group that a channel's posts appear in by themselves, or the channel of such a group. `None`, too, if that
    /// cannot be told now.
    fn linked(&self, chat: ChatRef) -> Pin<Box<dyn Future<Output = Option<i64>> + Send + '_>>;
}

/// The platform took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The message it became; `None` for a toast or an unchanged edit.
    pub message: Option<MessageId>,
}

/// It was not delivered, or nobody knows. The variant says what to do next; nothing further up guesses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It certainly was not sent: no connection, or the platform asks to wait. May be tried again.
    #[error("not sent: {reason}")]
    NotSent {
        /// How long the platform asks to wait, short enough to be added to any instant; `None` if it does not say.
        retry_after: Option<Duration>,
        /// For the log.
        reason: String,
    },
    /// It may have been sent: the answer was lost or unreadable.
    #[error("unknown whether it was sent: {reason}")]
    Unknown {
        /// For the log.
        reason: String,
    },
    /// The chat is over for the bot: blocked, kicked, deleted.
    #[error("the chat is gone: {reason}")]
    Gone {
        /// For the log.
        reason: String,
    },
    /// The chat has another number now.
    #[error("the chat moved to {to}")]
    Moved {
        /// Its new number.
        to: i64,
    },
    /// The bot is in the chat and may not do this there: a right or a setting is missing, which somebody can mend.
    #[error("not allowed: {reason}")]
    Forbidden {
        /// For the log, and for whoever can mend it.
        reason: String,
    },
    /// The platform refuses it for good.
    #[error("rejected: {reason}")]
    Rejected {
        /// For the log.
        reason: String,
    },
    /// The platform does not know the bot's credentials any more: nothing will ever be delivered.
    #[error("the token is not accepted: {reason}")]
    Unauthorised {
        /// For the log.
        reason: String,
    },
}
