//! Takes in a front's updates so that none is lost: committed to the inbox before they are confirmed, handled in the
//! order of their lane (a chat), taken out only when their reply is settled.
//!
//! A chat that floods the bot grows a list of integers and waits for itself alone.
//! A panic or a time-out spoils one update. What a stop leaves behind is handled after the next start.

mod apology;
mod replay;
mod troubles;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::chat::{self, Front, Incoming, IntakeError, Outgoing, What};
use crate::clock::Clock;
use crate::store::{Arrived, Begun, Custody, Store, StoreError};

use super::App;
use super::groups::Trouble;
use super::lanes::{Lanes, TakenUp};
use super::settle::{Fate, Settler};

/// The longest that the handling of one update may take, its sending not counted.
const HANDLING_LIMIT: Duration = Duration::from_secs(10);

/// How many updates are handled at the same time.
const MAX_HANDLING: usize = 64;

/// A press older than this is dropped: no platform takes an answer to it any more.
const PRESS_LIFETIME: SignedDuration = SignedDuration::from_secs(150);

/// The same for a search; whoever typed it has typed on.
const SEARCH_LIFETIME: SignedDuration = SignedDuration::from_secs(30);

/// An update that was begun this often without an end kills the process: it is given up, so that the bot lives.
const MAX_ATTEMPTS: u32 = 25;

/// How long the store is left alone after it failed.
const STORE_PAUSE: Duration = Duration::from_millis(500);

/// Whether an update is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// Whatever became of its replies: never again.
    Now,
    /// The shutdown came first: once more after the next start.
    Later,
}

/// The inbox of one front.
pub struct Inbox<F: Front> {
    app: Arc<App>,
    front: Arc<F>,
    store: Store,
    // The real time, whatever clock is being tried out: what was received when, and how long its text may rest.
    wall: Clock,
    settler: Arc<Settler<F>>,
    // Short sections, never held across an await.
    lanes: Mutex<Lanes>,
    // What earlier runs left behind is this process's to handle, as long as it lives.
    custody: OnceLock<Custody>,
    handling: Semaphore,
    workers: TaskTracker,
    shutdown: CancellationToken,
}

/// How the delivery of one reply ended.
enum Delivered {
    /// As the platform said, or as the shutdown would have it.
    Settled(Settled),
    /// To its end, and something of it was not allowed where it was to go.
    NotAllowed,
    /// Not at all.
    Panicked,
}

impl<F: Front> chat::Intake for Arc<Inbox<F>> {
    async fn admit(&self, updates: Vec<chat::Arrived>) -> Result<(), IntakeError> {
        let updates: Vec<Arrived> =
            updates.into_iter().map(|update| Arrived { id: update.id, lane: update.lane, body: update.raw }).collect();
        let new = self
            .store
            .admit(&updates, self.wall.now())
            .await
            .map_err(|error| IntakeError { reason: error.to_string() })?;
        self.app.gauges().count_received(new.len());
        let lanes: HashMap<i64, i64> = updates.iter().map(|update| (update.id, update.lane)).collect();
        for id in new {
            self.enqueue(id, lanes.get(&id).copied().unwrap_or_default());
        }
        Ok(())
    }
}

impl<F: Front> Inbox<F> {
    /// An inbox that is worked off until `shutdown`, and notes by `wall` when something was received. A front that is
    /// refused for good cancels it, too.
    #[must_use]
    pub fn new(app: Arc<App>, front: Arc<F>, wall: Clock, shutdown: CancellationToken) -> Arc<Self> {
        let store = app.parts.store.clone();
        Arc::new(Self {
            settler: Arc::new(Settler::new(&app, Arc::clone(&front), shutdown.clone())),
            app,
            front,
            store,
            wall,
            lanes: Mutex::default(),
            custody: OnceLock::new(),
            handling: Semaphore::new(MAX_HANDLING),
            workers: TaskTracker::new(),
            shutdown,
        })
    }

    /// Forgets what is past its lifetime. Called now and then.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let received = self.store.sweep_inbox(self.wall.now()).await?;
        if received.bodies > 0 {
            tracing::warn!(
                updates = received.bodies,
                "updates that could not be handled within their lifetime were dropped"
            );
        }
        self.store.sweep(self.app.parts.clock.now()).await?;
        self.store.sweep_readers(self.app.parts.clock.now()).await?;
        Ok(())
    }

    /// Waits for what is being handled, at most until then. To be called after the shutdown.
    pub async fn drain(&self, deadline: Instant) {
        self.workers.close();
        if timeout_at(deadline, self.workers.wait()).await.is_err() {
            tracing::info!("stopped before all replies were out; they follow after the next start");
        }
    }

    /// Why the front's platform no longer accepts the bot, if that is what cancelled the shutdown.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.settler.refused()
    }

    fn enqueue(self: &Arc<Self>, id: i64, lane: i64) {
        let taken_up = self.lanes().take_up(id, lane);
        if taken_up != TakenUp::Known {
            self.app.gauges().count_waiting(1);
        }
        if taken_up == TakenUp::First {
            self.workers.spawn(Arc::clone(self).work(lane));
        }
    }

    /// Works one lane off and ends with it.
    async fn work(self: Arc<Self>, lane: i64) {
        while let Some(id) = self.next(lane) {
            if self.handle(id).await == Settled::Later {
                // The shutdown came first; the update rests in the inbox.
                self.lanes().close(lane);
                return;
            }
            self.lanes().done(id);
        }
    }

    fn next(&self, lane: i64) -> Option<i64> {
        let mut lanes = self.lanes();
        if self.shutdown.is_cancelled() {
            lanes.close(lane);
        }
        lanes.next(lane)
    }

    async fn handle(&self, id: i64) -> Settled {
        let Some(begun) = self.insist(|| self.store.begin(id)).await else { return Settled::Later };
        if let Some(begun) = begun {
            let settled = self.answer(id, begun).await;
            if settled == Settled::Later {
                return settled;
            }
        }
        let recorded = self.insist(|| self.store.handled(id)).await;
        self.app.gauges().count_handled();
        recorded.map_or(Settled::Later, |()| Settled::Now)
    }

    async fn answer(&self, id: i64, begun: Begun) -> Settled {
        if begun.attempts > MAX_ATTEMPTS {
            tracing::error!(
                update = id,
                attempts = begun.attempts,
                "gave up on an update that was never handled to its end"
            );
            self.app.gauges().count_failed();
            return Settled::Now;
        }
        let Some(incoming) = self.read(id, &begun).await else { return Settled::Now };
        let age = self.wall.now().duration_since(begun.received);
        if lifetime(&incoming.what).is_some_and(|lifetime| age > lifetime) {
            return Settled::Now;
        }
        let asked = incoming.clone();
        match self.deliver(id, &asked, self.reply(id, incoming).await).await {
            Delivered::Settled(settled) => settled,
            Delivered::NotAllowed => self.tell(Trouble::NotAllowed, &asked).await,
            // What cannot even be shown is not tried again; one calm sentence can be.
            Delivered::Panicked => match self.deliver(id, &asked, self.apology(&asked).await).await {
                Delivered::Settled(settled) => settled,
                Delivered::NotAllowed | Delivered::Panicked => Settled::Now,
            },
        }
    }

    /// Delivers in order, each in a task of its own: a panic in there spoils this update alone.
    async fn deliver(&self, id: i64, asked: &Incoming, reply: Vec<Outgoing>) -> Delivered {
        let mut delivered = Delivered::Settled(Settled::Now);
        for outgoing in reply {
            let settler = Arc::clone(&self.settler);
            let delivery = tokio::spawn(async move { settler.settle(outgoing).await });
            match self.patiently(delivery, asked).await {
                Ok(Fate::Later) => return Delivered::Settled(Settled::Later),
                Ok(Fate::Taken | Fate::Refused | Fate::Doubtful | Fate::Unreachable) => {}
                Ok(Fate::NotAllowed) => delivered = Delivered::NotAllowed,
                Err(error) if error.is_panic() => {
                    tracing::error!(update = id, "delivering a reply panicked; it is given up");
                    self.app.gauges().count_failed();
                    return Delivered::Panicked;
                }
                // The process ends.
                Err(_cancelled) => return Delivered::Settled(Settled::Later),
            }
        }
        delivered
    }

    /// Reads the update in a task of its own: a panic in there spoils this update alone.
    async fn read(&self, id: i64, begun: &Begun) -> Option<Incoming> {
        let (front, body, received) = (Arc::clone(&self.front), begun.body.clone(), begun.received);
        let read = tokio::spawn(async move { front.read(&body, received) }).await;
        read.unwrap_or_else(|_panic| {
            tracing::error!(update = id, "reading an update panicked; it is dropped");
            self.app.gauges().count_failed();
            None
        })
    }

    /// Handles it in a task of its own; a panic or a time-out becomes one calm sentence.
    async fn reply(&self, id: i64, incoming: Incoming) -> Vec<Outgoing> {
        let Ok(_permit) = self.handling.acquire().await else { return Vec::new() };
        let (app, asked) = (Arc::clone(&self.app), incoming.clone());
        let mut handling = tokio::spawn(async move { app.handle(asked).await });
        match timeout(HANDLING_LIMIT, &mut handling).await {
            Ok(Ok(outgoing)) => return outgoing,
            Ok(Err(_panic)) => tracing::error!(update = id, "handling an update panicked"),
            Err(_elapsed) => {
                handling.abort();
                tracing::error!(update = id, limit_s = HANDLING_LIMIT.as_secs(), "handling an update took too long");
            }
        }
        self.app.gauges().count_failed();
        self.apology(&incoming).await
    }

    /// Repeats a store call until it works; `None` once the shutdown came.
    async fn insist<T, W>(&self, call: impl Fn() -> W) -> Option<T>
    where
        W: Future<Output = Result<T, StoreError>>,
    {
        for n_failed in 0_u64.. {
            match call().await {
                Ok(value) => return Some(value),
                Err(error) if n_failed == 0 => tracing::error!(%error, "the inbox failed; trying again until it works"),
                Err(_) => {}
            }
            tokio::select! {
                () = self.shutdown.cancelled() => return None,
                () = tokio::time::sleep(STORE_PAUSE) => {}
            }
        }
        None
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        // Lists of numbers are whole after any panic.
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long an answer is worth giving; `None`: as long as it takes.
const fn lifetime(what: &What) -> Option<SignedDuration> {
    match what {
        What::Press { .. } => Some(PRESS_LIFETIME),
        What::Search { .. } => Some(SEARCH_LIFETIME),
        What::Text(_)
        | What::Command { .. }
        | What::Chosen { .. }
        | What::Membership(_)
        | What::Moved { .. }
        | What::Unreadable => None,
    }
}
