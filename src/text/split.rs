//! Text too long for one message, parted where a reader pauses anyway.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::sentence::sentences;

/// Parts `text` into pieces of at most `limit` by `length`, at the end of a paragraph where possible, else of a line, a
/// sentence, a word, a character as a reader sees it, and at last of a code point. A place in the first quarter of what
/// fits is not worth the longer rest. The pieces are byte ranges in order,
/// without the white space around them; nothing but white space is lost.
///
/// `length` must add up: bytes, characters or UTF-16 units, not a rendered width. A single code point longer than
/// `limit` stays a piece of its own.
#[must_use]
pub fn split(text: &str, limit: usize, length: impl Fn(&str) -> usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    // Of the whole text: what a bracket encloses shows only where it closes.
    let sentence_ends: Vec<usize> = sentences(text).into_iter().map(|sentence| sentence.end).collect();
    let end = text.trim_end().len();
    let mut start = skip_space(text, 0);
    while start < end {
        let rest = &text[start..end];
        let fitting = fitting_prefix(rest, limit, &length).len();
        let cut = if fitting == rest.len() {
            fitting
        } else {
            let ended = sentence_ends.partition_point(|at| *at <= start + fitting);
            let sentence_end = sentence_ends[..ended].last().and_then(|at| at.checked_sub(start));
            best_cut(rest, fitting, sentence_end)
        };
        pieces.push(start..start + rest[..cut].trim_end().len());
        start = skip_space(text, start + cut);
    }
    pieces
}

fn skip_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// The last place of the best kind within the first `fitting` bytes of `rest`, of which it does not all fit. `sentence_end`
/// is the last end of a sentence there.
fn best_cut(rest: &str, fitting: usize, sentence_end: Option<usize>) -> usize {
    let next = rest[fitting..].chars().next().map_or(0, char::len_utf8);
    let (fits, with_next) = (&rest[..fitting], &rest[..fitting + next]);
    let after = |part: &str, at: Option<usize>| at.filter(|at| !part[..*at].trim().is_empty());
    let worth = |at: Option<usize>| at.filter(|at| *at > fitting / 4);
    worth(after(fits, fits.rfind("\n\n")))
        .or_else(|| worth(after(fits, fits.rfind('\n'))))
        .or_else(|| worth(sentence_end))
        .or_else(|| after(with_next, with_next.rfind(char::is_whitespace)))
        .or_else(|| last_grapheme_end(rest, fitting))
        .unwrap_or(fitting.max(next))
}

fn last_grapheme_end(rest: &str, fitting: usize) -> Option<usize> {
    let starts = rest.grapheme_indices(true).map(|(at, _)| at);
    starts.take_while(|at| *at <= fitting).last().filter(|at| *at > 0)
}

/// The longest beginning of whole code points that fits.
fn fitting_prefix<'t>(rest: &'t str, limit: usize, length: &impl Fn(&str) -> usize) -> &'t str {
    let mut used = 0;
    for (at, c) in rest.char_indices() {
        used += length(c.encode_utf8(&mut [0; 4]));
        if used > limit {
            return &rest[..at];
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(text: &str) -> usize {
        text.chars().count()
    }

    #[test]
    fn pieces_end_where_a_reader_pauses() {
        for (text, limit, pieces) in [
            ("short", 10, vec!["short"]),
            ("one two\n\nthree four", 14, vec!["one two", "three four"]),
            ("one two\nthree four", 14, vec!["one two", "three four"]),
            ("One two. Three four.", 14, vec!["One two.", "Three four."]),
            ("one two three", 7, vec!["one two", "three"]),
            ("a\n\none two three four five", 20, vec!["a\n\none two three", "four five"]),
            ("onetwothree", 4, vec!["onet", "woth", "ree"]),
            ("e\u{301}e\u{301}e\u{301}", 3, vec!["e\u{301}", "e\u{301}", "e\u{301}"]),
            ("e\u{301}\u{301}\u{301}", 2, vec!["e\u{301}", "\u{301}\u{301}"]),
            ("", 5, vec![]),
            ("  \n ", 5, vec![]),
            ("ab", 0, vec!["a", "b"]),
        ] {
            let found: Vec<&str> = split(text, limit, characters).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, pieces, "{text:?} by {limit}");
        }
    }

    #[test]
    fn utf16_units_are_kept_to() {
        let utf16 = |text: &str| text.encode_utf16().count();
        let text = "🙂🙂🙂🙂🙂 слово 🙂🙂 ещё";
        for limit in 2..20 {
            let pieces = split(text, limit, utf16);
            assert!(pieces.iter().all(|range| utf16(&text[range.clone()]) <= limit), "{limit}");
            let kept: String = pieces.into_iter().map(|range| text[range].replace(' ', "")).collect();
            assert_eq!(kept, text.replace(' ', ""), "{limit}");
        }
    }
}
