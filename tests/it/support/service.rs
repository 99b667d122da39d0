//! The bot in this process, through the function that production uses, on a stage of a test's own: a fake Telegram, a
//! database file, a clock in the test's hand.
//!
//! A bot is to be stopped, or to have ended: what it says then is a part of the test.

use std::collections::BTreeSet;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use onrecord::app::{ClockIs, KnowledgeSource, Library};
use onrecord::cli::{Service, serve};
use onrecord::clock::Clock;
use onrecord::domain::UserRef;
use onrecord::store::Store;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::fake::{DEADLINE, FakeTelegram, User};

/// The admin of every stage.
pub(crate) const ADMIN: i64 = 1;

/// What the clock of a stage shows at first, in unix seconds: 2026-11-23T12:00:00Z.
pub(crate) const NOON: i64 = 1_795_435_200;

/// What a bot needs around it.
pub(crate) struct Stage {
    pub(crate) fake: FakeTelegram,
    pub(crate) dial: Dial,
    folder: TempDir,
}

impl Stage {
    /// A fake at whose noon nobody has written yet, and no database.
    pub(crate) async fn set() -> Self {
        let fake = FakeTelegram::start().await;
        fake.set_date(NOON);
        Self { fake, dial: Dial::default(), folder: TempDir::new().expect("a temporary folder can be made") }
    }

    /// What a bot of this stage runs on, to be changed before it starts.
    pub(crate) async fn service(&self) -> Service {
        let database = format!("sqlite://{}", self.database().display());
        Service {
            token: SecretString::from(self.fake.token()),
            api_url: self.fake.url(),
            library: library(),
            store: Store::open(&database).await.expect("the database of a stage opens"),
            clock: self.dial.clock(),
            clock_is: ClockIs::Real,
            zone: TimeZone::UTC,
            admins: BTreeSet::from([UserRef(ADMIN)]),
            operator: None,
        }
    }

    /// Starts a bot.
    pub(crate) async fn serve(&self) -> Served {
        Served::start(self.service().await)
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("onrecord.db")
    }

    /// A folder of the stage's own.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Somebody asks something and gets one message for it.
    pub(crate) async fn ask(&self, user: &User, words: &str) -> String {
        let n_before = self.fake.sent_to(user.id).len();
        self.fake.private_text(user, words);
        let sent = self.fake.wait_for_sent(user.id, n_before + 1).await;
        sent[n_before].text.clone()
    }
}

/// A person with an English client, who has a private chat with the bot.
pub(crate) fn reader(id: i64) -> User {
    User::new(id, "Ann").speaking("en")
}

/// The embedded knowledge, loaded once for all tests.
pub(crate) fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| library_with(Dial::default().clock())))
}

/// The embedded knowledge with a clock of its own.
pub(crate) fn library_with(clock: Clock) -> Arc<Library> {
    let (library, _warnings) = Library::open(KnowledgeSource::Embedded, clock).expect("the shipped knowledge loads");
    Arc::new(library)
}

/// A bot that runs in a task of the test's runtime.
pub(crate) struct Served {
    shutdown: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Served {
    pub(crate) fn start(service: Service) -> Self {
        let shutdown = CancellationToken::new();
        Self { task: tokio::spawn(serve(service, shutdown.clone())), shutdown }
    }

    /// Stops it as a signal would; how it ended.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.shutdown.cancel();
        self.ended().await
    }

    /// Waits until it ends by itself; how it ended.
    pub(crate) async fn ended(self) -> anyhow::Result<()> {
        timeout(DEADLINE, self.task).await.expect("the bot ends").expect("the bot does not panic")
    }
}

/// A clock that stands still until it is turned, counts how often it is read, and can be made to panic.
#[derive(Clone)]
pub(crate) struct Dial(Arc<Works>);

struct Works {
    now_ms: AtomicI64,
    n_reads: AtomicUsize,
    /// 0: never.
    breaks_at: AtomicUsize,
}

impl Default for Dial {
    fn default() -> Self {
        Self(Arc::new(Works {
            now_ms: AtomicI64::new(NOON * 1000),
            n_reads: AtomicUsize::new(0),
            breaks_at: AtomicUsize::new(0),
        }))
    }
}

impl Dial {
    pub(crate) fn clock(&self) -> Clock {
        let dial = self.clone();
        Clock::driven(move || dial.read())
    }

    pub(crate) fn turn(&self, by: SignedDuration) {
        let by_ms = i64::try_from(by.as_millis()).expect("a test turns by less than a million years");
        self.0.now_ms.fetch_add(by_ms, Ordering::SeqCst);
    }

    /// How often it was read so far.
    pub(crate) fn n_reads(&self) -> usize {
        self.0.n_reads.load(Ordering::SeqCst)
    }

    /// The `n`th read from now on panics, and no other.
    pub(crate) fn break_after(&self, n: usize) {
        self.0.breaks_at.store(self.n_reads() + n, Ordering::SeqCst);
    }

    fn read(&self) -> Timestamp {
        let n_reads = self.0.n_reads.fetch_add(1, Ordering::SeqCst) + 1;
        assert_ne!(n_reads, self.0.breaks_at.load(Ordering::SeqCst), "the clock was told to break here");
        Timestamp::from_millisecond(self.0.now_ms.load(Ordering::SeqCst)).expect("a test stays in history")
    }
}

/// Lets every timer of this runtime see that much time go by at once. Real time, which the fake's log is judged by,
/// does not move.
pub(crate) async fn skip(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// Skips two seconds at a time, as long as it takes until `done`: what waits with a growing pause gets there. Between
/// two skips real time goes by, so that an answer that is on its way arrives before its call is given up.
pub(crate) async fn skip_until<F: Future<Output = ()>>(done: F) {
    let mut done = pin!(done);
    for _ in 0..100 {
        if timeout(Duration::from_millis(100), &mut done).await.is_ok() {
            return;
        }
        skip(Duration::from_secs(2)).await;
    }
    panic!("not so after skipping 200 s");
}
