//! Resetting: the administrators of a chat want their announcements otherwise.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Settings, Subscription, SubscriptionId, SubscriptionStatus};

use super::settings;
use super::subscriptions::by_id;
use super::{Store, StoreError};

/// How late the planner may look at what fell due, which was wanted as it was then: it may be another process's.
const PLANNERS_LOOK: SignedDuration = SignedDuration::from_mins(2);

/// What became of a change of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// The subscription, as it is now.
    Done(Box<Subscription>),
    /// The change does not fit the settings as they are; they stand.
    Refused,
    /// There is no such subscription, or it ended.
    Over,
}

impl Store {
    /// Changes its settings from what they are now: `change` gets those, and gives `None` if it does not fit them. So two
    /// changes at the same time are both kept. What is queued keeps its time, and whether it waits for approval.
    ///
    /// Other hours are remembered with their instant: what was planned before is planned anew, each once. What is
    /// wanted for the first time begins now: what was due before is not sent. Atomic, and idempotent if `change` is.
    ///
    /// # Errors
    /// [`StoreError`]: the old settings stand. A time zone without an IANA name is refused.
    pub async fn change_settings(
        &self,
        id: SubscriptionId,
        change: impl FnOnce(&Settings) -> Option<Settings> + Send,
        now: Timestamp,
    ) -> Result<Reset, StoreError> {
        self.reset(id, change, now).await.map_err(|error| self.failed(error))
    }

    async fn reset(
        &self,
        id: SubscriptionId,
        change: impl FnOnce(&Settings) -> Option<Settings> + Send,
        now: Timestamp,
    ) -> Result<Reset, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let known = by_id(&mut transaction, id).await?;
        let Some(known) = known.filter(|known| known.status != SubscriptionStatus::Ended) else {
            return Ok(Reset::Over);
        };
        let Some(settings) = change(&known.settings) else { return Ok(Reset::Refused) };
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
        settings::bind(query, &settings)?
            .bind(retimed.map(Timestamp::as_millisecond))
            .bind(since.as_millisecond())
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Reset::Done(Box::new(Subscription { settings, retimed, since, ..known })))
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
            store.change_settings(id, |_| Some(from.clone()), at(0)).await.unwrap();
            for _ in 0..2 {
                let reset = store.change_settings(id, |_| Some(to.clone()), at(1000)).await.unwrap();
                let found = store.subscription(id).await.unwrap().unwrap();
                assert_eq!(reset, Reset::Done(Box::new(found.clone())), "{what}");
                assert_eq!((&found.settings, found.since), (&to, at(since)), "{what}");
                assert_eq!(found.retimed, retimed.map(at), "{what}");
            }
            store.end(id, "why", at(1001)).await.unwrap();
            let reset = store.change_settings(id, |_| Some(from.clone()), at(1002)).await.unwrap();
            assert_eq!(reset, Reset::Over, "{what}");
            subscribe(&store, chat(1)).await;
            assert_eq!(store.subscription(id).await.unwrap().unwrap().retimed, None, "{what}");
        }
        let store = Store::in_memory().await.unwrap();
        let reset = store.change_settings(SubscriptionId(9), |_| Some(settings()), at(0)).await.unwrap();
        assert_eq!(reset, Reset::Over);
    }

    #[tokio::test]
    async fn a_change_is_made_to_what_is_there_and_one_that_does_not_fit_changes_nothing() {
        let store = Store::in_memory().await.unwrap();
        let id = subscribe(&store, chat(1)).await;
        let silent = |old: &Settings| Some(Settings { silent: true, ..old.clone() });
        let pinned = |old: &Settings| Some(Settings { pin: true, ..old.clone() });
        let (one, other) =
            tokio::join!(store.change_settings(id, silent, at(1)), store.change_settings(id, pinned, at(1)));
        assert!(matches!((one.unwrap(), other.unwrap()), (Reset::Done(_), Reset::Done(_))));
        assert_eq!(store.change_settings(id, |_| None, at(2)).await.unwrap(), Reset::Refused);
        let both = Settings { silent: true, pin: true, ..settings() };
        assert_eq!(store.subscription(id).await.unwrap().unwrap().settings, both);
    }
}
