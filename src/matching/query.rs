//! A question read: repaired where it is misspelled, in the wrong layout or in Latin letters; its words known or unknown,
//! each with its weight.

use std::cell::RefCell;
use std::sync::Arc;

use crate::text::zipf;

use super::neighbours::Beside;
use super::repair::{self, Known};
use super::spellings::Candidate;
use super::synonyms::SynonymTable;
use super::vocabulary::{Term, Vocabulary};
use super::word::{Word, words};

/// Of a longer question only so many characters are read: a question is short, and what follows is not one.
pub(super) const MAX_QUESTION_CHARS: usize = 1_000;

/// What a question is held to tell at least: about as much as one word that stands in a third of all topics. Shares of its
/// weight would else make much of "the" and "of" where there is nothing more.
pub(super) const MIN_WEIGHT: f32 = 0.5;

/// A word with less than this asks for nothing, however often it is said: about half of what "how" tells.
const TELLING: f32 = 0.1;

/// So many words of a family tell what the word tells; of more each tells less, so that they never outweigh it together.
const KIN_IN_FULL: f32 = 2.0;

/// So many unknown words of a question are looked up among known spellings: the look-up is the dearest step of reading.
const MAX_REPAIRS: usize = 12;

/// So many words tell a reader what was made of the question.
const MAX_READ_WORDS: usize = 3;

/// A question as matching sees it.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) words: Vec<QueryWord>,
    /// Its known terms, each once, the most telling first.
    pub(super) terms: Vec<(Term, f32)>,
    /// Known terms of the families of its words, known or not, see [`Kin`](super::kin::Kin): with what the word tells, each
    /// once, the most telling first. None of them is in `terms`.
    pub(super) kin: Vec<(Term, f32)>,
    /// The whole question after repair of its layout or script, if that changed it.
    pub(super) read_as: Option<String>,
}

/// A word of a question.
#[derive(Debug)]
pub(super) struct QueryWord {
    pub(super) word: Word,
    /// `None` if the knowledge has no such word.
    pub(super) term: Option<Term>,
    /// How much it tells, 0–1.
    pub(super) weight: f32,
    /// What was typed, if it was misspelled.
    pub(super) typed: Option<Arc<str>>,
}

impl Query {
    /// How much all words tell together, unknown ones too; at least [`MIN_WEIGHT`].
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum::<f32>().max(MIN_WEIGHT)
    }

    /// Whether one of its known words tells anything: "the", "of" and "and" do not, whatever passages they stand in, and neither
    /// does a question of nothing but unknown words, however like they look. The name of what everything is about does,
    /// if it is all that was said.
    pub(super) fn is_telling(&self) -> bool {
        let asks =
            |word: &QueryWord| word.term.is_some() && word.weight >= TELLING && !is_small_number(&word.word.text);
        self.words.iter().any(|word| word.word.is_pervasive() || asks(word))
    }

    /// The telling words that `stands` lets through, each once, in a question that was typed in another layout or script.
    pub(super) fn read_words(&self, stands: impl Fn(Term) -> bool) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let telling = self.words.iter().filter(|word| word.weight >= TELLING && word.term.is_some_and(&stands));
        for word in telling.filter(|_| self.read_as.is_some()) {
            if words.len() < MAX_READ_WORDS && !words.iter().any(|other| **other == *word.word.text) {
                words.push(word.word.text.to_string());
            }
        }
        words
    }

    /// How much the unknown words tell of that, 0–1.
    pub(super) fn unknown_share(&self) -> f32 {
        let unknown: f32 = self.words.iter().filter(|word| word.term.is_none()).map(|word| word.weight).sum();
        unknown / self.weight()
    }
}

/// Reads questions in the words of one corpus.
pub(super) struct Reader {
    pub(super) synonyms: SynonymTable,
    pub(super) vocabulary: Vocabulary,
}

impl Reader {
    /// Reads a question of any length and any content.
    pub(super) fn read(&self, question: &str) -> Query {
        let question = readable(question);
        let as_typed = words(question);
        let known = Looked { reader: self, candidates: RefCell::default() };
        let read_as = repair::reading(question, &as_typed, &known);
        let (repaired, typed) = known.repaired(read_as.as_deref().map_or(as_typed, words));
        let words: Vec<QueryWord> =
            self.synonyms.fold(&repaired).into_iter().map(|word| self.weigh(word, &typed)).collect();
        let terms = each_once(words.iter().filter_map(|word| Some((word.term?, word.weight))));
        let kin = words.iter().flat_map(|word| {
            let family: Vec<Term> = self.vocabulary.kin(&word.word.stem).collect();
            let weight = word.weight * (KIN_IN_FULL / family.len() as f32).min(1.0);
            family.into_iter().map(move |term| (term, weight))
        });
        let kin = each_once(kin.filter(|(term, _)| terms.iter().all(|(other, _)| other != term)));
        Query { terms, kin, words, read_as }
    }

    fn weigh(&self, word: Word, typed: &[Repair]) -> QueryWord {
        let typed = typed.iter().find(|repair| repair.meant == word.text).map(|repair| Arc::clone(&repair.typed));
        QueryWord { term: self.vocabulary.term(&word.stem), weight: self.vocabulary.weight_of(&word), typed, word }
    }
}

/// Whether it is a number that is no year: "1" or "two" is typed to press a button, and asks for nothing.
fn is_small_number(word: &str) -> bool {
    (word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())) || NUMBERS.contains(&word)
}

/// The numbers of the first buttons, as people write them.
const NUMBERS: [&str; 11] = ["one", "two", "three", "four", "five", "один", "одна", "два", "три", "четыре", "пять"];

/// As much of a question as is read: its first 1,000 characters.
#[must_use]
pub fn readable(question: &str) -> &str {
    let end = question.char_indices().nth(MAX_QUESTION_CHARS).map_or(question.len(), |(at, _)| at);
    &question[..end]
}

/// Terms with what they tell, each once, the most telling first; of equals in the order of their numbers.
fn each_once(terms: impl Iterator<Item = (Term, f32)>) -> Vec<(Term, f32)> {
    let mut terms: Vec<(Term, f32)> = terms.collect();
    terms.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    terms.dedup_by_key(|(term, _)| *term);
    terms.sort_by(|one, other| other.1.total_cmp(&one.1));
    terms
}

/// A word that was misspelled.
struct Repair {
    typed: Arc<str>,
    meant: Arc<str>,
}

/// What is a word, for one question: what a misspelled word may mean is the dearest thing to find out, and asked twice.
struct Looked<'r> {
    reader: &'r Reader,
    candidates: RefCell<Vec<(Arc<str>, Vec<Candidate<'r>>)>>,
}

impl<'r> Looked<'r> {
    /// The known word that is meant by one that stands there.
    fn meant(&self, word: &Word, beside: Beside) -> Option<&'r str> {
        let vocabulary = &self.reader.vocabulary;
        let mut looked = self.candidates.borrow_mut();
        let at = looked.iter().position(|(typed, _)| *typed == word.text).unwrap_or_else(|| {
            looked.push((Arc::clone(&word.text), vocabulary.candidates(&word.text)));
            looked.len() - 1
        });
        vocabulary.likeliest(&looked[at].1, beside)
    }

    /// The words, those repaired that are misspelled.
    fn repaired(&self, typed: Vec<Word>) -> (Vec<Word>, Vec<Repair>) {
        let term = |word: &Word| self.reader.vocabulary.term(&word.stem);
        let (mut repaired, mut repairs, mut n_looked) = (Vec::<Word>::with_capacity(typed.len()), Vec::new(), 0);
        let mut rest = typed.into_iter().peekable();
        while let Some(word) = rest.next() {
            if n_looked == MAX_REPAIRS || self.knows(&word) {
                repaired.push(word);
                continue;
            }
            n_looked += 1;
            let beside = Beside { before: repaired.last().and_then(term), after: rest.peek().and_then(term) };
            let Some(meant) = self.meant(&word, beside) else {
                repaired.push(word);
                continue;
            };
            let meant = Word::plain(meant.to_owned());
            repairs.push(Repair { typed: word.text, meant: Arc::clone(&meant.text) });
            repaired.push(meant);
        }
        (repaired, repairs)
    }
}

impl Known for Looked<'_> {
    fn knows(&self, word: &Word) -> bool {
        self.knows_well(word) || zipf(&word.text).is_some()
    }

    fn knows_well(&self, word: &Word) -> bool {
        self.reader.vocabulary.term(&word.stem).is_some() || self.reader.synonyms.knows(&word.stem)
    }

    fn nearest(&self, word: &Word) -> Option<&str> {
        self.meant(word, Beside::default())
    }
}
