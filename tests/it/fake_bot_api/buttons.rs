//! Buttons and nested formats: each rule broken once, and kept as often.

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::FakeTelegram;

/// What is told of a message with that one button; nothing if it is taken.
async fn told_of(client: &Client, button: &Value) -> Option<String> {
    let markup = json!({ "inline_keyboard": [[button]] });
    let call = json!({ "chat_id": 7, "text": "hi", "reply_markup": markup });
    let (status, answer) = client.call("sendMessage", call).await;
    let told = answer["description"].as_str().map(|told| told.trim_start_matches("Bad Request: ").to_owned());
    assert_eq!(status, if told.is_some() { 400 } else { 200 }, "{button}");
    told
}

#[tokio::test]
async fn a_button_has_a_label_and_one_thing_to_do() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let [data, copied, wrong_url] = ["BUTTON_DATA_INVALID", "BUTTON_COPY_TEXT_INVALID", "inline keyboard button URL"];
    let unallowed = "can't parse inline keyboard button: ";
    let cases = [
        (json!("x"), unallowed),
        (json!({ "text": "", "callback_data": "x" }), "inline keyboard button text must be non-empty"),
        (json!({ "text": " \n", "callback_data": "x" }), "inline keyboard button text must be non-empty"),
        (json!({ "text": "x".repeat(129), "callback_data": "x" }), unallowed),
        (json!({ "text": "x" }), unallowed),
        (json!({ "text": "x", "style": "danger" }), unallowed),
        (json!({ "text": "x", "hologram": "x" }), unallowed),
        (json!({ "text": "x", "callback_data": "x", "url": "https://a.org" }), "BUTTON_TYPE_INVALID"),
        (json!({ "text": "x", "callback_data": "" }), data),
        (json!({ "text": "x", "callback_data": 5 }), data),
        (json!({ "text": "x", "callback_data": "x".repeat(65) }), data),
        (json!({ "text": "x", "callback_data": "я".repeat(33) }), data),
        (json!({ "text": "x", "copy_text": { "text": "" } }), copied),
        (json!({ "text": "x", "copy_text": { "text": "я".repeat(257) } }), copied),
        (json!({ "text": "x", "copy_text": "x" }), copied),
        (json!({ "text": "x", "switch_inline_query": "x".repeat(257) }), data),
        (json!({ "text": "x", "url": "" }), wrong_url),
        (json!({ "text": "x", "url": "nowhere" }), wrong_url),
        (json!({ "text": "x", "url": "https://a..org" }), wrong_url),
        (json!({ "text": "x", "url": "https://a.org/a b" }), wrong_url),
        (json!({ "text": "x", "url": "https://a.org/\u{7}" }), wrong_url),
        (json!({ "text": "x", "url": "javascript:alert(1)" }), wrong_url),
    ];
    for (button, expected) in cases {
        let told = told_of(&client, &button).await;
        assert!(told.as_deref().is_some_and(|told| told.starts_with(expected)), "{button}: {told:?}");
    }
    for button in [
        json!({ "text": "Да", "callback_data": "x" }),
        json!({ "text": "🇰🇬", "callback_data": "я".repeat(32) }),
        json!({ "text": "x".repeat(128), "callback_data": "x".repeat(64) }),
        json!({ "text": "x", "callback_data": "x", "style": "danger" }),
        json!({ "text": "x", "copy_text": { "text": "я".repeat(256) } }),
        json!({ "text": "x", "copy_text": { "text": "1" } }),
        json!({ "text": "x", "switch_inline_query": "" }),
        json!({ "text": "x", "switch_inline_query_current_chat": "x".repeat(256) }),
        json!({ "text": "x", "url": "https://a.org/%D1%8F#:~:text=a%20b" }),
        json!({ "text": "x", "url": "https://пример.рф" }),
        json!({ "text": "x", "url": "tg://user?id=7" }),
    ] {
        assert_eq!(told_of(&client, &button).await, None, "{button}");
    }
}

/// The kinds in the order of their spans, in the text `"a 😀 b"`.
fn entities(kinds: &[(&str, usize, usize)]) -> Value {
    let entity = |(kind, offset, length): &(&str, usize, usize)| {
        let (url, user) = ("https://a.org", json!({ "id": 7 }));
        json!({ "type": kind, "offset": offset, "length": length, "url": url, "user": user })
    };
    kinds.iter().map(entity).collect()
}

#[tokio::test]
async fn formats_nest_as_the_documentation_allows() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let call = |kinds: &[(&str, usize, usize)]| json!({ "chat_id": 7, "text": "a 😀 b", "entities": entities(kinds) });
    for kinds in [
        [("bold", 0, 6), ("bold", 0, 1)],
        [("blockquote", 0, 6), ("expandable_blockquote", 2, 2)],
        [("code", 0, 6), ("bold", 2, 2)],
        [("pre", 0, 6), ("text_link", 2, 2)],
        [("bold", 0, 6), ("code", 2, 2)],
        [("text_link", 0, 6), ("code", 2, 2)],
        [("text_link", 0, 6), ("text_mention", 2, 2)],
        [("text_link", 0, 6), ("blockquote", 2, 2)],
        [("italic", 0, 4), ("bold", 2, 4)],
    ] {
        let refused = client.refused("sendMessage", call(&kinds)).await;
        assert_eq!(refused, (400, "Bad Request: ENTITY_BOUNDS_INVALID".to_owned()), "{kinds:?}");
    }
    for kinds in [
        [("bold", 0, 6), ("italic", 0, 6)],
        [("blockquote", 0, 6), ("text_link", 2, 2)],
        [("blockquote", 0, 6), ("pre", 2, 2)],
        [("bold", 0, 6), ("text_link", 2, 2)],
        [("text_link", 0, 6), ("spoiler", 2, 2)],
        [("bold", 0, 6), ("blockquote", 0, 6)],
        [("text_link", 0, 6), ("expandable_blockquote", 0, 6)],
        [("bold", 0, 2), ("bold", 2, 4)],
        [("code", 0, 2), ("blockquote", 2, 4)],
    ] {
        client.ok("sendMessage", call(&kinds)).await;
    }
    assert_eq!(fake.sent_to(7).len(), 9);
}
