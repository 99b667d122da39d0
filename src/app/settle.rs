//! Delivers a reply until its fate is settled: accepted, refused for good, or left for the next start.
//!
//! Replies are sent at least once: a doubtful one is sent again, for a question without an answer is worse than an
//! answer given twice. (Announcements are the other way round.)

mod noting;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::chat::{Failure, Front, Outgoing};
use crate::clock::Clock;
use crate::store::{Store, StoreError};

use super::App;
use super::addressee::{anew, chat, is_private, readdress};
use super::freezes::Freezes;
use super::gauges::Gauges;
use super::groups::Unopened;

/// How often a reply is tried whose fate is unknown.
const MAX_DOUBTFUL_TRIES: u32 = 5;

/// The pause after the first failure; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The longest pause of our own choice. What a platform asks for is obeyed however long it is.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A freeze at least this long is stored, so that a restart obeys it.
const STORED_FREEZE: Duration = Duration::from_secs(10);

/// What became of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The platform took it.
    Taken,
    /// Its chat is over for the bot, or never let it in.
    Unreachable,
    /// Refused for good, for what it is.
    Refused,
    /// Refused, because the bot may not write there: somebody can mend that.
    NotAllowed,
    /// Given up: it may have arrived, and nobody knows.
    Doubtful,
    /// The shutdown came first: once more after the next start.
    Later,
}

/// How often one reply failed so far.
#[derive(Default)]
struct Tries {
    failed: u32,
    doubtful: u32,
}

/// Delivers replies of one front.
pub(super) struct Settler<F: Front> {
    front: Arc<F>,
    store: Store,
    // The bot's own: whoever announces stores freezes by it, too.
    clock: Clock,
    shutdown: CancellationToken,
    freezes: Arc<Freezes>,
    gauges: Arc<Gauges>,
    unopened: Arc<Unopened>,
    // Why the platform no longer accepts the bot's credentials, once it has said so.
    refused: OnceLock<String>,
}

impl<F: Front> Settler<F> {
    pub(super) fn new(app: &App, front: Arc<F>, shutdown: CancellationToken) -> Self {
        let (store, clock, freezes) = (app.parts.store.clone(), app.parts.clock.clone(), Arc::clone(&app.freezes));
        let (gauges, unopened) = (Arc::clone(&app.parts.gauges), Arc::clone(&app.unopened));
        Self { front, store, clock, shutdown, freezes, gauges, unopened, refused: OnceLock::new() }
    }

    /// Why the platform no longer accepts the bot's credentials, once it has said so.
    pub(super) fn refused(&self) -> Option<&str> {
        self.refused.get().map(String::as_str)
    }

    /// Obeys what an earlier run was asked to wait for.
    pub(super) async fn remember_freezes(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for (chat, until) in self.store.frozen(now).await? {
            if let Ok(wait) = Duration::try_from(until.duration_since(now)) {
                self.freezes.freeze(chat, wait);
            }
        }
        Ok(())
    }

    /// Delivers one thing to its end, part by part: what people have seen is not shown again while the rest waits.
    pub(super) async fn settle(&self, mut outgoing: Outgoing) -> Fate {
        let mut part = 0;
        // It may become another on the way, of fewer parts.
        while part < self.front.n_parts(&outgoing) {
            match self.settle_part(outgoing, part).await {
                Ok(delivered) => outgoing = delivered,
                Err(fate) => return fate,
            }
            part += 1;
        }
        Fate::Taken
    }

    /// The outgoing as it was delivered in the end, perhaps to another address; or that nothing more of it is.
    async fn settle_part(&self, mut outgoing: Outgoing, part: usize) -> Result<Outgoing, Fate> {
        let mut tries = Tries::default();
        loop {
            outgoing = self.unopened.around(outgoing);
            if let Some(later) = self.wait_for_thaw(chat(&outgoing)).await {
                return Err(later);
            }
            let failure = tokio::select! {
                biased;
                result = self.front.deliver_part(&outgoing, part) => match result {
                    Ok(receipt) => {
                        self.keep(&outgoing, receipt).await;
                        self.is_in(&outgoing).await;
                        return Ok(outgoing);
                    }
                    Err(failure) => failure,
                },
                () = self.give_up() => return Err(Fate::Later),
            };
            outgoing = self.after(failure, &mut tries, outgoing).await?;
        }
    }

    /// What to deliver next after a failure, any pause over; or its fate.
    async fn after(&self, failure: Failure, tries: &mut Tries, mut outgoing: Outgoing) -> Result<Outgoing, Fate> {
        tries.failed += 1;
        if fades(&outgoing, &failure) {
            tracing::debug!(reason = %failure, "a toast or a search's results were not shown");
            return Err(Fate::Refused);
        }
        match failure {
            Failure::NotSent { retry_after: Some(wait), reason } => {
                tracing::warn!(wait_s = wait.as_secs(), %reason, "a reply has to wait");
                let wait = wait.max(FIRST_PAUSE);
                // A toast goes to no chat that could be frozen, nor do results: they wait for themselves.
                let Some(chat) = chat(&outgoing) else { return self.again_after(wait, outgoing).await };
                self.freeze(chat, wait).await;
                return Ok(outgoing);
            }
            Failure::NotSent { retry_after: None, reason } => {
                tracing::warn!(%reason, "a reply was not sent; trying again");
            }
            Failure::Unknown { reason } => {
                tries.doubtful += 1;
                if tries.doubtful >= MAX_DOUBTFUL_TRIES {
                    tracing::error!(%reason, tries = tries.doubtful, "gave up on a reply");
                    return Err(self.failed(Fate::Doubtful));
                }
                tracing::warn!(%reason, "a reply may not have arrived; trying again");
            }
            Failure::Moved { to } if tries.failed < MAX_DOUBTFUL_TRIES => {
                self.follow(&outgoing, to).await;
                readdress(&mut outgoing, to);
                return Ok(outgoing);
            }
            Failure::Moved { to } => {
                tracing::error!(to, "a chat keeps moving; gave up on a reply");
                return Err(self.failed(Fate::Refused));
            }
            Failure::Gone { .. } if is_private(&outgoing) => {
                if let Some(chat) = chat(&outgoing) {
                    self.unopened.refused(chat);
                }
                return anew(outgoing).ok_or(Fate::Unreachable);
            }
            Failure::Gone { reason } => {
                tracing::info!(%reason, "a chat is gone before its reply");
                self.is_out(&outgoing).await;
                return Err(Fate::Unreachable);
            }
            Failure::Forbidden { reason } => {
                tracing::error!(%reason, "a reply was not allowed");
                return anew(outgoing).ok_or_else(|| self.failed(Fate::NotAllowed));
            }
            Failure::Rejected { reason } => {
                tracing::error!(%reason, "a reply was refused");
                return anew(outgoing).ok_or_else(|| self.failed(Fate::Refused));
            }
            Failure::Unauthorised { reason } => {
                tracing::error!(%reason, "the token is no longer accepted; stopping");
                // Of several replies that are told so, one is enough.
                let _ = self.refused.set(reason);
                self.shutdown.cancel();
                return Err(Fate::Later);
            }
        }
        self.again_after(pause_after(tries.failed), outgoing).await
    }

    /// Settled, though not as it should be: the reader has no reply.
    fn failed(&self, fate: Fate) -> Fate {
        self.gauges.count_failed();
        fate
    }

    async fn again_after(&self, pause: Duration, outgoing: Outgoing) -> Result<Outgoing, Fate> {
        self.pause(pause).await.map_or(Ok(outgoing), Err)
    }

    /// A delivery under way when the shutdown comes gets a moment: most are answered, and none is then sent twice.
    async fn give_up(&self) {
        self.shutdown.cancelled().await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }

    async fn freeze(&self, chat: i64, wait: Duration) {
        let now = self.clock.now();
        let until = now.saturating_add(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)).unwrap_or(now);
        self.freezes.freeze(chat, wait);
        if wait >= STORED_FREEZE
            && let Err(error) = self.store.freeze(chat, until).await
        {
            tracing::warn!(%error, "failed to store a freeze; a restart would not know of it");
        }
    }

    async fn wait_for_thaw(&self, chat: Option<i64>) -> Option<Fate> {
        let wait = chat.and_then(|chat| self.freezes.remaining(chat))?;
        self.pause(wait).await
    }

    /// The fate of what was paused, if the shutdown came first.
    async fn pause(&self, pause: Duration) -> Option<Fate> {
        tokio::select! {
            () = self.shutdown.cancelled() => Some(Fate::Later),
            () = tokio::time::sleep(pause) => None,
        }
    }
}

/// Whether a toast or the results of a search are given up after this: a toast fades anyway, who searches types on, and
/// after a while no platform takes either any more. A short wait is worth it, for until then the button seems to hang.
fn fades(outgoing: &Outgoing, failure: &Failure) -> bool {
    let is_fleeting = matches!(outgoing, Outgoing::Toast { .. } | Outgoing::Results { .. });
    match failure {
        _ if !is_fleeting => false,
        Failure::NotSent { retry_after: Some(wait), .. } => *wait >= STORED_FREEZE,
        Failure::Unauthorised { .. } => false,
        Failure::NotSent { retry_after: None, .. }
        | Failure::Unknown { .. }
        | Failure::Gone { .. }
        | Failure::Moved { .. }
        | Failure::Forbidden { .. } => true,
        // A list that is refused for what it is must not go unseen: whoever searches gets no other.
        Failure::Rejected { .. } => matches!(outgoing, Outgoing::Toast { .. }),
    }
}

fn pause_after(n_failures: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(n_failures.saturating_sub(1))).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_up_to_its_limit() {
        let pauses: Vec<u64> = (1..9).map(|n| u64::try_from(pause_after(n).as_millis()).unwrap()).collect();
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        assert_eq!(pause_after(u32::MAX), LONGEST_PAUSE);
    }
}
