//! Events that are not in the files any more: what is queued of them is called off, and comes back with them.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::{DeliveryId, EventUid};

use super::super::outcomes::where_it_belongs;
use super::super::{Store, StoreError};

/// Why a delivery was called off. By it those are known that come back with their event.
const ABSENT: &str = "its event is not in the knowledge any more";

impl Store {
    /// Learns which events there are. What is queued of one that is there no more is cancelled; with an event that is
    /// back as it was, what was cancelled so goes on where it still can: to the queue, to be asked about anew where it
    /// waits for somebody. An event that is back at another revision is told as changed, like any other.
    ///
    /// Returns how many deliveries were called off, and how many came back. Atomic and idempotent; it writes nothing
    /// where nothing changed.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was learnt.
    pub async fn present(&self, events: &[EventUid], now: Timestamp) -> Result<(u64, u64), StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let changed = compare(&mut transaction, events, now).await?;
            transaction.commit().await?;
            Ok(changed)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// It was about to be sent, and its event is not in the knowledge any more: it is cancelled as if it had still been
    /// queued. `false` if it is not being sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is still being sent, as far as the store knows, and doubtful after a restart.
    pub async fn withdraw(&self, id: DeliveryId) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE deliveries SET state = 'cancelled', error = $1 WHERE delivery_id = $2 AND state = 'sending'",
        )
        .bind(ABSENT)
        .bind(id.0)
        .execute(&self.durable)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(|error| self.failed(error))
    }
}

async fn compare(
    connection: &mut AnyConnection,
    events: &[EventUid],
    now: Timestamp,
) -> Result<(u64, u64), sqlx::Error> {
    let present: std::collections::BTreeSet<&str> = events.iter().map(EventUid::as_str).collect();
    let rows = sqlx::query("SELECT uid, absent FROM events").fetch_all(&mut *connection).await?;
    let (mut called_off, mut back) = (0, 0);
    for row in &rows {
        let (uid, was_absent): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        match (present.contains(uid.as_str()), was_absent != 0) {
            (false, false) => {
                mark(connection, &uid, 1).await?;
                called_off += call_off(connection, &uid).await?;
            }
            (true, true) => {
                mark(connection, &uid, 0).await?;
                back += bring_back(connection, &uid, now).await?;
            }
            // Something may have gone back to the queue since.
            (false, true) => called_off += call_off(connection, &uid).await?,
            (true, false) => {}
        }
    }
    Ok((called_off, back))
}

async fn mark(connection: &mut AnyConnection, uid: &str, absent: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE events SET absent = $1 WHERE uid = $2")
        .bind(absent)
        .bind(uid.to_owned())
        .execute(connection)
        .await
        .map(|_| ())
}

async fn call_off(connection: &mut AnyConnection, uid: &str) -> Result<u64, sqlx::Error> {
    sqlx::query("UPDATE deliveries SET state = 'cancelled', error = $1 WHERE uid = $2 AND state = 'queued'")
        .bind(ABSENT)
        .bind(uid.to_owned())
        .execute(connection)
        .await
        .map(|done| done.rows_affected())
}

/// A delivery that has expired meanwhile stays cancelled: nobody is told of what nobody could have sent.
async fn bring_back(connection: &mut AnyConnection, uid: &str, now: Timestamp) -> Result<u64, sqlx::Error> {
    sqlx::query(concat!(
        "UPDATE deliveries SET error = NULL, next = due, state = ",
        where_it_belongs!(),
        " WHERE uid = $2 AND state = 'cancelled' AND error = $3 AND expires > $1"
    ))
    .bind(now.as_millisecond())
    .bind(uid.to_owned())
    .bind(ABSENT)
    .execute(connection)
    .await
    .map(|done| done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryState, Hold};
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, state, subscribe, uid};
    use crate::store::{NewDelivery, Page, fixture};

    async fn learn(store: &Store, fingerprint: &str) {
        fixture::learn(store, "a", fingerprint).await;
        fixture::learn(store, "b", "").await;
    }

    #[tokio::test]
    async fn what_is_queued_of_an_absent_event_is_called_off_and_nothing_else() {
        for from in DeliveryState::ALL {
            let store = Store::in_memory().await.unwrap();
            learn(&store, "may").await;
            let subscription = subscribe(&store, chat(1)).await;
            let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
            let other = enqueue(&store, new(subscription, event("b", days(7)))).await.id;
            force(&store, id, from).await;
            let queued = u64::from(from == DeliveryState::Queued);
            assert_eq!(store.present(&[uid("a"), uid("b")], at(10)).await.unwrap(), (0, 0));
            for n in [queued, 0] {
                assert_eq!(store.present(&[uid("b")], at(10)).await.unwrap(), (n, 0), "{from:?}");
            }
            let absent = if queued == 1 { DeliveryState::Cancelled } else { from };
            assert_eq!((state(&store, id).await, state(&store, other).await), (absent, DeliveryState::Queued));
            assert_eq!(
                store.untold(Page::first(9)).await.unwrap().iter().filter(|one| one.state != from).count(),
                0,
                "no noise"
            );
            for n in [queued, 0] {
                assert_eq!(store.present(&[uid("a"), uid("b")], at(20)).await.unwrap(), (0, n), "{from:?}");
            }
            assert_eq!(state(&store, id).await, from, "as it was");
        }
    }

    #[tokio::test]
    async fn what_comes_back_goes_where_it_belongs_by_then() {
        for (meanwhile, expected) in [
            ("nothing", DeliveryState::Queued),
            ("ended", DeliveryState::Cancelled),
            ("expired", DeliveryState::Cancelled),
            ("skipped", DeliveryState::Cancelled),
            ("revised", DeliveryState::Cancelled),
        ] {
            let store = Store::in_memory().await.unwrap();
            learn(&store, "may").await;
            let subscription = subscribe(&store, chat(1)).await;
            let held = NewDelivery { hold: Hold::Approval, ..new(subscription, event("a", days(7))) };
            let id = enqueue(&store, held).await.id;
            store.postpone(id, at(100)).await.unwrap();
            if meanwhile == "skipped" {
                assert!(store.skip(id).await.unwrap());
            }
            store.present(&[], at(20)).await.unwrap();
            match meanwhile {
                "ended" => assert!(store.end(subscription, "why", at(21)).await.unwrap()),
                "revised" => learn(&store, "june").await,
                _ => {}
            }
            let now = if meanwhile == "expired" { 100 } else { 30 };
            store.present(&[uid("a")], at(now)).await.unwrap();
            assert_eq!(state(&store, id).await, expected, "{meanwhile}");
            let asked = store.held(at(now), Page::first(9)).await.unwrap().len();
            assert_eq!(asked, usize::from(meanwhile == "nothing"), "asked about anew: {meanwhile}");
            assert!(store.untold(Page::first(9)).await.unwrap().is_empty(), "{meanwhile}");
        }
    }

    #[tokio::test]
    async fn one_that_is_about_to_be_sent_is_withdrawn_and_comes_back() {
        let store = Store::in_memory().await.unwrap();
        learn(&store, "may").await;
        let subscription = subscribe(&store, chat(1)).await;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        assert!(!store.withdraw(id).await.unwrap(), "it is not being sent");
        assert_eq!(claim(&store, at(10)).await, [id]);
        assert!(store.withdraw(id).await.unwrap());
        assert_eq!(state(&store, id).await, DeliveryState::Cancelled);
        assert_eq!(store.present(&[uid("b")], at(11)).await.unwrap(), (0, 0));
        assert_eq!(store.present(&[uid("a"), uid("b")], at(12)).await.unwrap(), (0, 1));
        assert_eq!(claim(&store, at(12)).await, [id]);
    }
}
