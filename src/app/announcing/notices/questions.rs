//! The questions that held deliveries wait for: whether an event is still true, and whether a chat wants its post.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{Delivery, Event, EventUid, Hold, ScheduleRevision, Subject};
use crate::store::{Page, StoreError};

use super::super::super::Snapshot;
use super::super::super::reply::Desk;
use super::super::hands::About;
use super::super::planner::{Agenda, Planner};
use super::{AT_A_LOOK, Notice, PAGE};

impl Planner {
    /// The questions that held deliveries wait for. None is asked again unless somebody puts it off.
    pub(super) async fn questions(
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
        Ok(self.give_owner(snapshot, &[about], (delivery.owner, settings.language), message).await)
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
                Ok(self
                    .give_admins(snapshot, &[about], |desk| desk.ask_review(&theirs, (event, revision), delivery))
                    .await)
            }
            // Asked about before, or in the knowledge no more.
            Some(_) | None => store.review_asked(uid, revision).await.map(|()| Vec::new()),
        }
    }
}
