//! Following: of several processes on one database, one is told to reload, and the others do as well, each from its own
//! folder. Else the one that announces would hold the old dates while another answers with the new ones.

use std::sync::Arc;
use std::time::Duration;

use crate::store::{Store, ToldReload};

use super::App;
use super::library::{Library, LoadError, Reloaded, log_reload};

/// How often to look whether somebody reloaded.
const LOOK: Duration = Duration::from_secs(5);

/// Reloads, and then tells the other processes: however long it takes, and whoever still waits for it.
///
/// # Errors
/// [`LoadError`]; the old knowledge stays, and nobody is told.
pub async fn reload_and_tell(library: Arc<Library>, store: Store) -> Result<Reloaded, LoadError> {
    let reloaded = reload(library).await?;
    if let Err(error) = store.tell_reload(&reloaded.to).await {
        tracing::error!(%error, "failed to tell other processes on the database of a reload; they keep what they have");
    }
    Ok(reloaded)
}

/// It blocks its thread, so it gets one.
async fn reload(library: Arc<Library>) -> Result<Reloaded, LoadError> {
    let done = tokio::task::spawn_blocking(move || library.reload()).await;
    done.unwrap_or_else(|panic| {
        tracing::error!(error = %panic, "the reload panicked; the old knowledge stays");
        Err(LoadError::Panicked)
    })
}

/// Reloads whenever another process has, for as long as it is polled.
pub async fn follow_reloads(app: Arc<App>) {
    let mut seen = None;
    loop {
        match app.parts.store.told_reload().await {
            // What was told before this process began was in the files it began with.
            Ok(told) if seen.is_none() => seen = Some(told),
            Ok(told) if seen.as_ref().is_some_and(|seen| seen.n != told.n) => {
                follow(&app, &told).await;
                seen = Some(told);
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "failed to look whether another process has reloaded"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn follow(app: &App, told: &ToldReload) {
    let holds_it = || told.revision.as_deref() == Some(app.library().snapshot().revision().to_string().as_str());
    // This process may be the one that told.
    if holds_it() {
        return;
    }
    tracing::info!("another process on this database has reloaded; reloading, too");
    log_reload(reload(Arc::clone(app.library())).await);
    if !holds_it() {
        let here = app.library().snapshot().revision().to_string();
        tracing::warn!(there = told.revision, here, "another process on this database holds other knowledge");
    }
}
