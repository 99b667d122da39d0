//! Forgetting: the number of a private chat is a person's. Once its subscription has ended, nothing of it is kept.
//!
//! This has a price, paid once per unsubscribing and only by whoever did: a subscription that begins anew is another one. It
//! gets what falls due from then on, so a post of this morning comes again if its hour is set to the afternoon; of a change
//! to what the old one was told it hears nothing. What was doubtful, missed or refused is gone with its chat, and nobody is
//! told of it any more.

use sqlx::AnyConnection;

use crate::domain::SubscriptionId;

/// Of an ended private subscription deletes what was announced to it, then itself. What is being sent stays until its
/// outcome is known; the sweep takes it then.
pub(super) async fn forget_private(connection: &mut AnyConnection, id: SubscriptionId) -> Result<(), sqlx::Error> {
    for sql in [
        "DELETE FROM deliveries WHERE sub_id = $1 AND state <> 'sending' AND EXISTS (SELECT 1 FROM subscriptions s \
         WHERE s.sub_id = $1 AND s.chat_kind = 'private' AND s.status = 'ended')",
        "DELETE FROM subscriptions WHERE sub_id = $1 AND chat_kind = 'private' AND status = 'ended' \
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.sub_id = $1)",
    ] {
        sqlx::query(sql).bind(id.0).execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::domain::{ChatKind, DeliveryState, UserRef};
    use crate::store::Store;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, settings};

    async fn n_rows(store: &Store) -> (i64, i64) {
        let count = async |sql: &'static str| sqlx::query_scalar(sql).fetch_one(&store.durable).await.unwrap();
        (count("SELECT COUNT(*) FROM subscriptions").await, count("SELECT COUNT(*) FROM deliveries").await)
    }

    #[tokio::test]
    async fn nothing_of_a_private_chat_is_kept_once_its_subscription_has_ended() {
        for (kind, left) in [(ChatKind::Private, (0, 0)), (ChatKind::Group, (1, 8)), (ChatKind::Channel, (1, 8))] {
            let store = Store::in_memory().await.unwrap();
            let subscription = store.subscribe(chat(7), kind, Some(UserRef(7)), &settings(), at(0)).await.unwrap().id;
            for (n, state) in (1..).zip(DeliveryState::ALL) {
                let id = enqueue(&store, new(subscription, event("a", days(n)))).await.id;
                force(&store, id, if state == DeliveryState::Sending { DeliveryState::Sent } else { state }).await;
            }
            assert!(store.end(subscription, "unsubscribed", at(20)).await.unwrap());
            assert_eq!(n_rows(&store).await, left, "{kind:?}");
            assert!(!store.end(subscription, "unsubscribed", at(20)).await.unwrap());
            let again = store.subscribe(chat(7), kind, None, &settings(), at(30)).await.unwrap();
            assert_eq!((again.since, again.id == subscription), (at(30), kind != ChatKind::Private), "{kind:?}");
        }
    }

    #[tokio::test]
    async fn what_is_on_its_way_to_a_private_chat_is_forgotten_with_its_outcome() {
        let store = Store::in_memory().await.unwrap();
        let private = ChatKind::Private;
        let subscription = store.subscribe(chat(7), private, None, &settings(), at(0)).await.unwrap().id;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        assert_eq!(claim(&store, at(10)).await, [id]);
        assert!(store.end(subscription, "unsubscribed", at(11)).await.unwrap());
        store.sweep(at(11)).await.unwrap();
        assert_eq!(n_rows(&store).await, (1, 1));
        assert!(store.sent(id, 71).await.unwrap());
        store.sweep(at(12)).await.unwrap();
        assert_eq!(n_rows(&store).await, (0, 0));
    }

    #[tokio::test]
    async fn nothing_of_a_reader_who_blocked_the_bot_is_kept() {
        let store = Store::in_memory().await.unwrap();
        let subscription = store.subscribe(chat(7), ChatKind::Private, None, &settings(), at(0)).await.unwrap().id;
        let id = enqueue(&store, new(subscription, event("a", days(7)))).await.id;
        assert_eq!(claim(&store, at(10)).await, [id]);
        assert!(store.gone(id, "blocked", at(11)).await.unwrap());
        assert_eq!(n_rows(&store).await, (0, 0));
    }
}
