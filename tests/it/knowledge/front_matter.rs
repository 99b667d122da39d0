//! What can be wrong above an interview, each with the exact line that tells it, beside what is fine.

use super::fixture::{broken, sound};

const EN: &str = "a/interview.en.md";

#[test]
fn a_fault_in_the_front_matter_is_told_where_it_stands() {
    broken(
        EN,
        &[
            (
                "+++\ntitle",
                "title",
                &[
                    "error: a/interview.en.md:1:1: the front matter is missing; begin the file with a line `+++`, as `onrecord init` writes it",
                ],
            ),
            (
                "+++\n\n## How",
                "## How",
                &[
                    "error: a/interview.en.md:1:1: the front matter does not end; put a line `+++` below it; is the file half-copied?",
                ],
            ),
            (
                "title = \"A talk\"\n",
                "",
                &["error: a/interview.en.md:2:1: the key `title` is missing; add a line `title = …`"],
            ),
            (
                "title",
                "titel",
                &[
                    "error: a/interview.en.md:2:1: the key `title` is missing; add a line `title = …`",
                    "error: a/interview.en.md:2:1: there is no key `titel`; did you mean `title`?",
                ],
            ),
            (
                r#""A talk""#,
                r#""""#,
                &[
                    "error: a/interview.en.md:2:9: the string is empty; write something between the quotes, or leave the key out",
                ],
            ),
            (r#""A talk""#, "7", &["error: a/interview.en.md:2:9: this is an integer; write a string in quotes"]),
            (
                r#""A talk""#,
                r#""A \u202e talk""#,
                &[
                    "error: a/interview.en.md:2:9: the string holds the bidi control character U+202E; write it in one line of visible characters",
                ],
            ),
            (
                r#""A talk""#,
                r#""A talk"#,
                &[
                    r#"error: a/interview.en.md:2:16: this is not TOML: invalid basic string, expected `"`; look for a missing quote, comma or bracket here or above"#,
                ],
            ),
            (
                r#""translation""#,
                r#""transcript""#,
                &[
                    "error: a/interview.en.md:3:8: `kind` can't be `transcript`; write one of `original`, `translation`, `faq`",
                ],
            ),
            (
                r#""translation""#,
                r#""original""#,
                &[
                    r#"error: a/interview.en.md:3:8: the text is in `en`, the interview was given in another language; write `kind = "translation"`, or correct `original_language`"#,
                ],
            ),
            (
                r#""ru""#,
                r#""en""#,
                &[
                    r#"error: a/interview.en.md:3:8: a translation into `en` of an interview given in `en`; write `kind = "original"`, or correct `original_language`"#,
                ],
            ),
            (
                r#""ru""#,
                r#""kg""#,
                &["error: a/interview.en.md:4:21: `kg` is not a language that the bot speaks; write `en` or `ru`"],
            ),
            (
                "2026-01-29",
                "2026-02-30",
                &[
                    "error: a/interview.en.md:6:9: this is not TOML: invalid date, expected day between 01 and 28; write a date as year-month-day, in quotes: \"2026-01-29\"",
                ],
            ),
            (
                "2026-01-29",
                r#""29 January""#,
                &["error: a/interview.en.md:6:9: `29 January` is not a day; write a day as year-month-day: 2026-01-29"],
            ),
            (
                "2026-01-29",
                "2026-01-29T10:00:00",
                &[
                    "error: a/interview.en.md:6:9: `2026-01-29T10:00:00` is not a day; write a day as year-month-day: 2026-01-29",
                ],
            ),
            (
                "https://example.org/talk",
                "example.org/talk",
                &[
                    "error: a/interview.en.md:8:7: `example.org/talk` is not an address; write the whole of it, from https:// on",
                ],
            ),
            (
                "https://example.org/talk",
                "https://example.org/talk#top",
                &["error: a/interview.en.md:8:7: the page's address has a fragment; write `https://example.org/talk`"],
            ),
            (
                r#"{ en = "Ann", ru = "Анна" }"#,
                "{}",
                &[r#"error: a/interview.en.md:12:8: `name` is empty; write `name = { en = "…", ru = "…" }`"#],
            ),
            (
                r#"{ en = "Ann", ru = "Анна" }"#,
                r#"{ de = "Anne" }"#,
                &[
                    r#"error: a/interview.en.md:12:8: `name` is empty; write `name = { en = "…", ru = "…" }`"#,
                    "error: a/interview.en.md:12:10: there is no key `de`; the keys are `en`, `ru`",
                ],
            ),
            (
                r#"role = "Chair""#,
                r#"roll = "Chair""#,
                &[
                    "error: a/interview.en.md:11:1: the key `role` is missing; add a line `role = …`",
                    "error: a/interview.en.md:13:1: there is no key `roll`; did you mean `role`?",
                ],
            ),
            (
                r#"label = "Elsewhere""#,
                "",
                &["error: a/interview.en.md:15:1: the key `label` is missing; add a line `label = …`"],
            ),
            (
                "[[also]]",
                "[also]",
                &["error: a/interview.en.md:15:1: this is a table; write a list of tables: [[also]]"],
            ),
        ],
    );
}

#[test]
fn front_matter_may_be_written_in_other_ways() {
    sound(
        EN,
        &[
            ("+++\ntitle", "+++  \n\n# A comment.\ntitle"),
            (r#""A talk""#, "'A “talk”, № 1'"),
            (r#""A talk""#, r#""""A talk""""#),
            (r#""A talk""#, r#""A \u2013 talk""#),
            ("\"translation\"\noriginal_language = \"ru\"", "\"original\"\noriginal_language = \"en\""),
            ("\"translation\"\noriginal_language = \"ru\"", r#""original""#),
            (r#""translation""#, r#""faq""#),
            (
                "\"translation\"\noriginal_language = \"ru\"\nasked_by = \"The Paper\"\ngiven = 2026-01-29\npublisher = \"The Site\"\nurl = \"https://example.org/talk\"\n",
                "\"faq\"\n",
            ),
            (r#"asked_by = "The Paper""#, r#"asked_by = { en = "The Paper", ru = "Газета" }"#),
            (r#"asked_by = "The Paper""#, r#"asked_by = { ru = "Газета" }"#),
            ("2026-01-29", r#""2026-01-29""#),
            ("2026-01-29", "2028-02-29"),
            ("retrieved = 2026-02-01\n", ""),
            ("https://example.org/talk", "http://example.org/talk?a=1&b=2"),
            ("https://example.org/talk", "https://пример.рф/разговор"),
            (
                "[speaker]\nname = { en = \"Ann\", ru = \"Анна\" }\nrole = \"Chair\"",
                r#"speaker = { name = "Ann", role = { en = "Chair", ru = "Председатель" } }"#,
            ),
            ("[[also]]\nlabel = \"Elsewhere\"\nlanguage = \"ru\"\nurl = \"https://example.org/ru\"\n", ""),
            ("https://example.org/ru", "https://example.org/ru#top"),
            ("[[also]]", "[[also]]\nlabel = \"There\"\nlanguage = \"en\"\nurl = \"https://example.com\"\n\n[[also]]"),
            ("+++\n\n##", "+++\n##"),
        ],
    );
}
