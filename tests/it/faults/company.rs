//! Two processes on one database: each update is answered by one of them.

use super::QUESTION;
use crate::support::fake::{Chat, DEADLINE, Fault, Script};
use crate::support::log::Log;
use crate::support::service::{Served, Stage, reader};
use onrecord::cli::Service;

/// A bot of another stage, on the database of this one. Two bots, for of one bot Telegram serves only one process.
async fn beside(other: &Stage, one: &Stage) -> Service {
    Service { store: one.service().await.store, ..other.service().await }
}

#[tokio::test]
async fn a_second_process_leaves_what_the_first_is_answering_to_it_and_takes_it_up_when_it_is_gone() {
    let log = Log::listen();
    let (one, other) = (Stage::set().await, Stage::set().await);
    other.fake.renumber_updates(50_000);
    other.fake.add_chat(&Chat::private(&reader(7)));
    let first = one.serve().await;
    one.fake.script(Script::new("sendMessage", Fault::Stall).when(|call| call["chat_id"] == 7));
    one.fake.private_text(&reader(7), QUESTION);
    one.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;

    let second = Served::start(beside(&other, &one).await);
    log.wait_for("another process on this database answers what waits in it").await;
    other.ask(&reader(8), QUESTION).await;
    assert_eq!(other.fake.sent_to(7).len(), 0, "the first is at it");

    first.stop().await.unwrap();
    other.fake.wait_for_sent(7, 1).await;
    second.stop().await.unwrap();
    assert_eq!((one.fake.sent_to(7).len(), other.fake.sent_to(7).len()), (0, 1));
    assert_eq!(other.fake.sent_to(8).len(), 1);
}
