//! Keywords that tell nothing: their words stand in what people ask about everything, or in very many passages.

use std::collections::{BTreeSet, HashMap};

use super::super::document::Section;
use super::super::values::texts_by_language;
use super::stems;
use crate::domain::{Interview, Text, Topic};

/// A keyword may stand in what is asked of this part of the other topics, and in this part of the passages. In the shipped
/// interview keywords that name something are in 13 of 47 topics at most (“plan”) and in 8 of 33 passages, while “to-do”,
/// which is in any question that holds “to” and “do”, was in 25 topics.
const MOST: f64 = 1.0 / 3.0;

/// In fewer topics or passages a keyword is not called general: of three topics, two may well share a word.
const LEAST: usize = 5;

/// Which texts hold a word.
#[derive(Default)]
struct Texts<'i> {
    /// By stem: numbers of texts, in their order.
    holding: HashMap<String, Vec<usize>>,
    /// By text: whose it is.
    owners: Vec<&'i str>,
}

/// The words of an interview's phrasings and passages.
pub(super) struct Index<'i> {
    phrasings: Texts<'i>,
    passages: Texts<'i>,
    n_topics: usize,
    n_passages: usize,
}

impl<'i> Index<'i> {
    pub(super) fn of(interview: &'i Interview) -> Self {
        let (mut phrasings, mut passages) = (Texts::default(), Texts::default());
        for topic in &interview.topics {
            topic.phrasings.iter().for_each(|(_, phrasing)| phrasings.add(topic.id.as_str(), phrasing));
        }
        for passage in interview.texts.iter().flat_map(Text::passages) {
            passages.add(passage.id.as_str(), &passage.words);
        }
        let n_passages = passages.owners.iter().collect::<BTreeSet<_>>().len();
        Self { phrasings, passages, n_topics: interview.topics.len(), n_passages }
    }

    /// Reports the keywords of a topic that nearly everything has.
    pub(super) fn check(&self, section: &Section<'_>, topic: &Topic) {
        for (_, keyword) in texts_by_language(section, "keywords") {
            let stems = stems(&keyword.value);
            let mut others = self.phrasings.owners_of(&stems);
            others.remove(topic.id.as_str());
            let n_others = self.n_topics.saturating_sub(1);
            let n_passages = self.passages.owners_of(&stems).len();
            let told = if is_general(others.len(), n_others) {
                format!("its words stand in what people ask about {} of the {n_others} other topics", others.len())
            } else if is_general(n_passages, self.n_passages) {
                format!("it stands in {n_passages} of the {} passages", self.n_passages)
            } else {
                continue;
            };
            section.file().warning(
                keyword.at,
                format!("the keyword “{}” matches nearly everything: {told}", keyword.value),
                "delete it, or write what only this topic is about; a keyword's words count in any order",
            );
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of topics and passages are far below 2^52")]
fn is_general(n: usize, of: usize) -> bool {
    n >= LEAST && n as f64 > MOST * of as f64
}

impl<'i> Texts<'i> {
    fn add(&mut self, owner: &'i str, text: &str) {
        let number = self.owners.len();
        self.owners.push(owner);
        for stem in stems(text) {
            let holding = self.holding.entry(stem).or_default();
            if holding.last() != Some(&number) {
                holding.push(number);
            }
        }
    }

    /// Whose texts hold all these words, in any order: so are keywords found in a question.
    fn owners_of(&self, stems: &[String]) -> BTreeSet<&'i str> {
        let mut holding = stems.iter().map(|stem| self.holding.get(stem).map_or(&[][..], Vec::as_slice));
        let Some(first) = holding.next() else { return BTreeSet::new() };
        let all = holding.fold(first.to_vec(), |mut all, next| {
            all.retain(|text| next.binary_search(text).is_ok());
            all
        });
        all.into_iter().map(|text| self.owners[text]).collect()
    }
}
