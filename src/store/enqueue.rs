//! Enqueuing: what was planned becomes deliveries, each once.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{EventUid, Hold, Occasion, ScheduleRevision, Subject, SubscriptionId};
use crate::fail_points::fail_point;

use super::outcomes::where_it_belongs;
use super::{Store, StoreError, first_number, missed};

/// A delivery to be made. Its chat is its subscription's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Whose it is.
    pub subscription: SubscriptionId,
    /// What it announces. With the subscription it is what makes it unique.
    pub subject: Subject,
    /// When it should be sent.
    pub due: Timestamp,
    /// From when on it may not be sent any more; if that is past, it is missed at once.
    pub expires: Timestamp,
    /// Whom it waits for. One that waits for a review goes on to the approval by itself, where its chat wants that.
    pub hold: Hold,
    /// Occasions of the same event and revision whose place it takes: what is queued of them is superseded, and what
    /// was never queued is put down as superseded, so that each due milestone ends in a named state.
    pub supersedes: Vec<Occasion>,
}

/// That an event, in a revision, is planned up to an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub uid: EventUid,
    /// In which revision it was planned.
    pub revision: ScheduleRevision,
    /// Up to when. It never goes back.
    pub until: Timestamp,
}

impl Store {
    /// Enqueues what was planned, and remembers up to when that was. Returns how many deliveries were new.
    ///
    /// What the planner did not know yet is obeyed: for a subscription that has ended, or an event that was dropped, a
    /// delivery is cancelled at once; of a revision that is not the newest it is superseded, and its planning is not
    /// remembered. For an unknown subscription there is none.
    ///
    /// Atomic. Idempotent: a delivery for the same subscription and the same subject is made once, whatever became of
    /// it.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was enqueued, and nothing is remembered as planned.
    pub async fn enqueue(
        &self,
        deliveries: &[NewDelivery],
        planned: &[Planned],
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.put(deliveries, planned, now).await.map_err(|error| self.failed(error))
    }

    async fn put(&self, deliveries: &[NewDelivery], planned: &[Planned], now: Timestamp) -> Result<usize, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let n = deliveries.iter().map(|delivery| 1 + delivery.supersedes.len()).sum();
        let first = first_number(&mut transaction, "delivery", n).await?;
        let mut numbers = first..;
        let mut new = 0;
        for delivery in deliveries {
            // Older ones first: their numbers are lower, too.
            for subject in overtaken(delivery) {
                supersede(&mut transaction, delivery, &subject).await?;
                insert(
                    &mut transaction,
                    Row { number: numbers.next(), delivery, subject: &subject, state: "superseded" },
                )
                .await?;
            }
            let row = Row { number: numbers.next(), delivery, subject: &delivery.subject, state: "queued" };
            new += insert(&mut transaction, row).await?;
        }
        missed::tell_once(&mut transaction, now.as_millisecond()).await?;
        overtake(&mut transaction, first).await?;
        sqlx::query(concat!(
            "UPDATE deliveries SET state = ",
            where_it_belongs!(),
            " WHERE delivery_id >= $2 AND state = 'queued'"
        ))
        .bind(now.as_millisecond())
        .bind(first)
        .execute(&mut *transaction)
        .await?;
        for planned in planned {
            remember(&mut transaction, planned).await?;
        }
        fail_point!("enqueue-uncommitted");
        transaction.commit().await?;
        usize::try_from(new).map_err(|error| sqlx::Error::Decode(error.into()))
    }
}

/// A row to be inserted.
struct Row<'a> {
    number: Option<i64>,
    delivery: &'a NewDelivery,
    subject: &'a Subject,
    state: &'static str,
}

/// The subjects whose place it takes.
fn overtaken(delivery: &NewDelivery) -> Vec<Subject> {
    match &delivery.subject {
        Subject::Words { .. } => Vec::new(),
        Subject::Event { uid, revision, occasion } => delivery
            .supersedes
            .iter()
            .filter(|older| *older != occasion)
            .map(|&occasion| Subject::Event { uid: uid.clone(), revision: *revision, occasion })
            .collect(),
    }
}

/// What makes a delivery unique.
pub(super) fn key(subscription: SubscriptionId, subject: &Subject) -> String {
    match subject {
        Subject::Event { uid, revision, occasion } => {
            format!("event/{}/{uid}/{}/{occasion}", subscription.0, revision.0)
        }
        Subject::Words { id, .. } => format!("words/{}/{id}", subscription.0),
    }
}

/// One that is in flight, or doubtful, keeps its state and never goes back to the queue.
async fn supersede(
    connection: &mut AnyConnection,
    delivery: &NewDelivery,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deliveries SET overtaken = 1, state = CASE WHEN state = 'queued' THEN 'superseded' ELSE state END \
         WHERE dedupe_key = $1 AND state IN ('queued', 'sending', 'ambiguous')",
    )
    .bind(key(delivery.subscription, subject))
    .execute(connection)
    .await
    .map(|_| ())
}

/// Where milestones fall due one after the other and none goes out (a pause, a suspended chat, a question that nobody
/// answers), the newest takes the place of the others.
async fn overtake(connection: &mut AnyConnection, first: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE deliveries SET state = 'superseded' WHERE delivery_id IN (SELECT o.delivery_id FROM deliveries n \
         JOIN deliveries o ON o.uid = n.uid AND o.sub_id = n.sub_id AND o.revision = n.revision \
         WHERE n.delivery_id >= $1 AND n.state = 'queued' AND n.occasion NOT IN ('now', 'moved', 'cancelled') \
         AND o.state = 'queued' AND o.delivery_id < $1 AND o.due < n.due \
         AND o.occasion NOT IN ('now', 'moved', 'cancelled'))",
    )
    .bind(first)
    .execute(connection)
    .await
    .map(|_| ())
}

async fn insert(connection: &mut AnyConnection, row: Row<'_>) -> Result<u64, sqlx::Error> {
    let (uid, revision, occasion, words_id, words) = match row.subject {
        Subject::Event { uid, revision, occasion } => {
            (Some(uid.to_string()), Some(i64::from(revision.0)), Some(occasion.to_string()), None, None)
        }
        Subject::Words { id, text } => (None, None, None, Some(id.clone()), Some(text.clone())),
    };
    let done = sqlx::query(
        "INSERT INTO deliveries (delivery_id, dedupe_key, sub_id, chat_id, uid, revision, occasion, words_id, words, due, \
         expires, state, hold, next) SELECT $1, $2, sub_id, chat_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $8 \
         FROM subscriptions WHERE sub_id = $12 ON CONFLICT (dedupe_key) DO NOTHING",
    )
    .bind(row.number)
    .bind(key(row.delivery.subscription, row.subject))
    .bind(uid)
    .bind(revision)
    .bind(occasion)
    .bind(words_id)
    .bind(words)
    .bind(row.delivery.due.as_millisecond())
    .bind(row.delivery.expires.as_millisecond())
    .bind(row.state)
    .bind(row.delivery.hold.name())
    .bind(row.delivery.subscription.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

async fn remember(connection: &mut AnyConnection, planned: &Planned) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE events SET planned_until = $1 WHERE uid = $2 AND revision = $3 \
         AND (planned_until IS NULL OR planned_until < $1)",
    )
    .bind(planned.until.as_millisecond())
    .bind(planned.uid.to_string())
    .bind(i64::from(planned.revision.0))
    .execute(connection)
    .await
    .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeliveryState;
    use crate::store::Page;
    use crate::store::fixture::{at, chat, days, enqueue, event, force, learn, new, state, subscribe, uid};

    #[tokio::test]
    async fn a_delivery_is_made_once_whatever_became_of_it() {
        for from in DeliveryState::ALL {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            for subject in [event("a", days(7)), Subject::Words { id: "x".into(), text: "Meet us".into() }] {
                let wanted = new(subscription, subject.clone());
                let made = enqueue(&store, wanted.clone()).await;
                assert_eq!((&made.subject, made.due, made.expires), (&subject, wanted.due, wanted.expires));
                assert_eq!((made.chat, made.state, made.attempts), (chat(1), DeliveryState::Queued, 0));
                force(&store, made.id, from).await;
                assert_eq!(store.enqueue(&[wanted.clone(), wanted], &[], at(11)).await.unwrap(), 0);
                assert_eq!(state(&store, made.id).await, from);
                force(&store, made.id, DeliveryState::Sent).await;
            }
        }
    }

    #[tokio::test]
    async fn what_makes_it_another_delivery() {
        let store = Store::in_memory().await.unwrap();
        let (one, two) = (subscribe(&store, chat(1)).await, subscribe(&store, chat(2)).await);
        let revised = Subject::Event { uid: uid("a"), revision: ScheduleRevision(2), occasion: days(7) };
        let words = |id: &str| Subject::Words { id: id.into(), text: "Meet us".into() };
        let all = [
            new(one, event("a", days(7))),
            new(two, event("a", days(7))),
            new(one, event("b", days(7))),
            new(one, event("a", days(1))),
            new(one, event("a", Occasion::Now)),
            new(one, event("words", days(7))),
            new(one, revised),
            new(one, words("x")),
            new(one, words("y")),
        ];
        assert_eq!(store.enqueue(&all, &[], at(10)).await.unwrap(), all.len());
        assert_eq!(store.enqueue(&all, &[], at(10)).await.unwrap(), 0);
        assert_eq!(store.counts().await.unwrap()[&DeliveryState::Queued], all.len() as u64);
    }

    #[tokio::test]
    async fn each_due_milestone_ends_in_a_named_state() {
        let store = Store::in_memory().await.unwrap();
        let subscription = subscribe(&store, chat(1)).await;
        let queued = enqueue(&store, new(subscription, event("a", days(30)))).await.id;
        let sent = enqueue(&store, new(subscription, event("a", days(20)))).await.id;
        let other = enqueue(&store, new(subscription, event("b", days(30)))).await.id;
        force(&store, sent, DeliveryState::Sent).await;
        let newest = NewDelivery {
            supersedes: vec![days(30), days(20), days(7), days(1)],
            ..new(subscription, event("a", days(1)))
        };
        for new in [1, 0] {
            assert_eq!(store.enqueue(std::slice::from_ref(&newest), &[], at(10)).await.unwrap(), new);
            assert_eq!(state(&store, queued).await, DeliveryState::Superseded);
            assert_eq!(state(&store, sent).await, DeliveryState::Sent);
            assert_eq!(state(&store, other).await, DeliveryState::Queued);
            let counts = store.counts().await.unwrap();
            assert_eq!(counts.values().sum::<u64>(), 5, "30, 20, 7, 1 and the other event");
            assert_eq!((counts[&DeliveryState::Queued], counts[&DeliveryState::Superseded]), (2, 2));
        }
    }

    #[tokio::test]
    async fn what_the_planner_did_not_know_yet_is_obeyed() {
        for (meanwhile, to) in [
            ("nothing", DeliveryState::Queued),
            ("suspended", DeliveryState::Queued),
            ("ended", DeliveryState::Cancelled),
            ("revised", DeliveryState::Superseded),
            ("dropped", DeliveryState::Cancelled),
            ("late", DeliveryState::Missed),
        ] {
            let store = Store::in_memory().await.unwrap();
            let subscription = subscribe(&store, chat(1)).await;
            learn(&store, "a", "may").await;
            let mut wanted = new(subscription, event("a", days(7)));
            match meanwhile {
                "suspended" => assert!(store.suspend(subscription, "why", at(1)).await.unwrap()),
                "ended" => assert!(store.end(subscription, "why", at(1)).await.unwrap()),
                "revised" => assert_eq!(learn(&store, "a", "june").await.revision.0, 2),
                "dropped" => assert_eq!(store.drop_event(&uid("a"), ScheduleRevision(1)).await.unwrap(), Some(0)),
                "late" => wanted.expires = at(10),
                _ => {}
            }
            assert_eq!(enqueue(&store, wanted).await.state, to, "{meanwhile}");
            assert_eq!(
                store.untold(Page::first(9)).await.unwrap().len(),
                usize::from(meanwhile == "late"),
                "{meanwhile}"
            );
        }
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.enqueue(&[new(SubscriptionId(9), event("a", days(7)))], &[], at(10)).await.unwrap(), 0);
    }
}
