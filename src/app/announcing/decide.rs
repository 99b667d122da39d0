//! Decisions: somebody presses a button under a question about an announcement. Rights are looked up anew each time.

use jiff::SignedDuration;

use crate::chat::{Block, Message, Outgoing, PressRef};
use crate::domain::{Delivery, DeliveryId, DeliveryState, Hold, Role, Subject};
use crate::store::{Settlement, StoreError};

use super::super::press::Decision;
use super::super::replies::Voice;
use super::super::reply::Desk;
use super::super::turn::{Turn, toast};
use super::planner::FRESH;

/// How long "later" is.
const LATER: SignedDuration = SignedDuration::from_hours(1);

/// What became of a decision.
enum Done {
    Now,
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
            Ok(None) => return vec![toast(by, Some(voice.too_late()))],
            Err(error) => return vec![self.failed(voice, by, &error)],
        };
        if !self.may_decide(decision, &delivery).await {
            tracing::warn!(delivery = id.0, user = ?self.incoming.from.map(|user| user.0), "refused a decision");
            return vec![toast(by, Some(voice.not_yours()))];
        }
        match self.carry_out(decision, &delivery).await {
            Ok(Done::Now) => {}
            Ok(Done::Before) => return vec![toast(by, Some(voice.decided_before()))],
            Ok(Done::TooLate) => return vec![toast(by, Some(voice.decided_no_later()))],
            Err(error) => return vec![self.failed(voice, by, &error)],
        }
        tracing::info!(delivery = id.0, ?decision, "decided");
        let Some(message) = self.incoming.message else { return vec![toast(by, None)] };
        let mut blocks = vec![Block::Text(said(voice, decision))];
        blocks.extend(desk.post(&delivery.subject).map(|post| post.blocks).unwrap_or_default());
        let message =
            Outgoing::Edit { chat: self.incoming.chat, id: message, message: Message { blocks, actions: Vec::new() } };
        vec![message, toast(by, None)]
    }

    fn failed(&self, voice: Voice<'_>, by: &PressRef, error: &StoreError) -> Outgoing {
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
        let is_done = self.is_carried_out(decision, delivery).await?;
        Ok(if is_done { Done::Now } else { Done::Before })
    }

    /// `false` if it was decided before.
    async fn is_carried_out(&self, decision: Decision, delivery: &Delivery) -> Result<bool, StoreError> {
        let (store, now, id) = (&self.app.parts.store, self.app.parts.clock.now(), delivery.id);
        let settled = |settlement| async move { Ok(store.settle(id, settlement, now).await?.is_some()) };
        match (decision, &delivery.subject) {
            (Decision::StillTrue, Subject::Event { uid, revision, .. }) if delivery.hold == Hold::Review => {
                Ok(store.confirm_event(uid, *revision, now + FRESH).await?.is_some())
            }
            (Decision::Outdated, Subject::Event { uid, revision, .. }) if delivery.hold == Hold::Review => {
                Ok(store.drop_event(uid, *revision).await?.is_some())
            }
            (Decision::StillTrue | Decision::Outdated, _) => Ok(false),
            (Decision::Post, _) => store.release(id, Hold::Approval).await,
            (Decision::Skip, _) if delivery.hold == Hold::Approval => store.skip(id).await,
            (Decision::Later, _) if delivery.hold == Hold::Approval => store.postpone(id, now + LATER).await,
            (Decision::Skip | Decision::Later, _) => Ok(false),
            (Decision::IsThere, _) => settled(Settlement::IsThere).await,
            (Decision::PostAgain, _) => settled(Settlement::PostAgain).await,
            (Decision::Drop, _) => settled(Settlement::Drop).await,
        }
    }
}

fn said(voice: Voice<'_>, decision: Decision) -> String {
    match decision {
        Decision::StillTrue => voice.decided_still_true(),
        Decision::Outdated => voice.decided_outdated(),
        Decision::Post => voice.decided_post(),
        Decision::Skip => voice.decided_skip(),
        Decision::Later => voice.decided_later(),
        Decision::IsThere => voice.decided_it_is_there(),
        Decision::PostAgain => voice.decided_post_again(),
        Decision::Drop => voice.decided_drop(),
    }
}
