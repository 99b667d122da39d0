//! Following: of several processes on one database, one is told to reload, and the others do as well, each from its own
//! folder. Else the one that announces would hold the old dates while another answers with the new ones.

use std::sync::Arc;
use std::time::Duration;

use crate::store::{Store, StoreError, ToldReload};

use super::App;
use super::library::{Library, LoadError, Reloaded, log_reload};

/// How often to look whether somebody reloaded.
const LOOK: Duration = Duration::from_secs(5);

/// Reloads, and then tells the other processes: however long it takes, and whoever still waits for it. Comes with whether
/// they could be told; if not, they keep what they have.
///
/// # Errors
/// [`LoadError`]; the old knowledge stays, and nobody is told.
pub async fn reload_and_tell(
    library: Arc<Library>,
    store: Store,
) -> Result<(Reloaded, Result<(), StoreError>), LoadError> {
    let reloaded = reload(library).await?;
    let told = store.tell_reload(&reloaded.to).await;
    if let Err(error) = &told {
        tracing::error!(%error, "failed to tell other processes on the database of a reload; they keep what they have");
    }
    Ok((reloaded, told))
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
    // What was told before this process began may be newer than the files it began with: it looks at that, too. Mostly the
    // folder has gone on since, and nobody was told: the files it began with are the newest then.
    let mut seen = ToldReload::default().n;
    let mut failed = None;
    let mut look = Look::First;
    loop {
        match app.parts.store.told_reload().await {
            Ok(told) if told.n != seen => match follow(&app, &told, look).await {
                Ok(()) => {
                    seen = told.n;
                    look = Look::Later;
                }
                // A folder half pulled, or another reload under way: the next look tries again, and says nothing new.
                Err(error) if failed != Some(told.n) => {
                    failed = Some(told.n);
                    log_reload(Err(error));
                }
                Err(_) => {}
            },
            Ok(_) => look = Look::Later,
            Err(error) => tracing::warn!(%error, "failed to look whether another process has reloaded"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// When somebody looks what was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// At the start: a folder that went on since it was told is no news.
    First,
    /// While running: a folder that has something else is.
    Later,
}

async fn follow(app: &App, told: &ToldReload, look: Look) -> Result<(), LoadError> {
    let holds_it = || told.revision.as_deref() == Some(app.library().snapshot().revision().to_string().as_str());
    // This process may be the one that told.
    if holds_it() {
        return Ok(());
    }
    let reloaded = reload(Arc::clone(app.library())).await?;
    if look == Look::First && reloaded.from == reloaded.to {
        let here = reloaded.to.to_string();
        tracing::info!(
            told = told.revision,
            here,
            "another revision was told before; the folder has nothing newer than this"
        );
        return Ok(());
    }
    tracing::info!("a process on this database has reloaded; so has this one");
    log_reload(Ok(reloaded));
    if !holds_it() {
        let here = app.library().snapshot().revision().to_string();
        tracing::warn!(told = told.revision, here, "the folder of this process holds other knowledge than was told");
    }
    Ok(())
}
