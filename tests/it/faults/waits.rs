//! Telegram asks to wait (429): its chat waits, to the second, and no other.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use onrecord::app::ClockIs;
use onrecord::cli::Service;
use onrecord::domain::{ChatKind, ChatRef, Hold, Subject};
use onrecord::store::{NewDelivery, Store};
use serde_json::json;

use super::QUESTION;
use crate::support::announcer::plain;
use crate::support::fake::{Call, Chat, FakeTelegram, Fault, Script};
use crate::support::service::{NOON, Served, Stage, reader, skip};

/// The next send to that chat is told to wait.
fn hold_up(fake: &FakeTelegram, chat: i64, retry_after: Option<u64>) {
    let fault = Fault::TooManyRequests { retry_after };
    fake.script(Script::new("sendMessage", fault).when(move |call| call["chat_id"] == json!(chat)));
}

fn sends(fake: &FakeTelegram, chat: i64) -> Vec<Call> {
    fake.calls("sendMessage").into_iter().filter(|call| call.chat_id() == Some(chat)).collect()
}

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn a_reply_that_must_wait_goes_out_once_and_holds_up_no_other_chat() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let fake = &stage.fake;
    let waits = [(10, Some(1)), (11, Some(5)), (12, None), (13, Some(0))];
    for (chat, retry_after) in waits {
        hold_up(fake, chat, retry_after);
        fake.private_text(&reader(chat), QUESTION);
        fake.private_text(&reader(chat), "/about");
    }
    // The same chat is asked to wait once more: that counts anew.
    hold_up(fake, 10, Some(1));
    fake.private_text(&reader(14), QUESTION);

    fake.wait_for_sent(14, 1).await;
    assert!(fake.sent_to(11).is_empty(), "it waits for itself alone");
    for (chat, _) in waits {
        fake.wait_for_sent(chat, 2).await;
    }
    bot.stop().await.unwrap();
    assert_eq!(fake.violations(), [""; 0], "no call into a freeze");
    for (chat, n_calls) in [(10, 4), (11, 3), (12, 3), (13, 3), (14, 1)] {
        let accepted: Vec<bool> = sends(fake, chat).iter().map(|call| call.accepted).collect();
        assert_eq!(accepted.len(), n_calls, "chat {chat}");
        let n_refused = accepted.iter().take_while(|accepted| !**accepted).count();
        assert_eq!(n_calls - n_refused, fake.sent_to(chat).len(), "first refused, then sent");
        let order: Vec<bool> = fake.sent_to(chat).iter().map(|sent| sent.text.contains("29 January 2026:")).collect();
        assert_eq!(order, if chat == 14 { vec![true] } else { vec![true, false] }, "in the order of the questions");
    }
}

#[tokio::test]
async fn the_answer_to_a_press_waits_too() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let fake = &stage.fake;
    let ann = reader(7);
    stage.ask(&ann, "/topics").await;
    fake.fault("answerCallbackQuery", Fault::TooManyRequests { retry_after: Some(1) });
    let pressed = fake.press(&ann, &fake.sent_to(7)[0], "no such button");
    fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), Duration::from_secs(20)).await;
    bot.stop().await.unwrap();
    let calls = fake.calls("answerCallbackQuery");
    let (told, freeze) = calls[0].freeze().unwrap();
    assert_eq!(calls.len(), 2);
    assert!(calls[1].at.duration_since(told) >= freeze, "it was asked to wait");
}

#[tokio::test]
async fn a_long_wait_is_obeyed_across_restarts() {
    let stage = Stage::set().await;
    let (fake, ann, ben) = (&stage.fake, reader(7), reader(8));
    hold_up(fake, 7, Some(35));
    let bot = stage.serve().await;
    fake.private_text(&ann, QUESTION);
    fake.wait_for(|_| sends(fake, 7).len() == 1, Duration::from_secs(20)).await;
    // The wait is stored when the chat's next update is admitted and another chat has been answered.
    stage.ask(&ben, QUESTION).await;
    bot.stop().await.unwrap();

    stage.dial.turn(SignedDuration::from_secs(5));
    fake.set_date(NOON + 5);
    let bot = stage.serve().await;
    stage.ask(&ben, QUESTION).await;
    skip(Duration::from_secs(29)).await;
    stage.ask(&ben, QUESTION).await;
    assert_eq!(sends(fake, 7).len(), 1, "34 s are over, and one is left");
    skip(Duration::from_secs(1)).await;
    fake.wait_for_sent(7, 1).await;
    bot.stop().await.unwrap();

    stage.dial.turn(SignedDuration::from_secs(31));
    let bot = stage.serve().await;
    stage.ask(&ann, QUESTION).await;
    bot.stop().await.unwrap();
    assert_eq!(sends(fake, 7).len(), 3, "one refused, two sent");
}

/// Added to the clock, such a number is no instant any more: the reply was sent again at once, and again.
#[tokio::test]
async fn a_wait_without_measure_lasts_a_day() {
    const LAST_MINUTE: Duration = Duration::from_secs(60);
    let stage = Stage::set().await;
    let (fake, ann, ben) = (&stage.fake, reader(7), reader(8));
    hold_up(fake, 7, Some(u64::MAX));
    let bot = stage.serve().await;
    fake.private_text(&ann, QUESTION);
    fake.wait_for(|_| !sends(fake, 7).is_empty(), Duration::from_secs(20)).await;
    stage.ask(&ben, QUESTION).await;
    skip(Duration::from_secs(24 * 60 * 60) - LAST_MINUTE).await;
    stage.ask(&ben, QUESTION).await;
    assert_eq!(sends(fake, 7).len(), 1);
    skip(LAST_MINUTE).await;
    fake.wait_for_sent(7, 1).await;
    bot.stop().await.unwrap();
}

/// Freezes are stored by the bot's clock, and so is what a start makes of them: by the machine's, the wait would be over
/// already, or last for decades.
#[tokio::test]
async fn a_start_obeys_the_wait_of_a_post_by_the_clock_that_was_set() {
    for set_to in ["2001-09-01T10:00:00Z", "2096-09-01T10:00:00Z"] {
        let stage = Stage::set().await;
        let (fake, ann, ben) = (&stage.fake, reader(7), reader(8));
        let now: Timestamp = set_to.parse().unwrap();
        stage.dial.turn(now.duration_since(stage.dial.clock().now()));
        let service = async || Service { clock_is: ClockIs::Set, ..stage.service().await };
        let first = service().await;
        fake.add_chat(&Chat::private(&ann));
        queue_words(&first.store, ChatRef { id: 7, thread: None }, now).await;
        hold_up(fake, 7, Some(35));
        let bot = Served::start(first);
        fake.wait_for(|_| sends(fake, 7).len() == 1, Duration::from_secs(20)).await;
        bot.stop().await.unwrap();

        stage.dial.turn(SignedDuration::from_secs(5));
        let bot = Served::start(service().await);
        fake.private_text(&ann, QUESTION);
        stage.ask(&ben, QUESTION).await;
        skip(Duration::from_secs(29)).await;
        stage.ask(&ben, QUESTION).await;
        assert_eq!(sends(fake, 7).len(), 1, "{set_to}: 34 s are over, and one is left");
        skip(Duration::from_secs(1)).await;
        assert!(fake.wait_for_sent(7, 1).await[0].text.contains("29 January 2026:"), "{set_to}");
        bot.stop().await.unwrap();
    }
}

/// The operator's words are to be posted in a chat now.
async fn queue_words(store: &Store, chat: ChatRef, now: Timestamp) {
    let subscription = store.subscribe(chat, ChatKind::Private, None, &plain(), now).await.unwrap().id;
    let words = NewDelivery {
        subscription,
        subject: Subject::Words { id: "7-1".to_owned(), text: "Hear, hear.".to_owned() },
        due: now,
        expires: now + SignedDuration::from_hours(24),
        hold: Hold::Free,
        supersedes: Vec::new(),
    };
    assert_eq!(store.enqueue(&[words], &[], now).await.unwrap(), 1);
}

/// A reply longer than a message goes out in parts. One that has to wait is sent alone, not with those before it.
#[tokio::test]
async fn a_part_that_has_to_wait_is_not_sent_with_those_that_are_there() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let mut service = stage.service().await;
    service.operator = Some("a long name ".repeat(500));
    let bot = Served::start(service);
    fake.private_text(&reader(7), "/about");
    let first = fake.wait_for_sent(7, 3).await[0].text.clone();
    let fault = Fault::TooManyRequests { retry_after: Some(1) };
    let begin = first.clone();
    fake.script(Script::new("sendMessage", fault).when(move |call| call["text"] != json!(begin)));
    fake.private_text(&reader(7), "/about");
    let sent = fake.wait_for_sent(7, 6).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(7).len(), 6);
    assert_eq!(sent.iter().filter(|sent| sent.text == first).count(), 2, "once for each question");
    assert_eq!(fake.violations(), [""; 0]);
}
