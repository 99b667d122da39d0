//! The same question again: what was just answered in a group stands there, a few messages up.
//!
//! It lives in memory, for a minute, and holds no words of anybody: a number made of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{ChatRef, Key};
use crate::text;

/// So long an answer is not given again.
const LASTS: SignedDuration = SignedDuration::from_secs(60);

/// So many questions are remembered; when there are more, all are forgotten, for this is a comfort.
const MOST: usize = 10_000;

/// What was asked in groups of late.
#[derive(Default)]
pub(in crate::app) struct Repeats {
    // Short sections, never held across an await.
    asked: Mutex<HashMap<(ChatRef, u64), Timestamp>>,
}

impl Repeats {
    /// Whether the same was asked there less than a minute ago; if not, it counts as asked. `topic`: what the words lean
    /// on, if they do. In another forum topic it is another question: nobody there has seen the answer.
    pub(in crate::app) fn is_again(&self, chat: ChatRef, words: &str, topic: Option<&Key>, now: Timestamp) -> bool {
        let lasts = |at: Timestamp| now.duration_since(at).abs() <= LASTS;
        let question = (chat, number_of(words, topic));
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.get(&question).is_some_and(|at| lasts(*at)) {
            return true;
        }
        if asked.len() >= MOST {
            asked.retain(|_, at| lasts(*at));
            if asked.len() >= MOST {
                asked.clear();
            }
        }
        asked.insert(question, now);
        false
    }
}

/// Case, punctuation and spaces make no other question.
fn number_of(words: &str, topic: Option<&Key>) -> u64 {
    let mut hasher = DefaultHasher::new();
    text::tokens(words).into_iter().for_each(|token| token.word.hash(&mut hasher));
    topic.map(Key::as_str).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: ChatRef = ChatRef { id: -1, thread: None };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn key(name: &str) -> Key {
        Key::parse(name).unwrap()
    }

    #[test]
    fn the_same_question_is_the_same_for_a_minute() {
        for words in ["what exercises?", "What  exercises", "WHAT EXERCISES!"] {
            let repeats = Repeats::default();
            assert!(!repeats.is_again(HERE, "what exercises?", None, at(0)));
            assert!(repeats.is_again(HERE, words, None, at(60)), "{words}");
            assert!(!repeats.is_again(HERE, words, None, at(61)), "{words}");
            assert!(repeats.is_again(HERE, words, None, at(121)), "{words}");
        }
    }

    #[test]
    fn another_question_is_answered() {
        let repeats = Repeats::default();
        let (one, other) = (key("abcdefgh23"), key("zbcdefgh23"));
        assert!(!repeats.is_again(HERE, "and when?", Some(&one), at(0)));
        for (chat, words, topic) in [
            (HERE, "and where?", Some(&one)),
            (HERE, "and when?", Some(&other)),
            (HERE, "and when?", None),
            (ChatRef { id: -2, thread: None }, "and when?", Some(&one)),
            (ChatRef { id: -1, thread: Some(4) }, "and when?", Some(&one)),
        ] {
            assert!(!repeats.is_again(chat, words, topic, at(1)), "{words} {topic:?}");
        }
        assert!(repeats.is_again(HERE, "and when?", Some(&one), at(2)));
    }

    #[test]
    fn the_memory_does_not_grow_beyond_its_bound() {
        let repeats = Repeats::default();
        for n in 0..2 * MOST {
            repeats.is_again(HERE, &n.to_string(), None, at(0));
        }
        assert!(repeats.asked.lock().unwrap().len() <= MOST);
    }
}
