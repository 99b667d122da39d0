//! What of an event, when it changes, is told to those who got the old: its date, its place, what came of it.

use std::fmt::Write as _;

use crate::domain::{Event, Language, OutcomeKind, When};

/// A text that changes exactly when the schedule revision of an event is to be raised: its date as it is known by now, its
/// place, what came of it.
///
/// Name, passage, review, milestones and the source of a date are not in it: correcting them announces nothing. A place
/// counts once, in English if there is one, so that adding its translation moves nothing; an instant counts in UTC, so
/// that naming another zone for it moves nothing either. The store keeps the text, or a hash of it, across versions of
/// this program: it is written out field by field and opens with the number of its form.
#[must_use]
pub fn schedule_fingerprint(event: &Event) -> String {
    let mut text = String::from("1 when=");
    // Writing into a string can't fail.
    let _ = match event.scheduled() {
        None => write!(text, "-"),
        Some(When::Within(date)) => write!(text, "{date}"),
        Some(When::Span(from, to)) => write!(text, "{from}/{to}"),
        Some(When::At(instant)) => write!(text, "@{}", instant.timestamp().as_millisecond()),
    };
    let outcome = match event.outcome.as_ref().map(|outcome| outcome.kind) {
        None => "-",
        Some(OutcomeKind::Held) => "held",
        Some(OutcomeKind::Moved) => "moved",
        Some(OutcomeKind::Cancelled) => "cancelled",
    };
    // The place is free text: last, so that it can't be taken for another field.
    let place = event.place.as_ref().map_or("-", |place| place.get(Language::English));
    let _ = write!(text, " outcome={outcome} place={place}");
    text
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{confirmed, event, milestone, outcome};
    use super::*;
    use crate::domain::{EventKind, Localised, PassageId};

    fn placed(event: Event, english: &str, russian: Option<&str>) -> Event {
        Event { place: Localised::new(Some(english.to_owned()), russian.map(str::to_owned)), ..event }
    }

    #[test]
    fn it_stays_as_it_is_across_versions() {
        for (event, text) in [
            (event(""), "1 when=- outcome=- place=-"),
            (event("2031"), "1 when=2031 outcome=- place=-"),
            (placed(event("2031-10"), "Belarus", Some("Беларусь")), "1 when=2031-10 outcome=- place=Belarus"),
            (event("2031-10-05/2031-11"), "1 when=2031-10-05/2031-11 outcome=- place=-"),
            (event("2031-05-15T10:00[Asia/Bishkek]"), "1 when=@1936584000000 outcome=- place=-"),
            (confirmed(event("2031"), "2031-10"), "1 when=2031-10 outcome=- place=-"),
            (outcome(event("2031"), OutcomeKind::Held), "1 when=2031 outcome=held place=-"),
            (outcome(event("2031"), OutcomeKind::Moved), "1 when=2031 outcome=moved place=-"),
            (outcome(event("2031"), OutcomeKind::Cancelled), "1 when=2031 outcome=cancelled place=-"),
        ] {
            assert_eq!(schedule_fingerprint(&event), text);
        }
    }

    #[test]
    fn only_the_schedule_is_in_it() {
        let before = || placed(event("2031-10"), "Belarus", None);
        for same in [
            Event { name: Localised::same("Another name"), ..before() },
            Event { kind: EventKind::Other, ..before() },
            Event { passage: PassageId::parse("a9.9").unwrap(), ..before() },
            Event { reviewed: "2031-01-01".parse().unwrap(), ..before() },
            Event { milestones: Some(vec![milestone(9)]), ..before() },
            placed(before(), "Belarus", Some("Беларусь")),
            confirmed(before(), "2031-10"),
        ] {
            assert_eq!(schedule_fingerprint(&same), schedule_fingerprint(&before()), "{same:?}");
        }
        for other in [
            Event { when: None, ..before() },
            Event { place: None, ..before() },
            placed(before(), "Minsk", None),
            placed(event("2031-11"), "Belarus", None),
            confirmed(before(), "2031-10-05"),
            outcome(before(), OutcomeKind::Held),
            outcome(before(), OutcomeKind::Cancelled),
        ] {
            assert_ne!(schedule_fingerprint(&other), schedule_fingerprint(&before()), "{other:?}");
        }
    }

    #[test]
    fn the_zone_an_instant_is_named_in_is_not_its_time() {
        let bishkek = schedule_fingerprint(&event("2031-05-15T10:00[Asia/Bishkek]"));
        assert_eq!(schedule_fingerprint(&event("2031-05-15T04:00[UTC]")), bishkek);
        assert_ne!(schedule_fingerprint(&event("2031-05-15T10:00[UTC]")), bishkek);
    }
}
