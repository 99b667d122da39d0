//! The words of passages in their order: what stands beside what, and in one sentence.

use super::material::PassageWords;
use super::query::Query;
use super::targets::PassageIndex;
use super::vocabulary::{Term, Terms};

/// What ends a sentence in place of a term.
const SENTENCE_END: Term = Term::MAX;

/// Two words of the question that stand at most so far apart stand together: with one word between.
const BESIDE: u32 = 2;

/// So many words of a question are looked for: a bit for each.
const MAX_WORDS: usize = 64;

/// The terms of all passages, one after another.
pub(super) struct Sequences {
    /// By passage: where its terms start; one more at the end.
    starts: Vec<u32>,
    terms: Vec<Term>,
}

/// How much of a question's weight is found together in a passage, 0–1 each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Together {
    /// In one sentence.
    pub(super) sentence: f32,
    /// In two sentences that follow each other.
    pub(super) window: f32,
    /// In pairs of the question's neighbours that are neighbours here, too.
    pub(super) pairs: f32,
}

/// What is looked for: the question's known words in its order.
pub(super) struct Sought {
    words: Vec<(Term, f32)>,
    /// A bit for each remainder of a term by 64: tells most other terms apart at once.
    filter: u64,
    /// The whole weight of the question, and of its pairs.
    all: f32,
    all_pairs: f32,
}

impl Sought {
    pub(super) fn new(query: &Query) -> Self {
        let known = query.words.iter().take(MAX_WORDS).filter_map(|word| Some((word.term?, word.weight)));
        let words: Vec<(Term, f32)> = known.collect();
        let filter = words.iter().fold(0, |filter, (term, _)| filter | bit(*term));
        let pairs = query.words.windows(2).map(|pair| pair[0].weight.min(pair[1].weight));
        Self { words, filter, all: query.weight(), all_pairs: pairs.sum::<f32>().max(super::query::MIN_WEIGHT) }
    }

    fn place(&self, term: Term) -> Option<usize> {
        if self.filter & bit(term) == 0 {
            return None;
        }
        self.words.iter().position(|(known, _)| *known == term)
    }

    /// The weight of the words in a set, a word that is said twice counted as often.
    fn weight(&self, set: u64) -> f32 {
        let inside = |(_, (term, _)): &(usize, &(Term, f32))| {
            self.words.iter().position(|(known, _)| known == term).is_some_and(|first| set >> first & 1 == 1)
        };
        self.words.iter().enumerate().filter(inside).map(|(_, (_, weight))| weight).sum()
    }
}

const fn bit(term: Term) -> u64 {
    1 << (term % u64::BITS)
}

impl Sequences {
    pub(super) fn new(terms: &Terms, passages: &[PassageWords]) -> Self {
        let mut sequences = Self { starts: vec![0], terms: Vec::new() };
        for passage in passages {
            let mut start = 0;
            for end in &passage.sentence_ends {
                sequences.terms.extend(terms.of(&passage.words[start..*end]));
                sequences.terms.push(SENTENCE_END);
                start = *end;
            }
            sequences.starts.push(u32::try_from(sequences.terms.len()).unwrap_or(u32::MAX));
        }
        sequences.terms.shrink_to_fit();
        sequences
    }

    /// How much of what is sought stands together in a passage.
    pub(super) fn together(&self, passage: PassageIndex, sought: &Sought) -> Together {
        let passage = passage as usize;
        let terms = &self.terms[self.starts[passage] as usize..self.starts[passage + 1] as usize];
        let mut best = Together::default();
        let (mut sentence, mut before, mut paired) = (0_u64, 0_u64, 0_u64);
        // The last word of the question that was met, and where.
        let mut last: Option<(usize, u32)> = None;
        for (at, term) in (0_u32..).zip(terms) {
            if *term == SENTENCE_END {
                best.sentence = best.sentence.max(sought.weight(sentence));
                best.window = best.window.max(sought.weight(sentence | before));
                (before, sentence, last) = (sentence, 0, None);
                continue;
            }
            let Some(place) = sought.place(*term) else { continue };
            sentence |= 1 << place;
            if let Some((other, then)) = last
                && at - then <= BESIDE
                && other + 1 == place
            {
                paired |= 1 << other;
            }
            last = Some((place, at));
        }
        let pairs = sought.words.windows(2).enumerate().filter(|(first, _)| paired >> first & 1 == 1);
        best.pairs = pairs.map(|(_, pair)| pair[0].1.min(pair[1].1)).sum::<f32>() / sought.all_pairs;
        best.sentence /= sought.all;
        best.window /= sought.all;
        best
    }
}
