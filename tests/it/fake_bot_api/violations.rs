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

#[tokio::test]
async fn ill_formed_and_altered_messages_are_violations() {
    let cases = [
        (json!({}), None),
        (json!({ "text": "two\nlines — “quoted” […]" }), None),
        (json!({ "chat_id": 8 }), None),
        (json!({ "parse_mode": "HTML" }), Some("parse_mode used")),
        (json!({ "text": "" }), Some("Bad Request: message text is empty")),
        (json!({ "text": "hi\n" }), Some("Telegram would trim the text")),
        (json!({ "text": "a\u{202e}b" }), Some("Telegram would replace or drop '\\u{202e}' in the text")),
        (
            json!({ "reply_markup": { "inline_keyboard": [[{ "text": "x" }]] } }),
            Some(
                "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in \
                  the inline keyboard",
            ),
        ),
    ];
    for (more, expected) in cases {
        let fake = FakeTelegram::start().await;
        ann(&fake);
        attempt(&Client::of(&fake), more).await;
        let expected: Vec<_> = expected.map(|text| format!("#1 sendMessage: {text}")).into_iter().collect();
        assert_eq!(fake.violations(), expected);
    }
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
