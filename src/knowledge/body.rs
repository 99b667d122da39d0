//! The body of an interview: `## ` questions, and passages with their ids.
//!
//! Plain text: only `## `, empty lines, `{#id}` and `gap` mean anything, so no character of a quote is bent.

use std::collections::HashMap;
use std::ops::Range;

use super::characters::shown;
use super::file::File;
use super::keys;
use super::passages::Reach;
use super::values::ID;
use crate::domain::{InterviewId, OMISSION, Passage, PassageId, PassageKind, Question};

/// Questions and passages, and where the passages' words stand in the file (in the same order).
pub(super) struct Body {
    pub(super) questions: Vec<Question>,
    pub(super) places: Vec<Range<usize>>,
    /// Whether every passage has an id that could be read.
    pub(super) reach: Reach,
}

/// Reads the text from byte `start` on.
pub(super) fn read(file: &File<'_>, start: usize, interview: &InterviewId) -> Body {
    let body = Body { questions: Vec::new(), places: Vec::new(), reach: Reach::All };
    let mut reader = Reader { file, interview, body, ids: HashMap::new(), block: Vec::new(), heading: None };
    let mut at = start;
    for line in file.text()[start..].split_inclusive('\n') {
        reader.line(at..at + line.trim_end_matches('\n').len());
        at += line.len();
    }
    reader.end_block();
    reader.end_question();
    if reader.body.questions.is_empty() {
        file.error(start..start, "there is no question", "write the first one in a line that starts with `## `");
    }
    reader.body
}

struct Reader<'f> {
    file: &'f File<'f>,
    interview: &'f InterviewId,
    body: Body,
    /// The line of each id.
    ids: HashMap<PassageId, usize>,
    /// The lines since the last empty one.
    block: Vec<Range<usize>>,
    /// Where the question stands whose passages are being read.
    heading: Option<Range<usize>>,
}

/// The mark at the end of a passage.
struct Mark<'t> {
    /// The line without the mark and the space before it.
    words: &'t str,
    /// What stands between `{#` and `}`.
    inside: &'t str,
}

/// What stands in a quote where the bot leaves something out, as a source might write it, too.
const OMISSIONS: [&str; 2] = [OMISSION, "[...]"];

impl Reader<'_> {
    fn line(&mut self, line: Range<usize>) {
        let text = &self.file.text()[line.clone()];
        if text.trim().is_empty() {
            self.end_block();
        } else if text.starts_with("## ") || text == "##" {
            self.end_block();
            self.end_question();
            self.question(line);
        } else {
            self.block.push(line);
        }
    }

    fn question(&mut self, line: Range<usize>) {
        let words = self.file.text()[line.clone()].trim_start_matches('#').trim().to_owned();
        if words.is_empty() {
            self.file.error(line.clone(), "the question is empty", "write the interviewer's question behind `## `");
        }
        self.body.questions.push(Question { words, passages: Vec::new() });
        self.heading = Some(line);
    }

    fn end_question(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        if self.body.questions.last().is_some_and(|question| question.passages.is_empty()) {
            self.file.error(heading, "the question has no passage", "write the answer below it, or a gap: `{#id gap}`");
        }
    }

    /// What stands between two empty lines should be one line. If it is more, either the empty lines between passages
    /// are missing, or a passage is broken into lines: what ends with an id is a passage.
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let mut first = 0;
        for (n, line) in block.iter().enumerate() {
            let ends = mark(&self.file.text()[line.clone()]).is_some();
            if !ends && n + 1 < block.len() {
                continue;
            }
            if first > 0 {
                let hint = "put an empty line between passages";
                self.file.error(block[first].clone(), "there is no empty line above this passage", hint);
            }
            if first < n {
                let hint = "join its lines: a quote must be verbatim";
                self.file.error(block[first + 1].clone(), "the passage is broken into lines", hint);
            }
            self.passage(block[first].start..line.end);
            first = n + 1;
        }
    }

    fn passage(&mut self, paragraph: Range<usize>) {
        let text = &self.file.text()[paragraph.clone()];
        let Some(Mark { words, inside }) = mark(text) else {
            let end = paragraph.start + text.trim_end().len();
            let hint = "end it with a space and an id that no passage has had, such as `{#a4.8}`";
            self.file.error(end..end, "the passage has no id", hint);
            self.lose(Reach::Some);
            return;
        };
        let place = paragraph.start..paragraph.start + words.len();
        let inside_at = paragraph.start + text.rfind("{#").map_or(0, |at| at + "{#".len());
        let (id, kind) = match self.id(inside, inside_at..inside_at + inside.len()) {
            Ok(id) => id,
            Err(lost) => return self.lose(lost),
        };
        self.check_words(words, kind, &place);
        if self.body.questions.is_empty() {
            let hint = "write the interviewer's question above it, in a line that starts with `## `";
            self.file.error(paragraph, "a passage above the first question", hint);
            self.body.questions.push(Question { words: String::new(), passages: Vec::new() });
        }
        let Some(question) = self.body.questions.last_mut() else { return };
        question.passages.push(Passage {
            key: keys::of_passage(self.interview, &id, words),
            id,
            words: words.to_owned(),
            kind,
            fragment: String::new(),
            page: None,
        });
        self.body.places.push(place);
    }

    /// The passage being read is left out.
    fn lose(&mut self, reach: Reach) {
        self.body.reach = self.body.reach.max(reach);
    }

    /// Reads `a4.5` or `a2.4 gap`.
    ///
    /// # Errors
    ///
    /// How much can be referred to without the passage: the id of a doubled one is known, from the other.
    fn id(&mut self, inside: &str, at: Range<usize>) -> Result<(PassageId, PassageKind), Reach> {
        let (id, kind) = match inside.split_once(' ') {
            None => (inside, PassageKind::Quotable),
            Some((id, "gap")) => (id, PassageKind::Gap),
            Some((_, word)) => {
                let hint = "write `{#id}`, or `{#id gap}` where the source lost a part";
                self.file.error(at, format!("{} means nothing behind an id", shown(word)), hint);
                return Err(Reach::Some);
            }
        };
        let Some(parsed) = PassageId::parse(id) else {
            self.file.error(at, format!("{} is not an id", shown(id)), ID.hint);
            return Err(Reach::Some);
        };
        let line = self.file.line(at.start);
        if let Some(first) = self.ids.get(&parsed) {
            let hint = "give this passage an id that none has had";
            self.file.error(at, format!("the id `{parsed}` is taken by the passage in line {first}"), hint);
            return Err(Reach::Doubled);
        }
        self.ids.insert(parsed.clone(), line);
        Ok((parsed, kind))
    }

    fn check_words(&self, words: &str, kind: PassageKind, place: &Range<usize>) {
        if words.is_empty() && kind == PassageKind::Quotable {
            let hint = "write its words before the id, or mark it as a gap: `{#id gap}`";
            self.file.error(place.clone(), "the passage has no words", hint);
        }
        if words.trim() != words {
            let hint = "delete the spaces before its first word or behind its last";
            self.file.error(place.clone(), "the passage begins or ends with a space", hint);
        }
        for sign in OMISSIONS {
            if let Some(at) = words.find(sign).map(|at| place.start + at) {
                self.file.warning(
                    at..at + sign.len(),
                    format!("`{sign}` in the text reads as if this bot had left something out"),
                    "write here what was published; if the publisher left it out, say so in the `note` of its topic",
                );
            }
        }
        if let Some(at) = words.find("{#") {
            let at = place.start + at;
            self.file.error(
                at..at + 2,
                "an id in the middle of a passage",
                "begin a new passage behind it, below an empty line",
            );
        }
    }
}

/// The mark a line ends with. Spaces behind it are forgiven: they are no words.
fn mark(line: &str) -> Option<Mark<'_>> {
    let (words, inside) = line.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    Some(Mark { words: words.strip_suffix(' ').unwrap_or(words), inside })
}
