//! What thousands of chats and events have in common is worked out once: chats with the same hours meet a milestone at the
//! same instant, and of most events nothing can fall between two looks at the clock.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::due::Scheduled;
use super::local::Hours;
use super::milestones::milestones;
use super::moment::{Moment, add_moments};
use crate::domain::{Milestone, Subscription, SubscriptionStatus, When};

/// How far the instant of a milestone may lie from its day in UTC: the day in any zone begins up to 14 hours before and
/// ends up to 12 hours after that day, quiet hours and an instant's own zone move it by a day each, changes of clocks by
/// hours.
pub(super) const MARGIN_DAYS: i8 = 4;

/// Subscriptions that want their posts at the same hours.
pub(super) struct Group<'s> {
    pub(super) hours: Hours<'s>,
    pub(super) members: Vec<&'s Subscription>,
}

/// Puts subscriptions that have not ended into groups: what falls due for a suspended one waits for it, or is missed.
pub(super) fn groups(subscriptions: &[Subscription]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut zones = Zones::default();
    let mut places = BTreeMap::new();
    for subscription in subscriptions.iter().filter(|one| one.status != SubscriptionStatus::Ended) {
        let hours = Hours::of(&subscription.settings);
        let quiet = hours.quiet.map(|quiet| (quiet.from(), quiet.to()));
        let place = *places.entry((zones.number(hours.zone), hours.hour, quiet)).or_insert_with(|| {
            groups.push(Group { hours, members: Vec::new() });
            groups.len() - 1
        });
        groups[place].members.push(subscription);
    }
    groups
}

/// Numbers zones. They have no order; those of one name are compared, and so are all without a name.
#[derive(Default)]
struct Zones<'s> {
    n_zones: usize,
    by_name: BTreeMap<&'s str, Vec<(&'s TimeZone, usize)>>,
}

impl<'s> Zones<'s> {
    fn number(&mut self, zone: &'s TimeZone) -> usize {
        let of_that_name = self.by_name.entry(zone.iana_name().unwrap_or_default()).or_default();
        if let Some((_, number)) = of_that_name.iter().find(|(known, _)| *known == zone) {
            return *number;
        }
        of_that_name.push((zone, self.n_zones));
        self.n_zones += 1;
        self.n_zones - 1
    }
}

/// An event with those of its milestones that may be due in a span of time.
pub(super) struct Candidate<'e> {
    pub(super) scheduled: &'e Scheduled<'e>,
    when: &'e When,
    /// The earliest first, each with its day as the event's own zone has it.
    milestones: Vec<(Milestone, Date)>,
}

impl<'e> Candidate<'e> {
    /// `None` if nothing of the event can be due after `from` and until `to`.
    pub(super) fn between(scheduled: &'e Scheduled<'e>, from: Timestamp, to: Timestamp) -> Option<Self> {
        let when = scheduled.event.planned()?;
        let margin = Span::new().days(MARGIN_DAYS);
        let (from, to) = (TimeZone::UTC.to_datetime(from).date(), TimeZone::UTC.to_datetime(to).date());
        let days = from.saturating_sub(margin)..=to.saturating_add(margin);
        let first_day = when.first_day();
        let day =
            |milestone: Milestone| Some((milestone, first_day.checked_sub(Span::new().days(milestone.days())).ok()?));
        let milestones: Vec<_> =
            milestones(scheduled.event).into_iter().filter_map(day).filter(|(_, day)| days.contains(day)).collect();
        (!milestones.is_empty()).then_some(Self { scheduled, when, milestones })
    }

    /// Before this instant nothing of it is due anywhere.
    pub(super) fn earliest(&self) -> Timestamp {
        let day = self.milestones.iter().map(|(_, day)| *day).min();
        day.and_then(|day| {
            let day = day.checked_sub(Span::new().days(MARGIN_DAYS)).ok()?;
            TimeZone::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
        })
        .unwrap_or(Timestamp::MIN)
    }

    /// The moments of those milestones for chats of these hours, the latest first.
    pub(super) fn moments(&self, hours: Hours<'_>, moments: &mut Vec<Moment>) {
        moments.clear();
        let newest_first = self.milestones.iter().rev().map(|(milestone, _)| *milestone);
        add_moments(self.when, newest_first, hours, moments);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, event, quiet, scheduled, settings, subscription};
    use super::*;

    #[test]
    fn chats_of_the_same_hours_are_together() {
        let fixed = |seconds| TimeZone::fixed(jiff::tz::Offset::from_seconds(seconds).unwrap());
        let all = [
            settings("Europe/Oslo", 10),
            settings("Asia/Bishkek", 10),
            settings("Europe/Oslo", 10),
            settings("Europe/Oslo", 9),
            quiet(settings("Europe/Oslo", 10), 22, 8),
            crate::domain::Settings { zone: fixed(3600), ..settings("UTC", 10) },
            crate::domain::Settings { zone: fixed(7200), ..settings("UTC", 10) },
            crate::domain::Settings { zone: fixed(3600), silent: true, ..settings("UTC", 10) },
        ];
        let mut subscriptions: Vec<_> = (0..).zip(all).map(|(id, settings)| subscription(id, settings)).collect();
        subscriptions.push(Subscription { status: SubscriptionStatus::Ended, ..subscriptions[0].clone() });
        subscriptions.push(Subscription { status: SubscriptionStatus::Suspended, ..subscriptions[0].clone() });
        let found: Vec<Vec<i64>> = groups(&subscriptions)
            .iter()
            .map(|group| group.members.iter().map(|member| member.id.0).collect())
            .collect();
        assert_eq!(found, [vec![0, 2, 0], vec![1], vec![3], vec![4], vec![5, 7], vec![6]]);
    }

    #[test]
    fn of_most_events_nothing_can_be_due() {
        for (when, from, to, days) in [
            ("2031-10-05", "2031-10-05T12:00:00Z", "2031-10-05T12:00:05Z", &[1, 0][..]),
            ("2031-10-05", "2031-09-01T00:00:00Z", "2031-10-20T00:00:00Z", &[7, 1, 0]),
            ("2031-10-05", "2031-10-12T00:00:00Z", "2031-12-31T00:00:00Z", &[]),
            ("2031-10-05", "2031-01-01T00:00:00Z", "2031-09-20T00:00:00Z", &[]),
            ("2031", "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z", &[]),
            ("", "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z", &[]),
        ] {
            let event = event(when);
            let scheduled = scheduled(&event, "");
            let found: Vec<u16> = Candidate::between(&scheduled, at(from), at(to))
                .map(|candidate| candidate.milestones.iter().map(|(milestone, _)| milestone.days()).collect())
                .unwrap_or_default();
            assert_eq!(found, days, "{when} {from} {to}");
        }
    }
}
