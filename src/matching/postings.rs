//! Which texts hold a term: flat arrays, four bytes a posting, one look-up a term.

use super::vocabulary::{Term, Terms};
use super::word_list::WordId;

/// A term that stands in more texts than this only adds to texts that rarer terms have found: among 10⁵ passages a
/// common word would else touch most of them, and say little of each.
const MAX_LEADING: usize = 4_096;

/// For each term the texts that hold it.
pub(super) struct Postings {
    /// By term: where its postings start; one more at the end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// By text: how many words it has.
    lengths: Vec<u16>,
    mean_length: f32,
}

/// A text that holds a term, and how many times: the text in the upper 24 bits, the count in the lower 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    const COUNT_BITS: u32 = 8;

    fn new(text: u32, count: usize) -> Self {
        Self(text << Self::COUNT_BITS | u32::try_from(count).unwrap_or(u32::MAX).min(u32::from(u8::MAX)))
    }

    pub(super) const fn text(self) -> u32 {
        self.0 >> Self::COUNT_BITS
    }

    /// 1–255.
    pub(super) const fn count(self) -> u8 {
        (self.0 & u8::MAX as u32) as u8
    }
}

impl Postings {
    /// Of the words of the texts in order.
    pub(super) fn new<'w>(terms: &Terms, n_terms: usize, texts: impl Iterator<Item = &'w [WordId]>) -> Self {
        let mut lengths = Vec::new();
        let mut places: Vec<(Term, u32)> = Vec::new();
        for (text, words) in (0_u32..).zip(texts) {
            lengths.push(u16::try_from(words.len()).unwrap_or(u16::MAX));
            places.extend(terms.of(words).map(|term| (term, text)));
        }
        let sorted = by_term(&places, n_terms);
        let mut starts = Vec::with_capacity(n_terms + 1);
        let mut postings: Vec<Posting> = Vec::with_capacity(places.len());
        for term in sorted.starts.windows(2) {
            starts.push(length(&postings));
            let texts = &sorted.texts[term[0] as usize..term[1] as usize];
            postings.extend(texts.chunk_by(|one, other| one == other).map(|same| Posting::new(same[0], same.len())));
        }
        starts.push(length(&postings));
        postings.shrink_to_fit();
        let all: f32 = lengths.iter().map(|length| f32::from(*length)).sum();
        let mean_length = if all > 0.0 { all / lengths.len() as f32 } else { 1.0 };
        Self { starts, postings, lengths, mean_length }
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
    pub(super) const fn mean_length(&self) -> f32 {
        self.mean_length
    }

    /// How many texts there are.
    pub(super) fn n_texts(&self) -> usize {
        self.lengths.len()
    }

    /// The texts that hold some of the terms, by number, each with the sum of what `add` says of its postings. `terms`
    /// are in the order of what they tell, the most telling first, each once.
    pub(super) fn sum(
        &self,
        terms: impl Iterator<Item = (Term, f32)>,
        add: impl Fn(f32, Posting) -> f32,
    ) -> Vec<(u32, f32)> {
        let mut sums = vec![0.0_f32; self.n_texts()];
        let mut found: Vec<u32> = Vec::new();
        for (term, weight) in terms {
            let postings = self.of(term);
            if postings.len() > MAX_LEADING && !found.is_empty() {
                found.sort_unstable();
                add_to_found(postings, &found, |posting| sums[posting.text() as usize] += add(weight, posting));
                continue;
            }
            for posting in postings {
                let sum = &mut sums[posting.text() as usize];
                if *sum == 0.0 {
                    found.push(posting.text());
                }
                *sum += add(weight, *posting);
            }
        }
        // Sorting many costs more than looking at all.
        if found.len() > sums.len() / 16 {
            return (0..).zip(sums).filter(|(_, sum)| *sum != 0.0).collect();
        }
        found.sort_unstable();
        found.into_iter().map(|text| (text, sums[text as usize])).collect()
    }
}

/// The texts of each term, one term after another.
struct ByTerm {
    /// By term: where its texts start; one more at the end.
    starts: Vec<u32>,
    texts: Vec<u32>,
}

/// Sorts by counting: each term's texts stay in their order.
fn by_term(places: &[(Term, u32)], n_terms: usize) -> ByTerm {
    let mut starts = vec![0_u32; n_terms + 1];
    for (term, _) in places {
        starts[*term as usize + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut texts = vec![0; places.len()];
    for (term, text) in places {
        let next = &mut next[*term as usize];
        texts[*next as usize] = *text;
        *next += 1;
    }
    ByTerm { starts, texts }
}

/// Walks two sorted lists. The postings are the longer: each search begins where the last one ended, with steps that double.
fn add_to_found(postings: &[Posting], found: &[u32], mut add: impl FnMut(Posting)) {
    let mut rest = postings;
    for text in found {
        let is_before = |posting: &Posting| posting.text() < *text;
        let mut step = 1;
        while rest.get(step).is_some_and(is_before) {
            rest = &rest[step..];
            step *= 2;
        }
        let near = &rest[..rest.len().min(step + 1)];
        rest = &rest[near.partition_point(is_before)..];
        match rest.first() {
            Some(posting) if posting.text() == *text => add(*posting),
            Some(_) => {}
            None => return,
        }
    }
}

fn length(postings: &[Posting]) -> u32 {
    u32::try_from(postings.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Vocabulary;
    use super::super::word_list::listed;
    use super::*;

    const TEXTS: [&str; 4] = ["amber and amber", "", "the amber coast", "coast"];

    /// The texts' postings; the first so many of them are known.
    fn postings(texts: &[&str], n_known: usize) -> (Vocabulary, Postings) {
        let (words, texts) = listed(texts);
        let known = || texts.rows().take(n_known);
        let (vocabulary, terms) = Vocabulary::new(&words, known().map(|text| vec![text]), known());
        let postings = Postings::new(&terms, vocabulary.len(), known());
        (vocabulary, postings)
    }

    #[test]
    fn a_term_leads_to_the_texts_that_hold_it() {
        let (vocabulary, postings) = postings(&TEXTS, 3);
        let of = |stem: &str| -> Option<Vec<(u32, u8)>> {
            let postings = postings.of(vocabulary.term(stem)?);
            Some(postings.iter().map(|posting| (posting.text(), posting.count())).collect())
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
    fn texts_are_summed_over_their_terms() {
        let (vocabulary, postings) = postings(&TEXTS, 3);
        let sum = |stems: &[&str]| {
            let terms = stems.iter().filter_map(|stem| Some((vocabulary.term(stem)?, 1.0)));
            postings.sum(terms, |weight, posting| weight * f32::from(posting.count()))
        };
        assert_eq!(sum(&["coast", "amber"]), [(0, 2.0), (2, 2.0)]);
        assert_eq!(sum(&["and"]), [(0, 1.0)]);
        assert_eq!(sum(&[]), []);
    }

    #[test]
    fn a_common_term_adds_only_to_what_is_found() {
        let n = u32::try_from(MAX_LEADING).unwrap() + 2;
        let texts: Vec<&str> = (0..n).map(|text| if text == 7 { "common rare" } else { "common" }).collect();
        let (vocabulary, postings) = postings(&texts, texts.len());
        let (rare, common) = (vocabulary.term("rare").unwrap(), vocabulary.term("common").unwrap());
        assert_eq!(postings.sum([(rare, 1.0), (common, 0.5)].into_iter(), |weight, _| weight), [(7, 1.5)]);
        assert_eq!(postings.sum([(common, 0.5)].into_iter(), |weight, _| weight).len(), MAX_LEADING + 2);
    }

    #[test]
    fn postings_are_added_to_the_found_texts_and_to_no_others() {
        let texts: [&[u32]; 4] = [&[], &[5], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], &[2, 3, 17, 40, 41, 42, 90]];
        let found: [&[u32]; 6] = [&[], &[0], &[9], &[5, 6], &[1, 3, 41, 42, 99], &[90, 91]];
        for (texts, found) in texts.iter().flat_map(|texts| found.iter().map(move |found| (texts, found))) {
            let postings: Vec<Posting> = texts.iter().map(|text| Posting::new(*text, 1)).collect();
            let mut added = Vec::new();
            add_to_found(&postings, found, |posting| added.push(posting.text()));
            let both: Vec<u32> = found.iter().copied().filter(|text| texts.contains(text)).collect();
            assert_eq!(added, both, "{texts:?} {found:?}");
        }
    }

    #[test]
    fn no_texts_have_no_postings() {
        let (_, postings) = postings(&[], 0);
        assert_eq!(postings.n_texts(), 0);
        assert_eq!(postings.mean_length(), 1.0);
    }
}
