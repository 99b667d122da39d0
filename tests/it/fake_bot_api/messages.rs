//! What the bot sends is checked as strictly as by Telegram, and kept as Telegram keeps it.

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::{Action, Chat, FakeTelegram, User};

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
        button
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        keyboard(&button)
    };
    let cases = [
        (with("text", json!("")), "message text is empty"),
        (with("text", Value::Null), "message text is empty"),
        (with("text", json!(" \n ")), "text must be non-empty"),
        (with("text", json!("x".repeat(4097))), "message is too long"),
        (
            with("text", json!("😀".repeat(2049))),
            "message is too long",
        ),
        (with("chat_id", json!(8)), "chat not found"),
        (with("chat_id", Value::Null), "chat_id is empty"),
        (
            with("parse_mode", json!("HTML")),
            "this fake takes no parse_mode: send entities",
        ),
        (
            with("entities", json!([entity("bold", 0, 7)])),
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 7",
        ),
        (
            with("entities", json!([entity("bold", 6, 1)])),
            "entity begins after the end of the text at UTF-16 offset 6",
        ),
        (
            with("entities", json!([entity("bold", 3, 1)])),
            "entity begins in a middle of a UTF-16 symbol at UTF-16 offset 3",
        ),
        (
            with("entities", json!([entity("bold", 0, 3)])),
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 \
             offset 3",
        ),
        (
            with("entities", json!([entity("bold", 0, 0)])),
            "ENTITY_BOUNDS_INVALID",
        ),
        (
            with(
                "entities",
                json!([entity("bold", 0, 4), entity("italic", 2, 4)]),
            ),
            "ENTITY_BOUNDS_INVALID",
        ),
        (
            with(
                "entities",
                json!([entity("blockquote", 0, 6), entity("blockquote", 0, 1)]),
            ),
            "ENTITY_BOUNDS_INVALID",
        ),
        (
            with("entities", json!([entity("shout", 0, 1)])),
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            with("entities", json!([link("nowhere")])),
            "entity URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            with("reply_markup", label(json!({ "callback_data": "" }))),
            "BUTTON_DATA_INVALID",
        ),
        (
            with(
                "reply_markup",
                label(json!({ "callback_data": "я".repeat(33) })),
            ),
            "BUTTON_DATA_INVALID",
        ),
        (
            with("reply_markup", label(json!({ "url": "http://a b" }))),
            "inline keyboard button URL 'http://a b' is invalid: Wrong HTTP URL",
        ),
        (
            with("reply_markup", label(json!({}))),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            with(
                "reply_markup",
                label(json!({ "text": "", "url": "https://a.org" })),
            ),
            "inline keyboard button text must be non-empty",
        ),
        (with("reply_markup", rows(1, 9)), "reply markup is too long"),
        (
            with("reply_markup", rows(13, 8)),
            "reply markup is too long",
        ),
        (
            with("reply_markup", json!("x")),
            "object expected as reply markup",
        ),
        (
            with("reply_parameters", json!({ "message_id": 99 })),
            "message to be replied not found",
        ),
        (
            with(
                "reply_parameters",
                json!({ "message_id": 1, "quote": "stop" }),
            ),
            "QUOTE_TEXT_INVALID",
        ),
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
        with(
            "entities",
            json!([entity("italic", 2, 2), entity("bold", 0, 6)]),
        ),
        with("entities", json!([entity("url", 0, 99)])),
        with(
            "reply_markup",
            keyboard(&json!({ "text": "x", "callback_data": "я".repeat(32) })),
        ),
        with("reply_markup", rows(12, 8)),
        with("reply_markup", json!({ "inline_keyboard": [] })),
        with(
            "reply_parameters",
            json!({ "message_id": 1, "quote": "start" }),
        ),
        with(
            "reply_parameters",
            json!({ "message_id": 99, "allow_sending_without_reply": true }),
        ),
        with("message_thread_id", json!(5)),
    ];
    for call in &cases {
        client.ok("sendMessage", call.clone()).await;
    }
    let sent = fake.sent_to(7);
    assert_eq!(sent.len(), cases.len());
    assert_eq!(
        sent[3].entities,
        [entity("bold", 0, 6), entity("italic", 2, 2)]
    );
    assert_eq!(
        sent[4].entities,
        [] as [Value; 0],
        "Telegram finds links by itself"
    );
    assert_eq!((sent[8].reply_to, sent[9].reply_to), (Some(1), None));
    assert_eq!(sent[10].thread_id, Some(5));
    let ids: Vec<_> = sent.iter().map(|sent| sent.message_id).collect();
    assert_eq!(
        ids,
        (2..13).collect::<Vec<_>>(),
        "counted per chat, with what people write"
    );
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
    let post = |kind: &str, body: &str| {
        client
            .http
            .post(&url)
            .header("content-type", kind)
            .body(body.to_owned())
    };
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

#[tokio::test]
async fn edits_replace_and_deletions_remove() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let markup = keyboard(&json!({ "text": "More", "callback_data": "more" }));
    let sent = client
        .ok("sendMessage", with("reply_markup", markup.clone()))
        .await;
    let id = sent["message_id"].as_i64().unwrap();
    let edit = |message_id: i64, text: &str, markup: &Value| json!({ "chat_id": 7, "message_id": message_id, "text": text, "reply_markup": markup });

    let refusals = [
        (edit(99, "x", &markup), "message to edit not found"),
        (edit(1, "x", &markup), "message can't be edited"),
        (
            edit(id, "a 😀 b", &markup),
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ),
    ];
    for (call, reason) in refusals {
        let refused = client.refused("editMessageText", call).await;
        assert_eq!(refused, (400, format!("Bad Request: {reason}")));
    }
    client.ok("editMessageText", edit(id, "new", &markup)).await;
    client
        .ok(
            "editMessageReplyMarkup",
            json!({ "chat_id": 7, "message_id": id }),
        )
        .await;
    assert_eq!(fake.messages(7)[0].render(), "new");
    assert_eq!(fake.sent_to(7)[0].render(), "a 😀 b\n--\n[More → more]");

    let this = json!({ "chat_id": 7, "message_id": id });
    client.ok("deleteMessage", this.clone()).await;
    let refused = client.refused("deleteMessage", this).await;
    assert_eq!(
        refused,
        (400, "Bad Request: message to delete not found".to_owned())
    );
    assert_eq!(fake.messages(7).len(), 0);
}

#[tokio::test]
async fn a_press_is_answered_while_it_lives() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let markup = keyboard(&json!({ "text": "More", "callback_data": "more" }));
    client.ok("sendMessage", with("reply_markup", markup)).await;
    let message = fake.wait_for_sent(7, 1).await.remove(0);
    assert_eq!(
        message.keyboard[0][0].action,
        Action::Callback("more".to_owned())
    );

    let pressed = fake.press(&ann, &message, message.data_of("More"));
    let updates = client
        .ok("getUpdates", json!({ "offset": pressed.update_id }))
        .await;
    let query = &updates[0]["callback_query"];
    assert_eq!(
        (&query["data"], &query["from"]["id"]),
        (&json!("more"), &json!(7))
    );
    assert_eq!(query["message"], message.json);

    let answer = |id: &str| json!({ "callback_query_id": id, "text": "done" });
    client
        .ok("answerCallbackQuery", answer(&pressed.query_id))
        .await;
    assert_eq!(
        fake.press_answers(&pressed.query_id),
        [answer(&pressed.query_id)]
    );
    fake.expire_presses();
    for id in [pressed.query_id.as_str(), "1", ""] {
        let (status, description) = client.refused("answerCallbackQuery", answer(id)).await;
        assert_eq!(status, 400);
        assert!(description.starts_with("Bad Request: query is too old and response timeout"));
    }
}

#[tokio::test]
async fn a_post_in_a_channel_is_the_channels_own() {
    let fake = FakeTelegram::start().await;
    let channel = Chat::channel(-100_5, "News").named("news");
    fake.add_chat(&channel);
    let client = Client::of(&fake);
    let call = json!({ "chat_id": "@news", "text": "hi" });
    let post = client.ok("sendMessage", call).await;
    assert_eq!(post["sender_chat"]["id"], -100_5);
    assert_eq!(post["from"], Value::Null);
    assert_eq!(fake.messages(-100_5).len(), 1);
    assert_eq!(fake.sent_to(User::new(7, "Ann").id).len(), 0);
}
