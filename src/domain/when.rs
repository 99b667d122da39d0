//! A date exactly as precise as it is known: a month stays a month.

use std::fmt;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// Some time in that year.
    Year(i16),
    /// Some time in that month.
    Month {
        /// The year.
        year: i16,
        /// The month, 1–12.
        month: i8,
    },
    /// That day.
    Day(Date),
}

/// The day that it is there at that instant.
#[must_use]
pub fn day_in(instant: Timestamp, zone: &TimeZone) -> Date {
    instant.to_zoned_datetime(zone.clone()).date()
}

impl PartialDate {
    /// Reads `2031`, `2031-10` or `2031-10-05`; `None` for anything else, impossible dates too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, width: usize| {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4).filter(|year| *year >= 1)?;
        let Some(month) = parts.next() else { return Some(Self::Year(year)) };
        let month = i8::try_from(digits(month, 2)?).ok().filter(|month| (1..=12).contains(month))?;
        let Some(day) = parts.next() else { return Some(Self::Month { year, month }) };
        let day = i8::try_from(digits(day, 2)?).ok()?;
        if parts.next().is_some() {
            return None;
        }
        Date::new(year, month, day).ok().map(Self::Day)
    }

    /// The first day it may mean.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 1, 1),
            Self::Month { year, month } => date(year, month, 1),
            Self::Day(day) => day,
        }
    }

    /// The last day it may mean.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 12, 31),
            Self::Month { year, month } => date(year, month, 1).last_of_month(),
            Self::Day(day) => day,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// When something is planned, as precise as its source says and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Within that year, month or day.
    Within(PartialDate),
    /// From the one to the other, both included.
    Span(PartialDate, PartialDate),
    /// At that instant, in the zone it was announced in.
    At(Box<ZonedDateTime>),
}

/// How a date lies to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tense {
    /// All of it is still to come.
    Ahead,
    /// It may be today.
    Now,
    /// All of it is over.
    Past,
}

impl When {
    /// The first day it may mean.
    #[must_use]
    pub fn first_day(&self) -> Date {
        match self {
            Self::Within(date) | Self::Span(date, _) => date.first_day(),
            Self::At(instant) => instant.date(),
        }
    }

    /// The last day it may mean.
    #[must_use]
    pub fn last_day(&self) -> Date {
        match self {
            Self::Within(date) | Self::Span(_, date) => date.last_day(),
            Self::At(instant) => instant.date(),
        }
    }

    /// Whether its first day is known: a month or a year may begin without anything happening.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        match self {
            Self::Within(date) | Self::Span(date, _) => matches!(date, PartialDate::Day(_)),
            Self::At(_) => true,
        }
    }

    /// How it lies to `now`, whose day is taken in `zone`.
    #[must_use]
    pub fn tense(&self, now: Timestamp, zone: &TimeZone) -> Tense {
        let today = now.to_zoned_datetime(zone.clone()).date();
        match self {
            Self::At(instant) if instant.timestamp() > now => Tense::Ahead,
            Self::At(_) => Tense::Past,
            Self::Within(_) | Self::Span(..) if today < self.first_day() => Tense::Ahead,
            Self::Within(_) | Self::Span(..) if today > self.last_day() => Tense::Past,
            Self::Within(_) | Self::Span(..) => Tense::Now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_is_read_as_precise_as_it_is_written() {
        for (text, read) in [
            ("2031", Some(PartialDate::Year(2031))),
            ("2031-10", Some(PartialDate::Month { year: 2031, month: 10 })),
            ("2028-02-29", Some(PartialDate::Day(date(2028, 2, 29)))),
            ("2027-02-29", None),
            ("2031-13", None),
            ("2031-1", None),
            ("31-10", None),
            ("2031-10-05-06", None),
            ("+031", None),
            ("0000", None),
            ("", None),
        ] {
            assert_eq!(PartialDate::parse(text), read, "{text}");
            if let Some(read) = read {
                assert_eq!(read.to_string(), text);
            }
        }
    }

    #[test]
    fn a_month_is_over_only_when_its_last_day_is() {
        let october = When::Within(PartialDate::Month { year: 2026, month: 10 });
        for (now, tense) in [
            ("2026-09-30T23:59:59Z", Tense::Ahead),
            ("2026-10-01T00:00:00Z", Tense::Now),
            ("2026-10-31T23:59:59Z", Tense::Now),
            ("2026-11-01T00:00:00Z", Tense::Past),
        ] {
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(october.tense(now, &TimeZone::UTC), tense, "{now}");
        }
    }
}
