//! Every word of the material once, by its number: however often a word stands in the texts, it is normalised, stemmed and
//! looked up once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::text::{Script, for_each_word, normalise, script_of, zipf_of_all};

use super::ragged::Ragged;
use super::synonyms::{SynonymTable, Wording};
use super::threads::Threads;
use super::word::Word;

/// A word by its place in a [`WordList`].
pub(super) type WordId = u32;

/// Takes in texts before their words are read.
#[derive(Default)]
pub(super) struct WordCollector {
    /// By every way it is written, the normalised one too; `None` of what is no word.
    written: FxHashMap<String, Option<WordId>>,
    /// By word.
    texts: Vec<String>,
}

impl WordCollector {
    /// Adds the words of a text in order.
    pub(super) fn collect(&mut self, text: &str, texts: &mut Ragged<WordId>) {
        for_each_word(text, |written| texts.open_row().extend(self.word(written)));
        texts.end_row();
    }

    fn word(&mut self, written: &str) -> Option<WordId> {
        if let Some(word) = self.written.get(written) {
            return *word;
        }
        let text = normalise(written);
        let word = if text.is_empty() { None } else { Some(self.normalised(text)) };
        self.written.insert(written.to_owned(), word);
        word
    }

    fn normalised(&mut self, text: String) -> WordId {
        if let Some(Some(word)) = self.written.get(&text) {
            return *word;
        }
        let word = number_of(self.texts.len());
        self.texts.push(text.clone());
        self.written.insert(text, Some(word));
        word
    }

    /// Adds what another one has collected; the words of its texts get their numbers here.
    pub(super) fn append(&mut self, other: Self, texts: &mut Ragged<WordId>) {
        let numbers: Vec<WordId> = other.texts.into_iter().map(|text| self.normalised(text)).collect();
        for (written, word) in other.written {
            self.written.entry(written).or_insert_with(|| word.map(|word| numbers[word as usize]));
        }
        texts.items_mut().iter_mut().for_each(|word| *word = numbers[*word as usize]);
    }

    /// Reads what was collected.
    pub(super) fn read(self, threads: Threads) -> WordList {
        // Each alphabet has its own stemmer and its own list of frequencies: a thread for each.
        let is_cyrillic = |text: &str| script_of(text) == Script::Cyrillic;
        let texts = || self.texts.iter().map(String::as_str);
        let (cyrillic, others): (Vec<&str>, Vec<&str>) = texts().partition(|text| is_cyrillic(text));
        let (cyrillic, others) = threads.both(|| ListedWord::plain(&cyrillic), || ListedWord::plain(&others));
        let (mut cyrillic, mut others) = (cyrillic.into_iter(), others.into_iter());
        let next = |text: &str| if is_cyrillic(text) { cyrillic.next() } else { others.next() };
        WordList { words: texts().filter_map(next).collect(), synonyms: FxHashMap::default() }
    }
}

/// The words that were collected, and the synonyms that stand for some of them.
pub(super) struct WordList {
    words: Vec<ListedWord>,
    /// By group and text.
    synonyms: FxHashMap<(Arc<str>, String), WordId>,
}

/// A word with what is looked up of it.
pub(super) struct ListedWord {
    pub(super) word: Word,
    /// See [`zipf_of_all`]; a synonym has none: an editor put it into the lexicon because it tells something.
    pub(super) zipf: Option<f32>,
}

impl ListedWord {
    fn plain(texts: &[&str]) -> Vec<Self> {
        let zipf = zipf_of_all(texts.iter().copied());
        texts.iter().zip(zipf).map(|(text, zipf)| Self { word: Word::plain((*text).to_owned()), zipf }).collect()
    }
}

impl WordList {
    /// All words, by number.
    pub(super) fn words(&self) -> &[ListedWord] {
        &self.words
    }

    pub(super) fn word(&self, word: WordId) -> &Word {
        &self.words[word as usize].word
    }

    /// Puts one word in place of each wording of the lexicon.
    pub(super) fn fold(&mut self, text: &[WordId], synonyms: &SynonymTable, folded: &mut Vec<WordId>) {
        let mut rest = text;
        while let Some((first, after)) = rest.split_first() {
            match synonyms.at_start(rest.iter().map(|word| &*self.word(*word).stem)) {
                Some(wording) => {
                    let (said, after) = rest.split_at(wording.n_words());
                    folded.push(self.synonym(said, wording));
                    rest = after;
                }
                None => {
                    folded.push(*first);
                    rest = after;
                }
            }
        }
    }

    fn synonym(&mut self, words: &[WordId], wording: &Wording) -> WordId {
        let synonym = wording.word(words.iter().map(|word| self.word(*word)));
        let next = number_of(self.words.len());
        let key = (Arc::clone(&synonym.stem), synonym.text.to_string());
        let word = *self.synonyms.entry(key).or_insert(next);
        if word == next {
            self.words.push(ListedWord { word: synonym, zipf: None });
        }
        word
    }
}

fn number_of(n_words: usize) -> WordId {
    WordId::try_from(n_words).unwrap_or(WordId::MAX)
}

/// The words of some texts, and the texts in them.
#[cfg(test)]
pub(super) fn listed(texts: &[&str]) -> (WordList, Ragged<WordId>) {
    let (mut collector, mut words) = (WordCollector::default(), Ragged::default());
    texts.iter().for_each(|text| collector.collect(text, &mut words));
    (collector.read(Threads::One), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lexicon, SynonymWeight, Synonyms};

    #[test]
    fn a_word_has_one_number_however_it_is_written() {
        let (list, texts) = listed(&["Ёлка, елка — ЕЛКА 🙂 маяк", "маяк ёлка"]);
        assert_eq!(texts, Ragged::from_iter([vec![0, 0, 0, 1], vec![1, 0]]));
        let texts: Vec<&str> = list.words().iter().map(|listed| &*listed.word.text).collect();
        assert_eq!(texts, ["елка", "маяк"]);
    }

    #[test]
    fn collected_apart_and_put_together_is_collected_together() {
        let texts = ["Ёлка у маяка 🙂", "у маяка — ЕЛКА, дуб"];
        let (together, wanted) = listed(&texts);
        let (mut collector, mut words) = (WordCollector::default(), Ragged::default());
        let (mut other, mut others) = (WordCollector::default(), Ragged::default());
        collector.collect(texts[0], &mut words);
        other.collect(texts[1], &mut others);
        collector.append(other, &mut others);
        words.append(others);
        assert_eq!(words, wanted);
        assert_eq!(collector.read(Threads::Two).words().len(), together.words().len());
    }

    #[test]
    fn a_wording_of_the_lexicon_is_one_word_with_one_number() {
        let words = ["UN", "United Nations"].map(str::to_owned).to_vec();
        let synonyms = Synonyms { words, weight: SynonymWeight::Telling };
        let table = SynonymTable::new(&Lexicon { synonyms: vec![synonyms] });
        let (mut list, texts) = listed(&["the united nations", "UN united", "united nations"]);
        let mut stems = Vec::new();
        for text in texts.rows() {
            let mut folded = Vec::new();
            list.fold(text, &table, &mut folded);
            stems.push(folded.iter().map(|word| list.word(*word).stem.to_string()).collect::<Vec<_>>());
        }
        assert_eq!(stems, [vec!["the", "=un"], vec!["=un", "unit"], vec!["=un"]]);
        // The abbreviation and the name keep their own texts.
        assert_eq!(list.words().len(), 4 + 2);
    }
}
