//! How common a word is in general, from the embedded word lists (their source and licence: `words/README.md`).
//!
//! The lists stay as they are embedded, sorted lines; a look-up is a binary search over bytes and allocates nothing, so
//! they cost no start-up time and no memory beyond the pages that are looked at.

use super::script::{Script, script_of};

const ENGLISH: &str = include_str!("words/en.txt");
const RUSSIAN: &str = include_str!("words/ru.txt");

/// The Zipf frequency (log10 of occurrences per 10⁹ words, about 3 for a rare word and 7.7 for "the") of a normalised
/// word; `None` if it is not among the 30,000 commonest English or 40,000 commonest Russian words.
#[must_use]
pub fn zipf(word: &str) -> Option<f32> {
    match script_of(word) {
        Script::Latin => look_up(ENGLISH, word),
        Script::Cyrillic => look_up(RUSSIAN, word),
        Script::Other => look_up(ENGLISH, word),
    }
}

/// Finds the line `word hundredths` in sorted lines.
fn look_up(lines: &str, word: &str) -> Option<f32> {
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|b| *b == b'\n').map_or(high, |at| middle + at);
        let (found, hundredths) = lines[start..end].split_once(' ')?;
        match found.as_bytes().cmp(word.as_bytes()) {
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return hundredths.parse::<f32>().ok().map(|hundredths| hundredths / 100.0),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_found() {
        for lines in [ENGLISH, RUSSIAN] {
            let mut previous = "";
            for line in lines.lines() {
                let (word, hundredths) = line.split_once(' ').unwrap();
                assert!(previous < word, "{word} is out of order");
                previous = word;
                assert_eq!(look_up(lines, word), Some(hundredths.parse::<f32>().unwrap() / 100.0), "{word}");
            }
        }
    }

    #[test]
    fn common_words_score_higher_and_unknown_ones_not_at_all() {
        assert!(zipf("the") > zipf("border"));
        assert!(zipf("что") > zipf("граница"));
        for unknown in ["", " ", "osceee", "учиния", "zzzzzz", "яяяяя", "the 773", "集団", "\n"] {
            assert_eq!(zipf(unknown), None, "{unknown:?}");
        }
    }
}
