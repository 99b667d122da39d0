//! Troubles: groups and forum topics in which the bot may not answer, and that somebody was told so.

use jiff::Timestamp;

use crate::domain::ChatRef;

use super::subscriptions::stored_thread;
use super::{Store, StoreError};

impl Store {
    /// Whether somebody was told what keeps the bot from answering there, less than
    /// [`TROUBLE_LIFETIME`](super::TROUBLE_LIFETIME) ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn was_told_of(&self, chat: ChatRef, what: &'static str) -> Result<bool, StoreError> {
        sqlx::query("SELECT 1 FROM troubles WHERE chat_id = $1 AND thread_id = $2 AND what = $3")
            .bind(chat.id)
            .bind(stored_thread(chat))
            .bind(what)
            .fetch_optional(&self.pool)
            .await
            .map(|row| row.is_some())
            .map_err(|error| self.failed(error))
    }

    /// Somebody was told of it. Atomic and idempotent: the first time counts.
    ///
    /// # Errors
    /// [`StoreError`]: they will be told again.
    pub async fn told_of(&self, chat: ChatRef, what: &'static str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO troubles (chat_id, thread_id, what, told) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (chat_id, thread_id, what) DO NOTHING",
        )
        .bind(chat.id)
        .bind(stored_thread(chat))
        .bind(what)
        .bind(now.as_millisecond())
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::store::TROUBLE_LIFETIME;
    use crate::store::fixture::at;

    #[tokio::test]
    async fn each_trouble_is_told_once_in_a_while() {
        let store = Store::in_memory().await.unwrap();
        let chat = |id, thread| ChatRef { id, thread };
        let was_told = async |chat, what| store.was_told_of(chat, what).await.unwrap();
        for (chat, second) in [(chat(-1, None), 1), (chat(-1, None), 2), (chat(-1, Some(4)), 2)] {
            store.told_of(chat, "a", at(second)).await.unwrap();
        }
        for (chat, what, expected) in [
            (chat(-1, None), "a", true),
            (chat(-1, Some(4)), "a", true),
            (chat(-1, None), "b", false),
            (chat(-1, Some(5)), "a", false),
            (chat(-2, None), "a", false),
        ] {
            assert_eq!(was_told(chat, what).await, expected, "{chat:?} {what}");
        }
        store.sweep(at(1) + TROUBLE_LIFETIME).await.unwrap();
        assert!(was_told(chat(-1, None), "a").await);
        store.sweep(at(1) + TROUBLE_LIFETIME + SignedDuration::from_secs(1)).await.unwrap();
        assert!(!was_told(chat(-1, None), "a").await, "long ago");
        assert!(was_told(chat(-1, Some(4)), "a").await);
    }
}
