//! Moves: a group became a supergroup, and has another number from now on.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::SubscriptionId;

use super::{Store, StoreError, subscriptions};

impl Store {
    /// Moves all that is stored of the chat `from` to `to`: subscriptions with their deliveries, freezes, language.
    ///
    /// What `to` has already stands, and where both have a subscription for the same forum topic, one ends with what is
    /// queued for it, so that nothing is announced twice: the one of `from`, unless only that one is alive. The numbers
    /// of messages are forgotten: the new chat counts its own.
    ///
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nothing moved.
    pub async fn move_chat(&self, from: i64, to: i64, now: Timestamp) -> Result<(), StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            move_all(&mut transaction, from, to, now).await?;
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }
}

pub(super) async fn move_all(
    connection: &mut AnyConnection,
    from: i64,
    to: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    if from == to {
        return Ok(());
    }
    let rows = sqlx::query(
        "SELECT f.sub_id, f.thread_id, f.status, t.sub_id, t.status FROM subscriptions f \
         LEFT JOIN subscriptions t ON t.chat_id = $2 AND t.thread_id = f.thread_id WHERE f.chat_id = $1",
    )
    .bind(from)
    .bind(to)
    .fetch_all(&mut *connection)
    .await?;
    for row in &rows {
        let id = SubscriptionId(row.try_get(0)?);
        let (thread, status): (i64, &str) = (row.try_get(1)?, row.try_get(2)?);
        match (row.try_get::<Option<i64>, _>(3)?, row.try_get::<Option<&str>, _>(4)?) {
            (Some(twin), Some("ended")) if status != "ended" => {
                // Negative numbers are nobody's topic: a place to stand aside while the other takes the address.
                address(connection, SubscriptionId(twin), (from, -twin)).await?;
                address(connection, id, (to, thread)).await?;
                address(connection, SubscriptionId(twin), (from, thread)).await?;
            }
            (Some(_), _) => {
                subscriptions::end(connection, id, "the chat moved to one that is subscribed, too", now).await?;
            }
            (None, _) => address(connection, id, (to, thread)).await?,
        }
    }
    follow(connection, from, to).await?;
    move_the_rest(connection, from, to).await
}

async fn address(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    (chat, thread): (i64, i64),
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE subscriptions SET chat_id = $1, thread_id = $2 WHERE sub_id = $3")
        .bind(chat)
        .bind(thread)
        .bind(id.0)
        .execute(connection)
        .await
        .map(|_| ())
}

/// Deliveries go where their subscriptions went. One in flight stays behind if the new chat has one, too: it follows
/// with its outcome.
async fn follow(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deliveries SET chat_id = $2, message_id = NULL WHERE chat_id = $1 \
         AND sub_id IN (SELECT sub_id FROM subscriptions WHERE chat_id = $2) \
         AND (state <> 'sending' OR NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.chat_id = $2 AND o.state = 'sending'))",
    )
    .bind(from)
    .bind(to)
    .execute(connection)
    .await
    .map(|_| ())
}

/// The freeze and the language.
async fn move_the_rest(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    for sql in [
        "INSERT INTO freezes (chat_id, until) SELECT $2, until FROM freezes WHERE chat_id = $1 \
         ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until WHERE freezes.until < excluded.until",
        "INSERT INTO chats (chat_id, language) SELECT $2, language FROM chats WHERE chat_id = $1 \
         ON CONFLICT (chat_id) DO NOTHING",
        "DELETE FROM freezes WHERE chat_id = $1 AND chat_id <> $2",
        "DELETE FROM chats WHERE chat_id = $1 AND chat_id <> $2",
    ] {
        sqlx::query(sql).bind(from).bind(to).execute(&mut *connection).await?;
    }
    Ok(())
}
