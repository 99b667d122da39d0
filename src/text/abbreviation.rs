//! Words that are written with a full stop and end no sentence by it. In doubt a word is one of them.

/// Words whose full stop ends no sentence, in lower case. A single letter ends none either, and need not stand here:
/// "J. Smith", "e.g.", "p. 5", "т. д.", "100 г. Потом". Every hyphen is a plain one here.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "col", "lt", "sgt", "maj", "capt", "cmdr", "adm", "brig", "sen",
    "rep", "gov", "rev", "hon", "st", "mt", "no", "nos", "vs", "etc", "cf", "al", "ca", "art", "para", "sec", "ch",
    "vol", "pp", "fig", "approx", "inc", "ltd", "co", "corp", "bros", "dept", "jr", "sr", "ph.d", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "гг", "вв", "пп", "ст", "см", "ср", "стр", "ул",
    "им", "св", "др", "пр", "ок", "руб", "коп", "тыс", "млн", "млрд", "кг", "км", "чел", "проф", "акад", "доц", "ген",
    "полк", "тов", "гр", "зам", "г-н", "г-жа", "напр", "мин", "сек", "рис", "табл", "гл", "обл", "пос", "р-н", "янв",
    "февр", "апр", "авг", "сент", "окт", "нояб", "дек", "bzw", "usw", "vgl", "nr",
];

/// The characters of the longest of them.
const LONGEST: usize = 6;

/// Whether the word before a full stop is an abbreviation or an initial, or ends with one behind a full stop, a hyphen or
/// another mark: "U.S", "J.-P", "Col.-Gen".
///
/// It looks back no further than an abbreviation reaches, for a text may be one word.
pub(super) fn is_abbreviated(before: &str) -> bool {
    let start = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let word = before[start..].to_lowercase().replace(['‐', '‑', '–', '—'], "-");
    let stands_alone = |head: &str| !head.ends_with(goes_on_in_a_word);
    let is_initial = word.strip_suffix(char::is_alphabetic).is_some_and(stands_alone);
    is_initial || ABBREVIATIONS.iter().any(|known| word.strip_suffix(known).is_some_and(stands_alone))
}

/// Whether what follows `c` belongs to the same word: behind a letter or a digit, an apostrophe ("don’t" ends with no
/// initial) and an accent.
fn goes_on_in_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '’' | '\'' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_can_be_found() {
        for known in ABBREVIATIONS {
            assert!(known.chars().count() <= LONGEST, "{known} is longer than what is looked at");
            assert_eq!(*known, known.to_lowercase());
            assert!(is_abbreviated(known), "{known}");
            assert!(is_abbreviated(&format!("Col.-{}", known.to_uppercase())), "{known}");
        }
    }

    #[test]
    fn a_word_is_abbreviated_if_its_last_piece_is() {
        for (before, abbreviated) in [
            ("Mr", true),
            ("the Gen", true),
            ("J", true),
            ("U.S", true),
            ("J.-P", true),
            ("Ж.‑П", true),
            ("ген.-полк", true),
            ("Lt./Col", true),
            ("(г-н", true),
            ("слово—Г‑жа", true),
            ("…Св", true),
            ("", false),
            (" ", false),
            ("-", false),
            ("7", false),
            ("the general", false),
            ("again", false),
            ("xMr", false),
            ("5km", false),
            ("cease-fire", false),
            ("Санкт-Петербург", false),
            ("don’t", false),
            ("can't", false),
            ("cafe\u{301}s", false),
        ] {
            assert_eq!(is_abbreviated(before), abbreviated, "{before:?}");
        }
    }
}
