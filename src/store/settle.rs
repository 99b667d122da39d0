//! Settling: an admin looked at the chat and says what became of a doubtful delivery.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{DeliveryId, DeliveryState, EventUid};

use super::outcomes::{state, where_it_belongs};
use super::{Store, StoreError, corrections};

/// What an admin says of a doubtful delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// The message is there.
    IsThere,
    /// It is not: it is to be posted once more.
    PostAgain,
    /// It is not, or it does not matter: nothing more is done.
    Drop,
}

impl Store {
    /// Settles a doubtful delivery, and returns where it went: `Sent`, `Cancelled`, or for [`Settlement::PostAgain`]
    /// the queue, or where it belongs by now; whoever settles it is told by that. Of several milestones of an event only
    /// the newest is posted again. `None` if it is not doubtful.
    /// Atomic, and idempotent as only a doubtful one moves.
    ///
    /// # Errors
    /// [`StoreError`]: it stays doubtful.
    pub async fn settle(
        &self,
        id: DeliveryId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<Option<DeliveryState>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let settled = settle(&mut transaction, id, settlement, now).await?;
            transaction.commit().await?;
            Ok(settled)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// Settles all doubtful deliveries of an event, whenever they became so, in one transaction, and returns where each went, by number.
    /// Atomic, and idempotent as only doubtful ones move.
    ///
    /// # Errors
    /// [`StoreError`]: they stay doubtful.
    pub async fn settle_event(
        &self,
        uid: &EventUid,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<Vec<(DeliveryId, DeliveryState)>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let ids = sqlx::query_scalar(
                "SELECT delivery_id FROM deliveries WHERE uid = $1 AND state = 'ambiguous' ORDER BY delivery_id",
            )
            .bind(uid.to_string())
            .fetch_all(&mut *transaction)
            .await?;
            let settled = settle_each(&mut transaction, ids, settlement, now).await?;
            transaction.commit().await?;
            Ok(settled)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

/// Where each of these, which come in the order of their numbers, went that was doubtful.
pub(super) async fn settle_each(
    connection: &mut AnyConnection,
    ids: Vec<i64>,
    settlement: Settlement,
    now: Timestamp,
) -> Result<Vec<(DeliveryId, DeliveryState)>, sqlx::Error> {
    let mut settled = Vec::with_capacity(ids.len());
    // The newest first: it takes the place of what is older.
    for id in ids.into_iter().rev().map(DeliveryId) {
        settled.extend(settle(connection, id, settlement, now).await?.map(|state| (id, state)));
    }
    settled.reverse();
    Ok(settled)
}

async fn settle(
    connection: &mut AnyConnection,
    id: DeliveryId,
    settlement: Settlement,
    now: Timestamp,
) -> Result<Option<DeliveryState>, sqlx::Error> {
    let sql = match settlement {
        Settlement::IsThere => {
            "UPDATE deliveries SET state = 'sent', told = 1, next = $1 WHERE delivery_id = $2 AND state = 'ambiguous' \
             RETURNING state"
        }
        Settlement::Drop => {
            "UPDATE deliveries SET state = 'cancelled', told = 1, next = $1 WHERE delivery_id = $2 \
             AND state = 'ambiguous' RETURNING state"
        }
        // A fresh attempt has an end of its own: only one that is missed here is told here.
        Settlement::PostAgain => concat!(
            "UPDATE deliveries SET hold = 'free', next = $1, told = CASE WHEN expires <= $1 THEN 1 ELSE 0 END, state = ",
            where_it_belongs!(),
            " WHERE delivery_id = $2 AND state = 'ambiguous' RETURNING state"
        ),
    };
    let rows = sqlx::query(sql).bind(now.as_millisecond()).bind(id.0).fetch_all(&mut *connection).await?;
    let settled = state(&rows)?;
    match settled {
        Some(DeliveryState::Sent) => corrections::is_out(connection, id).await?,
        Some(DeliveryState::Queued) => return take_its_place(connection, id).await.map(Some),
        _ => {}
    }
    Ok(settled)
}

/// What is posted again gives way to a newer milestone of its event that goes, or went, to its chat, and takes the place of
/// an older one: else two posts of one event come seconds apart. Returns where it is by now.
async fn take_its_place(connection: &mut AnyConnection, id: DeliveryId) -> Result<DeliveryState, sqlx::Error> {
    let overtaken = sqlx::query(
        "UPDATE deliveries SET state = 'superseded' WHERE delivery_id = $1 \
         AND occasion NOT IN ('now', 'moved', 'cancelled') AND EXISTS (SELECT 1 FROM deliveries n \
         WHERE n.uid = deliveries.uid AND n.sub_id = deliveries.sub_id AND n.revision = deliveries.revision \
         AND n.due > deliveries.due AND n.state IN ('queued', 'sending', 'sent') \
         AND n.occasion NOT IN ('now', 'moved', 'cancelled'))",
    )
    .bind(id.0)
    .execute(&mut *connection)
    .await?;
    if overtaken.rows_affected() > 0 {
        return Ok(DeliveryState::Superseded);
    }
    sqlx::query(
        "UPDATE deliveries SET overtaken = 1, state = CASE WHEN state = 'queued' THEN 'superseded' ELSE state END \
         WHERE state IN ('queued', 'sending') AND occasion NOT IN ('now', 'moved', 'cancelled') \
         AND EXISTS (SELECT 1 FROM deliveries n WHERE n.delivery_id = $1 AND n.uid = deliveries.uid \
         AND n.sub_id = deliveries.sub_id AND n.revision = deliveries.revision AND n.due > deliveries.due \
         AND n.occasion NOT IN ('now', 'moved', 'cancelled'))",
    )
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(DeliveryState::Queued)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Page;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, state, subscribe, uid};

    const EACH: [(Settlement, DeliveryState); 3] = [
        (Settlement::IsThere, DeliveryState::Sent),
        (Settlement::PostAgain, DeliveryState::Queued),
        (Settlement::Drop, DeliveryState::Cancelled),
    ];

    #[tokio::test]
    async fn only_what_is_doubtful_is_settled() {
        for (settlement, to) in EACH {
            for from in DeliveryState::ALL {
                let store = Store::in_memory().await.unwrap();
                let subscription = subscribe(&store, chat(1)).await;
                let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
                force(&store, id, from).await;
                let told = (from == DeliveryState::Ambiguous).then_some(to);
                assert_eq!(store.settle(id, settlement, at(20)).await.unwrap(), told, "{settlement:?} from {from:?}");
                assert_eq!(state(&store, id).await, told.unwrap_or(from), "{settlement:?} from {from:?}");
                assert_eq!(store.settle(id, settlement, at(20)).await.unwrap(), None, "{settlement:?}, again");
            }
        }
    }

    #[tokio::test]
    async fn one_press_settles_all_of_an_event() {
        for (settlement, to) in EACH {
            let store = Store::in_memory().await.unwrap();
            let mut doubtful = Vec::new();
            for id in 1..=3 {
                let subscription = subscribe(&store, chat(id)).await;
                let delivery = enqueue(&store, new(subscription, event("a", days(7)))).await;
                force(&store, delivery.id, DeliveryState::Ambiguous).await;
                doubtful.push((delivery.id, to));
            }
            let subscription = subscribe(&store, chat(4)).await;
            let sent = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
            let other = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
            force(&store, sent, DeliveryState::Sent).await;
            force(&store, other, DeliveryState::Ambiguous).await;
            assert_eq!(store.settle_event(&uid("a"), settlement, at(20)).await.unwrap(), doubtful);
            assert_eq!(store.settle_event(&uid("a"), settlement, at(20)).await.unwrap(), []);
            let left = store.ambiguous_deliveries(Page::first(9)).await.unwrap();
            assert_eq!(left.iter().map(|delivery| delivery.id).collect::<Vec<_>>(), [other]);
        }
    }

    #[tokio::test]
    async fn what_is_posted_again_is_sent_once_more_if_it_still_may() {
        for (now, to) in [(99, DeliveryState::Queued), (100, DeliveryState::Missed)] {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
            claim(&store, at(10)).await;
            store.ambiguous(id, "reset", at(11)).await.unwrap();
            assert!(claim(&store, at(99)).await.is_empty(), "never by itself");
            assert_eq!(store.settle(id, Settlement::PostAgain, at(now)).await.unwrap(), Some(to));
            assert_eq!(store.untold(Page::first(9)).await.unwrap(), [], "whoever pressed knows");
            let claimed = claim(&store, at(now)).await;
            assert_eq!(!claimed.is_empty(), to == DeliveryState::Queued);
        }
    }

    #[tokio::test]
    async fn of_two_milestones_of_an_event_only_the_newest_is_posted_again() {
        use DeliveryState::{Queued, Superseded};
        for (case, pressed, answers) in
            [("the older first", [0, 1], [Queued, Queued]), ("the newer first", [1, 0], [Queued, Superseded])]
        {
            let (store, ids) = two_milestones().await;
            for (n, to) in pressed.into_iter().zip(answers) {
                assert_eq!(store.settle(ids[n], Settlement::PostAgain, at(30)).await.unwrap(), Some(to), "{case}");
            }
            assert_eq!(claim(&store, at(30)).await, [ids[1]], "{case}");
            assert_eq!(state(&store, ids[0]).await, Superseded, "{case}");
        }
        let (store, ids) = two_milestones().await;
        let settled = store.settle_event(&uid("a"), Settlement::PostAgain, at(30)).await.unwrap();
        assert_eq!(settled, [(ids[0], Superseded), (ids[1], Queued)], "both at once");
    }

    /// Doubtful in one chat, the older first.
    async fn two_milestones() -> (Store, Vec<DeliveryId>) {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let mut ids = Vec::new();
        for (day, due) in [(7, 10), (1, 12)] {
            let new = crate::store::NewDelivery { due: at(due), ..new(subscription, event("a", days(day))) };
            let id = enqueue(&store, new).await.id;
            assert_eq!(claim(&store, at(due)).await, [id]);
            store.ambiguous(id, "reset", at(20)).await.unwrap();
            ids.push(id);
        }
        (store, ids)
    }
}
