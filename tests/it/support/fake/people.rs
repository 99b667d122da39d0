//! Who talks to the bot, and where: users, chats and memberships, and their JSON.

use serde_json::{Value, json};

use super::{BOT_ID, BOT_USERNAME};

/// A person (or another bot).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) username: Option<String>,
    pub(crate) language_code: Option<String>,
    pub(crate) is_bot: bool,
}

impl User {
    /// A person whose client tells no language and who has no username.
    pub(crate) fn new(id: i64, first_name: &str) -> Self {
        Self { id, first_name: first_name.to_owned(), username: None, language_code: None, is_bot: false }
    }

    /// The same, with a client in `language` (`"en"`, `"ru"`, `"pt-br"`).
    pub(crate) fn speaking(self, language: &str) -> Self {
        Self { language_code: Some(language.to_owned()), ..self }
    }

    /// The same, with a username (without `@`).
    pub(crate) fn named(self, username: &str) -> Self {
        Self { username: Some(username.to_owned()), ..self }
    }

    /// The same, as a bot.
    pub(crate) fn automated(self) -> Self {
        Self { is_bot: true, ..self }
    }

    /// The bot under test, as it appears in messages.
    pub(crate) fn the_bot(first_name: &str) -> Self {
        Self::new(BOT_ID, first_name).named(BOT_USERNAME).automated()
    }

    /// The account that Telegram shows for group admins who write as the group.
    pub(crate) fn anonymous_admin() -> Self {
        Self::new(1_087_968_824, "Group").named("GroupAnonymousBot").automated()
    }

    /// The account that Telegram shows for people who write as one of their channels.
    pub(crate) fn as_a_channel() -> Self {
        Self::new(136_817_688, "Channel").named("Channel_Bot").automated()
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut user = json!({
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        });
        put(&mut user, "username", self.username.as_deref());
        put(&mut user, "language_code", self.language_code.as_deref());
        user
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
}

/// A place to write to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) kind: ChatKind,
    /// The title; in a private chat, the person's first name.
    pub(crate) title: String,
    /// The public name, without `@`.
    pub(crate) username: Option<String>,
    /// Whether it has topics.
    pub(crate) is_forum: bool,
}

impl Chat {
    /// The private chat with `user`; it has the user's id.
    pub(crate) fn private(user: &User) -> Self {
        Self { username: user.username.clone(), ..Self::new(user.id, ChatKind::Private, &user.first_name) }
    }

    /// A basic group; ids are negative.
    pub(crate) fn group(id: i64, title: &str) -> Self {
        Self::new(id, ChatKind::Group, title)
    }

    /// A supergroup; ids are `-100…`.
    pub(crate) fn supergroup(id: i64, title: &str) -> Self {
        Self::new(id, ChatKind::Supergroup, title)
    }

    /// A supergroup with topics; ids are `-100…`.
    pub(crate) fn forum(id: i64, title: &str) -> Self {
        Self { is_forum: true, ..Self::supergroup(id, title) }
    }

    /// A channel; ids are `-100…`.
    pub(crate) fn channel(id: i64, title: &str) -> Self {
        Self::new(id, ChatKind::Channel, title)
    }

    /// The same, with a public name (without `@`).
    pub(crate) fn named(self, username: &str) -> Self {
        Self { username: Some(username.to_owned()), ..self }
    }

    fn new(id: i64, kind: ChatKind, title: &str) -> Self {
        Self { id, kind, title: title.to_owned(), username: None, is_forum: false }
    }

    /// The word that Telegram's error texts use for this kind of chat.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self.kind {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
            ChatKind::Supergroup => "supergroup",
            ChatKind::Channel => "channel",
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let name_field = match self.kind {
            ChatKind::Private => "first_name",
            ChatKind::Group | ChatKind::Supergroup | ChatKind::Channel => "title",
        };
        let mut chat = json!({ "id": self.id, "type": self.kind_name() });
        put(&mut chat, name_field, Some(&self.title));
        if self.is_forum {
            chat["is_forum"] = json!(true);
        }
        put(&mut chat, "username", self.username.as_deref());
        chat
    }

    /// The fuller form that getChat answers.
    pub(crate) fn to_full_json(&self) -> Value {
        let mut chat = self.to_json();
        chat["accent_color_id"] = json!(0);
        chat["max_reaction_count"] = json!(11);
        chat["accepted_gift_types"] = json!({
            "unlimited_gifts": false,
            "limited_gifts": false,
            "unique_gifts": false,
            "premium_subscription": false,
            "gifts_from_channels": false,
        });
        chat
    }
}

/// What somebody is in a chat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Membership {
    Creator,
    Administrator,
    Member,
    /// In the chat, but not allowed everything there.
    Restricted,
    Left,
    /// Removed; in a private chat, the person blocked the bot.
    Kicked,
}

impl Membership {
    /// A `ChatMember`.
    pub(crate) fn to_json(self, user: &User) -> Value {
        let mut member = match self {
            Self::Creator => json!({ "status": "creator", "is_anonymous": false }),
            Self::Administrator => administrator(),
            Self::Member => json!({ "status": "member" }),
            Self::Restricted => restricted(),
            Self::Left => json!({ "status": "left" }),
            Self::Kicked => json!({ "status": "kicked", "until_date": 0 }),
        };
        member["user"] = user.to_json();
        member
    }

    pub(crate) fn is_in(self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    pub(crate) fn is_admin(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator)
    }
}

/// A member who may not write.
fn restricted() -> Value {
    let mut member = json!({ "status": "restricted", "is_member": true, "until_date": 0 });
    for right in [
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ] {
        member[right] = json!(false);
    }
    member
}

fn administrator() -> Value {
    json!({
        "status": "administrator",
        "is_anonymous": false,
        "can_be_edited": false,
        "can_manage_chat": true,
        "can_change_info": true,
        "can_post_messages": true,
        "can_edit_messages": true,
        "can_delete_messages": true,
        "can_post_stories": false,
        "can_edit_stories": false,
        "can_delete_stories": false,
        "can_manage_video_chats": true,
        "can_invite_users": true,
        "can_restrict_members": true,
        "can_pin_messages": true,
        "can_promote_members": false,
    })
}

fn put(object: &mut Value, field: &str, value: Option<&str>) {
    if let Some(value) = value {
        object[field] = json!(value);
    }
}
