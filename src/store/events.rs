//! What is known of each event beyond the files: its schedule revision, how far it is planned, what an admin said.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{EventUid, ScheduleRevision, SubscriptionId};

use super::{Lead, Store, StoreError, instant, unreadable};

mod absent;

/// The columns that [`read`] reads, and the table.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT uid, revision, planned_until, confirmed, dropped, asked_outcome, fingerprint, CASE WHEN EXISTS \
             (SELECT 1 FROM deliveries d WHERE d.uid = events.uid AND d.revision = events.revision) \
             THEN 1 ELSE 0 END FROM events ",
            $rest
        )
    };
}

/// Where the planning of an event stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSchedule {
    /// Which.
    pub uid: EventUid,
    /// Its schedule revision.
    pub revision: ScheduleRevision,
    /// The revision that was announced before this one, until this one is planned: its recipients may have to be told
    /// that it moved. Set again after a crash, until [`Store::enqueue`] says that the revision is planned.
    pub previous: Option<ScheduleRevision>,
    /// Up to when its milestones are planned; `None` if this revision was not planned yet.
    pub planned_until: Option<Timestamp>,
    /// Until when an admin said this revision is still true.
    pub confirmed: Option<Timestamp>,
    /// An admin said that this revision is not to be announced.
    pub dropped: bool,
    /// Something of this revision was put down to be announced.
    pub announced: bool,
    /// An admin was asked how this revision went.
    pub outcome_asked: bool,
}

impl Store {
    /// Learns the events as they stand in the files, each with a fingerprint of its time, place and status, and says
    /// where each stands, in the same order. Only who leads may: two who hold different files would raise the revision
    /// in turn. An unknown one begins with revision 1. A changed fingerprint raises the
    /// revision, forgets what was planned and what an admin said, and supersedes what is queued of older revisions.
    ///
    /// Atomic and idempotent; it writes nothing where nothing changed.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was learnt.
    pub async fn schedule(
        &self,
        _lead: &Lead,
        events: &[(EventUid, String)],
    ) -> Result<Vec<EventSchedule>, StoreError> {
        self.learn(events).await.map_err(|error| self.failed(error))
    }

    async fn learn(&self, events: &[(EventUid, String)]) -> Result<Vec<EventSchedule>, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let rows = sqlx::query(select!("")).fetch_all(&mut *transaction).await?;
        let mut known = BTreeMap::new();
        for row in &rows {
            let schedule = read(row)?;
            known.insert(schedule.uid.clone(), (schedule, row.try_get::<String, _>(6)?));
        }
        let mut schedules = Vec::with_capacity(events.len());
        for (uid, fingerprint) in events {
            let revision = match known.get(uid) {
                Some((schedule, before)) if before == fingerprint => {
                    schedules.push(schedule.clone());
                    continue;
                }
                Some((schedule, _)) => ScheduleRevision(schedule.revision.0.saturating_add(1)),
                None => ScheduleRevision(1),
            };
            revise(&mut transaction, uid, revision, fingerprint).await?;
            let schedule = fresh(uid.clone(), revision);
            known.insert(uid.clone(), (schedule.clone(), fingerprint.clone()));
            schedules.push(schedule);
        }
        transaction.commit().await?;
        Ok(schedules)
    }

    /// Where the event stands, if the planner learnt it with that very fingerprint; `None` if it did not, or not yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schedule_of(&self, uid: &EventUid, fingerprint: &str) -> Result<Option<EventSchedule>, StoreError> {
        sqlx::query(select!("WHERE uid = $1 AND fingerprint = $2"))
            .bind(uid.to_string())
            .bind(fingerprint.to_owned())
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.as_ref().map(read).transpose())
            .map_err(|error| self.failed(error))
    }

    /// The event's schedule revision; `None` if nobody has planned it yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schedule_revision(&self, event: &EventUid) -> Result<Option<ScheduleRevision>, StoreError> {
        sqlx::query("SELECT revision FROM events WHERE uid = $1")
            .bind(event.to_string())
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.map(|row| revision(row.try_get(0)?)).transpose())
            .map_err(|error| self.failed(error))
    }

    /// Who was, or may have been, told of the event in a revision older than `revision`, and of `revision` neither that
    /// it moved nor that it is cancelled. A doubtful delivery counts: somebody who knows the wrong day is worse off than
    /// somebody who hears of a change to what they never saw. Ended subscriptions are left out. By number, each with
    /// the instant until which the last of what it was told held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recipients_of(
        &self,
        uid: &EventUid,
        revision: ScheduleRevision,
    ) -> Result<Vec<(SubscriptionId, Timestamp)>, StoreError> {
        sqlx::query(
            "SELECT d.sub_id, MAX(d.expires) FROM deliveries d JOIN subscriptions s ON s.sub_id = d.sub_id \
             WHERE d.uid = $1 AND d.revision < $2 AND d.state IN ('sending', 'sent', 'ambiguous') \
             AND s.status <> 'ended' AND NOT EXISTS (SELECT 1 FROM deliveries t WHERE t.uid = d.uid \
             AND t.sub_id = d.sub_id AND t.revision = $2 AND t.occasion IN ('moved', 'cancelled')) \
             GROUP BY d.sub_id ORDER BY d.sub_id",
        )
        .bind(uid.to_string())
        .bind(i64::from(revision.0))
        .fetch_all(&self.durable)
        .await
        .and_then(|rows| {
            rows.iter().map(|row| Ok((SubscriptionId(row.try_get(0)?), instant(row.try_get(1)?)?))).collect()
        })
        .map_err(|error| self.failed(error))
    }

    /// An admin says that this revision is still true, until `until`: what waited for that goes on, to its chat's
    /// approval where that is wanted. Returns how many went on; `None` if the event is at another revision by now, or dropped.
    ///
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was said.
    pub async fn confirm_event(
        &self,
        uid: &EventUid,
        revision: ScheduleRevision,
        until: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let confirmed =
                sqlx::query("UPDATE events SET confirmed = $1 WHERE uid = $2 AND revision = $3 AND dropped = 0")
                    .bind(until.as_millisecond())
                    .bind(uid.to_string())
                    .bind(i64::from(revision.0))
                    .execute(&mut *transaction)
                    .await?;
            if confirmed.rows_affected() == 0 {
                return Ok(None);
            }
            let released = super::holds::release_reviewed(&mut transaction, uid, revision).await?;
            transaction.commit().await?;
            Ok(Some(released))
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// An admin says that this revision is not to be announced: what is queued of the event is cancelled. Returns how
    /// many were; `None` if the event is at another revision by now, or dropped already.
    ///
    /// Atomic; a second call changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]: nothing was dropped.
    pub async fn drop_event(&self, uid: &EventUid, revision: ScheduleRevision) -> Result<Option<u64>, StoreError> {
        let done = async {
            let mut transaction = self.begin_durable().await?;
            let dropped = sqlx::query("UPDATE events SET dropped = 1 WHERE uid = $1 AND revision = $2 AND dropped = 0")
                .bind(uid.to_string())
                .bind(i64::from(revision.0))
                .execute(&mut *transaction)
                .await?;
            if dropped.rows_affected() == 0 {
                return Ok(None);
            }
            let cancelled =
                sqlx::query("UPDATE deliveries SET state = 'cancelled' WHERE uid = $1 AND state = 'queued'")
                    .bind(uid.to_string())
                    .execute(&mut *transaction)
                    .await?;
            transaction.commit().await?;
            Ok(Some(cancelled.rows_affected()))
        };
        done.await.map_err(|error| self.failed(error))
    }
}

async fn revise(
    connection: &mut AnyConnection,
    uid: &EventUid,
    revision: ScheduleRevision,
    fingerprint: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO events (uid, revision, fingerprint) VALUES ($1, $2, $3) ON CONFLICT (uid) DO UPDATE SET \
         revision = excluded.revision, fingerprint = excluded.fingerprint, planned_until = NULL, confirmed = NULL, \
         dropped = 0, absent = 0, asked_outcome = NULL",
    )
    .bind(uid.to_string())
    .bind(i64::from(revision.0))
    .bind(fingerprint.to_owned())
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE deliveries SET state = 'superseded' WHERE uid = $1 AND revision < $2 AND state = 'queued'")
        .bind(uid.to_string())
        .bind(i64::from(revision.0))
        .execute(connection)
        .await
        .map(|_| ())
}

fn fresh(uid: EventUid, revision: ScheduleRevision) -> EventSchedule {
    EventSchedule {
        uid,
        revision,
        previous: previous(revision, None),
        planned_until: None,
        confirmed: None,
        dropped: false,
        announced: false,
        outcome_asked: false,
    }
}

/// Derived, not stored: so a crash between raising a revision and planning it loses no "moved".
fn previous(revision: ScheduleRevision, planned_until: Option<Timestamp>) -> Option<ScheduleRevision> {
    (revision.0 > 1 && planned_until.is_none()).then(|| ScheduleRevision(revision.0 - 1))
}

/// A schedule revision as it is stored.
pub(super) fn revision(stored: i64) -> Result<ScheduleRevision, sqlx::Error> {
    u32::try_from(stored).map(ScheduleRevision).map_err(|_| unreadable("the revision", &stored.to_string()))
}

/// The uid of an event as it is stored.
pub(super) fn uid(stored: &str) -> Result<EventUid, sqlx::Error> {
    EventUid::parse(stored).ok_or_else(|| unreadable("the event", stored))
}

fn read(row: &AnyRow) -> Result<EventSchedule, sqlx::Error> {
    let revision = revision(row.try_get(1)?)?;
    let planned_until = row.try_get::<Option<i64>, _>(2)?.map(instant).transpose()?;
    Ok(EventSchedule {
        uid: uid(row.try_get(0)?)?,
        revision,
        previous: previous(revision, planned_until),
        planned_until,
        confirmed: row.try_get::<Option<i64>, _>(3)?.map(instant).transpose()?,
        dropped: row.try_get::<i64, _>(4)? != 0,
        outcome_asked: row.try_get::<Option<i64>, _>(5)?.is_some(),
        announced: row.try_get::<i64, _>(7)? != 0,
    })
}

#[cfg(test)]
mod tests;
