//! Manners in groups, and floods, over HTTP: what stays, what goes, what is not answered.

use std::ffi::OsStr;
use std::time::Duration;

use jiff::SignedDuration;
use onrecord::domain::{Language, Lifetime, Manners, Venue};
use onrecord::store::Store;
use serde_json::json;

use crate::support::bot::Bot;
use crate::support::fake::{Chat, DEADLINE, Draft, FakeTelegram, Fault, Membership, Refusal, Script, User};
use crate::support::process::Process;
use crate::support::service::{ADMIN, NOON, Served, Stage, reader, skip, skip_until};

const QUESTION: &str = "/ask contacts with the OSCE";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// A group whose bot's replies are taken back after that time.
async fn stage(manners: Manners) -> (Stage, Store) {
    let stage = Stage::set().await;
    stage.fake.add_chat(&group());
    let store = stage.service().await.store;
    store.set_manners(group().id, manners).await.unwrap();
    (stage, store)
}

const BRIEF: Manners = Manners { lifetime: Lifetime::Minutes5, venue: Venue::Here, language: None };

/// That much time goes by for the bot and in Telegram.
fn pass(stage: &Stage, time: SignedDuration, now: &mut i64) {
    stage.dial.turn(time);
    *now += time.as_secs();
    stage.fake.set_date(*now);
}

async fn gone(fake: &FakeTelegram) {
    skip_until(fake.wait_for(|fake| fake.messages(group().id).is_empty(), DEADLINE)).await;
}

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

#[tokio::test]
async fn a_groups_settings_move_with_it_and_go_with_the_bot() {
    let (stage, store) = stage(Manners { language: Some(Language::Russian), ..BRIEF }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let basic = Chat::group(-500, "Neighbours");
    fake.add_chat(&basic);
    store.set_manners(basic.id, BRIEF).await.unwrap();
    let bot = stage.serve().await;
    let moved = Chat::supergroup(-100_501, "Neighbours");
    fake.migrate(&basic, &moved, &ann);
    fake.group_text(&moved, &ann, "/ask thanks");
    fake.wait_for_sent(moved.id, 1).await;
    assert_eq!(store.manners(moved.id).await.unwrap(), BRIEF);
    assert_eq!(store.manners(basic.id).await.unwrap(), Manners::default());

    fake.group_text(&group(), &ann, "/ask thanks");
    let sent = fake.wait_for_sent(group().id, 1).await;
    assert_eq!(sent[0].text, "Пожалуйста.", "in the group's language");
    for chat in [group(), moved.clone()] {
        fake.bot_membership(&chat, &ann, Membership::Kicked);
    }
    stage.ask(&ann, "thanks").await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    bot.stop().await.unwrap();
    for chat in [group(), moved] {
        assert_eq!(store.manners(chat.id).await.unwrap(), Manners::default());
        assert_eq!(store.keepers(chat.id, 9).await.unwrap(), []);
    }
    assert_eq!(store.due_back(jiff::Timestamp::MAX, 9).await.unwrap(), []);
}

#[tokio::test]
async fn who_cannot_be_written_to_is_not_written_to_again() {
    let (stage, _store) = stage(Manners { venue: Venue::Private, ..Manners::default() }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    fake.bar(&Chat::private(&ann), Refusal::forbidden("bot can't initiate conversation with a user"));
    let bot = stage.serve().await;
    for n in 1..=3 {
        fake.group_text(&group(), &ann, QUESTION);
        fake.wait_for_sent(group().id, n).await;
    }
    let n_tries = fake.count(|call| call.chat_id() == Some(ann.id) && call.method == "sendMessage");
    assert_eq!(n_tries, 1);
    fake.private_text(&ann, "/start");
    fake.wait_for_sent(ann.id, 1).await;
    fake.group_text(&group(), &ann, QUESTION);
    let sent = fake.wait_for_sent(ann.id, 2).await;
    bot.stop().await.unwrap();
    assert!(sent[1].text.contains("29 January 2026:"), "{}", sent[1].text);
    assert_eq!(fake.sent_to(group().id).len(), 3);
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_forged_press_changes_no_group() {
    let (stage, store) = stage(BRIEF).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let bot = stage.serve().await;
    stage.ask(&ann, "OSCE").await;
    let sent = fake.sent_to(ann.id).remove(0);
    for (data, toast) in [
        ("h.en.-100500.answer.private", "Only an administrator"),
        ("h.en.-999.answer.private", "Only an administrator"),
        ("h.en.7.answer.private", "Only an administrator"),
        ("h.en.-100500.answer.nowhere", "too old"),
        ("h.en.x", "too old"),
        ("h.xx.-100500", "too old"),
    ] {
        let pressed = fake.press(&ann, &sent, data);
        fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
        let answer = fake.press_answers(&pressed.query_id).remove(0);
        assert!(answer["text"].as_str().unwrap().contains(toast), "{data}: {answer}");
    }
    fake.set_member(&group(), &ann, Membership::Administrator);
    fake.group_text(&group(), &ann, "/ask thanks");
    let in_group = fake.wait_for_sent(group().id, 1).await.remove(0);
    let pressed = fake.press(&ann, &in_group, "h.en.-100500.answer.private");
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
    assert!(fake.press_answers(&pressed.query_id)[0]["text"].as_str().unwrap().contains("private chat"));
    bot.stop().await.unwrap();
    assert_eq!(store.manners(group().id).await.unwrap(), BRIEF);
    assert_eq!(store.manners(7).await.unwrap(), Manners::default());
}

#[tokio::test]
async fn a_flood_gets_one_line_and_presses_one_toast() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let (ann, admin) = (reader(7), reader(ADMIN));
    for _ in 0..40 {
        fake.private_text(&ann, "thanks");
        fake.private_text(&admin, "thanks");
    }
    fake.wait_for_sent(ADMIN, 40).await;
    let sent = fake.wait_for_sent(7, 21).await;
    let pressed: Vec<_> = (0..25).map(|_| fake.press(&ann, &sent[0], "l.en.0")).collect();
    let is_answered = |fake: &FakeTelegram| pressed.iter().all(|press| fake.press_answers(&press.query_id).len() == 1);
    fake.wait_for(is_answered, DEADLINE).await;
    let toasts = pressed.iter().map(|press| fake.press_answers(&press.query_id)[0]["text"].clone());
    let told: Vec<_> = toasts.filter(|text| !text.is_null()).collect();
    assert_eq!(told, ["Please wait a minute, then press again."]);
    // A minute later, as Telegram dates it.
    fake.set_date(NOON + 60);
    fake.private_text(&ann, "thanks");
    let sent = fake.wait_for_sent(7, 22).await;
    bot.stop().await;
    assert_eq!(sent.len(), 22);
    let lines: Vec<&str> =
        sent.iter().map(|sent| sent.text.as_str()).filter(|text| *text != "You are welcome.").collect();
    assert_eq!(lines, ["That is more than I can answer at once. In a minute, please ask again what is still open."]);
    assert_eq!(sent[21].text, "You are welcome.");
}

#[tokio::test]
async fn a_group_hears_of_a_flood_once_and_its_administrators_nothing() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.add_chat(&group());
    fake.set_member(&group(), &reader(9), Membership::Creator);
    for user in 20..60 {
        fake.group_text(&group(), &reader(user), &format!("/ask thanks {user}"));
    }
    let admin = fake.group_text(&group(), &reader(ADMIN), "/ask thanks");
    let answers_admin =
        |fake: &FakeTelegram| fake.sent_to(group().id).iter().any(|sent| sent.reply_to == Some(admin.message_id));
    fake.wait_for(answers_admin, DEADLINE).await;
    bot.stop().await;
    assert_eq!(fake.sent_to(group().id).len(), 8 + 1 + 1, "answers, the line, and the admin's");
    assert_eq!(fake.sent_to(9).len(), 0);
}

/// Slow mode reaches a bot that is no administrator as a wait, with its end: it is obeyed, nothing is lost, and whoever let
/// the bot in hears of it once.
#[tokio::test]
async fn slow_mode_is_waited_out_and_told_once() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let ann = reader(7);
    fake.add_chat(&group());
    fake.kick(&group());
    fake.add_chat(&Chat::private(&ann));
    fake.bot_membership(&group(), &ann, Membership::Member);
    fake.wait_for_sent(group().id, 1).await;
    for n in 0..2 {
        let slow = Script::new("sendMessage", Fault::TooManyRequests { retry_after: Some(60) });
        fake.script(slow.when(|call| call["chat_id"] == json!(group().id)));
        fake.group_text(&group(), &reader(8), &format!("/ask thanks {n}"));
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        // Whoever asks elsewhere is answered meanwhile, and the wait is known by then.
        fake.private_text(&reader(9), "thanks");
        fake.wait_for_sent(9, n + 1).await;
        skip(Duration::from_secs(11)).await;
        fake.wait_for_sent(ann.id, 1).await;
        fake.skip(Duration::from_secs(60));
        skip(Duration::from_secs(60)).await;
        fake.wait_for_sent(group().id, n + 2).await;
    }
    bot.stop().await;
    let told: Vec<String> = fake.sent_to(ann.id).into_iter().map(|sent| sent.text).collect();
    assert_eq!(
        told,
        [
            "I have to wait for long before each answer in the group “Neighbours”: it seems to be in slow mode. Make me an \
          administrator there, and I need not wait. I tell you this once."
        ]
    );
    assert_eq!(fake.violations(), [""; 0]);
}

/// A bare command may be meant for another bot, a mention is answered where Telegram delivers it, and a topic's question in
/// its topic.
#[tokio::test]
async fn what_is_addressed_to_the_bot_is_answered_where_it_was_asked() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.add_chat(&group());
    let ann = reader(7);
    assert!(!fake.group_text(&group(), &ann, "@onrecord_test_bot OSCE").queued, "privacy mode hides it");
    fake.turn_privacy_off();
    assert!(fake.group_text(&group(), &ann, "OSCE?").queued);
    assert!(fake.group_text(&group(), &ann, "/settings").queued);
    fake.group_text(&group(), &ann, "@onrecord_test_bot thanks");
    fake.write(Draft::new(&group(), &ann, "@onrecord_test_bot thanks").in_thread(4));
    let sent = fake.wait_for_sent(group().id, 2).await;
    fake.write(Draft::new(&group(), &ann, "goodbye").replying_to(sent[0].message_id));
    let sent = fake.wait_for_sent(group().id, 3).await;
    bot.stop().await;
    assert_eq!(sent.iter().map(|sent| sent.thread_id).collect::<Vec<_>>(), [None, Some(4), None]);
    assert_eq!(fake.sent_to(group().id).len(), 3);
}

/// Nobody who keeps the group can be written to: an admin of the bot is told.
#[tokio::test]
async fn an_admin_hears_of_a_trouble_where_nobody_else_can() {
    let (stage, _store) = stage(Manners::default()).await;
    let (fake, admin) = (&stage.fake, User::new(ADMIN, "Admin"));
    fake.add_chat(&Chat::private(&admin));
    let bot = Served::start(stage.service().await);
    fake.kick(&group());
    fake.bot_membership(&group(), &reader(7), Membership::Member);
    fake.wait_for_sent(group().id, 1).await;
    fake.shut_topic(&group(), 4, "TOPIC_CLOSED");
    for words in ["/ask OSCE", "/ask exercises"] {
        fake.write(Draft::new(&group(), &reader(8), words).in_thread(4));
    }
    let told = fake.wait_for_sent(ADMIN, 1).await;
    fake.group_text(&group(), &reader(8), "/ask thanks");
    fake.wait_for_sent(group().id, 2).await;
    bot.stop().await.unwrap();
    assert!(told[0].text.contains("“Neighbours” (-100500/4)"), "{}", told[0].text);
    assert_eq!(fake.sent_to(ADMIN).len(), 1, "once");
}
