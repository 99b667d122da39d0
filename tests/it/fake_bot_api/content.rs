//! What the bot sends is checked as strictly as by Telegram, in whatever shape it comes.

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::FakeTelegram;

fn with(field: &str, value: Value) -> Value {
    let mut call = json!({ "chat_id": 7, "text": "a 😀 b" });
    call[field] = value;
    call
}

fn entity(kind: &str, offset: usize, length: usize) -> Value {
    json!({ "type": kind, "offset": offset, "length": length })
}

fn keyboard(button: &Value) -> Value {
    json!({ "inline_keyboard": [[button]] })
}

fn rows(n: usize, n_a_row: usize) -> Value {
    let button = json!({ "text": "x", "callback_data": "x" });
    json!({ "inline_keyboard": vec![vec![button; n_a_row]; n] })
}

#[tokio::test]
async fn what_telegram_refuses_is_refused_in_its_words() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let link = |url: &str| json!({ "type": "text_link", "offset": 0, "length": 1, "url": url });
    let label = |more: Value| {
        let mut button = json!({ "text": "x" });
        button.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        keyboard(&button)
    };
    let cases = [
        (with("text", json!("")), "message text is empty"),
        (with("text", Value::Null), "message text is empty"),
        (with("text", json!(" \n ")), "text must be non-empty"),
        (with("text", json!("x".repeat(4097))), "message is too long"),
        (with("text", json!("😀".repeat(2049))), "message is too long"),
        (with("chat_id", json!(8)), "chat not found"),
        (with("chat_id", Value::Null), "chat_id is empty"),
        (with("parse_mode", json!("HTML")), "this fake takes no parse_mode: send entities"),
        (
            with("entities", json!([entity("bold", 0, 7)])),
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 7",
        ),
        (with("entities", json!([entity("bold", 6, 1)])), "entity begins after the end of the text at UTF-16 offset 6"),
        (
            with("entities", json!([entity("bold", 3, 1)])),
            "entity begins in a middle of a UTF-16 symbol at UTF-16 offset 3",
        ),
        (
            with("entities", json!([entity("bold", 0, 3)])),
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 \
             offset 3",
        ),
        (with("entities", json!([entity("bold", 0, 0)])), "ENTITY_BOUNDS_INVALID"),
        (with("entities", json!([entity("bold", 0, 4), entity("italic", 2, 4)])), "ENTITY_BOUNDS_INVALID"),
        (with("entities", json!([entity("blockquote", 0, 6), entity("blockquote", 0, 1)])), "ENTITY_BOUNDS_INVALID"),
        (with("entities", json!([entity("shout", 0, 1)])), "can't parse MessageEntity: Unsupported type specified"),
        (with("entities", json!([link("nowhere")])), "entity URL 'nowhere' is invalid: Wrong HTTP URL"),
        (with("reply_markup", label(json!({ "callback_data": "" }))), "BUTTON_DATA_INVALID"),
        (with("reply_markup", label(json!({ "callback_data": "я".repeat(33) }))), "BUTTON_DATA_INVALID"),
        (
            with("reply_markup", label(json!({ "url": "http://a b" }))),
            "inline keyboard button URL 'http://a b' is invalid: Wrong HTTP URL",
        ),
        (
            with("reply_markup", label(json!({}))),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            with("reply_markup", label(json!({ "text": "", "url": "https://a.org" }))),
            "inline keyboard button text must be non-empty",
        ),
        (with("reply_markup", rows(1, 9)), "reply markup is too long"),
        (with("reply_markup", rows(13, 8)), "reply markup is too long"),
        (with("reply_markup", json!("x")), "object expected as reply markup"),
        (with("reply_parameters", json!({ "message_id": 99 })), "message to be replied not found"),
        (with("reply_parameters", json!({ "message_id": 1, "quote": "stop" })), "QUOTE_TEXT_INVALID"),
    ];
    for (call, reason) in cases {
        let (status, description) = client.refused("sendMessage", call.clone()).await;
        assert_eq!(status, 400, "{call}");
        assert_eq!(description, format!("Bad Request: {reason}"), "{call}");
    }
    assert_eq!(fake.sent_to(7).len(), 0);
}

#[tokio::test]
async fn what_telegram_accepts_is_accepted() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let cases = [
        with("text", json!("😀".repeat(2048))),
        with("chat_id", json!("7")),
        with("chat_id", json!("@ann")),
        with("entities", json!([entity("italic", 2, 2), entity("bold", 0, 6)])),
        with("entities", json!([entity("url", 0, 99)])),
        with("reply_markup", keyboard(&json!({ "text": "x", "callback_data": "я".repeat(32) }))),
        with("reply_markup", rows(12, 8)),
        with("reply_markup", json!({ "inline_keyboard": [] })),
        with("reply_parameters", json!({ "message_id": 1, "quote": "start" })),
        with("reply_parameters", json!({ "message_id": 99, "allow_sending_without_reply": true })),
    ];
    for call in &cases {
        client.ok("sendMessage", call.clone()).await;
    }
    let sent = fake.sent_to(7);
    assert_eq!(sent.len(), cases.len());
    assert_eq!(sent[3].entities, [entity("bold", 0, 6), entity("italic", 2, 2)]);
    assert_eq!(sent[4].entities, [] as [Value; 0], "Telegram finds links by itself");
    assert_eq!((sent[8].reply_to, sent[9].reply_to), (Some(1), None));
    let ids: Vec<_> = sent.iter().map(|sent| sent.message_id).collect();
    assert_eq!(ids, (2..12).collect::<Vec<_>>(), "counted per chat, with what people write");
}

#[tokio::test]
async fn parameters_come_in_four_shapes() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let url = format!("{}/SendMessage", client.base);
    let form = "chat_id=7&text=1%2B1+%D1%8F&entities=%5B%7B%22type%22%3A%22bold%22%2C%22offset%22%3A0\
                %2C%22length%22%3A3%7D%5D";
    let parts = "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--B\r\n\
                 Content-Disposition: form-data; name=\"text\"\r\n\r\n1+1 я\r\n--B--\r\n";
    let post = |kind: &str, body: &str| client.http.post(&url).header("content-type", kind).body(body.to_owned());
    let requests = [
        client.http.get(format!("{url}?{form}")),
        post("application/x-www-form-urlencoded", form),
        post("multipart/form-data; boundary=B", parts),
        post("application/json", r#"{"chat_id":"7","text":"1+1 я"}"#),
    ];
    for request in requests {
        assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
    }
    let sent = fake.sent_to(7);
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|sent| sent.text == "1+1 я"));
    assert_eq!(sent[1].entities, [entity("bold", 0, 3)]);

    let broken = post("application/json", "{").send().await.unwrap();
    assert_eq!(broken.status().as_u16(), 400);
}
