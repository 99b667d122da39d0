//! Who talks to the bot, and where.

/// A chat on one front: what replies and deliveries are addressed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatRef {
    /// The front's number for the chat (in Telegram negative for groups and channels).
    pub id: i64,
    /// The forum topic inside the chat; `None` where there is none.
    pub thread: Option<i32>,
}

/// A person on one front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserRef(pub i64);

/// What kind of chat it is: it decides how much the bot may talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChatKind {
    /// One reader alone with the bot.
    Private,
    /// A group: the bot answers only what is addressed to it.
    Group,
    /// A channel: the bot never answers there.
    Channel,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Asks.
    Reader,
    /// Also reloads and looks at the bot's state: a numeric user id from the configuration.
    Admin,
}
