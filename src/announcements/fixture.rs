//! Events and subscriptions to try the engine on.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Scheduled;
use crate::domain::{
    ChatKind, ChatRef, Confirmed, Event, EventKind, EventUid, Language, Localised, Milestone, Outcome, OutcomeKind,
    PartialDate, PassageId, QuietHours, ScheduleRevision, Settings, Subscription, SubscriptionId, SubscriptionStatus,
    When,
};

/// A date as the files write it; `None` for an empty text.
pub(super) fn when(text: &str) -> Option<When> {
    let partial = |text: &str| PartialDate::parse(text).unwrap();
    match (text.is_empty(), text.contains('['), text.split_once('/')) {
        (true, ..) => None,
        (_, true, _) => Some(When::At(Box::new(text.parse().unwrap()))),
        (.., Some((from, to))) => Some(When::Span(partial(from), partial(to))),
        (.., None) => Some(When::Within(partial(text))),
    }
}

/// An exercise `e` at that time.
pub(super) fn event(text: &str) -> Event {
    named("e", text)
}

/// An exercise of that uid at that time.
pub(super) fn named(uid: &str, text: &str) -> Event {
    Event {
        uid: EventUid::parse(uid).unwrap(),
        name: Localised::same("Exercise"),
        kind: EventKind::Exercise,
        when: when(text),
        confirmed: None,
        place: None,
        passage: PassageId::parse("a1.1").unwrap(),
        reviewed: "2026-01-29".parse().unwrap(),
        outcome: None,
        milestones: None,
    }
}

pub(super) fn confirmed(event: Event, text: &str) -> Event {
    let when = when(text).unwrap();
    Event { confirmed: Some(Confirmed { when, source: "https://example.org".to_owned() }), ..event }
}

pub(super) fn outcome(event: Event, kind: OutcomeKind) -> Event {
    Event { outcome: Some(Outcome { kind, source: "https://example.org".to_owned() }), ..event }
}

pub(super) fn milestone(days: u16) -> Milestone {
    Milestone::days_before(days).unwrap()
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What a group in that zone starts with, and an hour.
pub(super) fn settings(name: &str, hour: i8) -> Settings {
    Settings { hour, ..Settings::new(ChatKind::Group, Language::English, zone(name)) }
}

pub(super) fn quiet(settings: Settings, from: i8, to: i8) -> Settings {
    Settings { quiet: Some(QuietHours::new(from, to).unwrap()), ..settings }
}

/// A subscription since 2020.
pub(super) fn subscription(id: i64, settings: Settings) -> Subscription {
    Subscription {
        id: SubscriptionId(id),
        chat: ChatRef { id: -id, thread: None },
        kind: ChatKind::Group,
        title: None,
        owner: None,
        reason: None,
        settings,
        status: SubscriptionStatus::Active,
        since: at("2020-01-01T00:00:00Z"),
        retimed: None,
    }
}

/// An event that has been planned up to then; `""` for one that is new.
pub(super) fn scheduled<'e>(event: &'e Event, planned_until: &str) -> Scheduled<'e> {
    let planned_until = (!planned_until.is_empty()).then(|| at(planned_until));
    Scheduled { event, revision: ScheduleRevision(1), planned_until, looked: None }
}
