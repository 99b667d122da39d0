//! What is to be announced now: everything that fell due since the last look, each event once a chat.

use jiff::Timestamp;

use super::bound::{bound, earliest_bound};
use super::groups::{Candidate, groups};
use super::moment::{Moment, wants};
use crate::domain::{Event, EventUid, Milestone, Occasion, ScheduleRevision, Subscription, SubscriptionId};

/// An event as the store knows it.
#[derive(Debug, Clone, Copy)]
pub struct Scheduled<'e> {
    /// The event.
    pub event: &'e Event,
    /// How often its schedule has changed.
    pub revision: ScheduleRevision,
    /// What was due until then has been planned. `None` if the revision is new: what of its past is still valid is told,
    /// so that an event that is added late gets its newest milestone; what had expired by then was promised to nobody.
    pub planned_until: Option<Timestamp>,
    /// If the revision is new and its event is not: when somebody last looked. What fell due and expired after that was
    /// missed, whatever was changed meanwhile.
    pub looked: Option<Timestamp>,
}

/// An event that is to be announced to a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// To whom.
    pub subscription: SubscriptionId,
    /// Which event.
    pub uid: EventUid,
    /// As scheduled in that revision.
    pub revision: ScheduleRevision,
    /// Which milestone.
    pub occasion: Occasion,
    /// When it should have been sent.
    pub due: Timestamp,
    /// From when on it may not be sent any more. If that is past, it expired before anybody looked, although its event was
    /// known: it is told, not sent.
    pub expires: Timestamp,
    /// Older milestones of the event that fell due for the chat as well; this one takes their place. The earliest last.
    pub coalesced: Vec<Milestone>,
}

/// What fell due until `now`, in the order of its instants, then of subscriptions and uids.
///
/// For each subscription that has not ended and each event of a kind it wants: those wanted milestones that fell due after it began,
/// after the event was last planned, and not after `now`. Of several only the newest that is still valid is to be sent;
/// if none is, the newest is missed. Of an event that is new, nothing counts that has expired. A clock that goes back
/// gives nothing twice: nothing is due before it has passed `planned_until` again. A chat that chose other hours since
/// then is looked at farther back.
#[must_use]
pub fn due(events: &[Scheduled<'_>], subscriptions: &[Subscription], now: Timestamp) -> Vec<Due> {
    let groups = groups(subscriptions);
    let members = || groups.iter().flat_map(|group| &group.members);
    let Some(oldest) = members().map(|member| member.since).min() else { return Vec::new() };
    let retimed = members().filter_map(|member| member.retimed).max();
    let candidates: Vec<_> = events
        .iter()
        .filter_map(|scheduled| Candidate::between(scheduled, earliest_bound(scheduled, oldest, retimed), now))
        .collect();
    let mut found = Vec::new();
    let mut moments = Vec::new();
    for group in &groups {
        for candidate in &candidates {
            candidate.moments(group.hours, &mut moments);
            moments.retain(|moment| moment.due <= now && counts(candidate.scheduled, moment, now));
            if moments.is_empty() {
                continue;
            }
            found.extend(group.members.iter().filter_map(|member| pick(candidate.scheduled, member, &moments, now)));
        }
    }
    found.sort_unstable_by(|a, b| (a.due, a.subscription, &a.uid).cmp(&(b.due, b.subscription, &b.uid)));
    found
}

/// Whether a moment that is due is to be told, or told of: what had expired before anybody knew of it is neither.
fn counts(scheduled: &Scheduled<'_>, moment: &Moment, now: Timestamp) -> bool {
    let was_seen = || scheduled.looked.is_some_and(|looked| looked < moment.due);
    scheduled.planned_until.is_some() || now < moment.expires || was_seen()
}

/// Of moments that are over, the newest first, the one to tell to a subscription.
fn pick(scheduled: &Scheduled<'_>, subscription: &Subscription, moments: &[Moment], now: Timestamp) -> Option<Due> {
    let settings = &subscription.settings;
    if !settings.kinds.contains(&scheduled.event.kind) {
        return None;
    }
    let bound = bound(scheduled, subscription);
    let overdue = || moments.iter().filter(|moment| moment.due > bound && wants(settings.milestones, moment.milestone));
    let valid = overdue().find(|moment| now < moment.expires);
    let moment = valid.or_else(|| overdue().next())?;
    Some(Due {
        subscription: subscription.id,
        uid: scheduled.event.uid.clone(),
        revision: scheduled.revision,
        occasion: Occasion::Milestone(moment.milestone),
        due: moment.due,
        expires: moment.expires,
        coalesced: overdue().map(|other| other.milestone).filter(|other| *other != moment.milestone).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, event, milestone, named, quiet, scheduled, settings, subscription};
    use super::*;
    use crate::domain::{EventKind, MilestoneChoice, Settings, SubscriptionStatus};

    /// Each as `subscription uid milestone Send|Missed [coalesced]`.
    fn written(found: &[Due], now: Timestamp) -> Vec<String> {
        found
            .iter()
            .map(|one| {
                let coalesced: String = one.coalesced.iter().map(|older| format!(" {older}")).collect();
                let fate = if now < one.expires { "Send" } else { "Missed" };
                format!("{} {} {} {fate}{coalesced}", one.subscription.0, one.uid, one.occasion)
            })
            .collect()
    }

    #[track_caller]
    fn check(when: &str, planned_until: &str, subscription: &Subscription, now: &str, expected: &[&str]) {
        let event = event(when);
        let found = due(&[scheduled(&event, planned_until)], std::slice::from_ref(subscription), at(now));
        assert_eq!(written(&found, at(now)), expected, "{when}, planned until {planned_until:?}, at {now}");
    }

    const DAY: &str = "2031-10-05";
    const MONTH: &str = "2031-10";

    fn one() -> Subscription {
        subscription(1, settings("UTC", 10))
    }

    #[test]
    fn a_milestone_is_due_once_when_its_time_has_come() {
        for (planned_until, now, expected) in [
            ("2031-10-04T09:59:55Z", "2031-10-04T10:00:00Z", &["1 e 1d Send"][..]),
            ("2031-10-04T09:59:55Z", "2031-10-04T10:00:05Z", &["1 e 1d Send"]),
            ("2031-10-04T09:00:00Z", "2031-10-04T09:59:59Z", &[]),
            ("2031-10-04T10:00:00Z", "2031-10-04T10:00:05Z", &[]),
            ("2031-10-04T10:00:05Z", "2031-10-05T09:59:59Z", &[]),
            ("2031-10-05T09:59:59Z", "2031-10-05T10:00:00Z", &["1 e 0d Send"]),
            ("2031-10-05T10:00:00Z", "2032-10-05T10:00:00Z", &[]),
            // The clock went back.
            ("2031-10-04T10:00:05Z", "2031-10-04T10:00:05Z", &[]),
            ("2031-10-04T10:00:05Z", "2031-10-04T10:00:00Z", &[]),
            ("2031-10-04T10:00:05Z", "2031-09-28T10:00:00Z", &[]),
        ] {
            check(DAY, planned_until, &one(), now, expected);
        }
    }

    #[test]
    fn of_several_only_the_newest_that_is_valid_is_sent() {
        for (when, planned_until, now, expected) in [
            (DAY, "2031-09-28T09:00:00Z", "2031-10-04T10:00:00Z", &["1 e 1d Send 7d"][..]),
            (DAY, "2031-09-28T09:00:00Z", "2031-10-05T12:00:00Z", &["1 e 0d Send 1d 7d"]),
            (DAY, "2031-10-04T09:00:00Z", "2031-10-05T12:00:00Z", &["1 e 0d Send 1d"]),
            (MONTH, "2031-08-01T00:00:00Z", "2031-10-02T00:00:00Z", &["1 e 0d Send 30d"]),
            (DAY, "", "2031-10-01T12:00:00Z", &["1 e 7d Send"]),
            (MONTH, "", "2031-08-15T12:00:00Z", &[]),
        ] {
            check(when, planned_until, &one(), now, expected);
        }
    }

    #[test]
    fn a_late_milestone_expires() {
        for (when, planned_until, now, expected) in [
            (DAY, "2031-09-28T09:00:00Z", "2031-10-04T23:59:59Z", &["1 e 1d Send 7d"][..]),
            (DAY, "2031-09-28T09:00:00Z", "2031-10-05T00:00:00Z", &["1 e 1d Missed 7d"]),
            (DAY, "2031-10-05T09:00:00Z", "2031-10-05T23:59:59Z", &["1 e 0d Send"]),
            (DAY, "2031-10-05T09:00:00Z", "2031-10-06T00:00:00Z", &["1 e 0d Missed"]),
            (MONTH, "2031-10-01T09:00:00Z", "2031-10-08T09:59:59Z", &["1 e 0d Send"]),
            (MONTH, "2031-10-01T09:00:00Z", "2031-10-08T10:00:00Z", &["1 e 0d Missed"]),
            (MONTH, "2031-08-01T09:00:00Z", "2031-10-01T00:00:00Z", &["1 e 30d Missed"]),
        ] {
            check(when, planned_until, &one(), now, expected);
        }
    }

    #[test]
    fn a_new_event_has_missed_nothing_and_tells_what_is_still_valid() {
        for (when, now, new, known) in [
            (DAY, "2031-09-28T09:59:59Z", &[][..], &[][..]),
            (DAY, "2031-10-04T23:59:59Z", &["1 e 1d Send 7d"], &["1 e 1d Send 7d"]),
            (DAY, "2031-10-05T00:00:00Z", &[], &["1 e 1d Missed 7d"]),
            (DAY, "2031-10-05T09:59:59Z", &[], &["1 e 1d Missed 7d"]),
            (DAY, "2031-10-05T12:00:00Z", &["1 e 0d Send"], &["1 e 0d Send 1d 7d"]),
            (DAY, "2031-10-05T23:59:59Z", &["1 e 0d Send"], &["1 e 0d Send 1d 7d"]),
            (DAY, "2031-10-06T00:00:00Z", &[], &["1 e 0d Missed 1d 7d"]),
            (DAY, "2032-12-24T00:00:00Z", &[], &["1 e 0d Missed 1d 7d"]),
            (MONTH, "2031-09-30T23:59:59Z", &["1 e 30d Send"], &["1 e 30d Send"]),
            (MONTH, "2031-10-08T09:59:59Z", &["1 e 0d Send"], &["1 e 0d Send 30d"]),
            (MONTH, "2031-10-08T10:00:00Z", &[], &["1 e 0d Missed 30d"]),
        ] {
            check(when, "", &one(), now, new);
            check(when, "2031-08-01T00:00:00Z", &one(), now, known);
        }
        // What falls due after the first look is promised like any other.
        check(DAY, "2031-10-04T09:59:59Z", &one(), "2031-10-05T00:00:00Z", &["1 e 1d Missed"]);
    }

    #[test]
    fn what_expired_since_the_last_look_was_missed_though_its_event_was_changed_meanwhile() {
        for (looked, now, expected) in [
            ("2031-10-01T00:00:00Z", "2031-10-05T00:00:00Z", &["1 e 1d Missed"][..]),
            ("2031-09-01T00:00:00Z", "2031-10-05T00:00:00Z", &["1 e 1d Missed 7d"]),
            ("2031-10-04T10:00:00Z", "2031-10-05T00:00:00Z", &[]),
            ("2031-10-04T23:59:00Z", "2031-10-05T00:00:00Z", &[]),
            ("2031-10-01T00:00:00Z", "2031-10-05T12:00:00Z", &["1 e 0d Send 1d"]),
        ] {
            let event = event(DAY);
            let changed = Scheduled { looked: Some(at(looked)), ..scheduled(&event, "") };
            let found = due(&[changed], &[one()], at(now));
            assert_eq!(written(&found, at(now)), expected, "looked {looked}, at {now}");
        }
    }

    #[test]
    fn a_new_subscriber_gets_no_back_fill() {
        for (since, now, expected) in [
            ("2031-10-04T09:59:59Z", "2031-10-05T12:00:00Z", &["1 e 0d Send 1d"][..]),
            ("2031-10-04T10:00:00Z", "2031-10-05T12:00:00Z", &["1 e 0d Send"]),
            ("2031-10-05T10:00:00Z", "2031-10-05T12:00:00Z", &[]),
            ("2031-10-05T10:30:00Z", "2031-10-05T12:00:00Z", &[]),
            ("2031-10-06T10:30:00Z", "2031-10-05T12:00:00Z", &[]),
        ] {
            let subscription = Subscription { since: at(since), ..one() };
            check(DAY, "2031-09-01T00:00:00Z", &subscription, now, expected);
        }
    }

    #[test]
    fn a_chat_gets_what_it_chose() {
        let chose = |settings| Subscription { settings, ..one() };
        let utc = || settings("UTC", 10);
        let now = "2031-10-05T12:00:00Z";
        for (settings, expected) in [
            (utc(), &["1 e 0d Send 1d 7d"][..]),
            (Settings { milestones: MilestoneChoice::FirstDay, ..utc() }, &["1 e 0d Send"]),
            (Settings { milestones: MilestoneChoice::Ahead, ..utc() }, &["1 e 1d Missed 7d"]),
            (Settings { kinds: [EventKind::Exercise].into(), ..utc() }, &["1 e 0d Send 1d 7d"]),
            (Settings { kinds: [EventKind::Meeting].into(), ..utc() }, &[]),
            (Settings { kinds: [].into(), ..utc() }, &[]),
            (settings("UTC", 13), &["1 e 1d Missed 7d"]),
            (settings("Asia/Bishkek", 18), &["1 e 0d Send 1d 7d"]),
            (settings("Asia/Bishkek", 19), &["1 e 1d Missed 7d"]),
            (quiet(utc(), 9, 13), &["1 e 1d Missed 7d"]),
            (quiet(utc(), 9, 12), &["1 e 0d Send 1d 7d"]),
        ] {
            check(DAY, "2031-09-01T00:00:00Z", &chose(settings), now, expected);
        }
        for (status, expected) in
            [(SubscriptionStatus::Suspended, &["1 e 0d Send 1d 7d"][..]), (SubscriptionStatus::Ended, &[])]
        {
            check(DAY, "2031-09-01T00:00:00Z", &Subscription { status, ..one() }, now, expected);
        }
    }

    #[test]
    fn they_come_in_the_order_of_their_instants() {
        let events = [named("b", DAY), named("a", DAY), named("c", "2031-10-06"), named("d", "2031")];
        let events: Vec<_> = events.iter().map(|event| scheduled(event, "2031-10-05T00:00:00Z")).collect();
        let mut subscriptions =
            [(3, "UTC"), (1, "UTC"), (2, "Asia/Bishkek")].map(|(id, zone)| subscription(id, settings(zone, 10)));
        let expected = [
            "2 a 0d Send",
            "2 b 0d Send",
            "2 c 1d Send",
            "1 a 0d Send",
            "1 b 0d Send",
            "1 c 1d Send",
            "3 a 0d Send",
            "3 b 0d Send",
            "3 c 1d Send",
        ];
        let now = at("2031-10-05T12:00:00Z");
        assert_eq!(written(&due(&events, &subscriptions, now), now), expected);
        subscriptions.reverse();
        let reversed: Vec<_> = events.iter().rev().copied().collect();
        assert_eq!(written(&due(&reversed, &subscriptions, now), now), expected);
        assert_eq!(due(&events, &[], now), []);
        assert_eq!(due(&[], &subscriptions, now), []);
    }

    #[test]
    fn looking_often_or_seldom_tells_the_same_milestones() {
        let event = Event { milestones: Some([90, 30, 7, 1, 0].map(milestone).to_vec()), ..event(DAY) };
        let chats = [quiet(settings("Europe/Oslo", 23), 22, 8), settings("Pacific/Chatham", 3)];
        let chats: Vec<_> = (1..).zip(chats).map(|(id, settings)| subscription(id, settings)).collect();
        let told = |hours: i64| {
            let (mut told, mut until) = (Vec::new(), at("2031-01-01T00:00:00Z"));
            while until < at("2031-12-01T00:00:00Z") {
                let now = until + jiff::SignedDuration::from_hours(hours);
                for one in due(&[Scheduled { planned_until: Some(until), ..scheduled(&event, "") }], &chats, now) {
                    let Occasion::Milestone(newest) = one.occasion else { panic!("{one:?}") };
                    told.extend(one.coalesced.iter().chain([&newest]).map(|one_of| (one.subscription, *one_of)));
                }
                until = now;
            }
            told.sort_unstable();
            told
        };
        assert_eq!(told(1).len(), 10);
        for hours in [5, 24, 100, 24 * 60, 24 * 400] {
            assert_eq!(told(hours), told(1), "every {hours} hours");
        }
    }
}
