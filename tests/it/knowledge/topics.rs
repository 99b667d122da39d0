//! What can be wrong with topics and outside questions, each with the exact line that tells it, beside what is fine.

use super::fixture::{broken, sound};

const TOPICS: &str = "a/topics.toml";
const OUTSIDE: &str = "a/outside.toml";

#[test]
fn a_fault_in_the_topics_is_told_where_it_stands() {
    broken(
        TOPICS,
        &[
            (
                "[[topic]]",
                "[topic]",
                &[
                    "error: a/topics.toml:1:1: this is a table; write a list of tables: [[topic]]",
                    "error: a/topics.toml:9:3: this is not TOML: duplicate key; it is there already: delete one of them",
                ],
            ),
            ("[[topic]]", "[[topics]]", &["error: a/topics.toml:1:3: there is no key `topics`; did you mean `topic`?"]),
            (
                r#"id = "mood""#,
                r#"id = "mood"#,
                &[
                    r#"error: a/topics.toml:2:11: this is not TOML: invalid basic string, expected `"`; look for a missing quote, comma or bracket here or above"#,
                ],
            ),
            ("id = \"mood\"\n", "", &["error: a/topics.toml:1:1: the key `id` is missing; add a line `id = …`"]),
            (
                r#""mood""#,
                r#""my mood""#,
                &[
                    "error: a/topics.toml:2:6: `my mood` is not an id; an id has up to 64 Latin letters, digits, `.`, `_` and `-`, the first a letter or digit",
                ],
            ),
            (
                r#""mood""#,
                r#""plans""#,
                &[
                    "error: a/topics.toml:7:15: the topic follows itself; name other topics",
                    "error: a/topics.toml:10:6: the id `plans` is taken by the topic in line 2; give this topic another id, or make one of them",
                ],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a1.1""#,
                &[
                    "error: a/topics.toml:5:1: this is not TOML: missing comma between array elements, expected `,`; look for a missing quote, comma or bracket here or above",
                ],
            ),
            (r#"["a1.1"]"#, "[]", &["error: a/topics.toml:4:12: `passages` is empty; name at least one"]),
            (
                r#"["a1.1"]"#,
                r#""a1.1""#,
                &[r#"error: a/topics.toml:4:12: this is a string; write a list of strings, such as ["…", "…"]"#],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a1.9"]"#,
                &["error: a/topics.toml:4:13: there is no passage `a1.9`; did you mean `a1.1`?"],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a2.1"]"#,
                &[
                    "error: a/topics.toml:4:13: the passage `a2.1` is a gap; a gap is never quoted: name another passage",
                ],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a1.1", "a1.1"]"#,
                &["error: a/topics.toml:4:21: the passage `a1.1` is named twice; name it once, best first"],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a2.2"]"#,
                &[
                    "warning: a/interview.en.md:23:1: no topic points to the passage `a1.1`; name it under the `passages` of a topic in topics.toml",
                ],
            ),
            (
                r#"en = ["How does she feel?"], "#,
                "",
                &[
                    r#"warning: a/topics.toml:1:1: the topic `mood` has no phrasing in `en`; write how people ask: phrasings = { en = ["…"] }"#,
                ],
            ),
            (
                "phrasings",
                "phrasing",
                &[
                    r#"warning: a/topics.toml:1:1: the topic `mood` has no phrasing in `en`; write how people ask: phrasings = { en = ["…"] }"#,
                    r#"warning: a/topics.toml:1:1: the topic `mood` has no phrasing in `ru`; write how people ask: phrasings = { ru = ["…"] }"#,
                    "error: a/topics.toml:5:1: there is no key `phrasing`; did you mean `phrasings`?",
                ],
            ),
            (
                "How does she feel?",
                "",
                &[
                    r#"warning: a/topics.toml:1:1: the topic `mood` has no phrasing in `en`; write how people ask: phrasings = { en = ["…"] }"#,
                    "error: a/topics.toml:5:21: the string is empty; write something between the quotes, or leave the key out",
                ],
            ),
            (
                "How does she feel?",
                "?!",
                &["error: a/topics.toml:5:21: the phrasing has no word; write how people ask, or delete it"],
            ),
            (
                r#"["How does she feel?"]"#,
                r#"["How does she feel?", "how does she feel"]"#,
                &["error: a/topics.toml:5:43: the phrasing is the same as in line 5; delete one of them"],
            ),
            (
                "How does she feel?",
                "What is planned",
                &[
                    "warning: a/topics.toml:13:21: the phrasing of the topic `plans` is one of `mood` too (line 5); keep it where it fits best: it tells nothing about which of them is meant",
                ],
            ),
            (
                r#""feelings""#,
                r#""…""#,
                &["error: a/topics.toml:6:20: the keyword has no letter; write a word, or delete it"],
            ),
            (
                r#"["plans"]"#,
                r#"["plan"]"#,
                &["error: a/topics.toml:7:15: there is no topic `plan`; did you mean `plans`?"],
            ),
            (
                r#"["plans"]"#,
                r#"["mood"]"#,
                &["error: a/topics.toml:7:15: the topic follows itself; name other topics"],
            ),
            (
                r#""on the territory of Belarus""#,
                r#""on the soil of Belarus""#,
                &[
                    "error: a/topics.toml:15:9: the quote is not in the topic's passages; nearest is `a1.2` (a/interview.en.md:25:41): `on the territory of Belarus`",
                ],
            ),
            (
                r#""on the territory of Belarus""#,
                r#""productive work""#,
                &[
                    "error: a/topics.toml:15:9: the quote is not in the topic's passages; it stands in `a1.1` (a/interview.en.md:23:14): add that passage",
                ],
            ),
            (
                r#""on the territory of Belarus""#,
                r#"["in October", "a private dinner"]"#,
                &[
                    "error: a/topics.toml:15:24: the quote is not in the topic's passages; nothing in the interview is like it: copy the words from the text",
                ],
            ),
            (
                "note",
                "remark",
                &[
                    "error: a/topics.toml:14:1: there is no key `remark`; the keys are `id`, `title`, `passages`, `phrasings`, `keywords`, `follow_ups`, `note`, `quote`, `url`",
                ],
            ),
            (
                r#"note = "Dates are the translation's.""#,
                "note = 1\nid = \"x\"",
                &[
                    r#"error: a/topics.toml:14:8: this is an integer; write a string, or one per language: `note = { en = "…", ru = "…" }`"#,
                    "error: a/topics.toml:15:1: this is not TOML: duplicate key; it is there already: delete one of them",
                ],
            ),
        ],
    );
}

#[test]
fn topics_may_be_written_in_other_ways() {
    sound(
        TOPICS,
        &[
            (r#""mood""#, r#""mood-2.b_C""#),
            (r#"{ en = "Mood", ru = "Настрой" }"#, r#""Mood""#),
            (r#""Plans""#, r#"{ ru = "Планы" }"#),
            (r#"["a1.1"]"#, r#"["a1.1", "a1.2"]"#),
            (r#"["a1.1"]"#, "[\n  \"a1.1\", # the first\n]"),
            (
                r#"phrasings = { en = ["How does she feel?"], ru = ["Какой у неё настрой?"] }"#,
                "phrasings.en = [\"How does she feel?\"]\nphrasings.ru = [\"Какой у неё настрой?\"]",
            ),
            (r#"["How does she feel?"]"#, r#"["How does she feel?", "How does she feel now?"]"#),
            (r#""How does she feel?""#, r#""feel?""#),
            ("keywords = { en = [\"feelings\"], ru = [\"чувства\"] }\n", ""),
            (r#""feelings""#, r#""9/11""#),
            (r#""feelings""#, r#""What is planned""#),
            ("follow_ups = [\"plans\"]\n", ""),
            (r#"["plans"]"#, "[]"),
            (r#""Dates are the translation's.""#, r#"{ en = "Note.", ru = "Примечание." }"#),
            ("quote = \"on the territory of Belarus\"\n", ""),
            (r#""on the territory of Belarus""#, r#"'hold "Barrier-2031" in'"#),
            (r#""on the territory of Belarus""#, r#"["in October, on", "media projects."]"#),
        ],
    );
}

#[test]
fn a_fault_in_the_outside_questions_is_told_where_it_stands() {
    broken(
        OUTSIDE,
        &[
            (
                r#""plans""#,
                r#""plants""#,
                &["error: a/outside.toml:2:8: there is no topic `plants`; did you mean `plans`?"],
            ),
            (
                r#""plans""#,
                r#""""#,
                &[
                    "error: a/outside.toml:2:8: the string is empty; write something between the quotes, or leave the key out",
                ],
            ),
            (
                "How many troops?",
                "What is planned?",
                &[
                    "error: a/outside.toml:3:21: the phrasing is answered by a topic (topics.toml:13); a question is answered or it is not: delete one of them",
                ],
            ),
            (
                r#"{ en = ["How many troops?"], ru = ["Сколько солдат?"] }"#,
                "{}",
                &[
                    r#"error: a/outside.toml:3:13: there is no phrasing; write how people ask: { en = ["…"], ru = ["…"] }"#,
                ],
            ),
            (
                "phrasings = { en = [\"How many troops?\"], ru = [\"Сколько солдат?\"] }\n",
                "",
                &["error: a/outside.toml:1:1: the key `phrasings` is missing; add a line `phrasings = …`"],
            ),
        ],
    );
}

#[test]
fn outside_questions_may_be_written_in_other_ways() {
    sound(
        OUTSIDE,
        &[
            ("near = \"plans\"\n", ""),
            (r#""plans""#, r#""mood""#),
            ("How many troops?", "How is she?"),
            (r#"en = ["How many troops?"], "#, ""),
            ("[[outside]]", "[[outside]]\nphrasings = { en = [\"What is the weather?\"] }\n\n[[outside]]"),
        ],
    );
}
