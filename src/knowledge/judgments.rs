//! `judgments.jsonl`: labelled questions for `eval`, one object a line.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;

use super::characters::{forbidden, shown};
use super::document::Located;
use super::file::File;
use super::passages::Passages;
use super::values::{LANGUAGE, language, plain};
use crate::domain::{Expected, Judgment};

/// A line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    lang: String,
    style: String,
    question: String,
    #[serde(default)]
    gold: Vec<String>,
    #[serde(default)]
    key: String,
}

/// Reads all lines; empty ones are passed over.
pub(super) fn read(file: &File<'_>, passages: &Passages<'_, '_>) -> Vec<Judgment> {
    let mut judgments = Vec::new();
    let mut lines = HashMap::new();
    let mut start = 0;
    for text in file.text().split_inclusive('\n') {
        let at = start..start + text.trim_end().len();
        start += text.len();
        if !at.is_empty() {
            judgments.extend(Reader { file, passages, at }.judgment(&mut lines));
        }
    }
    judgments
}

struct Reader<'a> {
    file: &'a File<'a>,
    passages: &'a Passages<'a, 'a>,
    /// The line.
    at: Range<usize>,
}

impl Reader<'_> {
    fn judgment(&self, lines: &mut HashMap<String, usize>) -> Option<Judgment> {
        let line: Line = match serde_json::from_str(&self.file.text()[self.at.clone()]) {
            Ok(line) => line,
            Err(error) => {
                self.report_json(&error);
                return None;
            }
        };
        self.check_texts(&line);
        let number = self.file.line(self.at.start);
        if let Some(first) = lines.insert(line.id.clone(), number) {
            let what = format!("the id {} is taken by line {first}", shown(&line.id));
            self.file.error(self.key("id"), what, "give this question another id");
        }
        let language = language(&line.lang);
        if language.is_none() {
            let what = format!("{} is not {}", shown(&line.lang), LANGUAGE.name);
            self.file.error(self.key("lang"), what, LANGUAGE.hint);
        }
        let expected = self.expected(&line);
        Some(Judgment { id: line.id, language: language?, style: line.style, question: line.question, expected })
    }

    /// What is right for a question of that style.
    fn expected(&self, line: &Line) -> Expected {
        let expected = match line.style.as_str() {
            "near_oos" => Expected::NotCovered,
            "far_oos" => Expected::NotCoveredOrChat,
            "meta" => Expected::Chat,
            _ => {
                if line.gold.is_empty() {
                    let hint = "name the passages that answer it, or write the style near_oos, far_oos or meta";
                    self.file.error(self.key("gold"), "no passage is named", hint);
                }
                let ids = line.gold.iter().map(|id| Located { value: id.clone(), at: self.key("gold") });
                let passages: Vec<_> = ids.filter_map(|id| self.passages.quotable(self.file, &id)).collect();
                // Of passages that are not there, that is told; the words can be looked at when it is mended.
                let all = !passages.is_empty() && passages.len() == line.gold.len();
                if all && !self.passages.hold(&passages, &line.key) {
                    self.file.error_with(self.key("key"), || {
                        let what = format!("{} is in none of the passages named", shown(&line.key));
                        (what, self.passages.where_nearly(&line.key))
                    });
                }
                return Expected::Quote { passages, phrase: line.key.clone() };
            }
        };
        if !line.gold.is_empty() {
            let what = format!("passages are named for a question of the style `{}`", line.style);
            self.file.error(self.key("gold"), what, "no quote answers it: write `\"gold\": []`, or another style");
        }
        expected
    }

    fn check_texts(&self, line: &Line) {
        for (key, text) in [("id", &line.id), ("style", &line.style), ("question", &line.question)] {
            if plain(text).is_empty() {
                self.file.error(self.key(key), format!("`{key}` is empty"), "write it, or delete the line");
            }
        }
        for (key, text) in [("id", &line.id), ("style", &line.style), ("key", &line.key)] {
            if let Some(c) = text.chars().find(|c| forbidden(*c).is_some()) {
                let what = format!("`{key}` holds {} U+{:04X}", forbidden(c).unwrap_or_default(), u32::from(c));
                self.file.error(self.key(key), what, "write visible characters only");
            }
        }
    }

    /// serde_json counts the column in bytes of the line, from 1, and 0 at its end.
    fn report_json(&self, error: &serde_json::Error) {
        let at = (self.at.start + error.column().saturating_sub(1)).min(self.at.end);
        self.file.error_with(at..at + 1, || {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or(&message);
            let hint = "a line is {\"id\", \"lang\", \"style\", \"question\", \"gold\": [ids], \"key\"}";
            (format!("this is not a judgment: {what}"), hint.to_owned())
        });
    }

    /// Where a key stands in the line; the whole line if it is not there. A key inside a string has its quotes escaped.
    fn key(&self, key: &str) -> Range<usize> {
        let quoted = format!("\"{key}\"");
        match self.file.text()[self.at.clone()].find(&quoted) {
            Some(found) => self.at.start + found..self.at.start + found + quoted.len(),
            None => self.at.clone(),
        }
    }
}
