//! An event that nobody has looked at for long: whether it is still true is asked before it is announced.

use insta::assert_snapshot;

use crate::support::announcer::{Announcer, admin, plain};
use crate::support::fake::{Chat, Sent, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const FIRST_DAY: &str = "2026-10-01T10:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// What the admin was asked last, of so many questions.
fn asked(bot: &Announcer, n: usize) -> Sent {
    let sent = bot.fake.sent_to(admin().id);
    assert_eq!(sent.len(), n, "{:?}", sent.iter().map(Sent::render).collect::<Vec<_>>());
    sent[n - 1].clone()
}

/// Nobody has looked at the event since the day of the interview.
async fn with_a_stale_event() -> Announcer {
    let mut bot = Announcer::at(BEFORE).await;
    bot.edit(|event| event.reviewed = jiff::civil::date(2026, 1, 29)).await;
    bot.subscribe(&group(), None, &plain()).await;
    bot.go(BEFORE).await;
    bot
}

#[tokio::test]
async fn an_event_that_nobody_looked_at_for_long_waits_for_an_admin() {
    let mut bot = with_a_stale_event().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, 1);
    assert_snapshot!("review", question.render());
    bot.restart().await;
    bot.go("2026-09-02T10:00:00Z").await;
    asked(&bot, 1);
    assert_eq!(bot.n_tries(&group()), 0);
    bot.presses(&admin(), &question, "Still true").await;
    bot.look().await;
    assert_eq!(bot.n_posts(&group()), 1);
    bot.go(FIRST_DAY).await;
    asked(&bot, 1);
    assert_eq!(bot.n_posts(&group()), 2, "the look of the second of September still holds");
}

#[tokio::test]
async fn an_event_that_nobody_confirms_is_missed_and_told_and_asked_about_at_its_next_milestone() {
    let bot = with_a_stale_event().await;
    bot.go(MONTH_AHEAD).await;
    asked(&bot, 1);
    bot.go("2026-10-01T00:00:00Z").await;
    let told = asked(&bot, 2);
    assert!(told.text.starts_with("Not posted in the chat -100500: it could not go out in time."), "{}", told.text);
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 missed"));
    bot.go(FIRST_DAY).await;
    let again = asked(&bot, 3);
    assert!(again.text.contains("Is it still true?"), "{}", again.text);
}

#[tokio::test]
async fn an_event_that_is_not_true_any_more_is_not_announced() {
    let mut bot = with_a_stale_event().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, 1);
    bot.presses(&admin(), &question, "Drop it").await;
    for at in ["2026-09-01T10:00:05Z", FIRST_DAY, "2026-10-15T00:00:00Z"] {
        bot.go(at).await;
    }
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 cancelled"));
    asked(&bot, 1);
}

#[tokio::test]
async fn a_review_counts_though_the_reader_it_was_first_asked_for_has_unsubscribed_since() {
    for (label, posts, deliveries) in [("Still true", 1, "1 sent"), ("Drop it", 0, "1 cancelled")] {
        let mut bot = Announcer::at(BEFORE).await;
        bot.edit(|event| event.reviewed = jiff::civil::date(2026, 1, 29)).await;
        let ann = User::new(7, "Ann").speaking("en");
        let private = bot.subscribe(&Chat::private(&ann), Some(&ann), &plain()).await;
        bot.subscribe(&group(), None, &plain()).await;
        bot.go(MONTH_AHEAD).await;
        let question = asked(&bot, 1);
        bot.store().end(private.id, "unsubscribed", bot.now()).await.unwrap();
        assert_eq!(bot.presses(&admin(), &question, label).await, None);
        assert!(bot.last(admin().id).text.contains("Unbreakable Brotherhood"), "it still says what it was about");
        bot.look().await;
        assert_eq!((bot.n_posts(&group()), bot.deliveries().await.as_str()), (posts, deliveries), "{label}");
    }
}

#[tokio::test]
async fn what_is_dropped_stays_dropped_whoever_presses_an_old_button() {
    let mut bot = with_a_stale_event().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, 1);
    bot.presses(&admin(), &question, "Drop it").await;
    for label in ["Still true", "Drop it"] {
        assert_eq!(bot.presses(&admin(), &question, label).await.as_deref(), Some("This was decided already."));
    }
    bot.look().await;
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (0, "1 cancelled"));
}

#[tokio::test]
async fn only_an_admin_reviews() {
    let mut bot = with_a_stale_event().await;
    let ann = User::new(7, "Ann").speaking("en");
    bot.fake.add_chat(&Chat::private(&ann));
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, 1);
    let said = bot.presses(&ann, &question, "Still true").await;
    assert!(said.is_some_and(|said| said.contains("admin")), "refused");
    bot.look().await;
    assert_eq!(bot.n_tries(&group()), 0);
}
