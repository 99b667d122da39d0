//! A TOML document and its sections, read value by value: whatever is wrong is reported with its place, and reading goes
//! on, so that one look finds every problem of a file.
//!
//! serde's derive would stop at the first problem and forget where values stood.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::characters::{forbidden, shown};
use super::file::File;
use super::limits::MAX_PROBLEMS;
use super::nearest::nearest_word;

/// A parsed TOML document: a file, or the front matter of one.
pub(super) struct Document<'f> {
    file: &'f File<'f>,
    /// Where its text starts in the file: the parser counts from there.
    offset: usize,
    root: Spanned<DeTable<'f>>,
    syntax: Syntax,
}

/// Whether the parser understood all of a document. If it did not, a key that is missing may stand in the part it
/// skipped: telling so would send the editor the wrong way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Sound,
    Broken,
}

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) at: Range<usize>,
}

/// How a value of some kind is written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// What it is: “an id”.
    pub(super) name: &'static str,
    /// How it is written, as a hint.
    pub(super) hint: &'static str,
}

/// A table of a document whose keys are known.
pub(super) struct Section<'d> {
    file: &'d File<'d>,
    offset: usize,
    table: &'d DeTable<'d>,
    at: Range<usize>,
    syntax: Syntax,
}

/// Whether a key may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It must be there.
    Must,
    /// It need not.
    May,
}

impl<'f> Document<'f> {
    /// Parses a part of a file; syntax errors are reported, what could be understood is kept.
    pub(super) fn parse(file: &'f File<'f>, part: Range<usize>) -> Self {
        let offset = part.start;
        let (root, errors) = DeTable::parse_recoverable(&file.text()[part]);
        report_syntax(file, offset, &errors);
        let syntax = if errors.is_empty() { Syntax::Sound } else { Syntax::Broken };
        Self { file, offset, root, syntax }
    }

    /// The document's own keys; others than `known` are reported.
    pub(super) fn root(&self, known: &[&str]) -> Section<'_> {
        let start = self.offset;
        Section::new(self.file, self.offset, self.root.get_ref(), start..start, self.syntax, known)
    }
}

impl<'d> Section<'d> {
    fn new(
        file: &'d File<'d>,
        offset: usize,
        table: &'d DeTable<'d>,
        at: Range<usize>,
        syntax: Syntax,
        known: &[&str],
    ) -> Self {
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            let span = key.span();
            file.error_with(offset + span.start..offset + span.end, || {
                let hint = match nearest_word(key.get_ref(), known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys are {}", list(known)),
                };
                (format!("there is no key {}", shown(key.get_ref())), hint)
            });
        }
        Self { file, offset, table, at, syntax }
    }

    /// The file it stands in.
    pub(super) const fn file(&self) -> &'d File<'d> {
        self.file
    }

    /// Where it begins.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Whether something of its document was not understood: what seems missing here may not be.
    pub(super) fn is_broken(&self) -> bool {
        self.syntax == Syntax::Broken
    }

    /// The place of a key's value, or the section's if it is not there.
    pub(super) fn place_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.at(), |value| self.span(value))
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A short text: one line, not empty.
    pub(super) fn text(&self, key: &str, need: Need) -> Option<Located<String>> {
        self.value(key, need).and_then(|value| self.as_text(value))
    }

    /// A list of short texts; an empty one is as good as none.
    pub(super) fn texts(&self, key: &str, need: Need) -> Vec<Located<String>> {
        let Some(value) = self.value(key, need) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong_type(value, "a list of strings, such as [\"…\", \"…\"]");
            return Vec::new();
        };
        if array.is_empty() && need == Need::Must {
            self.file.error(self.span(value), format!("`{key}` is empty"), "name at least one");
        }
        array.iter().filter_map(|item| self.as_text(item)).collect()
    }

    /// One short text or a list of them.
    pub(super) fn text_or_texts(&self, key: &str) -> Vec<Located<String>> {
        match self.table.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(_)) => self.text(key, Need::May).into_iter().collect(),
            _ => self.texts(key, Need::May),
        }
    }

    /// A text that an ordinary function reads.
    pub(super) fn parsed<T>(
        &self,
        key: &str,
        need: Need,
        form: Form,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Located<T>> {
        let Located { value: text, at } = self.text(key, need)?;
        let Some(value) = parse(&text) else {
            self.file.error(at, format!("{} is not {}", shown(&text), form.name), form.hint);
            return None;
        };
        Some(Located { value, at })
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, key: &str, need: Need, choices: &[(&str, T)]) -> Option<Located<T>> {
        let Located { value: text, at } = self.text(key, need)?;
        let found = choices.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
            self.file.error(
                at.clone(),
                format!("`{key}` can't be {}", shown(&text)),
                format!("write one of {}", list(&words)),
            );
        }
        found.map(|(_, value)| Located { value: *value, at })
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let value = self.value(key, Need::May)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(value, "true or false, without quotes");
        }
        flag
    }

    /// The table of a key.
    pub(super) fn section(&self, key: &str, need: Need, known: &[&str]) -> Option<Section<'d>> {
        if self.table.get(key).is_none() && need == Need::Must && self.syntax == Syntax::Sound {
            let what = format!("the table `{key}` is missing");
            self.file.error(self.at(), what, format!("write it as [{key}] with {}", known.join(", ")));
            return None;
        }
        self.value(key, Need::May).and_then(|value| self.as_section(value, known))
    }

    /// The tables of a list: `[[key]]`.
    pub(super) fn sections(&self, key: &str, known: &[&str]) -> Vec<Section<'d>> {
        let Some(value) = self.value(key, Need::May) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong_type(value, &format!("a list of tables: [[{key}]]"));
            return Vec::new();
        };
        array.iter().filter_map(|item| self.as_section(item, known)).collect()
    }

    /// A key's value; a missing one is reported if it must be there.
    pub(super) fn value(&self, key: &str, need: Need) -> Option<&'d Spanned<DeValue<'d>>> {
        let value = self.table.get(key);
        if value.is_none() && need == Need::Must && self.syntax == Syntax::Sound {
            self.file.error(self.at(), format!("the key `{key}` is missing"), format!("add a line `{key} = …`"));
        }
        value
    }

    /// A value of a wrong type.
    pub(super) fn wrong_type(&self, value: &Spanned<DeValue<'_>>, form: &str) {
        let what = match value.get_ref().type_str() {
            kind @ ("array" | "integer") => format!("this is an {kind}"),
            kind => format!("this is a {kind}"),
        };
        self.file.error(self.span(value), what, format!("write {form}"));
    }

    /// Where a value stands in the file.
    pub(super) fn span(&self, value: &Spanned<DeValue<'_>>) -> Range<usize> {
        let span = value.span();
        self.offset + span.start..self.offset + span.end
    }

    /// A value as a short text.
    fn as_text(&self, value: &Spanned<DeValue<'_>>) -> Option<Located<String>> {
        let at = self.span(value);
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, "a string in quotes");
            return None;
        };
        if text.trim().is_empty() {
            self.file.error(at, "the string is empty", "write something between the quotes, or leave the key out");
            return None;
        }
        // As it stands in the file it has been looked at already; here only what an escape brought in is new.
        let escaped = text
            .chars()
            .find(|c| forbidden(*c).is_some() && (*c == '\n' || !self.file.text()[at.clone()].contains(*c)));
        if let Some(c) = escaped {
            let what = format!("the string holds {} U+{:04X}", forbidden(c).unwrap_or_default(), u32::from(c));
            self.file.error(at, what, "write it in one line of visible characters");
            return None;
        }
        Some(Located { value: text.to_owned(), at })
    }

    fn as_section(&self, value: &'d Spanned<DeValue<'d>>, known: &[&str]) -> Option<Section<'d>> {
        let at = self.span(value);
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, &format!("a table with the keys {}", list(known)));
            return None;
        };
        Some(Section::new(self.file, self.offset, table, at, self.syntax, known))
    }
}

/// Whether that looks like a date that somebody wrote their own way: digits, parted.
fn is_dated(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['.', '-', '/']).collect();
    parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Reports what is not TOML. An array that does not end swallows the rest of the file, and some files are no TOML at all:
/// then only the first error is told, and nothing of what the parser made of the rest.
fn report_syntax(file: &File<'_>, offset: usize, errors: &[toml::de::Error]) {
    let swallowed = errors.iter().any(|error| error.message().starts_with("unclosed array,"));
    let lost = swallowed || errors.len() > MAX_PROBLEMS;
    for error in errors.iter().take(if lost { 1 } else { errors.len() }) {
        let span = error.span().unwrap_or(0..0);
        let at = offset + span.start..offset + span.end;
        let hint = match error.message() {
            "duplicate key" => "it is there already: delete one of them",
            message if message.contains("date") || file.text().get(at.clone()).is_some_and(is_dated) => {
                "write a date as year-month-day, in quotes: \"2026-01-29\""
            }
            _ => "look for a missing quote, comma or bracket here or above",
        };
        file.error(at.clone(), format!("this is not TOML: {}", error.message().replace('\n', ", ")), hint);
        file.doubt(if lost { at.start..usize::MAX } else { file.line_around(at.start) });
    }
}

/// Words as a list for a hint.
fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
