//! A passage as it was shown, as buttons carry it: so that a way back leads to the same words and the same topics.

use crate::domain::Key;

use super::cut::Run;

/// A passage as it was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Which passage.
    pub(super) passage: Key,
    /// The topic it was found by, if that decides what stands under it.
    pub(super) topic: Option<Key>,
    /// Which sentences of it, if not all. A passage whose words have changed has another key: numbers are enough.
    pub(super) run: Option<Run>,
}

impl Shown {
    /// The passage by itself.
    pub(super) const fn whole(passage: Key) -> Self {
        Self { passage, topic: None, run: None }
    }

    /// `passage`, then `.topic` and `.first-last` where they are.
    pub(super) fn code(&self) -> String {
        let topic = self.topic.as_ref().map(|topic| format!(".{topic}")).unwrap_or_default();
        let run = self.run.map(|run| format!(".{}-{}", run.first, run.last)).unwrap_or_default();
        format!("{}{topic}{run}", self.passage)
    }

    /// `None` for what [`Shown::code`] does not make.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let Some((passage, rest)) = code.split_once('.') else { return Some(Self::whole(Key::parse(code)?)) };
        let (topic, run) = match rest.split_once('.') {
            Some((topic, run)) => (Some(Key::parse(topic)?), Some(parse_run(run)?)),
            None if rest.contains('-') => (None, Some(parse_run(rest)?)),
            None => (Some(Key::parse(rest)?), None),
        };
        Some(Self { passage: Key::parse(passage)?, topic, run })
    }
}

fn parse_run(code: &str) -> Option<Run> {
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    let (first, last) = code.split_once('-')?;
    Some(Run { first: number(first)?, last: number(last)? })
}
