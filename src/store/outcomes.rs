//! Outcomes: how an attempt ended. Each moves a delivery that is being sent, and no other.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{DeliveryId, DeliveryState, SubscriptionId};

use super::{Store, StoreError, deliveries, moves, subscriptions};

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
    /// The platform took it, as this message. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn sent(&self, id: DeliveryId, message: i32) -> Result<bool, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET state = 'sent', message_id = $1, error = NULL, ",
            chat_by_now!(),
            " WHERE delivery_id = $2 AND state = 'sending'"
        ))
        .bind(i64::from(message))
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
    }

    /// It may have been sent: only an admin can tell. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn ambiguous(&self, id: DeliveryId, error: &str) -> Result<bool, StoreError> {
        self.over(id, DeliveryState::Ambiguous, error).await
    }

    /// The platform refused it for good. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn refused(&self, id: DeliveryId, error: &str) -> Result<bool, StoreError> {
        self.over(id, DeliveryState::Failed, error).await
    }

    async fn over(&self, id: DeliveryId, state: DeliveryState, told: &str) -> Result<bool, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET state = $1, error = $2, ",
            chat_by_now!(),
            " WHERE delivery_id = $3 AND state = 'sending'"
        ))
        .bind(state.name())
        .bind(told.to_owned())
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

    /// It was claimed, and not one byte was written: it goes back as if it had not been claimed. Returns where it went;
    /// `None` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn unclaim(&self, id: DeliveryId, now: Timestamp) -> Result<Option<DeliveryState>, StoreError> {
        sqlx::query(concat!(
            "UPDATE deliveries SET attempts = attempts - 1, state = ",
            where_it_belongs!(),
            ", ",
            chat_by_now!(),
            " WHERE delivery_id = $2 AND state = 'sending' RETURNING state"
        ))
        .bind(now.as_millisecond())
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
            back(&mut transaction, id, now, reason).await?;
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
            subscriptions::suspend(&mut transaction, subscription, reason, now).await?;
            back(&mut transaction, id, now, reason).await?;
            transaction.commit().await?;
            Ok(true)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// It was not sent because its chat is now `to`: all that is the chat's moves there, as with [`Store::move_chat`],
    /// and it goes back to the queue. Returns where it went; `None` if it is not being sent, and nothing moved. Atomic
    /// and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn moved(&self, id: DeliveryId, to: i64, now: Timestamp) -> Result<Option<DeliveryState>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let Some(subscription) = subscription_of(&mut transaction, id).await? else { return Ok(None) };
            let from: i64 = sqlx::query("SELECT chat_id FROM subscriptions WHERE sub_id = $1")
                .bind(subscription.0)
                .fetch_one(&mut *transaction)
                .await?
                .try_get(0)?;
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
mod tests {
    use super::*;
    use crate::domain::{Delivery, SubscriptionStatus};
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, state, subscribe, uid};

    /// The outcomes, each with where it leads from `sending`.
    const OUTCOMES: [(&str, DeliveryState); 8] = [
        ("sent", DeliveryState::Sent),
        ("ambiguous", DeliveryState::Ambiguous),
        ("refused", DeliveryState::Failed),
        ("requeue", DeliveryState::Queued),
        ("unclaim", DeliveryState::Queued),
        ("gone", DeliveryState::Cancelled),
        ("barred", DeliveryState::Queued),
        ("moved", DeliveryState::Queued),
    ];

    /// Whether the outcome says that it moved the delivery.
    async fn apply(store: &Store, outcome: &str, id: DeliveryId) -> bool {
        match outcome {
            "sent" => store.sent(id, 7).await.unwrap(),
            "ambiguous" => store.ambiguous(id, "why").await.unwrap(),
            "refused" => store.refused(id, "why").await.unwrap(),
            "requeue" => store.requeue(id, at(20), "why").await.unwrap().is_some(),
            "unclaim" => store.unclaim(id, at(20)).await.unwrap().is_some(),
            "gone" => store.gone(id, "why", at(20)).await.unwrap(),
            "barred" => store.barred(id, "why", at(20)).await.unwrap(),
            "moved" => store.moved(id, -1001, at(20)).await.unwrap().is_some(),
            other => unreachable!("{other}"),
        }
    }

    async fn one() -> (Store, Delivery) {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let delivery = enqueue(&store, new(subscription, event("a", days(7)))).await;
        (store, delivery)
    }

    #[tokio::test]
    async fn an_outcome_moves_what_is_being_sent_and_nothing_else() {
        for (outcome, to) in OUTCOMES {
            for from in DeliveryState::ALL {
                let (store, delivery) = one().await;
                force(&store, delivery.id, from).await;
                let moves = from == DeliveryState::Sending;
                assert_eq!(apply(&store, outcome, delivery.id).await, moves, "{outcome} from {from:?}");
                assert_eq!(state(&store, delivery.id).await, if moves { to } else { from }, "{outcome} from {from:?}");
                assert!(!apply(&store, outcome, delivery.id).await, "{outcome} from {from:?} again");
                let subscription = store.subscription(delivery.subscription).await.unwrap().unwrap();
                let status = match (moves, outcome) {
                    (true, "gone") => SubscriptionStatus::Ended,
                    (true, "barred") => SubscriptionStatus::Suspended,
                    _ => SubscriptionStatus::Active,
                };
                assert_eq!(subscription.status, status, "{outcome} from {from:?}");
                let number = if moves && outcome == "moved" { -1001 } else { 1 };
                assert_eq!(subscription.chat.id, number, "{outcome} from {from:?}");
            }
            let (store, _) = one().await;
            assert!(!apply(&store, outcome, DeliveryId(99)).await, "{outcome} of nothing");
        }
    }

    #[tokio::test]
    async fn an_outcome_leaves_what_an_admin_needs() {
        let (store, delivery) = one().await;
        claim(&store, at(10)).await;
        store.requeue(delivery.id, at(20), "429").await.unwrap();
        let queued = store.delivery(delivery.id).await.unwrap().unwrap();
        assert_eq!((queued.attempts, queued.error.as_deref(), queued.message), (1, Some("429"), None));
        assert!(claim(&store, at(19)).await.is_empty(), "not before its time");
        assert_eq!(claim(&store, at(20)).await, [delivery.id]);
        store.unclaim(delivery.id, at(20)).await.unwrap();
        assert_eq!(store.delivery(delivery.id).await.unwrap().unwrap().attempts, 1, "as if never claimed");
        claim(&store, at(20)).await;
        store.sent(delivery.id, 42).await.unwrap();
        let sent = store.delivery(delivery.id).await.unwrap().unwrap();
        assert_eq!((sent.attempts, sent.error, sent.message), (2, None, Some(42)));
    }

    #[tokio::test]
    async fn what_goes_back_goes_where_it_belongs_by_then() {
        for (meanwhile, to) in [
            ("nothing", DeliveryState::Queued),
            ("late", DeliveryState::Missed),
            ("ended", DeliveryState::Cancelled),
            ("revised", DeliveryState::Superseded),
            ("dropped", DeliveryState::Cancelled),
            ("overtaken", DeliveryState::Superseded),
        ] {
            let (store, delivery) = one().await;
            store.schedule(&[(uid("a"), "first".into())]).await.unwrap();
            claim(&store, at(10)).await;
            let mut next = at(20);
            match meanwhile {
                "late" => next = at(100),
                "ended" => assert!(store.end(delivery.subscription, "why", at(15)).await.unwrap()),
                "revised" => assert_eq!(store.schedule(&[(uid("a"), "later".into())]).await.unwrap()[0].revision.0, 2),
                "dropped" => {
                    assert_eq!(store.drop_event(&uid("a"), crate::domain::ScheduleRevision(1)).await.unwrap(), Some(0))
                }
                "overtaken" => {
                    let mut newer = new(delivery.subscription, event("a", days(1)));
                    newer.supersedes = vec![days(7)];
                    enqueue(&store, newer).await;
                }
                _ => {}
            }
            assert_eq!(state(&store, delivery.id).await, DeliveryState::Sending, "{meanwhile}: its outcome stays open");
            assert_eq!(store.requeue(delivery.id, next, "429").await.unwrap(), Some(to), "{meanwhile}");
        }
    }

    #[tokio::test]
    async fn a_chat_that_is_gone_gets_nothing_more_and_nobody_is_told() {
        let (store, delivery) = one().await;
        let waiting = enqueue(&store, new(delivery.subscription, event("b", days(7)))).await;
        claim(&store, at(10)).await;
        assert!(store.gone(delivery.id, "kicked", at(11)).await.unwrap());
        assert_eq!(state(&store, waiting.id).await, DeliveryState::Cancelled);
        assert_eq!(store.reason(delivery.subscription).await.unwrap().as_deref(), Some("kicked"));
        assert!(store.untold(9).await.unwrap().is_empty());
        assert!(claim(&store, at(12)).await.is_empty());
    }

    #[tokio::test]
    async fn a_barred_one_waits_for_the_right_to_post_or_is_missed() {
        let (store, delivery) = one().await;
        claim(&store, at(10)).await;
        assert!(store.barred(delivery.id, "no rights", at(11)).await.unwrap());
        assert!(claim(&store, at(12)).await.is_empty());
        assert!(store.resume(delivery.subscription, at(13)).await.unwrap());
        assert_eq!(claim(&store, at(13)).await, [delivery.id]);
        assert!(store.barred(delivery.id, "no rights", at(14)).await.unwrap());
        assert_eq!(store.expire(at(99)).await.unwrap(), []);
        assert_eq!(store.expire(at(100)).await.unwrap().len(), 1);
        let untold = store.untold(9).await.unwrap();
        assert_eq!(
            untold.iter().map(|missed| (missed.id, missed.state)).collect::<Vec<_>>(),
            [(delivery.id, DeliveryState::Missed)]
        );
        store.told(&[delivery.id]).await.unwrap();
        assert_eq!(store.untold(9).await.unwrap(), []);
    }
}
