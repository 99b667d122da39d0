//! Freezes: until when a platform asked us to leave a chat alone. Stored, so that a restart obeys them.

use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

impl Store {
    /// Freezes the chat until `until`. Atomic and idempotent: of several freezes the longest counts.
    ///
    /// # Errors
    /// [`StoreError`]: a restart would not know of it.
    pub async fn freeze(&self, chat: i64, until: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO freezes (chat_id, until) VALUES ($1, $2) \
             ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until WHERE freezes.until < excluded.until",
        )
        .bind(chat)
        .bind(until.as_millisecond())
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// The chats that are frozen at `now`, by number; the freezes that are over are forgotten. Atomic, idempotent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn frozen(&self, now: Timestamp) -> Result<Vec<(i64, Timestamp)>, StoreError> {
        let rows = self.thaw(now.as_millisecond()).await.map_err(|error| self.failed(error))?;
        rows.into_iter().map(|(chat, until)| Ok((chat, self.instant(until)?))).collect()
    }

    async fn thaw(&self, now: i64) -> Result<Vec<(i64, i64)>, sqlx::Error> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM freezes WHERE until <= $1").bind(now).execute(&mut *transaction).await?;
        let rows =
            sqlx::query("SELECT chat_id, until FROM freezes ORDER BY chat_id").fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[tokio::test]
    async fn of_several_freezes_the_longest_counts_until_it_is_over() {
        let store = Store::in_memory().await.unwrap();
        for (chat, until) in [(5, 30), (5, 10), (-3, 20), (8, 1)] {
            store.freeze(chat, at(until)).await.unwrap();
        }
        assert_eq!(store.frozen(at(1)).await.unwrap(), [(-3, at(20)), (5, at(30))]);
        assert_eq!(store.frozen(at(20)).await.unwrap(), [(5, at(30))]);
        assert_eq!(store.frozen(at(30)).await.unwrap(), []);
        assert_eq!(store.frozen(at(0)).await.unwrap(), [], "what is over is forgotten");
    }
}
