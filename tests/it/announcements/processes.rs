//! The real binary announces: one process of those on a database, until it is told to stop.

use std::ffi::OsStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use onrecord::app::{KnowledgeSource, LastReload, Library};
use onrecord::cli::Service;
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, DeliveryState, Settings};
use onrecord::store::Store;
use sqlx::{AnyConnection, Connection, Executor};

use super::talk::write_knowledge;
use crate::support::announcer::{instant, plain};
use crate::support::fake::{Accepted, Chat, DEADLINE, Fault, Script, User};
use crate::support::process::Process;
use crate::support::service::{ADMIN, Served, Stage, skip_until};

const BEFORE: &str = "2026-08-25T00:00:00Z";
/// The exercise of October is announced.
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

/// A stage on whose database a group has subscribed.
async fn stage() -> (Stage, String) {
    let stage = Stage::set().await;
    let database = format!("sqlite://{}", stage.database().display());
    let store = Store::open(&database).await.unwrap();
    let chat = ChatRef { id: group().id, thread: None };
    store.subscribe(chat, ChatKind::Group, None, &plain(), instant(BEFORE)).await.unwrap();
    store.close().await;
    stage.fake.add_chat(&group());
    stage.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    (stage, database)
}

fn start(stage: &Stage, clock: &str, database: &str) -> Process {
    let variables = [("ONRECORD_CLOCK_START", clock), ("ONRECORD_DATABASE", database)];
    Process::start_with(stage, &variables.map(|(name, value)| (name, OsStr::new(value))))
}

async fn count(database: &str, state: DeliveryState) -> u64 {
    let store = Store::open(database).await.unwrap();
    let counts = store.counts().await.unwrap();
    store.close().await;
    counts[&state]
}

/// Two bots, for of one bot Telegram serves only one process.
#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn of_two_processes_on_a_database_the_second_only_answers_until_the_first_is_gone() {
    let ((one, database), other) = (stage().await, Stage::set().await);
    // A database knows updates by their numbers, and takes them for those of one bot.
    other.fake.renumber_updates(50_000);
    other.fake.add_chat(&group());
    other.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    let mut first = start(&one, BEFORE, &database);
    first.wait_for_line("answering").await;
    one.ask(&User::new(7, "Ann").speaking("en"), "/about").await;
    let mut second = start(&other, MONTH_AHEAD, &database);
    second.wait_for_line("another process on this database announces; this one only answers").await;
    let quote = other.ask(&User::new(7, "Ann").speaking("en"), "Why did the CSTO stop talking to the OSCE?").await;
    assert!(quote.contains("OSCE"), "{quote}");
    let status = other.ask(&User::new(ADMIN, "Admin").speaking("en"), "/status").await;
    assert!(status.contains("Announcements are sent by another process"), "{status}");
    let reloaded = other.ask(&User::new(ADMIN, "Admin").speaking("en"), "/reload").await;
    assert!(
        reloaded.contains("Announcements are sent by another process; it reloads as well within seconds"),
        "{reloaded}"
    );
    assert!(other.fake.sent_to(group().id).is_empty() && one.fake.sent_to(group().id).is_empty());
    first.kill().await;
    other.fake.wait_for_sent(group().id, 1).await;
    second.signal("TERM");
    assert_eq!(second.ended_within(DEADLINE).await.code, Some(0));
    assert_eq!(other.fake.sent_to(group().id).len(), 1);
    assert_eq!(count(&database, DeliveryState::Sent).await, 1);
    assert_eq!(other.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_reload_in_the_process_that_only_answers_reaches_the_one_that_announces() {
    let ((one, database), other) = (stage().await, Stage::set().await);
    other.fake.renumber_updates(50_000);
    other.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    let folder = one.folder().join("knowledge");
    write_knowledge(&folder, &[("Exercise", "2026-10")]);
    let now = Arc::new(AtomicI64::new(instant(MONTH_AHEAD).as_second()));
    let clock = || {
        let now = Arc::clone(&now);
        Clock::driven(move || Timestamp::from_second(now.load(Ordering::SeqCst)).unwrap())
    };
    let library = || Arc::new(Library::open(KnowledgeSource::Folder(folder.clone()), clock()).unwrap().0);
    let (announcing, answering) = (library(), library());
    let first = Served::start(Service { library: Arc::clone(&announcing), clock: clock(), ..one.service().await });
    one.fake.wait_for_sent(group().id, 1).await;
    let store = Store::open(&database).await.unwrap();
    let second = Service { library: Arc::clone(&answering), clock: clock(), store, ..other.service().await };
    let second = Served::start(second);
    let admin = User::new(ADMIN, "Admin").speaking("en");
    assert!(other.ask(&admin, "/status").await.contains("Announcements are sent by another process"));
    write_knowledge(&folder, &[("Exercise", "2026-11")]);
    let reloaded = other.ask(&admin, "/reload").await;
    assert!(reloaded.contains("it reloads as well within seconds, from its own folder"), "{reloaded}");
    now.fetch_add(60, Ordering::SeqCst);
    let told = async {
        while one.fake.sent_to(group().id).len() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    skip_until(told).await;
    assert_eq!(announcing.snapshot().revision(), answering.snapshot().revision());
    let post = one.fake.sent_to(group().id).remove(1).text;
    assert!(post.starts_with("New on this since it was announced here:") && post.contains("November 2026"), "{post}");
    first.stop().await.unwrap();
    second.stop().await.unwrap();
    assert!(other.fake.sent_to(group().id).is_empty());
}

/// Loading, and being let in by the platform, take their time; meanwhile another process may tell of a reload.
#[tokio::test]
async fn what_was_told_while_a_process_began_is_followed_and_tried_until_the_folder_can_be_read() {
    let (stage, database) = stage().await;
    let folder = stage.folder().join("knowledge");
    write_knowledge(&folder, &[("Exercise", "2026-10")]);
    let clock = || Clock::driven(|| instant(MONTH_AHEAD));
    let open = || Arc::new(Library::open(KnowledgeSource::Folder(folder.clone()), clock()).unwrap().0);
    let library = open();
    write_knowledge(&folder, &[("Exercise", "2026-11")]);
    let told = open().snapshot().revision().clone();
    write_knowledge(&folder, &[("Exercise", "no date")]);
    let store = Store::open(&database).await.unwrap();
    store.tell_reload(&told).await.unwrap();
    let service = Service { library: Arc::clone(&library), clock: clock(), store, ..stage.service().await };
    let bot = Served::start(service);
    let refused = async {
        while !matches!(library.last_reload(), LastReload::Refused(_)) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    skip_until(refused).await;
    assert_ne!(*library.snapshot().revision(), told);
    write_knowledge(&folder, &[("Exercise", "2026-11")]);
    let followed = async {
        while *library.snapshot().revision() != told {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    skip_until(followed).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_reload_that_the_others_could_not_be_told_of_is_not_said_to_reach_them() {
    let ((one, database), other) = (stage().await, Stage::set().await);
    other.fake.renumber_updates(50_000);
    other.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    let first = Served::start(one.service().await);
    one.ask(&User::new(7, "Ann").speaking("en"), "/about").await;
    let store = Store::open(&database).await.unwrap();
    let second = Served::start(Service { store, ..other.service().await });
    let admin = User::new(ADMIN, "Admin").speaking("en");
    assert!(other.ask(&admin, "/status").await.contains("Announcements are sent by another process"));
    let mut connection = AnyConnection::connect(&database).await.unwrap();
    connection.execute("ALTER TABLE dispatch DROP COLUMN reloaded").await.unwrap();
    let reloaded = other.ask(&admin, "/reload").await;
    assert!(reloaded.contains("could not be told: it keeps what it has. Send /reload again."), "{reloaded}");
    for bot in [first, second] {
        bot.stop().await.unwrap();
    }
}

/// A stop is no crash: what was being sent gets a moment to be answered, and is no doubt afterwards.
#[tokio::test]
async fn a_stop_lets_a_post_under_way_be_answered() {
    let (stage, database) = stage().await;
    let slow = Script::new("sendMessage", Fault::Slow(Duration::from_millis(700)));
    stage.fake.script(slow.accepted(Accepted::After).when(|call| call["chat_id"] == group().id));
    let process = start(&stage, MONTH_AHEAD, &database);
    stage.fake.wait_for_sent(group().id, 1).await;
    process.signal("TERM");
    assert_eq!(process.ended_within(DEADLINE).await.code, Some(0));
    assert_eq!(count(&database, DeliveryState::Sent).await, 1);
    assert_eq!(stage.fake.violations(), [""; 0]);
}

/// One that is not answered in time is doubtful after the next start, and not sent again.
#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let (stage, database) = stage().await;
    let stalled = Script::new("sendMessage", Fault::Stall).accepted(Accepted::After);
    stage.fake.script(stalled.when(|call| call["chat_id"] == group().id));
    let process = start(&stage, MONTH_AHEAD, &database);
    stage.fake.wait_for_sent(group().id, 1).await;
    process.signal("TERM");
    assert_eq!(process.ended_within(Duration::from_secs(5)).await.code, Some(0));
    let process = start(&stage, MONTH_AHEAD, &database);
    let asked = stage.fake.wait_for_sent(ADMIN, 1).await;
    assert!(asked[0].text.starts_with("Nobody knows whether this was posted"), "{}", asked[0].text);
    process.signal("TERM");
    assert_eq!(process.ended_within(DEADLINE).await.code, Some(0));
    assert_eq!(count(&database, DeliveryState::Ambiguous).await, 1);
    assert_eq!(stage.fake.sent_to(group().id).len(), 1);
}

/// A question that cannot be delivered for now waits on its own.
#[tokio::test]
async fn an_admin_who_cannot_be_reached_for_now_holds_up_no_post() {
    let (stage, database) = stage().await;
    let later = Chat::supergroup(-100_501, "Later");
    stage.fake.add_chat(&later);
    let store = Store::open(&database).await.unwrap();
    let settings = Settings { hour: 11, ..plain() };
    let place = ChatRef { id: later.id, thread: None };
    store.subscribe(place, ChatKind::Group, None, &settings, instant(BEFORE)).await.unwrap();
    let to = |chat: i64, fault| Script::new("sendMessage", fault).when(move |call| call["chat_id"] == chat);
    stage.fake.script(to(group().id, Fault::ResetConnection));
    stage.fake.script(to(ADMIN, Fault::TooManyRequests { retry_after: Some(60) }));
    let now = Arc::new(AtomicI64::new(instant(MONTH_AHEAD).as_second()));
    let shown = Arc::clone(&now);
    let clock = Clock::driven(move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap());
    let bot = Served::start(Service { store, clock, ..stage.service().await });
    skip_until(stage.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE)).await;
    now.fetch_add(3600, Ordering::SeqCst);
    skip_until(async {
        stage.fake.wait_for_sent(later.id, 1).await;
    })
    .await;
    bot.stop().await.unwrap();
    assert_eq!(stage.fake.violations(), [""; 0]);
}
