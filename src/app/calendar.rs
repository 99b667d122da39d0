//! Events as an iCalendar file (RFC 5545), through the `icalendar` crate.
//!
//! Nothing in it is more exact or more certain than what was named: all that is planned is tentative and blocks nobody's
//! time, what was called off, or put off without a new date, is cancelled, so that it leaves the calendars it is in, and
//! what has no date is left out. The description is the date in words, the quote with its attribution and source, then what other sources
//! have said since.

use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component as _, Event as Entry, EventLike as _, EventStatus, Property};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::{Corpus, Event, EventUid, Interview, OutcomeKind, Quote, ScheduleRevision, When};

use super::replies::Voice;
use super::reply::Desk;

/// What the program calls itself in a calendar file.
const PRODUCT: &str = "-//onrecord//onrecord//EN";

/// The calendar of all events of a corpus in one language, and how many were left out because they have no date.
///
/// `revision` tells how often an event's schedule has changed; where nobody keeps count, 1.
#[must_use]
pub fn calendar(
    corpus: &Corpus,
    voice: Voice<'_>,
    now: Timestamp,
    revision: impl Fn(&EventUid) -> ScheduleRevision,
) -> (String, usize) {
    let desk = Desk { corpus, voice, now, zone: &TimeZone::UTC };
    let events =
        || corpus.interviews.iter().flat_map(|interview| interview.events.iter().map(move |event| (interview, event)));
    let n_undated = events().filter(|(_, event)| event.scheduled().is_none()).count();
    let dated = events().map(|(interview, event)| Dated { interview, event, revision: revision(&event.uid) });
    (desk.calendar(dated), n_undated)
}

/// An event with what a calendar must know of it.
pub(super) struct Dated<'e> {
    pub(super) interview: &'e Interview,
    pub(super) event: &'e Event,
    pub(super) revision: ScheduleRevision,
}

impl Desk<'_> {
    /// A calendar of all that have a date, in the order given; equal input gives equal bytes.
    pub(super) fn calendar<'e>(&self, events: impl IntoIterator<Item = Dated<'e>>) -> String {
        let mut calendar = Calendar::empty();
        calendar.append_property(Property::new("VERSION", "2.0"));
        calendar.append_property(Property::new("PRODID", PRODUCT));
        calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
        for dated in events {
            if let Some(entry) = self.entry(&dated) {
                calendar.push(entry);
            }
        }
        calendar.done().to_string()
    }

    fn entry(&self, dated: &Dated<'_>) -> Option<Entry> {
        let Dated { interview, event, revision } = dated;
        let when = event.scheduled()?;
        let quote = self.passage_of(interview, event)?;
        let mut entry = Entry::new();
        // The uid is the event's for ever, so that a later file moves it in a calendar instead of doubling it.
        entry.uid(&format!("{}@onrecord", event.uid));
        entry.sequence(revision.0.saturating_sub(1));
        entry.timestamp(utc(self.now)?);
        entry.summary(event.name.get(self.voice.language));
        entry.description(&self.description((event, when), &quote));
        entry.add_property("URL", &quote.source().url);
        if let Some(place) = &event.place {
            entry.location(place.get(self.voice.language));
        }
        entry.status(status(event));
        entry.add_property("TRANSP", "TRANSPARENT");
        add_dates(&mut entry, when)?;
        Some(entry.done())
    }

    /// The date in words first: an entry of a whole year must not look like an event that lasts one.
    fn description(&self, (event, when): (&Event, &When), quote: &Quote) -> String {
        let date = self.voice.when_announced(when);
        let attribution = self.voice.attribution(quote.attribution());
        let source = self.voice.source_label(quote.source());
        let outcome = event.outcome.as_ref().map(|outcome| self.voice.event_settled(outcome.kind, &outcome.source));
        let since: String =
            outcome.into_iter().chain(self.confirmed(event)).map(|known| format!("\n\n{known}")).collect();
        format!("{date}\n\n{attribution}\n\n{}\n\n{source}\n{}{since}", quote.words(), quote.source().url)
    }
}

/// Confirmed only once a source says that it was held: of what is planned the bot asserts nothing.
fn status(event: &Event) -> EventStatus {
    match event.outcome.as_ref().map(|outcome| outcome.kind) {
        Some(OutcomeKind::Held) => EventStatus::Confirmed,
        None | Some(OutcomeKind::Moved) if event.planned().is_some() => EventStatus::Tentative,
        None | Some(OutcomeKind::Moved | OutcomeKind::Cancelled) => EventStatus::Cancelled,
    }
}

fn add_dates(entry: &mut Entry, when: &When) -> Option<()> {
    match when {
        When::At(instant) => {
            entry.starts(utc(instant.timestamp())?);
        }
        When::Within(_) | When::Span(..) => {
            // The end of an all-day entry is the day after it (RFC 5545 §3.6.1).
            let after = when.last_day().tomorrow().ok()?;
            entry.starts(naive(when.first_day())?);
            entry.ends(naive(after)?);
        }
    }
    Some(())
}

fn utc(instant: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(instant.as_second(), 0)
}

fn naive(day: Date) -> Option<NaiveDate> {
    let (month, number) = (u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?);
    NaiveDate::from_ymd_opt(i32::from(day.year()), month, number)
}

#[cfg(test)]
mod tests {
    use super::super::replies::Replies;
    use super::*;
    use crate::domain::{Confirmed, Language, Outcome, PartialDate};
    use crate::knowledge::{Files, load};

    fn calendar(change: impl Fn(&mut Event), revision: u32) -> String {
        let mut corpus = load(&Files::embedded()).corpus.unwrap();
        corpus.interviews[0].events.iter_mut().for_each(change);
        let replies = Replies::default();
        let desk = Desk {
            corpus: &corpus,
            voice: replies.voice(Language::English),
            now: "2026-09-01T09:00:00Z".parse().unwrap(),
            zone: &TimeZone::UTC,
        };
        let interview = &corpus.interviews[0];
        let revision = ScheduleRevision(revision);
        desk.calendar(interview.events.iter().map(|event| Dated { interview, event, revision })).replace("\r\n ", "")
    }

    fn entry<'c>(calendar: &'c str, uid: &str) -> &'c str {
        let entries = calendar.split("BEGIN:VEVENT");
        entries.into_iter().find(|entry| entry.contains(&format!("UID:{uid}@onrecord"))).unwrap_or_default()
    }

    #[test]
    fn a_month_is_a_tentative_span_and_what_has_no_date_is_left_out() {
        let calendar = calendar(|_| (), 1);
        let october = entry(&calendar, "unbreakable-brotherhood-2026");
        for line in [
            "DTSTART;VALUE=DATE:20261001\r\n",
            "DTEND;VALUE=DATE:20261101\r\n",
            "STATUS:TENTATIVE\r\n",
            "TRANSP:TRANSPARENT\r\n",
            "SEQUENCE:0\r\n",
            "DTSTAMP:20260901T090000Z\r\n",
            "LOCATION:Belarus\r\n",
            "\\n\\nEnglish translation published by gazeta.kg\\nhttps://gazeta.kg/",
        ] {
            assert!(october.contains(line), "{line}: {october}");
        }
        assert_eq!(entry(&calendar, "search"), "");
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 9);
    }

    #[test]
    fn what_is_planned_is_tentative_and_a_day_known_to_be_wrong_is_cancelled() {
        const OCTOBER: [&str; 2] = ["DTSTART;VALUE=DATE:20261001\r\n", "DTEND;VALUE=DATE:20261101\r\n"];
        const THE_TWELFTH: [&str; 2] = ["DTSTART;VALUE=DATE:20261012\r\n", "DTEND;VALUE=DATE:20261013\r\n"];
        const GIVEN: &str = "Date given later: 12 October 2026\\, according to https://example.org/day\r\n";
        let day = || Confirmed {
            when: When::Within(PartialDate::parse("2026-10-12").unwrap()),
            source: "https://example.org/day".into(),
        };
        let outcome = |kind| Outcome { kind, source: "https://example.org/news".into() };
        for (confirmed, kind, dates, status, said) in [
            (Some(day()), None, THE_TWELFTH, "TENTATIVE", GIVEN),
            (Some(day()), Some(OutcomeKind::Moved), THE_TWELFTH, "TENTATIVE", GIVEN),
            (Some(day()), Some(OutcomeKind::Held), THE_TWELFTH, "CONFIRMED", GIVEN),
            (
                None,
                Some(OutcomeKind::Moved),
                OCTOBER,
                "CANCELLED",
                "put off\\, according to https://example.org/news\r\n",
            ),
            (None, Some(OutcomeKind::Held), OCTOBER, "CONFIRMED", "held\\, according to https://example.org/news\r\n"),
            (
                None,
                Some(OutcomeKind::Cancelled),
                OCTOBER,
                "CANCELLED",
                "cancelled\\, according to https://example.org/news\r\n",
            ),
        ] {
            let change = |event: &mut Event| {
                event.confirmed.clone_from(&confirmed);
                event.outcome = kind.map(outcome);
            };
            let calendar = calendar(change, 3);
            let october = entry(&calendar, "unbreakable-brotherhood-2026");
            let status = format!("STATUS:{status}\r\n");
            for line in [dates[0], dates[1], &status, "SEQUENCE:2\r\n", said] {
                assert!(october.contains(line), "{kind:?}, {line}: {october}");
            }
        }
    }

    #[test]
    fn equal_events_give_equal_bytes() {
        assert_eq!(calendar(|_| (), 1), calendar(|_| (), 1));
    }
}
