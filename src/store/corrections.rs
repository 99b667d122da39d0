//! Corrections: posts whose event has changed since are to be edited, for a while, as often as it takes.
//!
//! An edit shows the same however often it is made, so that here a doubtful one is simply made again.

use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Row};

use crate::domain::{Delivery, DeliveryId};

use super::deliveries::{read, select};
use super::{Lead, Store, StoreError, instant};

/// How long an edit is tried: later the new date has been read in its own post.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// After so long, an edit of which nothing was heard is made again.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

impl Store {
    /// Takes up to `n` posts that are to be edited now. Each comes again after a minute, until [`Store::corrected`] or
    /// [`Store::correct_later`] says what became of it. None of a chat that is frozen or not subscribed any more, none
    /// while announcing is paused. Atomic.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was taken.
    pub async fn take_corrections(&self, _lead: &Lead, n: u32, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let rows = sqlx::query(TO_BE_CORRECTED)
                .bind(now.as_millisecond())
                .bind(i64::from(n))
                .fetch_all(&mut *transaction)
                .await?;
            let posts: Vec<Delivery> = rows.iter().map(read).collect::<Result<_, _>>()?;
            for post in &posts {
                later(&mut transaction, post.id, now + LEASE).await?;
            }
            transaction.commit().await?;
            Ok(posts)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// The post says what is so now, or cannot be made to: it is left alone. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is edited again.
    pub async fn corrected(&self, id: DeliveryId) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET correct_until = NULL WHERE delivery_id = $1")
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// The edit is made again, not before `next`. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it may be made earlier.
    pub async fn correct_later(&self, id: DeliveryId, next: Timestamp) -> Result<(), StoreError> {
        let done = async { later(&mut *self.durable.acquire().await?, id, next).await };
        done.await.map_err(|error| self.failed(error))
    }
}

/// That this delivery is out. If it tells of a change, what its chat was told of the event before is to be corrected.
pub(super) async fn is_out(connection: &mut AnyConnection, id: DeliveryId) -> Result<(), sqlx::Error> {
    let told = sqlx::query(
        "SELECT uid, sub_id, revision, intent FROM deliveries \
         WHERE delivery_id = $1 AND occasion IN ('moved', 'cancelled')",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(told) = told else { return Ok(()) };
    let (uid, subscription, revision): (String, i64, i64) = (told.try_get(0)?, told.try_get(1)?, told.try_get(2)?);
    let Some(sent) = told.try_get::<Option<i64>, _>(3)?.map(instant).transpose()? else { return Ok(()) };
    sqlx::query(
        "UPDATE deliveries SET correct_until = $1, next = $2 \
         WHERE uid = $3 AND sub_id = $4 AND revision < $5 AND state = 'sent' AND message_id > 0",
    )
    .bind((sent + LIFETIME).as_millisecond())
    .bind(sent.as_millisecond())
    .bind(uid)
    .bind(subscription)
    .bind(revision)
    .execute(connection)
    .await
    .map(|_| ())
}

async fn later(connection: &mut AnyConnection, id: DeliveryId, next: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE deliveries SET next = $1 WHERE delivery_id = $2 AND correct_until IS NOT NULL")
        .bind(next.as_millisecond())
        .bind(id.0)
        .execute(connection)
        .await
        .map(|_| ())
}

/// `$1`: now, `$2`: how many.
const TO_BE_CORRECTED: &str = select!(
    "WHERE d.correct_until > $1 AND d.next <= $1 AND s.status = 'active' \
     AND NOT EXISTS (SELECT 1 FROM dispatch p WHERE p.paused = 1 OR p.frozen_until > $1) \
     AND NOT EXISTS (SELECT 1 FROM freezes f WHERE f.chat_id = d.chat_id AND f.until > $1) \
     ORDER BY d.next, d.delivery_id LIMIT $2"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EventUid, Occasion, ScheduleRevision, Subject, SubscriptionId};
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, subscribe, uid};
    use crate::store::{NewDelivery, Settlement};

    fn moved(uid: EventUid, revision: u32) -> Subject {
        Subject::Event { uid, revision: ScheduleRevision(revision), occasion: Occasion::Moved }
    }

    /// A chat that got two posts, and is told that their event moved.
    async fn told() -> (Store, SubscriptionId, [DeliveryId; 2]) {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let mut posts = Vec::new();
        for (message, occasion) in [(71, days(7)), (72, days(1))] {
            let id = enqueue(&store, new(subscription, event("a", occasion))).await.id;
            assert_eq!(claim(&store, at(10)).await, [id]);
            store.sent(id, message).await.unwrap();
            posts.push(id);
        }
        (store, subscription, [posts[0], posts[1]])
    }

    async fn taken(store: &Store, now: i64) -> Vec<DeliveryId> {
        let lead = store.lead().unwrap().unwrap();
        store.take_corrections(&lead, 9, at(now)).await.unwrap().into_iter().map(|post| post.id).collect()
    }

    #[tokio::test]
    async fn what_was_told_before_a_change_is_corrected_once_the_change_is_out() {
        let (store, subscription, posts) = told().await;
        let other = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
        assert_eq!(claim(&store, at(10)).await, [other]);
        store.sent(other, 73).await.unwrap();
        let change = enqueue(&store, new(subscription, moved(uid("a"), 2))).await.id;
        assert_eq!(claim(&store, at(20)).await, [change]);
        assert_eq!(taken(&store, 20).await, [], "nobody was told yet");
        store.sent(change, 74).await.unwrap();
        assert_eq!(taken(&store, 20).await, posts);
        assert_eq!(taken(&store, 79).await, [], "under way");
        assert_eq!(taken(&store, 80).await, posts, "nothing was heard of them");
        store.corrected(posts[0]).await.unwrap();
        store.correct_later(posts[1], at(100)).await.unwrap();
        store.correct_later(posts[0], at(90)).await.unwrap();
        assert_eq!(taken(&store, 99).await, []);
        assert_eq!(taken(&store, 100).await, [posts[1]]);
        let day = 24 * 3600;
        assert_eq!(taken(&store, 20 + day - 1).await, [posts[1]]);
        assert_eq!(taken(&store, 20 + day + 60).await, [], "it has been long enough");
    }

    #[tokio::test]
    async fn a_change_that_an_admin_finds_posted_corrects_as_well() {
        let (store, subscription, posts) = told().await;
        let change = enqueue(&store, new(subscription, moved(uid("a"), 2))).await.id;
        assert_eq!(claim(&store, at(20)).await, [change]);
        store.ambiguous(change, "reset", at(30)).await.unwrap();
        assert_eq!(taken(&store, 30).await, []);
        store.settle(change, Settlement::IsThere, at(40)).await.unwrap();
        assert_eq!(taken(&store, 40).await, posts);
    }

    #[tokio::test]
    async fn nothing_is_edited_where_nothing_may_be_said() {
        for case in ["paused", "frozen", "suspended", "ended", "broadcast"] {
            let (store, subscription, posts) = told().await;
            let change =
                enqueue(&store, NewDelivery { expires: at(900), ..new(subscription, moved(uid("a"), 2)) }).await.id;
            force(&store, change, crate::domain::DeliveryState::Queued).await;
            assert_eq!(claim(&store, at(20)).await, [change]);
            store.sent(change, 74).await.unwrap();
            match case {
                "paused" => store.pause().await.unwrap(),
                "frozen" => store.freeze(1, at(30)).await.unwrap(),
                "broadcast" => store.freeze_broadcast(at(30)).await.unwrap(),
                "suspended" => assert!(store.suspend(subscription, "why", at(21)).await.unwrap()),
                _ => assert!(store.end(subscription, "why", at(21)).await.unwrap()),
            }
            assert_eq!(taken(&store, 29).await, [], "{case}");
            let thawed = matches!(case, "frozen" | "broadcast");
            assert_eq!(taken(&store, 30).await.len(), if thawed { posts.len() } else { 0 }, "{case}");
        }
    }
}
