//! What people are to be asked or told, and that they were. Reading it marks nothing: a notice counts as given once it
//! has arrived, and whoever gives it says so.

use jiff::Timestamp;

use crate::domain::{Delivery, DeliveryId, EventUid, ScheduleRevision};

use super::deliveries::{read, select};
use super::{Store, StoreError};

/// A part of a list by delivery number.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    after: DeliveryId,
    n_most: u32,
}

impl Page {
    /// The first so many.
    #[must_use]
    pub const fn first(n_most: u32) -> Self {
        Self { after: DeliveryId(0), n_most }
    }

    /// The page after the one that held these; `None` if that was the last.
    #[must_use]
    pub fn after(self, found: &[Delivery]) -> Option<Self> {
        let last = found.last().filter(|_| found.len() >= self.n_most as usize)?;
        Some(Self { after: last.id, ..self })
    }
}

impl Store {
    /// Those that wait for somebody and are to be asked about by `now`; of a suspended chat none, for an answer would post
    /// nothing. [`Store::approval_asked`] and
    /// [`Store::review_asked`] say that somebody was asked, [`Store::postpone`] when to ask again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn held(&self, now: Timestamp, page: Page) -> Result<Vec<Delivery>, StoreError> {
        sqlx::query(select!(
            "WHERE d.state = 'queued' AND d.hold <> 'free' AND d.next <= $1 AND d.expires > $1 \
             AND s.status = 'active' AND d.delivery_id > $2 ORDER BY d.delivery_id LIMIT $3"
        ))
        .bind(now.as_millisecond())
        .bind(page.after.0)
        .bind(i64::from(page.n_most))
        .fetch_all(&self.durable)
        .await
        .and_then(|rows| rows.iter().map(read).collect())
        .map_err(|error| self.failed(error))
    }

    /// Those that were missed or failed and that no admin was told of, from the oldest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untold(&self, page: Page) -> Result<Vec<Delivery>, StoreError> {
        let sql = select!(
            "WHERE d.told = 0 AND d.state IN ('missed', 'failed') AND d.delivery_id > $1 \
             ORDER BY d.delivery_id LIMIT $2"
        );
        self.page_of(sql, page).await
    }

    /// A page of what that query finds: `$1` is the number before it, `$2` how many.
    pub(super) async fn page_of(&self, sql: &'static str, page: Page) -> Result<Vec<Delivery>, StoreError> {
        sqlx::query(sql)
            .bind(page.after.0)
            .bind(i64::from(page.n_most))
            .fetch_all(&self.durable)
            .await
            .and_then(|rows| rows.iter().map(read).collect())
            .map_err(|error| self.failed(error))
    }

    /// Somebody was asked whether it may be posted, as it stood at `found`: it is not asked about again. One that was
    /// decided or put off since then stays as it was decided. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be asked about again.
    pub async fn approval_asked(&self, id: DeliveryId, found: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE deliveries SET next = expires \
             WHERE delivery_id = $1 AND state = 'queued' AND hold = 'approval' AND next <= $2",
        )
        .bind(id.0)
        .bind(found.as_millisecond())
        .execute(&self.durable)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// Somebody was asked whether that revision is still true: one answer is for all that waits for it. Atomic and
    /// idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be asked again.
    pub async fn review_asked(&self, uid: &EventUid, revision: ScheduleRevision) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE deliveries SET next = expires \
             WHERE uid = $1 AND revision = $2 AND state = 'queued' AND hold = 'review' AND next < expires",
        )
        .bind(uid.to_string())
        .bind(i64::from(revision.0))
        .execute(&self.durable)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// Whether the answer to that question is awaited: something waits that was asked about. A question that nobody
    /// answered in time ends with what waited for it, and is asked anew for what waits next.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_review_asked(&self, uid: &EventUid, revision: ScheduleRevision) -> Result<bool, StoreError> {
        sqlx::query(
            "SELECT 1 FROM deliveries WHERE uid = $1 AND revision = $2 AND state = 'queued' AND hold = 'review' \
             AND next >= expires LIMIT 1",
        )
        .bind(uid.to_string())
        .bind(i64::from(revision.0))
        .fetch_optional(&self.durable)
        .await
        .map(|row| row.is_some())
        .map_err(|error| self.failed(error))
    }

    /// An admin was asked how that revision went. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be asked again.
    pub async fn outcome_asked(
        &self,
        uid: &EventUid,
        revision: ScheduleRevision,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE events SET asked_outcome = $1 WHERE uid = $2 AND revision = $3 AND asked_outcome IS NULL")
            .bind(now.as_millisecond())
            .bind(uid.to_string())
            .bind(i64::from(revision.0))
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// An admin was told how these ended. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will be told again.
    pub async fn told(&self, ids: &[DeliveryId]) -> Result<(), StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            for id in ids {
                sqlx::query("UPDATE deliveries SET told = 1 WHERE delivery_id = $1 AND state IN ('missed', 'failed')")
                    .bind(id.0)
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Hold;
    use crate::store::NewDelivery;
    use crate::store::fixture::{at, chat, days, enqueue, event, learn, new, subscribe, subscribe_with_approval, uid};

    const FIRST: ScheduleRevision = ScheduleRevision(1);

    #[tokio::test]
    async fn a_question_is_open_until_somebody_was_asked() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe_with_approval(&store, chat(1)).await;
        let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
        let id = enqueue(&store, held).await.id;
        let open = async |now| store.held(at(now), Page::first(9)).await.unwrap().len();
        assert_eq!((open(10).await, open(10).await), (1, 1), "looking marks nothing");
        store.approval_asked(id, at(10)).await.unwrap();
        assert_eq!((open(10).await, open(99).await), (0, 0));
    }

    #[tokio::test]
    async fn a_post_that_was_put_off_before_its_question_counted_as_asked_is_asked_about_again() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe_with_approval(&store, chat(1)).await;
        let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
        let id = enqueue(&store, held).await.id;
        store.postpone(id, at(50)).await.unwrap();
        store.approval_asked(id, at(10)).await.unwrap();
        assert_eq!(store.held(at(50), Page::first(9)).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn one_question_about_an_event_is_for_all_that_waits_for_it() {
        let store = Store::in_memory().await.unwrap();
        let a = uid("a");
        let subscription = subscribe(&store, chat(1)).await;
        let held = |occasion| NewDelivery { hold: Hold::Review, ..new(subscription, event("a", occasion)) };
        for occasion in [days(30), days(7)] {
            enqueue(&store, held(occasion)).await;
        }
        assert!(!store.is_review_asked(&a, FIRST).await.unwrap());
        store.review_asked(&a, FIRST).await.unwrap();
        assert!(store.is_review_asked(&a, FIRST).await.unwrap());
        assert!(!store.is_review_asked(&a, ScheduleRevision(2)).await.unwrap());
        assert_eq!(store.held(at(10), Page::first(9)).await.unwrap(), []);
        assert_eq!(store.expire(at(100)).await.unwrap().len(), 2);
        enqueue(&store, NewDelivery { expires: at(200), ..held(days(0)) }).await;
        assert!(!store.is_review_asked(&a, FIRST).await.unwrap(), "nobody answered: it is asked anew");
        assert_eq!(store.held(at(110), Page::first(9)).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn how_it_went_is_asked_once_a_revision() {
        let store = Store::in_memory().await.unwrap();
        let a = uid("a");
        for (fingerprint, revision) in [("may", FIRST), ("june", ScheduleRevision(2))] {
            let learn = async || learn(&store, "a", fingerprint).await;
            assert!(!learn().await.outcome_asked);
            store.outcome_asked(&a, ScheduleRevision(9), at(1)).await.unwrap();
            assert!(!learn().await.outcome_asked, "that was another revision");
            store.outcome_asked(&a, revision, at(1)).await.unwrap();
            assert!(learn().await.outcome_asked);
        }
    }

    #[tokio::test]
    async fn pages_follow_each_other_to_the_end() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe_with_approval(&store, chat(1)).await;
        for day in 0..5 {
            let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(day))) };
            enqueue(&store, held).await;
        }
        let (mut page, mut sizes) = (Some(Page::first(2)), Vec::new());
        while let Some(this) = page {
            let found = store.held(at(10), this).await.unwrap();
            sizes.push(found.len());
            page = this.after(&found);
        }
        assert_eq!(sizes, [2, 2, 1]);
    }
}
