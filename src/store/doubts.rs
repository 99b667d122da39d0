//! Doubts: deliveries of which nobody knows whether they arrived, one by one and by what they are about.
//!
//! What is said of all of them at once is said of those that were doubtful when it was asked: `next` holds since when. It
//! is later than that of each older one that is still doubtful, whatever the clock does, so that one of them tells the older
//! from the newer.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::{Delivery, DeliveryId, DeliveryState};

use super::deliveries::{read, select};
use super::settle::settle_each;
use super::{Page, Settlement, Store, StoreError, instant, unreadable};

/// About the same occasion of an event in the same revision as the delivery `$1`, or the same words of the operator: one
/// post reads like the other, and a subscription has one of them at most.
macro_rules! like {
    ($rest:literal) => {
        concat!(
            "d.state = 'ambiguous' AND EXISTS (SELECT 1 FROM deliveries l WHERE l.delivery_id = $1 \
             AND (l.words_id = d.words_id \
             OR (l.uid = d.uid AND l.revision = d.revision AND l.occasion = d.occasion))) ",
            $rest
        )
    };
}

/// Since when what becomes doubtful at `$now` counts as doubtful: later than any that still is, whatever the clock does.
macro_rules! doubtful_since {
    ($now:literal) => {
        concat!(
            "CASE WHEN EXISTS (SELECT 1 FROM deliveries a WHERE a.state = 'ambiguous' AND a.next >= ",
            $now,
            ") THEN (SELECT MAX(a.next) + 1 FROM deliveries a WHERE a.state = 'ambiguous') ELSE ",
            $now,
            " END"
        )
    };
}
pub(super) use doubtful_since;

/// The doubtful ones of which one post reads like the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// The oldest of them.
    pub first: Delivery,
    /// The oldest few, with the first.
    pub few: Vec<Delivery>,
    /// How many they are, each in a chat of its own.
    pub n: u64,
    /// Since when the newest is doubtful: what is since later is none of them.
    pub until: Timestamp,
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

    /// The doubtful ones by what they are about: up to `n` whose oldest has a higher number than `after`, each with its
    /// oldest `few`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubts(&self, after: DeliveryId, n: u32, few: u32) -> Result<Vec<Doubts>, StoreError> {
        let done = async {
            let mut transaction = self.durable.begin().await?;
            let firsts: Vec<i64> = sqlx::query_scalar(
                "SELECT MIN(delivery_id) FROM deliveries WHERE state = 'ambiguous' \
                 GROUP BY uid, revision, occasion, words_id \
                 HAVING MIN(delivery_id) > $1 ORDER BY MIN(delivery_id) LIMIT $2",
            )
            .bind(after.0)
            .bind(i64::from(n))
            .fetch_all(&mut *transaction)
            .await?;
            let mut doubts = Vec::with_capacity(firsts.len());
            for first in firsts {
                doubts.extend(all_like(&mut transaction, first, few).await?);
            }
            transaction.commit().await?;
            Ok(doubts)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// All that are doubtful by now about the same as the delivery `like`, with the oldest `few`; `None` if none is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn doubts_about(&self, like: DeliveryId, few: u32) -> Result<Option<Doubts>, StoreError> {
        let done = async {
            let mut transaction = self.durable.begin().await?;
            let doubts = all_like(&mut transaction, like.0, few).await?;
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
    /// and returns where each went. Whatever has become doubtful since then was not asked about, and stays. `None` if `like`
    /// itself is forgotten, as a private chat's is once it has unsubscribed: then nobody knows what it was about.
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
    ) -> Result<Option<Vec<(DeliveryId, DeliveryState)>>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let known = sqlx::query("SELECT delivery_id FROM deliveries WHERE delivery_id = $1")
                .bind(like.0)
                .fetch_optional(&mut *transaction)
                .await?;
            if known.is_none() {
                return Ok(None);
            }
            let sql = concat!(
                "SELECT d.delivery_id FROM deliveries d WHERE ",
                like!("AND d.next <= $2 ORDER BY d.delivery_id")
            );
            let ids =
                sqlx::query_scalar(sql).bind(like.0).bind(asked.as_millisecond()).fetch_all(&mut *transaction).await?;
            let settled = settle_each(&mut transaction, ids, settlement, now).await?;
            transaction.commit().await?;
            Ok(Some(settled))
        };
        done.await.map_err(|error| self.failed(error))
    }
}

/// Read in the transaction that they are shown from: what is counted, what is named, and up to when.
async fn all_like(connection: &mut AnyConnection, like: i64, few: u32) -> Result<Option<Doubts>, sqlx::Error> {
    let few: Vec<Delivery> = sqlx::query(select!("WHERE ", like!("ORDER BY d.delivery_id LIMIT $2")))
        .bind(like)
        .bind(i64::from(few.max(1)))
        .fetch_all(&mut *connection)
        .await?
        .iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    let Some(first) = few.first().cloned() else { return Ok(None) };
    let row = sqlx::query(concat!("SELECT COUNT(*), MAX(d.next) FROM deliveries d WHERE ", like!("")))
        .bind(like)
        .fetch_one(connection)
        .await?;
    let n: i64 = row.try_get(0)?;
    let n = u64::try_from(n).map_err(|_| unreadable("a count", &n.to_string()))?;
    Ok(Some(Doubts { first, few, n, until: instant(row.try_get(1)?)? }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Occasion, ScheduleRevision, Subject};
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, new, state, subscribe, uid};

    /// Two of an event's milestone, two of the operator's words, and one each of another event, another milestone of the
    /// first event, its next revision: all of it doubtful since second 20.
    async fn doubtful() -> (Store, Vec<DeliveryId>) {
        let store = Store::in_memory().await.unwrap();
        let mut ids = Vec::new();
        let words = || Subject::Words { id: "7-1".into(), text: "Meet us".into() };
        let moved = Subject::Event { uid: uid("a"), revision: ScheduleRevision(2), occasion: Occasion::Moved };
        for (n, subject) in (1..).zip([
            event("a", days(7)),
            words(),
            event("a", days(7)),
            event("b", days(7)),
            words(),
            event("a", days(1)),
            moved,
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

    async fn until(store: &Store, like: DeliveryId) -> Timestamp {
        store.doubts_about(like, 5).await.unwrap().unwrap().until
    }

    #[tokio::test]
    async fn another_milestone_or_revision_of_an_event_is_a_doubt_of_its_own() {
        let (store, ids) = doubtful().await;
        let found = async |after, n| {
            let doubts = store.doubts(after, n, 9).await.unwrap();
            let told =
                |doubts: Doubts| (doubts.few.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>(), doubts.n);
            doubts.into_iter().map(told).collect::<Vec<_>>()
        };
        let none = DeliveryId(0);
        let [milestone, words] = [(vec![ids[0], ids[2]], 2), (vec![ids[1], ids[4]], 2)];
        let [other, next, moved] = [3, 5, 6].map(|n| (vec![ids[n]], 1));
        assert_eq!(
            found(none, 9).await,
            [milestone.clone(), words.clone(), other.clone(), next.clone(), moved.clone()]
        );
        assert_eq!(found(none, 2).await, [milestone, words]);
        assert_eq!(found(ids[1], 3).await, [other, next, moved]);
        let like = async |like, after| {
            let found = store.doubts_like(like, after, 2).await.unwrap();
            found.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>()
        };
        assert_eq!(like(ids[2], none).await, [ids[0], ids[2]]);
        assert_eq!(like(ids[2], ids[0]).await, [ids[2]]);
        assert_eq!(like(ids[4], none).await, [ids[1], ids[4]]);
        assert_eq!(like(ids[5], none).await, [ids[5]]);
        assert_eq!(like(DeliveryId(99), none).await, []);
        assert_eq!(store.doubts_about(DeliveryId(99), 5).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_said_of_all_is_said_of_what_was_doubtful_then() {
        let (store, ids) = doubtful().await;
        let again = Settlement::PostAgain;
        assert_eq!(store.settle_like(ids[0], at(19), again, at(30)).await.unwrap().unwrap(), [], "asked about before");
        let queued = |id: DeliveryId| (id, DeliveryState::Queued);
        let asked = until(&store, ids[0]).await;
        assert_eq!(
            store.settle_like(ids[2], asked, again, at(30)).await.unwrap().unwrap(),
            [queued(ids[0]), queued(ids[2])]
        );
        assert_eq!(claim(&store, at(40)).await, [ids[0], ids[2]]);
        store.ambiguous(ids[0], "reset", at(50)).await.unwrap();
        assert_eq!(
            store.settle_like(ids[0], asked, again, at(60)).await.unwrap().unwrap(),
            [],
            "the same press once more"
        );
        assert_eq!(state(&store, ids[0]).await, DeliveryState::Ambiguous);
        let sent = |id: DeliveryId| (id, DeliveryState::Sent);
        let words = store.settle_like(ids[1], at(60), Settlement::IsThere, at(60)).await.unwrap().unwrap();
        assert_eq!(words, [sent(ids[1]), sent(ids[4])]);
        for other in [3, 5, 6] {
            assert_eq!(state(&store, ids[other]).await, DeliveryState::Ambiguous, "about something else");
        }
    }

    #[tokio::test]
    async fn a_doubt_of_the_same_instant_or_by_a_clock_put_back_is_not_settled_unseen() {
        let store = Store::in_memory().await.unwrap();
        let mut ids = Vec::new();
        for n in 1..=3 {
            let subscription = subscribe(&store, chat(n)).await;
            ids.push(enqueue(&store, new(subscription, event("a", days(7)))).await.id);
        }
        claim(&store, at(10)).await;
        store.ambiguous(ids[0], "reset", at(20)).await.unwrap();
        let asked = until(&store, ids[0]).await;
        assert_eq!(asked, at(20));
        store.ambiguous(ids[1], "reset", at(20)).await.unwrap();
        store.ambiguous(ids[2], "reset", at(15)).await.unwrap();
        let settled = store.settle_like(ids[0], asked, Settlement::IsThere, at(30)).await.unwrap().unwrap();
        assert_eq!(settled, [(ids[0], DeliveryState::Sent)]);
    }

    #[tokio::test]
    async fn what_was_in_flight_when_the_process_ended_is_doubtful_since_the_next_start() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        let lead = store.lead().unwrap().unwrap();
        claim(&store, at(10)).await;
        assert_eq!(store.recover(&lead, at(50)).await.unwrap().len(), 1);
        assert_eq!(store.settle_like(id, at(49), Settlement::Drop, at(60)).await.unwrap().unwrap(), []);
        assert_eq!(store.settle_like(id, at(50), Settlement::Drop, at(60)).await.unwrap().unwrap().len(), 1);
    }
}
