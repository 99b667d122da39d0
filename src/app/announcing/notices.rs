//! What people are asked or told: admins about doubts and what is stale, administrators of a chat about its posts.
//!
//! Everything is found in the store at each look, taken in hand, and counts as given once it has arrived.

mod questions;
mod reports;

use jiff::Timestamp;

use crate::chat::{Message, Outgoing};
use crate::domain::{Language, UserRef};
use crate::store::StoreError;

use super::super::Snapshot;
use super::super::privately::privately;
use super::super::reply::Desk;
use super::super::settle::Fate;
use super::hands::{About, Left};
use super::planner::{Agenda, Planner};

use reports::Found;

/// So many are asked or told at one look; the next look goes on.
const AT_A_LOOK: usize = 20;

/// So many are read at once: what is in hand is read again and passed over.
const PAGE: u32 = 100;

/// Something that somebody is asked or told. It counts as given once [`Planner::settled`] hears that it arrived.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The message, to be delivered to its end.
    pub outgoing: Outgoing,
    about: Vec<About>,
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
        for found in [Found::Doubtful, Found::Ended] {
            self.became(found, notices, snapshot, now).await?;
        }
        self.suspensions(notices, snapshot, now).await?;
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
            Fate::Refused | Fate::NotAllowed | Fate::Doubtful | Fate::Later => {}
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
        let mut ends = Vec::new();
        for (about, taken) in &given {
            match about {
                About::Review(uid, revision) => store.review_asked(uid, *revision).await?,
                About::Approval(delivery) => store.approval_asked(*delivery, *taken).await?,
                About::Outcome(uid, revision) => store.outcome_asked(uid, *revision, *taken).await?,
                About::Suspended(subscription, since) => store.suspension_told(*subscription, *since).await?,
                About::End(delivery) => {
                    ends.push(*delivery);
                    continue;
                }
                // Each once a run.
                About::Doubt(..) => {}
            }
            self.hands().marked(about);
        }
        if !ends.is_empty() {
            store.told(&ends).await?;
            ends.into_iter().for_each(|delivery| self.hands().marked(&About::End(delivery)));
        }
        Ok(())
    }

    /// The same to every admin; with none there is nobody to ask, and what is held is missed in the end.
    async fn give_admins(
        &self,
        snapshot: &Snapshot,
        about: &[About],
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Vec<Notice> {
        let admins: Vec<UserRef> = self.app.admins().iter().copied().collect();
        if admins.is_empty() {
            tracing::warn!("somebody is to be asked about an announcement, and ONRECORD_ADMINS is empty");
            self.app.gauges().count_unheard();
        }
        self.give(snapshot, about, Asked::Admin, (&admins, Language::English), message).await
    }

    /// To whoever subscribed a chat, in its language if they chose none; to the admins, if that is nobody who can be
    /// written to.
    async fn give_owner(
        &self,
        snapshot: &Snapshot,
        about: &[About],
        (owner, language): (Option<UserRef>, Language),
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Vec<Notice> {
        match owner.filter(|owner| !self.app.gauges().is_unreached(*owner)) {
            Some(owner) => self.give(snapshot, about, Asked::Owner, (&[owner], language), message).await,
            None => self.give_admins(snapshot, about, message).await,
        }
    }

    /// Takes it in hand: a letter to each of these people whom not too many wait for; in that language to who chose none.
    async fn give(
        &self,
        snapshot: &Snapshot,
        about: &[About],
        asked_as: Asked,
        (people, language): (&[UserRef], Language),
        message: impl Fn(&Desk<'_>) -> Message,
    ) -> Vec<Notice> {
        let with_room = self.hands().take(about, people, self.app.parts.clock.now());
        let mut notices = Vec::new();
        for to in with_room {
            let outgoing = self.ask(snapshot, (to, language), &message).await;
            notices.push(Notice { outgoing, about: about.to_vec(), to, asked_as });
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
