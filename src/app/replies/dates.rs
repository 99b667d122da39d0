//! Dates in words, never more precise than they are known.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::domain::{EventKind, OutcomeKind, PartialDate, When};

use super::Voice;

impl Voice<'_> {
    /// "29 January 2026".
    #[must_use]
    pub fn day(self, day: Date) -> String {
        self.with("date-day", &parts(day))
    }

    /// "2026", "October 2026" or "29 January 2026".
    #[must_use]
    pub fn partial_date(self, date: PartialDate) -> String {
        match date {
            PartialDate::Year(_) => self.with("date-year", &parts(date.first_day())),
            PartialDate::Month { .. } => self.with("date-month", &parts(date.first_day())),
            PartialDate::Day(day) => self.day(day),
        }
    }

    /// The date as precise as it is known.
    #[must_use]
    pub fn when(self, when: &When) -> String {
        let mut args = FluentArgs::new();
        match when {
            When::Within(date) => self.partial_date(*date),
            When::Span(from, to) => {
                args.set("from", self.partial_date(*from));
                args.set("to", self.partial_date(*to));
                self.with("date-span", &args)
            }
            When::At(instant) => {
                args.set("day", self.day(instant.date()));
                args.set("time", instant.strftime("%H:%M").to_string());
                args.set("zone", instant.time_zone().iana_name().unwrap_or("UTC").to_owned());
                self.with("date-instant", &args)
            }
        }
    }

    /// The date, and that no more exact one is given where that is so.
    #[must_use]
    pub fn when_announced(self, when: &When) -> String {
        let words = self.when(when);
        match when {
            When::Within(PartialDate::Day(_)) | When::At(_) | When::Span(PartialDate::Day(_), PartialDate::Day(_)) => {
                words
            }
            When::Within(_) | When::Span(..) => format!("{words}, {}", self.plain("when-no-exact-date")),
        }
    }

    /// "planned for October 2026; this bot does not know whether it took place."
    #[must_use]
    pub fn event_past(self, kind: EventKind, when: &When) -> String {
        let key = match kind {
            EventKind::Exercise | EventKind::Meeting | EventKind::Anniversary => "event-past",
            // A presidency or a roadmap does not take place.
            EventKind::Other => "state-past",
        };
        let mut args = FluentArgs::new();
        args.set("when", self.when(when));
        self.with(key, &args)
    }

    /// "held, according to …".
    #[must_use]
    pub fn event_settled(self, outcome: OutcomeKind, source: &str) -> String {
        let key = match outcome {
            OutcomeKind::Held => "event-held",
            OutcomeKind::Moved => "event-moved",
            OutcomeKind::Cancelled => "event-cancelled",
        };
        format!("{} {source}", self.plain(key))
    }
}

/// Day, month and year as arguments; the year as text, so that no thousands separator gets into it.
fn parts(day: Date) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    args.set("day", i64::from(day.day()));
    args.set("month", i64::from(day.month()));
    args.set("year", day.year().to_string());
    args
}

#[cfg(test)]
mod tests {
    use super::super::Replies;
    use super::*;
    use crate::domain::Language;

    #[test]
    fn a_date_is_said_as_precisely_as_it_is_known() {
        let replies = Replies::default();
        for (from, to, english, russian) in [
            ("2027", None, "2027, no exact date in the interview", "2027 год, точной даты в интервью нет"),
            (
                "2026-10",
                None,
                "October 2026, no exact date in the interview",
                "октябрь 2026 года, точной даты в интервью нет",
            ),
            ("2026-05-15", None, "15 May 2026", "15 мая 2026 года"),
            (
                "2026",
                Some("2028"),
                "2026 to 2028, no exact date in the interview",
                "2026 год — 2028 год, точной даты в интервью нет",
            ),
        ] {
            let from = PartialDate::parse(from).unwrap();
            let when = to.map_or(When::Within(from), |to| When::Span(from, PartialDate::parse(to).unwrap()));
            assert_eq!(replies.voice(Language::English).when_announced(&when), english);
            assert_eq!(replies.voice(Language::Russian).when_announced(&when), russian);
        }
    }
}
