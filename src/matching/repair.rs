//! Questions typed in the wrong keyboard layout, or in Russian with Latin letters: which reading makes words of them?

use crate::text::{Script, cyrillic_readings, script_of, to_cyrillic_layout, to_latin_layout, tokens};

use super::word::{Word, words};

/// From this share of known letters up a question is taken as it is typed.
const READABLE: f32 = 0.6;

/// Another reading must know this much more of its letters: names and rare words must not tip a readable question over.
const CLEARLY_BETTER: f32 = 0.25;

/// A letter on its own is hardly a word: any layout and script makes some.
const LETTER_WEIGHT: f32 = 0.3;

/// So many unknown words are looked up among known spellings, the dearest step: enough to tell a misspelled question from
/// one in another script.
const MAX_NEAREST: usize = 12;

/// What is a word and what is not.
pub(super) trait Known {
    /// Whether it is a word at all.
    fn knows(&self, word: &Word) -> bool;
    /// Whether it is a word of the knowledge.
    fn knows_well(&self, word: &Word) -> bool;
    /// The word of the knowledge it is a misspelling of.
    fn nearest(&self, word: &Word) -> Option<&str>;
}

/// The question as it was meant, if it was typed in another layout or script; `None` if it is best as it is. `typed` are its
/// words.
pub(super) fn reading(question: &str, typed: &[Word], known: &impl Known) -> Option<String> {
    let as_typed = share_known(typed, |word| known.knows(word));
    if as_typed >= READABLE {
        return None;
    }
    let mut n_nearest = 0;
    let misspelled = share_known(typed, |word| {
        known.knows(word) || {
            n_nearest += 1;
            n_nearest <= MAX_NEAREST && known.nearest(word).is_some()
        }
    });
    if misspelled >= READABLE {
        return None;
    }
    let others = match script_of(question) {
        Script::Latin => vec![to_cyrillic_layout(question), from_latin_letters(question, known)],
        Script::Cyrillic => vec![to_latin_layout(question)],
        // Keys such as `;` and `[` alone hold no letter; whatever they would be, they are no question.
        Script::Other => return None,
    };
    let rated = others.into_iter().map(|text| (share_known(&words(&text), |word| known.knows(word)), text));
    // Of equals the first: a wrong layout is the likelier slip.
    let (share, text) = rated.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (share >= READABLE && share >= as_typed + CLEARLY_BETTER).then_some(text)
}

/// The share of letters that stand in known words, 0–1.
fn share_known(words: &[Word], mut is_known: impl FnMut(&Word) -> bool) -> f32 {
    let (mut of_known, mut of_all) = (0.0, 0.0);
    for word in words.iter().filter(|word| word.text.chars().any(char::is_alphabetic)) {
        let n_chars = word.text.chars().count();
        let weight = if n_chars == 1 { LETTER_WEIGHT } else { n_chars as f32 };
        of_all += weight;
        if is_known(word) {
            of_known += weight;
        }
    }
    if of_all > 0.0 { of_known / of_all } else { 1.0 }
}

/// Each word in the Cyrillic reading that is best known; a word that only its Latin form is known of stays.
fn from_latin_letters(question: &str, known: &impl Known) -> String {
    let mut n_nearest = 0;
    let read = tokens(question).into_iter().map(|token| best_reading(token.word, known, &mut n_nearest));
    read.collect::<Vec<_>>().join(" ")
}

fn best_reading(typed: String, known: &impl Known, n_nearest: &mut usize) -> String {
    let readings: Vec<Word> = cyrillic_readings(&typed).into_iter().map(Word::plain).collect();
    if let Some(reading) = readings.iter().find(|reading| known.knows_well(reading)) {
        return reading.text.to_string();
    }
    if let Some(reading) = readings.iter().find(|reading| known.knows(reading)) {
        return reading.text.to_string();
    }
    let typed = Word::plain(typed);
    if known.knows(&typed) {
        return typed.text.to_string();
    }
    let first = readings.into_iter().next().unwrap_or(typed);
    *n_nearest += 1;
    let nearest = if *n_nearest <= MAX_NEAREST { known.nearest(&first) } else { None };
    nearest.map_or_else(|| first.text.to_string(), str::to_owned)
}
