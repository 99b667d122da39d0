//! Messages that teloxide's types would read as empty: the question in them is answered all the same.

use serde_json::{Value, json};

use super::QUESTION;
use crate::support::fake::Draft;
use crate::support::service::{Stage, reader};

/// Parts of a message, each of which swallows the words beside it if it reaches teloxide.
fn traps() -> Vec<Value> {
    let channel = json!({ "id": -1001, "type": "channel", "title": "News" });
    let unknown_button = json!({ "inline_keyboard": [[{ "text": "x", "teleport": { "to": "moon" } }]] });
    let quoted = json!({
        "message_id": 3, "date": 1_795_000_000, "chat": channel, "sender_chat": channel, "text": "a post",
        "reply_markup": unknown_button,
        "entities": [{ "type": "date_time", "offset": 0, "length": 1, "unix_time": 1_795_000_000 }],
    });
    vec![
        json!({ "external_reply": { "origin": { "type": "channel", "chat": channel, "message_id": 3, "date": 1 } } }),
        json!({ "external_reply": { "origin": { "type": "hologram" } }, "quote": { "text": "a post", "position": 0 } }),
        json!({ "entities": [{ "type": "date_time", "offset": 0, "length": 4, "unix_time": 1_795_000_000 }] }),
        json!({ "entities": [{ "type": "hologram", "offset": 0, "length": 4 }] }),
        json!({ "entities": [{ "type": "text_link", "offset": 0, "length": 4, "url": "http://[" }] }),
        json!({ "entities": [{ "type": "text_link", "offset": 0, "length": 4, "url": "not a link" }] }),
        json!({ "entities": [{ "type": "bold", "offset": -1, "length": 1e9 }] }),
        json!({ "reply_markup": unknown_button }),
        json!({ "reply_to_message": quoted }),
        json!({ "forward_origin": { "type": "hologram", "date": 1 } }),
        json!({ "link_preview_options": { "url": "http://[", "is_disabled": "no" } }),
        json!({ "effect_id": 5, "paid_star_count": "many", "suggested_post_info": {} }),
        json!({ "checklist": { "title": 5 }, "rich_message": { "blocks": [{ "type": "hologram" }] } }),
        json!({ "from": { "id": 0, "is_bot": false, "first_name": "", "language_code": "xx-hologram" } }),
    ]
}

#[tokio::test]
async fn no_part_of_a_message_swallows_the_question() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let answer = stage.ask(&reader(299), QUESTION).await;
    for (id, trap) in (300..).zip(traps()) {
        let draft = Draft::private(&reader(id), QUESTION);
        let parts = trap.as_object().unwrap().iter();
        let draft = parts.fold(draft, |draft, (field, value)| draft.with(field, value.clone()));
        stage.fake.write(draft);
        let sent = stage.fake.wait_for_sent(id, 1).await;
        assert_eq!(sent[0].text, answer, "{trap}");
    }
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_caption_is_a_question_and_a_picture_alone_is_not_met_with_silence() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let answer = stage.ask(&reader(299), QUESTION).await;
    let picture = |id, caption: Value| {
        let photo = json!([{ "hologram": 1 }]);
        Draft::private(&reader(id), "").with("text", Value::Null).with("photo", photo).with("caption", caption)
    };
    stage.fake.write(picture(300, json!(QUESTION)));
    stage.fake.write(picture(301, Value::Null));
    assert_eq!(stage.fake.wait_for_sent(300, 1).await[0].text, answer);
    let told = &stage.fake.wait_for_sent(301, 1).await[0].text;
    assert_eq!(told, "I can only read text. Please write your question.");
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
}
