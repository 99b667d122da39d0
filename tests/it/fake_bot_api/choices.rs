//! Chats that the bot asks for by a keyboard, what it is told of them, and pins.

use serde_json::{Value, json};
use teloxide::types::{ChatMember, Update, UpdateKind};

use super::{Client, ann};
use crate::support::fake::{Chat, FakeTelegram, Membership, Refusal, User};

fn asking(button: &Value) -> Value {
    json!({ "chat_id": 7, "text": "Which?", "reply_markup": { "keyboard": [[button]], "one_time_keyboard": true } })
}

fn button(request: &Value) -> Value {
    json!({ "text": "A channel", "request_chat": request })
}

#[tokio::test]
async fn a_request_for_a_chat_is_checked() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let group = Chat::supergroup(-1001, "Friends");
    fake.add_chat(&group);
    let client = Client::of(&fake);
    let post = json!({ "can_post_messages": true });
    for (request, told) in [
        (json!({ "chat_is_channel": true }), "request_id"),
        (json!({ "request_id": 1 }), "chat_is_channel"),
        (json!({ "request_id": 1_i64 << 40, "chat_is_channel": true }), "request_id"),
        (json!({ "request_id": 1, "chat_is_channel": true, "bot_is_member": "yes" }), "bot_is_member"),
        (json!({ "request_id": 1, "chat_is_channel": true, "bot_administrator_rights": post }), "subset"),
        (json!({ "request_id": 1, "chat_is_channel": true, "user_administrator_rights": { "x": true } }), "\"x\""),
    ] {
        let (status, words) = client.refused("sendMessage", asking(&button(&request))).await;
        assert!(status == 400 && words.contains(told), "{request}: {words}");
    }
    let right = button(&json!({
        "request_id": 1, "chat_is_channel": true,
        "user_administrator_rights": post, "bot_administrator_rights": post,
    }));
    let sent = client.ok("sendMessage", asking(&right)).await;
    assert_eq!(sent["reply_markup"], Value::Null, "it does not stay with the message");
    assert_eq!(fake.sent_to(7)[0].render(), "Which?\n-- in place of the letters\n[A channel → a channel of theirs]");

    let mut elsewhere = asking(&right);
    elsewhere["chat_id"] = json!(-1001);
    client.refused("sendMessage", elsewhere).await;
    let message = sent["message_id"].clone();
    let mut edit = asking(&right);
    edit["message_id"] = message;
    client.refused("editMessageText", edit).await;
    client.refused("sendMessage", asking(&json!({ "text": "Say it" }))).await;
}

#[tokio::test]
async fn a_chosen_chat_lets_the_bot_in_and_is_told_to_it() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let news = Chat::channel(-1002, "News");
    fake.set_member(&news, &ann, Membership::Administrator);
    fake.bot_membership(&news, &ann, Membership::Left);
    client.refused("sendMessage", json!({ "chat_id": -1002, "text": "hi" })).await;
    let rights = json!({ "can_post_messages": true });
    let request = json!({
        "request_id": 1, "chat_is_channel": true,
        "user_administrator_rights": rights, "bot_administrator_rights": rights,
    });
    client.ok("sendMessage", asking(&button(&request))).await;
    let question = fake.sent_to(7)[0].clone();
    fake.choose_chat(&ann, &question, "A channel", &news);
    client.send(-1002, "hi").await;
    let updates = client.ok("getUpdates", json!({})).await;
    let told = updates.as_array().unwrap().last().unwrap().to_string();
    let told: Update = serde_json::from_str(&told).unwrap();
    assert!(matches!(told.kind, UpdateKind::Message(message)
        if message.shared_chat().is_some_and(|shared| shared.chat_id.0 == -1002)));
}

#[tokio::test]
async fn what_a_bot_may_know_and_do_in_a_chat_follows_its_standing() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let (news, group) = (Chat::channel(-1002, "News"), Chat::supergroup(-1001, "Friends"));
    for chat in [&news, &group] {
        fake.set_member(chat, &ann, Membership::Restricted);
    }
    let member = json!({ "chat_id": -1001, "user_id": 7 });
    let told = client.ok("getChatMember", member.clone()).await;
    assert!(serde_json::from_value::<ChatMember>(told).unwrap().is_restricted());

    fake.bar(&group, Refusal::bad_request("not enough rights to send text messages to the chat"));
    client.ok("getChatMember", member.clone()).await;
    fake.kick(&group);
    assert_eq!(client.refused("getChatMember", member).await.0, 403);

    fake.bot_membership(&news, &User::new(8, "Bo"), Membership::Member);
    for (method, words) in [
        ("sendMessage", "Bad Request: need administrator rights in the channel chat"),
        ("getChatMember", "Bad Request: member list is inaccessible"),
    ] {
        let call = json!({ "chat_id": -1002, "user_id": 7, "text": "hi" });
        assert_eq!(client.refused(method, call).await, (400, words.to_owned()));
    }
}

#[tokio::test]
async fn administrators_pin_what_is_there() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let group = Chat::supergroup(-1001, "Friends");
    fake.add_chat(&group);
    let id = client.send(-1001, "hi").await["message_id"].clone();
    let pin = |id: &Value| json!({ "chat_id": -1001, "message_id": id, "disable_notification": true });
    let words = client.refused("pinChatMessage", pin(&id)).await.1;
    assert_eq!(words, "Bad Request: not enough rights to manage pinned messages in the chat");
    fake.bot_membership(&group, &ann, Membership::Administrator);
    assert_eq!(client.refused("pinChatMessage", pin(&json!(77))).await.1, "Bad Request: message to pin not found");
    client.ok("pinChatMessage", pin(&id)).await;
    assert_eq!(fake.pinned(-1001), [id.as_i64().unwrap()]);
}
