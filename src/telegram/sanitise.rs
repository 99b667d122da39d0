//! Cuts an update down to the parts that are read, before teloxide's types see it.
//!
//! Those types know the Bot API 9.1, and a message with one part they cannot read becomes an empty message: a reader
//! who quotes a channel post, or whose text holds a date, would be met with silence. So only known parts are passed on,
//! instead of taking unknown ones away: what Telegram adds tomorrow is not passed on either.

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// What is kept of a message whoever sent it, besides what it says.
const ENVELOPE: [&str; 5] = ["message_id", "message_thread_id", "date", "is_topic_message", "is_automatic_forward"];

/// Parts of a message without words that are never read, and of which some do not parse.
const UNREAD: [&str; 6] =
    ["external_reply", "quote", "reply_markup", "reply_to_story", "reply_to_message", "forward_origin"];

/// The update as teloxide can read it; `None` if it is of a kind that the bot does not read.
pub(super) fn sanitise(update: &Value) -> Option<Value> {
    if let Some(message) = update.get("message").and_then(Value::as_object) {
        return Some(json!({ "update_id": 0, "message": said(message) }));
    }
    let query = update.get("callback_query").and_then(Value::as_object)?;
    Some(json!({ "update_id": 0, "callback_query": pressed(query) }))
}

/// A message with words (a caption is as good as a text) becomes a text message; one without keeps its content, so
/// that a photo can be told from a service message.
fn said(message: &Object) -> Object {
    let words = ["text", "caption"].into_iter().find(|&key| message.get(key).is_some_and(Value::is_string));
    let mut kept = match words {
        Some(words) => {
            let mut kept = pick(message, &ENVELOPE);
            kept.insert("text".to_owned(), message[words].clone());
            let entities = if words == "text" { "entities" } else { "caption_entities" };
            kept.insert("entities".to_owned(), mentions(message.get(entities)));
            kept
        }
        None => {
            let mut kept = message.clone();
            kept.retain(|key, _| !UNREAD.contains(&key.as_str()));
            if let Some(pinned) = message.get("pinned_message").and_then(Value::as_object) {
                kept.insert("pinned_message".to_owned(), bare(pinned).into());
            }
            kept
        }
    };
    insert_people(&mut kept, message);
    if let Some(replied) = message.get("reply_to_message").and_then(Value::as_object).filter(|_| words.is_some()) {
        kept.insert("reply_to_message".to_owned(), bare(replied).into());
    }
    kept
}

fn pressed(query: &Object) -> Object {
    let mut kept = pick(query, &["id", "data"]);
    kept.insert("chat_instance".to_owned(), "".into());
    if let Some(from) = query.get("from").and_then(Value::as_object) {
        kept.insert("from".to_owned(), user(from).into());
    }
    if let Some(message) = query.get("message").and_then(Value::as_object) {
        kept.insert("message".to_owned(), bare(message).into());
    }
    kept
}

/// A message of which only is asked which one it is, where, and whose.
fn bare(message: &Object) -> Object {
    let mut kept = pick(message, &ENVELOPE);
    insert_people(&mut kept, message);
    kept
}

fn insert_people(kept: &mut Object, message: &Object) {
    for (key, cut) in
        [("from", user as fn(&Object) -> Object), ("via_bot", user), ("chat", chat), ("sender_chat", sender_chat)]
    {
        if let Some(found) = message.get(key).and_then(Value::as_object) {
            kept.insert(key.to_owned(), cut(found).into());
        }
    }
}

fn user(user: &Object) -> Object {
    pick(user, &["id", "is_bot", "first_name", "username", "language_code"])
}

fn chat(chat: &Object) -> Object {
    let mut kept = pick(chat, &["id", "type"]);
    kept.extend(chat.get("title").filter(|title| title.is_string()).map(|title| ("title".to_owned(), title.clone())));
    kept
}

/// Only its number is read, and so its type may be any.
fn sender_chat(chat: &Object) -> Object {
    let mut kept = pick(chat, &["id"]);
    kept.insert("type".to_owned(), "channel".into());
    kept
}

/// Mentions are the only entities that are read.
fn mentions(entities: Option<&Value>) -> Value {
    let entities = entities.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    entities
        .iter()
        .filter_map(Value::as_object)
        .filter(|entity| entity.get("type").is_some_and(|kind| kind == "mention"))
        .filter(|entity| ["offset", "length"].iter().all(|&key| entity.get(key).is_some_and(Value::is_u64)))
        .map(|entity| pick(entity, &["type", "offset", "length"]))
        .collect()
}

fn pick(object: &Object, keys: &[&str]) -> Object {
    keys.iter().filter_map(|&key| Some((key.to_owned(), object.get(key)?.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use teloxide::types::{Update, UpdateKind};

    use super::*;

    /// The words of the message as teloxide reads it after the cut; `None` where it reads none.
    fn words(message: &Value) -> Option<String> {
        let cut = sanitise(&json!({ "update_id": 1, "message": message }))?;
        match serde_json::from_str::<Update>(&cut.to_string()).unwrap().kind {
            UpdateKind::Message(message) => message.text().map(str::to_owned),
            other => panic!("{other:?}"),
        }
    }

    fn with(part: &Value) -> Value {
        let mut message = json!({
            "message_id": 5, "date": 1_795_000_000, "text": "what",
            "chat": { "id": 7, "type": "private", "first_name": "A" },
            "from": { "id": 7, "is_bot": false, "first_name": "A" },
        });
        for (key, value) in part.as_object().unwrap() {
            message[key] = value.clone();
        }
        message
    }

    #[test]
    fn no_part_that_teloxide_cannot_read_swallows_the_words() {
        let button = json!([[{ "text": "x", "teleport": {} }]]);
        for part in [
            json!({ "external_reply": { "origin": { "type": "channel", "chat": { "id": -1, "type": "channel" } } } }),
            json!({ "external_reply": {}, "quote": { "text": "a post" } }),
            json!({ "entities": [{ "type": "date_time", "offset": 0, "length": 4, "unix_time": 1 }] }),
            json!({ "entities": [{ "type": "text_link", "offset": 0, "length": 4, "url": "http://[" }] }),
            json!({ "entities": [{ "type": "mention" }, { "offset": 1 }, "odd"] }),
            json!({ "entities": {} }),
            json!({ "reply_markup": { "inline_keyboard": button } }),
            json!({ "forward_origin": { "type": "moon" } }),
            json!({ "reply_to_message": { "message_id": 1, "date": 0, "chat": { "id": 7, "type": "private" }, "text": "q",
                "entities": [{ "type": "date_time", "offset": 0, "length": 1 }], "reply_markup": { "inline_keyboard": button } } }),
            json!({ "sender_chat": { "id": -3, "type": "moon" } }),
            json!({ "rich_message": { "blocks": [] }, "new_part": [1] }),
            json!({ "via_bot": { "id": 1, "is_bot": true, "first_name": "b", "new": {} } }),
        ] {
            let message = with(&part);
            assert_eq!(words(&message).as_deref(), Some("what"), "{part}");
        }
    }

    #[test]
    fn a_caption_is_as_good_as_a_text() {
        let mut message = with(&json!({ "caption": "what", "photo": [{ "new": "shape" }] }));
        message.as_object_mut().unwrap().remove("text");
        assert_eq!(words(&message).as_deref(), Some("what"));
    }

    #[test]
    fn what_the_bot_does_not_read_is_not_passed_on() {
        for update in [
            json!({ "update_id": 1, "guest_message": with(&json!({})) }),
            json!({ "update_id": 1, "edited_message": with(&json!({})) }),
            json!({ "update_id": 1, "channel_post": with(&json!({})) }),
            json!({ "update_id": 1, "my_chat_member": { "chat": { "id": 7, "type": "private" } } }),
            json!({ "update_id": 1, "message": "text" }),
            json!({ "update_id": 1 }),
            json!([1]),
            json!(null),
        ] {
            assert_eq!(sanitise(&update), None, "{update}");
        }
    }
}
