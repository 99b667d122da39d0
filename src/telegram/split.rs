//! Cutting a text that is too long for one message: between paragraphs, else lines, else sentences, else words.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::utf16;

/// The byte ranges of the parts, none longer than `limit` UTF-16 units (at least 2); the white space between two parts
/// is in neither. A text that fits is one part; white space alone is none.
pub(super) fn split(text: &str, limit: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    while start < text.len() {
        let rest = &text[start..];
        let cut = if utf16::len(rest) <= limit { rest.len() } else { cut(rest, limit) };
        let part = rest[..cut].trim_end();
        if !part.is_empty() {
            parts.push(start..start + part.len());
        }
        let after = &rest[cut..];
        start += cut + (after.len() - after.trim_start().len());
    }
    parts
}

/// Where to cut a text that does not fit. A cut in the first quarter of what fits is not worth its nicer place.
fn cut(text: &str, limit: usize) -> usize {
    let fitting = fitting(text, limit);
    let window = &text[..fitting];
    let sentence = text.split_sentence_bound_indices().map(|(at, _)| at).take_while(|&at| at <= fitting).last();
    let word = if text[fitting..].starts_with(char::is_whitespace) {
        Some(fitting)
    } else {
        window.rfind(char::is_whitespace)
    };
    [window.rfind("\n\n"), window.rfind('\n'), sentence, word]
        .into_iter()
        .flatten()
        .find(|&at| at > fitting / 4)
        .unwrap_or(fitting)
}

/// The longest beginning of at most `limit` units that cuts no character that a reader sees as one; if one alone is
/// longer (a letter under thousands of marks), that one is cut.
fn fitting(text: &str, limit: usize) -> usize {
    let whole = longest(text.grapheme_indices(true), limit);
    if whole > 0 {
        whole
    } else {
        longest(text.char_indices().map(|(at, c)| (at, &text[at..at + c.len_utf8()])), limit)
    }
}

fn longest<'a>(parts: impl Iterator<Item = (usize, &'a str)>, limit: usize) -> usize {
    let mut units = 0;
    let mut end = 0;
    for (at, part) in parts {
        units += utf16::len(part);
        if units > limit {
            break;
        }
        end = at + part.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_is_made_at_the_best_place_that_fits() {
        for (text, limit, parts) in [
            ("fits", 4, vec!["fits"]),
            ("one two\n\nthree four five", 20, vec!["one two", "three four five"]),
            ("one two\nthree four five", 20, vec!["one two", "three four five"]),
            ("One two. Three four five", 20, vec!["One two.", "Three four five"]),
            ("one two three four", 13, vec!["one two three", "four"]),
            ("a bcdefghijklmnop", 10, vec!["a bcdefghi", "jklmnop"]),
            ("абвгд", 2, vec!["аб", "вг", "д"]),
            ("👍🏽👍🏽", 5, vec!["👍🏽", "👍🏽"]),
            ("e\u{301}e\u{301}", 3, vec!["e\u{301}", "e\u{301}"]),
            ("a\u{301}\u{301}\u{301}", 2, vec!["a\u{301}", "\u{301}\u{301}"]),
            ("  padded  ", 10, vec!["padded"]),
            ("", 10, vec![]),
            (" \n\n ", 2, vec![]),
        ] {
            let found: Vec<_> = split(text, limit).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, parts, "{text:?} {limit}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_lost(text in "[a-zа-я .\n👍🏽é\u{301}]{0,80}", limit in 2_usize..30) {
            let parts: Vec<_> = split(&text, limit).into_iter().map(|range| &text[range]).collect();
            prop_assert!(parts.iter().all(|part| !part.is_empty() && utf16::len(part) <= limit));
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&parts.concat()), squeezed(&text));
        }
    }
}
