//! The language of a reply: the reader's choice, else that of the question, else that of their app.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::chat::{Block, Message};
use crate::domain::Language;
use crate::text::{Script, script_of};

use super::press::Wish;
use super::reply::{Desk, rows};

/// What is known of a reader's language besides the question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preference {
    /// Chosen by `/language`.
    pub chosen: Option<Language>,
    /// What their app is set to; of who writes as a group, what is known of the group.
    pub interface: Option<Language>,
}

impl Preference {
    /// For a reply to these words.
    #[must_use]
    pub fn of_words(self, words: &str) -> Language {
        self.chosen.or_else(|| language_of(words)).unwrap_or_else(|| self.of_nothing())
    }

    /// For a reply to no words at all: a command, a press.
    #[must_use]
    pub fn of_nothing(self) -> Language {
        self.chosen.or(self.interface).unwrap_or(Language::English)
    }
}

/// The language of the last question in each group, for who writes there as the group and tells none.
#[derive(Default)]
pub(super) struct Heard {
    // Short sections, never held across an await.
    by_chat: Mutex<HashMap<i64, Language>>,
}

impl Heard {
    /// So many groups are remembered; then all are forgotten, for this is a comfort.
    const MOST: usize = 1_000;

    /// Somebody asked something there.
    pub(super) fn hear(&self, chat: i64, words: &str) {
        let Some(language) = language_of(words) else { return };
        let mut heard = self.by_chat();
        if heard.len() >= Self::MOST && !heard.contains_key(&chat) {
            heard.clear();
        }
        heard.insert(chat, language);
    }

    /// What was heard there last.
    pub(super) fn last(&self, chat: i64) -> Option<Language> {
        self.by_chat().get(&chat).copied()
    }

    fn by_chat(&self) -> MutexGuard<'_, HashMap<i64, Language>> {
        // A map of languages is whole after any panic.
        self.by_chat.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The language that words are written in, as far as their letters tell.
pub(super) fn language_of(words: &str) -> Option<Language> {
    match script_of(words) {
        Script::Cyrillic => Some(Language::Russian),
        Script::Latin => Some(Language::English),
        Script::Other => None,
    }
}

impl Desk<'_> {
    /// The choice of a language.
    pub(super) fn languages(&self) -> Message {
        let voice = self.voice;
        let choices = [
            (voice.language_english(), Some(Language::English)),
            (voice.language_russian(), Some(Language::Russian)),
            (voice.language_question(), None),
        ];
        let buttons = choices.into_iter().filter_map(|(label, choice)| self.wish(Wish::Speak(choice), label));
        Message { blocks: vec![Block::Text(voice.language_which())], actions: rows(buttons) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_question_of_a_group_counts_and_there_are_only_so_many() {
        let heard = Heard::default();
        for words in ["exercises", "учения", "2026?"] {
            heard.hear(-1, words);
        }
        assert_eq!((heard.last(-1), heard.last(-2)), (Some(Language::Russian), None));
        (0..5_000).for_each(|chat| heard.hear(chat, "exercises"));
        assert!(heard.by_chat().len() <= Heard::MOST);
    }

    #[test]
    fn the_choice_comes_first_then_the_question_then_the_app() {
        use Language::{English, Russian};
        for (chosen, interface, words, language) in [
            (None, None, "учения", Russian),
            (None, None, "exercises", English),
            (None, Some(Russian), "exercises", English),
            (None, Some(Russian), "2026?", Russian),
            (None, None, "2026?", English),
            (Some(English), Some(Russian), "учения", English),
            (Some(Russian), None, "exercises", Russian),
        ] {
            assert_eq!(Preference { chosen, interface }.of_words(words), language, "{words}");
        }
    }
}
