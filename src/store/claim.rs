//! Claiming: the intent to send is on disk before the first byte leaves.

use jiff::Timestamp;

use crate::domain::{Delivery, DeliveryState};
use crate::fail_points::fail_point;

use super::deliveries::{read, select};
use super::doubts::doubtful_since;
use super::{Lead, Store, StoreError, missed};

impl Store {
    /// Takes up to `n` deliveries to be sent now, in the order they are due, and commits the intent to send them: a
    /// crash from here on leaves them doubtful. What comes back must be sent, or given an outcome.
    ///
    /// At most one per chat, and none for a chat that has one in flight. In order is what one subscription gets, a chat or
    /// one of its forum topics, for that is what somebody reads from top to bottom: there nothing passes what is due
    /// before it and could still be sent, unless it would be too late after that. Another topic waits for what can go
    /// now, and passes what rests. Nothing while announcing is paused or the broadcast is frozen, and nothing for a chat
    /// that is frozen. Atomic, not idempotent: each call takes others.
    ///
    /// # Errors
    /// [`StoreError`]: nothing may be sent.
    pub async fn claim(&self, _lead: &Lead, n: u32, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        self.take(n, now.as_millisecond()).await.map_err(|error| self.failed(error))
    }

    async fn take(&self, n: u32, now: i64) -> Result<Vec<Delivery>, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let rows = sqlx::query(CLAIMABLE).bind(now).bind(i64::from(n)).fetch_all(&mut *transaction).await?;
        let mut claimed: Vec<Delivery> = rows.iter().map(read).collect::<Result<_, _>>()?;
        for delivery in &mut claimed {
            sqlx::query(
                "UPDATE deliveries SET state = 'sending', intent = $1, attempts = attempts + 1 WHERE delivery_id = $2",
            )
            .bind(now)
            .bind(delivery.id.0)
            .execute(&mut *transaction)
            .await?;
            delivery.state = DeliveryState::Sending;
            delivery.attempts = delivery.attempts.saturating_add(1);
            fail_point!("intent-uncommitted");
        }
        transaction.commit().await?;
        Ok(claimed)
    }

    /// Ends what is queued and past its time as missed, and returns it. Atomic; a second call finds nothing.
    ///
    /// # Errors
    /// [`StoreError`]: it stays queued, and is not sent.
    pub async fn expire(&self, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        let now = now.as_millisecond();
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let rows =
                sqlx::query(select!("WHERE d.state = 'queued' AND d.expires <= $1 ORDER BY d.due, d.delivery_id"))
                    .bind(now)
                    .fetch_all(&mut *transaction)
                    .await?;
            if !rows.is_empty() {
                missed::tell_once(&mut transaction, now).await?;
                sqlx::query("UPDATE deliveries SET state = 'missed' WHERE state = 'queued' AND expires <= $1")
                    .bind(now)
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            rows.iter()
                .map(|row| Ok(Delivery { state: DeliveryState::Missed, ..read(row)? }))
                .collect::<Result<Vec<_>, sqlx::Error>>()
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// At the start, before the first claim: whatever was being sent when the process ended is doubtful from `now` on, because
    /// nobody knows whether it was written. Returns it. Atomic; a second call finds nothing.
    ///
    /// # Errors
    /// [`StoreError`]: its chats get nothing until it is.
    pub async fn recover(&self, _lead: &Lead, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let rows = sqlx::query(select!("WHERE d.state = 'sending' ORDER BY d.due, d.delivery_id"))
                .fetch_all(&mut *transaction)
                .await?;
            sqlx::query(concat!(
                "UPDATE deliveries SET state = 'ambiguous', error = $1, next = ",
                doubtful_since!("$2"),
                ", chat_id = (SELECT s.chat_id FROM subscriptions s WHERE s.sub_id = deliveries.sub_id) \
                 WHERE state = 'sending'"
            ))
            .bind(INTERRUPTED)
            .bind(now.as_millisecond())
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            rows.iter()
                .map(|row| {
                    let error = Some(INTERRUPTED.to_owned());
                    Ok(Delivery { state: DeliveryState::Ambiguous, error, ..read(row)? })
                })
                .collect::<Result<Vec<_>, sqlx::Error>>()
        };
        done.await.map_err(|error| self.failed(error))
    }
}

const INTERRUPTED: &str = "the bot stopped while sending it";

/// `$1`: now, `$2`: how many. What comes before another in its chat is what could still be sent: neither held, nor
/// past its time, nor of a forum topic whose subscription is suspended. What rests, until the morning or for another try,
/// holds up neither another topic nor what would be too late after it; what waits behind it rests with it.
const CLAIMABLE: &str = select!(
    "WHERE d.state = 'queued' AND d.hold = 'free' AND d.due <= $1 AND d.next <= $1 AND d.expires > $1 \
     AND s.status = 'active' \
     AND NOT EXISTS (SELECT 1 FROM dispatch p WHERE p.paused = 1 OR p.frozen_until > $1) \
     AND NOT EXISTS (SELECT 1 FROM freezes f WHERE f.chat_id = d.chat_id AND f.until > $1) \
     AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.chat_id = d.chat_id AND o.state = 'sending') \
     AND NOT EXISTS (SELECT 1 FROM deliveries b JOIN subscriptions t ON t.sub_id = b.sub_id \
     WHERE b.chat_id = d.chat_id AND b.state = 'queued' AND b.hold = 'free' AND b.expires > $1 \
     AND t.status = 'active' AND (b.due < d.due OR (b.due = d.due AND b.delivery_id < d.delivery_id)) \
     AND ((b.next <= $1 AND NOT EXISTS (SELECT 1 FROM deliveries a WHERE a.chat_id = b.chat_id AND a.sub_id = b.sub_id \
     AND a.state = 'queued' AND a.hold = 'free' AND a.expires > $1 AND a.next > $1 AND a.next < b.expires \
     AND (a.due < b.due OR (a.due = b.due AND a.delivery_id < b.delivery_id)))) \
     OR (b.sub_id = d.sub_id AND b.next > $1 AND b.next < d.expires))) \
     ORDER BY d.due, d.delivery_id LIMIT $2"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChatRef, Hold};
    use crate::store::NewDelivery;
    use crate::store::fixture::{at, chat, claim, days, enqueue, event, new, subscribe};

    #[tokio::test]
    async fn only_what_may_be_sent_now_is_claimed() {
        for (case, now, free) in [
            ("as it is", 10, true),
            ("not due", 9, false),
            ("the last instant", 99, true),
            ("expired", 100, false),
            ("review", 10, false),
            ("approval", 10, false),
            ("suspended", 10, false),
            ("ended", 10, false),
            ("paused", 10, false),
            ("frozen", 10, false),
            ("thawed", 10, true),
            ("another frozen", 10, true),
            ("broadcast frozen", 10, false),
            ("broadcast thawed", 10, true),
        ] {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            let hold = match case {
                "review" => Hold::Review,
                "approval" => Hold::Approval,
                _ => Hold::Free,
            };
            let delivery = enqueue(&store, NewDelivery { hold, ..new(subscription, event("a", days(7))) }).await;
            match case {
                "suspended" => assert!(store.suspend(subscription, "why", at(5)).await.unwrap()),
                "ended" => assert!(store.end(subscription, "why", at(5)).await.unwrap()),
                "paused" => store.pause().await.unwrap(),
                "frozen" => store.freeze(1, at(11)).await.unwrap(),
                "thawed" => store.freeze(1, at(10)).await.unwrap(),
                "another frozen" => store.freeze(2, at(11)).await.unwrap(),
                "broadcast frozen" => store.freeze_broadcast(at(11)).await.unwrap(),
                "broadcast thawed" => store.freeze_broadcast(at(10)).await.unwrap(),
                _ => {}
            }
            let claimed = claim(&store, at(now)).await;
            assert_eq!(claimed, if free { vec![delivery.id] } else { vec![] }, "{case}");
        }
    }

    #[tokio::test]
    async fn a_chat_gets_its_posts_in_order_one_at_a_time() {
        let store = Store::in_memory().await.unwrap();
        let (one, topic) =
            (subscribe(&store, chat(1)).await, subscribe(&store, ChatRef { id: 1, thread: Some(5) }).await);
        let other = subscribe(&store, chat(2)).await;
        let late = enqueue(&store, NewDelivery { due: at(12), ..new(one, event("a", days(7))) }).await;
        let early = enqueue(&store, new(topic, event("a", days(7)))).await;
        let same = enqueue(&store, new(one, event("b", days(7)))).await;
        let elsewhere = enqueue(&store, NewDelivery { due: at(11), ..new(other, event("a", days(7))) }).await;
        let held =
            enqueue(&store, NewDelivery { due: at(1), hold: Hold::Review, ..new(one, event("c", days(7))) }).await;

        assert_eq!(claim(&store, at(20)).await, [early.id, elsewhere.id], "what is held holds up nobody");
        assert!(claim(&store, at(20)).await.is_empty(), "one in flight per chat");
        store.requeue(early.id, at(30), "429").await.unwrap();
        assert_eq!(claim(&store, at(20)).await, [same.id], "another topic does not wait for it");
        store.requeue(same.id, at(25), "429").await.unwrap();
        assert!(claim(&store, at(24)).await.is_empty(), "nothing passes what is tried again");
        assert_eq!(claim(&store, at(25)).await, [same.id]);
        store.sent(same.id, 1).await.unwrap();
        assert_eq!(claim(&store, at(30)).await, [early.id]);
        store.ambiguous(early.id, "reset", at(30)).await.unwrap();
        assert!(store.release(held.id, Hold::Review).await.unwrap());
        assert_eq!(claim(&store, at(30)).await, [held.id], "let go, it is the oldest");
        store.sent(held.id, 2).await.unwrap();
        assert_eq!(claim(&store, at(30)).await, [late.id]);
    }

    #[tokio::test]
    async fn what_waits_for_the_morning_holds_up_nothing_that_would_be_too_late_then() {
        let store = Store::in_memory().await.unwrap();
        let one = subscribe(&store, chat(1)).await;
        let night = enqueue(&store, new(one, event("a", days(7)))).await.id;
        let tonight =
            enqueue(&store, NewDelivery { due: at(12), expires: at(60), ..new(one, event("b", days(7))) }).await.id;
        let later =
            enqueue(&store, NewDelivery { due: at(13), expires: at(200), ..new(one, event("c", days(7))) }).await.id;
        assert_eq!(claim(&store, at(20)).await, [night]);
        store.unclaim(night, at(60)).await.unwrap();
        assert_eq!(claim(&store, at(20)).await, [tonight]);
        store.sent(tonight, 1).await.unwrap();
        assert!(claim(&store, at(59)).await.is_empty(), "what can wait keeps its place");
        assert_eq!(claim(&store, at(60)).await, [night]);
        store.sent(night, 2).await.unwrap();
        assert_eq!(claim(&store, at(60)).await, [later]);
    }

    #[tokio::test]
    async fn what_waits_behind_what_waits_for_the_morning_holds_up_nothing_that_would_be_too_late_then() {
        let store = Store::in_memory().await.unwrap();
        let (one, topic) =
            (subscribe(&store, chat(1)).await, subscribe(&store, ChatRef { id: 1, thread: Some(5) }).await);
        let night = enqueue(&store, NewDelivery { expires: at(300), ..new(one, event("a", days(7))) }).await.id;
        assert_eq!(claim(&store, at(10)).await, [night]);
        store.unclaim(night, at(60)).await.unwrap();
        // Put down later, when the first is put off already.
        let next = async |second, expires, subscription, name| {
            let new = NewDelivery { due: at(second), expires: at(expires), ..new(subscription, event(name, days(7))) };
            enqueue(&store, new).await.id
        };
        let later = next(12, 300, one, "b").await;
        let tonight = next(13, 60, one, "c").await;
        let beside = next(14, 300, topic, "c").await;
        assert_eq!(claim(&store, at(20)).await, [tonight]);
        store.sent(tonight, 1).await.unwrap();
        assert_eq!(claim(&store, at(20)).await, [beside], "another topic does not wait for it either");
        store.sent(beside, 2).await.unwrap();
        assert!(claim(&store, at(59)).await.is_empty(), "what can wait keeps its place");
        for (id, message) in [(night, 3), (later, 4)] {
            assert_eq!(claim(&store, at(60)).await, [id]);
            store.sent(id, message).await.unwrap();
        }
    }

    #[tokio::test]
    async fn what_rests_past_its_time_does_not_let_two_go_to_one_chat_at_once() {
        let store = Store::in_memory().await.unwrap();
        let (one, topic) =
            (subscribe(&store, chat(1)).await, subscribe(&store, ChatRef { id: 1, thread: Some(5) }).await);
        let over = enqueue(&store, NewDelivery { expires: at(25), ..new(one, event("a", days(7))) }).await.id;
        assert_eq!(claim(&store, at(10)).await, [over]);
        store.unclaim(over, at(60)).await.unwrap();
        let next = enqueue(&store, NewDelivery { due: at(12), ..new(one, event("b", days(7))) }).await.id;
        enqueue(&store, NewDelivery { due: at(14), ..new(topic, event("c", days(7))) }).await;
        assert_eq!(claim(&store, at(30)).await, [next]);
    }

    #[tokio::test]
    async fn what_can_never_be_sent_holds_up_nobody() {
        let store = Store::in_memory().await.unwrap();
        let (one, topic) =
            (subscribe(&store, chat(1)).await, subscribe(&store, ChatRef { id: 1, thread: Some(5) }).await);
        enqueue(&store, NewDelivery { expires: at(15), ..new(one, event("a", days(7))) }).await;
        enqueue(&store, new(topic, event("a", days(7)))).await;
        store.suspend(topic, "closed", at(10)).await.unwrap();
        let last = enqueue(&store, NewDelivery { due: at(12), ..new(one, event("b", days(7))) }).await;
        assert_eq!(claim(&store, at(15)).await, [last.id]);
    }

    #[tokio::test]
    async fn a_claim_takes_no_more_than_it_may() {
        let store = Store::in_memory().await.unwrap();
        let lead = store.lead().unwrap().unwrap();
        for id in 1..=5 {
            let subscription = subscribe(&store, chat(id)).await;
            enqueue(&store, new(subscription, event("a", days(7)))).await;
        }
        for n in [0, 2, 3, 0] {
            let claimed = store.claim(&lead, n, at(10)).await.unwrap();
            assert_eq!(claimed.len(), n as usize);
            assert!(claimed.iter().all(|delivery| (delivery.state, delivery.attempts) == (DeliveryState::Sending, 1)));
        }
        assert_eq!(store.counts().await.unwrap()[&DeliveryState::Sending], 5);
    }

    #[tokio::test]
    async fn a_long_queue_is_not_sorted_at_each_claim() {
        let store = Store::in_memory().await.unwrap();
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {CLAIMABLE}"));
        let rows = sqlx::query(sql).bind(1_i64).bind(1_i64).fetch_all(&store.durable).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| sqlx::Row::get(row, 3)).collect();
        let plan = plan.join("\n");
        assert!(
            plan.contains("SCAN d USING INDEX deliveries_queue")
                || plan.contains("SEARCH d USING INDEX deliveries_queue"),
            "{plan}"
        );
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        assert!(
            plan.contains("USING COVERING INDEX deliveries_in_flight")
                || plan.contains("USING INDEX deliveries_in_flight"),
            "{plan}"
        );
        assert!(plan.contains("INDEX deliveries_order"), "{plan}");
    }
}
