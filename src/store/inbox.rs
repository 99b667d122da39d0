//! The inbox: an update is safe here before it is confirmed, and stays until it is handled.

use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

/// An update as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The front's number for it: the same update has the same number.
    pub id: i64,
    /// What it must stay in order with: usually its chat.
    pub lane: i64,
    /// Its text, unread.
    pub body: String,
}

/// An update that is not handled yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub id: i64,
    /// Its lane.
    pub lane: i64,
}

/// An update whose handling begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its text.
    pub body: String,
    /// When it was admitted.
    pub received: Timestamp,
    /// How often its handling has begun, this time included: more than 1 after a crash or a failure.
    pub attempts: u32,
}

impl Store {
    /// Commits a batch: all of it or, on an error, nothing. Returns the ids that were new, in the order of the batch.
    ///
    /// Idempotent: an id that is known, handled or not, changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]: the batch must not be confirmed.
    pub async fn admit(&self, updates: &[Arrived], received: Timestamp) -> Result<Vec<i64>, StoreError> {
        let mut new = Vec::new();
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        for update in updates {
            let done = sqlx::query(
                "INSERT INTO inbox (update_id, lane, received, body) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (update_id) DO NOTHING",
            )
            .bind(update.id)
            .bind(update.lane)
            .bind(received.as_millisecond())
            .bind(update.body.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
            if done.rows_affected() == 1 {
                new.push(update.id);
            }
        }
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok(new)
    }

    /// What is not handled yet, each lane in the order of its arrival; lanes that were tried least come first, so that
    /// an update that kills the process cannot hold up the others at every start.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        sqlx::query(
            "SELECT update_id, lane FROM inbox WHERE body IS NOT NULL ORDER BY \
             (SELECT MAX(tried.attempts) FROM inbox tried WHERE tried.lane = inbox.lane AND tried.body IS NOT NULL), \
             received, update_id",
        )
        .fetch_all(&self.pool)
        .await
        .and_then(|rows| rows.iter().map(|row| Ok(Waiting { id: row.try_get(0)?, lane: row.try_get(1)? })).collect())
        .map_err(|error| self.failed(error))
    }

    /// Counts an attempt and returns what to handle; `None` if it is handled, swept or was never there.
    ///
    /// Atomic, not idempotent: each call is an attempt, committed before the handling starts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin(&self, id: i64) -> Result<Option<Begun>, StoreError> {
        let rows = sqlx::query(
            "UPDATE inbox SET attempts = attempts + 1 WHERE update_id = $1 AND body IS NOT NULL \
             RETURNING body, received, attempts",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (body, received, attempts): (String, i64, i64) = row
            .try_get(0)
            .and_then(|body| Ok((body, row.try_get(1)?, row.try_get(2)?)))
            .map_err(|error| self.failed(error))?;
        let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
        Ok(Some(Begun { body, received: self.instant(received)?, attempts }))
    }

    /// Marks an update handled: its text and its chat go, its id stays to know a duplicate by. Idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be handled again after a restart.
    pub async fn handled(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE inbox SET body = NULL, lane = 0 WHERE update_id = $1")
            .bind(id)
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    fn arrived(ids: &[i64]) -> Vec<Arrived> {
        ids.iter().map(|&id| Arrived { id, lane: -id, body: format!("{{\"update_id\":{id}}}") }).collect()
    }

    #[tokio::test]
    async fn a_known_update_is_not_admitted_again() {
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.admit(&arrived(&[7, 5]), NOON).await.unwrap(), [7, 5]);
        store.handled(7).await.unwrap();
        assert_eq!(store.admit(&arrived(&[5, 9, 7, 9]), NOON).await.unwrap(), [9]);
        assert_eq!(
            store.waiting().await.unwrap(),
            [Waiting { id: 5, lane: -5 }, Waiting { id: 9, lane: -9 }],
            "the handled one stays handled"
        );
    }

    #[tokio::test]
    async fn an_attempt_is_counted_and_what_was_tried_more_often_waits_last() {
        let store = Store::in_memory().await.unwrap();
        let received = Timestamp::from_millisecond(1_795_000_000_123).unwrap();
        store.admit(&arrived(&[1, 2]), received).await.unwrap();
        let body = "{\"update_id\":1}".to_owned();
        assert_eq!(store.begin(1).await.unwrap(), Some(Begun { body: body.clone(), received, attempts: 1 }));
        assert_eq!(store.begin(1).await.unwrap(), Some(Begun { body, received, attempts: 2 }));
        assert_eq!(store.waiting().await.unwrap().iter().map(|waiting| waiting.id).collect::<Vec<_>>(), [2, 1]);
    }

    #[tokio::test]
    async fn a_lane_keeps_its_order_however_often_its_first_was_tried() {
        let store = Store::in_memory().await.unwrap();
        let mut batch = arrived(&[1, 2, 3]);
        batch[1].lane = batch[0].lane;
        store.admit(&batch, NOON).await.unwrap();
        store.begin(1).await.unwrap();
        assert_eq!(store.waiting().await.unwrap().iter().map(|waiting| waiting.id).collect::<Vec<_>>(), [3, 1, 2]);
    }

    #[tokio::test]
    async fn what_is_handled_or_unknown_does_not_begin() {
        let store = Store::in_memory().await.unwrap();
        store.admit(&arrived(&[1]), NOON).await.unwrap();
        store.handled(1).await.unwrap();
        store.handled(1).await.unwrap();
        store.handled(2).await.unwrap();
        assert_eq!(store.begin(1).await.unwrap(), None);
        assert_eq!(store.begin(2).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_batch_that_does_not_fit_is_not_admitted_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("small.db").display())).await.unwrap();
        sqlx::query("PRAGMA max_page_count = 20").fetch_all(&store.pool).await.unwrap();
        let mut batch = arrived(&[1, 2]);
        batch[1].body = "x".repeat(1 << 20);
        let error = store.admit(&batch, NOON).await.unwrap_err();
        assert!(matches!(error, StoreError::Full { .. }), "{error}");
        assert_eq!(store.waiting().await.unwrap(), []);
        assert_eq!(store.admit(&batch[..1], NOON).await.unwrap(), [1], "the store goes on");
    }
}
