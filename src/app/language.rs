//! The language of a reply: the reader's choice, else that of the question, else that of their app.

use crate::domain::Language;
use crate::text::{Script, script_of};

/// What is known of a reader's language besides the question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preference {
    /// Chosen by `/language`.
    pub chosen: Option<Language>,
    /// What their app is set to.
    pub interface: Option<Language>,
}

impl Preference {
    /// For a reply to these words.
    #[must_use]
    pub fn of_words(self, words: &str) -> Language {
        self.chosen.unwrap_or_else(|| match script_of(words) {
            Script::Cyrillic => Language::Russian,
            Script::Latin => Language::English,
            Script::Other => self.of_nothing(),
        })
    }

    /// For a reply to no words at all: a command, a press.
    #[must_use]
    pub fn of_nothing(self) -> Language {
        self.chosen.or(self.interface).unwrap_or(Language::English)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
