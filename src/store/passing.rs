//! Messages that are to be taken back: which, and when. Stored, so that a restart takes them back as well.

use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

/// A message that is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passing {
    /// Where it stands.
    pub chat: i64,
    /// Its number there.
    pub message: i32,
}

impl Store {
    /// Remembers that a message is to be taken back then. Atomic and idempotent: the first instant counts.
    ///
    /// # Errors
    /// [`StoreError`]: it stays.
    pub async fn take_back(&self, chat: i64, message: i32, due: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO passing (chat_id, message_id, due) VALUES ($1, $2, $3) \
             ON CONFLICT (chat_id, message_id) DO NOTHING",
        )
        .bind(chat)
        .bind(i64::from(message))
        .bind(due.as_millisecond())
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// Up to `n` messages that are due at `now`, the oldest first. Reading it marks
    /// nothing: one that is not [`Store::taken_back`] comes again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn due_back(&self, now: Timestamp, n: u32) -> Result<Vec<Passing>, StoreError> {
        sqlx::query(
            "SELECT chat_id, message_id FROM passing WHERE due <= $1 ORDER BY due, chat_id, message_id LIMIT $2",
        )
        .bind(now.as_millisecond())
        .bind(i64::from(n))
        .fetch_all(&self.pool)
        .await
        .and_then(|rows| {
            let number = |id: i64| i32::try_from(id).map_err(|_| super::unreadable("a message", &id.to_string()));
            rows.iter().map(|row| Ok(Passing { chat: row.try_get(0)?, message: number(row.try_get(1)?)? })).collect()
        })
        .map_err(|error| self.failed(error))
    }

    /// A message is not there any more, or can never be taken back. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be tried again.
    pub async fn taken_back(&self, passing: Passing) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM passing WHERE chat_id = $1 AND message_id = $2")
            .bind(passing.chat)
            .bind(i64::from(passing.message))
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// A message that could not be taken back now is tried again then. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be tried at once.
    pub async fn take_back_later(&self, passing: Passing, due: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE passing SET due = $1 WHERE chat_id = $2 AND message_id = $3")
            .bind(due.as_millisecond())
            .bind(passing.chat)
            .bind(i64::from(passing.message))
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::at;

    #[tokio::test]
    async fn what_is_due_comes_until_it_is_taken_back() {
        let store = Store::in_memory().await.unwrap();
        for (chat, message, second) in [(-1, 5, 20), (-1, 4, 10), (-2, 4, 15), (-1, 4, 99)] {
            store.take_back(chat, message, at(second)).await.unwrap();
        }
        let due = async |second, n| store.due_back(at(second), n).await.unwrap();
        let (first, second, third) =
            (Passing { chat: -1, message: 4 }, Passing { chat: -2, message: 4 }, Passing { chat: -1, message: 5 });
        assert_eq!(due(9, 9).await, []);
        assert_eq!(due(10, 9).await, [first]);
        assert_eq!(due(20, 9).await, [first, second, third]);
        assert_eq!(due(20, 2).await, [first, second]);
        for _ in 0..2 {
            store.taken_back(first).await.unwrap();
            assert_eq!(due(20, 9).await, [second, third]);
        }
        store.take_back_later(second, at(25)).await.unwrap();
        store.take_back_later(first, at(25)).await.unwrap();
        assert_eq!(due(24, 9).await, [third]);
        assert_eq!(due(25, 9).await, [third, second], "what is gone does not come back");
    }
}
