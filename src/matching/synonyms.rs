//! Words of the lexicon that mean the same become the same word, whichever language they are in.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::{Lexicon, SynonymWeight};

use super::word::{Word, WordKind, words};

/// The lexicon made ready for folding.
pub(super) struct SynonymTable {
    /// By the stem of its first word: every wording, the longest first.
    wordings: FxHashMap<Arc<str>, Vec<Wording>>,
}

struct Wording {
    /// The stems after the first.
    rest: Vec<Arc<str>>,
    /// What the word becomes; no text has such a word, since it starts with `=`.
    group: Arc<str>,
    weight: SynonymWeight,
}

impl SynonymTable {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut wordings: FxHashMap<Arc<str>, Vec<Wording>> = FxHashMap::default();
        for synonyms in &lexicon.synonyms {
            let Some(name) = synonyms.words.first() else { continue };
            let group: Arc<str> = format!("={}", name.to_lowercase()).into();
            for wording in &synonyms.words {
                let mut stems = words(wording).into_iter().map(|word| word.stem);
                let Some(first) = stems.next() else { continue };
                let wording = Wording { rest: stems.collect(), group: group.clone(), weight: synonyms.weight };
                wordings.entry(first).or_default().push(wording);
            }
        }
        for starting_alike in wordings.values_mut() {
            starting_alike.sort_by_key(|wording| std::cmp::Reverse(wording.rest.len()));
        }
        Self { wordings }
    }

    /// Puts one word in place of each wording of the lexicon, the longest that fits first.
    pub(super) fn fold(&self, words: Vec<Word>) -> Vec<Word> {
        if self.wordings.is_empty() {
            return words;
        }
        let mut folded = Vec::with_capacity(words.len());
        let mut rest = words.into_iter();
        while let Some(wording) = skip_to(&mut rest, &mut folded, |words| self.wording_at(words)) {
            let said: Vec<Word> = rest.by_ref().take(1 + wording.rest.len()).collect();
            let text = said.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ");
            folded.push(Word {
                text: text.into(),
                stem: Arc::clone(&wording.group),
                kind: WordKind::Synonym(wording.weight),
            });
        }
        folded
    }

    fn wording_at(&self, words: &[Word]) -> Option<&Wording> {
        let (first, after) = words.split_first()?;
        self.wordings.get(&first.stem)?.iter().find(|wording| {
            wording.rest.len() <= after.len() && wording.rest.iter().zip(after).all(|(stem, word)| *stem == word.stem)
        })
    }

    /// Whether a wording of the lexicon starts with that stem.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.wordings.contains_key(stem)
    }
}

/// Moves words over until something is found in what is left.
fn skip_to<T>(
    rest: &mut std::vec::IntoIter<Word>,
    skipped: &mut Vec<Word>,
    find: impl Fn(&[Word]) -> Option<T>,
) -> Option<T> {
    loop {
        if let Some(found) = find(rest.as_slice()) {
            return Some(found);
        }
        skipped.push(rest.next()?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Synonyms;

    fn folded(text: &str) -> Vec<String> {
        let group = |words: &[&str], weight| Synonyms { words: words.iter().map(|&w| w.to_owned()).collect(), weight };
        let table = SynonymTable::new(&Lexicon {
            synonyms: vec![
                group(&["CSTO", "ОДКБ", "Collective Security Treaty Organization"], SynonymWeight::Pervasive),
                group(&["UN", "ООН", "United Nations"], SynonymWeight::Telling),
                group(&["United Nations General Assembly"], SynonymWeight::Telling),
            ],
        });
        table.fold(words(text)).into_iter().map(|word| word.stem.to_string()).collect()
    }

    #[test]
    fn wordings_of_a_group_are_one_word() {
        for (text, stems) in [
            ("ОДКБ", vec!["=csto"]),
            ("collective security treaty organizations", vec!["=csto"]),
            ("the United Nations and ООН", vec!["the", "=un", "and", "=un"]),
            ("United Nations General Assembly", vec!["=united nations general assembly"]),
        ] {
            assert_eq!(folded(text), stems, "{text}");
        }
    }

    #[test]
    fn other_words_stay() {
        for (text, stems) in [
            ("collective security", vec!["collect", "secur"]),
            ("united", vec!["unit"]),
            ("nations united", vec!["nation", "unit"]),
            ("", vec![]),
        ] {
            assert_eq!(folded(text), stems, "{text}");
        }
    }
}
