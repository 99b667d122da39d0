//! What can be wrong with events, each with the exact line that tells it, beside what is fine.

use super::fixture::{broken, sound};

const EVENTS: &str = "a/events.toml";

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
