//! What people are asked or told: admins about doubts and what is stale, administrators of a chat about its posts.

use std::sync::PoisonError;

use jiff::Timestamp;

use crate::chat::{Action, Block, Message, Outgoing};
use crate::domain::{ChatRef, Delivery, DeliveryId, DeliveryState, Event, Hold, Subject, Tense, UserRef};
use crate::store::StoreError;

use super::super::press::{Decision, Press, Wish};
use super::super::reply::{Desk, rows};
use super::super::{Preference, Snapshot};
use super::planner::{Agenda, Planner};

/// So many are asked or told at one look; the next look goes on.
const AT_A_LOOK: u32 = 20;

impl Planner {
    /// Everything that nobody was asked or told yet. What is returned counts as asked.
    pub(super) async fn notices(
        &self,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let mut notices = Vec::new();
        for delivery in self.app.parts.store.held(now, AT_A_LOOK).await? {
            notices.extend(self.question(snapshot, agenda, &delivery, now).await?);
        }
        notices.extend(self.doubts(snapshot).await?);
        notices.extend(self.ends(snapshot).await?);
        notices.extend(self.outcomes(snapshot, agenda, now).await?);
        Ok(notices)
    }

    /// The question that a held delivery waits for. It is not asked again unless somebody puts it off.
    async fn question(
        &self,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let store = &self.app.parts.store;
        store.postpone(delivery.id, delivery.expires).await?;
        match delivery.hold {
            Hold::Free => Ok(Vec::new()),
            Hold::Review => {
                let Subject::Event { uid, .. } = &delivery.subject else { return Ok(Vec::new()) };
                let event = agenda.events.iter().map(|(_, event)| *event).find(|event| event.uid == *uid);
                match event {
                    Some(event) if store.mark_asked_review(uid, delivery.id, now).await? => {
                        self.ask_admins(snapshot, |desk| desk.ask_review(event, delivery)).await
                    }
                    Some(_) | None => Ok(Vec::new()),
                }
            }
            Hold::Approval => match store.owner(delivery.subscription).await? {
                Some(owner) => Ok(vec![self.ask(snapshot, owner, |desk| desk.ask_approval(delivery)).await]),
                None => self.ask_admins(snapshot, |desk| desk.ask_approval(delivery)).await,
            },
        }
    }

    /// Doubtful deliveries, each once a run.
    async fn doubts(&self, snapshot: &Snapshot) -> Result<Vec<Outgoing>, StoreError> {
        let doubtful = self.app.parts.store.ambiguous_deliveries(AT_A_LOOK).await?;
        let mut notices = Vec::new();
        for delivery in doubtful {
            if self.is_new(delivery.id) {
                notices.extend(self.ask_admins(snapshot, |desk| desk.ask_doubtful(&delivery)).await?);
            }
        }
        Ok(notices)
    }

    fn is_new(&self, id: DeliveryId) -> bool {
        // A set of numbers is whole after any panic.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(id)
    }

    /// What was missed or refused, each once for ever.
    async fn ends(&self, snapshot: &Snapshot) -> Result<Vec<Outgoing>, StoreError> {
        let store = &self.app.parts.store;
        let ended = store.untold(AT_A_LOOK).await?;
        let mut notices = Vec::new();
        for delivery in &ended {
            tracing::warn!(delivery = delivery.id.0, state = delivery.state.name(), "an announcement did not go out");
            notices.extend(self.ask_admins(snapshot, |desk| desk.tell_end(delivery)).await?);
        }
        store.told(&ended.iter().map(|delivery| delivery.id).collect::<Vec<_>>()).await?;
        Ok(notices)
    }

    /// Events that ended while the bot knew of them, each once for ever.
    async fn outcomes(
        &self,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let mut notices = Vec::new();
        let zone = &self.app.parts.zone;
        for (interview, event) in &agenda.events {
            let over =
                event.outcome.is_none() && event.scheduled().is_some_and(|when| when.tense(now, zone) == Tense::Past);
            let known_before = agenda.schedules.get(&event.uid).and_then(|schedule| schedule.planned_until);
            let known_before = known_before
                .zip(event.scheduled())
                .is_some_and(|(planned, when)| when.tense(planned, zone) != Tense::Past);
            if over && known_before && self.app.parts.store.mark_asked_outcome(&event.uid, now).await? {
                let ask = |desk: &Desk<'_>| {
                    let mut message = Message::text(desk.voice.ask_outcome());
                    message.blocks.push(Block::Heading(event.name.get(desk.voice.language).to_owned()));
                    message
                        .blocks
                        .push(Block::Report(format!("{}/events.toml: uid = \"{}\"", interview.id, event.uid)));
                    message
                };
                notices.extend(self.ask_admins(snapshot, ask).await?);
            }
        }
        Ok(notices)
    }

    /// The same to every admin; with none there is nobody to ask, and what is held is missed in the end.
    async fn ask_admins(
        &self,
        snapshot: &Snapshot,
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let mut asked = Vec::new();
        for admin in self.app.admins() {
            asked.push(self.ask(snapshot, *admin, &message).await);
        }
        if asked.is_empty() {
            tracing::warn!("somebody should be asked about an announcement, and ONRECORD_ADMINS is empty");
        }
        Ok(asked)
    }

    /// In the private chat with that person, in the language they chose.
    async fn ask(&self, snapshot: &Snapshot, user: UserRef, message: impl Fn(&Desk<'_>) -> Message) -> Outgoing {
        let to = ChatRef { id: user.0, thread: None };
        // A language is a comfort; the question is the promise.
        let chosen = self.app.parts.store.language(to.id).await.unwrap_or_default();
        let voice = self.app.voice(Preference { chosen, interface: None }.of_nothing());
        let parts = &self.app.parts;
        let desk = Desk { corpus: &snapshot.corpus, voice, now: parts.clock.now(), zone: &parts.zone };
        Outgoing::Send { to, reply_to: None, message: message(&desk) }
    }
}

impl Desk<'_> {
    fn ask_review(&self, event: &Event, delivery: &Delivery) -> Message {
        let words = self.voice.ask_review(self.day_of(delivery.due), event.reviewed);
        let choices = [(Decision::StillTrue, self.voice.still_true()), (Decision::Outdated, self.voice.outdated())];
        self.asking(words, delivery, choices)
    }

    fn ask_approval(&self, delivery: &Delivery) -> Message {
        let voice = self.voice;
        let words = voice.ask_approval(delivery.chat, self.day_of(delivery.due));
        let choices =
            [(Decision::Post, voice.post_it()), (Decision::Skip, voice.skip_it()), (Decision::Later, voice.later_on())];
        self.asking(words, delivery, choices)
    }

    pub(super) fn ask_doubtful(&self, delivery: &Delivery) -> Message {
        let voice = self.voice;
        let choices = [
            (Decision::IsThere, voice.it_is_there()),
            (Decision::PostAgain, voice.post_again()),
            (Decision::Drop, voice.drop_it()),
        ];
        self.asking(voice.ask_doubtful(delivery.chat), delivery, choices)
    }

    fn tell_end(&self, delivery: &Delivery) -> Message {
        let words = match delivery.state {
            DeliveryState::Failed => self.voice.told_failed(delivery.chat),
            DeliveryState::Missed
            | DeliveryState::Queued
            | DeliveryState::Sending
            | DeliveryState::Sent
            | DeliveryState::Ambiguous
            | DeliveryState::Superseded
            | DeliveryState::Cancelled => self.voice.told_missed(delivery.chat),
        };
        let mut message = self.asking(words, delivery, []);
        message.blocks.extend(delivery.error.clone().map(Block::Report));
        message
    }

    /// The question, then the announcement as members would see it, then the choices.
    fn asking<const N: usize>(&self, words: String, delivery: &Delivery, choices: [(Decision, String); N]) -> Message {
        let language = self.voice.language;
        let buttons = choices.into_iter().filter_map(|(decision, label)| -> Option<Action> {
            Press { language, wish: Wish::Decide(decision, delivery.id) }.button(label)
        });
        let mut message = Message::text(words);
        message.actions = rows(buttons);
        message.blocks.extend(self.post(&delivery.subject).map(|post| post.blocks).unwrap_or_default());
        message
    }

    fn day_of(&self, instant: Timestamp) -> jiff::civil::Date {
        instant.to_zoned_datetime(self.zone.clone()).date()
    }
}
