//! Which texts hold a term: flat arrays, one look-up a term.

use super::vocabulary::{Term, Vocabulary};
use super::word::Word;

/// For each term the texts that hold it.
pub(super) struct Postings {
    /// By term: where its postings start; one more at the end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// By text: how many words it has.
    lengths: Vec<u16>,
}

/// A text that holds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) text: u32,
    /// How many times.
    pub(super) count: u16,
}

impl Postings {
    /// Of the words of the texts in order; unknown words are left out.
    pub(super) fn new<'w>(vocabulary: &Vocabulary, texts: impl Iterator<Item = &'w [Word]>) -> Self {
        let mut lengths = Vec::new();
        let mut pairs: Vec<(Term, u32)> = Vec::new();
        for (text, words) in (0_u32..).zip(texts) {
            lengths.push(u16::try_from(words.len()).unwrap_or(u16::MAX));
            pairs.extend(words.iter().filter_map(|word| vocabulary.term(&word.stem)).map(|term| (term, text)));
        }
        pairs.sort_unstable();
        let mut starts = Vec::with_capacity(vocabulary.len() + 1);
        let mut postings: Vec<Posting> = Vec::new();
        for same in pairs.chunk_by(|one, other| one == other) {
            let (term, text) = same[0];
            starts.resize(starts.len().max(term as usize + 1), length(&postings));
            postings.push(Posting { text, count: u16::try_from(same.len()).unwrap_or(u16::MAX) });
        }
        starts.resize(vocabulary.len() + 1, length(&postings));
        Self { starts, postings, lengths }
    }

    /// The texts that hold a term, in order.
    pub(super) fn of(&self, term: Term) -> &[Posting] {
        let term = term as usize;
        &self.postings[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// How many words a text has.
    pub(super) fn length(&self, text: u32) -> f32 {
        f32::from(self.lengths[text as usize])
    }

    /// How many words a text has on average; 1 if there is none.
    pub(super) fn mean_length(&self) -> f32 {
        let all: f32 = self.lengths.iter().map(|length| f32::from(*length)).sum();
        if all > 0.0 { all / self.lengths.len() as f32 } else { 1.0 }
    }

    /// How many texts there are.
    pub(super) fn n_texts(&self) -> usize {
        self.lengths.len()
    }
}

fn length(postings: &[Posting]) -> u32 {
    u32::try_from(postings.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::word::words;
    use super::*;

    #[test]
    fn a_term_leads_to_the_texts_that_hold_it() {
        let texts = ["amber and amber", "", "the amber coast", "coast"].map(words);
        let known = &texts[..3];
        let vocabulary = Vocabulary::new(known.iter().map(|words| vec![words.as_slice()]));
        let postings = Postings::new(&vocabulary, known.iter().map(Vec::as_slice));
        let of = |stem: &str| -> Option<Vec<(u32, u16)>> {
            let postings = postings.of(vocabulary.term(stem)?);
            Some(postings.iter().map(|posting| (posting.text, posting.count)).collect())
        };
        for (stem, found) in [
            ("amber", Some(vec![(0, 2), (2, 1)])),
            ("coast", Some(vec![(2, 1)])),
            ("and", Some(vec![(0, 1)])),
            ("gull", None),
        ] {
            assert_eq!(of(stem), found, "{stem}");
        }
        assert_eq!(postings.n_texts(), 3);
        assert_eq!(postings.mean_length(), 2.0);
    }

    #[test]
    fn no_texts_have_no_postings() {
        let vocabulary = Vocabulary::new(std::iter::empty());
        let postings = Postings::new(&vocabulary, std::iter::empty());
        assert_eq!(postings.n_texts(), 0);
        assert_eq!(postings.mean_length(), 1.0);
    }
}
