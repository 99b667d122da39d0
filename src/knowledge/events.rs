//! `events.toml`: exercises and dates named in the interview.

use std::collections::HashMap;

use jiff::civil::Date;

use super::dates;
use super::document::{Document, Need, Section};
use super::file::File;
use super::passages::Passages;
use super::values::{ID, URL, day, localised, url};
use crate::domain::{Event, EventKind, EventUid, Outcome, OutcomeKind, When};

/// The uids of all interviews, with the place of each: an announcement is told from others by its event's uid alone.
pub(super) type Uids = HashMap<EventUid, String>;

const KEYS: [&str; 8] = ["uid", "name", "kind", "when", "place", "passage", "reviewed", "outcome"];

const KINDS: [(&str, EventKind); 4] = [
    ("exercise", EventKind::Exercise),
    ("meeting", EventKind::Meeting),
    ("anniversary", EventKind::Anniversary),
    ("other", EventKind::Other),
];

const OUTCOMES: [(&str, OutcomeKind); 3] =
    [("held", OutcomeKind::Held), ("moved", OutcomeKind::Moved), ("cancelled", OutcomeKind::Cancelled)];

/// Reads the events of an interview.
pub(super) fn read(file: &File<'_>, passages: &Passages<'_, '_>, uids: &mut Uids) -> Vec<Event> {
    let document = Document::parse(file, 0..file.text().len());
    let sections = document.root(&["event"]).sections("event", &KEYS);
    sections.iter().filter_map(|section| event(section, passages, uids)).collect()
}

fn event(section: &Section<'_>, passages: &Passages<'_, '_>, uids: &mut Uids) -> Option<Event> {
    let uid = uid(section, uids);
    let name = localised(section, "name", Need::Must);
    let kind = section.choice("kind", Need::Must, &KINDS);
    let when = when(section);
    let place = localised(section, "place", Need::May);
    let passage = section.text("passage", Need::Must).and_then(|id| passages.quotable(section.file(), &id));
    let reviewed: Option<Date> = day(section, "reviewed", Need::Must);
    let outcome = outcome(section);
    Some(Event {
        uid: uid?,
        name: name?,
        kind: kind?.value,
        when,
        place,
        passage: passage?,
        reviewed: reviewed?,
        outcome,
        confirmed: None,
        milestones: None,
    })
}

fn uid(section: &Section<'_>, uids: &mut Uids) -> Option<EventUid> {
    let uid = section.parsed("uid", Need::Must, ID, EventUid::parse)?;
    let file = section.file();
    if let Some(first) = uids.get(&uid.value) {
        let what = format!("the uid `{}` is taken by the event at {first}", uid.value);
        file.error(uid.at, what, "give this event another uid");
        return None;
    }
    uids.insert(uid.value.clone(), format!("{}:{}", file.path(), file.line(uid.at.start)));
    Some(uid.value)
}

fn when(section: &Section<'_>) -> Option<When> {
    let written = section.text("when", Need::May)?;
    match dates::parse(&written.value) {
        Ok(when) => Some(when),
        Err(fault) => {
            section.file().error(written.at, fault.what, fault.hint);
            None
        }
    }
}

fn outcome(section: &Section<'_>) -> Option<Outcome> {
    let outcome = section.section("outcome", Need::May, &["kind", "source"])?;
    let kind = outcome.choice("kind", Need::Must, &OUTCOMES);
    let source = outcome.parsed("source", Need::Must, URL, url);
    Some(Outcome { kind: kind?.value, source: source?.value })
}
