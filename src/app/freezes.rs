//! Chats that asked to wait. Replies and announcements obey the same ones.
//!
//! Kept by the monotonic clock: a wait is so many seconds, whatever any clock shows meanwhile.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Chats that asked to wait, and until when. What is over is forgotten, so there are no more than ask within one wait.
#[derive(Default)]
pub(super) struct Freezes {
    // Short sections, never held across an await.
    until: Mutex<HashMap<i64, Instant>>,
}

impl Freezes {
    /// A chat asked to wait so long from now. The longer wait counts.
    pub(super) fn freeze(&self, chat: i64, wait: Duration) {
        let now = Instant::now();
        let Some(until) = now.checked_add(wait) else { return };
        let mut frozen = self.until();
        frozen.retain(|_, until| *until > now);
        let known = frozen.entry(chat).or_insert(until);
        *known = until.max(*known);
    }

    /// How long a chat still has to wait; `None` if it has not.
    pub(super) fn remaining(&self, chat: i64) -> Option<Duration> {
        let until = *self.until().get(&chat)?;
        Some(until.saturating_duration_since(Instant::now())).filter(|wait| !wait.is_zero())
    }

    fn until(&self) -> MutexGuard<'_, HashMap<i64, Instant>> {
        // A map of instants is whole after any panic.
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn the_longer_wait_counts_and_ends() {
        let freezes = Freezes::default();
        freezes.freeze(1, 5 * SECOND);
        freezes.freeze(1, 3 * SECOND);
        freezes.freeze(2, Duration::ZERO);
        assert_eq!((freezes.remaining(1), freezes.remaining(2), freezes.remaining(3)), (Some(5 * SECOND), None, None));
        tokio::time::advance(4 * SECOND).await;
        assert_eq!(freezes.remaining(1), Some(SECOND));
        tokio::time::advance(SECOND).await;
        assert_eq!(freezes.remaining(1), None);
        freezes.freeze(2, SECOND);
        assert_eq!(freezes.until().len(), 1, "what is over is forgotten");
    }
}
