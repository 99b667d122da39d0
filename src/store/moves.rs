//! Moves: a group became a supergroup, and has another number from now on.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::domain::SubscriptionId;

use super::{departures, subscriptions};

/// Moves all that is stored of the chat `from` to `to`: subscriptions with their deliveries, a group's manners, freezes,
/// language.
///
/// What `to` has already stands, and where both have a subscription for the same forum topic, one ends with what is
/// queued for it, so that nothing is announced twice: the one of `from`, unless only that one is alive. The numbers
/// of messages are forgotten: the new chat counts its own. Idempotent.
pub(super) async fn move_all(
    connection: &mut AnyConnection,
    from: i64,
    to: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    if from == to {
        return Ok(());
    }
    let rows = sqlx::query(
        "SELECT f.sub_id, f.thread_id, f.status, t.sub_id, t.status FROM subscriptions f \
         LEFT JOIN subscriptions t ON t.chat_id = $2 AND t.thread_id = f.thread_id WHERE f.chat_id = $1",
    )
    .bind(from)
    .bind(to)
    .fetch_all(&mut *connection)
    .await?;
    for row in &rows {
        let id = SubscriptionId(row.try_get(0)?);
        let (thread, status): (i64, &str) = (row.try_get(1)?, row.try_get(2)?);
        match (row.try_get::<Option<i64>, _>(3)?, row.try_get::<Option<&str>, _>(4)?) {
            (Some(twin), Some("ended")) if status != "ended" => {
                // Negative numbers are nobody's topic: a place to stand aside while the other takes the address.
                address(connection, SubscriptionId(twin), (from, -twin)).await?;
                address(connection, id, (to, thread)).await?;
                address(connection, SubscriptionId(twin), (from, thread)).await?;
            }
            (Some(_), _) => {
                subscriptions::end(connection, id, "the chat moved to one that is subscribed, too", now).await?;
            }
            (None, _) => address(connection, id, (to, thread)).await?,
        }
    }
    follow(connection, from, to).await?;
    departures::follow(connection, from, to).await?;
    move_the_rest(connection, from, to).await
}

async fn address(
    connection: &mut AnyConnection,
    id: SubscriptionId,
    (chat, thread): (i64, i64),
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE subscriptions SET chat_id = $1, thread_id = $2 WHERE sub_id = $3")
        .bind(chat)
        .bind(thread)
        .bind(id.0)
        .execute(connection)
        .await
        .map(|_| ())
}

/// Deliveries go where their subscriptions went. One in flight stays behind if the new chat has one, too: it follows
/// with its outcome.
async fn follow(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deliveries SET chat_id = $2, message_id = NULL WHERE chat_id = $1 \
         AND sub_id IN (SELECT sub_id FROM subscriptions WHERE chat_id = $2) \
         AND (state <> 'sending' OR NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.chat_id = $2 AND o.state = 'sending'))",
    )
    .bind(from)
    .bind(to)
    .execute(connection)
    .await
    .map(|_| ())
}

/// The freeze and the language.
async fn move_the_rest(connection: &mut AnyConnection, from: i64, to: i64) -> Result<(), sqlx::Error> {
    for sql in [
        "INSERT INTO freezes (chat_id, until) SELECT $2, until FROM freezes WHERE chat_id = $1 \
         ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until WHERE freezes.until < excluded.until",
        "INSERT INTO chats (chat_id, language) SELECT $2, language FROM chats WHERE chat_id = $1 \
         ON CONFLICT (chat_id) DO NOTHING",
        "DELETE FROM freezes WHERE chat_id = $1 AND chat_id <> $2",
        "DELETE FROM chats WHERE chat_id = $1 AND chat_id <> $2",
    ] {
        sqlx::query(sql).bind(from).bind(to).execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChatRef, DeliveryState, Language, SubscriptionStatus};
    use crate::store::Store;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, force, new, state, subscribe};

    /// A chat moves, by itself in a transaction.
    async fn move_chat(store: &Store, from: i64, to: i64, now: Timestamp) {
        let mut transaction = store.begin_durable().await.unwrap();
        move_all(&mut transaction, from, to, now).await.unwrap();
        transaction.commit().await.unwrap();
    }

    #[tokio::test]
    async fn all_that_is_the_chats_moves_and_nothing_is_announced_twice() {
        let store = Store::in_memory().await.unwrap();
        let (one, bystander) = (subscribe(&store, chat(-1)).await, subscribe(&store, chat(-2)).await);
        let sent = enqueue(&store, new(one, event("a", days(7)))).await.id;
        let queued = enqueue(&store, new(one, event("b", days(7)))).await.id;
        assert_eq!(claim(&store, at(10)).await, [sent]);
        store.sent(sent, 77).await.unwrap();
        store.freeze(-1, at(40)).await.unwrap();
        store.freeze(-1001, at(20)).await.unwrap();
        store.set_language(-1, Language::Russian).await.unwrap();
        for _ in 0..2 {
            move_chat(&store, -1, -1001, at(11)).await;
            assert_eq!(store.subscription(one).await.unwrap().unwrap().chat, chat(-1001));
            assert_eq!(store.subscription_of(chat(-1)).await.unwrap(), None);
            assert_eq!(store.delivery(queued).await.unwrap().unwrap().chat, chat(-1001));
            assert_eq!(store.delivery(sent).await.unwrap().unwrap().message, None, "the new chat counts its own");
            assert_eq!(store.frozen(at(11)).await.unwrap(), [(-1001, at(40))]);
            assert_eq!(store.language(-1001).await.unwrap(), Some(Language::Russian));
            assert_eq!(store.language(-1).await.unwrap(), None);
        }
        assert_eq!(store.subscription(bystander).await.unwrap().unwrap().chat, chat(-2));
        assert_eq!(
            store.enqueue(&[new(one, event("a", days(7)))], &[], at(12)).await.unwrap(),
            0,
            "the key has moved along"
        );
        assert!(claim(&store, at(39)).await.is_empty(), "the freeze has, too");
        assert_eq!(claim(&store, at(40)).await, [queued]);
        move_chat(&store, -1001, -1001, at(11)).await;
        assert_eq!(store.frozen(at(11)).await.unwrap(), [(-1001, at(40))]);
    }

    #[tokio::test]
    async fn of_two_subscriptions_for_one_place_one_goes_on() {
        use SubscriptionStatus::{Active, Ended, Suspended};
        for (from, to, after) in [
            (Active, Active, (Ended, Active)),
            (Active, Suspended, (Ended, Suspended)),
            (Suspended, Active, (Ended, Active)),
            (Active, Ended, (Active, Ended)),
            (Suspended, Ended, (Suspended, Ended)),
            (Ended, Active, (Ended, Active)),
            (Ended, Ended, (Ended, Ended)),
        ] {
            let store = Store::in_memory().await.unwrap();
            let place = |id| ChatRef { id, thread: Some(5) };
            let (old, twin) = (subscribe(&store, place(-1)).await, subscribe(&store, place(-1001)).await);
            let ids = [
                enqueue(&store, new(old, event("a", days(7)))).await.id,
                enqueue(&store, new(twin, event("a", days(7)))).await.id,
            ];
            for (id, status) in [(old, from), (twin, to)] {
                match status {
                    Active => {}
                    Suspended => assert!(store.suspend(id, "why", at(1)).await.unwrap()),
                    Ended => assert!(store.end(id, "why", at(1)).await.unwrap()),
                }
            }
            for _ in 0..2 {
                move_chat(&store, -1, -1001, at(11)).await;
                let (old, twin) =
                    (store.subscription(old).await.unwrap().unwrap(), store.subscription(twin).await.unwrap().unwrap());
                assert_eq!((old.status, twin.status), after, "{from:?} to {to:?}");
                let there = store.subscription_of(place(-1001)).await.unwrap().unwrap();
                assert_eq!(there.id, if after.0 == Ended { twin.id } else { old.id }, "{from:?} to {to:?}");
            }
            for (id, status) in ids.into_iter().zip([after.0, after.1]) {
                let queued = if status == Ended { DeliveryState::Cancelled } else { DeliveryState::Queued };
                assert_eq!(state(&store, id).await, queued, "{from:?} to {to:?}");
            }
        }
    }

    #[tokio::test]
    async fn one_in_flight_on_each_side_does_not_stop_a_move() {
        let store = Store::in_memory().await.unwrap();
        let old = subscribe(&store, chat(-1)).await;
        let topic = subscribe(&store, ChatRef { id: -1001, thread: Some(5) }).await;
        let ids = [
            enqueue(&store, new(old, event("a", days(7)))).await.id,
            enqueue(&store, new(topic, event("a", days(7)))).await.id,
        ];
        assert_eq!(claim(&store, at(10)).await, ids);
        assert_eq!(store.moved(ids[0], -1001, at(11)).await.unwrap(), Some(DeliveryState::Queued));
        assert_eq!(store.delivery(ids[0]).await.unwrap().unwrap().chat, chat(-1001));
        assert!(claim(&store, at(11)).await.is_empty(), "the other is still in flight there");
        store.sent(ids[1], 1).await.unwrap();
        assert_eq!(claim(&store, at(11)).await, [ids[0]]);
    }

    #[tokio::test]
    async fn one_that_is_sent_to_a_chat_that_moves_into_a_subscribed_one_is_not_sent_again() {
        let store = Store::in_memory().await.unwrap();
        let (old, twin) = (subscribe(&store, chat(-1)).await, subscribe(&store, chat(-1001)).await);
        let id = enqueue(&store, new(old, event("a", days(7)))).await.id;
        let other = enqueue(&store, new(twin, event("a", days(7)))).await.id;
        force(&store, id, DeliveryState::Sending).await;
        assert_eq!(store.moved(id, -1001, at(11)).await.unwrap(), Some(DeliveryState::Cancelled));
        assert_eq!(claim(&store, at(11)).await, [other]);
    }
}
