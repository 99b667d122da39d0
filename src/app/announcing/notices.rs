//! What people are asked or told: admins about doubts and what is stale, administrators of a chat about its posts.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::chat::{Block, Message, Outgoing};
use crate::domain::{Delivery, Event, EventUid, Hold, Language, ScheduleRevision, Subject, Tense, UserRef};
use crate::store::{Page, StoreError};

use super::super::Snapshot;
use super::super::privately::privately;
use super::super::reply::Desk;
use super::super::settle::Fate;
use super::hands::{About, Left};
use super::planner::{Agenda, Planner};

/// So many are asked or told at one look; the next look goes on.
const AT_A_LOOK: usize = 20;

/// So many are read at once: what is in hand is read again and passed over.
const PAGE: u32 = 100;

/// Something that somebody is asked or told. It counts as given once [`Planner::settled`] hears that it arrived.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The message, to be delivered to its end.
    pub outgoing: Outgoing,
    about: About,
    to: UserRef,
    asked_as: Asked,
}

impl Notice {
    /// Who is to get it.
    #[must_use]
    pub const fn to(&self) -> UserRef {
        self.to
    }

    /// As what they are asked.
    #[must_use]
    pub const fn asked_as(&self) -> Asked {
        self.asked_as
    }
}

/// As what somebody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// As an admin of the bot.
    Admin,
    /// As whoever subscribed the chat.
    Owner,
}

impl Planner {
    /// Everything that nobody was asked or told yet, and that is not on its way.
    pub(super) async fn notices(
        &self,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) -> Result<Vec<Notice>, StoreError> {
        self.mark_given().await?;
        self.hands().let_go();
        self.hands().free(|user| self.app.gauges().is_unreached(user));
        let mut notices = Vec::new();
        if let Err(error) = self.gather(&mut notices, snapshot, agenda, now).await {
            // What was taken in hand goes nowhere now: it is not given before it has rested.
            for notice in &notices {
                self.hands().settle(&notice.about, notice.to, Fate::Later, now);
            }
            return Err(error);
        }
        Ok(notices)
    }

    async fn gather(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.questions(notices, snapshot, agenda, now).await?;
        self.doubts(notices, snapshot, now).await?;
        self.ends(notices, snapshot, now).await?;
        self.outcomes(notices, snapshot, agenda, now).await;
        // What nobody is there to be asked about counts as asked at once.
        self.mark_given().await
    }

    /// Hears what became of a notice. One that arrived is not given again, one that may have arrived is after a while,
    /// one that reached nobody stands in `/status` and in the log; a question of that kind is asked again when one of them
    /// writes, or in an hour.
    ///
    /// # Errors
    /// [`StoreError`]: the next look remembers it; after a crash before that it is given again.
    pub async fn settled(&self, notice: &Notice, fate: Fate) -> Result<(), StoreError> {
        let (gauges, now) = (self.app.gauges(), self.app.parts.clock.now());
        match fate {
            Fate::Taken => gauges.reached(notice.to),
            Fate::Unreachable => gauges.unreached(notice.to),
            Fate::Refused | Fate::Doubtful | Fate::Later => {}
        }
        let left = self.hands().settle(&notice.about, notice.to, fate, now);
        if left == Left::Unheard {
            if (notice.asked_as, fate) == (Asked::Owner, Fate::Unreachable) {
                tracing::warn!(user = notice.to.0, "who subscribed a chat cannot be asked; the admins are");
                self.hands().put_back(&notice.about);
                return Ok(());
            }
            tracing::error!(about = ?notice.about, "nobody could be asked or told");
            gauges.count_unheard();
        }
        self.mark_given().await
    }

    /// Lets the store know what was given.
    async fn mark_given(&self) -> Result<(), StoreError> {
        let (store, given) = (&self.app.parts.store, self.hands().given());
        for (about, taken) in given {
            match &about {
                About::Review(uid, revision) => store.review_asked(uid, *revision).await?,
                About::Approval(delivery) => store.approval_asked(*delivery, taken).await?,
                About::End(delivery) => store.told(*delivery).await?,
                About::Outcome(uid, revision) => store.outcome_asked(uid, *revision, taken).await?,
                // Each once a run.
                About::Doubt(..) => {}
            }
            self.hands().marked(&about);
        }
        Ok(())
    }

    /// The questions that held deliveries wait for. None is asked again unless somebody puts it off.
    async fn questions(
        &self,
        notices: &mut Vec<Notice>,
        snapshot: &Snapshot,
        agenda: &Agenda<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        let n_before = notices.len();
        let mut awaited = BTreeSet::new();
        let mut page = Some(Page::first(PAGE));
        while let Some(this) = page.filter(|_| notices.len() - n_before < AT_A_LOOK) {
            let held = store.held(now, this).await?;
            page = this.after(&held);
            for delivery in held {
                match (delivery.hold, &delivery.subject) {
                    (Hold::Approval, _) => notices.extend(self.ask_approval(snapshot, &delivery, now).await?),
                    (Hold::Review, Subject::Event { uid, revision, .. }) => {
                        if awaited.insert((uid.clone(), *revision)) {
                            let event = agenda.event(uid);
                            notices.extend(self.ask_review(snapshot, event, (uid, *revision), &delivery, now).await?);
                        }
                    }
                    (Hold::Review, Subject::Words { .. }) | (Hold::Free, _) => {}
                }
            }
        }
        Ok(())
    }

    async fn ask_approval(
        &self,
        snapshot: &Snapshot,
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<Vec<Notice>, StoreError> {
        let about = About::Approval(delivery.id);
        if !self.hands().is_free(&about, now) {
            return Ok(Vec::new());
        }
        let settings = self.app.settings_of(delivery).await?;
        let theirs = self.app.desk_of(snapshot, &settings);
        let message = |desk: &Desk<'_>| desk.ask_approval(&theirs, delivery);
        Ok(match delivery.owner.filter(|owner| !self.app.gauges().is_unreached(*owner)) {
            Some(owner) => self.give(snapshot, &about, Asked::Owner, (&[owner], settings.language), message).await,
            None => self.give_admins(snapshot, &about, message).await,
        })
    }

    /// One answer is for all that waits for it.
    async fn ask_review(
        &self,
        snapshot: &Snapshot,
        event: Option<&Event>,
        (uid, revision): (&EventUid, ScheduleRevision),
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<Vec<Notice>, StoreError> {
        let (store, about) = (&self.app.parts.store, About::Review(uid.clone(), revision));
        if !self.hands().is_free(&about, now) {
            return Ok(Vec::new());
        }
        match event {
            Some(event) if !store.is_review_asked(uid, revision).await? => {
                let settings = self.app.settings_of(delivery).await?;
                let theirs = self.app.desk_of(snapshot, &settings);
                Ok(self.give_admins(snapshot, &about, |desk| desk.ask_review(&theirs, event, delivery)).await)
            }
            // Asked about before, or in the knowledge no more.
            Some(_) | None => store.review_asked(uid, revision).await.map(|()| Vec::new()),
        }
    }

    /// Doubtful deliveries, each once a run.
    async fn doubts(&self, notices: &mut Vec<Notice>, snapshot: &Snapshot, now: Timestamp) -> Result<(), StoreError> {
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
    async fn ends(&self, notices: &mut Vec<Notice>, snapshot: &Snapshot, now: Timestamp) -> Result<(), StoreError> {
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

    /// Events that ended while the bot knew of them, each once for ever.
    async fn outcomes(&self, notices: &mut Vec<Notice>, snapshot: &Snapshot, agenda: &Agenda<'_>, now: Timestamp) {
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

    /// The same to every admin; with none there is nobody to ask, and what is held is missed in the end.
    async fn give_admins(
        &self,
        snapshot: &Snapshot,
        about: &About,
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Vec<Notice> {
        let admins: Vec<UserRef> = self.app.admins().iter().copied().collect();
        if admins.is_empty() {
            tracing::warn!("somebody is to be asked about an announcement, and ONRECORD_ADMINS is empty");
            self.app.gauges().count_unheard();
        }
        self.give(snapshot, about, Asked::Admin, (&admins, Language::English), message).await
    }

    /// Takes it in hand: a letter to each of these people whom not too many wait for; in that language to who chose none.
    async fn give(
        &self,
        snapshot: &Snapshot,
        about: &About,
        asked_as: Asked,
        (people, language): (&[UserRef], Language),
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Vec<Notice> {
        let with_room = self.hands().take(about, people, self.app.parts.clock.now());
        let mut notices = Vec::new();
        for to in with_room {
            let outgoing = self.ask(snapshot, (to, language), &message).await;
            notices.push(Notice { outgoing, about: about.clone(), to, asked_as });
        }
        notices
    }

    /// In the private chat with that person, in the language they chose.
    async fn ask(
        &self,
        snapshot: &Snapshot,
        (user, fallback): (UserRef, Language),
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Outgoing {
        let voice = self.app.voice_for(user, Some(fallback)).await;
        let parts = &self.app.parts;
        let desk = Desk { corpus: &snapshot.corpus, voice, now: parts.clock.now(), zone: &parts.zone };
        privately(user, message(&desk))
    }
}
