//! The agenda: the events of the live knowledge with where the planning of each stands.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::announcements::Scheduled;
use crate::domain::{Event, EventUid, Interview};
use crate::store::EventSchedule;

use super::super::super::Snapshot;

/// Where the planning of each event stands.
pub(super) type Schedules = HashMap<EventUid, EventSchedule>;

/// The events of the live knowledge with where their planning stands.
pub(in super::super) struct Agenda<'s> {
    pub(in super::super) events: BTreeMap<&'s EventUid, (&'s Interview, &'s Event)>,
    pub(in super::super) schedules: Arc<Schedules>,
}

impl Agenda<'_> {
    /// Those that may be announced; `looked`: when the planner last did.
    pub(super) fn scheduled(&self, looked: Option<Timestamp>) -> Vec<Scheduled<'_>> {
        let known = self.events.values().filter_map(|(_, event)| Some((*event, self.schedules.get(&event.uid)?)));
        known
            .filter(|(_, schedule)| !schedule.dropped)
            .map(|(event, schedule)| Scheduled {
                event,
                revision: schedule.revision,
                planned_until: schedule.planned_until,
                looked: looked.filter(|_| schedule.previous.is_some()),
            })
            .collect()
    }

    pub(in super::super) fn event(&self, uid: &EventUid) -> Option<&Event> {
        self.events.get(uid).map(|(_, event)| *event)
    }
}

/// The events of the live knowledge.
pub(super) fn events(snapshot: &Snapshot) -> BTreeMap<&EventUid, (&Interview, &Event)> {
    let interviews = snapshot.corpus.interviews.iter();
    interviews
        .flat_map(|interview| interview.events.iter().map(move |event| (&event.uid, (interview, event))))
        .collect()
}
