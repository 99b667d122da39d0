//! Troubles: groups and forum topics in which the bot may not answer, and that somebody was told so.

use jiff::Timestamp;

use super::{Store, StoreError};

impl Store {
    /// Somebody is told now that the bot may not answer there. `false` if somebody was, less than
    /// [`TROUBLE_LIFETIME`](super::TROUBLE_LIFETIME) ago. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nobody is told.
    pub async fn trouble(&self, chat: i64, thread: Option<i32>, now: Timestamp) -> Result<bool, StoreError> {
        sqlx::query(
            "INSERT INTO troubles (chat_id, thread_id, told) VALUES ($1, $2, $3) \
             ON CONFLICT (chat_id, thread_id) DO NOTHING",
        )
        .bind(chat)
        .bind(i64::from(thread.unwrap_or(0)))
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
        let trouble = async |chat, thread, now| store.trouble(chat, thread, now).await.unwrap();
        assert!(trouble(-1, None, at(1)).await);
        assert!(!trouble(-1, None, at(2)).await);
        assert!(trouble(-1, Some(4), at(2)).await, "one of its topics");
        assert!(trouble(-2, None, at(2)).await);
        store.sweep(at(1) + TROUBLE_LIFETIME).await.unwrap();
        assert!(!trouble(-1, None, at(3)).await);
        store.sweep(at(1) + TROUBLE_LIFETIME + SignedDuration::from_secs(1)).await.unwrap();
        assert!(trouble(-1, None, at(3)).await, "long ago");
        assert!(!trouble(-1, Some(4), at(3)).await);
    }
}
