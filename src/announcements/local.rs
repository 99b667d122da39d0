//! From a day and an hour in a zone to an instant, and around the quiet hours of a chat.
//!
//! A change of clocks may skip an hour (a gap) or repeat it (a fold). An event's own time that falls there is a fault of
//! its file; the hour that a chat chose once for all its days has to mean something on every day.

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::domain::{QuietHours, Settings};

/// How long before the end of its use a moment comes at the latest: time to read it and do something about it.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// How often leaving quiet hours may lead into quiet hours: a gap may swallow the loud hours of one day.
const MAX_NIGHTS: u8 = 3;

/// When the quiet hours of a chat end in which that instant lies; `None` if it lies in none.
#[must_use]
pub fn loud_again(settings: &Settings, at: Timestamp) -> Option<Timestamp> {
    Hours::of(settings).after(settings.quiet?, at).filter(|loud| *loud > at)
}

/// When a chat wants its posts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hours<'s> {
    pub(super) zone: &'s TimeZone,
    pub(super) hour: i8,
    pub(super) quiet: Option<QuietHours>,
}

impl<'s> Hours<'s> {
    pub(super) fn of(settings: &'s Settings) -> Self {
        Self { zone: &settings.zone, hour: settings.hour.clamp(0, 23), quiet: settings.quiet }
    }

    /// The instant of the chat's hour on that day, always before `limit` if anything can be.
    ///
    /// It comes an hour before the limit at the latest. Inside quiet hours it moves to their end; if that is too late, to
    /// an hour before they begin: late in the evening is worth more than never.
    pub(super) fn on(self, day: Date, limit: Timestamp) -> Option<Timestamp> {
        let latest = limit.checked_sub(AHEAD).ok()?;
        let at = instant(day, self.hour, self.zone)?.min(latest);
        let Some(quiet) = self.quiet else { return Some(at) };
        match self.after(quiet, at).filter(|after| *after < limit) {
            Some(after) => Some(after),
            None => self.before(quiet, at),
        }
    }

    /// That instant, or the end of the quiet hours it lies in.
    fn after(self, quiet: QuietHours, at: Timestamp) -> Option<Timestamp> {
        let mut at = at;
        for _ in 0..MAX_NIGHTS {
            let local = self.zone.to_datetime(at);
            if !quiet.contains(local.hour()) {
                return Some(at);
            }
            let day = if local.hour() < quiet.to() { local.date() } else { local.date().tomorrow().ok()? };
            at = instant(day, quiet.to(), self.zone)?;
        }
        None
    }

    /// An hour before the quiet hours that instant lies in.
    fn before(self, quiet: QuietHours, at: Timestamp) -> Option<Timestamp> {
        let local = self.zone.to_datetime(at);
        let day = if local.hour() < quiet.from() { local.date().yesterday().ok()? } else { local.date() };
        instant(day, quiet.from(), self.zone)?.checked_sub(AHEAD).ok()
    }
}

/// The instant at which that day begins.
pub(super) fn midnight(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    instant(day, 0, zone)
}

/// The instant of that hour (0–23) on that day. In a gap the change of clocks itself, where the next hour that exists
/// begins; in a fold the earlier of the two. `None` beyond the times that can be written.
fn instant(day: Date, hour: i8, zone: &TimeZone) -> Option<Timestamp> {
    let local = zone.to_ambiguous_timestamp(day.to_datetime(Time::new(hour, 0, 0, 0).ok()?));
    let gap = matches!(local.offset(), AmbiguousOffset::Gap { .. });
    // In a gap this lies before the change, by the offset after it; in a fold it is the first time that hour comes.
    let earlier = local.earlier().ok()?;
    if gap { zone.following(earlier).next().map(|change| change.timestamp()) } else { Some(earlier) }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, quiet, settings, zone};
    use super::*;

    #[test]
    fn an_hour_that_is_skipped_or_repeated_means_something() {
        for (name, day, hour, expected) in [
            ("Europe/Oslo", "2031-01-05", 2, "2031-01-05T01:00:00Z"),
            ("Europe/Oslo", "2031-03-30", 1, "2031-03-30T00:00:00Z"),
            // Gaps: the change of clocks itself.
            ("Europe/Oslo", "2031-03-30", 2, "2031-03-30T01:00:00Z"),
            ("Europe/Oslo", "2031-03-30", 3, "2031-03-30T01:00:00Z"),
            ("Africa/Cairo", "2031-04-25", 0, "2031-04-24T22:00:00Z"),
            ("Pacific/Chatham", "2031-09-28", 3, "2031-09-27T14:00:00Z"),
            ("Pacific/Apia", "2011-12-30", 10, "2011-12-30T10:00:00Z"),
            // Folds: the earlier one.
            ("Europe/Oslo", "2031-10-26", 2, "2031-10-26T00:00:00Z"),
            ("Europe/Oslo", "2031-10-26", 3, "2031-10-26T02:00:00Z"),
            ("America/Havana", "2031-11-02", 0, "2031-11-02T04:00:00Z"),
            ("Australia/Lord_Howe", "2031-04-06", 2, "2031-04-05T15:30:00Z"),
        ] {
            assert_eq!(instant(day.parse().unwrap(), hour, &zone(name)), Some(at(expected)), "{name} {day} {hour}");
        }
        for (day, hour) in [("2031-01-05", 24), ("2031-01-05", -1), ("9999-12-31", 23)] {
            assert_eq!(instant(day.parse().unwrap(), hour, &zone("Pacific/Honolulu")), None, "{day} {hour}");
        }
    }

    #[test]
    fn quiet_hours_are_left_forwards_and_in_need_backwards() {
        let far = "2031-12-31T00:00:00Z";
        for (hour, from, to, limit, expected) in [
            // Loud.
            (10, 22, 8, far, "2031-05-05T10:00:00Z"),
            (8, 22, 8, far, "2031-05-05T08:00:00Z"),
            (21, 22, 8, far, "2031-05-05T21:00:00Z"),
            (0, 1, 5, far, "2031-05-05T00:00:00Z"),
            // Quiet.
            (7, 22, 8, far, "2031-05-05T08:00:00Z"),
            (0, 22, 8, far, "2031-05-05T08:00:00Z"),
            (22, 22, 8, far, "2031-05-06T08:00:00Z"),
            (3, 1, 5, far, "2031-05-05T05:00:00Z"),
            (9, 9, 8, far, "2031-05-06T08:00:00Z"),
            // Too late after them.
            (23, 22, 8, "2031-05-06T00:00:00Z", "2031-05-05T21:00:00Z"),
            (10, 22, 8, "2031-05-05T06:00:00Z", "2031-05-04T21:00:00Z"),
            (10, 22, 8, "2031-05-05T08:00:00Z", "2031-05-04T21:00:00Z"),
            (10, 22, 8, "2031-05-05T08:30:00Z", "2031-05-05T08:00:00Z"),
            (10, 11, 10, "2031-05-05T06:00:00Z", "2031-05-04T10:00:00Z"),
            // Too late for the hour.
            (10, 22, 8, "2031-05-05T10:30:00Z", "2031-05-05T09:30:00Z"),
        ] {
            let settings = quiet(settings("UTC", hour), from, to);
            let found = Hours::of(&settings).on("2031-05-05".parse().unwrap(), at(limit));
            assert_eq!(found, Some(at(expected)), "{hour} o'clock, quiet {from}–{to}, before {limit}");
        }
    }

    #[test]
    fn the_night_ends_at_its_last_hour() {
        for (now, expected) in [
            ("2031-05-05T21:59:59Z", None),
            ("2031-05-05T22:00:00Z", Some("2031-05-06T08:00:00Z")),
            ("2031-05-06T07:59:59Z", Some("2031-05-06T08:00:00Z")),
            ("2031-05-06T08:00:00Z", None),
        ] {
            assert_eq!(loud_again(&quiet(settings("UTC", 10), 22, 8), at(now)), expected.map(at), "{now}");
            assert_eq!(loud_again(&settings("UTC", 10), at(now)), None, "no quiet hours, {now}");
        }
    }

    #[test]
    fn a_change_of_clocks_does_not_lead_into_quiet_hours() {
        for (day, hour, from, to, expected) in [
            // 02:00 does not exist on 30 March.
            ("2031-03-30", 2, 3, 5, "2031-03-30T03:00:00Z"),
            ("2031-03-30", 1, 0, 2, "2031-03-30T01:00:00Z"),
            ("2031-03-30", 2, 3, 2, "2031-03-31T00:00:00Z"),
            // 02:00 comes twice on 26 October.
            ("2031-10-26", 1, 0, 2, "2031-10-26T00:00:00Z"),
            ("2031-10-26", 2, 2, 3, "2031-10-26T02:00:00Z"),
        ] {
            let settings = quiet(settings("Europe/Oslo", hour), from, to);
            let found = Hours::of(&settings).on(day.parse().unwrap(), at("2031-12-31T00:00:00Z"));
            assert_eq!(found, Some(at(expected)), "{day} {hour} o'clock, quiet {from}–{to}");
        }
    }
}
