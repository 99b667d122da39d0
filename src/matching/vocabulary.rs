//! The words the knowledge knows: how much each tells about what is asked, and how they are spelled.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::SynonymWeight;
use crate::text::zipf;

use super::kin::Kin;
use super::neighbours::{Beside, Neighbours};
use super::spellings::{Candidate, Spellings};
use super::word::{Word, WordKind};
use super::word_list::{ListedWord, WordId, WordList};

/// A known stem, by its number.
pub(super) type Term = u32;

/// From this Zipf frequency down a word counts in full: about "military" or "граница".
const TELLING_ZIPF: f32 = 5.0;

/// From this Zipf frequency up a word counts nothing; "the" is at 7.7.
const EMPTY_ZIPF: f32 = 7.5;

/// What a word counts that the whole interview is about: enough to prefer a passage that has it over an equal one.
const PERVASIVE_WEIGHT: f32 = 0.05;

/// The known words.
pub(super) struct Vocabulary {
    terms: FxHashMap<Arc<str>, Term>,
    /// By term: how much it tells, 0–1.
    weights: Vec<f32>,
    spellings: Spellings,
    neighbours: Neighbours,
    kin: Kin,
}

/// How often a word is held to have stood beside any other: a pair nobody wrote yet is not impossible.
const UNSEEN: f32 = 0.1;

/// What a slip in the first letter takes from the logarithm of how likely a word is meant: it is rarer than others.
const OTHER_INITIAL: f32 = 1.0;

/// The terms of listed words: needed while the texts are indexed, and no longer.
pub(super) struct Terms {
    /// By word; `None` of one that no group has.
    by_word: Vec<Option<Term>>,
}

impl Terms {
    /// The terms of a text in order.
    pub(super) fn of(&self, text: &[WordId]) -> impl Iterator<Item = Term> {
        text.iter().filter_map(|word| self.by_word[*word as usize])
    }
}

impl Vocabulary {
    /// Reads the words of all groups of texts (what belongs to one target is one group): a word that stands in few
    /// groups tells more than one that stands in many. What stands beside what is read from the phrasings.
    pub(super) fn new<'w>(
        words: &WordList,
        groups: impl Iterator<Item = Vec<&'w [WordId]>>,
        phrased: impl Iterator<Item = &'w [WordId]>,
    ) -> (Self, Terms) {
        let mut terms: FxHashMap<Arc<str>, Term> = FxHashMap::default();
        let mut counts: Vec<Count> = Vec::new();
        let mut by_word = vec![None; words.words().len()];
        let mut n_seen = vec![0; words.words().len()];
        let mut n_groups = 0_u32;
        for group in groups {
            n_groups += 1;
            for word in group.into_iter().flatten() {
                let listed = &words.words()[*word as usize];
                let term = *by_word[*word as usize].get_or_insert_with(|| {
                    let next = Term::try_from(counts.len()).unwrap_or(Term::MAX);
                    let term = *terms.entry(Arc::clone(&listed.word.stem)).or_insert(next);
                    if term == next {
                        counts.push(Count::default());
                    }
                    counts[term as usize].see_form(listed);
                    term
                });
                counts[term as usize].see(n_groups);
                n_seen[*word as usize] += 1;
            }
        }
        let weights = counts.iter().map(|count| count.weight(n_groups)).collect();
        let seen = words.words().iter().zip(&by_word).zip(n_seen);
        let spellings =
            Spellings::new(seen.filter_map(|((listed, term), count)| Some((&*listed.word.text, (*term)?, count))));
        let in_order = Terms { by_word };
        let neighbours = Neighbours::new(counts.len(), phrased.map(|text| in_order.of(text)));
        let kin = Kin::new(terms.iter().map(|(stem, term)| (stem, *term)));
        (Self { terms, weights, spellings, neighbours, kin }, in_order)
    }

    /// The term of a stem, if it is known.
    pub(super) fn term(&self, stem: &str) -> Option<Term> {
        self.terms.get(stem).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// How much a known term tells, 0–1.
    pub(super) fn weight(&self, term: Term) -> f32 {
        self.weights[term as usize]
    }

    /// How much a word tells, 0–1. An unknown word counts as one that stands in no group: a question about what the
    /// interview never names must not look like one it answers.
    pub(super) fn weight_of(&self, word: &Word) -> f32 {
        match self.term(&word.stem) {
            Some(term) => self.weight(term),
            None if word.is_pervasive() => PERVASIVE_WEIGHT,
            None => damping(zipf(&word.text)),
        }
    }

    /// The known terms of a word's family, see [`Kin`]; not its own.
    pub(super) fn kin(&self, stem: &str) -> impl Iterator<Item = Term> {
        self.kin.of(stem)
    }

    /// The known spellings that a misspelled word may mean.
    pub(super) fn candidates(&self, word: &str) -> Vec<Candidate<'_>> {
        self.spellings.candidates(word)
    }

    /// Which of them a word most likely means that stands there: the fewest slips win, then what stood beside its
    /// neighbours more often, then what stands more often; then the alphabet.
    pub(super) fn likeliest<'s>(&self, candidates: &[Candidate<'s>], beside: Beside) -> Option<&'s str> {
        let rated = candidates.iter().map(|one| (one, self.likelihood(one, beside)));
        let best = rated.min_by(|(one, likely), (other, as_likely)| {
            let fewest = one.n_edits.cmp(&other.n_edits);
            let likeliest = fewest.then(as_likely.total_cmp(likely)).then(other.count.cmp(&one.count));
            likeliest.then(one.spelling.cmp(other.spelling))
        });
        best.map(|(one, _)| one.spelling)
    }

    /// The logarithm of how likely a spelling is meant, but for a constant.
    fn likelihood(&self, one: &Candidate<'_>, Beside { before, after }: Beside) -> f32 {
        let side = |stood: Option<usize>| stood.map_or(one.count as f32, |stood| stood as f32 + UNSEEN).ln();
        let behind = side(before.map(|before| self.neighbours.count(before, one.term)));
        let ahead = side(after.map(|after| self.neighbours.count(one.term, after)));
        behind + ahead - if one.begins_alike { 0.0 } else { OTHER_INITIAL }
    }
}

/// How much a word of that Zipf frequency can tell, 0–1; a word that no list knows tells in full.
fn damping(zipf: Option<f32>) -> f32 {
    zipf.map_or(1.0, |zipf| ((EMPTY_ZIPF - zipf) / (EMPTY_ZIPF - TELLING_ZIPF)).clamp(0.0, 1.0))
}

/// Where a term was seen.
#[derive(Default)]
struct Count {
    n_groups: u32,
    last_group: u32,
    /// Of its commonest form.
    zipf: Option<f32>,
    pervasive: bool,
}

impl Count {
    fn see_form(&mut self, listed: &ListedWord) {
        self.pervasive |= listed.word.kind == WordKind::Synonym(SynonymWeight::Pervasive);
        self.zipf = if listed.zipf > self.zipf { listed.zipf } else { self.zipf };
    }

    fn see(&mut self, group: u32) {
        if self.last_group != group {
            self.last_group = group;
            self.n_groups += 1;
        }
    }

    fn weight(&self, n_groups: u32) -> f32 {
        if self.pervasive {
            return PERVASIVE_WEIGHT;
        }
        let all = n_groups as f32;
        let rarity = (1.0 + all / self.n_groups as f32).ln() / (1.0 + all).ln();
        rarity * damping(self.zipf)
    }
}

#[cfg(test)]
mod tests {
    use super::super::word_list::listed;
    use super::*;

    fn vocabulary() -> Vocabulary {
        let (words, texts) =
            listed(&["exercises in belarus", "the border in winter", "in the artificial night", "the border"]);
        Vocabulary::new(&words, texts.rows().map(|text| vec![text]), texts.rows()).0
    }

    #[test]
    fn a_word_tells_more_the_rarer_it_is() {
        let vocabulary = vocabulary();
        let weight = |word: &str| vocabulary.weight_of(&Word::plain(word.to_owned()));
        for (more, less) in [("belarus", "border"), ("border", "the"), ("qwxzt", "border"), ("telescope", "with")] {
            assert!(weight(more) > weight(less), "{more} {less}");
        }
        for word in ["belarus", "the", "qwxzt", "with"] {
            assert!((0.0..=1.0).contains(&weight(word)), "{word}");
        }
    }

    #[test]
    fn a_misspelled_word_means_what_stood_beside_its_neighbours() {
        let (words, texts) = listed(&[
            "what is the border",
            "what is artificial",
            "what about winter",
            "they want to sail",
            "when is winter",
            "the boarder of the house",
        ]);
        let (vocabulary, _) = Vocabulary::new(&words, texts.rows().map(|text| vec![text]), texts.rows());
        let term = |word: &str| vocabulary.term(&Word::plain(word.to_owned()).stem);
        for (before, typed, after, meant) in [
            ("they", "wnat", "to", Some("want")),
            ("", "wnat", "is", Some("what")),
            ("", "wnat", "to", Some("want")),
            ("", "wnat", "", Some("what")),
            ("", "whn", "is", None),
            ("sail", "wnat", "border", Some("what")),
            ("the", "borderr", "", Some("border")),
            ("the", "boarderr", "of", Some("boarder")),
            ("", "xyz", "is", None),
        ] {
            let beside = Beside { before: term(before), after: term(after) };
            let candidates = vocabulary.candidates(typed);
            assert_eq!(vocabulary.likeliest(&candidates, beside), meant, "{before} {typed} {after}");
        }
    }
}
