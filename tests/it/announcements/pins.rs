//! A pin is a call like any other: it waits where it is told to, and the rates count it.

use std::ops::Range;

use jiff::SignedDuration;
use onrecord::domain::{Hold, Settings, Subject, Subscription};
use onrecord::store::NewDelivery;

use crate::support::announcer::{Announcer, admin, plain};
use crate::support::fake::{Call, Chat, Fault, Membership, Script};

const START: &str = "2026-08-25T00:00:00Z";

/// In all, in a second, and in a group, in a minute.
const A_SECOND: usize = 25;
const A_MINUTE_IN_A_GROUP: usize = 18;

fn group(n: i64) -> Chat {
    Chat::supergroup(-100_500 - n, "Neighbours")
}

fn pinning() -> Settings {
    Settings { pin: true, ..plain() }
}

async fn subscribed(bot: &Announcer, n: i64) -> Subscription {
    let subscription = bot.subscribe(&group(n), None, &pinning()).await;
    bot.fake.bot_membership(&group(n), &admin(), Membership::Administrator);
    subscription
}

/// The notices of the operator's of these numbers wait for that chat.
async fn queue(bot: &Announcer, chat: &Subscription, numbers: Range<u32>) {
    let now = bot.now();
    let words = numbers.map(|n| NewDelivery {
        subscription: chat.id,
        subject: Subject::Words { id: format!("7-{n}"), text: "Hear, hear.".to_owned() },
        due: now,
        expires: now + SignedDuration::from_hours(24),
        hold: Hold::Free,
        supersedes: Vec::new(),
    });
    bot.store().enqueue(&words.collect::<Vec<_>>(), &[], now).await.unwrap();
}

fn n_calls(bot: &Announcer) -> usize {
    let counts = |call: &Call| ["sendMessage", "pinChatMessage"].contains(&call.method.as_str());
    bot.fake.count(counts)
}

#[tokio::test]
async fn a_pin_that_is_told_to_wait_holds_up_its_chat_after_a_restart_too() {
    let mut bot = Announcer::at(START).await;
    let chats = [subscribed(&bot, 0).await, subscribed(&bot, 1).await];
    let wait = Fault::TooManyRequests { retry_after: Some(35) };
    bot.fake.script(Script::new("pinChatMessage", wait).when(|call| call["chat_id"] == -100_500));
    queue(&bot, &chats[0], 0..1).await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group(0)), bot.deliveries().await.as_str()), (1, "1 sent"));
    bot.restart().await;
    for chat in &chats {
        queue(&bot, chat, 1..2).await;
    }
    for (at, expected) in [("2026-08-25T00:00:34Z", [1, 1]), ("2026-08-25T00:00:35Z", [2, 1])] {
        bot.go(at).await;
        assert_eq!([0, 1].map(|n| bot.n_posts(&group(n))), expected, "{at}");
    }
    assert_eq!(bot.fake.pinned(group(0).id), [bot.last(group(0).id).message_id], "the first stands unpinned");
}

#[tokio::test]
async fn posts_and_their_pins_together_stay_within_a_second() {
    let bot = Announcer::at(START).await;
    for n in 0..30 {
        queue(&bot, &subscribed(&bot, n).await, 0..1).await;
    }
    let mut n_before = 0;
    for second in 0..3 {
        bot.go(&format!("2026-08-25T00:00:0{second}Z")).await;
        let n = n_calls(&bot);
        assert!(n - n_before <= A_SECOND, "{} calls in second {second}", n - n_before);
        n_before = n;
    }
    assert_eq!((n_before, bot.deliveries().await.as_str()), (60, "30 sent"), "and are not slower than that");
}

#[tokio::test]
async fn posts_and_their_pins_together_stay_within_a_groups_minute() {
    let bot = Announcer::at(START).await;
    queue(&bot, &subscribed(&bot, 0).await, 0..12).await;
    for second in 0..60 {
        bot.go(&format!("2026-08-25T00:00:{second:02}Z")).await;
    }
    assert_eq!(n_calls(&bot), A_MINUTE_IN_A_GROUP);
    bot.go("2026-08-25T00:01:00Z").await;
    assert_eq!(n_calls(&bot), A_MINUTE_IN_A_GROUP + 2);
}
