//! Word forms made one: Snowball's English and Russian stemmers.

use rust_stemmers::{Algorithm, Stemmer};

use super::script::{Script, script_of};

/// Words this short are not inflected, they are abbreviations and particles: “ии” (AI) must not become “и” (and).
const SHORTEST: usize = 3;

/// The stem of a normalised word by its script; a word of another script, a word that holds a digit and one of fewer
/// than three letters is its own stem.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.bytes().any(|b| b.is_ascii_digit()) || word.chars().count() < SHORTEST {
        return word.to_owned();
    }
    let algorithm = match script_of(word) {
        Script::Latin => Algorithm::English,
        Script::Cyrillic => Algorithm::Russian,
        Script::Other => return word.to_owned(),
    };
    let stem = Stemmer::create(algorithm).stem(word);
    // A single letter is what is left of no word.
    if stem.chars().nth(1).is_some() { stem.into_owned() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("exercise", "exercises"),
            ("threat", "threats"),
            ("what's", "what"),
            ("учения", "учениями"),
            ("граница", "границе"),
            ("угроза", "угроз"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }

    #[test]
    fn other_words_do_not() {
        for (one, other) in [
            ("border", "board"),
            ("2026", "2027"),
            ("мир", "мера"),
            ("форум", "форма"),
            ("集団", "安全"),
            ("us", "use"),
            ("ии", "и"),
            ("яяя", "я"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
    }
}
