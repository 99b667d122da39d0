//! What goes wrong inside the bot (a panic, a store or a lock that fails) spoils one thing at most: announcing goes on.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use onrecord::app::{App, ClockIs, Gauges, Parts, announce};
use onrecord::chat::{Failure, Front, Incoming, Messenger, Outgoing, Receipt, Rights};
use onrecord::cli::Service;
use onrecord::domain::{ChatKind, ChatRef, DeliveryState, Hold, Settings, Subject, UserRef};
use onrecord::store::{NewDelivery, Store};
use onrecord::telegram::{self, Api, Telegram};
use sqlx::{AnyConnection, Connection, Executor};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::announcer::{careful, instant, plain};
use crate::support::fake::{Chat, Sent, User};
use crate::support::log::Log;
use crate::support::service::{ADMIN, Stage, skip, skip_until};

/// Where the clock of a stage stands at first.
const NOON: &str = "2026-11-23T12:00:00Z";
const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const FIRST_DAY: &str = "2026-10-01T10:00:00Z";

/// Telegram, but for one delivery to one chat, which panics once that is wanted.
struct Brittle {
    telegram: Telegram,
    chat: i64,
    breaks: AtomicBool,
}

impl Brittle {
    fn pass(&self, outgoing: &Outgoing) {
        let (Outgoing::Send { to, .. } | Outgoing::Post { to, .. }) = outgoing else { return };
        if to.id == self.chat && self.breaks.swap(false, Ordering::SeqCst) {
            panic!("a delivery was told to break here");
        }
    }
}

impl Messenger for Brittle {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        self.pass(outgoing);
        self.telegram.deliver(outgoing).await
    }

    fn n_parts(&self, outgoing: &Outgoing) -> usize {
        self.telegram.n_parts(outgoing)
    }

    async fn deliver_part(&self, outgoing: &Outgoing, part: usize) -> Result<Receipt, Failure> {
        self.pass(outgoing);
        self.telegram.deliver_part(outgoing, part).await
    }
}

impl Front for Brittle {
    fn read(&self, raw: &str, received: Timestamp) -> Option<Incoming> {
        self.telegram.read(raw, received)
    }

    async fn can_write_to(&self, user: UserRef) -> bool {
        self.telegram.can_write_to(user).await
    }
}

fn group(n: i64) -> Chat {
    Chat::supergroup(-100_500 - n, "Neighbours")
}

/// A stage at that instant, with an admin.
async fn stage(at: &str) -> Stage {
    let stage = Stage::set().await;
    turn(&stage, NOON, at);
    stage.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    stage
}

/// The clock is not read: it may be told to break.
fn turn(stage: &Stage, from: &str, to: &str) {
    stage.dial.turn(instant(to).duration_since(instant(from)));
}

async fn subscribe(stage: &Stage, store: &Store, chat: &Chat, settings: &Settings) -> ChatRef {
    stage.fake.add_chat(chat);
    let place = ChatRef { id: chat.id, thread: None };
    let kind = if settings.approval == careful().approval { ChatKind::Channel } else { ChatKind::Group };
    store.subscribe(place, kind, None, settings, instant(BEFORE)).await.unwrap();
    place
}

/// Somebody who announces, until stopped.
struct Announcing {
    task: JoinHandle<()>,
    shutdown: CancellationToken,
}

impl Announcing {
    /// The first delivery to that chat panics, if one is named.
    async fn start(service: Service, breaks: Option<i64>) -> Self {
        let api = Api::new(service.token.clone(), &service.api_url).unwrap();
        let telegram = Telegram::new(api.clone(), telegram::introduce(&api).await.unwrap());
        let gauges = Arc::new(Gauges::new(service.clock.clone(), ClockIs::Set));
        let app = Arc::new(App::new(Parts {
            library: service.library,
            store: service.store,
            clock: service.clock,
            zone: service.zone,
            admins: service.admins,
            rights: Arc::new(telegram.clone()) as Arc<dyn Rights>,
            operator: None,
            gauges,
        }));
        let front = Brittle { telegram, chat: breaks.unwrap_or_default(), breaks: AtomicBool::new(breaks.is_some()) };
        let shutdown = CancellationToken::new();
        let ends = shutdown.clone();
        let task = tokio::spawn(announce(app, Arc::new(front), ends));
        Self { task, shutdown }
    }

    async fn stop(self) {
        self.shutdown.cancel();
        self.task.await.unwrap();
    }
}

async fn count(store: &Store, state: DeliveryState) -> u64 {
    store.counts().await.unwrap()[&state]
}

fn told(stage: &Stage, words: &str) -> Vec<Sent> {
    stage.fake.sent_to(ADMIN).into_iter().filter(|sent| sent.text.starts_with(words)).collect()
}

/// Until `done` holds, in time that is skipped.
async fn until(stage: &Stage, done: impl Fn() -> bool) {
    skip_until(stage.fake.wait_for(|_| done(), std::time::Duration::from_secs(1_000))).await;
}

#[tokio::test]
async fn a_panic_while_a_post_is_sent_makes_it_doubtful_and_its_chat_gets_the_next() {
    let stage = stage(MONTH_AHEAD).await;
    let service = stage.service().await;
    let store = service.store.clone();
    for n in 0..2 {
        subscribe(&stage, &store, &group(n), &plain()).await;
    }
    let bot = Announcing::start(service, Some(group(0).id)).await;
    let is_told = || told(&stage, "Nobody knows whether this was posted in the chat -100500.").len() == 1;
    until(&stage, || is_told() && stage.fake.sent_to(group(1).id).len() == 1).await;
    assert_eq!(stage.fake.sent_to(group(0).id).len(), 0);
    turn(&stage, MONTH_AHEAD, FIRST_DAY);
    until(&stage, || stage.fake.sent_to(group(0).id).len() == 1).await;
    bot.stop().await;
    assert_eq!(count(&store, DeliveryState::Ambiguous).await, 1);
}

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn wherever_announcing_panics_it_goes_on() {
    for nth in [1, 2, 3, 4, 6, 8, 10, 12] {
        let log = Log::listen();
        let stage = stage(MONTH_AHEAD).await;
        let service = stage.service().await;
        let store = service.store.clone();
        subscribe(&stage, &store, &group(0), &plain()).await;
        let news = Chat::channel(-100_600, "News");
        subscribe(&stage, &store, &news, &careful()).await;
        let bot = Announcing::start(service, None).await;
        // It has not begun yet: this thread is its own.
        stage.dial.break_after(nth);
        let is_doubtful = || !told(&stage, "Nobody knows whether this was posted").is_empty();
        let is_asked = || !told(&stage, "May this be posted in the chat -100600").is_empty();
        until(&stage, || is_asked() && (is_doubtful() || stage.fake.sent_to(group(0).id).len() == 1)).await;
        let n_before = stage.fake.sent_to(group(0).id).len();
        turn(&stage, MONTH_AHEAD, FIRST_DAY);
        until(&stage, || stage.fake.sent_to(group(0).id).len() == n_before + 1).await;
        bot.stop().await;
        let ends = [DeliveryState::Sent, DeliveryState::Ambiguous];
        assert_eq!(count(&store, ends[0]).await + count(&store, ends[1]).await, 2, "{nth}: {}", log.text());
    }
}

#[tokio::test]
async fn a_panic_while_an_admin_is_asked_spoils_one_question() {
    let stage = stage(MONTH_AHEAD).await;
    let service = stage.service().await;
    for n in 0..2 {
        subscribe(&stage, &service.store, &Chat::channel(-100_600 - n, "News"), &careful()).await;
    }
    let bot = Announcing::start(service, Some(ADMIN)).await;
    let is_asked = || told(&stage, "May this be posted in the chat").len();
    until(&stage, || is_asked() == 1).await;
    stage.dial.turn(SignedDuration::from_mins(1));
    until(&stage, || is_asked() == 2).await;
    bot.stop().await;
}

#[tokio::test]
async fn a_lead_that_cannot_be_asked_for_is_asked_for_again() {
    let log = Log::listen();
    let stage = stage(MONTH_AHEAD).await;
    let service = stage.service().await;
    subscribe(&stage, &service.store, &group(0), &plain()).await;
    let lock = stage.folder().join("onrecord.db.lock");
    fs::create_dir(&lock).unwrap();
    let bot = Announcing::start(service, None).await;
    log.wait_for("onrecord.db.lock").await;
    fs::remove_dir(&lock).unwrap();
    until(&stage, || stage.fake.sent_to(group(0).id).len() == 1).await;
    bot.stop().await;
}

/// It was claimed, given back and claimed again, without a rest.
#[tokio::test]
async fn a_chat_that_cannot_be_read_is_looked_at_now_and_then() {
    const FAILED: &str = "failed to read what an announcement is about";
    let log = Log::listen();
    let stage = stage(MONTH_AHEAD).await;
    let service = stage.service().await;
    let store = service.store.clone();
    let place = subscribe(&stage, &store, &group(0), &plain()).await;
    let now = instant(MONTH_AHEAD);
    let words = NewDelivery {
        subscription: store.subscription_of(place).await.unwrap().unwrap().id,
        subject: Subject::Words { id: "7-1".to_owned(), text: "Hear, hear.".to_owned() },
        due: now,
        expires: now + SignedDuration::from_hours(24),
        hold: Hold::Free,
        supersedes: Vec::new(),
    };
    store.enqueue(&[words], &[], now).await.unwrap();
    let mut database = AnyConnection::connect(&format!("sqlite://{}", stage.database().display())).await.unwrap();
    database.execute("UPDATE subscriptions SET tzid = 'Nowhere'").await.unwrap();
    let bot = Announcing::start(service, None).await;
    log.wait_for(FAILED).await;
    for _ in 0..10 {
        skip(std::time::Duration::from_secs(1)).await;
        count(&store, DeliveryState::Queued).await;
    }
    assert_eq!(log.count(FAILED), 1, "by the clock no time has gone by");
    database.execute("UPDATE subscriptions SET tzid = 'UTC'").await.unwrap();
    stage.dial.turn(SignedDuration::from_secs(5));
    until(&stage, || stage.fake.sent_to(group(0).id).len() == 1).await;
    bot.stop().await;
}
