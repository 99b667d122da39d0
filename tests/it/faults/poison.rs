//! Updates that are not what they should be: left out, confirmed, and in nobody's way.

use serde_json::{Value, json};

use super::QUESTION;
use crate::support::fake::DEADLINE;
use crate::support::service::{Stage, reader};

/// An object inside an object, and so on.
fn deep(n_levels: usize) -> Value {
    (0..n_levels).fold(json!(1), |inner, _| json!({ "reply_to_message": inner }))
}

fn message(part: &Value) -> Value {
    let mut message = json!({
        "message_id": 5, "date": 1_795_435_200, "text": "what",
        "chat": { "id": 66, "type": "private", "first_name": "Eve" },
        "from": { "id": 66, "is_bot": false, "first_name": "Eve" },
    });
    for (key, value) in part.as_object().unwrap() {
        message[key] = value.clone();
    }
    json!({ "message": message })
}

fn poison() -> Vec<Value> {
    vec![
        json!("garbage"),
        json!(null),
        json!(17),
        json!([]),
        json!([{ "update_id": 5 }]),
        json!({}),
        json!({ "hologram": { "chat": { "id": 66, "type": "private" } } }),
        json!({ "guest_message": message(&json!({}))["message"] }),
        json!({ "edited_message": message(&json!({}))["message"] }),
        json!({ "channel_post": message(&json!({}))["message"] }),
        json!({ "inline_query": { "id": "1", "from": { "id": 66 }, "query": "what", "offset": "" } }),
        json!({ "message": 5 }),
        json!({ "message": {} }),
        json!({ "message": [[[]]] }),
        json!({ "callback_query": {} }),
        json!({ "callback_query": { "id": 5, "from": "Eve", "message": 7, "data": [] } }),
        json!({ "callback_query": { "id": "5", "from": { "id": 66, "is_bot": false, "first_name": "Eve" }, "data": "x" } }),
        message(&json!({ "chat": null })),
        message(&json!({ "chat": { "id": 66, "type": "hologram" } })),
        message(&json!({ "chat": { "id": 1e300, "type": "private" } })),
        message(&json!({ "chat": { "id": "66", "type": "private" } })),
        message(&json!({ "message_id": 1_u64 << 63 })),
        message(&json!({ "message_id": -1.5 })),
        message(&json!({ "date": "yesterday" })),
        message(&json!({ "date": i64::MAX })),
        message(&json!({ "from": { "id": 66, "is_bot": true, "first_name": "a machine" } })),
        message(&json!({ "from": { "id": -66, "is_bot": "no" } })),
        json!({ "message": deep(120) }),
        json!({ "message": deep(1000) }),
    ]
}

#[tokio::test]
async fn a_poison_update_spoils_nothing_else() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let poison = poison();
    let n_readers = i64::try_from(poison.len()).unwrap() + 1;
    // Between any two of them somebody asks something.
    for (id, update) in (100..).zip(poison) {
        stage.fake.private_text(&reader(id), QUESTION);
        stage.fake.raw(update);
    }
    stage.fake.private_text(&reader(100 + n_readers - 1), QUESTION);
    for id in 100..100 + n_readers {
        assert_eq!(stage.fake.wait_for_sent(id, 1).await.len(), 1);
    }
    stage.fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.calls("sendMessage").len(), usize::try_from(n_readers).unwrap(), "nothing for the others");
    assert_eq!(stage.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn odd_questions_are_answered_too() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let huge = "exercises in Belarus ".repeat(50_000);
    for (id, words) in
        (200..).zip([huge.as_str(), "", " \n\t ", "🙂🙂🙂", "\u{0}\u{7}\u{202e}", "the of and", "/", "/\u{0}"])
    {
        stage.fake.private_text(&reader(id), words);
        stage.fake.wait_for_sent(id, 1).await;
    }
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
}
