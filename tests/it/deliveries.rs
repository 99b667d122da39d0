//! `onrecord deliveries`: what became of announcements, settled beside a running bot. The real binary.

use std::process::{Command, Output};

use jiff::tz::TimeZone;
use onrecord::domain::{
    ChatKind, ChatRef, DeliveryId, DeliveryState, EventUid, Hold, Language, Occasion, ScheduleRevision, Settings,
    Subject,
};
use onrecord::store::{NewDelivery, Store};
use sqlx::{AnyConnection, Connection, Executor};
use tempfile::TempDir;

use crate::support::bot::TODAY;

/// A folder with a database in it.
struct Desk {
    folder: TempDir,
    store: Store,
}

impl Desk {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&address(&folder)).await.unwrap();
        Self { folder, store }
    }

    /// One doubtful delivery in each of so many chats, and one that waits.
    async fn doubtful(&self, n: i64) -> Vec<DeliveryId> {
        let now = TODAY.parse().unwrap();
        let settings = Settings::new(ChatKind::Group, Language::English, TimeZone::UTC);
        let uid = EventUid::parse("barrier-2026").unwrap();
        let mut deliveries = Vec::new();
        for chat in 1..=n {
            let place = ChatRef { id: -100_000 - chat, thread: (chat == 2).then_some(4) };
            let subscription = self.store.subscribe(place, ChatKind::Group, None, &settings, now).await.unwrap();
            let subject = match chat {
                1 => Subject::Words { id: "7-1".into(), text: "The bot is\noff on Sunday.".into() },
                _ => Subject::Event { uid: uid.clone(), revision: ScheduleRevision(1), occasion: Occasion::Now },
            };
            deliveries.push(NewDelivery {
                subscription: subscription.id,
                subject,
                due: now,
                expires: "2099-01-01T00:00:00Z".parse().unwrap(),
                hold: Hold::Free,
                supersedes: Vec::new(),
            });
        }
        self.store.enqueue(&deliveries, &[], now).await.unwrap();
        let lead = self.store.lead().unwrap().unwrap();
        let claimed = self.store.claim(&lead, 100, now).await.unwrap();
        for delivery in &claimed {
            assert!(self.store.ambiguous(delivery.id, "the answer was lost", now).await.unwrap());
        }
        claimed.into_iter().map(|delivery| delivery.id).collect()
    }

    async fn state(&self, id: DeliveryId) -> DeliveryState {
        self.store.delivery(id).await.unwrap().unwrap().state
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        run(&self.folder, arguments)
    }
}

fn address(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("a.db").display())
}

fn run(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.arg("deliveries").args(arguments).current_dir(folder.path()).env_clear();
    let Output { status, stdout, stderr } = command.env("ONRECORD_DATABASE", address(folder)).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[tokio::test]
async fn doubtful_ones_are_listed_and_settled_while_the_database_is_in_use() {
    let desk = Desk::new().await;
    let ids = desk.doubtful(4).await;
    let (code, out, err) = desk.run(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for part in [
        "doubtful           4\n",
        "     1  own words “The bot is off on Sunday.” in the chat -100001, due 2026-11-23T12:00:00Z: the answer was lost\n",
        "     2  barrier-2026 (now) in the chat -100002/4, due",
        "--settle ID there|again|drop\n",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let id = |at: usize| ids[at].0.to_string();
    for (arguments, told, code) in [
        ([id(0).as_str(), "there"], "1: sent\n", 0),
        ([id(0).as_str(), "drop"], "1 is not doubtful: it is sent\n", 1),
        ([id(1).as_str(), "again"], "2: waiting; a running bot posts it\n", 0),
        (["99", "drop"], "there is no delivery 99; `onrecord deliveries` lists the doubtful ones\n", 1),
    ] {
        let ended = desk.run(&["--settle", arguments[0], arguments[1]]);
        assert_eq!(ended, (Some(code), told.to_owned(), String::new()));
    }
    let ended = desk.run(&["--settle-event", "barrier-2026", "drop"]);
    assert_eq!(ended, (Some(0), "3: cancelled\n4: cancelled\n".to_owned(), String::new()));
    let ended = desk.run(&["--settle-event", "barrier-2026", "drop"]);
    assert_eq!(ended, (Some(1), "nothing of `barrier-2026` is doubtful\n".to_owned(), String::new()));
    let expected = [DeliveryState::Sent, DeliveryState::Queued, DeliveryState::Cancelled, DeliveryState::Cancelled];
    for (id, state) in ids.into_iter().zip(expected) {
        assert_eq!(desk.state(id).await, state);
    }
}

#[tokio::test]
async fn what_cannot_be_done_says_why() {
    let desk = Desk::new().await;
    for (arguments, told) in [
        (&["--settle", "x", "there"][..], "`x` is no number of a delivery"),
        (&["--settle", "1", "maybe"][..], "write `there`, `again` or `drop`"),
        (&["--settle-event", "a b", "there"][..], "`a b` is no uid"),
        (&["--settle", "1"][..], "2 values required"),
    ] {
        let (code, out, err) = desk.run(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(told), "{told}: {err}");
    }
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let folder = TempDir::new().unwrap();
    let (code, out, err) = run(&folder, &[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("there is no database `") && err.contains("a.db"), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn a_database_that_stays_locked_says_so() {
    let desk = Desk::new().await;
    let ids = desk.doubtful(1).await;
    let mut other = AnyConnection::connect(&address(&desk.folder)).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let (code, out, err) = desk.run(&["--settle", &ids[0].0.to_string(), "there"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("another process keeps it locked"), "{err}");
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(desk.state(ids[0]).await, DeliveryState::Ambiguous);
}
