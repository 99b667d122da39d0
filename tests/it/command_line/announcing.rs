//! The commands about announcements: `events` and `rehearse`.

use std::fs;

use insta::assert_snapshot;
use onrecord::domain::EventUid;
use onrecord::store::Store;

use super::Run;

const AUTUMN: [&str; 5] = ["rehearse", "--from", "2026-08-25", "--to", "2026-11-02"];

fn rehearse(more: &[&str]) -> String {
    let run = Run::new();
    let ended = run.arguments(&[&AUTUMN, more].concat());
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(fs::read_dir(run.path()).unwrap().count(), 0, "nothing is written to disk");
    ended.out
}

#[test]
fn a_rehearsal_shows_the_autumn_as_a_channel_would_have_seen_it() {
    let out = rehearse(&[]);
    assert_eq!(out, rehearse(&[]), "twice gives the same");
    assert_eq!(out.matches("posted in the channel").count(), 2);
    assert_snapshot!(out);
}

#[test]
fn a_rehearsal_answered_no_posts_nothing() {
    let out = rehearse(&["--answer", "no", "--language", "ru"]);
    assert_eq!(out.matches("posted in the channel").count(), 0);
    assert_snapshot!(out);
}

#[test]
fn two_posts_of_one_instant_are_both_rehearsed() {
    let run = Run::new();
    assert_eq!(run.arguments(&["init", "kb"]).code, Some(0));
    let file = run.path().join("kb/masadykov-2026/events.toml");
    let days = ["one", "two"].map(|name| {
        format!(
            "[[event]]\nuid = \"{name}\"\nname = {{ en = \"{name}\", ru = \"{name}\" }}\nkind = \"exercise\"\n\
             when = \"2026-10-15\"\npassage = \"a4.5\"\nreviewed = \"2026-08-01\"\n"
        )
    });
    fs::write(&file, days.join("\n")).unwrap();
    let out = run.with("ONRECORD_KNOWLEDGE", "kb").arguments(&AUTUMN).out;
    assert_eq!(out.matches("posted in the channel").count(), 6, "seven days, a day, and the morning: {out}");
    assert!(!out.contains("missed"), "{out}");
}

#[test]
fn days_that_make_no_sense_are_refused() {
    for (arguments, told) in [
        (["rehearse", "--from", "2026-11-02", "--to", "2026-08-25"], "is not after"),
        (["rehearse", "--from", "2026-02-30", "--to", "2026-08-25"], "2026-02-30"),
        (["rehearse", "--from", "soon", "--to", "later"], "soon"),
    ] {
        let ended = Run::new().arguments(&arguments);
        assert_eq!(ended.code, Some(2), "{}", ended.err);
        assert!(ended.err.contains(told) && ended.out.is_empty(), "{}", ended.err);
    }
}

#[test]
fn events_tells_when_each_is_announced() {
    let ended = Run::new().arguments(&["events", "--at", "2026-09-15"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    for line in [
        "  2026-09-01 10:00 — 30 days before (past)\n",
        "  2026-10-01 10:00 — on its first day\n",
        "  not announced by itself: it has no date\n",
        "  not announced by itself: only a year is named; `milestones` in events.toml would change that\n",
    ] {
        assert!(ended.out.contains(line), "{line}: {}", ended.out);
    }
}

#[test]
fn the_hour_is_that_of_the_time_zone() {
    let run = Run::new().with("ONRECORD_TIMEZONE", "Asia/Bishkek");
    let out = run.arguments(&AUTUMN).out;
    assert!(out.contains("── 2026-09-01 10:00 · posted in the channel"), "{out}");
    assert!(run.arguments(&["events"]).out.contains("at 10:00 in Asia/Bishkek"));
}

#[test]
fn events_are_exported_as_a_calendar() {
    let run = Run::new();
    let ended = run.arguments(&["events", "--ics", "events.ics"]);
    assert_eq!(ended.out, "wrote 9 events to events.ics; 2 without a date were left out\n");
    let calendar = fs::read_to_string(run.path().join("events.ics")).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    // RFC 5545 §3.1 recommends 75 at most; the crate's last piece of a line may have one more.
    assert!(calendar.lines().all(|line| line.len() <= 76), "lines are folded");
    let ended = run.arguments(&["events", "--ics", "missing/events.ics"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("missing/events.ics"), "{}", ended.err);
}

#[test]
fn an_exported_calendar_counts_the_changes_that_a_bot_has_seen() {
    let run = Run::new();
    let sequence = |run: &Run| {
        let calendar = run.arguments(&["events", "--ics", "-"]).out;
        let entries = calendar.split("BEGIN:VEVENT");
        let october = entries.into_iter().find(|entry| entry.contains("UID:unbreakable-brotherhood-2026@onrecord"));
        let lines = october.unwrap().lines();
        lines.into_iter().find(|line| line.starts_with("SEQUENCE:")).unwrap().to_owned()
    };
    assert_eq!(sequence(&run), "SEQUENCE:0");
    assert_eq!(fs::read_dir(run.path()).unwrap().count(), 0, "no database is made");
    let database = format!("sqlite://{}", run.path().join("onrecord.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&database).await.unwrap();
        let lead = store.lead().unwrap().unwrap();
        for fingerprint in ["a month", "a day", "another day"] {
            let uid = EventUid::parse("unbreakable-brotherhood-2026").unwrap();
            store.schedule(&lead, &[(uid, fingerprint.to_owned())]).await.unwrap();
        }
        store.close().await;
    });
    let before = fs::read(run.path().join("onrecord.db")).unwrap();
    assert_eq!(sequence(&run), "SEQUENCE:2");
    assert_eq!(fs::read(run.path().join("onrecord.db")).unwrap(), before, "it is only looked at");
    fs::write(run.path().join("onrecord.db"), "no database at all, but long enough to have a header".repeat(9))
        .unwrap();
    let ended = run.arguments(&["events", "--ics", "-"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.err.contains("counts no changes of dates"), "{}", ended.err);
    assert!(ended.out.contains("SEQUENCE:0"));
}
