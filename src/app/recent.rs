//! The topic of the last answer to each person, for a question that leans on it: "and when is it?".
//!
//! It lives in memory, for minutes, and holds no words of anybody.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{ChatRef, Key, UserRef};

/// So long a topic is what "it" means.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// So many people are remembered; when there are more, all are forgotten, for this is a comfort.
const MOST: usize = 10_000;

/// Who asked where. In a group "it" is what the same person asked about.
pub(super) type Asker = (ChatRef, Option<UserRef>);

/// The topics that people were last answered with.
#[derive(Default)]
pub(super) struct Recent {
    // Short sections, never held across an await.
    by_asker: Mutex<HashMap<Asker, (Key, Timestamp)>>,
}

impl Recent {
    /// Somebody was answered, with that topic or with none.
    pub(super) fn answered(&self, asker: Asker, topic: Option<Key>, now: Timestamp) {
        let mut by_asker = self.by_asker();
        let Some(topic) = topic else {
            by_asker.remove(&asker);
            return;
        };
        if by_asker.len() >= MOST {
            by_asker.retain(|_, (_, at)| lasts(*at, now));
            if by_asker.len() >= MOST {
                by_asker.clear();
            }
        }
        by_asker.insert(asker, (topic, now));
    }

    /// The topic that somebody was answered with last, if that is not long ago.
    pub(super) fn topic(&self, asker: Asker, now: Timestamp) -> Option<Key> {
        let mut by_asker = self.by_asker();
        let (topic, at) = by_asker.get(&asker)?;
        if lasts(*at, now) {
            return Some(topic.clone());
        }
        by_asker.remove(&asker);
        None
    }

    fn by_asker(&self) -> MutexGuard<'_, HashMap<Asker, (Key, Timestamp)>> {
        // A map of topics is whole after any panic.
        self.by_asker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lasts(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) <= LASTS
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Timestamp = Timestamp::UNIX_EPOCH;

    fn asker(chat: i64, user: i64) -> Asker {
        (ChatRef { id: chat, thread: None }, Some(UserRef(user)))
    }

    fn key(name: &str) -> Option<Key> {
        Some(Key::parse(name).unwrap())
    }

    #[test]
    fn a_topic_is_remembered_for_minutes_and_for_who_asked() {
        let recent = Recent::default();
        recent.answered(asker(-1, 1), key("abcdefgh23"), THEN);
        recent.answered(asker(-1, 2), key("zbcdefgh23"), THEN);
        assert_eq!(recent.topic(asker(-1, 1), THEN + LASTS), key("abcdefgh23"));
        assert_eq!(recent.topic(asker(-1, 3), THEN), None);
        assert_eq!(recent.topic(asker(-1, 1), THEN + LASTS + SignedDuration::from_secs(1)), None);
        assert_eq!(recent.topic(asker(-1, 1), THEN), None, "it is gone, not hidden");
    }

    #[test]
    fn an_answer_without_a_topic_ends_it() {
        let recent = Recent::default();
        recent.answered(asker(1, 1), key("abcdefgh23"), THEN);
        recent.answered(asker(1, 1), None, THEN);
        assert_eq!(recent.topic(asker(1, 1), THEN), None);
    }

    #[test]
    fn the_memory_does_not_grow_beyond_its_bound() {
        let recent = Recent::default();
        for user in 0..=i64::try_from(2 * MOST).unwrap() {
            recent.answered(asker(1, user), key("abcdefgh23"), THEN);
        }
        assert!(recent.by_asker().len() <= MOST);
    }
}
