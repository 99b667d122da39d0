//! Topics of forums as the bot meets them: open, closed, deleted, and none at all.

use serde_json::{Value, json};
use teloxide::types::{Update, UpdateKind};

use super::Client;
use crate::support::fake::{Chat, Draft, FakeTelegram, User};

fn boss() -> User {
    User::new(8, "Bo")
}

fn forum() -> Chat {
    Chat::forum(-1001, "Neighbours")
}

fn to(topic: i64) -> Value {
    json!({ "chat_id": -1001, "text": "hi", "message_thread_id": topic })
}

#[tokio::test]
async fn a_topic_takes_messages_while_it_is_open() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let refused = |reason: &str| (400, format!("Bad Request: {reason}"));
    let topic = fake.create_topic(&forum(), &boss(), "Exercises").message_id;
    let sent = client.ok("sendMessage", to(topic)).await;
    assert_eq!((&sent["message_thread_id"], &sent["is_topic_message"]), (&json!(topic), &json!(true)));
    assert_eq!(sent["chat"]["is_forum"], true);
    client.ok("sendChatAction", to(topic)).await;

    fake.close_topic(&forum(), &boss(), topic);
    assert_eq!(client.refused("sendMessage", to(topic)).await, refused("TOPIC_CLOSED"));
    assert_eq!(client.refused("sendChatAction", to(topic)).await, refused("TOPIC_CLOSED"));
    fake.reopen_topic(&forum(), &boss(), topic);
    client.ok("sendMessage", to(topic)).await;

    fake.delete_topic(&forum(), topic);
    assert_eq!(client.refused("sendMessage", to(topic)).await, refused("message thread not found"));
    assert_eq!(fake.messages(-1001).len(), 0, "they went with it");
    client.send(-1001, "the general topic has no number").await;
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn what_is_no_topic_takes_none() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    fake.write(Draft::new(&forum(), &boss(), "/ask").in_thread(5));
    fake.group_text(&forum(), &boss(), "/ask");
    let group = Chat::group(-5, "Friends");
    fake.group_text(&group, &boss(), "/ask");
    client.ok("sendMessage", to(5)).await;
    let mut elsewhere = to(5);
    elsewhere["chat_id"] = json!(-5);
    // The number of a message in the general topic, the general topic itself, one of another chat.
    for call in [to(2), to(1), to(0), to(-1), elsewhere] {
        let refused = client.refused("sendMessage", call.clone()).await;
        assert_eq!(refused, (400, "Bad Request: message thread not found".to_owned()), "{call}");
    }
    assert_eq!(fake.violations().len(), 5);
}

#[tokio::test]
async fn what_becomes_of_a_topic_is_told_in_it() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let topic = fake.create_topic(&forum(), &boss(), "Exercises").message_id;
    fake.close_topic(&forum(), &boss(), topic);
    fake.reopen_topic(&forum(), &boss(), topic);
    let updates = client.ok("getUpdates", json!({})).await;
    let parsed: Vec<Update> = serde_json::from_str(&updates.to_string()).unwrap();
    let messages: Vec<_> = parsed
        .into_iter()
        .map(|update| match update.kind {
            UpdateKind::Message(message) => message,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(messages.iter().all(|message| message.is_topic_message && message.thread_id.is_some()));
    assert_eq!(messages[0].forum_topic_created().unwrap().name, "Exercises");
    assert!(messages[1].forum_topic_closed().is_some());
    assert!(messages[2].forum_topic_reopened().is_some());
    assert_eq!(updates[1]["message"]["message_thread_id"], updates[0]["message"]["message_id"]);
}
