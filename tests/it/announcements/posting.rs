//! What a chat gets and when: each milestone once, whatever happens to the clock and the process.

use insta::assert_snapshot;
use jiff::tz::TimeZone;
use onrecord::domain::{EventUid, Language, PartialDate, Settings, When};

use crate::support::announcer::{Announcer, OCTOBER, admin, plain};
use crate::support::fake::{Chat, Membership};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const FIRST_DAY: &str = "2026-10-01T10:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

fn other() -> Chat {
    Chat::supergroup(-100_501, "Others")
}

#[tokio::test]
async fn the_posts_of_a_month_arrive_once_each_in_the_language_of_the_chat() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.subscribe(&other(), None, &Settings { language: Language::Russian, ..plain() }).await;
    bot.go(BEFORE).await;
    bot.go("2026-09-01T09:59:59Z").await;
    assert_eq!(bot.n_posts(&group()), 0, "not a second too early");
    for at in [MONTH_AHEAD, FIRST_DAY] {
        bot.go(at).await;
        bot.look().await;
        bot.restart().await;
        bot.go(at).await;
    }
    for chat in [group(), other()] {
        assert_eq!(bot.n_posts(&chat), 2);
    }
    assert_eq!(bot.deliveries().await, "4 sent");
    assert_eq!(bot.fake.violations(), [""; 0]);
    assert_snapshot!("in_english", bot.posts(&group()).join("\n\n"));
    assert_snapshot!("in_russian", bot.posts(&other()).join("\n\n"));
}

#[tokio::test]
async fn a_clock_that_goes_back_posts_nothing_twice() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go(MONTH_AHEAD).await;
    for at in ["2026-08-31T10:00:00Z", MONTH_AHEAD, "2026-01-01T00:00:00Z", "2026-09-01T10:00:01Z"] {
        bot.go(at).await;
        bot.restart().await;
        bot.go(at).await;
    }
    assert_eq!(bot.n_posts(&group()), 1);
    bot.go(FIRST_DAY).await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (2, "2 sent"));
}

#[tokio::test]
async fn a_new_subscriber_gets_no_back_fill() {
    let bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go(MONTH_AHEAD).await;
    bot.subscribe(&other(), None, &plain()).await;
    bot.look().await;
    bot.go("2026-09-20T10:00:00Z").await;
    assert_eq!((bot.n_posts(&group()), bot.n_posts(&other())), (1, 0));
    bot.go(FIRST_DAY).await;
    assert_eq!((bot.n_posts(&group()), bot.n_posts(&other())), (2, 1));
}

#[tokio::test]
async fn after_a_downtime_the_newest_is_posted_and_the_older_one_superseded() {
    let mut bot = Announcer::at(BEFORE).await;
    // A day: a week ahead, the day before, that morning.
    bot.edit(|event| event.when = PartialDate::parse("2026-10-12").map(When::Within)).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go("2026-10-04T10:00:00Z").await;
    // Down from before the week ahead until after the day before.
    bot.turn("2026-10-11T11:00:00Z");
    bot.restart().await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 sent, 1 superseded"));
    assert!(bot.posts(&group())[0].contains("(tomorrow)"), "words of today: {}", bot.posts(&group())[0]);
    bot.look().await;
    bot.go("2026-10-12T10:00:00Z").await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (2, "2 sent, 1 superseded"));
}

#[tokio::test]
async fn three_days_late_is_still_valid() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go("2026-08-31T10:00:00Z").await;
    bot.turn("2026-10-04T10:00:00Z");
    bot.restart().await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 sent, 1 superseded"));
    assert!(bot.posts(&group())[0].contains("(this month)"), "{}", bot.posts(&group())[0]);
}

#[tokio::test]
async fn what_expired_while_the_bot_was_down_is_missed_and_told() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.look().await;
    bot.turn("2026-10-01T09:00:00Z");
    bot.restart().await;
    bot.look().await;
    assert_eq!(bot.deliveries().await, "1 missed", "a month ahead is no news on the day");
    bot.turn("2026-10-08T10:00:00Z");
    bot.restart().await;
    bot.look().await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (0, "2 missed"));
    let told = bot.fake.sent_to(admin().id);
    assert_eq!(told.len(), 2, "each once");
    assert!(
        told.iter().all(|told| told.text.starts_with("Not posted in the chat -100500: it could not go out in time."))
    );
}

/// With thousands of chats and a folder full of past events it was millions that nobody had been promised.
#[tokio::test]
async fn an_event_that_is_loaded_for_the_first_time_has_missed_nothing() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go("2026-10-08T10:00:00Z").await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (0, ""));
    assert_eq!(bot.fake.sent_to(admin().id).len(), 0, "there is nothing to tell");
    // Another one, of which the first day is still news.
    bot.rewrite(|events| {
        let mut added = events.iter().find(|event| event.uid.as_str() == OCTOBER).unwrap().clone();
        added.uid = EventUid::parse("another").unwrap();
        added.when = PartialDate::parse("2026-10-08").map(When::Within);
        events.push(added);
    })
    .await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 sent"));
}

#[tokio::test]
async fn a_chat_gets_it_at_its_own_hour() {
    let bot = Announcer::at(BEFORE).await;
    let zone = TimeZone::get("Asia/Bishkek").unwrap();
    bot.subscribe(&group(), None, &Settings { zone, hour: 8, ..plain() }).await;
    bot.go("2026-09-01T01:59:59Z").await;
    assert_eq!(bot.n_posts(&group()), 0);
    bot.go("2026-09-01T02:00:00Z").await;
    assert_eq!(bot.n_posts(&group()), 1);
}

#[tokio::test]
async fn a_silent_chat_hears_nothing_and_a_pinned_post_is_pinned_once() {
    let bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &Settings { silent: true, pin: true, ..plain() }).await;
    bot.subscribe(&other(), None, &Settings { pin: true, ..plain() }).await;
    bot.fake.bot_membership(&group(), &admin(), Membership::Administrator);
    bot.go(MONTH_AHEAD).await;
    let silent = |chat: &Chat| {
        let calls = bot.fake.calls("sendMessage").into_iter().find(|call| call.chat_id() == Some(chat.id));
        calls.expect("it was posted").body["disable_notification"] == true
    };
    assert_eq!((silent(&group()), silent(&other())), (true, false));
    assert_eq!(bot.fake.pinned(group().id), [bot.last(group().id).message_id]);
    let pins = bot.fake.calls("pinChatMessage");
    assert!(pins.len() == 2 && pins.iter().all(|call| call.body["disable_notification"] == true), "{pins:?}");
    // Where the bot may not pin, the post stands all the same.
    assert_eq!((bot.fake.pinned(other().id), bot.deliveries().await.as_str()), (Vec::new(), "2 sent"));
}

#[tokio::test]
async fn an_outcome_is_asked_for_once() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.go(BEFORE).await;
    bot.go("2026-10-31T23:59:59Z").await;
    assert!(bot.fake.sent_to(admin().id).is_empty(), "it may be going on");
    bot.go("2026-11-01T00:00:00Z").await;
    bot.restart().await;
    bot.go("2026-11-02T00:00:00Z").await;
    let asked = bot.fake.sent_to(admin().id);
    assert_eq!(asked.len(), 1);
    assert_snapshot!(asked[0].render());
}
