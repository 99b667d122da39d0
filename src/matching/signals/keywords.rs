//! The editor's keywords: words that alone should find a topic.

use super::super::material::Material;
use super::super::postings::Postings;
use super::super::query::Query;
use super::super::targets::TargetIndex;
use super::super::vocabulary::{Term, Terms, Vocabulary};
use super::super::word_list::WordId;
use super::texts::Texts;
use super::{Ratings, Signal};

/// The share of the question's weight, 0–1, that stands in keywords of the target that are there completely: a question
/// that is nothing but a keyword gets 1, one in which it is a side remark gets little.
pub(super) struct KeywordSignal {
    postings: Postings,
    /// By keyword: its topic, and how many different words it has.
    keywords: Vec<(TargetIndex, u32)>,
    texts: Texts,
}

impl KeywordSignal {
    pub(super) fn new(material: &Material<'_>, vocabulary: &Vocabulary, terms: &Terms) -> Self {
        let distinct = |words: &[WordId]| {
            let mut terms: Vec<Term> = terms.of(words).collect();
            terms.sort_unstable();
            terms.dedup();
            u32::try_from(terms.len()).unwrap_or(u32::MAX)
        };
        let keywords = &material.keywords;
        Self {
            postings: Postings::new(terms, vocabulary.len(), keywords.words.rows()),
            keywords: keywords.iter().map(|(keyword, words)| (keyword.target, distinct(words))).collect(),
            texts: Texts::new(&keywords.list),
        }
    }

    /// The places of the question's words that stand in one of its keywords: a bit for each.
    pub(super) fn places(&self, query: &Query) -> u64 {
        self.find(query).into_iter().fold(0, |all, (_, places)| all | places)
    }

    /// Whether some keyword of the target has that word.
    pub(super) fn has(&self, term: Term, target: TargetIndex) -> bool {
        self.postings.of(term).iter().any(|posting| self.keywords[posting.text() as usize].0 == target)
    }

    /// The keywords that are in the question completely, by number, each with the places of its words there.
    fn find(&self, query: &Query) -> Vec<(usize, u64)> {
        let mut met: Vec<(u32, u32, Term)> = Vec::new();
        for (place, word) in (0..u64::BITS).zip(&query.words) {
            let Some(term) = word.term else { continue };
            met.extend(self.postings.of(term).iter().map(|posting| (posting.text(), place, term)));
        }
        met.sort_unstable();
        let of_keyword = met.chunk_by(|one, other| one.0 == other.0);
        of_keyword
            .filter_map(|met| {
                let mut terms: Vec<Term> = met.iter().map(|(_, _, term)| *term).collect();
                terms.sort_unstable();
                terms.dedup();
                let keyword = met[0].0 as usize;
                let places = met.iter().fold(0, |places, (_, place, _)| places | 1 << place);
                (terms.len() == self.keywords[keyword].1 as usize).then_some((keyword, places))
            })
            .collect()
    }
}

impl Signal for KeywordSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::KEYWORD_WEIGHT
    }

    fn rate(&self, query: &Query) -> Ratings {
        let all = query.weight();
        let mut covered: Vec<(TargetIndex, u64)> =
            self.find(query).into_iter().map(|(keyword, places)| (self.keywords[keyword].0, places)).collect();
        covered.sort_unstable();
        let of_target = covered.chunk_by(|one, other| one.0 == other.0);
        of_target
            .map(|covered| {
                let places = covered.iter().fold(0, |all, (_, places)| all | places);
                let words = (0..u64::BITS).zip(&query.words).filter(|(place, _)| places >> place & 1 == 1);
                (covered[0].0, words.map(|(_, word)| word.weight).sum::<f32>() / all)
            })
            .collect()
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let own = self.find(query).into_iter().filter(|(keyword, _)| self.keywords[*keyword].0 == target);
        let texts: Vec<String> = own.map(|(keyword, _)| format!("“{}”", self.texts.of(keyword))).collect();
        (!texts.is_empty()).then(|| format!("its keyword {} is in the question", texts.join(", ")))
    }
}
