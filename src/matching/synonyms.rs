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
    /// How many words it has.
    pub(super) fn n_words(&self) -> usize {
        1 + self.rest.len()
    }

    /// The word that stands for the words that were said.
    pub(super) fn word<'w>(&self, said: impl Iterator<Item = &'w Word>) -> Word {
        let text = said.map(|word| &*word.text).collect::<Vec<_>>().join(" ");
        Word { text: text.into(), stem: Arc::clone(&self.group), kind: WordKind::Synonym(self.weight) }
    }
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

    /// The wording that a text of these stems begins with, the longest that fits.
    pub(super) fn at_start<'s>(&self, stems: impl Iterator<Item = &'s str> + Clone) -> Option<&Wording> {
        let mut after = stems;
        let starting_alike = self.wordings.get(after.next()?)?;
        starting_alike.iter().find(|wording| {
            let mut said = after.clone();
            wording.rest.iter().all(|stem| said.next() == Some(&**stem))
        })
    }

    /// Puts one word in place of each wording.
    pub(super) fn fold(&self, words: &[Word]) -> Vec<Word> {
        let mut folded = Vec::with_capacity(words.len());
        let mut rest = words;
        while let Some((first, after)) = rest.split_first() {
            let wording = self.at_start(rest.iter().map(|word| &*word.stem));
            folded
                .push(wording.map_or_else(|| first.clone(), |wording| wording.word(rest[..wording.n_words()].iter())));
            rest = wording.map_or(after, |wording| &rest[wording.n_words()..]);
        }
        folded
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
