//! What can be wrong with judgments and the lexicon, each with the exact line that tells it, beside what is fine.

use super::fixture::{broken, sound};

const JUDGMENTS: &str = "a/judgments.jsonl";
const LEXICON: &str = "lexicon.toml";

#[test]
fn a_fault_in_the_judgments_is_told_where_it_stands() {
    broken(
        JUDGMENTS,
        &[
            (
                r#""lang":"en""#,
                r#""lang":"de""#,
                &["error: a/judgments.jsonl:1:12: `de` is not a language that the bot speaks; write `en` or `ru`"],
            ),
            (
                r#""q2""#,
                r#""q1""#,
                &["error: a/judgments.jsonl:2:2: the id `q1` is taken by line 1; give this question another id"],
            ),
            (
                r#""direct""#,
                "direct",
                &[
                    r#"error: a/judgments.jsonl:1:32: this is not a judgment: expected value; a line is {"id", "lang", "style", "question", "gold": [ids], "key"}"#,
                ],
            ),
            (
                r#","key":"productive"}"#,
                "",
                &[
                    r#"error: a/judgments.jsonl:1:80: this is not a judgment: EOF while parsing an object; a line is {"id", "lang", "style", "question", "gold": [ids], "key"}"#,
                ],
            ),
            (
                r#""style""#,
                r#""stile""#,
                &[
                    r#"error: a/judgments.jsonl:1:30: this is not a judgment: unknown field `stile`, expected one of `id`, `lang`, `style`, `question`, `gold`, `key`; a line is {"id", "lang", "style", "question", "gold": [ids], "key"}"#,
                ],
            ),
            (
                r#""id":"q1","#,
                "",
                &[
                    r#"error: a/judgments.jsonl:1:90: this is not a judgment: missing field `id`; a line is {"id", "lang", "style", "question", "gold": [ids], "key"}"#,
                ],
            ),
            (
                r#"["a1.1"]"#,
                r#"["a9.1"]"#,
                &["error: a/judgments.jsonl:1:66: there is no passage `a9.1`; did you mean `a1.1`?"],
            ),
            (
                r#"["a1.1"]"#,
                "[]",
                &[
                    "error: a/judgments.jsonl:1:66: no passage is named; name the passages that answer it, or write the style near_oos, far_oos or meta",
                ],
            ),
            (
                r#""productive""#,
                r#""on the territory""#,
                &[
                    "error: a/judgments.jsonl:1:82: `on the territory` is in none of the passages named; it stands in `a1.2` (a/interview.en.md:25:41): add that passage",
                ],
            ),
            (
                r#""productive""#,
                r#""produktive work""#,
                &[
                    "error: a/judgments.jsonl:1:82: `produktive work` is in none of the passages named; nearest is `a1.1` (a/interview.en.md:23:14): `productive work`",
                ],
            ),
            (
                r#""gold":[],"#,
                r#""gold":["a1.1"],"#,
                &[
                    r#"error: a/judgments.jsonl:2:71: passages are named for a question of the style `near_oos`; no quote answers it: write `"gold": []`, or another style"#,
                ],
            ),
            ("How is she?", " ", &["error: a/judgments.jsonl:1:41: `question` is empty; write it, or delete the line"]),
        ],
    );
}

#[test]
fn judgments_may_be_written_in_other_ways() {
    sound(
        JUDGMENTS,
        &[
            (r#""lang":"en""#, r#""lang" : "ru""#),
            (r#""q2""#, r#""q3""#),
            (r#""direct""#, r#""loaded""#),
            (r#""near_oos""#, r#""far_oos""#),
            (r#""near_oos""#, r#""meta""#),
            (r#","key":"productive""#, ""),
            (r#""gold":[],"#, ""),
            (r#"["a1.1"]"#, r#"["a1.1","a1.2"]"#),
            (r#""q1""#, r#""1""#),
            ("}\n", "}\n\n"),
        ],
    );
}

#[test]
fn a_fault_in_the_lexicon_is_told_where_it_stands() {
    broken(
        LEXICON,
        &[
            (
                r#""drills""#,
                r#""un""#,
                &[
                    "error: lexicon.toml:5:10: `un` is in the lexicon already (line 2); keep it in one group: a word has one meaning here",
                ],
            ),
            (
                r#", "учения""#,
                "",
                &[
                    "error: lexicon.toml:5:9: the group has one word only; write at least two that mean the same, or delete the group",
                ],
            ),
            (r#"["drills", "учения"]"#, "[]", &["error: lexicon.toml:5:9: `words` is empty; name at least one"]),
            ("true", r#""yes""#, &["error: lexicon.toml:6:13: this is a string; write true or false, without quotes"]),
            (
                "true",
                "maybe",
                &[
                    "error: lexicon.toml:6:13: this is not TOML: string values must be quoted, expected literal string; look for a missing quote, comma or bracket here or above",
                ],
            ),
            (
                "words",
                "wrods",
                &[
                    "error: lexicon.toml:1:1: the key `words` is missing; add a line `words = …`",
                    "error: lexicon.toml:2:1: there is no key `wrods`; did you mean `words`?",
                ],
            ),
        ],
    );
}

#[test]
fn the_lexicon_may_be_written_in_other_ways() {
    sound(
        LEXICON,
        &[
            (r#""drills""#, r#""U.N. drills""#),
            (r#""UN""#, r#""Organization of the United Nations""#),
            ("true", "false"),
            ("pervasive = true\n", ""),
            ("[[synonyms]]", "# Groups.\n[[synonyms]]"),
        ],
    );
}
