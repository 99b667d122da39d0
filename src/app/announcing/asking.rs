//! Asking: notices go to people, each person in a lane of their own. Whoever has to be waited for holds up nobody else.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::chat::Front;
use crate::domain::UserRef;

use super::super::App;
use super::super::settle::{Fate, Settler};
use super::notices::Notice;
use super::planner::Planner;

/// Gives notices to people, through one front.
pub(super) struct Asking<F: Front> {
    planner: Arc<Planner>,
    settler: Settler<F>,
    // Short sections, never held across an await. The planner lets only so many notices out at once.
    lanes: Mutex<HashMap<UserRef, VecDeque<Notice>>>,
    workers: TaskTracker,
}

impl<F: Front> Asking<F> {
    pub(super) fn new(app: &App, planner: Arc<Planner>, front: Arc<F>, shutdown: CancellationToken) -> Arc<Self> {
        let settler = Settler::new(app, front, shutdown);
        Arc::new(Self { planner, settler, lanes: Mutex::default(), workers: TaskTracker::new() })
    }

    /// Begins to give it, after what the same person is given already.
    pub(super) fn ask(self: &Arc<Self>, notice: Notice) {
        let (to, mut lanes) = (notice.to(), self.lanes());
        match lanes.get_mut(&to) {
            Some(lane) => lane.push_back(notice),
            None => {
                lanes.insert(to, VecDeque::from([notice]));
                self.workers.spawn(Arc::clone(self).work(to));
            }
        }
    }

    /// Waits until nothing is on its way any more: after the shutdown that is a moment.
    pub(super) async fn settled(&self) {
        self.workers.close();
        self.workers.wait().await;
    }

    /// Works one lane off and ends with it.
    async fn work(self: Arc<Self>, to: UserRef) {
        while let Some(notice) = self.next(to) {
            if Arc::clone(&self).give(notice).await == Fate::Later {
                // What is left is asked after the next start.
                self.lanes().remove(&to);
                return;
            }
        }
    }

    /// Gives one notice, in tasks of their own: a panic spoils this one, and not its lane.
    async fn give(self: Arc<Self>, notice: Notice) -> Fate {
        let (this, outgoing) = (Arc::clone(&self), notice.outgoing.clone());
        let settling = tokio::spawn(async move { this.settler.settle(outgoing).await });
        let fate = settling.await.unwrap_or_else(|error| {
            if error.is_panic() {
                tracing::error!(user = notice.to().0, "asking somebody panicked; they are asked again in a while");
                Fate::Doubtful
            } else {
                // The process ends.
                Fate::Later
            }
        });
        let recording = tokio::spawn(async move {
            if let Err(error) = self.planner.settled(&notice, fate).await {
                tracing::error!(%error, "failed to record that somebody was asked; the next look tries again");
            }
        });
        if recording.await.is_err_and(|error| error.is_panic()) {
            tracing::error!("recording that somebody was asked panicked; they may be asked again after the next start");
        }
        fate
    }

    /// The next notice of a lane; a lane without one is closed under the same lock, so that none is overlooked.
    fn next(&self, to: UserRef) -> Option<Notice> {
        let mut lanes = self.lanes();
        let next = lanes.get_mut(&to).and_then(VecDeque::pop_front);
        if next.is_none() {
            lanes.remove(&to);
        }
        next
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<UserRef, VecDeque<Notice>>> {
        // Queues of notices are whole after any panic.
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
