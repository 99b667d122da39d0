//! Resetting: the administrators of a chat want their announcements otherwise.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Settings, SubscriptionId, SubscriptionStatus};

use super::settings;
use super::subscriptions::by_id;
use super::{Store, StoreError};

/// How late the planner may look at what fell due, which was wanted as it was then: it may be another process's.
const PLANNERS_LOOK: SignedDuration = SignedDuration::from_mins(2);

impl Store {
    /// Changes its settings; `false` if there is no such subscription, or it ended. What is queued keeps its time, and
    /// whether it waits for approval.
    ///
    /// Other hours are remembered with their instant: what was planned before is planned anew, each once. What is
    /// wanted for the first time begins now: what was due before is not sent. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: the old settings stand. A time zone without an IANA name is refused.
    pub async fn set_settings(
        &self,
        id: SubscriptionId,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.reset(id, settings, now).await.map_err(|error| self.failed(error))
    }

    async fn reset(&self, id: SubscriptionId, settings: &Settings, now: Timestamp) -> Result<bool, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let known = by_id(&mut transaction, id).await?;
        let Some(known) = known.filter(|known| known.status != SubscriptionStatus::Ended) else { return Ok(false) };
        let retimed = if settings.is_retimed(&known.settings) { Some(now) } else { known.retimed };
        let since = if settings.is_wider(&known.settings) {
            known.since.max(now.saturating_sub(PLANNERS_LOOK).unwrap_or(now))
        } else {
            known.since
        };
        let query = sqlx::query(
            "UPDATE subscriptions SET approval = $1, kinds = $2, milestones = $3, language = $4, tzid = $5, \
             hour = $6, quiet_from = $7, quiet_to = $8, silent = $9, pin = $10, retimed = $11, since = $12 \
             WHERE sub_id = $13",
        );
        settings::bind(query, settings)?
            .bind(retimed.map(Timestamp::as_millisecond))
            .bind(since.as_millisecond())
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::{EventKind, MilestoneChoice, QuietHours};
    use crate::store::fixture::{at, chat, settings, subscribe};

    #[tokio::test]
    async fn other_hours_and_wider_wishes_are_remembered_with_their_instant() {
        let exercises = || Settings { kinds: BTreeSet::from([EventKind::Exercise]), ..settings() };
        let ahead = || Settings { milestones: MilestoneChoice::Ahead, ..settings() };
        let first_day = || Settings { milestones: MilestoneChoice::FirstDay, ..settings() };
        for (what, from, to, retimed, since) in [
            ("nothing", settings(), settings(), None, 0),
            ("hour", settings(), Settings { hour: 9, ..settings() }, Some(1000), 0),
            ("zone", settings(), Settings { zone: TimeZone::UTC, ..settings() }, Some(1000), 0),
            ("quiet", settings(), Settings { quiet: QuietHours::new(22, 8), ..settings() }, Some(1000), 0),
            ("silent", settings(), Settings { silent: true, pin: true, ..settings() }, None, 0),
            ("fewer kinds", settings(), exercises(), None, 0),
            ("more kinds", exercises(), settings(), None, 880),
            ("fewer milestones", settings(), ahead(), None, 0),
            ("more milestones", first_day(), settings(), None, 880),
            ("other milestones", first_day(), ahead(), None, 880),
        ] {
            let store = Store::in_memory().await.unwrap();
            let id = subscribe(&store, chat(1)).await;
            // Wider at the very beginning is not later than that.
            assert!(store.set_settings(id, &from, at(0)).await.unwrap());
            for _ in 0..2 {
                assert!(store.set_settings(id, &to, at(1000)).await.unwrap());
                let found = store.subscription(id).await.unwrap().unwrap();
                assert_eq!((&found.settings, found.since), (&to, at(since)), "{what}");
                assert_eq!(found.retimed, retimed.map(at), "{what}");
            }
            store.end(id, "why", at(1001)).await.unwrap();
            assert!(!store.set_settings(id, &from, at(1002)).await.unwrap(), "{what}");
            subscribe(&store, chat(1)).await;
            assert_eq!(store.subscription(id).await.unwrap().unwrap().retimed, None, "{what}");
        }
        let store = Store::in_memory().await.unwrap();
        assert!(!store.set_settings(SubscriptionId(9), &settings(), at(0)).await.unwrap());
    }
}
