//! A question counts as asked once it has arrived: a kill in between asks it again, and whoever cannot be reached or has
//! to wait holds up nobody else.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::time::Duration;

use insta::assert_snapshot;
use jiff::ToSpan;
use jiff::civil::date;
use onrecord::cli::Service;
use onrecord::domain::{ChatKind, ChatRef, UserRef};
use onrecord::store::{Page, Store};

use crate::support::announcer::{Announcer, admin, careful, instant, plain};
use crate::support::fake::{
    Accepted, Chat, DEADLINE, Draft, FakeTelegram, Fault, Membership, Refusal, Script, Sent, User,
};
use crate::support::process::Process;
use crate::support::service::{ADMIN, Served, Stage, skip};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

fn group(n: i64) -> Chat {
    Chat::supergroup(-100_500 - n, "Neighbours")
}

fn news() -> Chat {
    Chat::channel(-100_600, "News")
}

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

async fn with_a_channel() -> Announcer {
    let bot = Announcer::at(BEFORE).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&news(), &ann(), Membership::Creator);
    bot.subscribe(&news(), Some(&ann()), &careful()).await;
    bot.go(BEFORE).await;
    bot
}

fn asked(bot: &Announcer, user: &User) -> Vec<String> {
    bot.fake.sent_to(user.id).into_iter().map(|sent| sent.text).collect()
}

#[tokio::test]
async fn whatever_was_on_its_way_when_the_bot_was_killed_is_asked_after_the_next_start_and_once() {
    // To whom and what, and when that is to be asked or told.
    for (words, at) in [
        ("May this be posted in the chat", MONTH_AHEAD),
        ("Is it still true?", MONTH_AHEAD),
        ("it could not go out in time", "2026-10-01T00:00:00Z"),
        ("The date named for this is over", "2026-11-01T12:00:00Z"),
    ] {
        let mut bot = with_a_channel().await;
        let asker = if words.starts_with("May this") { ann() } else { admin() };
        if words == "Is it still true?" {
            bot.edit(|event| event.reviewed = date(2026, 1, 29)).await;
        }
        bot.turn(at);
        // The post of September is missed by the look that ends it; each look puts down what that was for.
        for _ in 0..3 {
            bot.plans_and_is_killed().await;
        }
        assert!(!asked(&bot, &asker).iter().any(|text| text.contains(words)), "nothing left the house");
        bot.look().await;
        bot.look().await;
        let n = asked(&bot, &asker).iter().filter(|text| text.contains(words)).count();
        bot.restart().await;
        bot.look().await;
        let n_later = asked(&bot, &asker).iter().filter(|text| text.contains(words)).count();
        assert_eq!((n > 0, n_later), (true, n), "{words}: {:?}", asked(&bot, &asker));
    }
}

#[tokio::test]
async fn that_the_bot_may_not_post_is_told_although_it_was_killed_before_it_said_so() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.subscribe(&group(0), Some(&ann()), &plain()).await;
    bot.fake.bar(&group(0), Refusal::bad_request("not enough rights to send text messages to the chat"));
    bot.turn(MONTH_AHEAD);
    bot.plan().await;
    bot.send().await;
    for _ in 0..2 {
        assert_eq!(bot.plans_and_is_killed().await, 1);
    }
    assert_eq!(asked(&bot, &ann()), [""; 0]);
    for _ in 0..2 {
        bot.look().await;
        bot.restart().await;
    }
    assert_snapshot!("suspended", asked(&bot, &ann()).join("\n\n"));
    assert_eq!(asked(&bot, &admin()), [""; 0], "she can mend it");
}

#[tokio::test]
async fn a_suspension_is_told_once_although_the_clock_is_set_back() {
    let bot = with_a_channel().await;
    let chat = bot.store().subscription_of(ChatRef { id: news().id, thread: None }).await.unwrap().unwrap();
    bot.store().suspend(chat.id, "closed", bot.now() + 1_i64.hours()).await.unwrap();
    for _ in 0..3 {
        bot.look().await;
    }
    assert_eq!(asked(&bot, &ann()).len(), 1, "{:?}", asked(&bot, &ann()));
}

#[tokio::test]
async fn what_may_have_arrived_is_asked_again_after_a_minute() {
    let bot = with_a_channel().await;
    let to_ann = Script::new("sendMessage", Fault::ResetConnection).when(|call| call["chat_id"] == ann().id);
    bot.fake.script(to_ann.accepted(Accepted::Before));
    bot.go(MONTH_AHEAD).await;
    bot.go("2026-09-01T10:00:59Z").await;
    assert_eq!(asked(&bot, &ann()).len(), 0);
    bot.go("2026-09-01T10:01:00Z").await;
    assert_eq!(asked(&bot, &ann()).len(), 1);
}

#[tokio::test]
async fn for_an_owner_who_blocked_the_bot_the_admins_are_asked() {
    let mut bot = with_a_channel().await;
    bot.fake.block(&ann());
    bot.go(MONTH_AHEAD).await;
    bot.look().await;
    assert!(asked(&bot, &admin())[0].starts_with("May this be posted in the chat"), "{:?}", asked(&bot, &admin()));
    bot.hears(Draft::private(&admin(), "/status")).await;
    let status = bot.last(admin().id).text;
    assert!(
        status.contains("One who subscribed a chat cannot be written to; the admins are asked instead"),
        "{status}"
    );
    assert_eq!(asked(&bot, &admin()).len(), 2, "asked once, and the status");
}

#[tokio::test]
async fn a_question_that_nobody_can_be_asked_is_counted_and_not_tried_for_ever() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.subscribe(&news(), None, &careful()).await;
    bot.go(BEFORE).await;
    bot.fake.block(&admin());
    bot.go(MONTH_AHEAD).await;
    // It rests for an hour.
    bot.go("2026-09-01T10:59:00Z").await;
    assert_eq!(bot.n_tries(&Chat::private(&admin())), 1);
    bot.hears(Draft::private(&admin(), "/status")).await;
    let status = bot.last(admin().id).text;
    assert!(status.contains("Questions and reports that reached nobody: 1"), "{status}");
}

#[tokio::test]
async fn every_doubtful_post_is_shown_however_many_there_are() {
    let mut bot = Announcer::at(BEFORE).await;
    for n in 0..45 {
        bot.subscribe(&group(n), None, &plain()).await;
        let id = group(n).id;
        bot.fake.script(Script::new("sendMessage", Fault::ResetConnection).when(move |call| call["chat_id"] == id));
    }
    bot.go(BEFORE).await;
    for second in 0..10 {
        bot.go(&format!("2026-09-01T10:00:{second:02}Z")).await;
    }
    assert_eq!(bot.deliveries().await, "45 ambiguous");
    // Sixteen are under way at once. What comes after the first of them waits until the wave is over.
    let n_told = |bot: &Announcer| {
        let in_chats = |text: &String| text.split(" chats: ").next()?.rsplit(' ').next()?.parse::<usize>().ok();
        asked(bot, &admin()).iter().map(|text| in_chats(text).unwrap_or(1)).collect::<Vec<_>>()
    };
    assert_eq!(n_told(&bot), [16]);
    bot.go("2026-09-01T10:09:59Z").await;
    assert_eq!(n_told(&bot), [16]);
    bot.go("2026-09-01T10:10:00Z").await;
    assert_eq!(n_told(&bot), [16, 45], "it acts on all that are doubtful, and counts them");
    bot.restart().await;
    bot.go("2026-09-01T10:10:05Z").await;
    assert_eq!(n_told(&bot), [16, 45, 45], "a new run shows all of them");
    let messages = bot.fake.sent_to(admin().id);
    bot.presses(&admin(), &messages[0], "Drop all").await;
    assert_eq!(bot.deliveries().await, "29 ambiguous, 16 cancelled", "what it counted");
    bot.presses(&admin(), &messages[1], "Drop all").await;
    assert_eq!(bot.deliveries().await, "45 cancelled");
}

/// A database with channels that nobody owns: the admins are asked about their posts.
async fn with_ownerless_channels(stage: &Stage, n: i64) {
    let store = Store::open(&format!("sqlite://{}", stage.database().display())).await.expect("it opens");
    for n in 0..n {
        let chat = Chat::channel(-100_600 - n, "News");
        stage.fake.add_chat(&chat);
        let place = ChatRef { id: chat.id, thread: None };
        store.subscribe(place, ChatKind::Channel, None, &careful(), instant(BEFORE)).await.expect("it is subscribed");
    }
    store.close().await;
}

fn questions(fake: &FakeTelegram, user: i64) -> Vec<Sent> {
    fake.sent_to(user).into_iter().filter(|sent| sent.text.starts_with("May this be posted in the chat")).collect()
}

#[tokio::test]
async fn an_admin_who_has_to_wait_holds_up_no_other() {
    for seconds in [35, u64::MAX] {
        an_admin_waits(seconds).await;
    }
}

async fn an_admin_waits(seconds: u64) {
    let stage = Stage::set().await;
    let (one, other) = (User::new(ADMIN, "Admin"), User::new(2, "Other").speaking("en"));
    for user in [&one, &other] {
        stage.fake.add_chat(&Chat::private(user));
    }
    with_ownerless_channels(&stage, 3).await;
    let wait = Fault::TooManyRequests { retry_after: Some(seconds) };
    stage.fake.script(Script::new("sendMessage", wait).when(|call| call["chat_id"] == ADMIN));
    let service = stage.service().await;
    let now = instant(MONTH_AHEAD);
    let clock = onrecord::clock::Clock::driven(move || now);
    let admins = BTreeSet::from([UserRef(ADMIN), UserRef(other.id)]);
    let bot = Served::start(Service { clock, admins, ..service });
    stage.fake.wait_for(|fake| questions(fake, other.id).len() == 3, DEADLINE).await;
    let tries = stage.fake.calls("sendMessage").into_iter().filter(|call| call.chat_id() == Some(ADMIN)).count();
    assert_eq!((questions(&stage.fake, ADMIN).len(), tries), (0, 1), "he waits");
    // A day at most, however long he was told to.
    let wait = Duration::from_secs(seconds.min(24 * 60 * 60));
    stage.fake.skip(wait);
    skip(wait).await;
    stage.fake.wait_for(|fake| questions(fake, ADMIN).len() == 3, DEADLINE).await;
    bot.stop().await.expect("it ends well");
    if seconds < u64::MAX {
        assert_eq!(stage.fake.violations(), [""; 0]);
    }
}

#[tokio::test]
async fn a_question_whose_sending_was_killed_arrives_after_the_next_start() {
    let stage = Stage::set().await;
    stage.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    with_ownerless_channels(&stage, 1).await;
    let to_admin = |call: &serde_json::Value| call["chat_id"] == ADMIN;
    stage.fake.script(Script::new("sendMessage", Fault::Stall).when(to_admin));
    let run = || Process::start_with(&stage, &[("ONRECORD_CLOCK_START", OsStr::new(MONTH_AHEAD))]);
    let process = run();
    stage.fake.wait_for(|fake| !fake.calls("sendMessage").is_empty(), DEADLINE).await;
    process.kill().await;
    assert_eq!(questions(&stage.fake, ADMIN).len(), 0);
    let process = run();
    stage.fake.wait_for(|fake| questions(fake, ADMIN).len() == 1, DEADLINE).await;
    process.signal("TERM");
    assert_eq!(process.ended_within(Duration::from_secs(20)).await.code, Some(0));
    let store = Store::open(&format!("sqlite://{}", stage.database().display())).await.expect("it opens");
    let open = store.held(instant(MONTH_AHEAD), Page::first(9)).await.expect("the database is there");
    assert_eq!(open, [], "asked once it has arrived");
}
