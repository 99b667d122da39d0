//! What becomes of an event after it was announced: those who got the old date are told of the new one, once, and nobody
//! else.

use insta::assert_snapshot;
use onrecord::domain::{Confirmed, Outcome, OutcomeKind, PartialDate, When};

use crate::support::announcer::{Announcer, admin, careful, plain};
use crate::support::fake::{Accepted, Chat, Fault, Membership, Script, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const SOURCE: &str = "https://example.org/news";

fn told() -> Chat {
    Chat::supergroup(-100_500, "Told")
}

fn late() -> Chat {
    Chat::supergroup(-100_501, "Late")
}

fn gone() -> Chat {
    Chat::supergroup(-100_502, "Gone")
}

/// One chat got the month, one subscribed after that, one unsubscribed after that.
async fn announced() -> Announcer {
    let bot = Announcer::at(BEFORE).await;
    bot.subscribe(&told(), None, &plain()).await;
    let ended = bot.subscribe(&gone(), None, &plain()).await;
    bot.go(MONTH_AHEAD).await;
    bot.store().end(ended.id, "unsubscribed", bot.now()).await.unwrap();
    bot.turn("2026-09-02T10:00:00Z");
    bot.subscribe(&late(), None, &plain()).await;
    bot.look().await;
    assert_eq!([told(), late(), gone()].map(|chat| bot.n_posts(&chat)), [1, 0, 1]);
    bot
}

async fn look_often(bot: &mut Announcer, at: &str) {
    for _ in 0..2 {
        bot.go(at).await;
        bot.restart().await;
    }
    bot.look().await;
}

#[tokio::test]
async fn a_changed_date_is_told_once_to_those_who_got_the_old_one() {
    let mut bot = announced().await;
    let when = PartialDate::parse("2026-10-12").map(When::Within).unwrap();
    bot.edit(|event| event.confirmed = Some(Confirmed { when, source: SOURCE.to_owned() })).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    assert_eq!([told(), late(), gone()].map(|chat| bot.n_posts(&chat)), [2, 0, 1]);
    assert_snapshot!("moved", bot.last(told().id).render());
    // From now on both get the milestones of the day.
    look_often(&mut bot, "2026-10-05T10:00:00Z").await;
    assert_eq!([told(), late(), gone()].map(|chat| bot.n_posts(&chat)), [3, 1, 1]);
    assert_eq!(bot.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_cancelled_event_is_told_once_and_announced_no_more() {
    let mut bot = announced().await;
    let outcome = Outcome { kind: OutcomeKind::Cancelled, source: SOURCE.to_owned() };
    bot.edit(|event| event.outcome = Some(outcome)).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    look_often(&mut bot, "2026-10-01T10:00:00Z").await;
    look_often(&mut bot, "2026-11-01T10:00:00Z").await;
    assert_eq!([told(), late(), gone()].map(|chat| bot.n_posts(&chat)), [2, 0, 1]);
    assert_snapshot!("cancelled", bot.last(told().id).render());
    assert!(bot.fake.sent_to(admin().id).is_empty(), "nobody is asked what came of it");
}

#[tokio::test]
async fn a_change_in_place_of_a_milestone_that_is_due_is_told_alone() {
    let mut bot = announced().await;
    // The day ahead falls due while the bot is down, and so does the change.
    bot.edit(|event| event.when = PartialDate::parse("2026-09-10").map(When::Within)).await;
    look_often(&mut bot, "2026-09-09T10:00:00Z").await;
    assert_eq!([told(), late()].map(|chat| bot.n_posts(&chat)), [2, 1]);
    assert!(bot.last(told().id).text.starts_with("Changed since it was announced here:"));
    assert!(!bot.last(late().id).text.starts_with("Changed"));
    look_often(&mut bot, "2026-09-10T10:00:00Z").await;
    assert_eq!([told(), late()].map(|chat| bot.n_posts(&chat)), [3, 2]);
}

#[tokio::test]
async fn who_may_have_got_the_old_date_is_told_too() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&told(), None, &plain()).await;
    let lost = Script::new("sendMessage", Fault::ResetConnection).when(|call| call["chat_id"] == told().id);
    bot.fake.script(lost.accepted(Accepted::After));
    bot.go(MONTH_AHEAD).await;
    assert_eq!(bot.deliveries().await, "1 ambiguous");
    bot.edit(|event| event.when = PartialDate::parse("2026-11").map(When::Within)).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    assert_eq!((bot.n_posts(&told()), bot.deliveries().await.as_str()), (2, "1 sent, 1 ambiguous"));
}

#[tokio::test]
async fn a_post_that_waits_is_replaced_when_its_date_changes() {
    let mut bot = Announcer::at(BEFORE).await;
    let (ann, news) = (User::new(7, "Ann").speaking("en"), Chat::channel(-100_600, "News"));
    bot.fake.add_chat(&Chat::private(&ann));
    bot.fake.set_member(&news, &ann, Membership::Creator);
    bot.subscribe(&news, Some(&ann), &careful()).await;
    bot.go(MONTH_AHEAD).await;
    let question = bot.last(ann.id);
    bot.edit(|event| event.when = PartialDate::parse("2026-12").map(When::Within)).await;
    bot.go("2026-09-02T10:00:00Z").await;
    assert_eq!(bot.deliveries().await, "1 superseded");
    assert_eq!(bot.presses(&ann, &question, "Post").await.as_deref(), Some("This was decided already."));
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!(bot.n_tries(&news), 0, "the old date is never posted");
}

#[tokio::test]
async fn a_new_look_at_an_event_announces_nothing() {
    let mut bot = announced().await;
    bot.edit(|event| event.reviewed = jiff::civil::date(2026, 9, 2)).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    assert_eq!([told(), late(), gone()].map(|chat| bot.n_posts(&chat)), [1, 0, 1]);
}
