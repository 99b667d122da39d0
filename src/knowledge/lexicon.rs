//! `lexicon.toml`: words that the whole audience uses, in groups that mean the same.

use std::collections::HashMap;

use super::characters::shown;
use super::document::{Document, Need, Section};
use super::file::File;
use super::values::plain;
use crate::domain::{Lexicon, SynonymWeight, Synonyms};

/// Reads the groups of words.
pub(super) fn read(file: &File<'_>) -> Lexicon {
    let document = Document::parse(file, 0..file.text().len());
    let sections = document.root(&["synonyms"]).sections("synonyms", &["words", "pervasive"]);
    let mut lines = HashMap::new();
    Lexicon { synonyms: sections.iter().map(|section| synonyms(section, &mut lines)).collect() }
}

/// Reads one group; `lines` knows where each word stood first.
fn synonyms(section: &Section<'_>, lines: &mut HashMap<String, usize>) -> Synonyms {
    let file = section.file();
    let words = section.texts("words", Need::Must);
    if words.len() == 1 {
        let hint = "write at least two that mean the same, or delete the group";
        file.error(section.place_of("words"), "the group has one word only", hint);
    }
    for word in &words {
        let compared = plain(&word.value);
        if compared.is_empty() {
            file.error(word.at.clone(), "the word has no letter", "write a word, or delete it");
        } else if let Some(line) = lines.insert(compared, file.line(word.at.start)) {
            let what = format!("{} is in the lexicon already (line {line})", shown(&word.value));
            file.error(word.at.clone(), what, "keep it in one group: a word has one meaning here");
        }
    }
    let weight = match section.flag("pervasive") {
        Some(true) => SynonymWeight::Pervasive,
        Some(false) | None => SynonymWeight::Telling,
    };
    Synonyms { words: words.into_iter().map(|word| word.value).collect(), weight }
}
