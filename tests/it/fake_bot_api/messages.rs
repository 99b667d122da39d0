//! Messages stay, change and go; presses are answered while they live.

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::{Action, Chat, FakeTelegram, Pressed, Sent, User};

const TEXT: &str = "a 😀 b";

fn one_button() -> Value {
    json!({ "inline_keyboard": [[{ "text": "More", "callback_data": "more" }]] })
}

#[tokio::test]
async fn edits_replace_and_deletions_remove() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let markup = one_button();
    let sent = client.ok("sendMessage", json!({ "chat_id": 7, "text": TEXT, "reply_markup": markup })).await;
    let id = sent["message_id"].as_i64().unwrap();
    let edit = |message_id: i64, text: &str, markup: &Value| json!({ "chat_id": 7, "message_id": message_id, "text": text, "reply_markup": markup });

    let refusals = [
        (edit(99, "x", &markup), "message to edit not found"),
        (edit(1, "x", &markup), "message can't be edited"),
        (
            edit(id, TEXT, &markup),
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ),
    ];
    for (call, reason) in refusals {
        let refused = client.refused("editMessageText", call).await;
        assert_eq!(refused, (400, format!("Bad Request: {reason}")));
    }
    client.ok("editMessageText", edit(id, "new", &markup)).await;
    client.ok("editMessageReplyMarkup", json!({ "chat_id": 7, "message_id": id })).await;
    assert_eq!(fake.messages(7)[0].render(), "new");
    assert_eq!(fake.sent_to(7)[0].render(), "a 😀 b\n--\n[More → more]");

    let this = json!({ "chat_id": 7, "message_id": id });
    client.ok("deleteMessage", this.clone()).await;
    let refused = client.refused("deleteMessage", this).await;
    assert_eq!(refused, (400, "Bad Request: message to delete not found".to_owned()));
    assert_eq!(fake.messages(7).len(), 0);
}

#[tokio::test]
async fn a_message_is_deleted_for_two_days_and_anothers_by_administrators_only() {
    const HOUR: i64 = 3_600;
    let fake = FakeTelegram::start().await;
    let (group, ann) = (Chat::supergroup(-1005, "Group"), User::new(7, "Ann"));
    fake.set_date(0);
    fake.add_chat(&group);
    let client = Client::of(&fake);
    let mut ids = Vec::new();
    for _ in 0..2 {
        let sent = client.ok("sendMessage", json!({ "chat_id": -1005, "text": TEXT })).await;
        ids.push(sent["message_id"].as_i64().unwrap());
    }
    let theirs = fake.group_text(&group, &ann, "hi").message_id;
    let delete = |id: i64| json!({ "chat_id": -1005, "message_id": id });
    let refused = client.refused("deleteMessage", delete(theirs)).await;
    assert_eq!(refused, (400, "Bad Request: message can't be deleted".to_owned()));
    fake.set_date(48 * HOUR);
    client.ok("deleteMessage", delete(ids[0])).await;
    fake.set_date(48 * HOUR + 1);
    let refused = client.refused("deleteMessage", delete(ids[1])).await;
    assert_eq!(refused, (400, "Bad Request: message can't be deleted for everyone".to_owned()));
}

#[tokio::test]
async fn a_press_is_answered_while_it_lives() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let markup = one_button();
    client.ok("sendMessage", json!({ "chat_id": 7, "text": TEXT, "reply_markup": markup })).await;
    let message: Sent = fake.wait_for_sent(7, 1).await.remove(0);
    assert_eq!(message.keyboard[0][0].action, Action::Callback("more".to_owned()));

    let pressed: Pressed = fake.press(&ann, &message, message.data_of("More"));
    let updates = client.ok("getUpdates", json!({ "offset": pressed.update_id })).await;
    let query = &updates[0]["callback_query"];
    assert_eq!((&query["data"], &query["from"]["id"]), (&json!("more"), &json!(7)));
    assert_eq!(query["message"], message.json);

    let answer = |id: &str| json!({ "callback_query_id": id, "text": "done" });
    client.ok("answerCallbackQuery", answer(&pressed.query_id)).await;
    assert_eq!(fake.press_answers(&pressed.query_id), [answer(&pressed.query_id)]);
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
    let channel = Chat::channel(-1005, "News").named("news");
    fake.add_chat(&channel);
    let client = Client::of(&fake);
    let call = json!({ "chat_id": "@news", "text": "hi" });
    let post = client.ok("sendMessage", call).await;
    assert_eq!(post["sender_chat"]["id"], -1005);
    assert_eq!(post["from"], Value::Null);
    assert_eq!(fake.messages(-1005).len(), 1);
    assert_eq!(fake.sent_to(User::new(7, "Ann").id).len(), 0);
}
