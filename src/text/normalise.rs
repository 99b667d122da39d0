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
    let mut plain = String::with_capacity(composed.size_hint().0);
    for c in composed.flat_map(char::to_lowercase) {
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
    plain.truncate(plain.trim_end().len());
    plain
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
    fn different_words_stay_different() {
        for (one, other) in [("мир", "миp"), ("йод", "иод"), ("its", "it's"), ("co-op", "coop"), ("1", "l")]
        {
            assert_ne!(normalise(one), normalise(other));
        }
    }
}
