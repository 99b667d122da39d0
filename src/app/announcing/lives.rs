//! What must not end before the bot does: it is begun again.

use tokio_util::sync::CancellationToken;

use super::LOOK;

/// Lives until `shutdown`, in a task of its own: a panic ends one life, is told, and after a pause the next begins. A life
/// is to end by itself once the shutdown came, and is waited for.
pub(in crate::app) async fn keep_alive<L>(what: &'static str, shutdown: &CancellationToken, live: impl Fn() -> L)
where
    L: Future<Output = ()> + Send + 'static,
{
    while !shutdown.is_cancelled() {
        let ended = tokio::spawn(live()).await;
        if shutdown.is_cancelled() {
            return;
        }
        let panicked = ended.is_err_and(|error| error.is_panic());
        tracing::error!(what, panicked, "ended, and nothing had stopped it; beginning again");
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
