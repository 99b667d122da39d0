//! A reload beside announcements that are planned already: what goes out is what was planned, or waits for the new plan.

use jiff::tz::TimeZone;
use onrecord::domain::{Confirmed, Event, Hold, PartialDate, QuietHours, Settings, Subject, When};
use onrecord::store::NewDelivery;

use crate::support::announcer::{Announcer, admin, plain};
use crate::support::fake::{Chat, Draft};

const BEFORE: &str = "2026-08-25T00:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// Another day than the shipped one, so that a reload of what is shipped changes it.
fn the_twelfth(event: &mut Event) {
    let when = PartialDate::parse("2026-10-12").map(When::Within).unwrap();
    event.confirmed = Some(Confirmed { when, source: "https://example.org/news".to_owned() });
}

#[tokio::test]
async fn what_was_planned_before_a_reload_is_not_posted_with_the_words_after_it() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.edit(the_twelfth).await;
    bot.turn("2026-10-11T10:00:00Z");
    bot.plan().await;
    assert_eq!(bot.deliveries().await, "1 queued, 1 superseded");
    bot.reload_what_is_shipped();
    bot.send().await;
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 queued, 1 superseded"));
    for at in ["2026-10-11T10:00:05Z", "2026-10-11T10:00:10Z", "2026-10-11T10:01:00Z"] {
        bot.go(at).await;
    }
    assert_eq!(bot.n_tries(&group()), 0, "nothing of the shipped schedule is due on that day");
    assert!(!bot.deliveries().await.contains("queued"), "{}", bot.deliveries().await);
}

#[tokio::test]
async fn nothing_is_announced_now_while_the_planner_holds_another_day() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.edit(the_twelfth).await;
    bot.look().await;
    bot.reload_what_is_shipped();
    bot.hears(Draft::private(&admin(), "/announce")).await;
    let list = bot.last(admin().id);
    bot.presses(&admin(), &list, "Exercise “Unbreakable Brotherhood – 2026”").await;
    let offer = bot.last(admin().id);
    bot.presses(&admin(), &offer, "Post to 1 chat").await;
    let reply = bot.last(admin().id).text;
    assert_eq!(reply, "The knowledge is being reloaded; nothing is posted. Try again in a minute.");
    assert_eq!(bot.n_tries(&group()), 0);
}

#[tokio::test]
async fn a_chat_in_which_the_day_is_over_is_not_counted_among_those_that_get_it_now() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.edit(the_twelfth).await;
    bot.turn("2026-10-12T20:00:00Z");
    bot.subscribe(&group(), None, &plain()).await;
    let east = Settings { zone: TimeZone::get("Pacific/Kiritimati").unwrap(), ..plain() };
    bot.subscribe(&Chat::supergroup(-100_501, "Islanders"), None, &east).await;
    bot.look().await;
    bot.hears(Draft::private(&admin(), "/announce")).await;
    let list = bot.last(admin().id);
    bot.presses(&admin(), &list, "Exercise “Unbreakable Brotherhood – 2026”").await;
    let offer = bot.last(admin().id);
    bot.presses(&admin(), &offer, "Post to 1 chat").await;
    bot.look().await;
    assert_eq!(bot.deliveries().await, "1 sent");
}

#[tokio::test]
async fn what_comes_late_into_the_night_waits_for_the_morning() {
    let bot = Announcer::at(BEFORE).await;
    let night = Settings { quiet: QuietHours::new(22, 8), ..plain() };
    bot.subscribe(&group(), None, &night).await;
    bot.turn("2026-09-01T10:00:00Z");
    for (at, n) in [("2026-09-01T22:00:00Z", 0), ("2026-09-02T07:59:59Z", 0), ("2026-09-02T08:00:00Z", 1)] {
        bot.go(at).await;
        assert_eq!(bot.n_tries(&group()), n, "{at}");
    }
}

#[tokio::test]
async fn what_would_be_too_late_after_the_night_is_posted_in_it() {
    let bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &Settings { quiet: QuietHours::new(22, 8), ..plain() }).await;
    // The month ahead expires with the first day.
    bot.go("2026-09-30T23:00:00Z").await;
    assert_eq!(bot.n_posts(&group()), 1);
}

#[tokio::test]
async fn a_post_that_waits_for_the_morning_does_not_hold_back_one_that_would_be_too_late_then() {
    let bot = Announcer::at(BEFORE).await;
    let chat = bot.subscribe(&group(), None, &Settings { quiet: QuietHours::new(22, 8), ..plain() }).await;
    let words = |text: &str, due, expires: &str| NewDelivery {
        subscription: chat.id,
        subject: Subject::Words { id: text.to_owned(), text: text.to_owned() },
        due,
        expires: expires.parse().unwrap(),
        hold: Hold::Free,
        supersedes: Vec::new(),
    };
    bot.go("2026-08-25T23:00:00Z").await;
    let can_wait = words("It can wait", bot.now(), "2026-08-26T12:00:00Z");
    bot.store().enqueue(&[can_wait], &[], bot.now()).await.unwrap();
    bot.go("2026-08-25T23:00:05Z").await;
    let tonight = words("It is tonight", bot.now(), "2026-08-26T02:00:00Z");
    bot.store().enqueue(&[tonight], &[], bot.now()).await.unwrap();
    for (at, n) in [("2026-08-25T23:00:10Z", 1), ("2026-08-26T07:59:59Z", 1), ("2026-08-26T08:00:00Z", 2)] {
        bot.go(at).await;
        assert_eq!(bot.n_posts(&group()), n, "{at}");
    }
    let posts = bot.posts(&group());
    assert!(posts[0].contains("It is tonight") && posts[1].contains("It can wait"), "{posts:?}");
}

#[tokio::test]
async fn what_expired_while_the_bot_was_down_is_told_as_missed_though_its_event_was_edited_meanwhile() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.edit(the_twelfth).await;
    bot.go("2026-10-06T10:00:00Z").await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.look().await;
    bot.turn("2026-10-12T00:00:00Z");
    bot.edit(|event| event.place = None).await;
    bot.look().await;
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 missed"));
    let told = bot.last(admin().id).text;
    assert!(told.starts_with("Not posted in the chat -100500: it could not go out in time."), "{told}");
}

#[tokio::test]
async fn a_chat_that_goes_on_gets_what_fell_due_meanwhile() {
    let bot = Announcer::at(BEFORE).await;
    let chat = bot.subscribe(&group(), None, &plain()).await;
    bot.store().suspend(chat.id, "closed", bot.now()).await.unwrap();
    bot.go("2026-09-01T10:00:00Z").await;
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 queued"));
    bot.subscribe(&group(), None, &plain()).await;
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (1, "1 sent"));
}

#[tokio::test]
async fn a_move_from_one_day_that_is_over_to_another_is_no_news() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go("2026-09-01T10:00:00Z").await;
    bot.go("2026-10-01T10:00:00Z").await;
    assert_eq!(bot.n_posts(&group()), 2);
    bot.go("2026-11-05T10:00:00Z").await;
    bot.edit(the_twelfth).await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (2, "2 sent"));
}
