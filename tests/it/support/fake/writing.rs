//! People turn to the bot: updates as Telegram makes them.

use serde_json::{Value, json};

use super::{
    BOT_ID, BOT_USERNAME, FakeTelegram,
    chats::{ChatState, Message},
    content::set,
    draft::{CAPTION, Draft, TEXT, is_media},
    entities::recognise,
    methods::shown_inside,
    people::{Chat, ChatKind, Membership, User},
    sent::Sent,
    setup::bar_for,
    updates::{Pressed, Pushed},
    world::World,
};

impl FakeTelegram {
    /// Sends a message to the chat, and to the bot if its privacy mode lets it through.
    ///
    /// Whoever writes in private lets the bot write back.
    pub(crate) fn write(&self, draft: Draft) -> Pushed {
        self.shared.change(|world| write(world, draft))
    }

    pub(crate) fn private_text(&self, user: &User, text: &str) -> Pushed {
        self.write(Draft::private(user, text))
    }

    pub(crate) fn group_text(&self, chat: &Chat, user: &User, text: &str) -> Pushed {
        self.write(Draft::new(chat, user, text))
    }

    pub(crate) fn channel_post(&self, channel: &Chat, text: &str) -> Pushed {
        self.write(Draft::post(channel, text))
    }

    /// The writer changes the text of a message.
    pub(crate) fn edit_message(&self, pushed: Pushed, text: &str) -> Pushed {
        self.shared.change(|world| {
            let date = world.date();
            let state = world.chats.by_id_mut(pushed.chat_id).expect("the chat was written to");
            let message = state.messages.get_mut(&pushed.message_id).expect("the message was not deleted");
            let entities = recognise(text);
            let [words, marks] = if is_media(&message.json) { CAPTION } else { TEXT };
            message.json[words] = json!(text);
            message.json["edit_date"] = json!(date);
            set(&mut message.json, marks, (!entities.is_empty()).then(|| json!(entities)));
            let json = message.json.clone();
            deliver(world, json, "edited_")
        })
    }

    /// Presses a button under a message of the bot's; the data need not be on it.
    pub(crate) fn press(&self, user: &User, message: &Sent, data: &str) -> Pressed {
        self.shared.change(|world| {
            let query_id = format!("{}", 7_000_000_001 + world.presses.len());
            world.presses.insert(query_id.clone(), true);
            let state = world.chats.by_id_mut(message.chat_id).expect("the bot wrote to the chat");
            let query = json!({
                "id": query_id,
                "from": user.to_json(),
                "message": pressed_message(state, message.message_id),
                "chat_instance": format!("{}", message.chat_id.wrapping_mul(31)),
                "data": data,
            });
            world.log.arrive(message.chat_id);
            let update_id = world.updates.push("callback_query", query);
            Pressed { update_id: update_id.unwrap_or_default(), query_id }
        })
    }

    /// `user` changes the bot's membership of a chat. Gives the number of the update that tells it.
    pub(crate) fn bot_membership(&self, chat: &Chat, user: &User, new: Membership) -> i64 {
        self.shared.change(|world| {
            let date = world.date();
            let bot = world.profile.user();
            let state = world.chats.meet(chat);
            state.meet(user);
            let old = state.bot_membership();
            state.members.insert(BOT_ID, (bot.clone(), new));
            state.barred = bar_for(chat, new);
            if state.barred.is_none() {
                world.log.arrive(chat.id);
            }
            let change = json!({
                "chat": chat.to_json(),
                "from": user.to_json(),
                "date": date,
                "old_chat_member": old.to_json(&bot),
                "new_chat_member": new.to_json(&bot),
            });
            world.updates.push("my_chat_member", change).unwrap_or_default()
        })
    }

    /// Queues any JSON as an update, whatever the bot allows; its `update_id` is kept, if it has one.
    pub(crate) fn raw(&self, update: Value) -> i64 {
        self.shared.change(|world| world.updates.push_raw(update))
    }

    /// Delivers an update of the past once more, under the same number.
    pub(crate) fn again(&self, update_id: i64) {
        self.shared.change(|world| world.updates.push_again(update_id));
    }
}

pub(crate) fn write(world: &mut World, draft: Draft) -> Pushed {
    let mut json = draft.fields;
    json["date"] = json!(world.date());
    let bot = world.profile.user();
    let state = world.chats.meet(&draft.chat);
    json["message_id"] = json!(state.next_message_id());
    json["chat"] = draft.chat.to_json();
    if let Some(user) = &draft.from {
        state.meet(user);
        json["from"] = user.to_json();
    }
    if draft.chat.kind == ChatKind::Private {
        state.barred = None;
        state.members.insert(BOT_ID, (bot, Membership::Member));
    }
    let answered = draft.reply_to.and_then(|id| state.messages.get(&id));
    set(&mut json, "reply_to_message", answered.map(|message| shown_inside(&message.json)));
    state.meet_topic(&json);
    let message_id = json["message_id"].as_i64().unwrap_or_default();
    let message = Message { json: json.clone(), by_bot: false };
    state.messages.insert(message_id, message);
    deliver(world, json, "")
}

/// Queues the update for a message that is in the chat already.
fn deliver(world: &mut World, message: Value, prefix: &str) -> Pushed {
    let chat_id = message["chat"]["id"].as_i64().unwrap_or_default();
    let message_id = message["message_id"].as_i64().unwrap_or_default();
    let reads_all = world.profile.can_read_all_group_messages;
    let state = world.chats.by_id(chat_id);
    let is_post = state.is_some_and(|state| state.chat.kind == ChatKind::Channel);
    let kind = if is_post { "channel_post" } else { "message" };
    let is_seen = reads_all || state.is_some_and(|state| passes_privacy(state, &message));
    let update_id = if is_seen {
        world.log.arrive(chat_id);
        world.updates.push(&format!("{prefix}{kind}"), message)
    } else {
        None
    };
    Pushed { update_id: update_id.unwrap_or_default(), chat_id, message_id, queued: update_id.is_some() }
}

/// Privacy mode: of a group the bot sees commands, replies to it, and service messages; all of it
/// where it is an admin. A mention alone is not delivered, nor is a picture without a command.
fn passes_privacy(state: &ChatState, message: &Value) -> bool {
    let is_group = matches!(state.chat.kind, ChatKind::Group | ChatKind::Supergroup);
    let is_service = message["text"].is_null() && !is_media(message);
    if !is_group || is_service {
        return true;
    }
    let words = message["text"].as_str().or_else(|| message["caption"].as_str()).unwrap_or_default();
    state.bot_membership().is_admin()
        || message["reply_to_message"]["from"]["id"] == json!(BOT_ID)
        || is_command_for_bot(words)
}

fn is_command_for_bot(text: &str) -> bool {
    let command = text.split_whitespace().next().unwrap_or_default();
    let address = command.split_once('@').map_or(BOT_USERNAME, |(_, name)| name);
    text.starts_with('/') && address.eq_ignore_ascii_case(BOT_USERNAME)
}

/// The message under a pressed button; of a deleted one only the place is left.
fn pressed_message(state: &ChatState, message_id: i64) -> Value {
    match state.messages.get(&message_id) {
        Some(message) => message.json.clone(),
        None => json!({ "chat": state.chat.to_json(), "message_id": message_id, "date": 0 }),
    }
}
