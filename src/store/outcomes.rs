//! Outcomes: how an attempt ended. Each moves a delivery that is being sent, and no other.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{DeliveryId, DeliveryState, SubscriptionId};

use super::departures::{come_back, depart};
use super::doubts::doubtful_since;
use super::forgetting::forget_private;
use super::{Store, StoreError, corrections, deliveries, moves, subscriptions, suspending};

/// The state of a delivery that is to go to the queue, by what happened meanwhile. `$1`: when it could be sent.
macro_rules! where_it_belongs {
    () => {
        "CASE WHEN EXISTS (SELECT 1 FROM subscriptions s WHERE s.sub_id = deliveries.sub_id AND s.status = 'ended') \
         THEN 'cancelled' WHEN overtaken = 1 OR EXISTS (SELECT 1 FROM events e WHERE e.uid = deliveries.uid \
         AND e.revision > deliveries.revision) THEN 'superseded' WHEN EXISTS (SELECT 1 FROM events e \
         WHERE e.uid = deliveries.uid AND e.dropped = 1) THEN 'cancelled' WHEN expires <= $1 THEN 'missed' \
         ELSE 'queued' END"
    };
}
pub(super) use where_it_belongs;

/// Where its subscription is by now: a chat may have moved while something was on its way to it.
macro_rules! chat_by_now {
    () => {
        "chat_id = (SELECT s.chat_id FROM subscriptions s WHERE s.sub_id = deliveries.sub_id)"
    };
}

impl Store {
    /// The platform took it, as this message. If it tells of a change, posts from before it are to be edited. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn sent(&self, id: DeliveryId, message: i32) -> Result<bool, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let sent = sqlx::query(concat!(
                "UPDATE deliveries SET state = 'sent', message_id = $1, error = NULL, ",
                chat_by_now!(),
                " WHERE delivery_id = $2 AND state = 'sending'"
            ))
            .bind(i64::from(message))
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
            if sent.rows_affected() > 0 {
                corrections::is_out(&mut transaction, id).await?;
                come_back(&mut transaction, id).await?;
            }
            transaction.commit().await?;
            Ok(sent.rows_affected() > 0)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// It may have been sent, and is doubtful from `now` on: only an admin can tell. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn ambiguous(&self, id: DeliveryId, error: &str, now: Timestamp) -> Result<bool, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET state = 'ambiguous', error = $1, next = ",
            doubtful_since!("$2"),
            ", ",
            chat_by_now!(),
            " WHERE delivery_id = $3 AND state = 'sending'"
        ))
        .bind(error.to_owned())
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
    }

    /// The platform refused it for good. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn refused(&self, id: DeliveryId, error: &str, now: Timestamp) -> Result<bool, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET state = 'failed', error = $1, next = $2, ",
            chat_by_now!(),
            " WHERE delivery_id = $3 AND state = 'sending'"
        ))
        .bind(error.to_owned())
        .bind(now.as_millisecond())
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
    }

    /// It was certainly not sent, and may be tried again from `next` on. Returns where it went: to the queue, or where
    /// it belongs by now; `None` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn requeue(
        &self,
        id: DeliveryId,
        next: Timestamp,
        error: &str,
    ) -> Result<Option<DeliveryState>, StoreError> {
        let done = async { back(&mut *self.durable.acquire().await?, id, next, error).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// It was claimed, and not one byte was written: it goes back as if it had not been claimed, and may be claimed again
    /// from `next` on. Returns where it went; `None` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn unclaim(&self, id: DeliveryId, next: Timestamp) -> Result<Option<DeliveryState>, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET attempts = attempts - 1, next = $1, state = ",
            where_it_belongs!(),
            ", ",
            chat_by_now!(),
            " WHERE delivery_id = $2 AND state = 'sending' RETURNING state"
        ))
        .bind(next.as_millisecond())
        .bind(id.0)
        .fetch_all(&self.durable)
        .await
        .and_then(|rows| state(&rows))
        .map_err(|error| self.failed(error))
    }

    /// It was not sent because its chat is gone: its subscription ends, it and all that is queued for it is cancelled.
    /// `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn gone(&self, id: DeliveryId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let Some(subscription) = subscription_of(&mut transaction, id).await? else { return Ok(false) };
            subscriptions::end(&mut transaction, subscription, reason, now).await?;
            let chat = chat_of(&mut transaction, subscription).await?;
            depart(&mut transaction, chat, now).await?;
            back(&mut transaction, id, now, reason).await?;
            forget_private(&mut transaction, subscription).await?;
            transaction.commit().await?;
            Ok(true)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// It was not sent because the bot may not post there: its subscription is suspended, and it waits for that to
    /// end, or is missed. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn barred(&self, id: DeliveryId, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let Some(subscription) = subscription_of(&mut transaction, id).await? else { return Ok(false) };
            suspending::suspend(&mut transaction, subscription, reason, now).await?;
            back(&mut transaction, id, now, reason).await?;
            transaction.commit().await?;
            Ok(true)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// It was not sent because its chat is now `to`: all that is the chat's moves there, as `moves` says,
    /// and it goes back to the queue. Returns where it went; `None` if it is not being sent, and nothing moved. Atomic
    /// and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn moved(&self, id: DeliveryId, to: i64, now: Timestamp) -> Result<Option<DeliveryState>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let Some(subscription) = subscription_of(&mut transaction, id).await? else { return Ok(None) };
            let from = chat_of(&mut transaction, subscription).await?;
            moves::move_all(&mut transaction, from, to, now).await?;
            let state = back(&mut transaction, id, now, "the chat moved").await?;
            transaction.commit().await?;
            Ok(state)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

async fn back(
    connection: &mut AnyConnection,
    id: DeliveryId,
    next: Timestamp,
    error: &str,
) -> Result<Option<DeliveryState>, sqlx::Error> {
    let rows = sqlx::query(concat!(
        "UPDATE deliveries SET next = $1, error = $2, state = ",
        where_it_belongs!(),
        ", ",
        chat_by_now!(),
        " WHERE delivery_id = $3 AND state = 'sending' RETURNING state"
    ))
    .bind(next.as_millisecond())
    .bind(error.to_owned())
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    state(&rows)
}

async fn chat_of(connection: &mut AnyConnection, subscription: SubscriptionId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT chat_id FROM subscriptions WHERE sub_id = $1")
        .bind(subscription.0)
        .fetch_one(connection)
        .await
}

/// The state that an update returned, if it changed a row.
pub(super) fn state(rows: &[AnyRow]) -> Result<Option<DeliveryState>, sqlx::Error> {
    rows.first().map(|row| deliveries::state(row.try_get(0)?)).transpose()
}

/// The subscription of a delivery that is being sent.
async fn subscription_of(
    connection: &mut AnyConnection,
    id: DeliveryId,
) -> Result<Option<SubscriptionId>, sqlx::Error> {
    let row = sqlx::query("SELECT sub_id FROM deliveries WHERE delivery_id = $1 AND state = 'sending'")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.try_get(0).map(SubscriptionId)).transpose()
}

#[cfg(test)]
mod tests;
