//! The topic of the last answer in each chat, for a question that leans on it: "and when is it?".
//!
//! It lives in memory, for minutes, and holds no words of anybody.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{ChatRef, Key};
use crate::text;

/// So long a topic is what "it" means.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// So many chats are remembered; then those are forgotten whose time is over, or all if none is.
const MOST: usize = 10_000;

/// The topics that chats were last answered with.
#[derive(Default)]
pub(super) struct Recent {
    // Short sections, never held across an await.
    by_chat: Mutex<HashMap<ChatRef, (Key, Timestamp)>>,
}

impl Recent {
    /// A topic was answered there.
    pub(super) fn answered(&self, chat: ChatRef, topic: Key, now: Timestamp) {
        let mut by_chat = self.by_chat();
        if by_chat.len() >= MOST && !by_chat.contains_key(&chat) {
            by_chat.retain(|_, (_, at)| lasts(*at, now));
            if by_chat.len() >= MOST {
                by_chat.clear();
            }
        }
        by_chat.insert(chat, (topic, now));
    }

    /// The topic that was last answered there, if that is not long ago.
    pub(super) fn topic(&self, chat: ChatRef, now: Timestamp) -> Option<Key> {
        let by_chat = self.by_chat();
        let (topic, at) = by_chat.get(&chat)?;
        lasts(*at, now).then(|| topic.clone())
    }

    fn by_chat(&self) -> MutexGuard<'_, HashMap<ChatRef, (Key, Timestamp)>> {
        // A map of topics is whole after any panic.
        self.by_chat.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lasts(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) <= LASTS
}

/// How a question leans on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaning {
    /// It names nothing of its own: "and when is it?".
    Wholly,
    /// It points at something and asks more: "does he say what it costs?".
    Partly,
}

/// A longer question stands by itself.
const MAX_WORDS: usize = 8;

/// How a question leans on the one before it, if it does.
pub(super) fn leaning(question: &str) -> Option<Leaning> {
    let tokens = text::tokens(question);
    let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    let first = words.first()?;
    if words.len() > MAX_WORDS {
        return None;
    }
    let asks = words.iter().any(|word| ASKING.contains(word));
    let points = words.iter().any(|word| POINTING.contains(word));
    let goes_on = GOING_ON.contains(first) && words.len() > 1;
    let names_nothing =
        words.iter().all(|word| [ASKING, POINTING, GOING_ON, FILLING].iter().any(|list| list.contains(word)));
    if names_nothing && asks {
        return Some(Leaning::Wholly);
    }
    (points || goes_on).then_some(Leaning::Partly)
}

/// Words that ask for something.
const ASKING: &[&str] = &[
    "when",
    "where",
    "why",
    "who",
    "whom",
    "how",
    "which",
    "whose",
    "when's",
    "where's",
    "who's",
    "why's",
    "how's",
    "когда",
    "где",
    "куда",
    "откуда",
    "почему",
    "зачем",
    "кто",
    "кого",
    "кому",
    "кем",
    "сколько",
    "как",
    "какой",
    "какая",
    "какие",
    "чей",
    "во",
    "каком",
    "какого",
    "каких",
];

/// Words that point at what was spoken of. Not "he" and "his": that is the speaker.
const POINTING: &[&str] = &[
    "it",
    "its",
    "it's",
    "this",
    "that",
    "these",
    "those",
    "there",
    "they",
    "them",
    "their",
    "then",
    "that's",
    "это",
    "этого",
    "этому",
    "этом",
    "этим",
    "этот",
    "эта",
    "эти",
    "этих",
    "там",
    "туда",
    "оттуда",
    "тогда",
    "они",
    "их",
    "им",
    "ими",
    "них",
    "нее",
    "ней",
    "оно",
    "об",
];

/// What a question begins with that goes on from another.
const GOING_ON: &[&str] = &["and", "but", "so", "also", "а", "и", "но", "ну", "еще", "тогда"];

/// Words without which such a question would mean the same.
const FILLING: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "will",
    "would",
    "be",
    "been",
    "does",
    "do",
    "did",
    "has",
    "have",
    "the",
    "a",
    "of",
    "exactly",
    "many",
    "much",
    "long",
    "often",
    "far",
    "happen",
    "happening",
    "held",
    "take",
    "takes",
    "place",
    "going",
    "on",
    "in",
    "to",
    "planned",
    "же",
    "ли",
    "будет",
    "будут",
    "было",
    "были",
    "есть",
    "именно",
    "точно",
    "пройдет",
    "пройдут",
    "проходит",
    "проходят",
    "происходит",
    "состоится",
    "состоятся",
    "в",
    "на",
    "году",
    "месяце",
    "городе",
    "стране",
    "долго",
    "часто",
    "много",
    "так",
    "да",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(id: i64) -> ChatRef {
        ChatRef { id, thread: None }
    }

    fn key(name: &str) -> Key {
        Key::parse(name).unwrap()
    }

    #[test]
    fn questions_that_lean_are_told_from_those_that_stand() {
        use Leaning::{Partly, Wholly};
        for (question, wanted) in [
            ("and when is it?", Some(Wholly)),
            ("а где?", Some(Wholly)),
            ("Where will they take place?", Some(Wholly)),
            ("when exactly", Some(Wholly)),
            ("Сколько их?", Some(Wholly)),
            ("а когда это будет", Some(Wholly)),
            ("and what about Iran?", Some(Partly)),
            ("а кто за это платит?", Some(Partly)),
            ("does he say what it costs", Some(Partly)),
            ("When are the exercises in Belarus?", None),
            ("Какие учения будут в Беларуси?", None),
            ("hello", None),
            ("and", None),
            ("Masadykov", None),
            ("", None),
            ("can you tell me in detail what he thinks it costs", None),
        ] {
            assert_eq!(leaning(question), wanted, "{question}");
        }
    }

    #[test]
    fn a_topic_is_remembered_for_minutes_and_by_chat() {
        let recent = Recent::default();
        let then = Timestamp::UNIX_EPOCH;
        recent.answered(chat(1), key("abcdefgh23"), then);
        recent.answered(chat(2), key("zbcdefgh23"), then);
        assert_eq!(recent.topic(chat(1), then + LASTS), Some(key("abcdefgh23")));
        assert_eq!(recent.topic(chat(1), then + LASTS + SignedDuration::from_secs(1)), None);
        assert_eq!(recent.topic(chat(3), then), None);
    }

    #[test]
    fn the_memory_does_not_grow_beyond_its_bound() {
        let recent = Recent::default();
        for id in 0..=i64::try_from(2 * MOST).unwrap() {
            recent.answered(chat(id), key("abcdefgh23"), Timestamp::UNIX_EPOCH);
        }
        assert!(recent.by_chat().len() <= MOST);
    }
}
