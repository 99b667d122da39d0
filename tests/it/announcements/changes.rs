//! What becomes of an event after it was announced: those who got the old date are told of the new one, once, and nobody
//! else.

use insta::assert_snapshot;
use onrecord::domain::{Confirmed, Event, Language, Outcome, OutcomeKind, PartialDate, Settings, When};

use crate::support::announcer::{Announcer, admin, careful, plain};
use crate::support::fake::{Accepted, Chat, Draft, Fault, Membership, Refusal, Script, Sent, User};

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
async fn a_corrected_place_of_a_dated_event_is_not_said_to_be_a_new_date() {
    let mut bot = announced().await;
    bot.edit(the_twelfth).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    bot.edit(|event| event.place = None).await;
    for at in ["2026-09-04T10:00:00Z", "2026-09-04T10:00:01Z", "2026-09-04T10:00:02Z"] {
        look_often(&mut bot, at).await;
    }
    let posts = bot.fake.messages(told().id);
    let begins: Vec<_> = posts.iter().map(|post| post.text.lines().next().unwrap_or_default()).collect();
    let corrected = "Brought up to date after this was posted:";
    assert_eq!(begins, [corrected, corrected, "New on this since it was announced here:"]);
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
    assert!(bot.last(told().id).text.starts_with("New on this since it was announced here:"));
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

#[tokio::test]
async fn an_event_that_is_put_off_says_so_once_and_counts_to_no_day_known_to_be_wrong() {
    for (language, name) in [(Language::English, "put_off_in_english"), (Language::Russian, "put_off_in_russian")] {
        let mut bot = Announcer::at(BEFORE).await;
        bot.subscribe(&told(), None, &Settings { language, ..plain() }).await;
        bot.go(MONTH_AHEAD).await;
        let outcome = Outcome { kind: OutcomeKind::Moved, source: SOURCE.to_owned() };
        bot.edit(|event| event.outcome = Some(outcome)).await;
        look_often(&mut bot, "2026-09-03T10:00:00Z").await;
        let without_a_date = bot.last(told().id).render();
        // Later its new day is known: it is ahead again.
        let when = PartialDate::parse("2026-12-12").map(When::Within).unwrap();
        bot.edit(|event| {
            event.confirmed = Some(Confirmed { when, source: SOURCE.to_owned() });
            event.reviewed = jiff::civil::date(2026, 11, 20);
        })
        .await;
        look_often(&mut bot, "2026-09-05T10:00:00Z").await;
        assert_snapshot!(name, format!("{without_a_date}\n\n{}", bot.last(told().id).render()));
        look_often(&mut bot, "2026-12-05T10:00:00Z").await;
        assert_eq!(bot.n_posts(&told()), 4);
    }
}

#[tokio::test]
async fn a_change_is_told_in_russian() {
    for named in [true, false] {
        let mut bot = Announcer::at(BEFORE).await;
        bot.subscribe(&told(), None, &Settings { language: Language::Russian, ..plain() }).await;
        bot.go(MONTH_AHEAD).await;
        let outcome = Outcome { kind: OutcomeKind::Cancelled, source: SOURCE.to_owned() };
        bot.edit(|event| if named { the_twelfth(event) } else { event.outcome = Some(outcome) }).await;
        bot.go("2026-09-03T10:00:00Z").await;
        bot.go("2026-09-03T10:00:01Z").await;
        let name = if named { "named_in_russian" } else { "cancelled_in_russian" };
        let posts = bot.fake.messages(told().id);
        assert_snapshot!(name, format!("{}\n\n{}", posts[1].render(), posts[0].text.lines().next().unwrap()));
    }
}

fn the_twelfth(event: &mut Event) {
    let when = PartialDate::parse("2026-10-12").map(When::Within).unwrap();
    event.confirmed = Some(Confirmed { when, source: SOURCE.to_owned() });
}

fn n_edits(bot: &Announcer) -> usize {
    bot.fake.calls("editMessageText").len()
}

/// The post of the month ahead, as it stands now.
fn old_post(bot: &Announcer) -> Sent {
    bot.fake.messages(told().id).remove(0)
}

#[tokio::test]
async fn a_changed_date_is_noted_in_the_old_post_once() {
    let mut bot = announced().await;
    bot.edit(the_twelfth).await;
    look_often(&mut bot, "2026-09-03T10:00:00Z").await;
    assert_eq!(n_edits(&bot), 0, "a chat gets one thing a second");
    for at in ["2026-09-03T10:00:01Z", "2026-09-03T10:05:00Z", "2026-09-04T10:00:00Z"] {
        look_often(&mut bot, at).await;
        assert_eq!((n_edits(&bot), bot.n_posts(&told())), (1, 2), "{at}");
    }
    assert_snapshot!("corrected", old_post(&bot).render());
    // Moved again: both posts from before are wrong now.
    let twentieth = PartialDate::parse("2026-10-20").map(When::Within).unwrap();
    bot.edit(|event| event.confirmed.as_mut().unwrap().when = twentieth).await;
    for at in ["2026-09-05T10:00:00Z", "2026-09-05T10:00:01Z", "2026-09-05T10:00:02Z", "2026-09-05T10:00:03Z"] {
        look_often(&mut bot, at).await;
    }
    assert_eq!((n_edits(&bot), bot.n_posts(&told())), (3, 3));
    let posts = bot.fake.messages(told().id);
    assert!(posts.iter().all(|post| post.text.contains("20 October 2026")));
    assert!(posts[2].text.starts_with("New on this since it was announced here:"), "{}", posts[2].text);
    assert_eq!((bot.n_posts(&late()), bot.n_posts(&gone())), (0, 1));
    assert_eq!(bot.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_cancelled_event_is_noted_in_the_old_post_in_the_language_of_the_chat() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&told(), None, &Settings { language: Language::Russian, ..plain() }).await;
    bot.go(MONTH_AHEAD).await;
    let outcome = Outcome { kind: OutcomeKind::Cancelled, source: SOURCE.to_owned() };
    bot.edit(|event| event.outcome = Some(outcome)).await;
    bot.go("2026-09-03T10:00:00Z").await;
    bot.go("2026-09-03T10:00:01Z").await;
    assert_eq!((n_edits(&bot), bot.n_posts(&told())), (1, 2));
    assert_snapshot!("corrected_cancelled", old_post(&bot).render());
}

#[tokio::test]
async fn an_old_post_that_cannot_be_edited_stays_and_nobody_is_bothered() {
    for refusal in ["message to edit not found", "message can't be edited", "not enough rights to send text messages"] {
        let mut bot = announced().await;
        let before = old_post(&bot).text;
        bot.edit(the_twelfth).await;
        bot.fake.fault("editMessageText", Fault::Refuse(Refusal::bad_request(refusal)));
        for at in ["2026-09-03T10:00:00Z", "2026-09-03T10:00:01Z", "2026-09-03T10:10:00Z"] {
            look_often(&mut bot, at).await;
        }
        assert_eq!((n_edits(&bot), bot.n_posts(&told()), old_post(&bot).text), (1, 2, before), "{refusal}");
        assert!(bot.fake.sent_to(admin().id).is_empty(), "{refusal}");
    }
}

#[tokio::test]
async fn an_edit_waits_when_it_is_told_to_and_is_made_again_in_doubt() {
    let mut bot = announced().await;
    bot.edit(the_twelfth).await;
    bot.fake.fault("editMessageText", Fault::TooManyRequests { retry_after: Some(30) });
    bot.fake.script(Script::new("editMessageText", Fault::ResetConnection).accepted(Accepted::After));
    for (at, n) in [
        ("2026-09-03T10:00:00Z", 0),
        ("2026-09-03T10:00:01Z", 1),
        ("2026-09-03T10:00:30Z", 1),
        ("2026-09-03T10:00:31Z", 2),
        ("2026-09-03T10:01:30Z", 2),
        ("2026-09-03T10:01:31Z", 3),
        ("2026-09-03T10:10:00Z", 3),
    ] {
        bot.go(at).await;
        bot.restart().await;
        assert_eq!((n_edits(&bot), bot.n_posts(&told())), (n, 2), "{at}");
    }
    assert!(old_post(&bot).text.starts_with("Brought up to date after this was posted:"));
}

#[tokio::test]
async fn an_event_that_leaves_the_files_is_called_off_without_noise_and_comes_back_with_them() {
    let mut bot = Announcer::at(BEFORE).await;
    let (ann, news) = (User::new(7, "Ann").speaking("en"), Chat::channel(-100_600, "News"));
    bot.fake.add_chat(&Chat::private(&ann));
    bot.fake.set_member(&news, &ann, Membership::Creator);
    bot.subscribe(&news, Some(&ann), &careful()).await;
    bot.go(MONTH_AHEAD).await;
    let question = bot.last(ann.id);
    let mut kept = Vec::new();
    bot.rewrite(|events| std::mem::swap(events, &mut kept)).await;
    bot.go("2026-09-02T10:00:00Z").await;
    assert_eq!(bot.deliveries().await, "1 cancelled");
    assert_eq!(bot.presses(&ann, &question, "Post").await.as_deref(), Some("This was decided already."));
    assert_eq!((bot.fake.sent_to(admin().id).len(), bot.fake.sent_to(ann.id).len()), (0, 1), "nobody is bothered");
    bot.rewrite(|events| *events = kept).await;
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!((bot.deliveries().await.as_str(), bot.fake.sent_to(ann.id).len()), ("1 queued", 2), "asked anew");
    bot.presses(&ann, &bot.last(ann.id), "Post").await;
    look_often(&mut bot, "2026-09-03T10:00:05Z").await;
    assert_eq!((bot.n_posts(&news), bot.deliveries().await.as_str()), (1, "1 sent"));
}

#[tokio::test]
async fn an_event_that_is_gone_for_good_is_not_announced_and_nobody_is_told_of_a_refusal() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&told(), None, &plain()).await;
    bot.hears(Draft::private(&admin(), "/pause")).await;
    bot.go(MONTH_AHEAD).await;
    bot.hears(Draft::private(&admin(), "/resume")).await;
    let n_told = bot.fake.sent_to(admin().id).len();
    bot.rewrite(Vec::clear).await;
    // The dispatcher may come to it before the planner has seen the new files.
    bot.send().await;
    assert_eq!((bot.n_tries(&told()), bot.deliveries().await.as_str()), (0, "1 cancelled"));
    look_often(&mut bot, "2026-10-02T10:00:00Z").await;
    assert_eq!((bot.n_tries(&told()), bot.deliveries().await.as_str()), (0, "1 cancelled"));
    assert_eq!(bot.fake.sent_to(admin().id).len(), n_told);
}
