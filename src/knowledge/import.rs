//! Question-and-answer lines made into an interview's folder: each line one passage with its topic.
//!
//! Words are kept as they are but for characters that no knowledge file may hold; those are counted, so that whoever
//! imports can tell. Pure: it makes files, and writes none.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use serde::Deserialize;

use super::characters::{forbidden, shown};
use super::file::File;
use super::limits::MAX_IMPORTED_BYTES;
use super::problem::{Problem, Severity};
use super::problems::Problems;
use super::read::Files;
use super::values::{ID, URL, plain, url};
use crate::domain::{InterviewId, Language, PassageId};
use crate::text::{Script, script_of};

/// The longest title, in characters: a button's label.
const MAX_TITLE_CHARS: usize = 60;

/// A line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    answer: String,
    #[serde(default)]
    phrasings: Vec<String>,
    #[serde(default)]
    url: Option<String>,
}

/// What was made of question-and-answer lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The files of the interview's folder, by their names in it.
    pub files: Files,
    /// How many passages, each with its topic.
    pub n_passages: usize,
    /// How many phrasings.
    pub n_phrasings: usize,
    /// What was not taken as it was.
    pub changed: Changed,
}

/// What an import did not take as it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changed {
    /// Line breaks that became spaces.
    pub n_breaks: usize,
    /// Control, bidi and invisible characters that became spaces.
    pub n_controls: usize,
    /// Byte order marks (U+FEFF) that were left out.
    pub n_marks: usize,
    /// Phrasings left out: without a word, or the same as one before for the same answer.
    pub n_phrasings: usize,
}

/// Makes an interview's folder of lines `{"id", "answer", "phrasings", "url"?}`. `path` names the lines in problems;
/// `name` is the folder's.
///
/// # Errors
/// Every line that cannot be taken, with its place; then nothing is made.
pub fn import(path: &str, lines: &[u8], name: &InterviewId) -> Result<Imported, Vec<Problem>> {
    let problems = Problems::default();
    let imported = File::decode_foreign(path, lines, MAX_IMPORTED_BYTES, &problems).map(|file| {
        let mut import = Import { file: &file, ids: HashMap::new(), passages: Vec::new(), changed: Changed::default() };
        import.read();
        import.into_files(name)
    });
    let problems = problems.into_sorted();
    let failed = problems.iter().any(|problem| problem.severity() == Severity::Error);
    imported.filter(|_| !failed).ok_or(problems)
}

/// A line as it goes into the folder.
struct Passage {
    id: PassageId,
    words: String,
    phrasings: Vec<String>,
    page: Option<String>,
}

struct Import<'f> {
    file: &'f File<'f>,
    /// The line of each id.
    ids: HashMap<String, usize>,
    passages: Vec<Passage>,
    changed: Changed,
}

impl Import<'_> {
    /// Reads all lines; empty ones are passed over.
    fn read(&mut self) {
        let mut start = 0;
        for text in self.file.text().split_inclusive('\n') {
            let at = start..start + text.trim_end().len();
            start += text.len();
            if !at.is_empty() {
                let passage = self.passage(at);
                self.passages.extend(passage);
            }
        }
        if self.ids.is_empty() {
            self.file.error(
                0..0,
                "there is no line",
                "a line is {\"id\", \"answer\", \"phrasings\": [\"…\"], \"url\"?}",
            );
        }
    }

    fn passage(&mut self, at: Range<usize>) -> Option<Passage> {
        let line: Line = match serde_json::from_str(&self.file.text()[at.clone()]) {
            Ok(line) => line,
            Err(error) => {
                self.report_json(at, &error);
                return None;
            }
        };
        let id = PassageId::parse(&line.id);
        if id.is_none() {
            self.file.error(at.clone(), format!("{} is not an id", shown(&line.id)), ID.hint);
        }
        let number = self.file.line(at.start);
        if let Some(first) = self.ids.insert(line.id.clone(), number) {
            let what = format!("the id {} is taken by line {first}", shown(&line.id));
            self.file.error(at.clone(), what, "give this answer another id");
        }
        let words = self.clean(&line.answer);
        if words.is_empty() {
            self.file.error(at.clone(), "the answer is empty", "write it, or delete the line");
        }
        if words.contains("{#") || words.starts_with("## ") {
            let hint = "`{#` and a leading `## ` mean something in a text: no answer can hold them";
            self.file.error(at.clone(), "the answer holds a mark of the text's format", hint);
        }
        let page = line.url.filter(|page| !page.is_empty());
        if let Some(page) = page.as_ref().filter(|page| url(page).is_none()) {
            self.file.error(at, format!("{} is not {}", shown(page), URL.name), URL.hint);
        }
        Some(Passage { id: id?, words, phrasings: self.phrasings(&line.phrasings), page })
    }

    fn phrasings(&mut self, written: &[String]) -> Vec<String> {
        let mut known = HashSet::new();
        let mut kept = Vec::with_capacity(written.len());
        for phrasing in written {
            let words = plain(phrasing);
            if words.is_empty() || !known.insert(words) {
                self.changed.n_phrasings += 1;
                continue;
            }
            let phrasing = self.clean(phrasing);
            kept.push(phrasing);
        }
        kept
    }

    /// Puts a space in place of each character that no knowledge file may hold.
    fn clean(&mut self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                '\u{feff}' => self.changed.n_marks += 1,
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.changed.n_breaks += 1;
                    clean.push(' ');
                }
                c if forbidden(c).is_some() => {
                    self.changed.n_controls += 1;
                    clean.push(' ');
                }
                c => clean.push(c),
            }
        }
        clean.trim().to_owned()
    }

    /// serde_json counts the column in bytes of the line, from 1, and 0 at its end.
    fn report_json(&self, at: Range<usize>, error: &serde_json::Error) {
        let start = (at.start + error.column().saturating_sub(1)).min(at.end);
        self.file.error_with(start..start + 1, || {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or(&message);
            let hint = "a line is {\"id\", \"answer\", \"phrasings\": [\"…\"], \"url\"?}";
            (format!("this is not a question-and-answer line: {what}"), hint.to_owned())
        });
    }

    fn into_files(self, name: &InterviewId) -> Imported {
        let language = language_of(&self.passages);
        let files = Files::from_pairs([
            (format!("interview.{language}.md"), text(name, &self.passages).into_bytes()),
            ("topics.toml".to_owned(), topics(&self.passages).into_bytes()),
        ]);
        Imported {
            files,
            n_passages: self.passages.len(),
            n_phrasings: self.passages.iter().map(|passage| passage.phrasings.len()).sum(),
            changed: self.changed,
        }
    }
}

/// The language that most answers are in.
fn language_of(passages: &[Passage]) -> Language {
    let n_russian = passages.iter().filter(|passage| asked_in(&passage.words) == Language::Russian).count();
    if n_russian * 2 > passages.len() { Language::Russian } else { Language::English }
}

/// Of the two languages the one with that alphabet.
fn asked_in(text: &str) -> Language {
    match script_of(text) {
        Script::Cyrillic => Language::Russian,
        Script::Latin | Script::Other => Language::English,
    }
}

/// The text: all answers below one heading, for nobody asked the questions one after another.
fn text(name: &InterviewId, passages: &[Passage]) -> String {
    let mut text = format!("+++\ntitle = {}\nkind = \"faq\"\n+++\n\n## {name}\n", quoted(name.as_str()));
    for Passage { id, words, .. } in passages {
        // Writing to a string does not fail.
        let _ = write!(text, "\n{words} {{#{id}}}\n");
    }
    text
}

fn topics(passages: &[Passage]) -> String {
    let mut topics = String::from("# One topic for each answer, made by `onrecord import`.\n");
    for passage in passages {
        let id = quoted(passage.id.as_str());
        let title = quoted(&title(passage));
        let _ = write!(topics, "\n[[topic]]\nid = {id}\ntitle = {title}\npassages = [{id}]\n");
        if let Some(page) = &passage.page {
            let _ = writeln!(topics, "url = {}", quoted(page));
        }
        for language in Language::ALL {
            let own: Vec<&String> = passage.phrasings.iter().filter(|p| asked_in(p) == language).collect();
            if own.is_empty() {
                continue;
            }
            let _ = writeln!(topics, "phrasings.{language} = [");
            for phrasing in own {
                let _ = writeln!(topics, "    {},", quoted(phrasing));
            }
            topics.push_str("]\n");
        }
    }
    topics
}

/// How it is asked first, else the first words of the answer; of a long one as many whole words as fit.
fn title(passage: &Passage) -> String {
    let whole = passage.phrasings.first().unwrap_or(&passage.words);
    let Some((end, _)) = whole.char_indices().nth(MAX_TITLE_CHARS) else { return whole.clone() };
    let cut = whole[..end].rfind(' ').unwrap_or(end);
    format!("{}…", whole[..cut].trim_end())
}

/// A TOML string: JSON's escapes mean the same there.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;

    fn imported(lines: &str) -> Result<Imported, Vec<String>> {
        let name = InterviewId::parse("set").unwrap();
        import("set.jsonl", lines.as_bytes(), &name)
            .map_err(|problems| problems.iter().map(|p| format!("{}: {}", p.location(), p.what())).collect())
    }

    #[test]
    fn what_is_imported_loads_without_a_problem() {
        let lines = concat!(
            "\u{feff}{\"id\": \"a-1\", \"answer\": \" One\\nline.\\u0007 \\\"Two\\\" \\\\ {x} \u{feff}\", ",
            "\"phrasings\": [\"How many?\", \"how many\", \"Сколько?\", \"!\"], \"url\": \"https://a.example/1#x\"}\n\n",
            "{\"id\": \"b\", \"answer\": \"No phrasing here.\"}\n",
        );
        let made = imported(lines).unwrap();
        assert_eq!((made.n_passages, made.n_phrasings), (2, 2));
        assert_eq!(made.changed, Changed { n_breaks: 1, n_controls: 1, n_marks: 1, n_phrasings: 2 });
        let files = made.files.iter().map(|(path, bytes)| (format!("set/{path}"), bytes.to_vec()));
        let loaded = load(&Files::from_pairs(files));
        assert_eq!(loaded.problems, []);
        let corpus = loaded.corpus.unwrap();
        let words: Vec<&str> = corpus.placed().map(|placed| placed.passage.words.as_str()).collect();
        assert_eq!(words, ["One line.  \"Two\" \\ {x}", "No phrasing here."]);
        let titles: Vec<&str> = corpus.topics().map(|(_, topic)| topic.title.get(Language::English)).collect();
        assert_eq!(titles, ["How many?", "No phrasing here."]);
        let pages: Vec<Option<&str>> = corpus.placed().map(|placed| placed.passage.page.as_deref()).collect();
        assert_eq!(pages, [Some("https://a.example/1#x"), None]);
    }

    #[test]
    fn every_line_that_cannot_be_taken_is_told() {
        let lines = [
            r#"{"id": "a b", "answer": "x"}"#,
            r#"{"id": "a", "answer": " "}"#,
            r#"{"id": "a", "answer": "y"}"#,
            r###"{"id": "c", "answer": "## y"}"###,
            r#"{"id": "d", "answer": "y {#z}"}"#,
            r#"{"id": "e", "answer": "y", "url": "ftp://x"}"#,
            r#"{"id": "f"}"#,
            r#"{"id": "g", "answer": "y", "tags": []}"#,
            "nonsense",
        ];
        let problems = imported(&lines.join("\n")).unwrap_err();
        let starts = [
            "set.jsonl:1:1: `a b` is not an id",
            "set.jsonl:2:1: the answer is empty",
            "set.jsonl:3:1: the id `a` is taken by line 2",
            "set.jsonl:4:1: the answer holds a mark",
            "set.jsonl:5:1: the answer holds a mark",
            "set.jsonl:6:1: `ftp://x` is not an address",
            "set.jsonl:7:11: this is not a question-and-answer line: missing field `answer`",
            "set.jsonl:8:33: this is not a question-and-answer line: unknown field `tags`",
            "set.jsonl:9:2: this is not a question-and-answer line: expected",
        ];
        assert_eq!(problems.len(), starts.len(), "{problems:#?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
        assert_eq!(imported("\n").unwrap_err(), ["set.jsonl:1:1: there is no line"]);
    }

    #[test]
    fn a_long_title_ends_at_a_word() {
        let words = "Every word of this answer is short but there are many of them indeed.";
        let passage =
            Passage { id: PassageId::parse("a").unwrap(), words: words.into(), phrasings: vec![], page: None };
        assert_eq!(title(&passage), "Every word of this answer is short but there are many of…");
    }
}
