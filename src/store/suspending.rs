//! Suspending: the bot lacks a right in a chat. Nothing more is sent there, and whoever can mend it is to be told, once.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::{Subscription, SubscriptionId};

use super::subscriptions::{read, select};
use super::{Store, StoreError, instant};

/// The column of [`select!`] that says since when a subscription is as it is.
const CHANGED: usize = 20;

impl Store {
    /// Suspends it if it is active: nothing is sent to it, what is queued waits, or is missed, and somebody is to be told
    /// ([`Store::untold_suspensions`]). `false` if it is not active. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it goes on.
    pub async fn suspend(&self, id: SubscriptionId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async { suspend(&mut *self.durable.acquire().await?, id, reason, now).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// Up to `n` suspended subscriptions that nobody was told of yet, after that number, each with since when it is.
    /// Reading it marks nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untold_suspensions(
        &self,
        after: SubscriptionId,
        n: u32,
    ) -> Result<Vec<(Subscription, Timestamp)>, StoreError> {
        sqlx::query(select!("WHERE status = 'suspended' AND untold = 1 AND sub_id > $1 ORDER BY sub_id LIMIT $2"))
            .bind(after.0)
            .bind(i64::from(n))
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(|row| Ok((read(row)?, instant(row.try_get(CHANGED)?)?))).collect())
            .map_err(|error| self.failed(error))
    }

    /// Somebody was told that it is suspended since `since`; of another suspension since then somebody is still to be
    /// told. The instants are compared for equality: a clock may be set back. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be told again.
    pub async fn suspension_told(&self, id: SubscriptionId, since: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE subscriptions SET untold = 0 WHERE sub_id = $1 AND changed = $2")
            .bind(id.0)
            .bind(since.as_millisecond())
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

pub(super) async fn suspend(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE subscriptions SET status = 'suspended', reason = $1, changed = $2, untold = 1 \
         WHERE sub_id = $3 AND status = 'active'",
    )
    .bind(reason.to_owned())
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::{at, chat, subscribe};

    async fn untold(store: &Store) -> Vec<SubscriptionId> {
        let found = store.untold_suspensions(SubscriptionId(0), 9).await.unwrap();
        found.into_iter().map(|(subscription, _)| subscription.id).collect()
    }

    #[tokio::test]
    async fn each_suspension_is_told_once() {
        let store = Store::in_memory().await.unwrap();
        let (one, other) = (subscribe(&store, chat(1)).await, subscribe(&store, chat(2)).await);
        assert!(store.suspend(one, "closed", at(5)).await.unwrap());
        assert!(!store.suspend(one, "again", at(6)).await.unwrap());
        assert!(store.suspend(other, "closed", at(5)).await.unwrap());
        assert_eq!(untold(&store).await, [one, other]);
        assert_eq!(store.untold_suspensions(one, 9).await.unwrap().len(), 1, "the next page");
        store.suspension_told(one, at(5)).await.unwrap();
        assert_eq!(untold(&store).await, [other]);
        subscribe(&store, chat(1)).await;
        assert!(store.suspend(one, "closed", at(9)).await.unwrap());
        store.suspension_told(one, at(8)).await.unwrap();
        assert_eq!(untold(&store).await, [one, other], "that was told of the one before");
        store.suspension_told(one, at(9)).await.unwrap();
        assert_eq!(untold(&store).await, [other]);
    }

    #[tokio::test]
    async fn each_suspension_comes_with_its_beginning() {
        let store = Store::in_memory().await.unwrap();
        let one = subscribe(&store, chat(1)).await;
        store.suspend(one, "closed", at(5)).await.unwrap();
        let found = store.untold_suspensions(SubscriptionId(0), 9).await.unwrap();
        assert_eq!(found.iter().map(|(_, since)| *since).collect::<Vec<_>>(), [at(5)]);
    }

    #[tokio::test]
    async fn a_suspension_that_is_over_is_not_told() {
        let store = Store::in_memory().await.unwrap();
        let (one, other) = (subscribe(&store, chat(1)).await, subscribe(&store, chat(2)).await);
        for id in [one, other] {
            assert!(store.suspend(id, "closed", at(5)).await.unwrap());
        }
        subscribe(&store, chat(1)).await;
        assert!(store.end(other, "unsubscribed", at(6)).await.unwrap());
        assert_eq!(untold(&store).await, []);
    }
}
