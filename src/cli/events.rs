//! `events`: what will be announced and when, or all of it as a calendar file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::runtime;

use crate::announcements::{milestones, timetable};
use crate::app::{Replies, Voice, calendar};
use crate::config::Config;
use crate::domain::{
    ChatKind, Corpus, Event, EventUid, Interview, Language, Milestone, ScheduleRevision, Settings, Tense, When, day_in,
};
use crate::store::schedule_revisions;

use super::{Ended, open};

/// What `events` is asked for.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Looks from another day, such as 2026-08-25
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
    /// Writes a calendar file (iCalendar) instead; `-` prints it
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// The language of names and dates: en or ru
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: Language,
}

pub(super) fn events(config: &Config, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    let clock = open::clock(config);
    let now = match arguments.at {
        Some(day) => midnight(day, &config.zone)?,
        None => clock.now(),
    };
    let corpus = open::corpus(&config.knowledge)?;
    let replies = Replies::default();
    let voice = replies.voice(arguments.language);
    if let Some(file) = &arguments.ics {
        let revisions = revisions(&config.database)?;
        let revision = |uid: &EventUid| revisions.get(uid).copied().unwrap_or(ScheduleRevision(1));
        let (text, n_undated) = calendar(&corpus, voice, now, revision);
        return export(&text, n_undated, file, out);
    }
    list(&corpus, voice, now, &config.zone, out)?;
    Ok(Ended::Fine)
}

/// The instant at which that day begins.
pub(super) fn midnight(day: Date, zone: &TimeZone) -> anyhow::Result<Timestamp> {
    let start = zone.to_zoned_datetime(day.at(0, 0, 0, 0));
    Ok(start.map_err(|error| anyhow!("cannot look from {day}: {error}"))?.timestamp())
}

/// How often each schedule has changed, as a bot has counted it. Without a database nobody has: every entry is a first
/// one. So it is with a database that cannot be read, which is told: a calendar without counts is better than none.
fn revisions(database: &str) -> anyhow::Result<BTreeMap<EventUid, ScheduleRevision>> {
    let counted = runtime::Builder::new_current_thread().enable_all().build()?.block_on(schedule_revisions(database));
    Ok(counted.unwrap_or_else(|error| {
        tracing::warn!(%error, "the calendar counts no changes of dates: the bot's database cannot be read");
        BTreeMap::new()
    }))
}

fn export(text: &str, n_undated: usize, file: &PathBuf, out: &mut impl Write) -> anyhow::Result<Ended> {
    if file.as_os_str() == "-" {
        out.write_all(text.as_bytes())?;
        return Ok(Ended::Fine);
    }
    fs::write(file, text).with_context(|| format!("failed to write `{}`", file.display()))?;
    let n_entries = text.matches("BEGIN:VEVENT").count();
    writeln!(out, "wrote {n_entries} events to {}; {n_undated} without a date were left out", file.display())?;
    Ok(Ended::Fine)
}

fn list(
    corpus: &Corpus,
    voice: Voice<'_>,
    now: Timestamp,
    zone: &TimeZone,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let settings = Settings::new(ChatKind::Group, voice.language, zone.clone());
    let name = zone.iana_name().unwrap_or("UTC");
    writeln!(
        out,
        "As of {}, at {:02}:00 in {name} unless a chat chose otherwise:\n",
        day_in(now, zone),
        settings.hour
    )?;
    for interview in &corpus.interviews {
        let mut events: Vec<&Event> = interview.events.iter().collect();
        events.sort_by_key(|event| {
            let first_day = event.scheduled().map(When::first_day);
            (first_day.is_none(), first_day, event.uid.clone())
        });
        for event in events {
            show(interview, event, voice, now, &settings, out)?;
        }
    }
    Ok(())
}

fn show(
    interview: &Interview,
    event: &Event,
    voice: Voice<'_>,
    now: Timestamp,
    settings: &Settings,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let when = event.scheduled().map_or_else(|| voice.announced_undated(), |when| voice.when(when));
    let place = event.place.as_ref().map(|place| format!(" — {}", place.get(voice.language))).unwrap_or_default();
    writeln!(out, "{} — {when}{place}", event.name.get(voice.language))?;
    writeln!(out, "  {} in {}", event.uid, interview.name_of(&event.passage))?;
    if milestones(event).is_empty() {
        writeln!(out, "  not announced by itself: {}\n", why_not(event))?;
        return Ok(());
    }
    for moment in timetable(event, settings) {
        let at = moment.due.to_zoned_datetime(settings.zone.clone());
        let past = if moment.due <= now { " (past)" } else { "" };
        writeln!(out, "  {} — {}{past}", at.strftime("%Y-%m-%d %H:%M"), in_words(moment.milestone))?;
    }
    if event.scheduled().map(|when| when.tense(now, &settings.zone)) == Some(Tense::Past) {
        writeln!(out, "  its time is over")?;
    }
    writeln!(out)
}

fn in_words(milestone: Milestone) -> String {
    match milestone.days() {
        0 => "on its first day".to_owned(),
        1 => "the day before".to_owned(),
        days => format!("{days} days before"),
    }
}

fn why_not(event: &Event) -> &'static str {
    match (&event.outcome, event.scheduled()) {
        (Some(_), _) => "its outcome is known",
        (None, None) => "it has no date",
        (None, Some(_)) => "only a year is named; `milestones` in events.toml would change that",
    }
}
