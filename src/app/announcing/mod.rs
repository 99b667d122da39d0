//! Announcing: the planner turns what is due into deliveries, the dispatcher sends them, and people are asked where the
//! bot must not decide alone.
//!
//! One process on a database does this, by its [`Lead`]. Everything that matters is on disk before
//! it is done: a delivery before it is claimed, the intent before the first byte, the outcome after. What nobody can
//! know is asked, never guessed.

mod asking;
mod decide;
mod dispatcher;
mod doubts;
mod hands;
mod night;
mod notices;
mod now;
mod planner;
mod post;
mod report;
mod theirs;
mod waves;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::chat::Front;
use crate::store::{Lead, StoreError};

use super::App;

use asking::Asking;

pub use dispatcher::Dispatcher;
pub use notices::{Asked, Notice};
pub use planner::Planner;

/// How often the planner looks at the clock: timers stop while a machine sleeps, so none is longer than this.
const LOOK: Duration = Duration::from_secs(5);

/// Announces until `shutdown`, as soon as no other process on the database does.
///
/// # Errors
/// [`StoreError`] if the lead cannot be asked for: its file cannot be made.
pub async fn announce<F: Front>(app: Arc<App>, front: Arc<F>, shutdown: CancellationToken) -> Result<(), StoreError> {
    let Some(lead) = wait_for_lead(&app, &shutdown).await? else { return Ok(()) };
    let lead = Arc::new(lead);
    let planner = Arc::new(Planner::new(Arc::clone(&app), Arc::clone(&lead)));
    let dispatcher = Dispatcher::new(Arc::clone(&app), Arc::clone(&front), Arc::clone(&lead), shutdown.clone());
    // What people are asked has ways of its own: a messenger that is down must not hold up the planning.
    let asking = Asking::new(&app, Arc::clone(&planner), front, shutdown.clone());
    recover(&app, &lead, &shutdown).await;
    let planning = async {
        loop {
            match planner.plan().await {
                Ok(notices) => notices.into_iter().for_each(|notice| asking.ask(notice)),
                Err(error) => tracing::error!(%error, "failed to plan announcements; trying again"),
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    // A turn is never broken off: what it has claimed and not begun to send would be doubtful after the next start.
    let dispatching = async {
        while !shutdown.is_cancelled() {
            let pause = match dispatcher.turn().await {
                Ok(n_taken) => dispatcher.pause(n_taken),
                Err(error) => {
                    tracing::error!(%error, "failed to look for announcements to send; trying again");
                    LOOK
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    };
    let planning = async {
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = planning => {}
        }
    };
    tokio::join!(dispatching, planning);
    tokio::join!(dispatcher.settled(), asking.settled());
    Ok(())
}

async fn wait_for_lead(app: &App, shutdown: &CancellationToken) -> Result<Option<Lead>, StoreError> {
    let mut is_told = false;
    loop {
        if let Some(lead) = app.parts.store.lead()? {
            app.gauges().take_lead();
            return Ok(Some(lead));
        }
        if !is_told {
            tracing::warn!("another process on this database announces; this one only answers");
            app.gauges().wait_for_lead();
            is_told = true;
        }
        tokio::select! {
            () = shutdown.cancelled() => return Ok(None),
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// What an earlier run was sending when it ended is doubtful.
async fn recover(app: &App, lead: &Lead, shutdown: &CancellationToken) {
    while !shutdown.is_cancelled() {
        match app.parts.store.recover(lead, app.parts.clock.now()).await {
            Ok(doubtful) => {
                if !doubtful.is_empty() {
                    tracing::warn!(deliveries = doubtful.len(), "doubtful since the last run; /deliveries shows them");
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, "failed to look for doubtful deliveries; trying again");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
