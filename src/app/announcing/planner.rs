//! The planner: looks at the clock, the knowledge and the subscriptions, and puts down what is due.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::announcements::{Due, Scheduled, due, next_due, over, schedule_fingerprint};
use crate::domain::{
    Approval, Event, EventUid, Hold, Interview, Occasion, OutcomeKind, Revision, Subject, Subscription, SubscriptionId,
};
use crate::store::{EventSchedule, NewDelivery, Planned, StoreError};

use super::super::{App, Snapshot};
use super::hands::Hands;
use super::notices::Notice;

/// How long an editor's look at an event holds.
pub(super) const FRESH: SignedDuration = SignedDuration::from_hours(60 * 24);

/// However far off the next milestone is: another process on the database may have changed a subscription. Reading
/// 10,000 of them takes a quarter of a second.
const LONGEST_REST: SignedDuration = SignedDuration::from_secs(60);

/// So many deliveries are put down at once: about 0.3 s, in which the inbox waits.
const BATCH: usize = 1_000;

/// How long a change is news.
const CHANGE_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Plans announcements. Planning twice changes nothing.
pub struct Planner {
    pub(super) app: Arc<App>,
    // Short sections, never held across an await.
    hands: Mutex<Hands>,
    rest: Mutex<Option<Rest>>,
}

/// Where the planning of each event stands.
type Schedules = HashMap<EventUid, EventSchedule>;

/// That nothing is due for a while, and what that was concluded from.
struct Rest {
    schedules: Arc<Schedules>,
    revision: Revision,
    n_wishes: u64,
    from: Timestamp,
    until: Timestamp,
}

/// The events of the live knowledge with where their planning stands.
pub(super) struct Agenda<'s> {
    pub(super) events: BTreeMap<&'s EventUid, (&'s Interview, &'s Event)>,
    pub(super) schedules: Arc<Schedules>,
}

impl Agenda<'_> {
    /// Those that may be announced.
    fn scheduled(&self) -> Vec<Scheduled<'_>> {
        let known = self.events.values().filter_map(|(_, event)| Some((*event, self.schedules.get(&event.uid)?)));
        known
            .filter(|(_, schedule)| !schedule.dropped)
            .map(|(event, schedule)| Scheduled {
                event,
                revision: schedule.revision,
                planned_until: schedule.planned_until,
            })
            .collect()
    }

    pub(super) fn event(&self, uid: &EventUid) -> Option<&Event> {
        self.events.get(uid).map(|(_, event)| *event)
    }
}

impl Planner {
    /// For that bot.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        Self { app, hands: Mutex::default(), rest: Mutex::default() }
    }

    /// Looks once: enqueues what is due, ends what is past its time, and says what people are to be asked or told. What
    /// becomes of each of these notices is to be told to [`Planner::settled`]; until then it is not given again.
    ///
    /// # Errors
    /// [`StoreError`]: what was not put down is found again by the next look.
    pub async fn plan(&self) -> Result<Vec<Notice>, StoreError> {
        let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
        let snapshot = self.app.library().snapshot();
        let agenda = match self.rested(&snapshot, now) {
            Some(schedules) => Agenda { events: events(&snapshot), schedules },
            None => {
                let agenda = self.agenda(&snapshot).await?;
                self.put_down(&snapshot, &agenda, now).await?;
                agenda
            }
        };
        store.expire(now).await?;
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
        let scheduled = agenda.scheduled();
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
        Ok(next_due(&agenda.scheduled(), &subscriptions, self.app.parts.clock.now()))
    }

    async fn agenda<'s>(&self, snapshot: &'s Snapshot) -> Result<Agenda<'s>, StoreError> {
        let events = events(snapshot);
        let fingerprints: Vec<(EventUid, String)> =
            events.values().map(|(_, event)| (event.uid.clone(), schedule_fingerprint(event))).collect();
        let schedules = self.app.parts.store.schedule(&fingerprints).await?;
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

    /// Whoever was told of an older schedule is told once of the new one, in place of milestones that are due anyway.
    async fn changes(
        &self,
        agenda: &Agenda<'_>,
        subscriptions: &[Subscription],
        found: &mut Vec<Due>,
        now: Timestamp,
    ) -> Result<Vec<NewDelivery>, StoreError> {
        let mut deliveries = Vec::new();
        for (_, event) in agenda.events.values() {
            let Some(schedule) = agenda.schedules.get(&event.uid).filter(|schedule| schedule.previous.is_some()) else {
                continue;
            };
            let Some(occasion) = change(event) else { continue };
            for (recipient, held_until) in self.app.parts.store.recipients_of(&event.uid, schedule.revision).await? {
                // A suspended one, too: once it goes on, it must not be left with the wrong day.
                let known = subscriptions.iter().find(|subscription| subscription.id == recipient).cloned();
                let chat = match known {
                    Some(chat) => chat,
                    None => match self.app.parts.store.subscription(recipient).await? {
                        Some(chat) => chat,
                        None => continue,
                    },
                };
                let Some(expires) = news_until(event, (occasion, held_until), &chat, now) else { continue };
                let instead = |due: &Due| due.uid == event.uid && due.subscription == chat.id;
                let supersedes = found.iter().filter(|due| instead(due)).flat_map(occasions).collect();
                found.retain(|due| !instead(due));
                deliveries.push(NewDelivery {
                    subscription: chat.id,
                    subject: Subject::Event { uid: event.uid.clone(), revision: schedule.revision, occasion },
                    due: now,
                    expires,
                    hold: approval(&chat),
                    supersedes,
                });
            }
        }
        Ok(deliveries)
    }
}

/// The events of the live knowledge.
fn events(snapshot: &Snapshot) -> BTreeMap<&EventUid, (&Interview, &Event)> {
    let interviews = snapshot.corpus.interviews.iter();
    interviews
        .flat_map(|interview| interview.events.iter().map(move |event| (&event.uid, (interview, event))))
        .collect()
}

/// What to tell those who got the old schedule; `None` if the event was held as announced.
fn change(event: &Event) -> Option<Occasion> {
    match event.outcome.as_ref().map(|outcome| outcome.kind) {
        Some(OutcomeKind::Held) => None,
        Some(OutcomeKind::Cancelled) => Some(Occasion::Cancelled),
        Some(OutcomeKind::Moved) | None => Some(Occasion::Moved),
    }
}

/// Until when a change is news; `None` if it is none. A move is while its new day is ahead, or, if that is over, what was
/// told before: with both over it moves nobody any more.
fn news_until(
    event: &Event,
    (occasion, held_until): (Occasion, Timestamp),
    chat: &Subscription,
    now: Timestamp,
) -> Option<Timestamp> {
    let old = now + CHANGE_LIFETIME;
    let end = over(event, &chat.settings.zone).filter(|_| occasion == Occasion::Moved);
    let until = end.map_or(old, |end| end.max(held_until).min(old));
    (until > now).then_some(until)
}

fn of_milestone(due: &Due, hold: Hold) -> NewDelivery {
    let subject = Subject::Event { uid: due.uid.clone(), revision: due.revision, occasion: due.occasion };
    let supersedes = due.coalesced.iter().copied().map(Occasion::Milestone).collect();
    NewDelivery { subscription: due.subscription, subject, due: due.due, expires: due.expires, hold, supersedes }
}

fn occasions(due: &Due) -> Vec<Occasion> {
    std::iter::once(due.occasion).chain(due.coalesced.iter().copied().map(Occasion::Milestone)).collect()
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
