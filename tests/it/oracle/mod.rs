//! Instants of milestones against a table that Python's zoneinfo made: every IANA zone, each month of 2020–2040, and every
//! hour of each day on which clocks change. `make_table.py` beside it says how it was made and how it is read;
//! a newer jiff with a newer release of the zones needs it made again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::thread;

use jiff::civil::{Date, date};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use onrecord::announcements::timetable;
use onrecord::domain::{
    ChatKind, Event, EventKind, EventUid, Language, Localised, Milestone, PartialDate, PassageId, Settings, When,
};

const TABLE: &str = include_str!("table.txt");

/// The zones of a block, and its lines: what they are about, and minutes.
struct Block<'t> {
    zones: Vec<&'t str>,
    lines: Vec<(&'t str, Vec<i64>)>,
}

fn blocks() -> Vec<Block<'static>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        if let Some(zones) = line.strip_prefix("= ") {
            blocks.push(Block { zones: zones.split(' ').collect(), lines: Vec::new() });
            continue;
        }
        let (about, runs) = line.split_once(' ').unwrap();
        let minutes = runs.split(' ').flat_map(|run| {
            let (minutes, times) = run.split_once('*').unwrap_or((run, "1"));
            std::iter::repeat_n(minutes.parse::<i64>().unwrap(), times.parse().unwrap())
        });
        blocks.last_mut().unwrap().lines.push((about, minutes.collect()));
    }
    blocks
}

fn event(when: When, milestone: Milestone) -> Event {
    Event {
        uid: EventUid::parse("e").unwrap(),
        name: Localised::same("Exercise"),
        kind: EventKind::Exercise,
        when: Some(when),
        confirmed: None,
        place: None,
        passage: PassageId::parse("a1.1").unwrap(),
        reviewed: date(2020, 1, 1),
        outcome: None,
        milestones: Some(vec![milestone]),
    }
}

/// Where the table and the bot differ in that zone.
fn mismatches(name: &str, lines: &[(&str, Vec<i64>)]) -> String {
    // The machine's own tables, which jiff would look at first, may be of another release.
    let zone = TimeZoneDatabase::bundled().get(name).unwrap_or_else(|_| panic!("there is no zone {name}"));
    let mut settings = Settings::new(ChatKind::Group, Language::English, zone);
    let mut told = String::new();
    let mut compare = |settings: &Settings, event: &Event, day: Date, ahead: i64| {
        let local = day.at(settings.hour, 0, 0, 0);
        let expected = TimeZone::UTC.to_timestamp(local).unwrap() - jiff::SignedDuration::from_mins(ahead);
        let found = timetable(event, settings)[0].due;
        if found != expected {
            writeln!(told, "{name} {local}: {found}, in the table {expected}").unwrap();
        }
    };
    for (about, minutes) in lines {
        if let Some(milestone) = Milestone::parse(about) {
            settings.hour = 10;
            let months = (2020..=2040).flat_map(|year| (1..=12).map(move |month| (year, month)));
            assert_eq!(minutes.len(), months.clone().count());
            for ((year, month), ahead) in months.zip(minutes) {
                let day = date(year, month, 1) - jiff::Span::new().days(milestone.days());
                let event = event(When::Within(PartialDate::Month { year, month }), milestone);
                compare(&settings, &event, day, *ahead);
            }
        } else {
            let day: Date = about.parse().unwrap();
            // It goes on the day after: what ends in an hour would be announced earlier.
            let two_days = When::Span(PartialDate::Day(day), PartialDate::Day(day.tomorrow().unwrap()));
            let event = event(two_days, Milestone::FIRST_DAY);
            assert_eq!(minutes.len(), 24);
            for (hour, ahead) in (0..).zip(minutes) {
                settings.hour = hour;
                compare(&settings, &event, day, *ahead);
            }
        }
    }
    told
}

#[test]
fn milestones_come_at_the_instants_of_the_table() {
    let blocks = blocks();
    let zones: Vec<_> = blocks.iter().flat_map(|block| block.zones.iter().map(|zone| (*zone, &block.lines))).collect();
    let told: String = thread::scope(|scope| {
        let halves = zones.chunks(zones.len().div_ceil(2)).map(|half| {
            scope.spawn(move || half.iter().map(|(zone, lines)| mismatches(zone, lines)).collect::<String>())
        });
        halves.collect::<Vec<_>>().into_iter().map(|half| half.join().unwrap()).collect()
    });
    let (n_mismatches, first) = (told.lines().count(), told.lines().take(20).collect::<Vec<_>>().join("\n"));
    assert_eq!(n_mismatches, 0, "the first of them:\n{first}");
}

#[test]
fn the_table_has_every_zone_the_bot_knows() {
    let blocks = blocks();
    let table: BTreeSet<_> = blocks.iter().flat_map(|block| &block.zones).map(ToString::to_string).collect();
    let known: BTreeSet<_> = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    assert_eq!(table, known);
}

#[test]
fn a_wrong_table_is_noticed() {
    let wrong = |about, minutes| mismatches("Europe/Oslo", &[(about, minutes)]);
    let october = [vec![120; 3], vec![60; 21]].concat();
    assert_eq!(wrong("2031-10-26", october.clone()), "");
    let march = [vec![60; 3], vec![120; 21]].concat();
    assert_eq!(wrong("2031-03-30", march.clone()), "");
    assert_eq!(wrong("2031-03-30", october).lines().count(), 24);
    let later = [vec![60; 2], vec![120; 22]].concat();
    assert_eq!(
        wrong("2031-03-30", later),
        "Europe/Oslo 2031-03-30T02:00:00: 2031-03-30T01:00:00Z, in the table 2031-03-30T00:00:00Z\n"
    );
}
