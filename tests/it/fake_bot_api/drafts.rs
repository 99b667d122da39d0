//! What else people send: captions, quotes of what stands elsewhere, posts, words of somebody anonymous.

use serde_json::{Value, json};
use teloxide::types::{Message, Update, UpdateKind};

use super::{Client, ann};
use crate::support::fake::{Chat, Draft, FakeTelegram, User};

/// The last update, as it came and as teloxide reads it.
async fn last(client: &Client) -> (Value, UpdateKind) {
    let updates = client.ok("getUpdates", json!({ "offset": -1 })).await;
    let update: Update = serde_json::from_str(&updates[0].to_string()).unwrap();
    (updates[0].clone(), update.kind)
}

async fn last_message(client: &Client) -> (Value, Message) {
    match last(client).await {
        (update, UpdateKind::Message(message)) => (update["message"].clone(), message),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn words_beside_a_picture_are_its_caption() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let asks = || Draft::private(&ann, "/ask why");
    for draft in [asks().with_photo(), asks().with_video(), asks().with_document("a.pdf")] {
        let pushed = fake.write(draft);
        let (json, message) = last_message(&client).await;
        assert_eq!((message.text(), message.caption()), (None, Some("/ask why")), "{json}");
        assert_eq!(json["caption_entities"][0]["type"], "bot_command");
        fake.edit_message(pushed, "how");
        let (edited, _) = last(&client).await;
        let edited = &edited["edited_message"];
        assert_eq!((&edited["caption"], &edited["text"]), (&json!("how"), &Value::Null));
        assert_eq!(edited["caption_entities"], Value::Null);
    }
    fake.write(Draft::private(&ann, "").with_photo());
    let (_, message) = last_message(&client).await;
    assert!(message.photo().is_some() && message.caption().is_none());
}

#[tokio::test]
async fn a_quote_names_its_words_and_where_they_stand() {
    let fake = FakeTelegram::start().await;
    let ann = ann(&fake);
    let client = Client::of(&fake);
    let asked = fake.private_text(&ann, "a long question");
    fake.write(Draft::private(&ann, "this").replying_to(asked.message_id).quoting("long", 2));
    let (json, message) = last_message(&client).await;
    assert_eq!(message.quote().map(|quote| (quote.text.as_str(), quote.position)), Some(("long", 2)));
    assert_eq!(json["reply_to_message"]["text"], "a long question");

    let channel = Chat::channel(-1002, "News");
    for draft in [
        Draft::private(&ann, "this").replying_to_post(&channel, 3).quoting("a post", 0),
        Draft::private(&ann, "this").replying_to_somebody(&User::new(9, "Cy")),
    ] {
        fake.write(draft.clone());
        let (json, _) = last_message(&client).await;
        assert_eq!((&json["text"], &json["reply_to_message"]), (&json!("this"), &Value::Null));
        assert_eq!(json["external_reply"], draft.fields["external_reply"]);
        assert_eq!(json["quote"], draft.fields["quote"]);
    }
}

#[tokio::test]
async fn a_post_is_its_channels_and_may_be_signed() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let channel = Chat::channel(-1002, "News");
    let post = fake.write(Draft::post(&channel, "words").with_photo().signed("Bo"));
    let UpdateKind::ChannelPost(read) = last(&client).await.1 else { panic!("no post") };
    assert_eq!((read.caption(), read.author_signature(), read.from.is_none()), (Some("words"), Some("Bo"), true));
    assert_eq!(read.sender_chat.map(|chat| chat.id.0), Some(-1002));
    fake.edit_message(post, "others");
    assert!(matches!(last(&client).await.1, UpdateKind::EditedChannelPost(read) if read.caption() == Some("others")));
}

#[tokio::test]
async fn somebody_anonymous_writes_as_the_group_and_somebody_else_as_a_channel() {
    let fake = FakeTelegram::start().await;
    let client = Client::of(&fake);
    let (forum, channel) = (Chat::forum(-1001, "Friends"), Chat::channel(-1002, "News"));
    fake.write(Draft::anonymous(&forum, "/ask").in_thread(4));
    let (json, message) = last_message(&client).await;
    assert_eq!(json["from"]["id"], 1_087_968_824);
    assert_eq!(message.sender_chat.map(|chat| chat.id), Some(message.chat.id));
    fake.write(Draft::as_channel(&forum, &channel, "/ask").with_photo());
    let (json, message) = last_message(&client).await;
    assert_eq!(json["from"]["id"], 136_817_688);
    assert_eq!(message.sender_chat.map(|chat| chat.id.0), Some(-1002));
}
