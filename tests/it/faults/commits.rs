//! An update is confirmed to Telegram only once it is committed.

use std::time::Duration;

use sqlx::{Connection, Executor, SqliteConnection};

use super::QUESTION;
use crate::support::fake::{DEADLINE, FakeTelegram};
use crate::support::log::Log;
use crate::support::service::{Stage, reader, skip_until};

/// A second program at the bot's database.
async fn intruder(stage: &Stage) -> SqliteConnection {
    let address = format!("sqlite://{}", stage.database().display());
    SqliteConnection::connect(&address).await.unwrap()
}

/// Waits until the bot asks for updates once more than before.
async fn next_poll(fake: &FakeTelegram) {
    let n_before = fake.calls("getUpdates").len();
    skip_until(fake.wait_for(|fake| fake.calls("getUpdates").len() > n_before, Duration::from_secs(200))).await;
}

/// The third insert of a batch fails, as on a disk that is full then: nothing of the batch counts as taken in.
#[tokio::test]
async fn what_could_not_be_committed_is_not_confirmed_and_answered_later() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    stage.ask(&reader(19), QUESTION).await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    let confirmed = fake.confirmed_offset();
    let mut intruder = intruder(&stage).await;
    intruder
        .execute("CREATE TRIGGER full BEFORE INSERT ON inbox WHEN new.lane = 22 BEGIN SELECT RAISE(FAIL, 'full'); END")
        .await
        .unwrap();
    // The batch begins with the one that fails: whatever comes with it or after it has to wait.
    for chat in [22, 20, 21, 23] {
        fake.private_text(&reader(chat), QUESTION);
    }
    for _ in 0..3 {
        next_poll(fake).await;
    }
    assert_eq!(fake.confirmed_offset(), confirmed);
    assert_eq!(fake.unconfirmed().len(), 4);
    assert_eq!(fake.calls("sendMessage").len(), 1, "what is not safe is not answered yet");
    assert_eq!(log.count("updates stay with Telegram until they can be taken in"), 1, "{}", log.text());

    intruder.execute("DROP TRIGGER full").await.unwrap();
    skip_until(async {
        for chat in 20..24 {
            fake.wait_for_sent(chat, 1).await;
        }
        fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    })
    .await;
    bot.stop().await.unwrap();
    assert_eq!(fake.calls("sendMessage").len(), 5, "each once");
    assert_eq!(log.count("updates come again"), 1, "{}", log.text());
}

/// Another process keeps the file locked for longer than the bot waits for a lock (5 s, in SQLite's own time).
#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn a_locked_database_confirms_nothing() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    stage.ask(&reader(19), QUESTION).await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    let confirmed = fake.confirmed_offset();
    let mut intruder = intruder(&stage).await;
    intruder.execute("BEGIN EXCLUSIVE").await.unwrap();
    fake.private_text(&reader(20), QUESTION);
    log.wait_for("another process keeps it locked").await;
    next_poll(fake).await;
    assert_eq!((fake.confirmed_offset(), fake.unconfirmed().len()), (confirmed, 1));
    intruder.execute("ROLLBACK").await.unwrap();
    skip_until(async {
        fake.wait_for_sent(20, 1).await;
        fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    })
    .await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(20).len(), 1);
}

/// An update that cannot be marked as handled is not answered twice in the same run.
#[tokio::test]
async fn an_answer_that_cannot_be_recorded_is_not_given_twice() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    stage.ask(&reader(19), QUESTION).await;
    let mut intruder = intruder(&stage).await;
    intruder
        .execute(
            "CREATE TRIGGER full BEFORE UPDATE ON inbox WHEN new.body IS NULL BEGIN SELECT RAISE(FAIL, 'full'); END",
        )
        .await
        .unwrap();
    stage.ask(&reader(20), QUESTION).await;
    fake.private_text(&reader(20), QUESTION);
    log.wait_for("the inbox failed; trying again").await;
    stage.ask(&reader(21), QUESTION).await;
    intruder.execute("DROP TRIGGER full").await.unwrap();
    fake.wait_for_sent(20, 2).await;
    bot.stop().await.unwrap();
    let bot = stage.serve().await;
    stage.ask(&reader(21), QUESTION).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(20).len(), 2);
    assert_eq!(fake.sent_to(21).len(), 2);
}
