//! After when a milestone has to fall due to be told: what is planned is planned, unless its chat chose other hours since.

use jiff::{SignedDuration, Timestamp};

use super::due::Scheduled;
use super::groups::MARGIN_DAYS;
use crate::domain::Subscription;

/// How far other hours can move a milestone: as far as any two hours lie apart.
const RETIMED: SignedDuration = SignedDuration::from_hours(2 * 24 * MARGIN_DAYS as i64);

/// After when a milestone of that event has to fall due to be told to that subscription.
///
/// What was planned before a chat chose other hours was planned for the old ones: a milestone that they would have
/// brought later, and the new ones bring before that choice, is still to come. What came by the old ones comes up here
/// once more, and is not enqueued again, for its key is known.
pub(super) fn bound(scheduled: &Scheduled<'_>, subscription: &Subscription) -> Timestamp {
    let Some(planned_until) = scheduled.planned_until else { return subscription.since };
    let retimed = subscription.retimed.filter(|retimed| *retimed >= planned_until);
    let planned = retimed.map_or(planned_until, |retimed| planned_until.min(before(retimed)));
    planned.max(subscription.since)
}

/// An instant that no such bound lies before, for subscriptions of which the last chose other hours at `retimed`.
pub(super) fn earliest_bound(scheduled: &Scheduled<'_>, oldest: Timestamp, retimed: Option<Timestamp>) -> Timestamp {
    let Some(planned_until) = scheduled.planned_until else { return oldest };
    let is_retimed = retimed.is_some_and(|retimed| retimed >= planned_until);
    oldest.max(if is_retimed { before(planned_until) } else { planned_until })
}

fn before(retimed: Timestamp) -> Timestamp {
    retimed.saturating_sub(RETIMED).unwrap_or(retimed)
}

#[cfg(test)]
mod tests {
    use super::super::due::due;
    use super::super::fixture::{at, event, quiet, scheduled, settings, subscription};
    use super::*;
    use crate::domain::Settings;

    /// What a chat of these settings, changed at `retimed`, is told at `now` of an event on 5 October 2031 that was
    /// planned up to `planned_until`.
    fn told(settings: Settings, since: &str, retimed: &str, planned_until: &str, now: &str) -> Vec<String> {
        let event = event("2031-10-05");
        let chat = Subscription {
            since: at(since),
            retimed: (!retimed.is_empty()).then(|| at(retimed)),
            ..subscription(1, settings)
        };
        let scheduled = scheduled(&event, planned_until);
        let bound = bound(&scheduled, &chat);
        assert!(earliest_bound(&scheduled, chat.since, chat.retimed) <= bound, "{bound}");
        let found = due(&[scheduled], &[chat], at(now));
        let one = |one: &super::super::due::Due| {
            let missed = if at(now) < one.expires { "" } else { " missed" };
            format!("{}{missed}", one.occasion)
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn a_milestone_that_new_hours_bring_before_the_last_look_is_still_told() {
        const LONG: &str = "2031-01-01T00:00:00Z";
        let nine = || settings("UTC", 9);
        for (what, settings, since, retimed, planned_until, now, expected) in [
            // From 18 to 9 at noon, when another chat had been served at 10.
            (
                "still to come",
                nine(),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-10-04T10:00:00Z",
                "2031-10-04T12:00:05Z",
                &["1d"][..],
            ),
            (
                "the same instant",
                nine(),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-10-04T12:00:00Z",
                "2031-10-04T12:00:00Z",
                &["1d"],
            ),
            (
                "other quiet hours",
                quiet(settings("UTC", 3), 22, 9),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-10-04T10:00:00Z",
                "2031-10-04T12:00:05Z",
                &["1d"],
            ),
            (
                "another zone",
                settings("Pacific/Auckland", 18),
                LONG,
                "2031-10-03T20:00:00Z",
                "2031-10-03T18:00:00Z",
                "2031-10-04T06:00:00Z",
                &["1d"],
            ),
            (
                "nobody was served",
                nine(),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-09-28T09:00:00Z",
                "2031-10-04T12:00:05Z",
                &["1d"],
            ),
            (
                "a look after the change has been",
                nine(),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-10-04T12:00:05Z",
                "2031-10-04T12:00:10Z",
                &[],
            ),
            ("never changed", nine(), LONG, "", "2031-10-04T10:00:00Z", "2031-10-04T12:00:05Z", &[]),
            (
                "changed long before",
                nine(),
                LONG,
                "2031-10-04T08:00:00Z",
                "2031-10-04T10:00:00Z",
                "2031-10-04T12:00:05Z",
                &[],
            ),
            (
                "no back-fill",
                nine(),
                "2031-10-04T11:00:00Z",
                "2031-10-04T12:00:00Z",
                "2031-10-04T10:00:00Z",
                "2031-10-04T12:00:05Z",
                &[],
            ),
            // The seventh day before is ten days back: it was planned as it was then.
            (
                "no farther back than hours can move it",
                nine(),
                LONG,
                "2031-10-08T12:00:00Z",
                "2031-10-08T10:00:00Z",
                "2031-10-08T12:00:05Z",
                &["0d missed"],
            ),
            ("an old event", nine(), LONG, "2032-10-08T12:00:00Z", "2031-10-08T10:00:00Z", "2032-10-08T12:00:05Z", &[]),
            (
                "too late by the new hours",
                settings("Pacific/Auckland", 18),
                LONG,
                "2031-10-04T12:00:00Z",
                "2031-10-04T11:00:00Z",
                "2031-10-04T12:00:05Z",
                &["1d missed"],
            ),
        ] {
            assert_eq!(told(settings, since, retimed, planned_until, now), expected, "{what}");
        }
    }

    #[test]
    fn a_milestone_that_new_hours_bring_later_comes_then_as_a_known_key() {
        let evening = || settings("UTC", 18);
        for (now, expected) in [("2031-10-04T12:00:05Z", &[][..]), ("2031-10-04T18:00:00Z", &["1d"])] {
            let told = told(evening(), "2031-10-01T00:00:00Z", "2031-10-04T12:00:00Z", "2031-10-04T09:00:00Z", now);
            assert_eq!(told, expected, "{now}");
        }
    }
}
