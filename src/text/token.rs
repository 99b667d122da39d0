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
    let token = |(start, word): (usize, &str)| Token {
        word: normalise(word),
        span: visible.original(start, start + word.len()),
    };
    words(&visible.text).map(token).filter(|token| !token.word.is_empty()).collect()
}

/// Hands over the same words in the same order, each as it is written: [`normalise`] makes the token's word of it. For who
/// reads many texts and normalises a word only once.
pub fn for_each_word(text: &str, mut take: impl FnMut(&str)) {
    words(&Visible::of(text).text).for_each(|(_, word)| take(word));
}

/// The words of a text without invisible characters, each with its first byte.
///
/// White space ends every word, so what stands between two spaces can be looked at by itself; and if that is letters of
/// one alphabet with plain punctuation around them, as nearly everywhere, it is one word. The rest is for the Unicode rules,
/// which cost six times as much.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = move |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().flat_map(move |chunk| {
        let bare = chunk.trim_matches(is_plain_mark);
        let whole = is_one_word(bare).then(|| (start_of(bare), bare));
        let parts = if whole.is_some() { "" } else { chunk };
        whole.into_iter().chain(parts.unicode_word_indices().map(move |(at, word)| (start_of(chunk) + at, word)))
    })
}

/// Marks that are no part of a word at its ends.
const fn is_plain_mark(c: char) -> bool {
    matches!(c, '?' | '!' | ',' | '.' | ';' | ':' | '(' | ')' | '"' | '«' | '»' | '“' | '”' | '…')
}

/// Whether the Unicode rules find one word in it, and nothing around it: letters of one alphabet, without marks.
fn is_one_word(text: &str) -> bool {
    !text.is_empty()
        && (text.bytes().all(|b| b.is_ascii_alphabetic()) || text.chars().all(|c| matches!(c, 'А'..='я' | 'ё' | 'Ё')))
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
    fn words_as_they_are_written_are_those_of_the_tokens() {
        for text in ["What's the О\u{200b}БСЕ doing?", "«Барьер-2026» — e.g. 3.5,4 ЁЛКА!", "", "🙂 \u{200b}"]
        {
            let mut written = Vec::new();
            for_each_word(text, |word| written.push(normalise(word)));
            let found: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
            assert_eq!(written, found, "{text:?}");
        }
    }

    #[test]
    fn the_short_way_finds_what_the_unicode_rules_find() {
        for text in [
            "What's the (OSCE) doing?",
            "«Барьер-2026» — это что?! (кто)...",
            "e.g. 3.5,4 a.b a:b don't 'tis rock'n'roll x_y x-y",
            "один,два,three four;five  six\tseven\u{a0}eight\nnine",
            "смешанныйmixed яx xя ѣ é naïve",
            "... \"quoted\" (“nested”) …end",
            "",
        ] {
            let ours: Vec<_> = words(text).collect();
            let theirs: Vec<_> = text.unicode_word_indices().collect();
            assert_eq!(ours, theirs, "{text:?}");
        }
    }

    #[test]
    fn a_span_points_into_the_original() {
        let text = "\u{feff}А о\u{200b}Б\u{ad}сЁ, “Search”\u{200b}!";
        let words: Vec<&str> = tokens(text).into_iter().map(|token| &text[token.span]).collect();
        assert_eq!(words, ["А", "о\u{200b}Б\u{ad}сЁ", "Search"]);
    }
}
