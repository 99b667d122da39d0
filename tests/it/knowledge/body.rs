//! What can be wrong in an interview itself, each with the exact line that tells it, beside what is fine.

use super::fixture::{broken, sound};

const EN: &str = "a/interview.en.md";

#[test]
fn a_fault_in_the_text_is_told_where_it_stands() {
    broken(
        EN,
        &[
            (
                "productive work.",
                "[…] productive work. [...]",
                &[
                    "warning: a/interview.en.md:23:14: `[…]` in the text reads as if this bot had left something out; write here what was published; if the publisher left it out, say so in the `note` of its topic",
                    "warning: a/interview.en.md:23:35: `[...]` in the text reads as if this bot had left something out; write here what was published; if the publisher left it out, say so in the `note` of its topic",
                ],
            ),
            (
                "## How do you begin?\n",
                "",
                &[
                    "error: a/interview.en.md:22:1: a passage above the first question; write the interviewer's question above it, in a line that starts with `## `",
                ],
            ),
            (
                "## How do you begin?",
                "##",
                &[
                    "error: a/interview.en.md:21:1: the question is empty; write the interviewer's question behind `## `",
                ],
            ),
            (
                "## What comes next?",
                "## What comes next?\n\n## And then?",
                &[
                    "error: a/interview.en.md:27:1: the question has no passage; write the answer below it, or a gap: `{#id gap}`",
                ],
            ),
            (
                " {#a1.1}",
                "",
                &[
                    "error: a/interview.en.md:23:30: the passage has no id; end it with a space and an id that no passage has had, such as `{#a4.8}`",
                ],
            ),
            (
                "{#a1.1}",
                "{#а1.1}",
                &[
                    "error: a/interview.en.md:23:33: `а1.1` is not an id; an id has up to 64 Latin letters, digits, `.`, `_` and `-`, the first a letter or digit",
                ],
            ),
            (
                "{#a1.2}",
                "{#a1.1}",
                &[
                    "error: a/events.toml:7:11: there is no passage `a1.2`; if the passage is meant whose id another one has, mend that first",
                    "error: a/interview.en.md:25:72: the id `a1.1` is taken by the passage in line 23; give this passage an id that none has had",
                    "error: a/topics.toml:12:13: there is no passage `a1.2`; if the passage is meant whose id another one has, mend that first",
                ],
            ),
            (
                "{#a2.1 gap}",
                "{#a2.1 gab}",
                &[
                    "error: a/interview.en.md:29:24: `gab` means nothing behind an id; write `{#id}`, or `{#id gap}` where the source lost a part",
                ],
            ),
            (
                "{#a1.1}\n\n",
                "{#a1.1}\n",
                &[
                    "error: a/interview.en.md:24:1: there is no empty line above this passage; put an empty line between passages",
                ],
            ),
            (
                "in October, on",
                "in October,\non",
                &[
                    "error: a/interview.en.md:26:1: the passage is broken into lines; join its lines: a quote must be verbatim",
                ],
            ),
            (
                "in October",
                "{#a9} in October",
                &[
                    "error: a/interview.en.md:25:29: an id in the middle of a passage; begin a new passage behind it, below an empty line",
                ],
            ),
            (
                "I am set for productive work. ",
                "",
                &[
                    "error: a/interview.en.md:23:1: the passage has no words; write its words before the id, or mark it as a gap: `{#id gap}`",
                    "error: a/judgments.jsonl:1:82: `productive` is in none of the passages named; nothing in the interview is like it: copy the words from the text",
                ],
            ),
            (
                "work. {",
                "work.  {",
                &[
                    "error: a/interview.en.md:23:1: the passage begins or ends with a space; delete the spaces before its first word or behind its last",
                ],
            ),
            (
                "I am set",
                "I am s\u{200b}et",
                &[
                    "error: a/interview.en.md:23:7: the invisible character U+200B; delete it: it can't be seen and is no part of the words",
                ],
            ),
            (
                "I am set",
                "I am s\u{7}et",
                &[
                    "error: a/interview.en.md:23:7: the control character U+0007; delete it: it can't be seen and is no part of the words",
                ],
            ),
            (
                "{#a2.2}\n",
                "{#a2.",
                &[
                    "error: a/interview.en.md:31:47: the passage has no id; end it with a space and an id that no passage has had, such as `{#a4.8}`",
                ],
            ),
        ],
    );
}

#[test]
fn the_text_is_plain() {
    sound(
        EN,
        &[
            ("## How do you begin?\n", "## How do you begin?"),
            ("## How do you begin?", "##   How do you begin? "),
            ("{#a1.1}", "{#a1.1}   "),
            (" {#a1.1}", "{#a1.1}"),
            ("{#a2.1 gap}", "{#a2.9 gap}"),
            ("We plan to continue: {#a2.1 gap}", "{#a2.1 gap}"),
            ("{#a1.1}\n\n", "{#a1.1}\n\n \n\n"),
            ("{#a1.1}\n\nWe", "{#a1.1}\r\n\r\nWe"),
            ("in October", "{in} [October]"),
            ("in October", "# in **October** | `code` <b>&amp;"),
            ("We will hold", "# We will hold"),
            ("We will hold", "### We will hold"),
            ("We will hold", "+++ We will hold"),
            ("productive", "produc tive – «productive» № 1 😀"),
            ("{#a2.2}\n", "{#a2.2}"),
        ],
    );
}
