//! Negative controls: a bot with a bug is caught by the judge that acquits the right one.
//!
//! Each bug is seeded where its trace would be, in the database, by a trigger: the binary is the real one, and no line of
//! it knows of the bugs.

use sqlx::{AnyConnection, Connection, Executor};

use super::day::{Day, End};
use super::dice::Dice;
use super::network::fault;
use super::seed;
use super::verdict::Verdict;
use crate::support::fake::{Accepted, Fault};

const KILLS_AN_HOUR: usize = 4;
const GROUPS_AN_HOUR: i64 = 30;

/// What becomes of a bot whose database has these triggers.
async fn with(triggers: &'static str) -> Verdict {
    with_on(triggers, fault).await
}

/// The same, on a network of its own.
async fn with_on(triggers: &'static str, fault: fn(&mut Dice) -> Option<(Fault, Accepted)>) -> Verdict {
    let mut dice = Dice::of(seed());
    let mut day = Day::new(2, GROUPS_AN_HOUR, || fault(&mut dice)).await;
    let mut database = AnyConnection::connect(&day.url()).await.expect("the database opens");
    database.execute(triggers).await.expect("a trigger can be made");
    database.close().await.expect("it is closed");
    while day.next_hour() {
        for _ in 0..KILLS_AN_HOUR {
            day.ask();
            day.kill(End::AnyMoment, &mut dice).await;
        }
    }
    day.end().await
}

#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn queuing_again_when_in_doubt_is_caught() {
    let verdict = with(
        "CREATE TRIGGER seeded AFTER UPDATE OF state ON deliveries WHEN new.state = 'ambiguous' \
         BEGIN UPDATE deliveries SET state = 'queued' WHERE delivery_id = new.delivery_id; END",
    )
    .await;
    assert!(verdict.duplicated > 0 && verdict.sent_after_terminal > 0, "{verdict}");
}

/// As if the intent had not been on disk before the first byte: after a kill it was never there.
#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn sending_before_the_intent_is_committed_is_caught() {
    let verdict = with(
        "CREATE TRIGGER seeded AFTER UPDATE OF state ON deliveries \
         WHEN old.state = 'sending' AND new.error = 'the bot stopped while sending it' \
         BEGIN UPDATE deliveries SET state = 'queued', error = NULL WHERE delivery_id = new.delivery_id; END",
    )
    .await;
    assert!(verdict.duplicated > 0 && verdict.sent_after_terminal > 0, "{verdict}");
}

#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn recording_a_post_as_sent_before_its_answer_is_caught() {
    let verdict = with(
        "CREATE TRIGGER seeded AFTER UPDATE OF state ON deliveries WHEN new.state = 'sending' \
         BEGIN UPDATE deliveries SET state = 'sent' WHERE delivery_id = new.delivery_id; END",
    )
    .await;
    assert!(verdict.silent > 0, "{verdict}");
}

#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn ignoring_how_long_to_wait_is_caught() {
    let verdict = with_on(
        "CREATE TRIGGER seeded AFTER INSERT ON freezes BEGIN DELETE FROM freezes; END; \
         CREATE TRIGGER seeded_too AFTER UPDATE OF frozen_until ON dispatch BEGIN UPDATE dispatch SET frozen_until = 0; END; \
         CREATE TRIGGER seeded_three AFTER UPDATE OF next ON deliveries WHEN new.next > old.next \
         BEGIN UPDATE deliveries SET next = old.next WHERE delivery_id = new.delivery_id; END",
        |dice| (dice.roll(3) == 0).then_some((Fault::TooManyRequests { retry_after: Some(5) }, Accepted::Before)),
    )
    .await;
    assert!(verdict.calls_during_freeze > 0, "{verdict}");
}

#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn planning_twice_without_a_unique_key_is_caught() {
    let verdict = with(
        "CREATE TRIGGER seeded AFTER INSERT ON deliveries BEGIN UPDATE deliveries \
         SET dedupe_key = new.dedupe_key || new.delivery_id WHERE delivery_id = new.delivery_id; END; \
         CREATE TRIGGER seeded_too AFTER UPDATE OF planned_until ON events \
         BEGIN UPDATE events SET planned_until = NULL WHERE uid = new.uid; END",
    )
    .await;
    assert!(verdict.duplicated > 0, "{verdict}");
}

/// Telegram is told to forget an update that is not on disk.
#[tokio::test]
#[ignore = "these wait for minutes together; `.ci/run` runs them"]
async fn confirming_an_update_before_it_is_committed_is_caught() {
    let verdict = with(
        "CREATE TRIGGER seeded AFTER INSERT ON inbox BEGIN DELETE FROM inbox WHERE update_id = new.update_id; END",
    )
    .await;
    assert!(verdict.confirmed_then_lost > 0, "{verdict}");
}
