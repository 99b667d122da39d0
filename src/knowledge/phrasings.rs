//! Phrasings: each asks for one thing, so none may stand in two places.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::document::Located;
use super::file::{File, name_of};
use super::values::plain;
use crate::domain::Language;

/// The phrasings of an interview so far, with the first place of each.
#[derive(Default)]
pub(super) struct Phrasings {
    first: FxHashMap<String, First>,
}

struct First {
    asks: Asks,
    path: Arc<str>,
    line: usize,
}

/// What a phrasing asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asks {
    /// The topic of that id.
    Topic(String),
    /// What the interview does not answer: the entry that begins at that byte of its file.
    Outside(usize),
}

impl Phrasings {
    /// Takes the phrasings of a topic or an outside question; empty ones and repetitions are reported.
    pub(super) fn take(
        &mut self,
        file: &File<'_>,
        asks: &Asks,
        phrasings: Vec<(Language, Located<String>)>,
    ) -> Vec<(Language, String)> {
        for (_, phrasing) in &phrasings {
            self.check(file, asks, phrasing);
        }
        phrasings.into_iter().map(|(language, phrasing)| (language, phrasing.value)).collect()
    }

    fn check(&mut self, file: &File<'_>, asks: &Asks, phrasing: &Located<String>) {
        let at = phrasing.at.clone();
        let words = plain(&phrasing.value);
        if words.is_empty() {
            file.error(at, "the phrasing has no word", "write how people ask, or delete it");
            return;
        }
        let Some(first) = self.first.get(&words) else {
            let first = First { asks: asks.clone(), path: file.shared_path(), line: file.line(at.start) };
            self.first.insert(words, first);
            return;
        };
        let (name, line) = (name_of(&first.path), first.line);
        match (&first.asks, asks) {
            (first, asks) if first == asks => {
                file.error(at, format!("the phrasing is the same as in line {line}"), "delete one of them");
            }
            (Asks::Topic(one), Asks::Topic(other)) => file.warning(
                at,
                format!("the phrasing of the topic `{other}` is one of `{one}` too (line {line})"),
                "keep it where it fits best: it tells nothing about which of them is meant",
            ),
            (Asks::Outside(_), Asks::Outside(_)) => {
                file.warning(at, format!("the phrasing is the same as in line {line}"), "delete one of them");
            }
            (Asks::Topic(_), Asks::Outside(_)) | (Asks::Outside(_), Asks::Topic(_)) => file.error(
                at,
                format!("the phrasing is answered by a topic ({name}:{line})"),
                "a question is answered or it is not: delete one of them",
            ),
        }
    }
}
