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

/// A way to say what a group of the lexicon means.
pub(super) struct Wording {
    /// The stems after the first.
    rest: Vec<Arc<str>>,
    /// What the word becomes; no text has such a word, since it starts with `=`.
    group: Arc<str>,
    weight: SynonymWeight,
}

impl Wording {
    /// The word that stands for the words that were said.
    pub(super) fn word<'w>(&self, said: impl Iterator<Item = &'w Word>) -> Word {
        let text = said.map(|word| &*word.text).collect::<Vec<_>>().join(" ");
        Word { text: text.into(), stem: Arc::clone(&self.group), kind: WordKind::Synonym(self.weight) }
    }
}

/// What stands in a text.
pub(super) enum Said<'w, 't, W> {
    /// A word of no wording.
    Word(&'w W),
    /// Words that are a wording of the lexicon.
    Wording(&'w [W], &'t Wording),
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

    /// Finds the wordings of the lexicon in a text, the longest that fits first.
    pub(super) fn find<'w, 's, W>(&self, words: &'w [W], stem: impl Fn(&'w W) -> &'s str) -> Vec<Said<'w, '_, W>> {
        let mut found = Vec::with_capacity(words.len());
        let mut rest = words;
        while let Some((first, after)) = rest.split_first() {
            let fits = |wording: &&Wording| {
                let stems = after.iter().map(&stem);
                wording.rest.len() <= after.len() && wording.rest.iter().zip(stems).all(|(own, said)| **own == *said)
            };
            match self.wordings.get(stem(first)).and_then(|wordings| wordings.iter().find(fits)) {
                Some(wording) => {
                    let (said, after) = rest.split_at(1 + wording.rest.len());
                    found.push(Said::Wording(said, wording));
                    rest = after;
                }
                None => {
                    found.push(Said::Word(first));
                    rest = after;
                }
            }
        }
        found
    }

    /// Puts one word in place of each wording.
    pub(super) fn fold(&self, words: &[Word]) -> Vec<Word> {
        let one = |said| match said {
            Said::Word(word) => Word::clone(word),
            Said::Wording(words, wording) => wording.word(words.iter()),
        };
        self.find(words, |word| &word.stem).into_iter().map(one).collect()
    }

    /// Whether a wording of the lexicon starts with that stem.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.wordings.contains_key(stem)
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
        table.fold(&words(text)).into_iter().map(|word| word.stem.to_string()).collect()
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
