//! One spelling for what people type in many ways: width, case, ё, quotes, dashes, and characters nobody sees.

use unicode_normalization::UnicodeNormalization;

/// NFKC, lower case, `ё` as `е`, straight quotes, plain hyphens, single spaces; control, format and combining marks dropped.
///
/// Combining marks go because stress marks and other decoration must not make another word of a word; `й`, which NFKC
/// composes, stays.
#[must_use]
pub fn normalise(text: &str) -> String {
    // Composing is most of the work, and hardly any text needs it.
    if text.chars().all(is_composed) { spell(text.chars()) } else { spell(text.nfkc()) }
}

/// Whether the character is one that NFKC leaves alone beside others of its kind: ASCII and the Russian alphabet.
const fn is_composed(c: char) -> bool {
    c.is_ascii() || matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

fn spell(composed: impl Iterator<Item = char>) -> String {
    let mut plain = String::with_capacity(2 * composed.size_hint().0);
    for c in composed {
        match simple_lower(c) {
            Some(c) => plain.push(c),
            None => c.to_lowercase().for_each(|c| spell_one(c, &mut plain)),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The lower case of a letter or digit that nearly all text is made of; `None` for all others: they need the tables of
/// Unicode, which cost ten times as much.
#[must_use]
pub fn simple_lower(c: char) -> Option<char> {
    match c {
        'a'..='z' | 'а'..='я' | '0'..='9' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        // In this block the small letters stand 32 places behind the capital ones.
        'А'..='Я' => char::from_u32(u32::from(c) + 32),
        _ => None,
    }
}

/// Adds one character of lower case as it is spelled.
fn spell_one(c: char, plain: &mut String) {
    match c {
        'ё' => plain.push('е'),
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' => plain.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => plain.push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => plain.push('-'),
        c if c.is_whitespace() => {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
        }
        c if is_invisible(c) || is_combining(c) => {}
        c => plain.push(c),
    }
}

/// Whether nobody sees the character: controls, zero-width and bidi marks, variation selectors, soft hyphens.
pub(super) fn is_invisible(c: char) -> bool {
    // Nearly every character is one of these.
    if matches!(c, ' '..='~' | 'А'..='я') {
        return false;
    }
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the character is a mark on the one before it that NFKC could not compose into a letter.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_type_the_same_become_one() {
        for (typed, plain) in [
            ("  What   IS\tit ", "what is it"),
            ("Ещё ЁЛКА", "еще елка"),
            ("и\u{306}од", "йод"),
            ("за\u{301}мок", "замок"),
            ("ＯＳＣＥ", "osce"),
            ("ﬁrst", "first"),
            ("“Search” «Поиск» „x‟", "\"search\" \"поиск\" \"x\""),
            ("what’s", "what's"),
            ("Tajik–Afghan — 2026", "tajik-afghan - 2026"),
            ("о\u{200b}б\u{ad}с\u{feff}е", "обсе"),
            ("a\u{0}b\u{202e}c", "abc"),
            ("", ""),
            ("\u{200b} \u{301}", ""),
        ] {
            assert_eq!(normalise(typed), plain, "{typed:?}");
        }
    }

    #[test]
    fn the_simple_way_to_lower_case_is_that_of_unicode() {
        for c in '\0'..='\u{2000}' {
            if let Some(lower) = simple_lower(c) {
                assert_eq!(c.to_lowercase().to_string(), lower.to_string(), "{c:?}");
            }
        }
        assert_eq!(['ё', 'É', '-', ' '].map(simple_lower), [None; 4]);
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in [("мир", "миp"), ("йод", "иод"), ("its", "it's"), ("co-op", "coop"), ("1", "l")]
        {
            assert_ne!(normalise(one), normalise(other));
        }
    }
}
