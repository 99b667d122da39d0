//! When a milestone is due in a chat, and until when it is worth sending.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::local::{Hours, midnight};
use super::milestones::milestones;
use crate::domain::{Event, Milestone, MilestoneChoice, Settings, When};

/// How long the first day of a long event is news: a month's opening announced three weeks late is none.
const NEWS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A milestone as a chat meets it. It is always due before it expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Which.
    pub milestone: Milestone,
    /// When it should be sent.
    pub due: Timestamp,
    /// From when on it may not be sent any more.
    pub expires: Timestamp,
}

/// All moments at which an event is announced to a chat of these settings, the earliest first.
///
/// A milestone is due at the chat's hour, so many days before the event's first day. The days of an event at an instant
/// are those of the chat's zone, and its day 0 comes an hour before that instant at the latest: the evening of a day whose
/// noon it was is useless, and for an event soon after midnight that hour is the evening before. Quiet hours and changes
/// of clocks move a moment to the next instant that is neither; quiet hours that last until it is too late, to an hour
/// before they begin.
///
/// Days ahead expire when the first day begins. Day 0 expires with the last day the event may mean (an instant: with
/// itself), at most 7 days after it was due.
#[must_use]
pub fn timetable(event: &Event, settings: &Settings) -> Vec<Moment> {
    let Some(when) = event.planned().filter(|_| settings.kinds.contains(&event.kind)) else { return Vec::new() };
    let milestones = milestones(event);
    let wanted = milestones.into_iter().filter(|milestone| wants(settings.milestones, *milestone));
    let mut moments = Vec::new();
    add_moments(when, wanted, Hours::of(settings), &mut moments);
    moments
}

/// When an event is over in that zone, by its date as it is known by now; `None` if it has none.
#[must_use]
pub fn over(event: &Event, zone: &TimeZone) -> Option<Timestamp> {
    Life::of(event.scheduled()?, zone).map(|life| life.ends)
}

/// Whether a chat of that choice wants that milestone.
pub(super) fn wants(choice: MilestoneChoice, milestone: Milestone) -> bool {
    match choice {
        MilestoneChoice::All => true,
        MilestoneChoice::Ahead => milestone != Milestone::FIRST_DAY,
        MilestoneChoice::FirstDay => milestone == Milestone::FIRST_DAY,
    }
}

/// Adds the moment of each of these milestones. One beyond the times that can be written (the year 9999) has none.
pub(super) fn add_moments(
    when: &When,
    milestones: impl Iterator<Item = Milestone>,
    hours: Hours<'_>,
    moments: &mut Vec<Moment>,
) {
    if let Some(life) = Life::of(when, hours.zone) {
        moments.extend(milestones.filter_map(|milestone| life.moment(milestone, hours)));
    }
}

/// An event's days in a zone.
struct Life {
    first_day: Date,
    begins: Timestamp,
    ends: Timestamp,
}

impl Life {
    fn of(when: &When, zone: &TimeZone) -> Option<Self> {
        let (first_day, ends) = match when {
            When::At(instant) => (zone.to_datetime(instant.timestamp()).date(), instant.timestamp()),
            When::Within(_) | When::Span(..) => (when.first_day(), midnight(when.last_day().tomorrow().ok()?, zone)?),
        };
        Some(Self { first_day, begins: midnight(first_day, zone)?, ends })
    }

    fn moment(&self, milestone: Milestone, hours: Hours<'_>) -> Option<Moment> {
        if milestone == Milestone::FIRST_DAY {
            let due = hours.on(self.first_day, self.ends)?;
            let expires = due.checked_add(NEWS).map_or(self.ends, |old| old.min(self.ends));
            return Some(Moment { milestone, due, expires });
        }
        let day = self.first_day.checked_sub(Span::new().days(milestone.days())).ok()?;
        Some(Moment { milestone, due: hours.on(day, self.begins)?, expires: self.begins })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{event, milestone, quiet, settings, when, zone};
    use super::*;
    use crate::domain::{EventKind, QuietHours};

    #[track_caller]
    fn check(text: &str, settings: &Settings, expected: &[&str]) {
        let moments = timetable(&event(text), settings);
        let written: Vec<_> = moments
            .iter()
            .map(|moment| {
                let local = |at| settings.zone.to_datetime(at).strftime("%m-%d %H:%M").to_string();
                format!("{} {} – {}", moment.milestone, local(moment.due), local(moment.expires))
            })
            .collect();
        assert_eq!(written, expected, "{text}");
    }

    #[test]
    fn a_date_without_a_time_is_announced_at_the_hour_of_the_chat() {
        let bishkek = settings("Asia/Bishkek", 10);
        check("2031-10", &bishkek, &["30d 09-01 10:00 – 10-01 00:00", "0d 10-01 10:00 – 10-08 10:00"]);
        check(
            "2031-10-05",
            &bishkek,
            &["7d 09-28 10:00 – 10-05 00:00", "1d 10-04 10:00 – 10-05 00:00", "0d 10-05 10:00 – 10-06 00:00"],
        );
        check(
            "2031-12-30/2032-01-02",
            &bishkek,
            &["7d 12-23 10:00 – 12-30 00:00", "1d 12-29 10:00 – 12-30 00:00", "0d 12-30 10:00 – 01-03 00:00"],
        );
        check("2031-10/2032", &bishkek, &["30d 09-01 10:00 – 10-01 00:00", "0d 10-01 10:00 – 10-08 10:00"]);
        check("2031", &bishkek, &[]);
        check("", &bishkek, &[]);
        check("9999-12-31", &bishkek, &[]);
    }

    #[test]
    fn an_instant_has_the_days_of_the_chat() {
        // 20:00 in Bishkek is the evening there, the afternoon in London, and the next day in Auckland.
        let instant = "2031-05-15T20:00[Asia/Bishkek]";
        check(
            instant,
            &settings("Europe/London", 10),
            &["7d 05-08 10:00 – 05-15 00:00", "1d 05-14 10:00 – 05-15 00:00", "0d 05-15 10:00 – 05-15 15:00"],
        );
        check(
            instant,
            &settings("Pacific/Auckland", 10),
            &["7d 05-09 10:00 – 05-16 00:00", "1d 05-15 10:00 – 05-16 00:00", "0d 05-16 01:00 – 05-16 02:00"],
        );
    }

    #[test]
    fn an_instant_is_announced_before_it() {
        let first_day = |text, settings: Settings, expected: &str| {
            check(text, &Settings { milestones: MilestoneChoice::FirstDay, ..settings }, &[expected]);
        };
        let utc = || settings("UTC", 10);
        first_day("2031-05-15T18:00[UTC]", utc(), "0d 05-15 10:00 – 05-15 18:00");
        first_day("2031-05-15T11:00[UTC]", utc(), "0d 05-15 10:00 – 05-15 11:00");
        first_day("2031-05-15T10:30[UTC]", utc(), "0d 05-15 09:30 – 05-15 10:30");
        first_day("2031-05-15T06:00[UTC]", utc(), "0d 05-15 05:00 – 05-15 06:00");
        first_day("2031-05-15T00:00[UTC]", utc(), "0d 05-14 23:00 – 05-15 00:00");
        first_day("2031-05-15T06:00[UTC]", quiet(utc(), 22, 8), "0d 05-14 21:00 – 05-15 06:00");
        first_day("2031-05-15T09:00[UTC]", quiet(utc(), 22, 8), "0d 05-15 08:00 – 05-15 09:00");
    }

    #[test]
    fn a_chat_chooses_kinds_and_milestones() {
        let utc = || settings("UTC", 10);
        let days = |settings: &Settings| -> Vec<u16> {
            timetable(&event("2031-10-05"), settings).iter().map(|moment| moment.milestone.days()).collect()
        };
        assert_eq!(days(&utc()), [7, 1, 0]);
        assert_eq!(days(&Settings { milestones: MilestoneChoice::Ahead, ..utc() }), [7, 1]);
        assert_eq!(days(&Settings { milestones: MilestoneChoice::FirstDay, ..utc() }), [0]);
        assert_eq!(days(&Settings { kinds: [EventKind::Exercise].into(), ..utc() }), [7, 1, 0]);
        assert_eq!(days(&Settings { kinds: [EventKind::Meeting, EventKind::Other].into(), ..utc() }), [0; 0]);
        assert_eq!(days(&Settings { kinds: [].into(), ..utc() }), [0; 0]);
    }

    /// Zones with changes of clocks at odd times: at midnight, before it, by half an hour, by two.
    const ODD: [&str; 8] = [
        "Africa/Cairo",
        "America/Nuuk",
        "America/Havana",
        "Antarctica/Troll",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Atlantic/Azores",
    ];

    #[test]
    fn a_moment_is_always_due_before_it_expires_and_newer_ones_later() {
        let milestones: Vec<Milestone> = [7, 2, 1, 0].map(milestone).to_vec();
        for name in ODD {
            let zone = zone(name);
            // The days around every change of clocks of three years, and a few instants on each.
            let changes = zone.following("2029-01-01T00:00:00Z".parse().unwrap());
            for change in changes.take_while(|change| change.timestamp() < "2032-01-01T00:00:00Z".parse().unwrap()) {
                let change = change.timestamp();
                let day = zone.to_datetime(change).date();
                let mut whens =
                    vec![when(&day.to_string()).unwrap(), when(&day.tomorrow().unwrap().to_string()).unwrap()];
                for minutes in [-90, -1, 0, 1, 30, 61, 300, 1000] {
                    let at = (change + SignedDuration::from_mins(minutes)).to_zoned_datetime(zone.clone());
                    whens.push(When::At(Box::new(at)));
                }
                for (when, hour) in whens.iter().flat_map(|when| [0, 1, 2, 3, 10, 22, 23].map(|hour| (when, hour))) {
                    for quiet in [
                        None,
                        QuietHours::new(22, 8),
                        QuietHours::new(0, 23),
                        QuietHours::new(1, 5),
                        QuietHours::new(3, 2),
                    ] {
                        let mut moments = Vec::new();
                        add_moments(when, milestones.iter().copied(), Hours { zone: &zone, hour, quiet }, &mut moments);
                        let told = format!("{name} {when:?} {hour} {quiet:?} {moments:#?}");
                        assert_eq!(moments.len(), milestones.len(), "{told}");
                        assert!(moments.iter().all(|moment| moment.due < moment.expires), "{told}");
                        // Where one hour is loud and the clocks skip half of it, two may change places.
                        let one_loud_hour = quiet == QuietHours::new(3, 2);
                        assert!(one_loud_hour || moments.is_sorted_by_key(|moment| moment.due), "{told}");
                        assert!(moments.is_sorted_by_key(|moment| moment.expires), "{told}");
                    }
                }
            }
        }
    }
}
