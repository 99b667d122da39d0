//! What was replied instead of what: the mistakes of one kind together, the most frequent kind first.

use std::collections::BTreeMap;

use super::{Grade, Judged};
use crate::domain::{Expected, PassageName};

/// Mistakes of one kind.
#[derive(Debug, Clone)]
pub struct Confusion<'j, 's> {
    /// The passages that would have been right; empty where nothing answers.
    pub expected: Vec<PassageName>,
    /// What was replied instead.
    pub instead: Instead,
    /// The questions to which it happened, in the order of the file; never empty.
    pub questions: Vec<&'j Judged<'s>>,
}

/// A reply that was not right: the worst kind first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instead {
    /// This passage was quoted.
    Quoted(PassageName),
    /// Passages were offered, none of them right, this one first.
    Offered(PassageName),
    /// It was said that nothing was found, or small talk was heard.
    Nothing,
}

/// The mistakes, kind by kind: the most frequent kinds first, of those the worse ones, then by name of the passages.
///
/// A right passage among those offered is none, and small talk is left out: it has no passages to confuse.
#[must_use]
pub fn confusions<'j, 's>(judged: &'j [Judged<'s>]) -> Vec<Confusion<'j, 's>> {
    let mut kinds: BTreeMap<(Instead, Vec<PassageName>), Vec<&Judged<'_>>> = BTreeMap::new();
    for one in judged {
        let Some(instead) = instead(one) else { continue };
        kinds.entry((instead, expected(one))).or_default().push(one);
    }
    let kinds = kinds.into_iter();
    let mut confusions: Vec<_> =
        kinds.map(|((instead, expected), questions)| Confusion { expected, instead, questions }).collect();
    // The sort is stable: kinds of one frequency stay in the order of their keys.
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.questions.len()));
    confusions
}

fn instead(judged: &Judged<'_>) -> Option<Instead> {
    let first = judged.replied.first().cloned();
    match judged.grade {
        Grade::WrongQuote | Grade::Quoted => first.map(Instead::Quoted),
        Grade::WrongChoice | Grade::Offered => first.map(Instead::Offered),
        Grade::Missed => Some(Instead::Nothing),
        Grade::RightQuote | Grade::RightChoice | Grade::Refused | Grade::Chatted | Grade::NotChatted => None,
    }
}

fn expected(judged: &Judged<'_>) -> Vec<PassageName> {
    match &judged.judgment.expected {
        Expected::Quote { passages, .. } => passages.iter().map(|passage| judged.interview.name_of(passage)).collect(),
        Expected::NotCovered | Expected::NotCoveredOrChat | Expected::Chat => Vec::new(),
    }
}
