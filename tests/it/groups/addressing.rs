//! What is addressed to the bot, and where it is answered.

use super::group;
use crate::support::bot::Bot;
use crate::support::fake::{Draft, FakeTelegram};
use crate::support::service::reader;

/// A bare command may be meant for another bot, a mention is answered where Telegram delivers it, and a topic's question in
/// its topic.
#[tokio::test]
async fn what_is_addressed_to_the_bot_is_answered_where_it_was_asked() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.add_chat(&group());
    let ann = reader(7);
    assert!(!fake.group_text(&group(), &ann, "@onrecord_test_bot OSCE").queued, "privacy mode hides it");
    fake.turn_privacy_off();
    assert!(fake.group_text(&group(), &ann, "OSCE?").queued);
    assert!(fake.group_text(&group(), &ann, "/settings").queued);
    fake.group_text(&group(), &ann, "@onrecord_test_bot thanks");
    fake.write(Draft::new(&group(), &ann, "@onrecord_test_bot thanks").in_thread(4));
    let sent = fake.wait_for_sent(group().id, 2).await;
    fake.write(Draft::new(&group(), &ann, "goodbye").replying_to(sent[0].message_id));
    let sent = fake.wait_for_sent(group().id, 3).await;
    bot.stop().await;
    assert_eq!(sent.iter().map(|sent| sent.thread_id).collect::<Vec<_>>(), [None, Some(4), None]);
    assert_eq!(fake.sent_to(group().id).len(), 3);
}
