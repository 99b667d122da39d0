//! The topic of the last answer in each chat, for a question that leans on it: "and when is it?".
//!
//! It lives in memory, for minutes, and holds no words of anybody.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{ChatRef, Key};

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
