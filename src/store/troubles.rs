//! Troubles: groups and forum topics in which the bot may not answer, and that somebody was told so.

use jiff::Timestamp;

use crate::domain::ChatRef;

use super::subscriptions::stored_thread;
use super::{Store, StoreError};

impl Store {
    /// Somebody is told now what keeps the bot from answering there. `false` if somebody was, less than
    /// [`TROUBLE_LIFETIME`](super::TROUBLE_LIFETIME) ago. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nobody is told.
    pub async fn trouble(&self, chat: ChatRef, what: &'static str, now: Timestamp) -> Result<bool, StoreError> {
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
        .map(|done| done.rows_affected() > 0)
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
        let trouble = async |id, thread, what, now| store.trouble(ChatRef { id, thread }, what, now).await.unwrap();
        assert!(trouble(-1, None, "a", at(1)).await);
        assert!(!trouble(-1, None, "a", at(2)).await);
        assert!(trouble(-1, None, "b", at(2)).await, "another one");
        assert!(trouble(-1, Some(4), "a", at(2)).await, "one of its topics");
        assert!(trouble(-2, None, "a", at(2)).await);
        store.sweep(at(1) + TROUBLE_LIFETIME).await.unwrap();
        assert!(!trouble(-1, None, "a", at(3)).await);
        store.sweep(at(1) + TROUBLE_LIFETIME + SignedDuration::from_secs(1)).await.unwrap();
        assert!(trouble(-1, None, "a", at(3)).await, "long ago");
        assert!(!trouble(-1, Some(4), "a", at(3)).await);
    }
}
