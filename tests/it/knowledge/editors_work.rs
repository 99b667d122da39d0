//! The editor's work on the shipped interview: enough of it, reaching every passage, and not learned from the exam.

use std::collections::BTreeMap;

use onrecord::domain::{Expected, Language, PassageKind};
use onrecord::knowledge::{Files, load};

/// Every passage must be reached by a topic with this many phrasings in each language.
const MIN_PHRASINGS: usize = 8;

/// So many unanswered questions each language needs.
const MIN_OUTSIDE: usize = 40;

/// A phrasing this like a labelled question was learned from it, and the question then measures nothing.
const TOO_LIKE: f64 = 0.9;

#[test]
fn every_quotable_passage_is_reached_in_both_languages() {
    let corpus = load(&Files::embedded()).corpus.unwrap();
    let interview = &corpus.interviews[0];
    for passage in interview.texts[0].passages().filter(|passage| passage.kind == PassageKind::Quotable) {
        let reached = interview.topics.iter().any(|topic| {
            let n_phrasings = |language| topic.phrasings.iter().filter(|(of, _)| *of == language).count();
            topic.passages.contains(&passage.id) && Language::ALL.into_iter().all(|of| n_phrasings(of) >= MIN_PHRASINGS)
        });
        assert!(reached, "no topic with {MIN_PHRASINGS} phrasings in each language reaches {}", passage.id);
    }
}

#[test]
fn there_are_enough_questions_that_it_does_not_answer() {
    let corpus = load(&Files::embedded()).corpus.unwrap();
    let mut n_phrasings: BTreeMap<Language, usize> = BTreeMap::new();
    for (language, _) in corpus.interviews[0].outside.iter().flat_map(|outside| &outside.phrasings) {
        *n_phrasings.entry(*language).or_default() += 1;
    }
    for language in Language::ALL {
        assert!(n_phrasings.get(&language).is_some_and(|n| *n >= MIN_OUTSIDE), "{language}: {n_phrasings:?}");
    }
}

#[test]
fn no_phrasing_is_a_labelled_question() {
    let corpus = load(&Files::embedded()).corpus.unwrap();
    let interview = &corpus.interviews[0];
    let topics = interview.topics.iter().flat_map(|topic| &topic.phrasings);
    let outside = interview.outside.iter().flat_map(|outside| &outside.phrasings);
    let judged: Vec<Plain> = interview.judgments.iter().map(|judgment| Plain::new(&judgment.question)).collect();
    assert!(judged.len() >= 300, "there is something to compare with");
    for (_, phrasing) in topics.chain(outside) {
        let phrasing = Plain::new(phrasing);
        for question in judged.iter().filter(|question| phrasing.may_be_like(question)) {
            let likeness = strsim::normalized_levenshtein(&phrasing.text, &question.text);
            assert!(likeness < TOO_LIKE, "“{}” is {likeness:.2} like the labelled “{}”", phrasing.text, question.text);
        }
    }
}

/// A text in lower case, and how often each letter stands in it.
struct Plain {
    text: String,
    n_chars: usize,
    letters: [usize; 64],
}

impl Plain {
    fn new(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut letters = [0; 64];
        text.chars().for_each(|c| letters[c as usize % 64] += 1);
        Self { n_chars: text.chars().count(), letters, text }
    }

    /// Each letter that one has more often than the other is a slip of its own; more than a tenth of them is too many.
    fn may_be_like(&self, other: &Self) -> bool {
        let more = |one: &Self, other: &Self| -> usize {
            one.letters.iter().zip(other.letters).map(|(one, other)| one.saturating_sub(other)).sum()
        };
        let n_slips = more(self, other).max(more(other, self));
        n_slips * 10 <= self.n_chars.max(other.n_chars)
    }
}

#[test]
fn what_a_labelled_question_expects_stands_in_the_text() {
    let corpus = load(&Files::embedded()).corpus.unwrap();
    let interview = &corpus.interviews[0];
    for judgment in &interview.judgments {
        let Expected::Quote { passages, phrase } = &judgment.expected else { continue };
        let words = passages.iter().map(|id| &interview.texts[0].passage(id).unwrap().1.words);
        assert!(words.clone().any(|words| words.contains(phrase.as_str())), "{}: {phrase}", judgment.id);
    }
}
