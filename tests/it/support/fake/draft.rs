//! A message in a person's hands, before it is sent.

use serde_json::{Value, json};

use super::{
    content::set,
    entities::recognise,
    people::{Chat, User},
};

/// Where the words of a message are, and what is marked in them.
pub(crate) const TEXT: [&str; 2] = ["text", "entities"];
/// The same beside a picture, a film or a file.
pub(crate) const CAPTION: [&str; 2] = ["caption", "caption_entities"];

const MEDIA: &[&str] =
    &["photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker", "paid_media"];

/// Whether a message is more than words, and no service message.
pub(crate) fn is_media(message: &Value) -> bool {
    MEDIA.iter().any(|field| !message[*field].is_null())
}

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

    /// The same words as the caption of a photo. (No words: no caption.)
    pub(crate) fn with_photo(self) -> Self {
        let size = |side: u32| json!({ "file_id": "a-photo", "file_unique_id": "a-unique-photo", "width": side, "height": side });
        self.beside("photo", json!([size(90), size(800)]))
    }

    /// The same words as the caption of a film.
    pub(crate) fn with_video(self) -> Self {
        let (id, unique, mime) = ("a-film", "a-unique-film", "video/mp4");
        self.beside(
            "video",
            json!({
                "file_id": id, "file_unique_id": unique, "mime_type": mime,
                "width": 640, "height": 360, "duration": 9,
            }),
        )
    }

    /// The same words as the caption of a file.
    pub(crate) fn with_document(self, name: &str) -> Self {
        let (id, unique) = ("their-file", "their-unique-file");
        self.beside(
            "document",
            json!({ "file_id": id, "file_unique_id": unique, "file_name": name, "mime_type": "application/pdf" }),
        )
    }

    fn beside(self, field: &str, media: Value) -> Self {
        let words = self.fields["text"].as_str().filter(|words| !words.is_empty()).map(Value::from);
        let marks = self.fields["entities"].clone();
        let [from_words, from_marks] = TEXT;
        let [to_words, to_marks] = CAPTION;
        self.with(from_words, Value::Null)
            .with(from_marks, Value::Null)
            .with(to_words, words.unwrap_or_default())
            .with(to_marks, marks)
            .with(field, media)
    }

    /// The same, quoting these words of the message that it answers; they begin so many UTF-16 units into it.
    pub(crate) fn quoting(self, words: &str, position: usize) -> Self {
        self.with("quote", json!({ "text": words, "position": position, "is_manual": true }))
    }

    /// The same, as a reply to a post of a channel that the chat is not.
    pub(crate) fn replying_to_post(self, channel: &Chat, message_id: i64) -> Self {
        let chat = channel.to_json();
        let origin = json!({ "type": "channel", "chat": chat, "message_id": message_id, "date": 1_795_000_000 });
        self.with("external_reply", json!({ "origin": origin, "chat": chat, "message_id": message_id }))
    }

    /// The same, as a reply to what somebody wrote in a chat that the bot does not see.
    pub(crate) fn replying_to_somebody(self, author: &User) -> Self {
        let origin = json!({ "type": "user", "sender_user": author.to_json(), "date": 1_795_000_000 });
        self.with("external_reply", json!({ "origin": origin }))
    }

    /// The same post, signed.
    pub(crate) fn signed(self, author: &str) -> Self {
        self.with("author_signature", json!(author))
    }
}
