//! Decisions: somebody presses a button under a question about an announcement. Rights are looked up anew each time.

use jiff::SignedDuration;

use crate::chat::{Message, Outgoing, PressRef};
use crate::domain::{Delivery, DeliveryId, DeliveryState, Hold, Key, Occasion, Role, ScheduleRevision, Settings};
use crate::store::{Settlement, StoreError};

use super::super::press::{Decision, Review};
use super::super::replies::Voice;
use super::super::reply::Desk;
use super::super::turn::{Turn, toast};
use super::night::waits_for_morning;
use super::planner::FRESH;

/// How long "later" is.
const LATER: SignedDuration = SignedDuration::from_hours(1);

/// What became of a decision.
enum Done {
    Now,
    /// It is settled, and its time has passed.
    TooLateAgain,
    /// It is settled, and cannot be posted any more: another took its place, or it is not wanted any more.
    NotAgain,
    Before,
    /// It cannot wait for so long.
    TooLate,
}

impl Turn<'_> {
    /// Does what was decided, and says so in place of the question.
    pub(in super::super) async fn decide(
        &self,
        desk: &Desk<'_>,
        decision: Decision,
        id: DeliveryId,
        by: &PressRef,
    ) -> Vec<Outgoing> {
        let voice = desk.voice;
        let delivery = match self.app.parts.store.delivery(id).await {
            Ok(Some(delivery)) => delivery,
            Ok(None) => return vec![toast(by, Some(voice.decided_gone()))],
            Err(error) => return vec![self.failed(voice, by, &error)],
        };
        if !self.may_decide(decision, &delivery).await {
            tracing::warn!(delivery = id.0, user = ?self.incoming.from.map(|user| user.0), "refused a decision");
            return vec![toast(by, Some(voice.not_yours()))];
        }
        let settings = match self.app.settings_of(&delivery).await {
            Ok(settings) => settings,
            Err(error) => return vec![self.failed(voice, by, &error)],
        };
        let words = match self.carry_out(decision, &delivery).await {
            Ok(Done::Now) => self.said(voice, decision, &delivery, &settings),
            Ok(Done::TooLateAgain) => voice.decided_too_late(),
            Ok(Done::NotAgain) => voice.decided_not_again(),
            Ok(Done::Before) => return vec![toast(by, Some(voice.decided_before()))],
            Ok(Done::TooLate) => return vec![toast(by, Some(voice.decided_no_later()))],
            Err(error) => return vec![self.failed(voice, by, &error)],
        };
        tracing::info!(delivery = id.0, ?decision, "decided");
        let Some(id) = self.incoming.message else { return vec![toast(by, Some(words))] };
        // The post stays as it was shown: in the language and by the day of its chat.
        let theirs = self.app.desk_of(self.snapshot, &settings);
        let mut message = Message::text(words);
        message.blocks.extend(theirs.post(&delivery.subject).map(|post| post.blocks).unwrap_or_default());
        vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
    }

    /// Notes what an admin says of an event, and says so in place of the question.
    pub(in super::super) async fn review(
        &self,
        desk: &Desk<'_>,
        review: Review,
        (key, revision): (&Key, ScheduleRevision),
        by: &PressRef,
    ) -> Vec<Outgoing> {
        let (voice, store) = (desk.voice, &self.app.parts.store);
        let Some((interview, event)) = desk.event(key) else { return vec![toast(by, Some(voice.too_late()))] };
        let noted = match review {
            Review::StillTrue => store.confirm_event(&event.uid, revision, self.app.parts.clock.now() + FRESH).await,
            Review::Outdated => store.drop_event(&event.uid, revision).await,
        };
        match noted {
            Ok(Some(deliveries)) => tracing::info!(event = %event.uid, ?review, deliveries, "decided"),
            Ok(None) => return vec![toast(by, Some(voice.decided_before()))],
            Err(error) => return vec![self.failed(voice, by, &error)],
        }
        let words = match review {
            Review::StillTrue => voice.decided_still_true(),
            Review::Outdated => voice.decided_outdated(),
        };
        let Some(id) = self.incoming.message else { return vec![toast(by, Some(words))] };
        let mut message = Message::text(words);
        let card = desk.announcement(interview, event, Occasion::Now);
        message.blocks.extend(card.map(|card| card.blocks).unwrap_or_default());
        vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
    }

    pub(super) fn failed(&self, voice: Voice<'_>, by: &PressRef, error: &StoreError) -> Outgoing {
        tracing::error!(%error, "failed to carry out a decision");
        toast(by, Some(voice.went_wrong()))
    }

    /// A chat's posts are its administrators' to decide; all else is the bot's admins'.
    async fn may_decide(&self, decision: Decision, delivery: &Delivery) -> bool {
        let of_its_chat = matches!(decision, Decision::Post | Decision::Skip | Decision::Later);
        match self.incoming.from {
            _ if self.role == Role::Admin => true,
            Some(_) if of_its_chat => self.administers(delivery.chat).await,
            Some(_) | None => false,
        }
    }

    async fn carry_out(&self, decision: Decision, delivery: &Delivery) -> Result<Done, StoreError> {
        if decision == Decision::Later && delivery.expires <= self.app.parts.clock.now() + LATER {
            let waits = delivery.hold == Hold::Approval && delivery.state == DeliveryState::Queued;
            return Ok(if waits { Done::TooLate } else { Done::Before });
        }
        let (store, now, id) = (&self.app.parts.store, self.app.parts.clock.now(), delivery.id);
        if let Some(settlement) = decision.settlement() {
            return Ok(match (settlement, store.settle(id, settlement, now).await?) {
                (_, None) => Done::Before,
                (Settlement::PostAgain, Some(DeliveryState::Queued)) | (Settlement::IsThere | Settlement::Drop, _) => {
                    Done::Now
                }
                (Settlement::PostAgain, Some(DeliveryState::Missed)) => Done::TooLateAgain,
                (Settlement::PostAgain, Some(_)) => Done::NotAgain,
            });
        }
        let is_done = match decision {
            Decision::Post => store.release(id, Hold::Approval).await?,
            Decision::Skip if delivery.hold == Hold::Approval => store.skip(id).await?,
            Decision::Later if delivery.hold == Hold::Approval => store.postpone(id, now + LATER).await?,
            // What it was asked about is no question of that kind, or not any more.
            Decision::Skip | Decision::Later | Decision::IsThere | Decision::PostAgain | Decision::Drop => false,
        };
        Ok(if is_done { Done::Now } else { Done::Before })
    }

    /// What was decided; of a post that the night holds back, that, too.
    fn said(&self, voice: Voice<'_>, decision: Decision, delivery: &Delivery, settings: &Settings) -> String {
        let words = said(voice, decision);
        let is_posted = matches!(decision, Decision::Post | Decision::PostAgain);
        if is_posted && waits_for_morning(settings, delivery, self.app.parts.clock.now()).is_some() {
            format!("{words} {}", voice.decided_in_the_night())
        } else {
            words
        }
    }
}

fn said(voice: Voice<'_>, decision: Decision) -> String {
    match decision {
        Decision::Post => voice.decided_post(),
        Decision::Skip => voice.decided_skip(),
        Decision::Later => voice.decided_later(),
        Decision::IsThere => voice.decided_it_is_there(),
        Decision::PostAgain => voice.decided_post_again(),
        Decision::Drop => voice.decided_drop(),
    }
}
