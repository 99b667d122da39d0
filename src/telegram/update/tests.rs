//! What is read of an update, and what is not: as many silences as answers.

use serde_json::json;

use super::*;

const SENT: i64 = 1_795_000_000;

fn me() -> Me {
    Me {
        id: UserRef(99),
        username: "quote_bot".into(),
        can_read_all_group_messages: false,
        supports_inline_queries: false,
    }
}

fn received() -> Timestamp {
    Timestamp::from_second(SENT + 60).unwrap()
}

/// A message of a person in a private chat, with `parts` put over it; null takes a part away.
fn message(parts: Value) -> Value {
    let mut message = json!({
        "message_id": 5, "date": SENT, "text": "what",
        "chat": { "id": 7, "type": "private", "first_name": "A" },
        "from": { "id": 7, "is_bot": false, "first_name": "A", "language_code": "ru-RU" },
    });
    let Value::Object(parts) = parts else { panic!("not an object") };
    for (key, value) in parts {
        message[key] = value;
    }
    message.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    message
}

fn in_group(parts: Value) -> Value {
    let mut message = message(parts);
    message["chat"] = json!({ "id": -100, "type": "supergroup", "title": "G", "is_forum": true });
    message
}

fn read_message(message: &Value) -> Option<Incoming> {
    read(&json!({ "message": message, "update_id": 1 }).to_string(), &me(), received())
}

fn text(words: &str) -> What {
    What::Text(words.to_owned())
}

fn command(name: &str, rest: &str) -> What {
    What::Command { name: name.to_owned(), rest: rest.to_owned() }
}

#[test]
fn a_private_text_is_read_whole() {
    assert_eq!(
        read_message(&message(json!({}))),
        Some(Incoming {
            chat: ChatRef { id: 7, thread: None },
            kind: ChatKind::Private,
            title: None,
            from: Some(UserRef(7)),
            standing: Standing::Own,
            interface: Some(Language::Russian),
            message: Some(MessageId(5)),
            sent: Timestamp::from_second(SENT).unwrap(),
            replied: None,
            address: Address::Personal,
            what: text("what"),
        })
    );
}

#[test]
fn whatever_a_person_sends_in_private_is_answered() {
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    for (parts, what) in [
        (json!({ "text": "/ask  why " }), command("ask", "why")),
        (json!({ "text": "/ask@other_bot why" }), command("ask", "why")),
        (json!({ "text": "" }), text("")),
        (json!({ "text": null, "photo": photo }), What::Unreadable),
        (json!({ "text": null, "photo": photo, "caption": "/ask why" }), command("ask", "why")),
        (json!({ "text": null, "hologram": {} }), What::Unreadable),
        (json!({ "text": null, "dice": { "emoji": "🎲", "value": 1 } }), What::Unreadable),
        (json!({ "via_bot": { "id": 1, "is_bot": true, "first_name": "other" } }), text("what")),
        (json!({ "forward_origin": { "type": "hidden_user", "sender_user_name": "B", "date": 1 } }), text("what")),
    ] {
        assert_eq!(read_message(&message(parts.clone())).map(|incoming| incoming.what), Some(what), "{parts}");
    }
}

#[test]
fn in_a_group_only_what_is_addressed_to_the_bot_is_read() {
    let of = |id: i64| {
        json!({ "message_id": 4, "date": 1, "chat": { "id": -100, "type": "supergroup" },
        "from": { "id": id, "is_bot": true, "first_name": "x" }, "text": "earlier" })
    };
    let mention = json!([{ "type": "mention", "offset": 0, "length": 10 }]);
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    for (parts, read) in [
        (json!({ "text": "/ask why" }), Some((command("ask", "why"), Address::Open))),
        (json!({ "text": "/ask@QUOTE_bot why" }), Some((command("ask", "why"), Address::Personal))),
        (json!({ "text": "/ask why", "reply_to_message": of(99) }), Some((command("ask", "why"), Address::Personal))),
        (json!({ "reply_to_message": of(99) }), Some((text("what"), Address::Personal))),
        (json!({ "text": "@quote_bot why", "entities": mention }), Some((text("why"), Address::Personal))),
        (
            json!({ "text": "@quote_bot /ask why", "entities": mention }),
            Some((command("ask", "why"), Address::Personal)),
        ),
        (
            json!({ "text": null, "photo": photo, "caption": "@quote_bot why", "caption_entities": mention }),
            Some((text("why"), Address::Personal)),
        ),
        (json!({}), None),
        (json!({ "text": "/ask@other_bot why" }), None),
        (json!({ "text": "/ask@other_bot why", "reply_to_message": of(99) }), None),
        (json!({ "text": "/ why" }), None),
        (json!({ "reply_to_message": of(98) }), None),
        (json!({ "text": "@quote_bot why" }), None),
        (json!({ "text": "@other_bot why", "entities": mention }), None),
        (json!({ "text": null, "photo": photo }), None),
        (json!({ "text": null, "photo": photo, "reply_to_message": of(99) }), None),
    ] {
        let found = read_message(&in_group(parts.clone())).map(|incoming| (incoming.what, incoming.address));
        assert_eq!(found, read, "{parts}");
    }
}

#[test]
fn who_writes_as_a_chat_has_no_number_and_machines_are_not_heard() {
    let bot = |id: i64, name: &str| json!({ "id": id, "is_bot": true, "first_name": name });
    let chat = |id: i64, kind: &str| json!({ "id": id, "type": kind, "title": "T" });
    for (parts, from) in [
        (json!({}), Some(Some(UserRef(7)))),
        (json!({ "from": bot(1_087_968_824, "Group"), "sender_chat": chat(-100, "supergroup") }), Some(None)),
        (json!({ "from": bot(136_817_688, "Channel"), "sender_chat": chat(-200, "channel") }), Some(None)),
        (json!({ "from": null, "sender_chat": chat(-100, "supergroup") }), Some(None)),
        (json!({ "from": bot(55, "Other") }), None),
        (json!({ "from": bot(99, "Own"), }), None),
        (json!({ "via_bot": bot(99, "Own") }), None),
        (
            json!({ "from": { "id": 777_000, "is_bot": false, "first_name": "Telegram" }, "is_automatic_forward": true,
                "sender_chat": chat(-200, "channel") }),
            None,
        ),
    ] {
        let mut addressed = in_group(parts.clone());
        addressed["text"] = "/ask why".into();
        assert_eq!(read_message(&addressed).map(|incoming| incoming.from), from, "{parts}");
    }
}

#[test]
fn a_thread_counts_only_in_a_forum() {
    for (parts, thread) in [
        (json!({ "message_thread_id": 3, "is_topic_message": true }), Some(3)),
        (json!({ "message_thread_id": 3 }), None),
        (json!({}), None),
    ] {
        let mut addressed = in_group(parts);
        addressed["text"] = "/ask why".into();
        assert_eq!(read_message(&addressed).unwrap().chat, ChatRef { id: -100, thread });
    }
}

#[test]
fn what_is_no_message_of_a_person_to_the_bot_is_nothing() {
    let service = json!({ "text": null, "new_chat_title": "T" });
    let pinned = json!({ "text": null, "pinned_message": { "message_id": 1, "date": 1, "text": "x", "external_reply": {},
        "chat": { "id": 7, "type": "private" } } });
    for update in [
        json!({ "update_id": 1, "message": message(service.clone()) }),
        json!({ "update_id": 1, "message": in_group(service) }),
        json!({ "update_id": 1, "message": message(pinned) }),
        json!({ "update_id": 1, "message": message(json!({ "text": null, "migrate_to_chat_id": -1001 })) }),
        json!({ "update_id": 1, "message": message(json!({ "chat": { "id": -1, "type": "channel" } })) }),
        json!({ "update_id": 1, "message": message(json!({ "chat": { "id": -1, "type": "moon" } })) }),
        json!({ "update_id": 1, "message": message(json!({ "date": null })) }),
        json!({ "update_id": 1, "edited_message": message(json!({})) }),
        json!({ "update_id": 1, "channel_post": message(json!({})) }),
        json!({ "update_id": 1, "guest_message": message(json!({})) }),
        json!({ "update_id": 1, "inline_query": { "id": "1", "query": "what" } }),
        json!({ "update_id": 1, "inline_query": "what" }),
        json!({ "update_id": 1, "chosen_inline_result": { "result_id": "1", "from": { "id": 3 }, "query": "" } }),
        json!({}),
    ] {
        assert_eq!(read(&update.to_string(), &me(), received()), None, "{update}");
    }
    for raw in ["", "null", "[]", "{\"message\":", "\u{0}"] {
        assert_eq!(read(raw, &me(), received()), None, "{raw:?}");
    }
}

#[test]
fn a_press_carries_its_payload_and_the_message_under_it() {
    let from = json!({ "id": 7, "is_bot": false, "first_name": "A", "language_code": "en" });
    let chat = json!({ "id": -100, "type": "supergroup", "title": "G" });
    let under = json!({ "message_id": 5, "date": SENT, "text": "long", "chat": chat,
        "message_thread_id": 3, "is_topic_message": true, "from": { "id": 99, "is_bot": true, "first_name": "x" },
        "reply_markup": { "inline_keyboard": [[{ "text": "x", "teleport": 1 }]] } });
    let old = json!({ "message_id": 5, "date": 0, "chat": { "id": 7, "type": "private" } });
    let press = |parts: Value| {
        let mut query = json!({ "id": "q1", "from": from, "chat_instance": "1", "data": "p:abc", "message": under });
        for (key, value) in parts.as_object().unwrap() {
            query[key] = value.clone();
        }
        query.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        read(&json!({ "update_id": 1, "callback_query": query }).to_string(), &me(), received())
    };
    let pressed = press(json!({})).unwrap();
    assert_eq!(
        pressed,
        Incoming {
            chat: ChatRef { id: -100, thread: Some(3) },
            kind: ChatKind::Group,
            title: Title::clean("G"),
            from: Some(UserRef(7)),
            standing: Standing::Own,
            interface: Some(Language::English),
            message: Some(MessageId(5)),
            sent: received(),
            replied: None,
            address: Address::Personal,
            what: What::Press { payload: Payload::new("p:abc").unwrap(), press: PressRef("q1".into()), asked: None },
        }
    );
    let under_old = press(json!({ "message": old })).unwrap();
    assert_eq!((under_old.chat.id, under_old.kind, under_old.message), (7, ChatKind::Private, Some(MessageId(5))));
    for nothing in [
        json!({ "message": null, "inline_message_id": "i" }),
        json!({ "data": null, "game_short_name": "g" }),
        json!({ "data": "" }),
        json!({ "from": null }),
    ] {
        assert_eq!(press(nothing.clone()), None, "{nothing}");
    }
}

#[test]
fn a_lane_is_the_chat_else_the_sender() {
    for (update, expected) in [
        (json!({ "update_id": 1, "message": message(json!({})) }), 7),
        (json!({ "update_id": 1, "my_chat_member": { "chat": { "id": -5 }, "from": { "id": 3 } } }), -5),
        (json!({ "update_id": 1, "callback_query": { "from": { "id": 3 }, "message": { "chat": { "id": -6 } } } }), -6),
        (json!({ "update_id": 1, "callback_query": { "from": { "id": 3 }, "inline_message_id": "i" } }), 3),
        (
            json!({ "update_id": 1, "inline_query": { "id": "1", "from": { "id": 3 }, "query": "what", "offset": "" } }),
            3,
        ),
        (json!({ "update_id": 1, "new_kind": { "chat": { "id": "odd" } } }), 0),
        (json!({ "update_id": 1 }), 0),
        (json!([]), 0),
    ] {
        assert_eq!(lane(&update), expected, "{update}");
    }
}
