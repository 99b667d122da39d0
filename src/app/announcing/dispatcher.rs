//! The dispatcher: sends what is due, each once, within the rates.
//!
//! The intent is committed before the first byte, the outcome after the answer. A doubtful outcome is kept as such: the
//! machine never sends again what may have been sent.

mod corrections;
mod going;
mod outcomes;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::announcements::Pace;
use crate::chat::{Messenger, Outgoing, Sound};
use crate::domain::Delivery;
use crate::fail_points::fail_point;
use crate::store::{Lead, StoreError};

use super::super::App;
use super::super::reply::Desk;

use going::Going;

/// Why a delivery is doubtful whose sending panicked.
const PANICKED: &str = "the bot failed while sending it";

/// How many are under way at once.
const IN_FLIGHT: u32 = 16;

/// How often to look for something to send.
const TURN: Duration = Duration::from_millis(200);

/// How long the store is left alone after it failed to record an outcome.
const STORE_PAUSE: Duration = Duration::from_millis(500);

/// Sends deliveries through one front.
pub struct Dispatcher<M> {
    app: Arc<App>,
    front: Arc<M>,
    lead: Arc<Lead>,
    shutdown: CancellationToken,
    in_flight: Arc<Semaphore>,
    // Short sections, never held across an await.
    tempo: Mutex<Tempo>,
}

#[derive(Default)]
struct Tempo {
    pace: Pace,
    /// Chats that asked to wait of late, and when.
    in_trouble: VecDeque<(i64, Timestamp)>,
}

impl<M: Messenger + 'static> Dispatcher<M> {
    /// For that bot, through that front.
    #[must_use]
    pub fn new(app: Arc<App>, front: Arc<M>, lead: Arc<Lead>, shutdown: CancellationToken) -> Arc<Self> {
        let in_flight = Arc::new(Semaphore::new(IN_FLIGHT as usize));
        Arc::new(Self { app, front, lead, shutdown, in_flight, tempo: Mutex::default() })
    }

    /// Takes what may go now and begins to send it; where there is room left, edits what does not say any more what is
    /// so. Returns how many that were.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was sent.
    pub async fn turn(self: &Arc<Self>) -> Result<usize, StoreError> {
        let now = self.now();
        let room = self.tempo().pace.room(now).min(self.in_flight.available_permits());
        let Some(n) = u32::try_from(room).ok().filter(|n| *n > 0) else { return Ok(0) };
        let claimed = self.app.parts.store.claim(&self.lead, n, now).await?;
        let n_claimed = claimed.len();
        for delivery in claimed {
            let Some(going) = self.may_go(&delivery).await else { continue };
            // There is one: nobody else takes permits, and no more were claimed than there are.
            let Ok(permit) = Arc::clone(&self.in_flight).acquire_owned().await else { break };
            let this = Arc::clone(self);
            tokio::spawn(async move {
                this.see_off(delivery, going).await;
                drop(permit);
            });
        }
        let left = n.saturating_sub(u32::try_from(n_claimed).unwrap_or(u32::MAX));
        Ok(n_claimed + self.correct(left).await?)
    }

    /// How long to rest after a turn that took so many: not at all after some, and after none until the pace has room
    /// again, for a broadcast that looks too late falls behind its rate.
    #[must_use]
    pub fn pause(&self, n_taken: usize) -> Duration {
        if n_taken > 0 {
            return Duration::ZERO;
        }
        let until_room = self.tempo().pace.until_room(self.now());
        Duration::try_from(until_room).ok().filter(|rest| !rest.is_zero()).unwrap_or(TURN)
    }

    /// Waits until nothing is under way.
    pub async fn settled(&self) {
        // Closed by nobody: to have all permits means that nobody else has one.
        let _all = self.in_flight.acquire_many(IN_FLIGHT).await;
    }

    /// Sends one delivery to its end, in a task of its own: a panic on the way leaves it doubtful, and not in flight until
    /// the next start, which would hold up its chat.
    async fn see_off(self: Arc<Self>, delivery: Delivery, going: Going) {
        let (this, id) = (Arc::clone(&self), delivery.id);
        let sending = tokio::spawn(async move { this.send(delivery, going).await });
        let ended = sending.await;
        self.tempo().pace.let_go(id);
        if ended.is_err_and(|error| error.is_panic()) {
            tracing::error!(delivery = id.0, "sending an announcement panicked; what was not recorded is doubtful");
            self.insist(|| self.app.parts.store.ambiguous(id, PANICKED, self.now())).await;
        }
    }

    /// Sends one delivery and records what became of it.
    async fn send(&self, delivery: Delivery, going: Going) {
        let Some(post) = self.post(&delivery, &going) else { return self.leave_unsaid(&delivery, &going).await };
        fail_point!("intent-committed");
        let outcome = self.front.deliver(&post).await;
        fail_point!("answer-unrecorded");
        match outcome {
            Ok(receipt) => self.record_sent(&delivery, &going.chat, &post, receipt).await,
            Err(failure) => self.record_failure(&delivery, failure).await,
        }
        fail_point!("recorded");
    }

    /// The words are made now: late but valid, they say how far the day is from now.
    fn post(&self, delivery: &Delivery, Going { chat, snapshot }: &Going) -> Option<Outgoing> {
        let voice = self.app.voice(chat.settings.language);
        let desk = Desk { corpus: &snapshot.corpus, voice, now: self.now(), zone: &chat.settings.zone };
        let message = desk.post(&delivery.subject)?;
        if let Some(passage) = snapshot.first_bent(&message) {
            tracing::error!(%passage, "a quote was not verbatim and was held back");
            return None;
        }
        let sound = if chat.settings.silent { Sound::Silent } else { Sound::Audible };
        Some(Outgoing::Post { to: delivery.chat, message, sound })
    }

    /// Records until it works, or the shutdown comes: then the next start finds the delivery doubtful.
    async fn insist<T, W>(&self, call: impl Fn() -> W)
    where
        W: Future<Output = Result<T, StoreError>>,
    {
        while let Err(error) = call().await {
            tracing::error!(%error, "failed to record what became of an announcement; trying again");
            tokio::select! {
                () = self.shutdown.cancelled() => return,
                () = tokio::time::sleep(STORE_PAUSE) => {}
            }
        }
    }

    fn now(&self) -> Timestamp {
        self.app.parts.clock.now()
    }

    fn tempo(&self) -> MutexGuard<'_, Tempo> {
        // Instants and numbers are whole after any panic.
        self.tempo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
