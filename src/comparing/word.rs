//! The words of a text as a comparison sees them: what is typography is left out, what carries meaning is kept.
//!
//! Beside the words of [`tokens`] the signs of per cent, of a currency and of a negative number are words: "5" is not
//! "5 %". A full stop within a word parts it, for white space is lost where texts are copied ("end.Next"); between
//! single letters it goes ("U.S."). Commas that group digits go.

use std::ops::Range;

use crate::text::{Token, normalise, tokens};

/// A word, number or sign that carries meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its spelling without regard to case and typography.
    pub(super) key: String,
    /// Its bytes in what it was read from.
    pub(super) bytes: Range<usize>,
}

/// The words of `text` in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut end = 0;
    for token in tokens(text) {
        push_signs(text, end..token.span.start, &mut found);
        end = token.span.end;
        push_token(text, token, &mut found);
    }
    push_signs(text, end..text.len(), &mut found);
    found
}

fn push_token(text: &str, token: Token, found: &mut Vec<Word>) {
    let written = &text[token.span.clone()];
    if written.contains('_') || (written.contains(['.', ':']) && !written.contains(|c: char| c.is_numeric())) {
        push_parts(written, token.span.start, found);
    } else if groups_digits(&token.word) {
        found.push(Word { key: token.word.replace(',', ""), bytes: token.span });
    } else {
        found.push(Word { key: token.word, bytes: token.span });
    }
}

/// What stands between the stops of a token.
fn push_parts(written: &str, start: usize, found: &mut Vec<Word>) {
    const STOPS: [char; 3] = ['.', ':', '_'];
    let is_initials = written.contains('.') && written.split(STOPS).all(|part| part.chars().nth(1).is_none());
    if is_initials {
        let key = normalise(&written.replace(STOPS, ""));
        found.push(Word { key, bytes: start..start + written.len() });
        return;
    }
    let mut at = start;
    for part in written.split(STOPS) {
        let key = normalise(part);
        if !key.is_empty() {
            found.push(Word { key, bytes: at..at + part.len() });
        }
        // All stops are one byte long.
        at += part.len() + 1;
    }
}

/// Whether commas part a number into thousands.
fn groups_digits(word: &str) -> bool {
    let mut groups = word.split(',');
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let leads = groups.next().is_some_and(|group| matches!(group.len(), 1..=3) && is_digits(group));
    let mut rest = groups.peekable();
    leads && rest.peek().is_some() && rest.all(|group| group.len() == 3 && is_digits(group))
}

/// The signs between two words.
fn push_signs(text: &str, between: Range<usize>, found: &mut Vec<Word>) {
    for (at, sign) in text[between.clone()].char_indices() {
        let at = between.start + at;
        if is_unit(sign) || is_minus(sign, &text[..at], &text[at + sign.len_utf8()..]) {
            let key = if is_unit(sign) { sign } else { '-' };
            found.push(Word { key: key.into(), bytes: at..at + sign.len_utf8() });
        }
    }
}

const fn is_unit(c: char) -> bool {
    matches!(c, '%' | '‰' | '$' | '¢' | '£' | '¥' | '\u{20a0}'..='\u{20c0}')
}

/// Whether a hyphen makes a number negative: it touches the number and nothing before it, and is between no two
/// numbers.
fn is_minus(c: char, before: &str, after: &str) -> bool {
    let touches = matches!(c, '-' | '−') && after.starts_with(|c: char| c.is_ascii_digit());
    touches
        && (before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '('))
        && !before.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.key).collect()
    }

    #[test]
    fn typography_is_no_part_of_a_word() {
        for (one, other) in [
            ("“Search,” he said…", "\"search\" he said"),
            ("Tajik–Afghan border", "tajik - afghan  BORDER"),
            ("Всё ещё «там»", "все еще там"),
            ("the end.Next comes gazeta.kg", "the end. Next comes gazeta kg"),
            ("U.S. troops", "US troops"),
            ("1,000,000 people", "1000000 people"),
            ("_our_ __main__ *task*", "our main task"),
            ("5 %", "5%"),
            ("the CSTO’s", "the CSTO's"),
            ("по-\u{ad}прежнему", "по-прежнему"),
            ("2026—2028", "2026 - 2028"),
            ("", " … «»"),
        ] {
            assert_eq!(keys(one), keys(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_carries_meaning_is() {
        for (one, other) in [
            ("grew by 5 %", "grew by 5"),
            ("$5", "€5"),
            ("fell to -5", "fell to 5"),
            ("3.5", "35"),
            ("3,5", "35"),
            ("1,00", "100"),
            ("it's", "its"),
            ("мир", "мира"),
            ("2026", "2027"),
            ("ice", "i ce"),
            ("a.b.cd", "abcd"),
            ("no", "not"),
        ] {
            assert_ne!(keys(one), keys(other), "{one} / {other}");
        }
    }

    #[test]
    fn each_word_lies_where_it_was_read() {
        let text = "(U.S.) $1,000 x.yz\u{200b} −7 a_b";
        let read: Vec<(String, &str)> = words(text).into_iter().map(|word| (word.key, &text[word.bytes])).collect();
        let wanted = [
            ("us", "U.S"),
            ("$", "$"),
            ("1000", "1,000"),
            ("x", "x"),
            ("yz", "yz"),
            ("-", "−"),
            ("7", "7"),
            ("a", "a"),
            ("b", "b"),
        ];
        assert_eq!(read, wanted.map(|(key, written)| (key.to_owned(), written)));
    }
}
