//! Searches that come late, come often, or go wrong: their reader sees nothing to choose from, and never a message.

use jiff::SignedDuration;
use serde_json::json;

use super::QUESTION;
use crate::support::fake::{DEADLINE, Fault, FaultBody, Refusal};
use crate::support::log::Log;
use crate::support::service::{Stage, reader, skip_until};

/// The search is in the inbox when the bot stops: its answer stalls. A question beside it is answered however late.
#[tokio::test]
async fn a_replay_drops_searches_that_telegram_takes_no_answer_for() {
    for (late_s, n_answers) in [(30, 1), (31, 0)] {
        let stage = Stage::set().await;
        let fake = &stage.fake;
        let bot = stage.serve().await;
        let (ann, ben) = (reader(7), reader(8));
        fake.fault("answerInlineQuery", Fault::Stall);
        fake.fault("sendMessage", Fault::Stall);
        let typed = fake.type_inline(&ann, "OSCE", "");
        fake.private_text(&ben, QUESTION);
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        skip_until(async { bot.stop().await.unwrap() }).await;

        stage.dial.turn(SignedDuration::from_secs(late_s));
        let bot = stage.serve().await;
        fake.wait_for_sent(8, 1).await;
        stage.ask(&ann, QUESTION).await;
        bot.stop().await.unwrap();
        assert_eq!(fake.calls("answerInlineQuery").len(), 1 + n_answers, "after {late_s} s");
        assert_eq!(fake.offers(&typed).is_some(), n_answers == 1, "after {late_s} s");
        assert_eq!(fake.sent_to(7).len(), 1, "a search is never answered with a message");
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_or_is_lost_is_given_up() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let ann = reader(7);
    let late = fake.type_inline(&ann, "OSCE", "");
    fake.expire_inline(&late);
    let bot = stage.serve().await;
    fake.wait_for(|fake| fake.calls("answerInlineQuery").len() == 1, DEADLINE).await;
    for fault in [
        Fault::ResetConnection,
        Fault::Garbage200,
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::TooManyRequests { retry_after: Some(600) },
    ] {
        fake.fault("answerInlineQuery", fault);
        let typed = fake.type_inline(&ann, "OSCE", "");
        stage.ask(&ann, QUESTION).await;
        assert!(fake.offers(&typed).is_none());
    }
    assert!(!log.text().contains("ERROR"), "{}", log.text());
    // What is wrong with the list itself is somebody's to mend.
    fake.fault("answerInlineQuery", Fault::Refuse(Refusal::bad_request("RESULT_ID_DUPLICATE")));
    fake.type_inline(&ann, "OSCE", "");
    let typed = fake.type_inline(&ann, "OSCE", "");
    assert_eq!(fake.wait_for_offers(&typed).await.list.len(), 1);
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("answerInlineQuery").len(), 7, "none was tried again");
    assert_eq!(fake.sent_to(7).len(), 4, "a search is never answered with a message");
    assert_eq!(log.count("a reply was refused"), 1, "{}", log.text());
    assert!(!log.text().contains("OSCE"), "{}", log.text());
    assert_eq!(fake.violations(), [""; 0]);
    assert_eq!(fake.unconfirmed(), [0; 0]);
}

#[tokio::test]
async fn whatever_is_typed_is_answered_letter_by_letter() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    let (ann, ben) = (reader(7), reader(8));
    let words = "when are the exercises in belarus";
    let letters = (0..=words.len()).map(|n| words[..n].to_owned());
    let odd =
        ["\u{202e}OSCE\u{200b}", "🤷", "'; DROP TABLE chats;--", "<b>", "@onrecord_test_bot", "/start", "%s\t\u{1}"];
    let odd = odd.into_iter().map(str::to_owned).chain(["ы".repeat(256), "a ".repeat(128), "😀".repeat(256)]);
    let typed: Vec<_> = letters.chain(odd).map(|query| fake.type_inline(&ann, &query, "")).collect();
    let offsets = ["40", "48", "9999", "-1", "ten", "10.en", "99999999999999999999999"];
    let turned: Vec<_> = offsets.into_iter().map(|offset| fake.type_inline(&ann, "", offset)).collect();
    let raw =
        json!({ "id": "q", "from": { "id": 7, "is_bot": false, "first_name": "A" }, "query": "x".repeat(100_000) });
    fake.raw(json!({ "inline_query": raw }));
    stage.ask(&ben, QUESTION).await;
    for typed in &typed {
        fake.wait_for_offers(typed).await;
    }
    let mut n_turned = Vec::new();
    for typed in &turned {
        n_turned.push(fake.wait_for_offers(typed).await.list.len());
    }
    assert_eq!(n_turned, [8, 0, 0, 0, 0, 0, 0]);
    bot.stop().await.unwrap();
    assert!(fake.sent_to(7).is_empty(), "a search is never answered with a message");
    assert_eq!(fake.violations(), [""; 0]);
}
