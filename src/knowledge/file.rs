//! A text file of the knowledge folder: decoded, with places in it as people count them.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::characters;
use super::problem::{Excerpt, Problem, Severity};
use super::problems::Problems;

/// What some editors put before the first character.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A decoded file. Line ends are `\n` whatever they were: git on Windows writes `\r\n`, and no word is changed by it.
#[derive(Debug)]
pub(super) struct File<'p> {
    path: Arc<str>,
    text: Arc<str>,
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    /// Where problems are most likely consequences of one that has been told.
    doubtful: RefCell<Vec<Range<usize>>>,
    problems: &'p Problems,
}

impl<'p> File<'p> {
    /// Decodes a file and reports what no file of the folder may hold. `None` if its text can't be known: it is too long,
    /// or not UTF-8.
    pub(super) fn decode(path: &str, bytes: &[u8], max_bytes: usize, problems: &'p Problems) -> Option<Self> {
        let file = Self::decode_foreign(path, bytes, max_bytes, problems)?;
        if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) {
            file.error(0..0, "the file starts with a byte order mark (U+FEFF)", "save it as “UTF-8 without BOM”");
        }
        characters::report(&file);
        Some(file)
    }

    /// Decodes a file that is not of a knowledge folder, and may hold any characters; a byte order mark is passed over.
    pub(super) fn decode_foreign(path: &str, bytes: &[u8], max_bytes: usize, problems: &'p Problems) -> Option<Self> {
        if bytes.len() > max_bytes {
            let mib = max_bytes >> 20;
            problems.file_error(
                path,
                format!("the file is longer than {mib} MiB"),
                "split it, or look what got into it",
            );
            return None;
        }
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                report_not_utf8(path, bytes, error.valid_up_to(), problems);
                return None;
            }
        };
        let text: Arc<str> = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).replace("\r\n", "\n").into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Some(Self { path: path.into(), text, lines, doubtful: RefCell::default(), problems })
    }

    /// Its path inside the knowledge folder.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The same, to keep.
    pub(super) fn shared_path(&self) -> Arc<str> {
        Arc::clone(&self.path)
    }

    /// All of its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where its problems go.
    pub(super) const fn problems(&self) -> &'p Problems {
        self.problems
    }

    /// Reports an error at a byte range of the text.
    pub(super) fn error(&self, at: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.error_with(at, || (what.into(), hint.into()));
    }

    /// Reports an error whose words are costly to find.
    pub(super) fn error_with(&self, at: Range<usize>, say: impl FnOnce() -> (String, String)) {
        if self.is_sound(at.start) {
            self.problems.report(Severity::Error, || self.problem(Severity::Error, at, say()));
        }
    }

    /// Reports a warning at a byte range of the text.
    pub(super) fn warning(&self, at: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        if self.is_sound(at.start) {
            let say = (what.into(), hint.into());
            self.problems.report(Severity::Warning, || self.problem(Severity::Warning, at, say));
        }
    }

    /// Lets no more problems be told of a part of the text, after one that makes the part unreadable: an editor who
    /// mends that one should not have to look through its consequences.
    pub(super) fn doubt(&self, part: Range<usize>) {
        self.doubtful.borrow_mut().push(part);
    }

    fn is_sound(&self, at: usize) -> bool {
        !self.doubtful.borrow().iter().any(|part| part.contains(&at))
    }

    /// The line a byte stands in, with its end.
    pub(super) fn line_around(&self, at: usize) -> Range<usize> {
        let line = self.line(at);
        self.lines[line - 1]..self.lines.get(line).copied().unwrap_or(self.text.len() + 1)
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// `path:line:column` of a byte. The column costs a walk through its line: for problems only.
    pub(super) fn location(&self, at: usize) -> String {
        let (line, column) = self.place(at);
        format!("{}:{line}:{column}", self.path)
    }

    /// Line and column of a byte, from 1, the column in characters.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = self.lines[line - 1];
        (line, self.text[start..floor(&self.text, at)].chars().count() + 1)
    }

    fn problem(&self, severity: Severity, at: Range<usize>, (what, hint): (String, String)) -> Problem {
        let (line, column) = self.place(at.start);
        let start = self.lines[line - 1];
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let mark = floor(&self.text, at.start.clamp(start, end))..floor(&self.text, at.end.clamp(start, end));
        let mark = mark.start - start..mark.end.max(mark.start) - start;
        let excerpt = Some(Excerpt { text: self.text.clone(), line: start..end, mark });
        Problem { severity, path: self.path.clone(), line, column, what, hint, excerpt, is_rest: false }
    }
}

/// A file's name inside its folder.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The last character boundary at or before `at`: what a parser points at may lie inside a character or behind the end.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// Reports the first byte that is not UTF-8, with its line as far as it can be read.
fn report_not_utf8(path: &str, bytes: &[u8], at: usize, problems: &Problems) {
    problems.report(Severity::Error, || {
        let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |newline| newline + 1);
        let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |newline| at + newline);
        let before = String::from_utf8_lossy(&bytes[start..at]).into_owned();
        let text: Arc<str> = (before.clone() + &String::from_utf8_lossy(&bytes[at..end])).into();
        Problem {
            severity: Severity::Error,
            path: path.into(),
            line: bytes[..at].iter().filter(|b| **b == b'\n').count() + 1,
            column: before.chars().count() + 1,
            what: format!("the byte 0x{:02x} is not UTF-8", bytes[at]),
            hint: "save the file as UTF-8; is it a half-copied file, or one in another encoding?".to_owned(),
            excerpt: Some(Excerpt {
                line: 0..text.len(),
                mark: before.len()..before.len() + char::REPLACEMENT_CHARACTER.len_utf8(),
                text,
            }),
            is_rest: false,
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(bytes: &[u8]) -> Vec<String> {
        let problems = Problems::default();
        let _ = File::decode("f", bytes, 100, &problems);
        problems.into_sorted().iter().map(|problem| format!("{}: {}", problem.location(), problem.what())).collect()
    }

    #[test]
    fn what_is_not_text_is_told_with_its_place() {
        for (bytes, told) in [
            (&b"ok\n\xd0\xbf\xff"[..], "f:2:2: the byte 0xff is not UTF-8"),
            (b"\xd0", "f:1:1: the byte 0xd0 is not UTF-8"),
            (b"\xef\xbb\xbfok", "f:1:1: the file starts with a byte order mark (U+FEFF)"),
            (b"a\rb", "f:1:2: the control character U+000D"),
            (&[b'x'; 101], "f:1:1: the file is longer than 0 MiB"),
        ] {
            assert_eq!(problems_of(bytes), [told], "{bytes:?}");
        }
    }

    #[test]
    fn plain_text_is_taken_with_either_line_end() {
        for bytes in ["", "a\nb\n", "a\r\nb\r\n", "пример «я» – №\u{a0}1", &"x".repeat(100)] {
            assert_eq!(problems_of(bytes.as_bytes()), [""; 0], "{bytes:?}");
        }
    }

    #[test]
    fn places_are_counted_in_characters_from_one() {
        let problems = Problems::default();
        let file = File::decode("f", "ая\r\nbб\n".as_bytes(), 100, &problems).unwrap();
        for (at, location) in [(0, "f:1:1"), (2, "f:1:2"), (3, "f:1:2"), (5, "f:2:1"), (6, "f:2:2"), (9, "f:3:1")] {
            assert_eq!(file.location(at), location, "{at}");
        }
    }
}
