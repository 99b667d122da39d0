//! Departures: groups that the bot is out of, or seems to be. What is stored of one stays for a while, for a basic group
//! that becomes a supergroup is left as well, before or after it is told where it went.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{DeliveryId, Title};

use super::{Store, StoreError};

/// All that is stored of a group's manners stands in these.
const TABLES: [&str; 5] = [
    "DELETE FROM manners WHERE chat_id = $1",
    "DELETE FROM keepers WHERE chat_id = $1",
    "DELETE FROM troubles WHERE chat_id = $1",
    "DELETE FROM passing WHERE chat_id = $1",
    "DELETE FROM departures WHERE chat_id = $1",
];

impl Store {
    /// The bot is out of that group, or the platform says so: what is stored of its manners goes after
    /// [`DEPARTED_LIFETIME`](super::DEPARTED_LIFETIME), unless it [is back](Store::group_is_back) or
    /// [moves](Store::move_group). A chat of which nothing is stored is no affair of this. Atomic and idempotent: the
    /// first instant counts.
    ///
    /// # Errors
    /// [`StoreError`]: it stays until the platform says so again.
    pub async fn group_is_gone(&self, chat: i64, now: Timestamp) -> Result<(), StoreError> {
        let done = async { depart(&mut *self.pool.acquire().await?, chat, now).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// The bot is in that group after all, or again. Atomic and idempotent. Writes only where there is something to
    /// write: it is called for everything that a group got.
    ///
    /// # Errors
    /// [`StoreError`]: what is stored of the group goes as if the bot were out.
    pub async fn group_is_back(&self, chat: i64) -> Result<(), StoreError> {
        let done = async {
            let is_gone = sqlx::query("SELECT chat_id FROM departures WHERE chat_id = $1").bind(chat);
            if is_gone.fetch_optional(&self.pool).await?.is_some() {
                sqlx::query("DELETE FROM departures WHERE chat_id = $1").bind(chat).execute(&self.pool).await?;
            }
            Ok(())
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// Whether something is stored of that group, and the bot did not leave it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_group_known(&self, chat: i64) -> Result<bool, StoreError> {
        sqlx::query(
            "SELECT 1 FROM (SELECT chat_id FROM manners UNION SELECT chat_id FROM keepers) known WHERE chat_id = $1 \
             AND NOT EXISTS (SELECT 1 FROM departures d WHERE d.chat_id = $1)",
        )
        .bind(chat)
        .fetch_optional(&self.pool)
        .await
        .map(|row| row.is_some())
        .map_err(|error| self.failed(error))
    }

    /// The other groups of that title that somebody keeps, up to `n`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn groups_called(&self, title: &Title, but: i64, n: u32) -> Result<Vec<i64>, StoreError> {
        sqlx::query_scalar(
            "SELECT DISTINCT chat_id FROM keepers WHERE title = $1 AND chat_id <> $2 ORDER BY chat_id LIMIT $3",
        )
        .bind(title.as_str().to_owned())
        .bind(but)
        .bind(i64::from(n))
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))
    }

    /// Forgets all that is stored of a group's manners: its choice, its keepers, its troubles, what was to be taken back.
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays.
    pub async fn forget_group(&self, chat: i64) -> Result<(), StoreError> {
        let done = async {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            forget(&mut transaction, chat).await?;
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// A group has another number now, whether the bot was told before that it is out of the old one or not: what it
    /// chose and who keeps it follow, unless the new one has its own. Numbers of messages are forgotten: the new chat
    /// counts its own. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nothing moved.
    pub async fn move_group(&self, from: i64, to: i64) -> Result<(), StoreError> {
        let done = async {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            follow(&mut transaction, from, to).await?;
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }
}

/// [`Store::group_is_gone`], in somebody's transaction.
pub(super) async fn depart(connection: &mut AnyConnection, chat: i64, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO departures (chat_id, gone_at) SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM (SELECT chat_id \
         FROM manners UNION SELECT chat_id FROM keepers UNION SELECT chat_id FROM troubles UNION SELECT chat_id \
         FROM passing) known WHERE known.chat_id = $1) ON CONFLICT (chat_id) DO NOTHING",
    )
    .bind(chat)
    .bind(now.as_millisecond())
    .execute(connection)
    .await
    .map(|_| ())
}

/// [`Store::group_is_back`] for the chat that this was posted to, in somebody's transaction.
pub(super) async fn come_back(connection: &mut AnyConnection, id: DeliveryId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM departures WHERE chat_id = (SELECT d.chat_id FROM deliveries d WHERE d.delivery_id = $1)")
        .bind(id.0)
        .execute(connection)
        .await
        .map(|_| ())
}

/// [`Store::move_group`], in somebody's transaction.
pub(super) async fn follow(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    if from == to {
        return Ok(());
    }
    for sql in [
        "INSERT INTO manners (chat_id, lifetime, venue, language) SELECT $2, lifetime, venue, language \
         FROM manners WHERE chat_id = $1 ON CONFLICT (chat_id) DO NOTHING",
        "INSERT INTO keepers (chat_id, user_id, since, title, language, renewed) \
         SELECT $2, user_id, since, title, language, renewed \
         FROM keepers WHERE chat_id = $1 ON CONFLICT (chat_id, user_id) DO NOTHING",
    ] {
        sqlx::query(sql).bind(from).bind(to).execute(&mut *connection).await?;
    }
    forget(connection, from).await
}

async fn forget(connection: &mut AnyConnection, chat: i64) -> Result<(), sqlx::Error> {
    for sql in TABLES {
        sqlx::query(sql).bind(chat).execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
