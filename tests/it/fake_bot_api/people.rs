//! What people do reaches the bot as Telegram would deliver it, and closes or opens chats.

use serde_json::{Value, json};
use teloxide::types::{ChatFullInfo, ChatMember, Update, UpdateKind};

use super::{Client, ann};
use crate::support::fake::{Chat, Draft, FakeTelegram, Membership, Refusal, Told, User};

/// Not through `from_value`: teloxide's `Update` borrows its keys.
fn parsed(update: &Value) -> Update {
    serde_json::from_str(&update.to_string()).unwrap()
}

async fn updates(client: &Client) -> Vec<Value> {
    let updates = client.ok("getUpdates", json!({})).await;
    updates.as_array().unwrap().clone()
}

#[tokio::test]
async fn updates_are_as_telegram_makes_them() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let (ann, boss) = (User::new(7, "Ann").speaking("ru").named("ann"), User::new(8, "Bo"));
    let group = Chat::supergroup(-1001, "Friends");
    let channel = Chat::channel(-1002, "News");
    fake.set_date(1_795_000_000);
    fake.bot_membership(&group, &boss, Membership::Administrator);
    let question = fake.private_text(&ann, "😀 /ask");
    fake.edit_message(question, "/ask why");
    fake.group_text(&group, &ann, "@onrecord_test_bot why");
    fake.write(Draft::anonymous(&group, "as the group").in_thread(4));
    fake.channel_post(&channel, "/ask");
    fake.write(Draft::private(&ann, "and").replying_to(question.message_id));

    let updates = updates(&client).await;
    let message = &updates[1]["message"];
    assert_eq!(
        message,
        &json!({
            "message_id": 1,
            "date": 1_795_000_000,
            "chat": { "id": 7, "type": "private", "first_name": "Ann", "username": "ann" },
            "from": {
                "id": 7, "is_bot": false, "first_name": "Ann", "username": "ann",
                "language_code": "ru",
            },
            "text": "😀 /ask",
            "entities": [{ "type": "bot_command", "offset": 3, "length": 4 }],
        })
    );
    assert_eq!(updates[6]["message"]["reply_to_message"]["text"], "/ask why");
    let kinds: Vec<_> = updates.iter().map(|update| parsed(update).kind).collect();
    assert!(matches!(&kinds[0], UpdateKind::MyChatMember(change)
        if change.new_chat_member.is_administrator() && !change.old_chat_member.is_administrator()));
    assert!(matches!(&kinds[2], UpdateKind::EditedMessage(m) if m.text() == Some("/ask why")));
    assert!(matches!(&kinds[3], UpdateKind::Message(m) if m.chat.is_supergroup()));
    assert!(matches!(&kinds[4], UpdateKind::Message(m)
        if m.sender_chat.as_ref().is_some_and(|chat| chat.id == m.chat.id) && m.is_topic_message));
    assert!(matches!(&kinds[5], UpdateKind::ChannelPost(m) if m.from.is_none()));
}

#[tokio::test]
async fn privacy_mode_hides_what_is_not_for_the_bot() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let group = Chat::group(-5, "Friends");
    fake.add_chat(&group);
    let from_bot = client.send(-5, "hi").await["message_id"].as_i64().unwrap();
    let is_queued = |draft| fake.write(draft).queued;
    let by_ann = |text| Draft::new(&group, &ann, text);

    for text in ["/ask why", "/ask@onrecord_test_bot why", "/ASK@OnRecord_Test_Bot"] {
        assert!(is_queued(by_ann(text)), "{text}");
    }
    for text in ["why", "@onrecord_test_bot why", "why /ask", "/ask@other_bot why"] {
        assert!(!is_queued(by_ann(text)), "{text}");
    }
    assert!(is_queued(by_ann("why").replying_to(from_bot)));
    let own = fake.group_text(&group, &ann, "why").message_id;
    assert!(!is_queued(by_ann("why").replying_to(own)));
    let service = json!([{ "id": 9, "is_bot": false, "first_name": "Bo" }]);
    assert!(is_queued(by_ann("").with("text", Value::Null).with("new_chat_members", service)));
    assert!(is_queued(by_ann("/ask why").with_photo()), "a command under a picture is one");
    assert!(!is_queued(by_ann("why").with_photo()));
    assert!(!is_queued(by_ann("").with_document("a.pdf")));

    fake.turn_privacy_off();
    assert!(is_queued(by_ann("@onrecord_test_bot why")));
}

#[tokio::test]
async fn a_closed_chat_refuses_until_it_is_opened() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let group = Chat::supergroup(-1001, "Friends");
    fake.group_text(&group, &ann, "/start");
    let refused = async |chat_id: i64| {
        let call = json!({ "chat_id": chat_id, "text": "hi" });
        client.refused("sendMessage", call).await
    };
    let forbidden = |reason: &str| (403, format!("Forbidden: {reason}"));

    fake.block(&ann);
    assert_eq!(refused(7).await, forbidden("bot was blocked by the user"));
    fake.private_text(&ann, "back");
    client.send(7, "hi").await;

    fake.kick(&group);
    assert_eq!(refused(-1001).await, forbidden("bot was kicked from the supergroup chat"));
    fake.bot_membership(&group, &ann, Membership::Member);
    client.send(-1001, "hi").await;
    client.ok("leaveChat", json!({ "chat_id": -1001 })).await;
    let not_a_member = "bot is not a member of the supergroup chat";
    assert_eq!(refused(-1001).await, forbidden(not_a_member));

    fake.bar(&group, Refusal::bad_request("TOPIC_CLOSED"));
    assert_eq!(refused(-1001).await, (400, "Bad Request: TOPIC_CLOSED".to_owned()));
}

#[tokio::test]
async fn a_group_that_moved_tells_where_to() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let (old, new) = (Chat::group(-5, "Friends"), Chat::supergroup(-1005, "Friends"));
    fake.group_text(&old, &ann, "/start");
    let [leaves, arrives] = fake.migrate(&old, &new, &ann);
    assert!(leaves.queued && arrives.queued);
    assert_eq!((leaves.chat_id, arrives.chat_id), (-5, -1005));
    let updates = updates(&client).await;
    assert_eq!(updates[2]["message"]["migrate_to_chat_id"], -1005);
    assert_eq!(updates[3]["message"]["migrate_from_chat_id"], -5);

    let (status, answer) = client.call("sendMessage", json!({ "chat_id": -5, "text": "hi" })).await;
    assert_eq!(status, 400);
    assert_eq!(answer["parameters"], json!({ "migrate_to_chat_id": -1005 }));
    client.send(-1005, "hi").await;
}

#[tokio::test]
async fn a_move_is_told_in_the_order_that_a_test_chooses() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let (old, new) = (Chat::group(-5, "Friends"), Chat::supergroup(-1005, "Friends"));
    fake.group_text(&old, &ann, "/start");
    let n_before = updates(&client).await.len();
    fake.migrate_telling(&[Told::Left, Told::Joined, Told::Moved], &old, &new, &ann);
    let told: Vec<Value> = updates(&client).await.split_off(n_before);
    let standing = |update: &Value| {
        let change = &update["my_chat_member"];
        let status = |side: &str| change[side]["status"].as_str().unwrap().to_owned();
        (change["chat"]["id"].as_i64().unwrap(), status("old_chat_member"), status("new_chat_member"))
    };
    assert_eq!(standing(&told[0]), (-5, "member".to_owned(), "left".to_owned()));
    assert_eq!(standing(&told[1]), (-1005, "left".to_owned(), "member".to_owned()));
    assert_eq!(told[2]["message"]["migrate_to_chat_id"], -1005);
    assert_eq!(told[3]["message"]["migrate_from_chat_id"], -5);
    client.send(-1005, "hi").await;
}

#[tokio::test]
async fn chats_and_members_can_be_looked_up() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let group = Chat::supergroup(-1001, "Friends");
    let (boss, other_bot) = (User::new(8, "Bo"), User::new(9, "B").automated());
    fake.set_member(&group, &boss, Membership::Creator);
    fake.set_member(&group, &other_bot, Membership::Administrator);

    let chat = client.ok("getChat", json!({ "chat_id": 7 })).await;
    assert!(serde_json::from_value::<ChatFullInfo>(chat).unwrap().is_private());
    for stranger in [json!(99), json!("@nobody"), json!("x")] {
        let refused = client.refused("getChat", json!({ "chat_id": stranger })).await;
        assert_eq!(refused, (400, "Bad Request: chat not found".to_owned()));
    }
    for (user_id, status) in [(8, "creator"), (9, "administrator"), (ann.id, "left"), (424_242, "member")] {
        let call = json!({ "chat_id": -1001, "user_id": user_id });
        let member = client.ok("getChatMember", call).await;
        assert_eq!(member["status"], status, "{user_id}");
        serde_json::from_value::<ChatMember>(member).unwrap();
    }
    let unknown = json!({ "chat_id": -1001, "user_id": 99 });
    assert_eq!(client.refused("getChatMember", unknown).await.1, "Bad Request: user not found");
    let admins = client.ok("getChatAdministrators", json!({ "chat_id": -1001 })).await;
    assert_eq!(admins.as_array().unwrap().len(), 1, "other bots are left out");
    client.refused("getChatAdministrators", json!({ "chat_id": 7 })).await;
    client.ok("sendChatAction", json!({ "chat_id": 7, "action": "typing" })).await;
    client.refused("leaveChat", json!({ "chat_id": 7 })).await;
}
