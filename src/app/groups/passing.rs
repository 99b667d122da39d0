//! Takes back what is to be taken back. What is due stands in the store: a restart takes it up, and what was taken back
//! and not noted is taken back again, which does no harm.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::chat::{Failure, Front, MessageId, Outgoing};
use crate::domain::ChatRef;
use crate::store::{Passing, StoreError};

use super::super::App;
use super::super::announcing::keep_alive;

/// How often it is looked what is due: timers stop while a machine sleeps, so none is longer than this.
const LOOK: Duration = Duration::from_secs(5);

/// So many are taken back at one look, so that replies have room beside them.
const AT_A_LOOK: u32 = 50;

/// How long one rests of which nobody knows whether it was taken back.
const REST: SignedDuration = SignedDuration::from_secs(30);

/// What became of one.
enum Became {
    /// It is gone, or stays for good.
    Settled,
    /// It is tried again then.
    Waits(Timestamp),
    /// Nothing can be done any more in this run.
    Over,
}

/// Takes messages back until `shutdown`. Whatever goes wrong meanwhile is logged, and it goes on.
pub async fn take_back<F: Front>(app: Arc<App>, front: Arc<F>, shutdown: CancellationToken) {
    let life = || live(Arc::clone(&app), Arc::clone(&front), shutdown.clone());
    keep_alive("taking messages back", &shutdown, life).await;
}

async fn live<F: Front>(app: Arc<App>, front: Arc<F>, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        if let Err(error) = look(&app, &*front, &shutdown).await {
            tracing::error!(%error, "failed to look for messages to take back; trying again");
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn look<F: Front>(app: &App, front: &F, shutdown: &CancellationToken) -> Result<(), StoreError> {
    let store = &app.parts.store;
    for passing in store.due_back(app.parts.clock.now(), AT_A_LOOK).await? {
        if shutdown.is_cancelled() {
            return Ok(());
        }
        match one(app, front, passing).await {
            Became::Settled => store.taken_back(passing).await?,
            Became::Waits(until) => store.take_back_later(passing, until).await?,
            Became::Over => return Ok(()),
        }
    }
    Ok(())
}

async fn one<F: Front>(app: &App, front: &F, passing: Passing) -> Became {
    let now = app.parts.clock.now();
    let after = |wait: SignedDuration| Became::Waits(now.saturating_add(wait).unwrap_or(now));
    let after_freeze = |wait: Duration| after(SignedDuration::try_from(wait).unwrap_or(REST));
    if let Some(wait) = app.freezes.remaining(passing.chat) {
        return after_freeze(wait);
    }
    let chat = ChatRef { id: passing.chat, thread: None };
    let failure = match front.deliver(&Outgoing::Delete { chat, id: MessageId(passing.message) }).await {
        Ok(_) => return Became::Settled,
        Err(failure) => failure,
    };
    if let Failure::Gone { .. } = failure
        && let Err(error) = app.parts.store.group_is_gone(passing.chat, now).await
    {
        tracing::error!(%error, "failed to note that the bot is out of a group; its settings stay for now");
    }
    match failure {
        Failure::NotSent { retry_after: Some(wait), .. } => {
            app.freezes.freeze(passing.chat, wait);
            after_freeze(wait)
        }
        Failure::NotSent { retry_after: None, .. } | Failure::Unknown { .. } => after(REST),
        Failure::Unauthorised { .. } => Became::Over,
        // Too old, the chat is over, or it counts its messages anew.
        Failure::Gone { .. } | Failure::Moved { .. } | Failure::Forbidden { .. } | Failure::Rejected { .. } => {
            tracing::info!(chat = passing.chat, reason = %failure, "a message cannot be taken back; it stays");
            Became::Settled
        }
    }
}
