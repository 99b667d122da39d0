//! Long polling: updates are handed over raw, and confirmed only once they are safe.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::payloads::DeleteWebhook;
use teloxide::requests::Payload;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::chat::{Arrived, Intake};

use super::answer::ApiError;
use super::api::Api;
use super::backoff::Backoff;
use super::outcome::is_unauthorised;
use super::update::lane;

/// How long the server may hold a poll (it allows 50 s).
const POLL: Duration = Duration::from_secs(30);
/// How long the last confirmation may take: it only spares the next start some duplicates.
const FAREWELL: Duration = Duration::from_secs(1);
/// After a conflict: the other poller asks again at once, and one of the two must give way.
const CONFLICT: Duration = Duration::from_secs(5);
/// After a batch in which no update has an id: nothing confirms it, and it comes again at once, until another follows.
const NAMELESS: Duration = Duration::from_secs(1);
/// The shortest time between two polls if the first brought nothing: a server that does not hold them is not asked in
/// a tight loop.
const SHORTEST: Duration = Duration::from_millis(250);

/// What the bot wants to hear of. Sent with every poll: Telegram remembers what another program asked for.
const ALLOWED: [&str; 4] = ["message", "callback_query", "inline_query", "my_chat_member"];

/// It stopped because it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Telegram knows all that was admitted.
    Confirmed,
    /// The last batch may come once more.
    Unconfirmed,
}

/// It cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    /// The token was revoked.
    #[error("Telegram does not accept the token in TELOXIDE_TOKEN any more ({reason}); get a new one from @BotFather")]
    Unauthorised {
        /// As Telegram says it.
        reason: String,
    },
}

/// Polls until `shutdown`, and hands each batch to `intake`. A batch is confirmed by the next poll, which is made only
/// after the batch was admitted; until then Telegram keeps it and sends it again.
///
/// Outages are waited out and logged once, at their start and at their end. No update is logged.
///
/// # Errors
/// [`ListenError`] if waiting cannot help.
pub async fn listen<I: Intake>(api: &Api, intake: &I, shutdown: &CancellationToken) -> Result<Stopped, ListenError> {
    let mut listener = Listener { api, intake, offset: None, backoff: Backoff::default(), told: None };
    loop {
        tokio::select! {
            biased;
            () = shutdown.cancelled() => return Ok(listener.farewell().await),
            heard = listener.turn() => heard?,
        }
    }
}

struct Listener<'a, I> {
    api: &'a Api,
    intake: &'a I,
    /// One more than the last admitted id. Never compared: ids may turn random after a quiet week.
    offset: Option<i64>,
    backoff: Backoff,
    /// What was logged last and is not over.
    told: Option<Trouble>,
}

/// Why there are no updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Unreachable,
    Refused,
    OtherPoller,
    Webhook,
    Intake,
    Nameless,
}

impl<I: Intake> Listener<'_, I> {
    /// One poll and what follows from it. May be dropped at any moment: what is not confirmed comes again.
    async fn turn(&mut self) -> Result<(), ListenError> {
        // It begins to run now.
        let shortest = sleep(SHORTEST);
        let poll = GetUpdates { offset: self.offset, limit: 100, timeout: POLL.as_secs(), allowed_updates: ALLOWED };
        match self.api.call::<_, Vec<Box<RawValue>>>(&poll).await {
            Ok(updates) if updates.is_empty() => {
                self.over();
                shortest.await;
                Ok(())
            }
            Ok(updates) => {
                self.hand_over(updates).await;
                Ok(())
            }
            Err(error) if is_unauthorised(&error) => Err(ListenError::Unauthorised { reason: error.to_string() }),
            Err(error) => {
                self.wait_out(&error).await;
                Ok(())
            }
        }
    }

    async fn hand_over(&mut self, updates: Vec<Box<RawValue>>) {
        let n_updates = updates.len();
        let arrived = arrived(&updates);
        let n_nameless = n_updates - arrived.len();
        if n_nameless > 0 && self.is_news(Trouble::Nameless) {
            warn!(n_nameless, "updates without an id are left out");
        }
        let Some(last) = arrived.last().map(|update| update.id) else {
            return sleep(NAMELESS).await;
        };
        match self.intake.admit(arrived).await {
            Ok(()) => {
                debug!(n_updates, "updates are in");
                self.offset = Some(last.saturating_add(1));
                self.over();
            }
            Err(error) => {
                if self.is_news(Trouble::Intake) {
                    error!(%error, "updates stay with Telegram until they can be taken in");
                }
                sleep(self.backoff.failed()).await;
            }
        }
    }

    async fn wait_out(&mut self, error: &ApiError) {
        let trouble = trouble(error);
        let news = self.is_news(trouble);
        if trouble == Trouble::Webhook {
            if news {
                warn!(
                    "a webhook is set for this token, and keeps updates from here; it is removed: if another program \
                     uses it, give each its own token"
                );
            }
            return self.unhook().await;
        }
        if trouble == Trouble::OtherPoller {
            if news {
                error!("another process polls with this token: stop it, or give each its own; trying on");
            }
            return sleep(CONFLICT).await;
        }
        if news {
            warn!(%error, "no updates for now; trying again until they come");
        } else {
            debug!(%error, "still no updates");
        }
        sleep(error.wait(&mut self.backoff)).await;
    }

    /// A webhook that somebody set keeps updates from being polled. Removing it loses none.
    async fn unhook(&mut self) {
        let removed = self.api.call::<_, IgnoredAny>(&DeleteWebhook { drop_pending_updates: None }).await;
        if let Err(error) = removed {
            debug!(%error, "failed to remove the webhook");
        }
        sleep(self.backoff.failed()).await;
    }

    /// Whether this trouble is worth a line in the log.
    fn is_news(&mut self, trouble: Trouble) -> bool {
        self.told.replace(trouble) != Some(trouble)
    }

    fn over(&mut self) {
        let n_failures = self.backoff.over();
        if self.told.take().is_some() {
            info!(n_failures, "updates come again");
        }
    }

    /// Tells Telegram what was admitted last, if it can be told quickly.
    async fn farewell(self) -> Stopped {
        let Some(offset) = self.offset else { return Stopped::Confirmed };
        let last = GetUpdates { offset: Some(offset), limit: 1, timeout: 0, allowed_updates: ALLOWED };
        match timeout(FAREWELL, self.api.call::<_, IgnoredAny>(&last)).await {
            Ok(Ok(_)) => Stopped::Confirmed,
            Ok(Err(_)) | Err(_) => Stopped::Unconfirmed,
        }
    }
}

/// Updates as they came. teloxide's own payload has a narrower offset, and parses.
#[derive(Serialize)]
struct GetUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    /// In seconds.
    timeout: u64,
    allowed_updates: [&'static str; 4],
}

impl Payload for GetUpdates {
    type Output = Vec<Box<RawValue>>;
    const NAME: &'static str = "GetUpdates";

    fn timeout_hint(&self) -> Option<Duration> {
        Some(Duration::from_secs(self.timeout))
    }
}

/// In the order of the batch, without what has no id. An update with an id that cannot be read otherwise (nested too
/// deep, a number too large) is handed over like any other: it must not keep coming, and the others with it.
fn arrived(updates: &[Box<RawValue>]) -> Vec<Arrived> {
    updates
        .iter()
        .filter_map(|update| {
            let raw = update.get();
            let parts: HashMap<String, &RawValue> = serde_json::from_str(raw).ok()?;
            let id = parts.get("update_id")?.get().parse().ok()?;
            let lane = serde_json::from_str(raw).map_or(0, |update: Value| lane(&update));
            Some(Arrived { id, lane, raw: raw.to_owned() })
        })
        .collect()
}

fn trouble(error: &ApiError) -> Trouble {
    match error {
        ApiError::Unreachable(_) | ApiError::Lost(_) | ApiError::Garbled { .. } => Trouble::Unreachable,
        ApiError::Refused { code: 409, description, .. } if description.to_lowercase().contains("webhook") => {
            Trouble::Webhook
        }
        ApiError::Refused { code: 409, .. } => Trouble::OtherPoller,
        ApiError::Refused { code: 500.., .. } => Trouble::Unreachable,
        ApiError::Refused { .. } => Trouble::Refused,
    }
}

#[cfg(test)]
mod tests;
