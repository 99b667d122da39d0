//! Calls whose fate nobody knows: a reply is sent again until it is known to have arrived.

use std::time::Duration;

use serde_json::json;

use super::QUESTION;
use crate::support::fake::{Accepted, Fault, FaultBody, Script};
use crate::support::service::{Stage, reader, skip_until};

const BOTH_SIDES: [Accepted; 2] = [Accepted::Before, Accepted::After];

fn faults() -> Vec<(Fault, Accepted)> {
    let faults = [
        Fault::Http { status: 500, body: FaultBody::Json },
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::Http { status: 504, body: FaultBody::Html },
        Fault::ResetConnection,
        Fault::HalfBody,
        Fault::Garbage200,
        Fault::Stall,
    ];
    faults.into_iter().flat_map(|fault| BOTH_SIDES.map(|accepted| (fault.clone(), accepted))).collect()
}

#[tokio::test]
async fn a_reply_arrives_whatever_becomes_of_its_answer() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let fake = &stage.fake;
    for (chat, (fault, accepted)) in (20..).zip(faults()) {
        let to_chat = Script::new("sendMessage", fault).when(move |call| call["chat_id"] == json!(chat));
        fake.script(to_chat.accepted(accepted));
        fake.private_text(&reader(chat), QUESTION);
    }
    stage.ask(&reader(10), QUESTION).await;
    fake.wait_for(|fake| fake.faults_left() == 0, Duration::from_secs(20)).await;
    assert_eq!(stage.ask(&reader(10), QUESTION).await, fake.sent_to(10)[0].text, "nobody waits for the stalled");

    // A stalled call is given up after 15 s.
    for (chat, (fault, accepted)) in (20..).zip(faults()) {
        let n_arrived = match accepted {
            Accepted::Before => 1,
            Accepted::After => 2,
        };
        skip_until(fake.wait_for(|fake| fake.sent_to(chat).len() >= n_arrived, Duration::from_secs(200))).await;
        let sent = fake.sent_to(chat);
        assert!(sent.iter().all(|sent| sent.text == fake.sent_to(10)[0].text), "{fault:?} {accepted:?}");
    }
    bot.stop().await.unwrap();
    for (chat, (fault, accepted)) in (20..).zip(faults()) {
        let n_calls = fake.calls("sendMessage").iter().filter(|call| call.chat_id() == Some(chat)).count();
        assert_eq!(n_calls, 2, "{fault:?} {accepted:?}");
    }
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_reply_that_never_gets_an_answer_is_given_up_and_the_next_one_goes_out() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let fake = &stage.fake;
    fake.fault_times("sendMessage", 5, Fault::Http { status: 502, body: FaultBody::Html });
    fake.private_text(&reader(7), QUESTION);
    fake.private_text(&reader(7), "/about");
    skip_until(fake.wait_for(|fake| !fake.sent_to(7).is_empty(), Duration::from_secs(200))).await;
    bot.stop().await.unwrap();
    assert!(!fake.sent_to(7)[0].text.contains("29 January 2026:"), "the first one was given up");
    assert_eq!(fake.calls("sendMessage").len(), 6);
}

/// With `Accepted::After` the batch was on its way when the connection broke: it comes again.
#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn a_poll_that_breaks_loses_no_question_and_doubles_none() {
    let stage = Stage::set().await;
    let bot = stage.serve().await;
    let fake = &stage.fake;
    for (chat, (fault, accepted)) in (20..).zip(faults()) {
        fake.script(Script::new("getUpdates", fault).accepted(accepted));
        // The first question ends the poll that is waiting already; the second is met by the fault.
        fake.private_text(&reader(chat), QUESTION);
        fake.wait_for(|fake| fake.faults_left() == 0, Duration::from_secs(20)).await;
        fake.private_text(&reader(chat), QUESTION);
        // A stalled poll is given up 10 s after its end is due.
        skip_until(fake.wait_for(|fake| fake.sent_to(chat).len() >= 2, Duration::from_secs(200))).await;
    }
    bot.stop().await.unwrap();
    for (chat, (fault, accepted)) in (20..).zip(faults()) {
        assert_eq!(fake.sent_to(chat).len(), 2, "{fault:?} {accepted:?}");
    }
    assert_eq!(fake.violations(), [""; 0]);
}
