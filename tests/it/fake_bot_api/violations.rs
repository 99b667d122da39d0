//! The judge sees what a right bot would not have done, and nothing else.

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::{FakeTelegram, Fault};

/// Calls sendMessage to Ann, whatever comes of it.
async fn attempt(client: &Client, more: Value) {
    let mut call = json!({ "chat_id": 7, "text": "hi" });
    call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.call("sendMessage", call).await;
}

/// What the judge says of one message to Ann.
async fn told_of(more: Value) -> Vec<String> {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    attempt(&Client::of(&fake), more).await;
    fake.violations()
}

fn entity(kind: &str, offset: usize, length: usize) -> Value {
    json!([{ "type": kind, "offset": offset, "length": length, "url": "https://a.org" }])
}

#[tokio::test]
async fn what_is_ill_formed_altered_or_spoiled_is_a_violation() {
    let family = "👨\u{200d}👩\u{200d}👧";
    let many = |n: usize| Value::from_iter((0..n).map(|at| json!({ "type": "bold", "offset": 2 * at, "length": 1 })));
    let (long, toast) = ("x ".repeat(120) + "x", "x".repeat(201));
    let cases = [
        (json!({ "parse_mode": "HTML" }), "parse_mode used"),
        (
            json!({ "reply_parameters": { "message_id": 1, "quote": "stop", "quote_parse_mode": "HTML" } }),
            "quote_parse_mode used",
        ),
        (json!({ "text": "" }), "Bad Request: message text is empty"),
        (json!({ "text": "x".repeat(4097) }), "Bad Request: message is too long"),
        (json!({ "text": "hi\n" }), "Telegram would trim the text"),
        (json!({ "text": "a\u{202e}b" }), "Telegram would replace or drop '\\u{202e}' in the text"),
        (
            json!({ "reply_markup": { "inline_keyboard": [[{ "text": "x" }]] } }),
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (json!({ "text": "\u{301}a" }), "the text begins with the end of a character"),
        (json!({ "text": "\u{1f3fd} a" }), "the text begins with the end of a character"),
        (json!({ "text": "👨\u{200d}" }), "the text ends within a character"),
        (json!({ "text": "a 🇰" }), "the text has half a flag"),
        (json!({ "text": "e\u{301}a", "entities": entity("bold", 0, 1) }), "an entity that begins or ends within"),
        (json!({ "text": family, "entities": entity("bold", 0, 2) }), "an entity that begins or ends within"),
        (json!({ "text": "🇰🇬", "entities": entity("bold", 2, 2) }), "an entity that begins or ends within"),
        (json!({ "text": "a \n b", "entities": entity("bold", 1, 3) }), "an entity of nothing but white space"),
        (json!({ "text": long, "entities": many(101) }), "101 entities, of which 100 would be kept"),
        (json!({ "entities": entity("text_link", 0, 2) }), "a link, and its preview is not off"),
        (json!({ "text": "see https://a.org" }), "a link, and its preview is not off"),
        (
            json!({ "text": "see https://a.org", "link_preview_options": { "is_disabled": false } }),
            "a link, and its preview is not off",
        ),
        (json!({ "reply_parameters": { "message_id": 99 } }), "Bad Request: "),
        (
            json!({ "reply_parameters": { "message_id": 99, "allow_sending_without_reply": true } }),
            "a reply to message 99, which never was",
        ),
        (json!({ "message_thread_id": 5 }), "a message in topic 5, which never was"),
    ];
    for (more, expected) in cases {
        let told = told_of(more.clone()).await;
        // What a message that was refused says is not read further than to its first fault.
        let expected = match expected {
            "Bad Request: " => "a reply to message 99, which never was",
            expected => expected,
        };
        assert_eq!(told.len(), 1, "{more}: {told:?}");
        assert!(told[0].starts_with(&format!("#1 sendMessage: {expected}")), "{more}: {told:?}");
    }

    let fake = FakeTelegram::start().await;
    ann(&fake);
    Client::of(&fake).refused("answerCallbackQuery", json!({ "callback_query_id": "1", "text": toast })).await;
    assert_eq!(fake.violations(), ["#1 answerCallbackQuery: an answer to a press of more than 200 characters"]);
}

#[tokio::test]
async fn what_is_well_formed_is_no_violation() {
    let off = json!({ "is_disabled": true });
    let family = "👨\u{200d}👩\u{200d}👧";
    let many = Value::from_iter((0..100).map(|at| json!({ "type": "bold", "offset": 2 * at, "length": 1 })));
    let cases = [
        json!({}),
        json!({ "text": "two\nlines — “quoted” […]" }),
        json!({ "chat_id": 8 }),
        json!({ "text": "x".repeat(4096) }),
        json!({ "text": "😀".repeat(2048) }),
        json!({ "text": "е\u{301} a" }),
        json!({ "text": "👍\u{1f3fd} a" }),
        json!({ "text": family, "entities": entity("bold", 0, 8) }),
        json!({ "text": "a 🇰🇬", "entities": entity("bold", 2, 4) }),
        json!({ "text": "e\u{301}a", "entities": entity("bold", 0, 2) }),
        json!({ "text": "a \n b", "entities": entity("bold", 0, 5) }),
        json!({ "text": "x ".repeat(120) + "x", "entities": many }),
        json!({ "entities": entity("text_link", 0, 2), "link_preview_options": off }),
        json!({ "text": "see https://a.org", "link_preview_options": off }),
        json!({ "text": "either.or" }),
        json!({ "reply_parameters": { "message_id": 1 } }),
        json!({ "reply_markup": { "inline_keyboard": [[{ "text": "x", "callback_data": "я".repeat(32) }]] } }),
    ];
    for more in cases {
        assert_eq!(told_of(more.clone()).await, [""; 0], "{more}");
    }

    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    client.send(7, "hi").await;
    let pressed = fake.press(&ann, &fake.sent_to(7)[0], "x");
    client.ok("answerCallbackQuery", json!({ "callback_query_id": pressed.query_id, "text": "я".repeat(200) })).await;
    // What was answered may be gone by now.
    client.ok("deleteMessage", json!({ "chat_id": 7, "message_id": 1 })).await;
    attempt(&client, json!({ "reply_parameters": { "message_id": 1, "allow_sending_without_reply": true } })).await;
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_call_into_a_freeze_is_a_violation_for_its_chat_only() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    fake.fault("sendMessage", Fault::TooManyRequests { retry_after: Some(600) });
    attempt(&client, json!({})).await;
    attempt(&client, json!({ "chat_id": 8 })).await;
    client.ok("getChat", json!({ "chat_id": 7 })).await;
    assert_eq!(fake.violations(), [] as [String; 0]);
    attempt(&client, json!({})).await;
    let violations = fake.violations();
    assert_eq!(violations.len(), 1);
    assert!(violations[0].starts_with("#4 sendMessage: "), "{violations:?}");
    assert!(violations[0].ends_with("into the freeze of 600 s told by #1"), "{violations:?}");
}

#[tokio::test]
async fn a_freeze_that_is_over_or_has_no_length_forbids_nothing() {
    for retry_after in [None, Some(0)] {
        let fake = FakeTelegram::start().await;
        ann(&fake);
        let client = Client::of(&fake);
        fake.fault("sendMessage", Fault::TooManyRequests { retry_after });
        attempt(&client, json!({})).await;
        attempt(&client, json!({})).await;
        assert_eq!(fake.violations(), [] as [String; 0]);
    }
}

#[tokio::test]
async fn a_call_after_a_403_is_a_violation_until_somebody_writes() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    fake.block(&ann);
    attempt(&client, json!({})).await;
    assert_eq!(fake.violations(), [] as [String; 0]);
    attempt(&client, json!({})).await;
    assert_eq!(fake.violations(), ["#2 sendMessage: after the 403 of #1"]);
    fake.private_text(&ann, "back");
    attempt(&client, json!({})).await;
    assert_eq!(fake.violations().len(), 1);
}

#[tokio::test]
#[should_panic(expected = "#1 +0.000 s getMe {}\n    accepted, shown: 200 {\"ok\":true")]
async fn a_wait_that_runs_out_shows_the_log() {
    let fake = FakeTelegram::start().await;
    Client::of(&fake).ok("getMe", json!({})).await;
    fake.wait_for(|_| false, std::time::Duration::ZERO).await;
}
