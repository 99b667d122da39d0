//! Inline mode: what Telegram takes for an answer, and what becomes of a choice.

use serde_json::{Value, json};
use teloxide::types::{Update, UpdateKind};

use super::{Client, ann};
use crate::support::fake::{Chat, FakeTelegram};

fn article(id: &str, text: &str) -> Value {
    json!({ "type": "article", "id": id, "title": "T", "input_message_content": { "message_text": text } })
}

fn with(mut value: Value, pointer: &str, part: &Value) -> Value {
    let (object, field) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(object).unwrap()[field] = part.clone();
    value
}

#[tokio::test]
async fn what_telegram_refuses_is_refused_in_its_words() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let typed = fake.type_inline(&ann, "what", "");
    let call = json!({ "inline_query_id": typed.query_id, "results": [article("a", "a 😀 b"), article("b", "hi")] });
    let content = "/results/0/input_message_content";
    let button = |text: &str, start: &str| json!({ "text": text, "start_parameter": start });
    let bold = |offset: usize, length: usize| json!([{ "type": "bold", "offset": offset, "length": length }]);
    let too_old = "query is too old and response timeout expired or query ID is invalid";
    for (pointer, part, told) in [
        ("/inline_query_id", json!("1"), too_old),
        ("/inline_query_id", json!(null), too_old),
        ("/results", json!(null), "can't parse inline query result: expected an Array of InlineQueryResult"),
        ("/results", json!(vec![article("a", "hi"); 51]), "RESULTS_TOO_MUCH"),
        ("/results/1/id", json!("a"), "RESULT_ID_DUPLICATE"),
        ("/results/1/id", json!(""), "RESULT_ID_INVALID"),
        ("/results/1/id", json!("ы".repeat(33)), "RESULT_ID_INVALID"),
        ("/results/1/title", json!(""), "can't parse inline query result: field \"title\" must be non-empty"),
        (
            "/results/1/type",
            json!("moon"),
            "can't parse inline query result: type \"moon\" is unsupported for the inline query result",
        ),
        (&format!("{content}/message_text"), json!(" \n"), "MESSAGE_EMPTY"),
        (&format!("{content}/message_text"), json!("😀".repeat(2049)), "MESSAGE_TOO_LONG"),
        (
            &format!("{content}/parse_mode"),
            json!("HTML"),
            "can't parse inline query result: this fake takes no parse_mode: send entities",
        ),
        (
            &format!("{content}/entities"),
            bold(6, 1),
            "can't parse inline query result: entity begins after the end of the text at UTF-16 offset 6",
        ),
        ("/next_offset", json!("x".repeat(65)), "NEXT_OFFSET_INVALID"),
        ("/button", button("", "x"), "SWITCH_PM_TEXT_EMPTY"),
        ("/button", button("Ask", ""), "can't use empty start_parameter"),
        ("/button", button("Ask", &"x".repeat(65)), "too long start_parameter specified"),
        ("/button", button("Ask", "a b"), "unallowed characters in start_parameter are used"),
    ] {
        let refused = client.refused("answerInlineQuery", with(call.clone(), pointer, &part)).await;
        assert_eq!(refused, (400, format!("Bad Request: {told}")), "{pointer} {part}");
    }
    assert!(fake.offers(&typed).is_none());
    let most = with(with(call.clone(), "/next_offset", &json!("x".repeat(64))), "/button", &button("Ask", "a_B-1"));
    client.ok("answerInlineQuery", most).await;
    assert_eq!(client.refused("answerInlineQuery", call).await.1, format!("Bad Request: {too_old}"));
}

#[tokio::test]
async fn a_query_is_answered_while_somebody_waits() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let typed = fake.type_inline(&ann, "what", "10");
    let updates = client.ok("getUpdates", json!({})).await;
    let told = updates.as_array().unwrap().last().unwrap().to_string();
    let told: Update = serde_json::from_str(&told).unwrap();
    assert!(matches!(told.kind, UpdateKind::InlineQuery(query)
        if (query.query.as_str(), query.offset.as_str(), query.from.id.0) == ("what", "10", 7)));
    fake.expire_inline(&typed);
    let call = json!({ "inline_query_id": typed.query_id, "results": [] });
    assert_eq!(client.refused("answerInlineQuery", call).await.0, 400);

    client.ok("getUpdates", json!({ "allowed_updates": ["message"] })).await;
    assert_eq!(fake.type_inline(&ann, "what", "").update_id, 0, "nobody asked for it");
}

#[tokio::test]
async fn a_choice_is_sent_by_the_person_and_heard_of_in_private_only() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let group = Chat::supergroup(-1001, "Friends");
    let typed = fake.type_inline(&ann, "what", "");
    let bold = json!([{ "type": "bold", "offset": 0, "length": 2 }]);
    let result = with(article("a", "hi"), "/input_message_content/entities", &bold);
    client.ok("answerInlineQuery", json!({ "inline_query_id": typed.query_id, "results": [result] })).await;
    let offers = fake.offers(&typed).unwrap();
    assert_eq!(offers.render(), "1. T\n   ");

    let (there, sent) = fake.choose_inline(&offers, "a", &group);
    assert_eq!((sent.render().as_str(), there.queued), ("*hi*", false));
    assert_eq!((&sent.json["from"]["id"], &sent.json["via_bot"]["is_bot"]), (&json!(7), &json!(true)));
    assert!(fake.choose_inline(&offers, "a", &Chat::private(&ann)).0.queued);
    assert!(fake.messages(7).is_empty() && fake.sent_to(7).is_empty(), "the bot sent nothing");
}
