//! Deliveries, read one by one and counted.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{Delivery, DeliveryId, DeliveryState, Hold, Occasion, Subject, SubscriptionId, UserRef};

use super::subscriptions::{self, chat_ref};
use super::{Store, StoreError, events, instant, unreadable};

/// The columns that [`read`] reads, and the tables: `d`, and its subscription `s`.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT d.delivery_id, d.sub_id, s.chat_id, s.thread_id, d.uid, d.revision, d.occasion, d.words_id, d.words, \
             d.due, d.expires, d.state, d.hold, d.attempts, d.message_id, d.error, s.title, s.owner FROM deliveries d \
             JOIN subscriptions s ON s.sub_id = d.sub_id ",
            $($rest),+
        )
    };
}
pub(super) use select;

impl Store {
    /// The delivery of that number; `None` if there never was one, or it was long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delivery(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        sqlx::query(select!("WHERE d.delivery_id = $1"))
            .bind(id.0)
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// When the next of those goes on that wait for nobody and rest at `now`; `None` if none does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_rested(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        sqlx::query("SELECT MIN(next) FROM deliveries WHERE state = 'queued' AND hold = 'free' AND next > $1")
            .bind(now.as_millisecond())
            .fetch_one(&self.durable)
            .await
            .and_then(|row| row.try_get::<Option<i64>, _>(0)?.map(instant).transpose())
            .map_err(|error| self.failed(error))
    }

    /// How many deliveries are in each state. Every state is there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts(&self) -> Result<BTreeMap<DeliveryState, u64>, StoreError> {
        sqlx::query("SELECT state, COUNT(*) FROM deliveries GROUP BY state")
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| counts(&rows))
            .map_err(|error| self.failed(error))
    }
}

/// What [`select`] selects.
pub(super) fn read(row: &AnyRow) -> Result<Delivery, sqlx::Error> {
    Ok(Delivery {
        id: DeliveryId(row.try_get(0)?),
        subscription: SubscriptionId(row.try_get(1)?),
        chat: chat_ref(row.try_get(2)?, row.try_get(3)?)?,
        subject: subject(row)?,
        due: instant(row.try_get(9)?)?,
        expires: instant(row.try_get(10)?)?,
        state: state(row.try_get(11)?)?,
        hold: hold(row.try_get(12)?)?,
        attempts: u32::try_from(row.try_get::<i64, _>(13)?).unwrap_or(u32::MAX),
        message: row.try_get::<Option<i64>, _>(14)?.map(message).transpose()?,
        error: row.try_get(15)?,
        title: subscriptions::title(row, 16)?,
        owner: row.try_get::<Option<i64>, _>(17)?.map(UserRef),
    })
}

fn subject(row: &AnyRow) -> Result<Subject, sqlx::Error> {
    let Some(uid) = row.try_get::<Option<&str>, _>(4)? else {
        return Ok(Subject::Words { id: row.try_get(7)?, text: row.try_get(8)? });
    };
    let occasion = row.try_get(6)?;
    Ok(Subject::Event {
        uid: events::uid(uid)?,
        revision: events::revision(row.try_get(5)?)?,
        occasion: Occasion::parse(occasion).ok_or_else(|| unreadable("the occasion", occasion))?,
    })
}

/// The state of that name.
pub(super) fn state(stored: &str) -> Result<DeliveryState, sqlx::Error> {
    DeliveryState::parse(stored).ok_or_else(|| unreadable("the state", stored))
}

fn hold(stored: &str) -> Result<Hold, sqlx::Error> {
    Hold::parse(stored).ok_or_else(|| unreadable("the hold", stored))
}

/// A message's number as it is stored.
pub(super) fn message(stored: i64) -> Result<i32, sqlx::Error> {
    i32::try_from(stored).map_err(|_| unreadable("the message", &stored.to_string()))
}

fn counts(rows: &[AnyRow]) -> Result<BTreeMap<DeliveryState, u64>, sqlx::Error> {
    let mut counts: BTreeMap<_, _> = DeliveryState::ALL.into_iter().map(|state| (state, 0)).collect();
    for row in rows {
        counts.insert(state(row.try_get(0)?)?, u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or(0));
    }
    Ok(counts)
}
