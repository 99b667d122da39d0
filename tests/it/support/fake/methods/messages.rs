//! Messages of the bot's: sent, edited, deleted; and presses answered.

use serde_json::{Value, json};

use crate::support::fake::{
    chats::{ChatState, Message},
    choices::Choice,
    content::{Content, keyboard, set},
    entities,
    people::{ChatKind, User},
    refusal::{NOT_MODIFIED, QUERY_TOO_OLD, Refusal},
    sent::Sent,
    violations::MAX_TOAST_CHARS,
    world::World,
};

const MAX_QUOTE_UTF16: usize = 1024;
const MAX_CAPTION_UTF16: usize = 1024;

pub(super) fn send(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let content = Content::parse(call)?;
    put(world, call, content.choices.clone(), |message| content.write_to(message))
}

/// A file of text. The message holds its content, too, for tests to read; Telegram's holds a number to fetch it by.
pub(super) fn send_document(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let mut document = call["document"].clone();
    if document["content"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::bad_request("there is no document in the request"));
    }
    let caption = call["caption"].as_str().unwrap_or_default().to_owned();
    if caption.encode_utf16().count() > MAX_CAPTION_UTF16 {
        return Err(Refusal::bad_request("message caption is too long"));
    }
    entities::check(&caption, &call["caption_entities"])?;
    document["file_id"] = json!("a-file");
    document["file_unique_id"] = json!("a-unique-file");
    put(world, call, Vec::new(), |message| {
        message["document"] = document;
        message["caption"] = json!(caption);
    })
}

/// A new message with what `write` puts into it; `choices` are its buttons in place of the letters.
fn put(
    world: &mut World,
    call: &Value,
    choices: Vec<Vec<Choice>>,
    write: impl FnOnce(&mut Value),
) -> Result<Value, Refusal> {
    let date = world.date();
    let bot = world.profile.user();
    let state = world.chats.writable(call)?;
    if !choices.is_empty() && state.chat.kind != ChatKind::Private {
        return Err(Refusal::bad_request("chats can be requested in private chats only"));
    }
    let topic = state.check_topic(call)?;
    let answered = answered_message(state, call)?;
    let mut message = json!({
        "message_id": state.next_message_id(),
        "chat": state.chat.to_json(),
        "date": date,
    });
    sign(&mut message, state, &bot);
    write(&mut message);
    set(&mut message, "reply_to_message", answered);
    if let Some(thread_id) = topic {
        message["message_thread_id"] = json!(thread_id);
        message["is_topic_message"] = json!(true);
    }
    if call["link_preview_options"].is_object() {
        message["link_preview_options"] = call["link_preview_options"].clone();
    }
    keep(state, &message);
    world.log.sent.push(Sent { choices, ..Sent::of(&message) });
    Ok(message)
}

/// Posts in a channel are the channel's own.
fn sign(message: &mut Value, state: &ChatState, bot: &User) {
    match state.chat.kind {
        ChatKind::Channel => message["sender_chat"] = state.chat.to_json(),
        ChatKind::Private | ChatKind::Group | ChatKind::Supergroup => {
            message["from"] = bot.to_json();
        }
    }
}

fn keep(state: &mut ChatState, message: &Value) {
    let message_id = message["message_id"].as_i64().unwrap_or_default();
    let json = message.clone();
    state.messages.insert(message_id, Message { json, by_bot: true });
}

/// The message that `reply_parameters` names, as it is shown inside the answer.
fn answered_message(state: &ChatState, call: &Value) -> Result<Option<Value>, Refusal> {
    let reply = &call["reply_parameters"];
    let legacy_id = &call["reply_to_message_id"];
    let Some(message_id) = reply["message_id"].as_i64().or_else(|| legacy_id.as_i64()) else {
        return Ok(None);
    };
    if reply["chat_id"].as_i64().is_some_and(|chat| chat != state.chat.id) {
        return Err(Refusal::bad_request("this fake knows no replies to another chat's messages"));
    }
    let Some(answered) = state.messages.get(&message_id) else {
        return match reply["allow_sending_without_reply"] {
            Value::Bool(true) => Ok(None),
            _ => Err(Refusal::bad_request("message to be replied not found")),
        };
    };
    check_quote(&answered.json, &reply["quote"])?;
    Ok(Some(shown_inside(&answered.json)))
}

fn check_quote(answered: &Value, quote: &Value) -> Result<(), Refusal> {
    let Some(quote) = quote.as_str() else {
        return Ok(());
    };
    let text = answered["text"].as_str().unwrap_or_default();
    if quote.encode_utf16().count() > MAX_QUOTE_UTF16 || !text.contains(quote) {
        return Err(Refusal::bad_request("QUOTE_TEXT_INVALID"));
    }
    Ok(())
}

/// A message inside another has no messages inside.
pub(crate) fn shown_inside(message: &Value) -> Value {
    let mut shown = message.clone();
    set(&mut shown, "reply_to_message", None);
    shown
}

pub(super) fn edit_text(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let content = Content::parse(call)?;
    if call["reply_markup"].is_object() && call["reply_markup"].get("inline_keyboard").is_none() {
        return Err(Refusal::bad_request("inline keyboard expected"));
    }
    edit(world, call, |message| content.write_to(message))
}

pub(super) fn edit_keyboard(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let keyboard = keyboard(&call["reply_markup"])?;
    edit(world, call, |message| {
        set(message, "reply_markup", keyboard);
    })
}

fn edit(world: &mut World, call: &Value, change: impl FnOnce(&mut Value)) -> Result<Value, Refusal> {
    let date = world.date();
    let state = world.chats.writable(call)?;
    let message = named_message(state, call, "edit")?;
    if !message.by_bot {
        return Err(Refusal::bad_request("message can't be edited"));
    }
    let mut edited = message.json.clone();
    change(&mut edited);
    if edited == message.json {
        return Err(Refusal::bad_request(NOT_MODIFIED));
    }
    edited["edit_date"] = json!(date);
    message.json = edited.clone();
    Ok(edited)
}

/// A message can be deleted for so long after it was sent, in seconds.
const DELETABLE: i64 = 48 * 60 * 60;

/// Only what is not too old, and of others' messages only where the bot administers the chat.
pub(super) fn delete(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let now = world.date();
    let state = world.chats.writable(call)?;
    let may_delete_any = state.chat.kind == ChatKind::Private || state.bot_membership().is_admin();
    let message = named_message(state, call, "delete")?;
    if !message.by_bot && !may_delete_any {
        return Err(Refusal::bad_request("message can't be deleted"));
    }
    if now - message.json["date"].as_i64().unwrap_or(now) > DELETABLE {
        return Err(Refusal::bad_request("message can't be deleted for everyone"));
    }
    let message_id = message.json["message_id"].as_i64().unwrap_or_default();
    state.messages.remove(&message_id);
    Ok(json!(true))
}

fn named_message<'a>(state: &'a mut ChatState, call: &Value, verb: &str) -> Result<&'a mut Message, Refusal> {
    let message_id = call["message_id"].as_i64().unwrap_or_default();
    state.messages.get_mut(&message_id).ok_or_else(|| Refusal::bad_request(&format!("message to {verb} not found")))
}

/// "Typing…", which shows where a message would.
pub(super) fn act(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    world.chats.writable(call)?.check_topic(call)?;
    Ok(json!(true))
}

/// A group lets its administrators pin; a basic group all its members.
pub(super) fn pin(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let state = world.chats.writable(call)?;
    let may_pin = match state.chat.kind {
        ChatKind::Private | ChatKind::Group => true,
        ChatKind::Supergroup | ChatKind::Channel => state.bot_membership().is_admin(),
    };
    if !may_pin {
        return Err(Refusal::bad_request("not enough rights to manage pinned messages in the chat"));
    }
    let message_id = call["message_id"].as_i64().unwrap_or_default();
    if !state.messages.contains_key(&message_id) {
        return Err(Refusal::bad_request("message to pin not found"));
    }
    state.pinned.retain(|pinned| *pinned != message_id);
    state.pinned.push(message_id);
    Ok(json!(true))
}

pub(super) fn answer_press(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    let toast = call["text"].as_str().unwrap_or_default();
    if toast.chars().count() > MAX_TOAST_CHARS {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    let query_id = call["callback_query_id"].as_str().unwrap_or_default();
    match world.presses.get(query_id) {
        Some(true) => Ok(json!(true)),
        Some(false) | None => Err(Refusal::bad_request(QUERY_TOO_OLD)),
    }
}
