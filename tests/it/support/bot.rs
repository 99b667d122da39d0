//! The bot, started by the very function that production uses, against the fake Bot API.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord::app::{ClockIs, KnowledgeSource, Library};
use onrecord::cli::{Service, serve};
use onrecord::clock::Clock;
use onrecord::domain::UserRef;
use onrecord::store::Store;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::fake::FakeTelegram;

/// The day the conversations take place: the exercises of October are over, the year is not.
pub(crate) const TODAY: &str = "2026-11-23T12:00:00Z";

/// The user id of the one admin.
pub(crate) const ADMIN: i64 = 1;

/// A clock that always shows [`TODAY`].
pub(crate) fn today() -> Clock {
    let now: Timestamp = TODAY.parse().unwrap();
    Clock::driven(move || now)
}

/// The shipped knowledge, loaded once for all tests: training is the slow part.
pub(crate) fn shipped() -> Arc<Library> {
    static SHIPPED: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(SHIPPED.get_or_init(|| open(KnowledgeSource::Embedded)))
}

/// The knowledge of that source.
pub(crate) fn open(source: KnowledgeSource) -> Arc<Library> {
    let (library, _warnings) = Library::open(source, today()).expect("the knowledge loads");
    Arc::new(library)
}

/// A running bot; it is stopped when dropped.
pub(crate) struct Bot {
    shutdown: CancellationToken,
    serving: Option<JoinHandle<anyhow::Result<()>>>,
}

/// What the bot under test runs on; a test changes what it needs.
pub(crate) async fn service(fake: &FakeTelegram) -> Service {
    let now: Timestamp = TODAY.parse().unwrap();
    fake.set_date(now.as_second());
    Service {
        token: fake.token().into(),
        api_url: fake.url(),
        library: shipped(),
        store: Store::in_memory().await.unwrap(),
        clock: today(),
        clock_is: ClockIs::Real,
        zone: TimeZone::UTC,
        admins: BTreeSet::from([UserRef(ADMIN)]),
        operator: None,
    }
}

impl Bot {
    /// Answers from the shipped knowledge.
    pub(crate) async fn start(fake: &FakeTelegram) -> Self {
        Self::serve(service(fake).await)
    }

    /// Answers from this knowledge.
    pub(crate) async fn knowing(fake: &FakeTelegram, library: Arc<Library>) -> Self {
        Self::serve(Service { library, ..service(fake).await })
    }

    /// Runs on exactly this.
    pub(crate) fn serve(service: Service) -> Self {
        let shutdown = CancellationToken::new();
        let serving = tokio::spawn(serve(service, shutdown.clone()));
        Self { shutdown, serving: Some(serving) }
    }

    /// Stops it and fails if it did not end well.
    pub(crate) async fn stop(mut self) {
        self.shutdown.cancel();
        self.serving
            .take()
            .expect("it is stopped once")
            .await
            .expect("the bot did not panic")
            .expect("the bot ended well");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}
