//! What became of announcements: doubts, ends that were none, chats that let nothing be posted, events that are over.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::chat::{Block, Message};
use crate::domain::{Delivery, SubscriptionId, Tense};
use crate::store::{Page, StoreError};

use super::super::super::Snapshot;
use super::super::super::reply::Desk;
use super::super::hands::About;
use super::super::planner::{Agenda, Planner};
use super::super::waves::{Matter, Told};
use super::super::wording::{NAMED, chats};
use super::{AT_A_LOOK, Notice, PAGE};

/// So many are gathered at one look; the next look goes on.
const GATHERED: usize = 10_000;

/// What is found of deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Nobody knows whether they arrived.
    Doubtful,
    /// They were missed or refused.
    Ended,
}

impl Found {
    fn about(self, delivery: &Delivery) -> About {
        match self {
            Self::Doubtful => About::Doubt(delivery.id, delivery.attempts),
            Self::Ended => About::End(delivery.id),
        }
    }
}

impl Planner {
    /// What deliveries became, each doubt once a run, each end once for ever; many about one event are one message.
    pub(super) async fn became(
        &self,
        found: Found,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let n_before = notices.len();
        for (matter, new) in self.new_ones(found, now).await? {
            if notices.len() - n_before >= AT_A_LOOK {
                break;
            }
            let told = self.waves().how(&matter, new.len(), now);
            let letters = match told {
                Told::OneByOne => new.chunks(1).collect(),
                Told::Together => vec![new.as_slice()],
                Told::Later => Vec::new(),
            };
            for deliveries in letters {
                notices.extend(self.tell(found, snapshot, deliveries).await?);
                // What found no room is told, and logged, by a later look.
                if deliveries.iter().all(|delivery| self.hands().is_free(&found.about(delivery), now)) {
                    continue;
                }
                self.waves().told(matter.clone(), deliveries.len(), now);
                if found == Found::Ended {
                    deliveries.iter().for_each(log_end);
                }
            }
        }
        Ok(())
    }

    /// What nobody was told of and is not on its way, the oldest first, by what it has in common.
    async fn new_ones(&self, found: Found, now: Timestamp) -> Result<BTreeMap<Matter, Vec<Delivery>>, StoreError> {
        let store = &self.app.parts.store;
        let mut new: BTreeMap<Matter, Vec<Delivery>> = BTreeMap::new();
        let (mut page, mut n_new) = (Some(Page::first(PAGE)), 0);
        while let Some(this) = page.filter(|_| n_new < GATHERED) {
            let deliveries = match found {
                Found::Doubtful => store.ambiguous_deliveries(this).await?,
                Found::Ended => store.untold(this).await?,
            };
            page = this.after(&deliveries);
            for delivery in deliveries {
                if self.hands().is_free(&found.about(&delivery), now) {
                    n_new += 1;
                    new.entry(Matter::of(&delivery)).or_default().push(delivery);
                }
            }
        }
        Ok(new)
    }

    /// One message about these, which have their matter in common.
    async fn tell(
        &self,
        found: Found,
        snapshot: &Snapshot,
        deliveries: &[Delivery],
    ) -> Result<Vec<Notice>, StoreError> {
        let Some(first) = deliveries.first() else { return Ok(Vec::new()) };
        let settings = self.app.settings_of(first).await?;
        let theirs = self.app.desk_of(snapshot, &settings);
        let abouts: Vec<About> = deliveries.iter().map(|delivery| found.about(delivery)).collect();
        // One button settles all of a matter, so all of it is counted and named, and not only what is new.
        let doubts = match (found, deliveries) {
            (Found::Doubtful, [_, _, ..]) => {
                let doubts = self.app.parts.store.doubts_about(first.id, NAMED).await?;
                let Some(doubts) = doubts else { return Ok(Vec::new()) };
                Some(doubts)
            }
            (Found::Doubtful | Found::Ended, _) => None,
        };
        let message = |desk: &Desk<'_>| match (found, &doubts, deliveries) {
            (Found::Doubtful, Some(doubts), _) => desk.ask_doubts(&theirs, doubts),
            (Found::Doubtful, None, _) => desk.ask_doubtful(&theirs, first),
            (Found::Ended, _, [one]) => desk.tell_end(&theirs, one),
            (Found::Ended, _, many) => desk.tell_ends(&theirs, first, &chats(many)),
        };
        Ok(self.give_admins(snapshot, &abouts, message).await)
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
            let Some((last, _)) = untold.last() else { break };
            after = last.id;
            for (chat, since) in untold {
                let about = About::Suspended(chat.id, since);
                if self.hands().is_free(&about, now) {
                    let tell = |desk: &Desk<'_>| desk.tell_suspended(&chat);
                    let to = (chat.owner, chat.settings.language);
                    notices.extend(self.give_owner(snapshot, &[about], to, tell).await);
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
                notices.extend(self.give_admins(snapshot, &[about], ask).await);
            }
        }
    }
}

fn log_end(delivery: &Delivery) {
    tracing::warn!(delivery = delivery.id.0, state = delivery.state.name(), "an announcement did not go out");
}
