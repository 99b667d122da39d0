//! Forum topics: announcements go to the one that was subscribed, and stop where it is closed or gone.

use onrecord::domain::{ChatRef, SubscriptionStatus};

use crate::support::announcer::Announcer;
use crate::support::fake::{Chat, Draft, Membership, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const FIRST_DAY: &str = "2026-10-01T10:00:00Z";

fn forum() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

/// A forum whose topics 5 and 6 are subscribed by a command in each.
async fn subscribed() -> Announcer {
    let mut bot = Announcer::at(BEFORE).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&forum(), &ann(), Membership::Administrator);
    for topic in [5, 6] {
        bot.hears(Draft::new(&forum(), &ann(), "/subscribe").in_thread(topic)).await;
        assert_eq!(bot.last(forum().id).thread_id, Some(topic), "the reply");
    }
    bot
}

/// The announcements that a topic got.
fn n_posts(bot: &Announcer, topic: i64) -> usize {
    let sent = bot.fake.sent_to(forum().id);
    sent.iter().filter(|sent| sent.thread_id == Some(topic) && sent.text.contains("Date named")).count()
}

#[tokio::test]
async fn a_topic_that_was_subscribed_gets_the_posts() {
    let bot = subscribed().await;
    // A chat gets one a second.
    for at in [MONTH_AHEAD, "2026-09-01T10:00:01Z"] {
        bot.go(at).await;
    }
    assert_eq!([5, 6].map(|topic| n_posts(&bot, topic)), [1, 1]);
    assert!(bot.fake.sent_to(forum().id).iter().all(|sent| sent.thread_id.is_some()), "none in the forum itself");
    assert_eq!((bot.deliveries().await.as_str(), bot.fake.violations()), ("2 sent", Vec::<String>::new()));
}

#[tokio::test]
async fn a_topic_that_is_closed_or_deleted_is_suspended_and_told_of_once_with_the_way_out() {
    for reason in ["TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"] {
        let mut bot = subscribed().await;
        bot.fake.shut_topic(&forum(), 5, reason);
        for at in [MONTH_AHEAD, "2026-09-01T10:00:01Z", "2026-09-02T10:00:00Z"] {
            bot.go(at).await;
            bot.restart().await;
        }
        assert_eq!([5, 6].map(|topic| n_posts(&bot, topic)), [0, 1], "the other goes on: {reason}");
        let place = ChatRef { id: forum().id, thread: Some(5) };
        let subscription = bot.store().subscription_of(place).await.unwrap().unwrap();
        assert_eq!(subscription.status, SubscriptionStatus::Suspended, "{reason}");
        let told = bot.fake.sent_to(ann().id);
        assert_eq!(told.len(), 1, "{reason}");
        assert_eq!(
            told[0].text.lines().next(),
            Some(
                "I cannot post in the topic “Neighbours” (-100500/5) any more, and have stopped. If it was closed, open it and send \
                 /subscribe in it; if it was deleted, send /subscribe in another topic. I also need the right to write \
                 there."
            )
        );
        bot.fake.open_topic(&forum(), 5);
        bot.hears(Draft::new(&forum(), &ann(), "/subscribe").in_thread(5)).await;
        for at in ["2026-09-02T10:00:05Z", FIRST_DAY, "2026-10-01T10:00:01Z"] {
            bot.go(at).await;
        }
        assert_eq!([5, 6].map(|topic| n_posts(&bot, topic)), [2, 2], "{reason}");
        assert_eq!(bot.deliveries().await, "4 sent", "{reason}");
    }
}
