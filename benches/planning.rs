//! What is due, of 1,000 events and for 10,000 subscriptions: how long a look takes, and how much memory it asks for. It
//! fails if that is more than a second, or than 100 MB.
//!
//! Events lie over three years, as days, months and years; chats have twelve zones and all hours of the day. They
//! subscribed a week ago, and what was due before is nothing to them; or 16 months ago, and the events are all loaded for
//! the first time. The figures are of the pure engine: reading subscriptions and putting deliveries down are the store's.
//! Memory is the most that Linux ever saw resident (`VmHWM` in `/proc`), less what was there before the first look; for
//! other systems it has no figure.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod measure;

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use onrecord::announcements::{Scheduled, due, next_due};
use onrecord::domain::{
    ChatKind, ChatRef, Event, EventKind, EventUid, Language, Localised, PartialDate, PassageId, ScheduleRevision,
    Settings, Subscription, SubscriptionId, SubscriptionStatus, When,
};

use measure::Durations;

const N_EVENTS: usize = 1_000;
const N_SUBSCRIPTIONS: i64 = 10_000;
const N_RUNS: usize = 20;

const LONGEST_LOOK: Duration = Duration::from_secs(1);
const MOST_MEMORY_MB: f64 = 100.0;

const A_WEEK_AGO: &str = "2027-05-07T00:00:00Z";
const LONG_AGO: &str = "2026-01-14T00:00:00Z";

const ZONES: [&str; 12] = [
    "UTC",
    "Europe/Minsk",
    "Europe/Moscow",
    "Asia/Yerevan",
    "Asia/Almaty",
    "Asia/Bishkek",
    "Asia/Dushanbe",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
];

fn main() -> anyhow::Result<()> {
    let events = (0..N_EVENTS).map(event).collect::<anyhow::Result<Vec<_>>>()?;
    let now: Timestamp = "2027-05-14T10:00:00Z".parse()?;
    let [recent, old] = [A_WEEK_AGO, LONG_AGO].map(subscriptions);
    let (recent, old) = (recent?, old?);
    let before = resident()?;
    let mut longest = Duration::ZERO;
    println!("{N_EVENTS} events, {N_SUBSCRIPTIONS} subscriptions, {N_RUNS} runs: median (least – most)");
    for (look, planned_until, subscriptions) in [
        ("five seconds after the last", Some(now - SignedDuration::from_secs(5)), &recent),
        ("a day after the last", Some(now - SignedDuration::from_hours(24)), &recent),
        ("every event is new", None, &recent),
        ("new, chats of 16 months", None, &old),
    ] {
        let scheduled: Vec<Scheduled<'_>> = events
            .iter()
            .map(|event| Scheduled { event, revision: ScheduleRevision(1), planned_until, looked: None })
            .collect();
        let mut n_due = 0;
        let looks = (0..N_RUNS).map(|_| {
            let start = Instant::now();
            n_due = black_box(due(black_box(&scheduled), subscriptions, now)).len();
            start.elapsed()
        });
        let looks = Durations::new(looks.collect());
        println!("  due, {look:<28}       {}   {n_due} due", looks.spread());
        longest = longest.max(looks.percentile(100));
        let looks = (0..N_RUNS).map(|_| {
            let start = Instant::now();
            black_box(next_due(black_box(&scheduled), subscriptions, now));
            start.elapsed()
        });
        let looks = Durations::new(looks.collect());
        println!("  when next, {look:<28} {}", looks.spread());
        longest = longest.max(looks.percentile(100));
    }
    let memory = (most()? - before) / 1e6;
    println!("  memory at its most, beside events and subscriptions: {memory:.1} MB");
    ensure!(longest <= LONGEST_LOOK, "a look took {longest:.1?}, {LONGEST_LOOK:?} at most");
    ensure!(memory <= MOST_MEMORY_MB, "{memory:.1} MB, {MOST_MEMORY_MB} at most");
    Ok(())
}

/// Half of them are a day, a third a month, the others a year.
fn event(n: usize) -> anyhow::Result<Event> {
    let (year, month, day) = (2026 + n / 6 % 3, 1 + n / 18 % 12, 1 + n * 5 % 28);
    let date = match n % 6 {
        0..3 => format!("{year}-{month:02}-{day:02}"),
        3 | 4 => format!("{year}-{month:02}"),
        _ => year.to_string(),
    };
    Ok(Event {
        uid: EventUid::parse(&format!("exercise-{n}")).context("a uid")?,
        name: Localised::same("Exercise"),
        kind: EventKind::Exercise,
        when: PartialDate::parse(&date).map(When::Within),
        confirmed: None,
        place: None,
        passage: PassageId::parse("a1.1").context("a passage's id")?,
        reviewed: "2027-05-14".parse()?,
        outcome: None,
        milestones: None,
    })
}

fn subscriptions(since: &str) -> anyhow::Result<Vec<Subscription>> {
    let since = since.parse()?;
    (0..N_SUBSCRIPTIONS).map(|id| subscription(id, since)).collect()
}

fn subscription(id: i64, since: Timestamp) -> anyhow::Result<Subscription> {
    let place = usize::try_from(id)?;
    let zone: TimeZone = TimeZoneDatabase::bundled().get(ZONES[place % ZONES.len()])?;
    let hour = i8::try_from(place / ZONES.len() % 24)?;
    Ok(Subscription {
        id: SubscriptionId(id),
        chat: ChatRef { id: -id, thread: None },
        kind: ChatKind::Group,
        settings: Settings { hour, ..Settings::new(ChatKind::Group, Language::English, zone) },
        status: SubscriptionStatus::Active,
        since,
        title: None,
        owner: None,
        reason: None,
        retimed: None,
    })
}

/// Resident memory now, in bytes.
fn resident() -> anyhow::Result<f64> {
    status("VmRSS:")
}

/// The most resident memory so far, in bytes.
fn most() -> anyhow::Result<f64> {
    status("VmHWM:")
}

fn status(name: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).context("Linux tells it")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1024.0)
}
