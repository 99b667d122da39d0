//! `.env`: its variables with their lines, and every line that cannot be read.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use super::Fault;

/// A byte order mark, which editors on Windows put in front.
const BOM: &str = "\u{feff}";

/// A variable as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Without its quotes.
    pub(super) value: String,
    /// `path:line`.
    pub(super) place: String,
}

/// The variables of the file, and what is wrong with its other lines; a file that is not there sets nothing.
pub(super) fn read(path: &Path) -> (BTreeMap<String, Entry>, Vec<Fault>) {
    let name = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (BTreeMap::new(), Vec::new()),
        Err(error) => return (BTreeMap::new(), vec![Fault::new(name, format!("failed to read it: {error}"))]),
    };
    match String::from_utf8(bytes) {
        Ok(text) => parse(&name, text.strip_prefix(BOM).unwrap_or(&text)),
        Err(_) => (BTreeMap::new(), vec![Fault::new(name, "it is not UTF-8; save it as UTF-8".to_owned())]),
    }
}

fn parse(name: &str, text: &str) -> (BTreeMap<String, Entry>, Vec<Fault>) {
    let (mut variables, mut faults) = (BTreeMap::new(), Vec::new());
    let n_lines = Rc::new(Cell::new(0));
    for entry in dotenvy::from_read_iter(Lines { rest: text.as_bytes(), n_lines: Rc::clone(&n_lines) }) {
        match entry {
            Ok((variable, value)) => {
                let place = format!("{name}:{}", n_lines.get());
                variables.insert(variable, Entry { value, place });
            }
            Err(dotenvy::Error::LineParse(unread, _)) => {
                // A quotation mark that is not closed has led to the end of the file: the fault is where it began.
                let line = (n_lines.get() + 1).saturating_sub(unread.lines().count().max(1));
                faults.push(Fault::new(format!("{name}:{line}"), fault_of(&unread)));
            }
            Err(_) => {
                faults.push(Fault::new(format!("{name}:{}", n_lines.get()), "it cannot be read".to_owned()));
                break;
            }
        }
    }
    (variables, faults)
}

/// What to do about a line. Its text is left out: it may be the one with the token.
fn fault_of(line: &str) -> String {
    let closed = |mark| line.matches(mark).count().is_multiple_of(2);
    let hint = if line.contains('$') {
        "a `$` stands between single quotes, NAME='…', or with braces where another variable is meant: ${HOME}"
    } else if !closed('\'') || !closed('"') {
        "a quotation mark is not closed; an apostrophe stands between double quotes: NAME=\"O'Neil\""
    } else {
        "write NAME=value, and a value with spaces between quotes: NAME='two words'"
    };
    format!("the line cannot be read; {hint}")
}

/// Gives one line at a time and counts them: how far a reader has come tells where it is.
struct Lines<'t> {
    rest: &'t [u8],
    n_lines: Rc<Cell<usize>>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.rest.iter().position(|byte| *byte == b'\n').map_or(self.rest.len(), |at| at + 1);
        let n_bytes = end.min(buffer.len());
        let (given, rest) = self.rest.split_at(n_bytes);
        buffer[..n_bytes].copy_from_slice(given);
        self.rest = rest;
        if n_bytes > 0 && n_bytes == end {
            self.n_lines.set(self.n_lines.get() + 1);
        }
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_has_its_line_and_every_bad_line_is_told() {
        let text = "# first\n\nA=1\nB = 2 3\nC='two words'\nD=\"x\ny\"\nE\nF=5 # five\nG=\"$H\"\nI=O'Neil\nJ=1\n";
        let (variables, faults) = parse(".env", text);
        let read: Vec<_> =
            variables.iter().map(|(name, entry)| (name.as_str(), entry.value.as_str(), entry.place.as_str())).collect();
        assert_eq!(
            read,
            [("A", "1", ".env:3"), ("C", "two words", ".env:5"), ("D", "x\ny", ".env:7"), ("F", "5", ".env:9")]
        );
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for (told, (place, words)) in told.iter().zip([
            (".env:4: ", "between quotes"),
            (".env:8: ", "NAME=value"),
            (".env:10: ", "single quotes"),
            (".env:11: ", "O'Neil"),
        ]) {
            assert!(told.starts_with(place) && told.contains(words), "{told}");
        }
        assert_eq!(told.len(), 4, "{told:?}");
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, "\u{feff}TELOXIDE_TOKEN=1:a\r\nB='x'\r\n").unwrap();
        let (variables, faults) = read(&path);
        assert_eq!(faults, []);
        assert_eq!(variables["TELOXIDE_TOKEN"].value, "1:a");
        assert_eq!(variables["B"].value, "x");
    }

    #[test]
    fn what_is_no_text_is_told_by_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, b"A=\xff\n").unwrap();
        let (_, faults) = read(&path);
        assert!(faults[0].to_string().contains(".env: it is not UTF-8"), "{faults:?}");
    }
}
