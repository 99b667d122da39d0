//! What a suspended chat misses: all of it is counted, and one is told for all, for whoever can mend it was told already.

use sqlx::AnyConnection;

/// Before what is past its time becomes missed: of the suspended chats' only the first since the suspension is left to be
/// told of. `now` in milliseconds.
pub(super) async fn tell_once(connection: &mut AnyConnection, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deliveries SET told = 1 WHERE state = 'queued' AND expires <= $1 AND EXISTS (SELECT 1 \
         FROM subscriptions s JOIN deliveries o ON o.sub_id = s.sub_id WHERE s.sub_id = deliveries.sub_id \
         AND s.status = 'suspended' AND ((o.state = 'missed' AND o.expires > s.changed) \
         OR (o.state = 'queued' AND o.expires <= $1 AND o.delivery_id < deliveries.delivery_id)))",
    )
    .bind(now)
    .execute(connection)
    .await
    .map(|_| ())
}

#[cfg(test)]
mod tests {
    use crate::domain::{ChatKind, DeliveryState};
    use crate::store::fixture::{at, chat, days, enqueue, event, new, settings, subscribe};
    use crate::store::{NewDelivery, Page, Store};

    #[tokio::test]
    async fn what_a_suspended_chat_misses_is_counted_and_told_once() {
        for (suspended, n_told) in [(true, 1), (false, 4)] {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            if suspended {
                assert!(store.suspend(subscription, "why", at(5)).await.unwrap());
            }
            for uid in ["a", "b"] {
                enqueue(&store, new(subscription, event(uid, days(7)))).await;
            }
            assert_eq!(store.expire(at(100)).await.unwrap().len(), 2);
            enqueue(&store, NewDelivery { expires: at(120), ..new(subscription, event("c", days(7))) }).await;
            assert_eq!(store.expire(at(130)).await.unwrap().len(), 1);
            // Late already when it is put down.
            let late = NewDelivery { expires: at(130), ..new(subscription, event("d", days(7))) };
            store.enqueue(&[late], &[], at(140)).await.unwrap();
            assert_eq!(store.counts().await.unwrap()[&DeliveryState::Missed], 4);
            assert_eq!(store.untold(Page::first(9)).await.unwrap().len(), n_told, "suspended: {suspended}");
        }
    }

    #[tokio::test]
    async fn a_suspended_chat_that_goes_on_gets_the_newest_milestone_alone() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        assert!(store.suspend(subscription, "why", at(5)).await.unwrap());
        enqueue(&store, new(subscription, event("a", days(7)))).await;
        let newest = enqueue(&store, NewDelivery { due: at(20), ..new(subscription, event("a", days(1))) }).await;
        assert_eq!(
            store.subscribe(chat(1), ChatKind::Group, None, &settings(), at(30)).await.unwrap().id,
            subscription
        );
        assert_eq!(crate::store::fixture::claim(&store, at(31)).await, [newest.id]);
        assert_eq!(store.counts().await.unwrap()[&DeliveryState::Superseded], 1);
    }
}
