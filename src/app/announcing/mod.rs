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
mod lives;
mod night;
mod notices;
mod now;
mod planner;
mod post;
mod report;
mod telling;
mod theirs;
mod waves;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::chat::Front;
use crate::store::Lead;

use super::App;

use asking::Asking;
pub(super) use lives::keep_alive;
use telling::Teller;

pub use dispatcher::Dispatcher;
pub use notices::{Asked, Notice};
pub use planner::Planner;

/// How often the planner looks at the clock: timers stop while a machine sleeps, so none is longer than this.
const LOOK: Duration = Duration::from_secs(5);

/// Announces until `shutdown`, as soon as no other process on the database does. Whatever goes wrong meanwhile is logged,
/// and it goes on.
pub async fn announce<F: Front>(app: Arc<App>, front: Arc<F>, shutdown: CancellationToken) {
    let announcing = || lead(Arc::clone(&app), Arc::clone(&front), shutdown.clone());
    keep_alive("announcing", &shutdown, announcing).await;
}

async fn lead<F: Front>(app: Arc<App>, front: Arc<F>, shutdown: CancellationToken) {
    let Some(lead) = wait_for_lead(&app, &shutdown).await else { return };
    let lead = Arc::new(lead);
    recover(&app, &lead, &shutdown).await;
    // One for all its lives: it remembers how fast it went.
    let dispatcher = Dispatcher::new(Arc::clone(&app), Arc::clone(&front), Arc::clone(&lead), shutdown.clone());
    let dispatching = || dispatch(Arc::clone(&app), Arc::clone(&dispatcher), Arc::clone(&lead), shutdown.clone());
    let planning = || plan(Arc::clone(&app), Arc::clone(&front), Arc::clone(&lead), shutdown.clone());
    let telling = || {
        let (app, front, lead) = (Arc::clone(&app), Arc::clone(&front), Arc::clone(&lead));
        Teller { app, front, lead, shutdown: shutdown.clone() }.live()
    };
    tokio::join!(
        keep_alive("telling readers", &shutdown, telling),
        keep_alive("sending announcements", &shutdown, dispatching),
        keep_alive("planning announcements", &shutdown, planning),
    );
    dispatcher.settled().await;
}

/// A turn is never broken off: what it has claimed and not begun to send would be doubtful after the next start.
async fn dispatch<F: Front>(
    app: Arc<App>,
    dispatcher: Arc<Dispatcher<F>>,
    lead: Arc<Lead>,
    shutdown: CancellationToken,
) {
    // After a turn that panicked, what it had claimed is in nobody's hands.
    dispatcher.settled().await;
    recover(&app, &lead, &shutdown).await;
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
}

/// What people are asked has ways of its own: a messenger that is down must not hold up the planning.
///
/// Each life has hands of its own: what a look had taken in hand when it panicked is given by the next.
async fn plan<F: Front>(app: Arc<App>, front: Arc<F>, lead: Arc<Lead>, shutdown: CancellationToken) {
    let planner = Arc::new(Planner::new(Arc::clone(&app), lead));
    let asking = Asking::new(&app, Arc::clone(&planner), front, shutdown.clone());
    let looking = async {
        loop {
            match planner.plan().await {
                Ok(notices) => notices.into_iter().for_each(|notice| asking.ask(notice)),
                Err(error) => tracing::error!(%error, "failed to plan announcements; trying again"),
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = looking => {}
    }
    asking.settled().await;
}

/// `None` once the shutdown came.
async fn wait_for_lead(app: &App, shutdown: &CancellationToken) -> Option<Lead> {
    let mut is_told = false;
    loop {
        match app.parts.store.lead() {
            Ok(Some(lead)) => {
                app.gauges().take_lead();
                return Some(lead);
            }
            Ok(None) if !is_told => {
                tracing::warn!("another process on this database announces; this one only answers");
                app.gauges().wait_for_lead();
                is_told = true;
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "failed to ask whether another process announces; trying again"),
        }
        tokio::select! {
            () = shutdown.cancelled() => return None,
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
