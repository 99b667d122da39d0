//! A channel and the group its posts appear in: both subscribed means each announcement twice.

use insta::assert_snapshot;

use super::subscribing::{ann, group, news, stage};
use crate::support::announcer::{Announcer, careful, plain};
use crate::support::fake::{Chat, Draft, Membership, User};
use crate::support::transcript::Transcript;

const BEFORE: &str = "2026-08-25T00:00:00Z";

/// Somebody subscribes a channel, then its group.
async fn both(language: &str, a_channel: &str, a_group: &str) -> String {
    let (ann, group, news) = (ann(language), group(), news());
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    for chat in [&group, &news] {
        talk.fake.set_member(chat, &ann, Membership::Creator);
    }
    talk.fake.link(&news, &group);
    let question = talk.says(&ann, "/subscribe").await;
    talk.chooses(&ann, &question, a_channel, &news).await;
    talk.chooses(&ann, &question, a_group, &group).await;
    let warning = talk.hears().await;
    talk.note("the same again: she has been warned");
    talk.chooses(&ann, &question, a_group, &group).await;
    let of_the_group = warning.keyboard[1][0].label.clone();
    talk.presses(&ann, &warning, &of_the_group).await;
    talk.end().await
}

#[tokio::test]
async fn both_in_english() {
    assert_snapshot!(both("en", "A channel", "A group").await);
}

#[tokio::test]
async fn both_in_russian() {
    assert_snapshot!(both("ru", "Канал", "Группа").await);
}

#[tokio::test]
async fn who_subscribes_the_group_in_it_is_warned_in_private() {
    for anonymous in [false, true] {
        let mut bot = Announcer::at(BEFORE).await;
        let (ann, ben) = (ann("en"), User::new(8, "Ben").speaking("en"));
        for user in [&ann, &ben] {
            bot.fake.add_chat(&Chat::private(user));
        }
        bot.fake.link(&news(), &group());
        bot.fake.set_member(&group(), &ann, Membership::Administrator);
        bot.subscribe(&news(), Some(&ben), &careful()).await;
        let draft =
            if anonymous { Draft::anonymous(&group(), "/subscribe") } else { Draft::new(&group(), &ann, "/subscribe") };
        bot.hears(draft).await;
        let warned = if anonymous { &ben } else { &ann };
        assert!(bot.last(warned.id).text.starts_with("Posts of the channel -100600 appear in its group “Neighbours”"));
        let n_sent = [ann.id, ben.id, group().id, news().id].map(|chat| bot.fake.sent_to(chat).len());
        assert_eq!(n_sent, if anonymous { [0, 1, 1, 0] } else { [1, 0, 1, 0] });
    }
}

#[tokio::test]
async fn a_link_without_a_second_subscription_is_nobodys_concern() {
    let mut bot = Announcer::at(BEFORE).await;
    let ann = ann("en");
    bot.fake.add_chat(&Chat::private(&ann));
    bot.fake.link(&news(), &group());
    bot.fake.set_member(&group(), &ann, Membership::Administrator);
    let ended = bot.subscribe(&news(), Some(&ann), &careful()).await;
    bot.store().end(ended.id, "unsubscribed", bot.now()).await.unwrap();
    bot.hears(Draft::new(&group(), &ann, "/subscribe")).await;
    assert!(bot.fake.sent_to(ann.id).is_empty());
}

#[tokio::test]
async fn a_post_that_is_forwarded_into_the_group_by_itself_is_not_read() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.fake.link(&news(), &group());
    bot.subscribe(&group(), None, &plain()).await;
    for words in ["/unsubscribe@onrecord_test_bot", "/subscribe@onrecord_test_bot", "/ask@onrecord_test_bot exercises"]
    {
        let forward = Draft::as_channel(&group(), &news(), words).with("is_automatic_forward", true.into());
        bot.hears(forward).await;
    }
    assert!(bot.fake.sent_to(group().id).is_empty());
}
