//! Doubts: deliveries of which nobody knows whether they arrived, one by one and by what they are about.
//!
//! What is said of all of them at once is said of those that were doubtful when it was asked: `next` holds since when.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::{Delivery, DeliveryId, DeliveryState};

use super::deliveries::{read, select};
use super::settle::settle_each;
use super::{Page, Settlement, Store, StoreError, unreadable};

/// About the same event as the delivery `$1`, or the same words of the operator.
macro_rules! like {
    ($rest:literal) => {
        concat!(
            "d.state = 'ambiguous' AND (d.uid = (SELECT uid FROM deliveries WHERE delivery_id = $1) \
             OR d.words_id = (SELECT words_id FROM deliveries WHERE delivery_id = $1)) ",
            $rest
        )
    };
}

/// The doubtful ones about one event, or about one text of the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// The oldest of them.
    pub first: Delivery,
    /// How many they are.
    pub n: u64,
}

impl Store {
    /// The doubtful ones, from the oldest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn ambiguous_deliveries(&self, page: Page) -> Result<Vec<Delivery>, StoreError> {
        let sql = select!("WHERE d.state = 'ambiguous' AND d.delivery_id > $1 ORDER BY d.delivery_id LIMIT $2");
        self.page_of(sql, page).await
    }

    /// The doubtful ones by what they are about: up to `n` whose oldest has a higher number than `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubts(&self, after: DeliveryId, n: u32) -> Result<Vec<Doubts>, StoreError> {
        let done = async {
            let mut transaction = self.durable.begin().await?;
            let rows = sqlx::query(
                "SELECT MIN(delivery_id), COUNT(*) FROM deliveries WHERE state = 'ambiguous' GROUP BY uid, words_id \
                 HAVING MIN(delivery_id) > $1 ORDER BY MIN(delivery_id) LIMIT $2",
            )
            .bind(after.0)
            .bind(i64::from(n))
            .fetch_all(&mut *transaction)
            .await?;
            let mut doubts = Vec::with_capacity(rows.len());
            for row in &rows {
                let n: i64 = row.try_get(1)?;
                let n = u64::try_from(n).map_err(|_| unreadable("a count", &n.to_string()))?;
                doubts.push(Doubts { first: one(&mut transaction, row.try_get(0)?).await?, n });
            }
            transaction.commit().await?;
            Ok(doubts)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// The doubtful ones about the same as the delivery `like`, from the oldest: up to `n` after that number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubts_like(&self, like: DeliveryId, after: DeliveryId, n: u32) -> Result<Vec<Delivery>, StoreError> {
        sqlx::query(select!("WHERE ", like!("AND d.delivery_id > $2 ORDER BY d.delivery_id LIMIT $3")))
            .bind(like.0)
            .bind(after.0)
            .bind(i64::from(n))
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// Settles the doubtful ones about the same as the delivery `like` that were doubtful at `asked`, in one transaction,
    /// and returns where each went. Whatever has become doubtful since then was not asked about, and stays.
    ///
    /// Atomic, and idempotent: one that is doubtful again was tried again in between.
    ///
    /// # Errors
    /// [`StoreError`]: they stay doubtful.
    pub async fn settle_like(
        &self,
        like: DeliveryId,
        asked: Timestamp,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<Vec<(DeliveryId, DeliveryState)>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let sql = concat!(
                "SELECT d.delivery_id FROM deliveries d WHERE ",
                like!("AND d.next <= $2 ORDER BY d.delivery_id")
            );
            let ids =
                sqlx::query_scalar(sql).bind(like.0).bind(asked.as_millisecond()).fetch_all(&mut *transaction).await?;
            let settled = settle_each(&mut transaction, ids, settlement, now).await?;
            transaction.commit().await?;
            Ok(settled)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

async fn one(connection: &mut AnyConnection, id: i64) -> Result<Delivery, sqlx::Error> {
    read(&sqlx::query(select!("WHERE d.delivery_id = $1")).bind(id).fetch_one(connection).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Subject;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, new, state, subscribe};

    /// Three of an event, two of the operator's words, one of another event: all of it doubtful since second 20.
    async fn doubtful() -> (Store, Vec<DeliveryId>) {
        let store = Store::in_memory().await.unwrap();
        let mut ids = Vec::new();
        let words = || Subject::Words { id: "7-1".into(), text: "Meet us".into() };
        for (n, subject) in (1..).zip([
            event("a", days(7)),
            words(),
            event("a", days(7)),
            event("b", days(7)),
            words(),
            event("a", days(1)),
        ]) {
            let subscription = subscribe(&store, chat(n)).await;
            ids.push(enqueue(&store, new(subscription, subject)).await.id);
        }
        assert_eq!(claim(&store, at(10)).await, ids);
        for id in &ids {
            assert!(store.ambiguous(*id, "reset", at(20)).await.unwrap());
        }
        (store, ids)
    }

    #[tokio::test]
    async fn doubts_are_told_apart_by_what_they_are_about() {
        let (store, ids) = doubtful().await;
        let found = async |after, n| {
            let doubts = store.doubts(after, n).await.unwrap();
            doubts.into_iter().map(|doubts| (doubts.first.id, doubts.n)).collect::<Vec<_>>()
        };
        let none = DeliveryId(0);
        assert_eq!(found(none, 9).await, [(ids[0], 3), (ids[1], 2), (ids[3], 1)]);
        assert_eq!(found(none, 2).await, [(ids[0], 3), (ids[1], 2)]);
        assert_eq!(found(ids[1], 2).await, [(ids[3], 1)]);
        let like = async |like, after| {
            let found = store.doubts_like(like, after, 2).await.unwrap();
            found.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>()
        };
        assert_eq!(like(ids[5], none).await, [ids[0], ids[2]]);
        assert_eq!(like(ids[5], ids[2]).await, [ids[5]]);
        assert_eq!(like(ids[4], none).await, [ids[1], ids[4]]);
        assert_eq!(like(DeliveryId(99), none).await, []);
    }

    #[tokio::test]
    async fn what_is_said_of_all_is_said_of_what_was_doubtful_then() {
        let (store, ids) = doubtful().await;
        let again = Settlement::PostAgain;
        assert_eq!(store.settle_like(ids[0], at(19), again, at(30)).await.unwrap(), [], "asked about before");
        let queued = |id: DeliveryId| (id, DeliveryState::Queued);
        let three = [queued(ids[0]), queued(ids[2]), queued(ids[5])];
        assert_eq!(store.settle_like(ids[2], at(20), again, at(30)).await.unwrap(), three);
        assert_eq!(claim(&store, at(40)).await, [ids[0], ids[2], ids[5]]);
        store.ambiguous(ids[0], "reset", at(50)).await.unwrap();
        assert_eq!(store.settle_like(ids[0], at(20), again, at(60)).await.unwrap(), [], "the same press once more");
        assert_eq!(state(&store, ids[0]).await, DeliveryState::Ambiguous);
        let sent = |id: DeliveryId| (id, DeliveryState::Sent);
        let words = store.settle_like(ids[1], at(60), Settlement::IsThere, at(60)).await.unwrap();
        assert_eq!(words, [sent(ids[1]), sent(ids[4])]);
        assert_eq!(state(&store, ids[3]).await, DeliveryState::Ambiguous, "another event");
    }

    #[tokio::test]
    async fn what_was_in_flight_when_the_process_ended_is_doubtful_since_the_next_start() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        let lead = store.lead().unwrap().unwrap();
        claim(&store, at(10)).await;
        assert_eq!(store.recover(&lead, at(50)).await.unwrap().len(), 1);
        assert_eq!(store.settle_like(id, at(49), Settlement::Drop, at(60)).await.unwrap(), []);
        assert_eq!(store.settle_like(id, at(50), Settlement::Drop, at(60)).await.unwrap().len(), 1);
    }
}
