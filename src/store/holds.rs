//! Holds: a delivery waits for somebody, and somebody lets it go, skips it or puts it off.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{DeliveryId, EventUid, Hold, ScheduleRevision};

use super::{Store, StoreError};

/// Whom a delivery waits for after its review.
macro_rules! hold_after_review {
    () => {
        "CASE WHEN EXISTS (SELECT 1 FROM subscriptions s WHERE s.sub_id = deliveries.sub_id AND s.approval = 'each') \
         THEN 'approval' ELSE 'free' END"
    };
}

impl Store {
    /// Lets a queued delivery go on that waits for `from`: after a review to its chat's approval where that is wanted,
    /// else to be sent at once. `false` if it does not wait for that (any more). Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it still waits.
    pub async fn release(&self, id: DeliveryId, from: Hold) -> Result<bool, StoreError> {
        let sql = match from {
            Hold::Free => return Ok(false),
            Hold::Review => concat!(
                "UPDATE deliveries SET next = due, hold = ",
                hold_after_review!(),
                " WHERE delivery_id = $1 AND state = 'queued' AND hold = 'review'"
            ),
            Hold::Approval => {
                "UPDATE deliveries SET next = due, hold = 'free' \
                 WHERE delivery_id = $1 AND state = 'queued' AND hold = 'approval'"
            }
        };
        self.change(sql, id).await
    }

    /// Cancels a queued delivery that waits for its chat's approval. `false` if it does not (any more): what was let go is
    /// not taken back by a second press. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays queued.
    pub async fn skip(&self, id: DeliveryId) -> Result<bool, StoreError> {
        let sql = "UPDATE deliveries SET state = 'cancelled' \
                   WHERE delivery_id = $1 AND state = 'queued' AND hold = 'approval'";
        self.change(sql, id).await
    }

    async fn change(&self, sql: &'static str, id: DeliveryId) -> Result<bool, StoreError> {
        sqlx::query(sql)
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(|error| self.failed(error))
    }

    /// Asks about a delivery that waits for its chat's approval again at `next`, if it still can be sent then. It still
    /// ends when it expires. `false` if it does not wait for that (any more), or not for so long. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it keeps its time.
    pub async fn postpone(&self, id: DeliveryId, next: Timestamp) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE deliveries SET next = $1 \
             WHERE delivery_id = $2 AND state = 'queued' AND hold = 'approval' AND expires > $1",
        )
        .bind(next.as_millisecond())
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
    }
}

/// Lets go on what waits for the review of that revision.
pub(super) async fn release_reviewed(
    connection: &mut AnyConnection,
    uid: &EventUid,
    revision: ScheduleRevision,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query(concat!(
        "UPDATE deliveries SET next = due, hold = ",
        hold_after_review!(),
        " WHERE uid = $1 AND revision = $2 AND state = 'queued' AND hold = 'review'"
    ))
    .bind(uid.to_string())
    .bind(i64::from(revision.0))
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeliveryState;
    use crate::store::fixture::{
        at, chat, claim, days, enqueue, event, force, learn, new, state, subscribe, subscribe_with_approval, uid,
    };
    use crate::store::{NewDelivery, Page};

    #[tokio::test]
    async fn the_review_comes_first_then_the_approval() {
        let store = Store::in_memory().await.unwrap();
        learn(&store, "a", "first").await;
        let (plain, careful) = (subscribe(&store, chat(1)).await, subscribe_with_approval(&store, chat(2)).await);
        let mut ids = Vec::new();
        for subscription in [plain, careful] {
            let held = NewDelivery { hold: Hold::Review, ..new(subscription, event("a", days(7))) };
            ids.push(enqueue(&store, held).await.id);
        }
        assert!(!store.release(ids[1], Hold::Approval).await.unwrap(), "it does not wait for that yet");
        assert_eq!(store.confirm_event(&uid("a"), ScheduleRevision(2), at(50)).await.unwrap(), None);
        assert_eq!(store.confirm_event(&uid("a"), ScheduleRevision(1), at(50)).await.unwrap(), Some(2));
        assert_eq!(store.confirm_event(&uid("a"), ScheduleRevision(1), at(50)).await.unwrap(), Some(0));
        assert_eq!(claim(&store, at(10)).await, [ids[0]]);
        assert!(store.release(ids[1], Hold::Approval).await.unwrap());
        assert!(!store.release(ids[1], Hold::Approval).await.unwrap());
        assert!(!store.release(ids[1], Hold::Free).await.unwrap());
        assert_eq!(claim(&store, at(10)).await, [ids[1]]);
    }

    #[tokio::test]
    async fn one_is_put_off_asked_about_again_and_let_go() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe_with_approval(&store, chat(1)).await;
        let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
        let id = enqueue(&store, held).await.id;
        let asked = async |now| store.held(at(now), Page::first(9)).await.unwrap().len();
        assert_eq!((asked(9).await, asked(10).await, asked(100).await), (0, 1, 0));
        assert!(store.postpone(id, at(50)).await.unwrap());
        assert_eq!((asked(49).await, asked(50).await), (0, 1));
        assert!(store.release(id, Hold::Approval).await.unwrap());
        assert_eq!(asked(50).await, 0);
        assert_eq!(claim(&store, at(20)).await, [id], "posted now, though it was put off");
    }

    #[tokio::test]
    async fn what_was_let_go_is_neither_put_off_nor_taken_back_by_another() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
        let id = enqueue(&store, held).await.id;
        assert!(!store.postpone(id, at(100)).await.unwrap(), "it would have expired by then");
        assert!(store.postpone(id, at(99)).await.unwrap());
        assert!(store.release(id, Hold::Approval).await.unwrap());
        assert!(!store.postpone(id, at(99)).await.unwrap());
        assert!(!store.skip(id).await.unwrap());
        assert_eq!(claim(&store, at(20)).await, [id]);
    }

    #[tokio::test]
    async fn only_what_is_queued_is_let_go_skipped_or_put_off() {
        for from in DeliveryState::ALL {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
            let id = enqueue(&store, held).await.id;
            force(&store, id, from).await;
            let queued = from == DeliveryState::Queued;
            assert_eq!(store.postpone(id, at(11)).await.unwrap(), queued, "{from:?}");
            assert_eq!(store.skip(id).await.unwrap(), queued, "{from:?}");
            assert!(!store.release(id, Hold::Approval).await.unwrap(), "{from:?}");
            assert_eq!(state(&store, id).await, if queued { DeliveryState::Cancelled } else { from });
            assert!(!store.skip(id).await.unwrap());
        }
    }
}
