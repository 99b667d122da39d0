//! What can be wrong with events, each with the exact line that tells it, beside what is fine.

use super::fixture::{Folder, broken, sound};

pub(super) const EVENTS: &str = "a/events.toml";

#[test]
fn a_fault_in_the_events_is_told_where_it_stands() {
    broken(
        EVENTS,
        &[
            (
                r#""barrier-2031""#,
                r#""barrier 2031""#,
                &[
                    "error: a/events.toml:2:7: `barrier 2031` is not an id; an id has up to 64 Latin letters, digits, `.`, `_` and `-`, the first a letter or digit",
                ],
            ),
            (
                "[[event]]",
                "[[event]]\nuid = \"barrier-2031\"\nname = \"x\"\nkind = \"other\"\npassage = \"a1.2\"\nreviewed = 2026-02-01\n\n[[event]]",
                &[
                    "error: a/events.toml:9:7: the uid `barrier-2031` is taken by the event at a/events.toml:2; give this event another uid",
                ],
            ),
            (
                r#""exercise""#,
                r#""drill""#,
                &[
                    "error: a/events.toml:4:8: `kind` can't be `drill`; write one of `exercise`, `meeting`, `anniversary`, `other`",
                ],
            ),
            (
                "2031-10",
                "2031-13",
                &[
                    "error: a/events.toml:5:8: `2031-13` is not a date; write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant with its zone (2031-05-15T10:00[Asia/Bishkek])",
                ],
            ),
            (
                "2031-10",
                "2031-02-29",
                &[
                    "error: a/events.toml:5:8: `2031-02-29` is not a date; write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant with its zone (2031-05-15T10:00[Asia/Bishkek])",
                ],
            ),
            (
                "2031-10",
                "October 2031",
                &[
                    "error: a/events.toml:5:8: `October 2031` is not a date; write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant with its zone (2031-05-15T10:00[Asia/Bishkek])",
                ],
            ),
            (
                "2031-10",
                "2031/2030",
                &["error: a/events.toml:5:8: `2031/2030` ends before it begins; write the earlier date first"],
            ),
            (
                "2031-10",
                "2031-02-30/2031-03-01",
                &[
                    "error: a/events.toml:5:8: `2031-02-30` is not a date; write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant with its zone (2031-05-15T10:00[Asia/Bishkek])",
                ],
            ),
            (r#""2031-10""#, "2031", &["error: a/events.toml:5:8: this is an integer; write a string in quotes"]),
            (
                "2031-10",
                "2031-10-26T10:00",
                &[
                    "error: a/events.toml:5:8: `2031-10-26T10:00` has no zone; write the zone behind it: 2031-05-15T10:00[Asia/Bishkek]",
                ],
            ),
            (
                "2031-10",
                "2031-10-26[Europe/Oslo]",
                &[
                    "error: a/events.toml:5:8: `2031-10-26[Europe/Oslo]` is not an instant; write day, time and zone: 2031-05-15T10:00[Asia/Bishkek]",
                ],
            ),
            (
                "2031-10",
                "2031-10-26T10:00[Europe/Olso]",
                &[
                    "error: a/events.toml:5:8: the zone of `2031-10-26T10:00[Europe/Olso]` is not known; write a name from the IANA time zone database, such as Asia/Bishkek",
                ],
            ),
            (
                "2031-10",
                "2031-03-30T02:30[Europe/Oslo]",
                &[
                    "error: a/events.toml:5:8: `2031-03-30T02:30[Europe/Oslo]` does not exist: the clocks are put forward then; write an offset behind the time: 02:30:00+01 or 02:30:00+02",
                ],
            ),
            (
                "2031-10",
                "2031-10-26T02:30[Europe/Oslo]",
                &[
                    "error: a/events.toml:5:8: `2031-10-26T02:30[Europe/Oslo]` comes twice: the clocks are put back then; write an offset behind the time: 02:30:00+02 or 02:30:00+01",
                ],
            ),
            (
                "2031-10",
                "2031-10-26T10:00+05:00[Europe/Oslo]",
                &[
                    "error: a/events.toml:5:8: `2031-10-26T10:00+05:00[Europe/Oslo]` has an offset that its zone does not have then; correct the offset, or leave it out",
                ],
            ),
            (
                r#""a1.2""#,
                r#""a1.3""#,
                &["error: a/events.toml:7:11: there is no passage `a1.3`; did you mean `a1.1`?"],
            ),
            (
                "reviewed = \"2026-02-01\"\n",
                "",
                &["error: a/events.toml:1:1: the key `reviewed` is missing; add a line `reviewed = …`"],
            ),
            (
                r#""held""#,
                r#""cancled""#,
                &["error: a/events.toml:9:20: `kind` can't be `cancled`; write one of `held`, `moved`, `cancelled`"],
            ),
            (
                "https://example.org/after",
                "the news",
                &["error: a/events.toml:9:37: `the news` is not an address; write the whole of it, from https:// on"],
            ),
        ],
    );
}

#[test]
fn events_may_be_as_exact_as_they_are_known() {
    sound(
        EVENTS,
        &[
            (r#""barrier-2031""#, r#""barrier-2031.2""#),
            (r#""exercise""#, r#""anniversary""#),
            ("when = \"2031-10\"\n", ""),
            ("2031-10", "2031"),
            ("2031-10", "2028-02-29"),
            ("2031-10", "2031/2033"),
            ("2031-10", "2031-10/2031-10"),
            ("2031-10", "2031/2031-10"),
            ("2031-10", "2031-10-30/2031-11-02"),
            ("2031-10", "2031-10-26T10:00[Asia/Bishkek]"),
            ("2031-10", "2031-10-26T10:00+01:00[Europe/Oslo]"),
            ("2031-10", "2031-10-26T02:30+02:00[Europe/Oslo]"),
            ("2031-10", "2031-10-26T02:30+01:00[Europe/Oslo]"),
            ("2031-10", "2031-03-30T03:00[Europe/Oslo]"),
            ("place = \"Belarus\"\n", ""),
            (r#""2026-02-01""#, "2026-02-01"),
            ("outcome = { kind = \"held\", source = \"https://example.org/after\" }\n", ""),
            (r#""held""#, r#""cancelled""#),
        ],
    );
}

/// The last line of the sound event, and what may stand in its place.
pub(super) const OUTCOME: &str = "outcome = { kind = \"held\", source = \"https://example.org/after\" }\n";

pub(super) fn broken_below(cases: &[(&str, &[&str])]) {
    let cases: Vec<_> = cases.iter().map(|(lines, problems)| (OUTCOME, *lines, *problems)).collect();
    broken(EVENTS, &cases);
}

#[test]
fn a_fault_in_a_later_date_is_told_where_it_stands() {
    broken_below(&[
        (
            r#"confirmed = { when = "2031-11-05", source = "https://example.org/date" }"#,
            &[
                "error: a/events.toml:9:22: `2031-11-05` is not within `2031-10`, the date it should make more exact; if it was put off, add `outcome = { kind = \"moved\", source = \"https://…\" }`",
            ],
        ),
        (
            r#"confirmed = { when = "2031-10-30/2031-11-02", source = "https://example.org/date" }"#,
            &[
                "error: a/events.toml:9:22: `2031-10-30/2031-11-02` is not within `2031-10`, the date it should make more exact; if it was put off, add `outcome = { kind = \"moved\", source = \"https://…\" }`",
            ],
        ),
        (
            r#"confirmed = { when = "2031", source = "https://example.org/date" }"#,
            &[
                "error: a/events.toml:9:22: `2031` is not within `2031-10`, the date it should make more exact; if it was put off, add `outcome = { kind = \"moved\", source = \"https://…\" }`",
            ],
        ),
        (
            r#"confirmed = { when = "2031-10-32", source = "https://example.org/date" }"#,
            &[
                "error: a/events.toml:9:22: `2031-10-32` is not a date; write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant with its zone (2031-05-15T10:00[Asia/Bishkek])",
            ],
        ),
        (
            r#"confirmed = { when = "2031-10-26T02:30[Europe/Oslo]", source = "https://example.org/date" }"#,
            &[
                "error: a/events.toml:9:22: `2031-10-26T02:30[Europe/Oslo]` comes twice: the clocks are put back then; write an offset behind the time: 02:30:00+02 or 02:30:00+01",
            ],
        ),
        (
            r#"confirmed = { when = "2031-10-05", source = "the news" }"#,
            &["error: a/events.toml:9:45: `the news` is not an address; write the whole of it, from https:// on"],
        ),
        (
            r#"confirmed = { when = "2031-10-05" }"#,
            &["error: a/events.toml:9:13: the key `source` is missing; add a line `source = …`"],
        ),
        (
            r#"confirmed = { source = "https://example.org/date" }"#,
            &["error: a/events.toml:9:13: the key `when` is missing; add a line `when = …`"],
        ),
        (
            r#"confirmed = "2031-10-05""#,
            &["error: a/events.toml:9:13: this is a string; write a table with the keys `when`, `source`"],
        ),
        (
            r#"confirmed = { when = "2031-10-05", source = "https://example.org/date", place = "Minsk" }"#,
            &["error: a/events.toml:9:73: there is no key `place`; the keys are `when`, `source`"],
        ),
    ]);
}

#[test]
fn a_later_date_may_be_more_exact_or_moved() {
    let confirmed = |when| format!("confirmed = {{ when = \"{when}\", source = \"https://example.org/date\" }}\n");
    for (first, later, outcome) in [
        ("when = \"2031-10\"\n", "2031-10-05", ""),
        ("when = \"2031-10\"\n", "2031-10", ""),
        ("when = \"2031-10\"\n", "2031-10-05/2031-10-31", ""),
        ("when = \"2031-10\"\n", "2031-10-05T10:00[Asia/Bishkek]", ""),
        ("when = \"2031\"\n", "2031-12-31", ""),
        ("when = \"2031/2033\"\n", "2032", ""),
        ("when = \"2031-10-05T10:00[Asia/Bishkek]\"\n", "2031-10-05T04:00[UTC]", ""),
        ("", "2031-11-05", ""),
        ("when = \"2031-10\"\n", "2031-11-05", "moved"),
        ("when = \"2031-10\"\n", "2032", "moved"),
        ("when = \"2031-10\"\n", "2031-11-05", "held"),
        ("when = \"2031-10\"\n", "2031-11-05", "cancelled"),
    ] {
        let outcome = match outcome {
            "" => String::new(),
            kind => OUTCOME.replace("held", kind),
        };
        let folder = Folder::sound().with(EVENTS, "when = \"2031-10\"\n", first);
        let problems = folder.with(EVENTS, OUTCOME, &(confirmed(later) + &outcome)).problems();
        assert_eq!(problems, [""; 0], "{first} {later} {outcome}");
    }
    for (first, later) in [
        ("2031-10-05T10:00[Asia/Bishkek]", "2031-10-05T10:00[UTC]"),
        ("2031-10-05T10:00[Asia/Bishkek]", "2031-10-05"),
        ("2031-10-05", "2031-10-06T00:00[Asia/Bishkek]"),
    ] {
        let folder = Folder::sound().with(EVENTS, "2031-10", first).with(EVENTS, OUTCOME, &confirmed(later));
        let problems = folder.problems();
        assert!(problems.len() == 1 && problems[0].contains("is not within"), "{first} {later} {problems:?}");
    }
}
