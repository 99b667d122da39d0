//! Whether a message is in a language that there is a text of.

use crate::domain::Language;
use crate::text::{Script, script_of, zipf};

use super::index::{Index, UNKNOWN};
use super::message::Message;

/// With fewer words than this only the letters tell the language: a short quote may be all names.
const FEW: usize = 5;

/// What was found out about the language of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// There is a text in it.
    Held,
    /// There is none. Which it is, if it is one the bot speaks.
    Foreign(Option<Language>),
}

/// By letters, and where several languages share them, by how many of the words are known.
pub(super) fn tongue(index: &Index, message: &Message<'_>) -> Tongue {
    let is_word = |key: &&str| key.starts_with(char::is_alphabetic);
    let words: Vec<&str> = message.words.iter().map(|word| word.key.as_str()).filter(is_word).collect();
    let language = match script_of(&words.concat()) {
        Script::Latin => Language::English,
        Script::Cyrillic => Language::Russian,
        Script::Other if words.is_empty() => return Tongue::Held,
        Script::Other => return Tongue::Foreign(None),
    };
    let is_known = |word: &&&str| zipf(word).is_some() || index.id_of(word) != UNKNOWN;
    let n_known = words.iter().filter(is_known).count();
    if words.len() >= FEW && 2 * n_known < words.len() {
        return Tongue::Foreign(None);
    }
    if index.languages().contains(&language) { Tongue::Held } else { Tongue::Foreign(Some(language)) }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{both, check, english, of_message, russian};

    #[test]
    fn a_language_without_a_text_cannot_be_checked() {
        check(
            &english(),
            of_message,
            [
                ("«Мы никого не прогоним»", "? ru"),
                ("Мы никого не прогоним, сказала Линдквист", "? ru"),
                ("Wir werden niemanden abweisen, unter welcher Flagge er auch fährt", "? "),
                ("Біз ешкімді қуып жібермейміз, кеме қандай тумен жүзсе де", "? "),
                ("誰も追い返さない", "? "),
            ],
        );
        check(
            &russian(),
            of_message,
            [
                ("We shall not turn anybody away", "? en"),
                ("Ми нікого не проженемо, хоч би під яким прапором він ішов", "? "),
            ],
        );
    }

    #[test]
    fn a_language_with_a_text_can() {
        check(
            &english(),
            of_message,
            [
                ("Lindqvist написала: «We shall not turn anybody away»", "= a1.2: We shall not turn anybody away"),
                ("The weather is fine, and everybody knows it", "- The weather is fine, and everybody knows it"),
                ("2031", "= a1.1: 2031"),
                ("1999", "- 1999"),
            ],
        );
        check(
            &both(),
            of_message,
            [
                ("We shall not turn anybody away", "= a1.2: We shall not turn anybody away"),
                ("Мы никого не прогоним", "= a1.2: Мы никого не прогоним"),
                ("Мы все знаем, что погода сегодня хорошая", "- Мы все знаем, что погода сегодня хорошая"),
            ],
        );
    }
}
