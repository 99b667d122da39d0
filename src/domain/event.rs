//! Exercises and dates named in an interview.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::id::{EventUid, PassageId};
use super::language::Localised;
use super::milestone::Milestone;
use super::when::{Tense, When};

/// Something the interview says is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id, one for ever.
    pub uid: EventUid,
    /// What it is called.
    pub name: Localised,
    /// What it is.
    pub kind: EventKind,
    /// When, exactly as precise as the passage says; `None` if it gives no date.
    pub when: Option<When>,
    /// A later, more exact date, with the source that says so.
    pub confirmed: Option<Confirmed>,
    /// Where, if the passage says so.
    pub place: Option<Localised>,
    /// The passage that names it.
    pub passage: PassageId,
    /// The last day an editor looked at it.
    pub reviewed: Date,
    /// What is known to have come of it.
    pub outcome: Option<Outcome>,
    /// When to announce it, if the editor decided; else by the precision of its date.
    pub milestones: Option<Vec<Milestone>>,
}

impl Event {
    /// The newest date that was given for it, whatever came of that: as confirmed, else as the passage says.
    #[must_use]
    pub fn scheduled(&self) -> Option<&When> {
        self.confirmed.as_ref().map(|confirmed| &confirmed.when).or(self.when.as_ref())
    }

    /// The date that it is still planned for, as far as is known; `None` if none is given, it was held or called off, or
    /// it was put off without a new date: then the old one is known to be wrong.
    #[must_use]
    pub fn planned(&self) -> Option<&When> {
        match self.outcome.as_ref().map(|outcome| outcome.kind) {
            Some(OutcomeKind::Held | OutcomeKind::Cancelled) => None,
            Some(OutcomeKind::Moved) => self.confirmed.as_ref().map(|confirmed| &confirmed.when),
            None => self.scheduled(),
        }
    }

    /// How the date it is planned for lies to `now`, whose day is taken in `zone`; `None` where no date holds.
    #[must_use]
    pub fn tense(&self, now: Timestamp, zone: &TimeZone) -> Option<Tense> {
        self.planned().map(|when| when.tense(now, zone))
    }

    /// Whether it is planned for a day that is still to come, or may be today.
    #[must_use]
    pub fn is_ahead(&self, now: Timestamp, zone: &TimeZone) -> bool {
        matches!(self.tense(now, zone), Some(Tense::Ahead | Tense::Now))
    }
}

/// A date that another source gave later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// When, as precise as that source says.
    pub when: When,
    /// The page that says so.
    pub source: String,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A military or special exercise.
    Exercise,
    /// A conference, a forum, a session.
    Meeting,
    /// An anniversary.
    Anniversary,
    /// Anything else with a date.
    Other,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Exercise, Self::Meeting, Self::Anniversary, Self::Other];
}

/// What came of an event, with the source that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What came of it.
    pub kind: OutcomeKind,
    /// The page that says so.
    pub source: String,
}

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// It took place.
    Held,
    /// It was put off.
    Moved,
    /// It was called off.
    Cancelled,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::PartialDate;

    #[test]
    fn what_is_ahead_goes_by_the_date_that_still_holds() {
        let day = |text| PartialDate::parse(text).map(When::Within).unwrap();
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let source = || "https://example.org/".to_owned();
        use OutcomeKind::{Cancelled, Held, Moved};
        for (when, confirmed, outcome, tense) in [
            (Some("2026-12"), None, None, Some(Tense::Ahead)),
            (Some("2026"), None, None, Some(Tense::Now)),
            (Some("2026-10"), None, None, Some(Tense::Past)),
            (Some("2026"), Some("2026-11-10"), None, Some(Tense::Past)),
            (None, Some("2026-12-01"), None, Some(Tense::Ahead)),
            (None, None, None, None),
            (Some("2026-10"), Some("2027-02-01"), Some(Moved), Some(Tense::Ahead)),
            (Some("2026-10"), Some("2026-11-10"), Some(Moved), Some(Tense::Past)),
            (Some("2026-12"), None, Some(Moved), None),
            (Some("2026-12"), Some("2026-12-01"), Some(Held), None),
            (Some("2026-12"), Some("2026-12-01"), Some(Cancelled), None),
        ] {
            let event = Event {
                uid: EventUid::parse("a").unwrap(),
                name: Localised::new(Some("A".to_owned()), None).unwrap(),
                kind: EventKind::Exercise,
                when: when.map(day),
                confirmed: confirmed.map(|text| Confirmed { when: day(text), source: source() }),
                place: None,
                passage: PassageId::parse("a1.1").unwrap(),
                reviewed: date(2026, 11, 1),
                outcome: outcome.map(|kind| Outcome { kind, source: source() }),
                milestones: None,
            };
            assert_eq!(event.tense(now, &TimeZone::UTC), tense, "{when:?} {confirmed:?} {outcome:?}");
            let ahead = matches!(tense, Some(Tense::Ahead | Tense::Now));
            assert_eq!(event.is_ahead(now, &TimeZone::UTC), ahead, "{when:?} {confirmed:?} {outcome:?}");
        }
    }
}
