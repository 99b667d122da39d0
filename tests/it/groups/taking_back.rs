//! Replies are taken back when their time is over: not before, not twice, also after a kill.

use std::ffi::OsStr;
use std::time::Duration;

use jiff::SignedDuration;

use super::{BRIEF, QUESTION, gone, group, pass, stage};
use crate::support::fake::{DEADLINE, FakeTelegram, Fault, Refusal, Script};
use crate::support::process::Process;
use crate::support::service::{NOON, reader, skip, skip_until};

#[tokio::test]
async fn a_reply_is_taken_back_when_its_time_is_over_and_not_before() {
    let (stage, _store) = stage(BRIEF).await;
    let (fake, mut now) = (&stage.fake, NOON);
    let bot = stage.serve().await;
    fake.group_text(&group(), &reader(7), QUESTION);
    fake.wait_for_sent(group().id, 1).await;
    // What is said in private stays.
    stage.ask(&reader(7), "OSCE").await;
    bot.stop().await.unwrap();

    pass(&stage, SignedDuration::from_secs(299), &mut now);
    let bot = stage.serve().await;
    skip(Duration::from_secs(12)).await;
    stage.ask(&reader(8), "OSCE").await;
    assert_eq!(fake.calls("deleteMessage").len(), 0, "a second is left");
    pass(&stage, SignedDuration::from_secs(1), &mut now);
    gone(fake).await;
    skip(Duration::from_secs(60)).await;
    stage.ask(&reader(8), "OSCE").await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("deleteMessage").len(), 1, "once, after a restart");
    assert_eq!(fake.messages(7).len(), 1);
    assert_eq!(fake.violations(), [""; 0]);
}

/// The real binary is killed with a message to take back; the next one does it.
#[tokio::test]
async fn a_kill_does_not_keep_a_reply_from_being_taken_back() {
    let (stage, store) = stage(BRIEF).await;
    store.close().await;
    let fake = &stage.fake;
    let start = async |clock: &'static str| Process::start_with(&stage, &[("ONRECORD_CLOCK_START", OsStr::new(clock))]);
    let process = start("2026-11-23T12:00:00Z").await;
    fake.group_text(&group(), &reader(7), QUESTION);
    fake.wait_for_sent(group().id, 1).await;
    // The next question of the same lane is answered once the first is done with.
    fake.group_text(&group(), &reader(7), "/ask thanks");
    fake.wait_for_sent(group().id, 2).await;
    process.kill().await;
    let first = fake.sent_to(group().id)[0].message_id;
    let process = start("2026-11-23T12:05:30Z").await;
    let is_gone = |fake: &FakeTelegram| fake.messages(group().id).iter().all(|sent| sent.message_id != first);
    fake.wait_for(is_gone, DEADLINE).await;
    process.kill().await;
}

#[tokio::test]
async fn what_cannot_be_taken_back_is_let_be() {
    for (what, refusal) in [
        ("an administrator was quicker", "message to delete not found"),
        ("it is too old", "message can't be deleted for everyone"),
        ("somebody else's", "message can't be deleted"),
    ] {
        let (stage, store) = stage(BRIEF).await;
        let fake = &stage.fake;
        fake.fault("deleteMessage", Fault::Refuse(Refusal::bad_request(refusal)));
        let bot = stage.serve().await;
        fake.group_text(&group(), &reader(7), QUESTION);
        fake.wait_for_sent(group().id, 1).await;
        stage.ask(&reader(7), "OSCE").await;
        stage.dial.turn(SignedDuration::from_mins(5));
        skip_until(fake.wait_for(|fake| fake.calls("deleteMessage").len() == 1, DEADLINE)).await;
        skip(Duration::from_secs(60)).await;
        stage.ask(&reader(7), "exercises").await;
        bot.stop().await.unwrap();
        assert_eq!(fake.calls("deleteMessage").len(), 1, "{what}: once");
        assert_eq!(store.due_back(stage.dial.clock().now(), 9).await.unwrap(), [], "{what}");
    }
}

#[tokio::test]
async fn what_may_go_later_is_tried_again() {
    for fault in [Fault::TooManyRequests { retry_after: Some(7) }, Fault::ResetConnection] {
        let (stage, _store) = stage(BRIEF).await;
        let (fake, mut now) = (&stage.fake, NOON);
        fake.script(Script::new("deleteMessage", fault));
        let bot = stage.serve().await;
        fake.group_text(&group(), &reader(7), QUESTION);
        fake.wait_for_sent(group().id, 1).await;
        stage.ask(&reader(7), "OSCE").await;
        pass(&stage, SignedDuration::from_mins(5), &mut now);
        skip_until(fake.wait_for(|fake| fake.calls("deleteMessage").len() == 1, DEADLINE)).await;
        // What was refused is known to the bot before somebody else is answered.
        stage.ask(&reader(9), "thanks").await;
        fake.skip(Duration::from_secs(60));
        skip(Duration::from_secs(10)).await;
        pass(&stage, SignedDuration::from_secs(60), &mut now);
        gone(fake).await;
        bot.stop().await.unwrap();
        assert_eq!(fake.calls("deleteMessage").len(), 2);
        assert_eq!(fake.violations(), [""; 0]);
    }
}
