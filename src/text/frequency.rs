//! How common a word is in general, from the embedded word lists (their source and licence: `words/README.md`).
//!
//! The lists stay as they are embedded, sorted lines; a look-up is a binary search over bytes and allocates nothing, so
//! they cost no start-up time and no memory beyond the pages that are looked at.

use std::cmp::Ordering;

use super::script::{Script, script_of};

const ENGLISH: &str = include_str!("words/en.txt");
const RUSSIAN: &str = include_str!("words/ru.txt");

/// The Zipf frequency (log10 of occurrences per 10⁹ words, about 3 for a rare word and 7.7 for "the") of a normalised
/// word; `None` if it is not among the 30,000 commonest English or 40,000 commonest Russian words.
#[must_use]
pub fn zipf(word: &str) -> Option<f32> {
    match script_of(word) {
        Script::Cyrillic => look_up(RUSSIAN, word),
        Script::Latin | Script::Other => look_up(ENGLISH, word),
    }
}

/// The same for many words at once, in their order: one walk over the lists instead of a search for each word.
#[must_use]
pub fn zipf_of_all<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Option<f32>> {
    let mut sorted: Vec<(&str, usize)> = words.zip(0..).collect();
    sorted.sort_unstable();
    let mut found = vec![None; sorted.len()];
    let (russian, english) = sorted.into_iter().partition::<Vec<_>, _>(|(word, _)| script_of(word) == Script::Cyrillic);
    walk(ENGLISH, &english, &mut found);
    walk(RUSSIAN, &russian, &mut found);
    found
}

/// Walks over sorted lines and sorted words side by side.
fn walk(lines: &str, words: &[(&str, usize)], found: &mut [Option<f32>]) {
    let mut rest = lines.as_bytes();
    for (word, place) in words {
        // Lines are short: going byte by byte is faster than any search.
        while let Some(space) = rest.iter().position(|b| *b == b' ') {
            let end = space + rest[space..].iter().position(|b| *b == b'\n').unwrap_or(rest.len() - space);
            match rest[..space].cmp(word.as_bytes()) {
                Ordering::Less => rest = rest.get(end + 1..).unwrap_or_default(),
                Ordering::Equal => {
                    found[*place] = str::from_utf8(&rest[space + 1..end]).ok().and_then(hundredths_of);
                    break;
                }
                Ordering::Greater => break,
            }
        }
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
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return hundredths_of(hundredths),
        }
    }
    None
}

fn hundredths_of(digits: &str) -> Option<f32> {
    digits.parse::<f32>().ok().map(|hundredths| hundredths / 100.0)
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
    fn all_at_once_are_found_as_one_by_one() {
        let words =
            ["что", "the", "osceee", "граница", "", "the", "zzzzzz", "border", "集団", "яяя", "a", "2026", "я", "ё"];
        let one_by_one: Vec<Option<f32>> = words.iter().map(|word| zipf(word)).collect();
        assert_eq!(zipf_of_all(words.into_iter()), one_by_one);
        assert_eq!(zipf_of_all(std::iter::empty()), []);
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
