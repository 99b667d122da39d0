//! The planner: looks at the clock, the knowledge and the subscriptions, and puts down what is due.

mod agenda;
mod changes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::announcements::{Due, due, next_due, schedule_fingerprint};
use crate::domain::{Approval, Event, EventUid, Hold, Occasion, Revision, Subject, Subscription, SubscriptionId};
use crate::store::{EventSchedule, Lead, NewDelivery, Planned, StoreError};

use super::super::{App, Snapshot};
use super::hands::Hands;
use super::notices::Notice;
use super::waves::Waves;

use agenda::Schedules;

pub(super) use agenda::Agenda;

/// How long an editor's look at an event holds.
pub(super) const FRESH: SignedDuration = SignedDuration::from_hours(60 * 24);

/// However far off the next milestone is: another process on the database may have changed a subscription. Reading
/// 10,000 of them takes a quarter of a second.
const LONGEST_REST: SignedDuration = SignedDuration::from_secs(60);

/// So many deliveries are put down at once: about 0.3 s, in which the inbox waits.
const BATCH: usize = 1_000;

/// Plans announcements. Planning twice changes nothing.
pub struct Planner {
    pub(super) app: Arc<App>,
    lead: Arc<Lead>,
    // Short sections, never held across an await.
    hands: Mutex<Hands>,
    waves: Mutex<Waves>,
    rest: Mutex<Option<Rest>>,
}

/// That nothing is due for a while, and what that was concluded from.
struct Rest {
    schedules: Arc<Schedules>,
    revision: Revision,
    n_wishes: u64,
    from: Timestamp,
    until: Timestamp,
}

impl Planner {
    /// For that bot, by whoever leads.
    #[must_use]
    pub fn new(app: Arc<App>, lead: Arc<Lead>) -> Self {
        Self { app, lead, hands: Mutex::default(), waves: Mutex::default(), rest: Mutex::default() }
    }

    /// Looks once: enqueues what is due, ends what is past its time, and says what people are to be asked or told. What
    /// becomes of each of these notices is to be told to [`Planner::settled`]; until then it is not given again.
    ///
    /// # Errors
    /// [`StoreError`]: what was not put down is found again by the next look.
    pub async fn plan(&self) -> Result<Vec<Notice>, StoreError> {
        let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
        let snapshot = self.app.library().snapshot();
        // First, for what is past its time was missed, whatever has changed since.
        store.expire(now).await?;
        let agenda = match self.rested(&snapshot, now) {
            Some(schedules) => Agenda { events: agenda::events(&snapshot), schedules },
            None => {
                let agenda = self.agenda(&snapshot).await?;
                self.put_down(&snapshot, &agenda, now).await?;
                agenda
            }
        };
        self.notices(&snapshot, &agenda, now).await
    }

    /// Enqueues everything that fell due since the last look.
    async fn put_down(&self, snapshot: &Snapshot, agenda: &Agenda<'_>, now: Timestamp) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        let events: Vec<EventUid> = agenda.events.keys().map(|uid| (*uid).clone()).collect();
        let (called_off, back) = store.present(&events, now).await?;
        if called_off + back > 0 {
            tracing::info!(called_off, back, "events left the knowledge, or came back to it");
        }
        // Read before the subscriptions: a wish that comes in between is seen by the next look.
        let n_wishes = self.app.gauges().n_wishes();
        let subscriptions = store.living_subscriptions().await?;
        let looked = store.last_look().await?;
        let scheduled = agenda.scheduled(looked);
        let mut found = due(&scheduled, &subscriptions, now);
        let mut deliveries = self.changes(agenda, &subscriptions, &mut found, now).await?;
        let chats: BTreeMap<SubscriptionId, &Subscription> =
            subscriptions.iter().map(|subscription| (subscription.id, subscription)).collect();
        deliveries.extend(found.iter().filter_map(|due| {
            let hold =
                hold(agenda.event(&due.uid)?, &agenda.schedules[&due.uid], chats.get(&due.subscription)?, due.due);
            Some(of_milestone(due, hold))
        }));
        // The watermark moves only with something to put down: a look that finds nothing writes nothing.
        let touched: BTreeSet<&EventUid> = found.iter().map(|due| &due.uid).collect();
        let planned: Vec<Planned> = agenda
            .schedules
            .values()
            .filter(|schedule| schedule.planned_until.is_none() || touched.contains(&schedule.uid))
            .map(|schedule| Planned { uid: schedule.uid.clone(), revision: schedule.revision, until: now })
            .collect();
        self.enqueue(&deliveries, &planned, now).await?;
        if looked.is_none_or(|looked| looked + LONGEST_REST <= now) || !planned.is_empty() {
            store.looked(&self.lead, now).await?;
        }
        let next = next_due(&scheduled, &subscriptions, now);
        let until = next.map_or(now + LONGEST_REST, |next| next.min(now + LONGEST_REST));
        // What is put down moves the schedules on: the next look reads them anew, and rests.
        *self.rest() = planned.is_empty().then(|| Rest {
            schedules: Arc::clone(&agenda.schedules),
            revision: snapshot.revision().clone(),
            n_wishes,
            from: now,
            until,
        });
        Ok(())
    }

    /// The schedules of an earlier look that found that nothing is due yet, if nothing has changed since.
    fn rested(&self, snapshot: &Snapshot, now: Timestamp) -> Option<Arc<Schedules>> {
        let rest = self.rest();
        let rest = rest.as_ref().filter(|rest| {
            rest.revision == *snapshot.revision()
                && rest.n_wishes == self.app.gauges().n_wishes()
                && (rest.from..rest.until).contains(&now)
        });
        rest.map(|rest| Arc::clone(&rest.schedules))
    }

    pub(super) fn hands(&self) -> MutexGuard<'_, Hands> {
        // Numbers and states are whole after any panic; at worst something is given again.
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn waves(&self) -> MutexGuard<'_, Waves> {
        // Instants and numbers are whole after any panic.
        self.waves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rest(&self) -> MutexGuard<'_, Option<Rest>> {
        // Replaced whole.
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next instant at which a look would find something due; `None` if nothing is to come.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next(&self) -> Result<Option<Timestamp>, StoreError> {
        let snapshot = self.app.library().snapshot();
        let agenda = self.agenda(&snapshot).await?;
        let subscriptions = self.app.parts.store.living_subscriptions().await?;
        Ok(next_due(&agenda.scheduled(None), &subscriptions, self.app.parts.clock.now()))
    }

    async fn agenda<'s>(&self, snapshot: &'s Snapshot) -> Result<Agenda<'s>, StoreError> {
        let events = agenda::events(snapshot);
        let fingerprints: Vec<(EventUid, String)> =
            events.values().map(|(_, event)| (event.uid.clone(), schedule_fingerprint(event))).collect();
        let schedules = self.app.parts.store.schedule(&self.lead, &fingerprints).await?;
        let schedules = schedules.into_iter().map(|schedule| (schedule.uid.clone(), schedule)).collect();
        Ok(Agenda { events, schedules: Arc::new(schedules) })
    }

    /// In batches, for the store is locked meanwhile; what is planned is remembered with the last. A crash in between is
    /// mended by the next look, for a delivery that is there stays as it is.
    async fn enqueue(&self, deliveries: &[NewDelivery], planned: &[Planned], now: Timestamp) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        let n_batches = deliveries.len().div_ceil(BATCH);
        let mut n_new = 0;
        for (at, batch) in deliveries.chunks(BATCH).enumerate() {
            n_new += store.enqueue(batch, if at + 1 == n_batches { planned } else { &[] }, now).await?;
        }
        if deliveries.is_empty() && !planned.is_empty() {
            store.enqueue(&[], planned, now).await?;
        }
        if n_new > 0 {
            tracing::info!(deliveries = n_new, "planned");
        }
        Ok(())
    }
}

fn of_milestone(due: &Due, hold: Hold) -> NewDelivery {
    let subject = Subject::Event { uid: due.uid.clone(), revision: due.revision, occasion: due.occasion };
    let supersedes = due.coalesced.iter().copied().map(Occasion::Milestone).collect();
    NewDelivery { subscription: due.subscription, subject, due: due.due, expires: due.expires, hold, supersedes }
}

/// Whom an announcement waits for: an admin if nobody has looked at its event for long, else its chat if that wants to.
fn hold(event: &Event, schedule: &EventSchedule, chat: &Subscription, due: Timestamp) -> Hold {
    let confirmed = schedule.confirmed.is_some_and(|until| until >= due);
    if confirmed || is_fresh(event, due) { approval(chat) } else { Hold::Review }
}

fn is_fresh(event: &Event, due: Timestamp) -> bool {
    let looked = jiff::tz::TimeZone::UTC.to_timestamp(event.reviewed.at(0, 0, 0, 0));
    looked.is_ok_and(|looked| due.duration_since(looked) <= FRESH)
}

pub(super) const fn approval(chat: &Subscription) -> Hold {
    match chat.settings.approval {
        Approval::Each => Hold::Approval,
        Approval::None => Hold::Free,
    }
}
