//! When to look again: the next instant at which something is due.

use jiff::Timestamp;

use super::bound::bound;
use super::due::Scheduled;
use super::groups::{Candidate, groups};
use super::moment::wants;
use crate::domain::Subscription;

/// The next instant after `now` at which a look would find something due; `None` if nothing is to come.
///
/// What is overdue at `now` does not count: [`due`](super::due()) gives that at once.
#[must_use]
pub fn next_due(events: &[Scheduled<'_>], subscriptions: &[Subscription], now: Timestamp) -> Option<Timestamp> {
    let groups = groups(subscriptions);
    let mut candidates: Vec<_> =
        events.iter().filter_map(|scheduled| Candidate::between(scheduled, now, Timestamp::MAX)).collect();
    candidates.sort_by_key(Candidate::earliest);
    let mut next: Option<Timestamp> = None;
    let mut moments = Vec::new();
    for group in &groups {
        for candidate in &candidates {
            if next.is_some_and(|next| next < candidate.earliest()) {
                break;
            }
            candidate.moments(group.hours, &mut moments);
            moments.retain(|moment| moment.due > now && next.is_none_or(|next| moment.due < next));
            let kind = candidate.scheduled.event.kind;
            for member in group.members.iter().filter(|member| member.settings.kinds.contains(&kind)) {
                let bound = bound(candidate.scheduled, member);
                let wanted = moments
                    .iter()
                    .filter(|moment| moment.due > bound && wants(member.settings.milestones, moment.milestone));
                next = wanted.map(|moment| moment.due).chain(next).min();
            }
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::super::due::due;
    use super::super::fixture::{at, named, scheduled, settings, subscription};
    use super::*;
    use crate::domain::{MilestoneChoice, Settings, SubscriptionStatus};

    #[test]
    fn the_next_instant_is_the_one_at_which_something_is_due() {
        let events = [named("a", "2031-10-05"), named("b", "2031-10"), named("c", "2031"), named("d", "")];
        let events: Vec<_> = events.iter().map(|event| scheduled(event, "")).collect();
        let first_day = Settings { milestones: MilestoneChoice::FirstDay, ..settings("Asia/Bishkek", 10) };
        let chats = [subscription(1, settings("UTC", 10)), subscription(2, first_day)];
        let mut now = at("2030-01-01T00:00:00Z");
        let mut found = Vec::new();
        while let Some(next) = next_due(&events, &chats, now) {
            let a_moment = jiff::SignedDuration::from_secs(1);
            let planned = |until| {
                let mut events = events.clone();
                events.iter_mut().for_each(|event| event.planned_until = Some(until));
                events
            };
            assert_eq!(due(&planned(now), &chats, next - a_moment), []);
            assert_ne!(due(&planned(next - a_moment), &chats, next), []);
            found.push(next.to_string());
            now = next;
        }
        assert_eq!(
            found,
            [
                "2031-09-01T10:00:00Z",
                "2031-09-28T10:00:00Z",
                "2031-10-01T04:00:00Z",
                "2031-10-01T10:00:00Z",
                "2031-10-04T10:00:00Z",
                "2031-10-05T04:00:00Z",
                "2031-10-05T10:00:00Z",
            ]
        );
    }

    #[test]
    fn what_is_planned_or_too_old_for_a_chat_does_not_count() {
        let event = named("a", "2031-10-05");
        let chat =
            |since: &str, status| Subscription { since: at(since), status, ..subscription(1, settings("UTC", 10)) };
        let active = SubscriptionStatus::Active;
        for (planned_until, chat, next) in [
            ("", chat("2020-01-01T00:00:00Z", active), Some("2031-09-28T10:00:00Z")),
            ("2031-09-28T10:00:00Z", chat("2020-01-01T00:00:00Z", active), Some("2031-10-04T10:00:00Z")),
            ("", chat("2031-10-04T10:00:00Z", active), Some("2031-10-05T10:00:00Z")),
            ("", chat("2031-10-05T10:00:00Z", active), None),
            ("2031-10-05T10:00:00Z", chat("2020-01-01T00:00:00Z", active), None),
            ("", chat("2020-01-01T00:00:00Z", SubscriptionStatus::Ended), None),
        ] {
            let found = next_due(&[scheduled(&event, planned_until)], &[chat], at("2031-01-01T00:00:00Z"));
            assert_eq!(found, next.map(at), "{planned_until} {next:?}");
        }
    }
}
