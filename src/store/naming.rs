//! What a subscribed chat is called, and whose subscription it is.

use crate::domain::{SubscriptionId, Title, UserRef};

use super::{Store, StoreError};

impl Store {
    /// Remembers what its chat is called, until it ends. Atomic and idempotent: the last one counts.
    ///
    /// # Errors
    /// [`StoreError`]: the old title stands.
    pub async fn set_title(&self, id: SubscriptionId, title: &Title) -> Result<(), StoreError> {
        sqlx::query("UPDATE subscriptions SET title = $1 WHERE sub_id = $2 AND status <> 'ended'")
            .bind(title.as_str().to_owned())
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Gives a subscription that nobody owns to that person. `false` if somebody owns it, or it ended. Atomic and
    /// idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nobody owns it.
    pub async fn adopt(&self, id: SubscriptionId, owner: UserRef) -> Result<bool, StoreError> {
        sqlx::query("UPDATE subscriptions SET owner = $1 WHERE sub_id = $2 AND owner IS NULL AND status <> 'ended'")
            .bind(owner.0)
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(|error| self.failed(error))
    }

    /// Gives a subscription from one person to another. `false` if it is not the first one's, or it ended. Atomic and
    /// idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays whose it is.
    pub async fn pass_on(&self, id: SubscriptionId, from: UserRef, to: UserRef) -> Result<bool, StoreError> {
        sqlx::query("UPDATE subscriptions SET owner = $1 WHERE sub_id = $2 AND owner = $3 AND status <> 'ended'")
            .bind(to.0)
            .bind(id.0)
            .bind(from.0)
            .execute(&self.durable)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::{at, chat, subscribe};

    #[tokio::test]
    async fn the_first_who_asks_owns_what_nobody_owns() {
        let store = Store::in_memory().await.unwrap();
        let id = subscribe(&store, chat(1)).await;
        assert!(store.adopt(id, UserRef(7)).await.unwrap());
        assert!(!store.adopt(id, UserRef(8)).await.unwrap());
        assert_eq!(store.subscription(id).await.unwrap().unwrap().owner, Some(UserRef(7)));
        store.end(id, "why", at(1)).await.unwrap();
        assert!(!store.adopt(id, UserRef(8)).await.unwrap());
    }

    #[tokio::test]
    async fn a_title_is_kept_until_the_subscription_ends() {
        let store = Store::in_memory().await.unwrap();
        let id = subscribe(&store, chat(1)).await;
        let title = async || store.subscription(id).await.unwrap().unwrap().title;
        assert_eq!(title().await, None);
        for words in ["News", "Старые новости"] {
            store.set_title(id, &Title::clean(words).unwrap()).await.unwrap();
            assert_eq!(title().await, Title::clean(words));
        }
        store.end(id, "why", at(1)).await.unwrap();
        assert_eq!(title().await, None);
    }
}
