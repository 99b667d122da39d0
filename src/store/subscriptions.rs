//! Subscriptions: which chats want announcements, and how.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{ChatKind, ChatRef, Subscription, SubscriptionId, SubscriptionStatus, Title, UserRef};

use super::forgetting::forget_private;
use super::settings::{self, Named};
use super::{Store, StoreError, instant, unreadable};

/// The columns that [`read`] reads, and the table.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT sub_id, chat_id, thread_id, chat_kind, status, since, approval, kinds, milestones, language, tzid, \
             hour, quiet_from, quiet_to, silent, pin, title, owner, reason, retimed, changed FROM subscriptions ",
            $rest
        )
    };
}
pub(super) use select;

impl Store {
    /// The subscription of that number; `None` if there never was one, or it ended long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription(&self, id: SubscriptionId) -> Result<Option<Subscription>, StoreError> {
        sqlx::query(select!("WHERE sub_id = $1"))
            .bind(id.0)
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// The subscription of that chat or forum topic, whatever its status.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscription_of(&self, chat: ChatRef) -> Result<Option<Subscription>, StoreError> {
        sqlx::query(select!("WHERE chat_id = $1 AND thread_id = $2"))
            .bind(chat.id)
            .bind(stored_thread(chat))
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// The subscriptions of that chat and of its forum topics, whatever their status, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions_in(&self, chat: i64) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE chat_id = $1 ORDER BY sub_id"))
            .bind(chat)
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// All subscriptions of that status, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions(&self, status: SubscriptionStatus) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE status = $1 ORDER BY sub_id"))
            .bind(status.name())
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// All subscriptions that have not ended, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn living_subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE status <> 'ended' ORDER BY sub_id"))
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// The subscriptions this person made that have not ended, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subscriptions_of_owner(&self, owner: UserRef) -> Result<Vec<Subscription>, StoreError> {
        sqlx::query(select!("WHERE owner = $1 AND status <> 'ended' ORDER BY sub_id"))
            .bind(owner.0)
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// Ends it: its owner is forgotten, and what is queued for it is cancelled. What is being sent keeps its outcome. Of a
    /// private chat nothing is kept.
    /// `false` if it had ended, or never was. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it goes on.
    pub async fn end(&self, id: SubscriptionId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let ended = end(&mut transaction, id, reason, now).await?;
            transaction.commit().await?;
            Ok(ended)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

pub(super) async fn end(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    sqlx::query("UPDATE deliveries SET state = 'cancelled' WHERE sub_id = $1 AND state = 'queued'")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    let done = sqlx::query(
        "UPDATE subscriptions SET status = 'ended', reason = $1, owner = NULL, title = NULL, changed = $2 \
         WHERE sub_id = $3 AND status <> 'ended'",
    )
    .bind(reason.to_owned())
    .bind(now.as_millisecond())
    .bind(id.0)
    .execute(&mut *connection)
    .await?;
    forget_private(connection, id).await?;
    Ok(done.rows_affected() > 0)
}

/// The subscription of that number.
pub(super) async fn by_id(
    connection: &mut AnyConnection,
    id: SubscriptionId,
) -> Result<Option<Subscription>, sqlx::Error> {
    let row = sqlx::query(select!("WHERE sub_id = $1")).bind(id.0).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The subscription of that chat or forum topic.
pub(super) async fn at(connection: &mut AnyConnection, chat: ChatRef) -> Result<Option<Subscription>, sqlx::Error> {
    let row = sqlx::query(select!("WHERE chat_id = $1 AND thread_id = $2"))
        .bind(chat.id)
        .bind(stored_thread(chat))
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A forum topic as it is stored.
pub(super) fn stored_thread(chat: ChatRef) -> i64 {
    chat.thread.map_or(0, i64::from)
}

/// A chat from its two columns.
pub(super) fn chat_ref(id: i64, thread: i64) -> Result<ChatRef, sqlx::Error> {
    let number = i32::try_from(thread).map_err(|_| unreadable("the forum topic", &thread.to_string()))?;
    Ok(ChatRef { id, thread: (number != 0).then_some(number) })
}

/// A title from its column: cleaned again, should an earlier version have cleaned less.
pub(super) fn title(row: &AnyRow, column: usize) -> Result<Option<Title>, sqlx::Error> {
    Ok(row.try_get::<Option<&str>, _>(column)?.and_then(Title::clean))
}

pub(super) fn read(row: &AnyRow) -> Result<Subscription, sqlx::Error> {
    Ok(Subscription {
        id: SubscriptionId(row.try_get(0)?),
        chat: chat_ref(row.try_get(1)?, row.try_get(2)?)?,
        kind: ChatKind::read(row.try_get(3)?)?,
        status: SubscriptionStatus::read(row.try_get(4)?)?,
        since: instant(row.try_get(5)?)?,
        settings: settings::read(row, 6)?,
        title: title(row, 16)?,
        owner: row.try_get::<Option<i64>, _>(17)?.map(UserRef),
        reason: row.try_get(18)?,
        retimed: row.try_get::<Option<i64>, _>(19)?.map(instant).transpose()?,
    })
}

#[cfg(test)]
mod tests;
