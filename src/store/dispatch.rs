//! What holds up all announcements at once: an admin's pause, and a platform that asked for one.

use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

impl Store {
    /// Pauses announcing: nothing is claimed until [`Store::resume_dispatch`]. Replies go on. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is not paused.
    pub async fn pause(&self) -> Result<(), StoreError> {
        self.set_paused(1).await
    }

    /// Lets announcing go on. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays paused.
    pub async fn resume_dispatch(&self) -> Result<(), StoreError> {
        self.set_paused(0).await
    }

    async fn set_paused(&self, paused: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE dispatch SET paused = $1")
            .bind(paused)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Whether an admin paused announcing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn paused(&self) -> Result<bool, StoreError> {
        sqlx::query("SELECT paused FROM dispatch")
            .fetch_one(&self.durable)
            .await
            .and_then(|row| Ok(row.try_get::<i64, _>(0)? != 0))
            .map_err(|error| self.failed(error))
    }

    /// Holds up all announcements until `until`, and no reply. Atomic and idempotent: of several the longest counts.
    ///
    /// # Errors
    /// [`StoreError`]: a restart would not know of it.
    pub async fn freeze_broadcast(&self, until: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE dispatch SET frozen_until = $1 WHERE frozen_until < $1")
            .bind(until.as_millisecond())
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, new, subscribe};

    #[tokio::test]
    async fn a_frozen_broadcast_holds_up_every_post_for_the_longest_wait_and_freezes_no_chat() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        for until in [30, 10] {
            store.freeze_broadcast(at(until)).await.unwrap();
        }
        assert_eq!(store.frozen(at(0)).await.unwrap(), []);
        assert_eq!(claim(&store, at(29)).await, []);
        assert_eq!(claim(&store, at(30)).await, [id]);
    }

    #[tokio::test]
    async fn a_pause_outlives_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let store = Store::open(&url).await.unwrap();
        assert!(!store.paused().await.unwrap());
        store.pause().await.unwrap();
        store.pause().await.unwrap();
        store.close().await;
        let store = Store::open(&url).await.unwrap();
        assert!(store.paused().await.unwrap());
        store.resume_dispatch().await.unwrap();
        assert!(!store.paused().await.unwrap());
    }
}
