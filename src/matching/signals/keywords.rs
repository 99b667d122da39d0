//! The editor's keywords: words that alone should find a topic.

use super::super::material::Material;
use super::super::postings::Postings;
use super::super::query::Query;
use super::super::targets::TargetIndex;
use super::super::vocabulary::Vocabulary;
use super::Signal;

/// The share of the question's weight, 0–1, that stands in keywords of the target that are there completely: a question
/// that is nothing but a keyword gets 1, one in which it is a side remark gets little.
pub(super) struct KeywordSignal {
    postings: Postings,
    /// By keyword: its topic, and how many different words it has.
    keywords: Vec<(TargetIndex, u32)>,
    texts: Vec<String>,
    n_targets: usize,
}

impl KeywordSignal {
    pub(super) fn new(material: &Material, vocabulary: &Vocabulary) -> Self {
        let distinct = |keyword: &super::super::material::Phrasing| {
            let mut stems: Vec<&str> = keyword.words.iter().map(|word| &*word.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            u32::try_from(stems.len()).unwrap_or(u32::MAX)
        };
        Self {
            postings: Postings::new(vocabulary, material.keywords.iter().map(|k| k.words.as_slice())),
            keywords: material.keywords.iter().map(|k| (k.target, distinct(k))).collect(),
            texts: material.keywords.iter().map(|k| k.text.clone()).collect(),
            n_targets: material.targets.list.len(),
        }
    }

    /// The keywords that are in the question completely, and for each target which of the question's words they cover.
    fn find(&self, query: &Query) -> (Vec<usize>, Vec<u64>) {
        let mut n_found = vec![0_u32; self.keywords.len()];
        let mut places = vec![0_u64; self.keywords.len()];
        for (place, word) in query.words.iter().enumerate().take(u64::BITS as usize) {
            let Some(term) = word.term else { continue };
            let is_repeated = query.words[..place].iter().any(|before| before.term == word.term);
            for posting in self.postings.of(term) {
                places[posting.text as usize] |= 1 << place;
                n_found[posting.text as usize] += u32::from(!is_repeated);
            }
        }
        let mut covered = vec![0_u64; self.n_targets];
        let mut complete = Vec::new();
        for (keyword, (target, n_words)) in self.keywords.iter().enumerate() {
            if n_found[keyword] == *n_words && *n_words > 0 {
                covered[*target as usize] |= places[keyword];
                complete.push(keyword);
            }
        }
        (complete, covered)
    }
}

impl Signal for KeywordSignal {
    fn weight(&self) -> f32 {
        super::super::thresholds::KEYWORD_WEIGHT
    }

    fn rate(&self, query: &Query, ratings: &mut [f32]) {
        let all = query.weight();
        let (_, covered) = self.find(query);
        for (rating, covered) in ratings.iter_mut().zip(covered) {
            let places = query.words.iter().enumerate().take(u64::BITS as usize);
            let found: f32 = places.filter(|(place, _)| covered >> place & 1 == 1).map(|(_, word)| word.weight).sum();
            *rating = found / all;
        }
    }

    fn reason(&self, query: &Query, target: TargetIndex) -> Option<String> {
        let (complete, _) = self.find(query);
        let own = complete.into_iter().filter(|keyword| self.keywords[*keyword].0 == target);
        let texts: Vec<String> = own.map(|keyword| format!("“{}”", self.texts[keyword])).collect();
        (!texts.is_empty()).then(|| format!("its keyword {} is in the question", texts.join(", ")))
    }
}
