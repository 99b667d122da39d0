//! A message in a person's hands, before it is sent.

use serde_json::{Value, json};

use super::{
    content::set,
    entities::recognise,
    people::{Chat, User},
};

/// A message that somebody is about to send.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) chat: Chat,
    /// `None` for a post in a channel.
    pub(crate) from: Option<User>,
    /// The message of the same chat that it answers.
    pub(crate) reply_to: Option<i64>,
    /// All further fields of `Message`.
    pub(crate) fields: Value,
}

impl Draft {
    /// A text in any chat but a channel.
    pub(crate) fn new(chat: &Chat, user: &User, text: &str) -> Self {
        let draft =
            Self { chat: chat.clone(), from: Some(user.clone()), reply_to: None, fields: json!({ "text": text }) };
        match recognise(text) {
            entities if entities.is_empty() => draft,
            entities => draft.with("entities", json!(entities)),
        }
    }

    /// A text in the private chat with `user`.
    pub(crate) fn private(user: &User, text: &str) -> Self {
        Self::new(&Chat::private(user), user, text)
    }

    /// A text by an admin of the group who writes as the group.
    pub(crate) fn anonymous(chat: &Chat, text: &str) -> Self {
        Self::new(chat, &User::anonymous_admin(), text).with("sender_chat", chat.to_json())
    }

    /// A text by somebody in the group who writes as a channel of theirs.
    pub(crate) fn as_channel(chat: &Chat, channel: &Chat, text: &str) -> Self {
        Self::new(chat, &User::as_a_channel(), text).with("sender_chat", channel.to_json())
    }

    /// A post in a channel.
    pub(crate) fn post(channel: &Chat, text: &str) -> Self {
        let post = Self::anonymous(channel, text);
        Self { from: None, ..post }
    }

    /// The same, as a reply to a message of the chat.
    pub(crate) fn replying_to(self, message_id: i64) -> Self {
        Self { reply_to: Some(message_id), ..self }
    }

    /// The same, in a topic of a forum.
    pub(crate) fn in_thread(self, thread_id: i64) -> Self {
        self.with("message_thread_id", json!(thread_id)).with("is_topic_message", json!(true))
    }

    /// The same, with a field of `Message` set (or removed, by null).
    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        set(&mut self.fields, field, Some(value).filter(|value| !value.is_null()));
        self
    }
}
