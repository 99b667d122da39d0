//! Words of a text, each with its place in it.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::normalise::{is_invisible, normalise};

/// A word or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// As [`normalise`] writes it; never empty.
    pub word: String,
    /// Its bytes in the text it was read from.
    pub span: Range<usize>,
}

/// The words of `text` in order, by the Unicode word boundaries: punctuation, symbols and emoji are none, a hyphen
/// parts words, an apostrophe does not. Characters nobody sees part nothing.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let visible = Visible::of(text);
    visible
        .text
        .unicode_word_indices()
        .map(|(start, word)| Token { word: normalise(word), span: visible.original(start, start + word.len()) })
        .filter(|token| !token.word.is_empty())
        .collect()
}

/// A text without its invisible characters, and where they were.
struct Visible<'t> {
    text: Cow<'t, str>,
    /// For each dropped character: the byte in `text` it stood before, and its length in bytes.
    dropped: Vec<(usize, usize)>,
}

impl<'t> Visible<'t> {
    fn of(text: &'t str) -> Self {
        let mut dropped = Vec::new();
        if !text.chars().any(is_invisible) {
            return Self { text: Cow::Borrowed(text), dropped };
        }
        let mut visible = String::with_capacity(text.len());
        for c in text.chars() {
            if is_invisible(c) {
                dropped.push((visible.len(), c.len_utf8()));
            } else {
                visible.push(c);
            }
        }
        Self { text: Cow::Owned(visible), dropped }
    }

    /// The bytes of the original text that hold `start..end` of the visible one.
    fn original(&self, start: usize, end: usize) -> Range<usize> {
        let before = |place: usize, including: usize| -> usize {
            self.dropped.iter().take_while(|(at, _)| *at < place + including).map(|(_, length)| length).sum()
        };
        start + before(start, 1)..end + before(end, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_nothing_else() {
        for (text, words) in [
            ("What's the OSCE doing?", vec!["what's", "the", "osce", "doing"]),
            ("«Барьер-2026» — это что?!", vec!["барьер", "2026", "это", "что"]),
            ("Tajik–Afghan", vec!["tajik", "afghan"]),
            ("3.5 % (three)", vec!["3.5", "three"]),
            ("о\u{200b}бсе", vec!["обсе"]),
            ("", vec![]),
            ("🙂👍🏽 … — !?", vec![]),
            ("\u{200b}\u{200d}\u{fe0f}", vec![]),
        ] {
            let found: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
            assert_eq!(found, words, "{text:?}");
        }
    }

    #[test]
    fn a_span_points_into_the_original() {
        let text = "\u{feff}А о\u{200b}Б\u{ad}сЁ, “Search”\u{200b}!";
        let words: Vec<&str> = tokens(text).into_iter().map(|token| &text[token.span]).collect();
        assert_eq!(words, ["А", "о\u{200b}Б\u{ad}сЁ", "Search"]);
    }
}
