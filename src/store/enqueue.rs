//! Enqueuing: what was planned becomes deliveries, each once.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::domain::{EventUid, Hold, Occasion, ScheduleRevision, Subject, SubscriptionId};

use super::outcomes::where_it_belongs;
use super::{Store, StoreError, first_number};

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
