//! The shipped events say no more than the interview: each year, month, day and place is in the words that name the event.

use std::ops::Range;

use jiff::civil::Date;
use onrecord::domain::{Event, Interview, Language, Localised, PartialDate, When};
use onrecord::knowledge::{Files, load};
use onrecord::text::sentences;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn shipped() -> Interview {
    load(&Files::embedded()).corpus.unwrap().interviews.remove(0)
}

/// Words and numbers. Case is kept: "May" is a month, "may" is not.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The sentences of a passage that share the most words with an event's name. A month that another sentence of the passage
/// names belongs to another event.
fn naming<'p>(passage: &'p str, name: &str) -> Vec<&'p str> {
    let name: Vec<String> = words(name).into_iter().map(str::to_lowercase).collect();
    let shared = |range: &Range<usize>| {
        let sentence: Vec<String> = words(&passage[range.clone()]).into_iter().map(str::to_lowercase).collect();
        name.iter().filter(|word| sentence.contains(word)).count()
    };
    let ranges = sentences(passage);
    let most = ranges.iter().map(shared).max();
    ranges.iter().filter(|range| Some(shared(range)) == most).map(|range| &passage[range.clone()]).collect()
}

/// What an event's entry says and the interview does not.
fn unsaid(event: &Event, interview: &Interview) -> Vec<String> {
    let (_, passage) = interview.texts[0].passage(&event.passage).expect("the passage is in the first text");
    let name = event.name.get(Language::English);
    let sentences = naming(&passage.words, name);
    let mut unsaid = Vec::new();
    let mut need = |what: String, said: bool| {
        if !said {
            unsaid.push(what);
        }
    };
    let given = interview.given.expect("the interview has a date");
    for date in event.when.iter().flat_map(dates) {
        let (year, month, day) = parts(date);
        need(format!("the year {year}"), is_year_said(year, &sentences, name, given));
        if let Some(month) = month {
            need(format!("the month {year}-{month:02}"), sentences.iter().any(|text| is_month_said(text, year, month)));
            let day_said = |day| sentences.iter().any(|text| is_day_said(text, month, day));
            need(format!("the day {date}"), day.is_none_or(day_said));
        }
    }
    if let Some(When::At(instant)) = &event.when {
        let time = instant.strftime("%H:%M").to_string();
        need(format!("the time {time}"), sentences.iter().any(|text| text.contains(&time)));
    }
    if let Some(place) = &event.place {
        let place = place.get(Language::English);
        need(format!("the place {place}"), sentences.iter().any(|text| text.contains(place)));
    }
    unsaid
}

fn dates(when: &When) -> Vec<PartialDate> {
    match when {
        When::Within(date) => vec![*date],
        When::Span(from, to) => vec![*from, *to],
        When::At(instant) => vec![PartialDate::Day(instant.date())],
    }
}

fn parts(date: PartialDate) -> (i16, Option<i8>, Option<i8>) {
    match date {
        PartialDate::Year(year) => (year, None, None),
        PartialDate::Month { year, month } => (year, Some(month), None),
        PartialDate::Day(day) => (day.year(), Some(day.month()), Some(day.day())),
    }
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// The years a sentence names, else those of the event's name, else that of the interview: "this year", "in October".
fn is_year_said(wanted: i16, sentences: &[&str], name: &str, given: Date) -> bool {
    let years = |text: &str| words(text).into_iter().filter_map(year).collect::<Vec<_>>();
    let named: Vec<i16> = sentences.iter().copied().chain([name]).flat_map(years).collect();
    if named.is_empty() { wanted == given.year() } else { named.contains(&wanted) }
}

/// A month by its name, and not that of another year: "in November 2024".
fn is_month_said(text: &str, wanted: i16, month: i8) -> bool {
    let words = words(text);
    let name = MONTHS[usize::try_from(month - 1).unwrap()];
    (0..words.len()).any(|n| {
        let next = words.get(n + 1).and_then(|word| year(word));
        words[n] == name && next.is_none_or(|year| year == wanted)
    })
}

/// A day beside its month: "5 October", "October 5th", "the 5th of October".
fn is_day_said(text: &str, month: i8, day: i8) -> bool {
    let words = words(text);
    let name = MONTHS[usize::try_from(month - 1).unwrap()];
    let is_day = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.parse() == Ok(day)
    };
    (0..words.len()).filter(|n| words[*n] == name).any(|n| {
        let before = match n.checked_sub(1).map(|n| words[n]) {
            Some("of") => n.checked_sub(2),
            _ => n.checked_sub(1),
        };
        before.and_then(|n| words.get(n)).is_some_and(is_day) || words.get(n + 1).is_some_and(is_day)
    })
}

#[test]
fn the_shipped_events_say_no_more_than_their_passages() {
    let interview = shipped();
    assert!(!interview.events.is_empty());
    for event in &interview.events {
        assert_eq!(unsaid(event, &interview), [""; 0], "{}", event.uid);
        assert_eq!(event.confirmed, None, "{}: what others say is not of the interview", event.uid);
    }
}

#[track_caller]
fn check(uid: &str, when: Option<When>, place: Option<&str>, expected: &[&str]) {
    let interview = shipped();
    let event = interview.events.iter().find(|event| event.uid.as_str() == uid).expect("the event is shipped").clone();
    let event = Event { when, place: place.map(Localised::same), ..event };
    assert_eq!(unsaid(&event, &interview), expected, "{uid} {:?} {place:?}", event.when);
}

fn on(text: &str) -> Option<When> {
    let partial = |text| PartialDate::parse(text).unwrap();
    Some(match text.split_once('/') {
        Some((from, to)) => When::Span(partial(from), partial(to)),
        None => When::Within(partial(text)),
    })
}

#[test]
fn a_date_more_exact_than_the_passage_is_noticed() {
    for (uid, when, unsaid) in [
        ("unbreakable-brotherhood-2026", "2026-10-05", &["the day 2026-10-05"][..]),
        ("unbreakable-brotherhood-2026", "2026-10-05/2026-10-09", &["the day 2026-10-05", "the day 2026-10-09"]),
        ("unbreakable-brotherhood-2026", "2026-09", &["the month 2026-09"]),
        ("unbreakable-brotherhood-2026", "2026-10/2026-11", &["the month 2026-11"]),
        ("unbreakable-brotherhood-2026", "2027-10", &["the year 2027"]),
        // October is the other exercise's.
        ("barrier-2026", "2026-10", &["the month 2026-10"]),
        ("barrier-2026", "2025", &["the year 2025"]),
        ("csto-25-years", "2027-10", &["the month 2027-10"]),
        ("csto-25-years", "2027-10-07", &["the month 2027-10", "the day 2027-10-07"]),
        ("csto-25-years", "2026", &["the year 2026"]),
        ("central-asia-afghanistan-conference-2026", "2026-05", &["the month 2026-05"]),
        ("central-asia-afghanistan-conference-2026", "2027", &["the year 2027"]),
        ("collective-security-forum-2026", "2026-06", &["the month 2026-06"]),
        ("collective-security-forum-2026", "2025", &["the year 2025"]),
        ("csto-sco-cis-roadmap-2026-2028", "2026/2029", &["the year 2029"]),
        ("unga-81-resolution", "2026-09", &["the month 2026-09"]),
        // As they are shipped, or less exact.
        ("unbreakable-brotherhood-2026", "2026-10", &[]),
        ("unbreakable-brotherhood-2026", "2026", &[]),
        ("barrier-2026", "2026", &[]),
        ("csto-25-years", "2027", &[]),
        ("central-asia-afghanistan-conference-2026", "2026", &[]),
        ("csto-sco-cis-roadmap-2026-2028", "2026/2028", &[]),
    ] {
        check(uid, on(when), None, unsaid);
    }
    let instant = When::At(Box::new("2026-10-05T10:00[Europe/Minsk]".parse().unwrap()));
    check("unbreakable-brotherhood-2026", Some(instant), None, &["the day 2026-10-05", "the time 10:00"]);
}

#[test]
fn a_place_that_the_passage_does_not_name_is_noticed() {
    for (uid, place, unsaid) in [
        ("unbreakable-brotherhood-2026", "Belarus", &[][..]),
        ("unbreakable-brotherhood-2026", "Minsk", &["the place Minsk"]),
        ("barrier-2026", "Belarus", &["the place Belarus"]),
        ("csto-25-years", "Moscow", &["the place Moscow"]),
    ] {
        check(uid, None, Some(place), unsaid);
    }
}

#[test]
fn days_and_months_are_found_however_they_are_written() {
    for text in ["on 5 October", "October 5, 2026", "on October 5th", "the 5th of October 2026"] {
        assert!(is_month_said(text, 2026, 10) && is_day_said(text, 10, 5), "{text}");
    }
    for text in
        ["on 15 October", "October 25", "5 November", "in October, with 5 battalions", "on the fifth", "october 5"]
    {
        assert!(!is_day_said(text, 10, 5), "{text}");
    }
    for text in ["we may", "in October 2025", "Octobers", "Oct"] {
        assert!(!is_month_said(text, 2026, 5) && !is_month_said(text, 2026, 10), "{text}");
    }
}
