//! Whether a claimed delivery may go now: its chat still wants it, its words are those it was planned for, and neither the
//! night nor the rates are against it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::announcements::{Pace, schedule_fingerprint};
use crate::chat::Messenger;
use crate::domain::{Delivery, Subject, Subscription, SubscriptionStatus};
use crate::store::StoreError;

use super::super::super::Snapshot;
use super::super::night::waits_for_morning;
use super::Dispatcher;

/// How long a delivery rests whose event reads otherwise by now: until the planner has looked.
const LEARNING: SignedDuration = SignedDuration::from_secs(5);

/// How long a delivery rests about which the store could not be read: without a rest it would be claimed at once again.
const UNREAD: SignedDuration = SignedDuration::from_secs(5);

/// What a delivery that goes is made of.
pub(super) struct Going {
    pub(super) chat: Subscription,
    /// The knowledge whose words it was planned for.
    pub(super) snapshot: Arc<Snapshot>,
}

/// What is to become of a claimed delivery.
enum Leave {
    /// It is counted as gone to its chat.
    Given(Box<Going>),
    /// Not before that.
    NotBefore(Timestamp),
}

impl<M: Messenger + 'static> Dispatcher<M> {
    /// What it is to be made of; `None` if it has to rest: then it is queued again, or where it belongs by now.
    pub(super) async fn may_go(&self, delivery: &Delivery) -> Option<Going> {
        let (store, now) = (&self.app.parts.store, self.now());
        let until = match self.leave(delivery, now).await {
            Ok(Leave::Given(going)) => return Some(*going),
            Ok(Leave::NotBefore(until)) => until,
            Err(error) => {
                tracing::error!(%error, "failed to read what an announcement is about; trying again");
                now + UNREAD
            }
        };
        self.insist(|| store.unclaim(delivery.id, until)).await;
        None
    }

    async fn leave(&self, delivery: &Delivery, now: Timestamp) -> Result<Leave, StoreError> {
        // It may have ended, or been suspended, since the claim: then nothing claims the delivery again.
        let chat = self.app.parts.store.subscription(delivery.subscription).await?;
        let Some(chat) = chat.filter(|chat| chat.status == SubscriptionStatus::Active) else {
            return Ok(Leave::NotBefore(now));
        };
        let snapshot = self.app.library().snapshot();
        if !self.reads_as_planned(delivery, &snapshot).await? {
            tracing::info!(
                delivery = delivery.id.0,
                "an event reads otherwise than it was planned; waiting for the plan"
            );
            return Ok(Leave::NotBefore(now + LEARNING));
        }
        let morning = waits_for_morning(&chat.settings, delivery, now);
        let take = |pace: &mut Pace| {
            if chat.settings.pin {
                pace.take_with_pin(delivery.id, delivery.chat.id, chat.kind, now)
            } else {
                pace.take(delivery.chat.id, chat.kind, now)
            }
        };
        if let Some(until) = morning.or_else(|| self.rest(delivery.chat.id, now, take)) {
            return Ok(Leave::NotBefore(until));
        }
        Ok(Leave::Given(Box::new(Going { chat, snapshot })))
    }

    /// Whether the live words are those of the revision it announces: between a reload and the next plan they are not,
    /// and the new day would go out under the old revision, to be told as changed right after.
    async fn reads_as_planned(&self, delivery: &Delivery, snapshot: &Snapshot) -> Result<bool, StoreError> {
        let Subject::Event { uid, revision, .. } = &delivery.subject else { return Ok(true) };
        // What is not there any more is left unsaid.
        let Some(event) = snapshot.event(uid) else { return Ok(true) };
        let schedule = self.app.parts.store.schedule_of(uid, &schedule_fingerprint(event)).await?;
        Ok(schedule.is_some_and(|schedule| schedule.revision == *revision))
    }

    /// Until when a chat has to rest; `None` if it need not: then `take` has counted what goes to it.
    pub(super) fn rest(
        &self,
        chat: i64,
        now: Timestamp,
        take: impl FnOnce(&mut Pace) -> Option<Timestamp>,
    ) -> Option<Timestamp> {
        // A reply may have been told to wait a moment ago, too shortly to be stored.
        let frozen = self.app.freezes.remaining(chat).and_then(|wait| SignedDuration::try_from(wait).ok());
        match frozen {
            // A wait that an earlier run stored may be without measure.
            Some(wait) => Some(now.saturating_add(wait).unwrap_or(Timestamp::MAX)),
            None => take(&mut self.tempo().pace),
        }
    }
}
