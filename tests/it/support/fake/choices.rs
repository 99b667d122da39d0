//! Keyboards in place of the letters: buttons that ask a person for one of their chats.

use serde_json::{Value, json};

use super::{
    BOT_ID, FakeTelegram,
    draft::Draft,
    people::{Chat, ChatKind, Membership, User},
    refusal::Refusal,
    sent::Sent,
    updates::Pushed,
    writing::write,
};

const RIGHTS: &[&str] = &[
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
];
const OPTIONS: &[&str] = &["is_persistent", "resize_keyboard", "one_time_keyboard", "selective"];
const FLAGS: &[&str] = &[
    "chat_is_forum",
    "chat_has_username",
    "chat_is_created",
    "bot_is_member",
    "request_title",
    "request_username",
    "request_photo",
];

/// A button that asks for a chat.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    pub(crate) label: String,
    /// `KeyboardButtonRequestChat`.
    pub(crate) request: Value,
}

/// The rows of a `keyboard`; none for another kind of markup.
///
/// # Errors
///
/// 400 for one that is malformed.
pub(crate) fn check(markup: &Value) -> Result<Vec<Vec<Choice>>, Refusal> {
    let Some(rows) = markup.get("keyboard") else { return Ok(Vec::new()) };
    if let Some(option) = OPTIONS.iter().find(|option| !is_flag(&markup[**option])) {
        return Err(Refusal::bad_request(&format!("field \"{option}\" must be of type Boolean")));
    }
    let malformed = || Refusal::bad_request("field \"keyboard\" must be an Array of Arrays");
    let rows = rows.as_array().ok_or_else(malformed)?;
    rows.iter().map(|row| row.as_array().ok_or_else(malformed)?.iter().map(choice).collect()).collect()
}

fn choice(button: &Value) -> Result<Choice, Refusal> {
    let label = button["text"].as_str().unwrap_or_default();
    if label.is_empty() {
        return Err(unparsed("keyboard button text must be non-empty"));
    }
    let request = &button["request_chat"];
    if !request.is_object() {
        // The bot has no other kind; one that slips in is a mistake.
        return Err(unparsed("this fake knows only request_chat"));
    }
    if request["request_id"].as_i64().is_none_or(|id| i32::try_from(id).is_err()) {
        return Err(unparsed("field \"request_id\" must be a valid Number"));
    }
    if !request["chat_is_channel"].is_boolean() {
        return Err(unparsed("field \"chat_is_channel\" must be of type Boolean"));
    }
    if let Some(flag) = FLAGS.iter().find(|flag| !is_flag(&request[**flag])) {
        return Err(unparsed(&format!("field \"{flag}\" must be of type Boolean")));
    }
    let (persons, bots) =
        (rights(&request["user_administrator_rights"])?, rights(&request["bot_administrator_rights"])?);
    if !bots.iter().all(|right| persons.contains(right)) {
        return Err(unparsed("bot administrator rights must be a subset of user administrator rights"));
    }
    Ok(Choice { label: label.to_owned(), request: request.clone() })
}

/// The rights that are asked for.
fn rights(rights: &Value) -> Result<Vec<&'static str>, Refusal> {
    if let Some(unknown) = rights
        .as_object()
        .into_iter()
        .flatten()
        .find(|(name, value)| !RIGHTS.contains(&name.as_str()) || !is_flag(value))
    {
        return Err(unparsed(&format!("field \"{}\" is no right", unknown.0)));
    }
    Ok(RIGHTS.iter().filter(|right| rights[**right] == json!(true)).copied().collect())
}

fn is_flag(value: &Value) -> bool {
    value.is_null() || value.is_boolean()
}

fn unparsed(reason: &str) -> Refusal {
    Refusal::bad_request(&format!("can't parse keyboard button: {reason}"))
}

impl FakeTelegram {
    /// `user` presses the button of that label under the letters and chooses `chat`. Where the request says so, the app
    /// lets the bot in first. Like the app it offers only chats of that kind that the person administers; a person with
    /// an app of their own sends what they like, see [`FakeTelegram::share_chat`].
    ///
    /// # Panics
    ///
    /// If there is no such button, or the app would not offer the chat.
    pub(crate) fn choose_chat(&self, user: &User, message: &Sent, label: &str, chat: &Chat) -> Pushed {
        let request = message.request_of(label).clone();
        assert_eq!(
            request["chat_is_channel"],
            json!(chat.kind == ChatKind::Channel),
            "not offered: another kind of chat"
        );
        self.shared.change(|world| {
            let bot = world.profile.user();
            let state = world.chats.meet(chat);
            let standing = state.members.get(&user.id).map_or(Membership::Left, |(_, membership)| *membership);
            let asks_for_rights = request["user_administrator_rights"].is_object();
            assert!(!asks_for_rights || standing.is_admin(), "not offered: {} does not administer it", user.first_name);
            let known = state.bot_membership();
            if request["bot_administrator_rights"].is_object() && !known.is_admin() {
                state.members.insert(BOT_ID, (bot, Membership::Administrator));
            } else if request["bot_is_member"] == json!(true) && !known.is_in() {
                state.members.insert(BOT_ID, (bot, Membership::Member));
            } else {
                return;
            }
            state.barred = None;
            world.log.arrive(chat.id);
        });
        self.share_chat(user, request["request_id"].as_i64().unwrap_or_default(), chat)
    }

    /// The service message of a chosen chat, whoever sends it and whatever the chat is.
    pub(crate) fn share_chat(&self, user: &User, request_id: i64, chat: &Chat) -> Pushed {
        // An app tells a title because the bot's request asks for it; every request of the bot's does.
        let shared = json!({ "request_id": request_id, "chat_id": chat.id, "title": chat.title });
        self.shared.change(|world| {
            write(world, Draft::private(user, "").with("text", Value::Null).with("chat_shared", shared))
        })
    }
}
