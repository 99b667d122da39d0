//! What became of announcements: doubts, ends that were none, chats that let nothing be posted, events that are over.

use jiff::Timestamp;

use crate::chat::{Block, Message};
use crate::domain::{SubscriptionId, Tense};
use crate::store::{Page, StoreError};

use super::super::super::Snapshot;
use super::super::super::reply::Desk;
use super::super::hands::About;
use super::super::planner::{Agenda, Planner};
use super::{AT_A_LOOK, Notice, PAGE};

impl Planner {
    /// Doubtful deliveries, each once a run.
    pub(super) async fn doubts(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        let n_before = notices.len();
        let mut page = Some(Page::first(PAGE));
        while let Some(this) = page.filter(|_| notices.len() - n_before < AT_A_LOOK) {
            let doubtful = store.ambiguous_deliveries(this).await?;
            page = this.after(&doubtful);
            for delivery in doubtful {
                let about = About::Doubt(delivery.id, delivery.attempts);
                if self.hands().is_free(&about, now) {
                    let settings = self.app.settings_of(&delivery).await?;
                    let theirs = self.app.desk_of(snapshot, &settings);
                    let ask = |desk: &Desk<'_>| desk.ask_doubtful(&theirs, &delivery);
                    notices.extend(self.give_admins(snapshot, &about, ask).await);
                }
            }
        }
        Ok(())
    }

    /// What was missed or refused, each once for ever.
    pub(super) async fn ends(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        let n_before = notices.len();
        let mut page = Some(Page::first(PAGE));
        while let Some(this) = page.filter(|_| notices.len() - n_before < AT_A_LOOK) {
            let ended = store.untold(this).await?;
            page = this.after(&ended);
            for delivery in ended {
                let about = About::End(delivery.id);
                if self.hands().is_free(&about, now) {
                    let settings = self.app.settings_of(&delivery).await?;
                    let theirs = self.app.desk_of(snapshot, &settings);
                    let tell = |desk: &Desk<'_>| desk.tell_end(&theirs, &delivery);
                    notices.extend(self.give_admins(snapshot, &about, tell).await);
                    // One that found no room is told, and logged, by a later look.
                    if !self.hands().is_free(&about, now) {
                        let state = delivery.state.name();
                        tracing::warn!(delivery = delivery.id.0, state, "an announcement did not go out");
                    }
                }
            }
        }
        Ok(())
    }

    /// Chats in which the bot may not post any more, each suspension once for ever: to whoever can mend it.
    pub(super) async fn suspensions(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let n_before = notices.len();
        let mut after = SubscriptionId(0);
        while notices.len() - n_before < AT_A_LOOK {
            let untold = self.app.parts.store.untold_suspensions(after, PAGE).await?;
            let Some(last) = untold.last() else { break };
            after = last.id;
            for chat in untold {
                let about = About::Suspended(chat.id);
                if self.hands().is_free(&about, now) {
                    let tell = |desk: &Desk<'_>| desk.tell_suspended(&chat);
                    let to = (chat.owner, chat.settings.language);
                    notices.extend(self.give_owner(snapshot, &about, to, tell).await);
                }
            }
        }
        Ok(())
    }

    /// Events that ended while the bot knew of them, each once for ever.
    pub(super) async fn outcomes(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) {
        let zone = &self.app.parts.zone;
        for (interview, event) in agenda.events.values() {
            let Some(schedule) = agenda.schedules.get(&event.uid).filter(|schedule| !schedule.outcome_asked) else {
                continue;
            };
            let over = event.tense(now, zone) == Some(Tense::Past);
            // The look that ends its last milestone moves the watermark past it, and may be killed before it asks.
            let known_before =
                schedule.announced || schedule.planned_until.is_some_and(|planned| event.is_ahead(planned, zone));
            let about = About::Outcome(event.uid.clone(), schedule.revision);
            if over && known_before && self.hands().is_free(&about, now) {
                let ask = |desk: &Desk<'_>| {
                    let mut message = Message::text(desk.voice.ask_outcome());
                    message.blocks.push(Block::Heading(event.name.get(desk.voice.language).to_owned()));
                    message
                        .blocks
                        .push(Block::Report(format!("{}/events.toml: uid = \"{}\"", interview.id, event.uid)));
                    message
                };
                notices.extend(self.give_admins(snapshot, &about, ask).await);
            }
        }
    }
}
