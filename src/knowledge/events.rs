//! `events.toml`: exercises and dates named in the interview.
//!
//! Two keys say more than the interview does, each with its own authority: `confirmed = { when = "2031-10-05", source =
//! "https://…" }` is a later, more exact date and the page it stands on; `milestones = ["30d", "0d"]` is when the editor
//! wants the event announced, so many days before its first day (an empty list: not at all).

use std::collections::HashMap;

use jiff::civil::Date;

use super::characters::shown;
use super::dates;
use super::document::{Document, Form, Located, Need, Section};
use super::file::File;
use super::passages::Passages;
use super::values::{ID, URL, day, localised, url};
use crate::domain::{Confirmed, Event, EventKind, EventUid, Milestone, Outcome, OutcomeKind, When};

/// The uids of all interviews, with the place of each: an announcement is told from others by its event's uid alone.
pub(super) type Uids = HashMap<EventUid, String>;

const KEYS: [&str; 10] =
    ["uid", "name", "kind", "when", "place", "passage", "reviewed", "confirmed", "outcome", "milestones"];

const KINDS: [(&str, EventKind); 4] = [
    ("exercise", EventKind::Exercise),
    ("meeting", EventKind::Meeting),
    ("anniversary", EventKind::Anniversary),
    ("other", EventKind::Other),
];

const OUTCOMES: [(&str, OutcomeKind); 3] =
    [("held", OutcomeKind::Held), ("moved", OutcomeKind::Moved), ("cancelled", OutcomeKind::Cancelled)];

const MILESTONE: Form = Form {
    name: "a milestone",
    hint: "write how many days before the first day, 366 at most: \"30d\", \"7d\", \"0d\"",
};

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
    let when = when(section, Need::May);
    let place = localised(section, "place", Need::May);
    let passage = section.text("passage", Need::Must).and_then(|id| passages.quotable(section.file(), &id));
    let reviewed: Option<Date> = day(section, "reviewed", Need::Must);
    let outcome = outcome(section);
    let confirmed = confirmed(section, when.as_ref());
    let milestones = milestones(section);
    Some(Event {
        uid: uid?,
        name: name?,
        kind: kind?.value,
        when: when.map(|when| when.value),
        confirmed,
        place,
        passage: passage?,
        reviewed: reviewed?,
        outcome,
        milestones,
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

fn when(section: &Section<'_>, need: Need) -> Option<Located<When>> {
    let Located { value: text, at } = section.text("when", need)?;
    match dates::parse(&text) {
        Ok(value) => Some(Located { value, at }),
        Err(fault) => {
            section.file().error(at, fault.what, fault.hint);
            None
        }
    }
}

/// The later date. It makes the first one more exact; any other is a date that was moved, and the file has to say so. What
/// was moved may be held or called off by now, so any outcome will do.
fn confirmed(section: &Section<'_>, first: Option<&Located<When>>) -> Option<Confirmed> {
    let table = section.section("confirmed", Need::May, &["when", "source"])?;
    let later = when(&table, Need::Must);
    let source = table.parsed("source", Need::Must, URL, url);
    let (later, source) = (later?, source?);
    if let Some(first) = first.filter(|first| !section.has("outcome") && !is_within(&later.value, &first.value)) {
        let file = section.file();
        let written = |date: &Located<When>| shown(file.text()[date.at.clone()].trim_matches(['"', '\'']));
        let what = format!("{} is not within {}, the date it should make more exact", written(&later), written(first));
        file.error(later.at, what, "if it was put off, add `outcome = { kind = \"moved\", source = \"https://…\" }`");
        return None;
    }
    Some(Confirmed { when: later.value, source: source.value })
}

/// Whether a date says nothing that another one rules out, and is at least as exact.
fn is_within(later: &When, first: &When) -> bool {
    match (later, first) {
        (When::At(later), When::At(first)) => later.timestamp() == first.timestamp(),
        (When::Within(_) | When::Span(..), When::At(_)) => false,
        (_, When::Within(_) | When::Span(..)) => {
            first.first_day() <= later.first_day() && later.last_day() <= first.last_day()
        }
    }
}

/// When the editor wants it announced, the most days ahead first.
fn milestones(section: &Section<'_>) -> Option<Vec<Milestone>> {
    if !section.has("milestones") {
        return None;
    }
    let file = section.file();
    let mut milestones: Vec<Milestone> = Vec::new();
    for Located { value: text, at } in section.texts("milestones", Need::May) {
        match Milestone::parse(&text) {
            None => file.error(at, format!("{} is not {}", shown(&text), MILESTONE.name), MILESTONE.hint),
            Some(twice) if milestones.contains(&twice) => {
                file.error(at, format!("the milestone {} is there already", shown(&text)), "delete one of them");
            }
            Some(milestone) => milestones.push(milestone),
        }
    }
    if !milestones.is_empty() && !section.has("when") && !section.has("confirmed") {
        let hint = "milestones are days before its first day: add one, such as `when = \"2031-10\"`, or delete them";
        file.error(section.place_of("milestones"), "an event with milestones has no date".to_owned(), hint);
    }
    milestones.sort_unstable_by(|a, b| b.cmp(a));
    Some(milestones)
}

fn outcome(section: &Section<'_>) -> Option<Outcome> {
    let outcome = section.section("outcome", Need::May, &["kind", "source"])?;
    let kind = outcome.choice("kind", Need::Must, &OUTCOMES);
    let source = outcome.parsed("source", Need::Must, URL, url);
    Some(Outcome { kind: kind?.value, source: source?.value })
}
