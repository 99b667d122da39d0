//! A post that takes several messages: once one of them is there, it is not sent again by the machine, and never edited.

use jiff::SignedDuration;
use onrecord::domain::{Confirmed, Event, Hold, Localised, PartialDate, Settings, Subject, SubscriptionStatus, When};
use onrecord::store::NewDelivery;

use crate::support::announcer::{Announcer, admin, plain};
use crate::support::fake::{Chat, Fault, Membership, Refusal, Script};
use crate::support::log::Log;

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// As long as a message almost can be.
fn long() -> String {
    "a place with a long name ".repeat(150)
}

#[tokio::test]
async fn whatever_stops_the_second_part_leaves_the_post_doubtful_and_never_posts_the_first_again() {
    for refusal in [
        Refusal::bad_request("not enough rights to send text messages to the chat"),
        Refusal::bad_request("message is too long"),
        Refusal::forbidden("bot was kicked from the supergroup chat"),
        Refusal::new(401, "Unauthorized"),
        Refusal::new(500, "Internal Server Error"),
    ] {
        let mut bot = Announcer::at(BEFORE).await;
        let subscription = bot.subscribe(&group(), None, &plain()).await;
        let words = NewDelivery {
            subscription: subscription.id,
            subject: Subject::Words { id: "7-1".to_owned(), text: format!("{0}{0}THE END", long()) },
            due: bot.now(),
            expires: bot.now() + SignedDuration::from_hours(24),
            hold: Hold::Free,
            supersedes: Vec::new(),
        };
        bot.store().enqueue(&[words], &[], bot.now()).await.unwrap();
        let is_last = |call: &serde_json::Value| call["text"].as_str().is_some_and(|text| text.ends_with("THE END"));
        bot.fake.script(Script::new("sendMessage", Fault::Refuse(refusal.clone())).when(is_last));
        bot.look().await;
        assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 ambiguous"), "{refusal:?}");
        bot.restart().await;
        bot.go("2026-08-25T01:00:00Z").await;
        assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 ambiguous"), "{refusal:?}");
        let status = bot.store().subscription(subscription.id).await.unwrap().unwrap().status;
        assert_eq!(status, SubscriptionStatus::Active, "the next post finds out: {refusal:?}");
    }
}

fn placed(event: &mut Event, place: &str) {
    event.place = Some(Localised::same(place));
}

fn the_twelfth(event: &mut Event) {
    let when = PartialDate::parse("2026-10-12").map(When::Within).unwrap();
    event.confirmed = Some(Confirmed { when, source: "https://example.org/news".to_owned() });
}

#[tokio::test]
async fn a_post_that_is_or_was_more_than_one_message_is_not_corrected() {
    let long = long();
    for (was, is, n_messages, n_told) in
        [(long.as_str(), long.as_str(), 4, 2), (&long, "a field", 3, 1), ("a field", &long, 3, 2)]
    {
        let log = Log::listen();
        let mut bot = Announcer::at(BEFORE).await;
        bot.subscribe(&group(), None, &plain()).await;
        bot.edit(|event| placed(event, was)).await;
        bot.go(MONTH_AHEAD).await;
        let before: Vec<String> = bot.fake.messages(group().id).into_iter().map(|sent| sent.text).collect();
        bot.edit(|event| {
            the_twelfth(event);
            placed(event, is);
        })
        .await;
        for at in ["10:00:00", "10:00:01", "10:00:02", "10:01:02", "10:02:02"] {
            bot.go(&format!("2026-09-03T{at}Z")).await;
            bot.restart().await;
        }
        let after: Vec<String> = bot.fake.messages(group().id).into_iter().map(|sent| sent.text).collect();
        assert_eq!((after.len(), bot.fake.calls("editMessageText").len()), (n_messages, 0));
        assert_eq!(after[..before.len()], before, "what was posted stands as it was");
        let told =
            ["a post takes several messages", "a post would take several messages"].map(|words| log.count(words));
        assert_eq!(told.iter().sum::<usize>(), n_told, "{}", log.text());
    }
}

#[tokio::test]
async fn of_a_post_in_several_messages_the_first_is_pinned() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &Settings { pin: true, ..plain() }).await;
    bot.fake.bot_membership(&group(), &admin(), Membership::Administrator);
    bot.edit(|event| placed(event, &long())).await;
    bot.go(MONTH_AHEAD).await;
    let posts = bot.fake.sent_to(group().id);
    assert_eq!((posts.len(), bot.fake.pinned(group().id)), (2, vec![posts[0].message_id]));
}
