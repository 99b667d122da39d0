//! What somebody probably meant: the nearest known word, and the nearest place of a quote that is not in the text.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// Less alike than this (0–1), and the guess would surprise more than help: `titel` and `title` have 0.8, `name` and
/// `role` 0.25.
const MIN_ALIKE: f64 = 0.6;

/// The longest quote that is looked for, in words: the comparison costs its square.
const MAX_QUOTE_WORDS: usize = 150;

/// The candidate most like `word`, if one is like it at all; the first of equals.
pub(super) fn nearest_word<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best = None;
    let mut best_alike = MIN_ALIKE;
    for candidate in candidates {
        let alike = strsim::normalized_damerau_levenshtein(word, candidate);
        if alike > best_alike || (best.is_none() && alike >= best_alike) {
            best = Some(candidate);
            best_alike = alike;
        }
    }
    best
}

/// Windows of one text that are compared letter by letter.
const MAX_WINDOWS: usize = 8;

/// A quote that is looked for in texts that do not hold it.
pub(super) struct Sought {
    quote: String,
    n_words: usize,
    counts: HashMap<String, i32>,
}

/// A part of a text that is like the quote.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Likeness {
    /// How alike, 0–1.
    pub(super) alike: f64,
    /// The part, in bytes of the text.
    pub(super) at: Range<usize>,
}

impl Sought {
    /// `None` if the quote has no words, or so many that looking for it would take too long.
    pub(super) fn new(quote: &str) -> Option<Self> {
        let mut counts = HashMap::new();
        let words: Vec<_> = quote.unicode_words().map(str::to_lowercase).collect();
        let n_words = words.len();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        (1..=MAX_QUOTE_WORDS).contains(&n_words).then(|| Self { quote: quote.to_lowercase(), n_words, counts })
    }

    /// The part of `text` most like the quote, if one is.
    ///
    /// A window as long as the quote slides over the words; the ones that share most words with it are compared letter
    /// by letter. Comparing every window that way would cost a thousand times as much and find the same place.
    pub(super) fn nearest_in(&self, text: &str) -> Option<Likeness> {
        let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        let mut best: Option<Likeness> = None;
        for start in self.best_windows(&words) {
            let window = &words[start..words.len().min(start + self.n_words)];
            let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
            let at = first.0..last.0 + last.1.len();
            let alike = strsim::normalized_levenshtein(&self.quote, &text[at.clone()].to_lowercase());
            if alike >= MIN_ALIKE && best.as_ref().is_none_or(|best| alike > best.alike) {
                best = Some(Likeness { alike, at });
            }
        }
        best
    }

    /// Where the windows start that share most words with the quote: the first few of equals.
    fn best_windows(&self, words: &[(usize, &str)]) -> Vec<usize> {
        let lower: Vec<_> = words.iter().map(|(_, word)| word.to_lowercase()).collect();
        let mut missing = self.counts.clone();
        let (mut best, mut best_shared) = (Vec::new(), 1);
        let mut shared = 0;
        for end in 0..lower.len() {
            if let Some(count) = missing.get_mut(&lower[end]) {
                shared += i32::from(*count > 0);
                *count -= 1;
            }
            if end >= self.n_words
                && let Some(count) = missing.get_mut(&lower[end - self.n_words])
            {
                *count += 1;
                shared -= i32::from(*count > 0);
            }
            if shared > best_shared {
                best_shared = shared;
                best.clear();
            }
            if shared == best_shared && best.len() < MAX_WINDOWS {
                best.push((end + 1).saturating_sub(self.n_words));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_a_stranger_is_not() {
        let known = ["title", "passages", "phrasings", "keywords", "note"];
        for (word, near) in [
            ("titel", Some("title")),
            ("passage", Some("passages")),
            ("phrasing", Some("phrasings")),
            ("Keywords", Some("keywords")),
            ("id", None),
            ("summary", None),
            ("", None),
        ] {
            assert_eq!(nearest_word(word, known), near, "{word}");
        }
    }

    #[test]
    fn a_bent_quote_is_found_where_it_almost_stands() {
        let text = "We will go on. In October, a command-staff exercise will take place in Belarus. We will see.";
        for (quote, words) in [
            (
                "a command-staff exercise took place in Belarus",
                Some("command-staff exercise will take place in Belarus"),
            ),
            ("in october a command staff exercise", Some("In October, a command-staff exercise")),
            ("We will sea", Some("We will see")),
            ("We will", Some("We will")),
            ("nothing of the kind was ever said", None),
            ("?", None),
        ] {
            let near = Sought::new(quote).and_then(|sought| sought.nearest_in(text));
            assert_eq!(near.map(|near| &text[near.at]), words, "{quote}");
        }
    }

    #[test]
    fn an_endless_quote_is_not_looked_for() {
        assert!(Sought::new(&"word ".repeat(151)).is_none());
    }
}
