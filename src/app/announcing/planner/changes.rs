//! Changes: whoever was told of an older schedule is told of the new one.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use crate::announcements::{Due, over};
use crate::domain::{Event, EventUid, Occasion, OutcomeKind, Subject, Subscription, SubscriptionId};
use crate::store::{NewDelivery, StoreError};

use super::agenda::Agenda;
use super::{Planner, approval};

/// How long a change is news.
const CHANGE_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Planner {
    /// Each is told once, in place of milestones that are due anyway.
    pub(super) async fn changes(
        &self,
        agenda: &Agenda<'_>,
        subscriptions: &[Subscription],
        found: &mut Vec<Due>,
        now: Timestamp,
    ) -> Result<Vec<NewDelivery>, StoreError> {
        let mut deliveries = Vec::new();
        let chats: HashMap<SubscriptionId, &Subscription> = subscriptions.iter().map(|chat| (chat.id, chat)).collect();
        let mut due_anyway: HashMap<(&EventUid, SubscriptionId), Vec<Occasion>> = HashMap::new();
        for due in found.iter() {
            due_anyway.entry((&due.uid, due.subscription)).or_default().extend(occasions(due));
        }
        let mut instead: HashSet<(EventUid, SubscriptionId)> = HashSet::new();
        for (_, event) in agenda.events.values() {
            let Some(schedule) = agenda.schedules.get(&event.uid).filter(|schedule| schedule.previous.is_some()) else {
                continue;
            };
            let Some(occasion) = change(event) else { continue };
            for (recipient, held_until) in self.app.parts.store.recipients_of(&event.uid, schedule.revision).await? {
                // A suspended one, too: once it goes on, it must not be left with the wrong day.
                let chat = match chats.get(&recipient) {
                    Some(chat) => (*chat).clone(),
                    None => match self.app.parts.store.subscription(recipient).await? {
                        Some(chat) => chat,
                        None => continue,
                    },
                };
                let Some(expires) = news_until(event, (occasion, held_until), &chat, now) else { continue };
                let supersedes = due_anyway.remove(&(&event.uid, chat.id)).unwrap_or_default();
                if !supersedes.is_empty() {
                    instead.insert((event.uid.clone(), chat.id));
                }
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
        drop(due_anyway);
        found.retain(|due| !instead.contains(&(due.uid.clone(), due.subscription)));
        Ok(deliveries)
    }
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

fn occasions(due: &Due) -> Vec<Occasion> {
    std::iter::once(due.occasion).chain(due.coalesced.iter().copied().map(Occasion::Milestone)).collect()
}
