//! Update ids that come twice, out of order, or from another range: each update is answered once.

use std::time::Duration;

use super::QUESTION;
use crate::support::fake::{DEADLINE, FakeTelegram};
use crate::support::service::{Stage, reader};

/// Waits until the bot has taken in all that waits.
async fn settled(fake: &FakeTelegram) {
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
}

#[tokio::test]
async fn an_update_that_comes_again_is_answered_once() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let first = fake.private_text(&reader(7), QUESTION).update_id;
    fake.wait_for_sent(7, 1).await;
    fake.again(first);
    settled(fake).await;
    // Twice in one batch, and beside another.
    let second = fake.private_text(&reader(8), QUESTION).update_id;
    fake.again(second);
    fake.again(first);
    fake.again(second);
    fake.wait_for_sent(8, 1).await;
    settled(fake).await;
    bot.stop().await.unwrap();

    // A restart knows them still.
    fake.again(first);
    fake.again(second);
    let bot = stage.serve().await;
    stage.ask(&reader(9), QUESTION).await;
    settled(fake).await;
    bot.stop().await.unwrap();
    for chat in [7, 8, 9] {
        assert_eq!(fake.sent_to(chat).len(), 1, "chat {chat}");
    }
    assert_eq!(fake.calls("sendMessage").len(), 3);
}

#[tokio::test]
async fn updates_out_of_order_are_all_answered() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    for (chat, update_id) in [(20, 5007), (21, 5003), (22, 5005), (23, 5001)] {
        let mut update = serde_json::json!({ "update_id": update_id, "message": {
            "message_id": 5, "date": crate::support::service::NOON, "text": QUESTION,
            "chat": { "id": chat, "type": "private", "first_name": "Ann" },
            "from": reader(chat).to_json(),
        }});
        fake.add_chat(&crate::support::fake::Chat::private(&reader(chat)));
        fake.raw(update.take());
    }
    let bot = stage.serve().await;
    for chat in 20..24 {
        fake.wait_for_sent(chat, 1).await;
    }
    stage.ask(&reader(24), QUESTION).await;
    settled(fake).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("sendMessage").len(), 5, "each once");
}

#[tokio::test]
async fn ids_that_begin_anew_are_followed() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    for (chat, from) in [(20, 900_000_000), (21, 1_500_000_000), (22, 17), (23, 700_000_000)] {
        stage.ask(&reader(chat), QUESTION).await;
        fake.renumber_updates(from);
        stage.ask(&reader(chat), QUESTION).await;
        stage.ask(&reader(chat), QUESTION).await;
    }
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), Duration::from_secs(20)).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("sendMessage").len(), 12, "each once");
    assert_eq!(fake.violations(), [""; 0]);
}
