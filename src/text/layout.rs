//! Text typed with the keyboard set to the wrong language: the same keys in the other layout.

/// The keys of a QWERTY keyboard and what ЙЦУКЕН has on them.
const KEYS: [(char, char); 33] = [
    ('q', 'й'),
    ('w', 'ц'),
    ('e', 'у'),
    ('r', 'к'),
    ('t', 'е'),
    ('y', 'н'),
    ('u', 'г'),
    ('i', 'ш'),
    ('o', 'щ'),
    ('p', 'з'),
    ('[', 'х'),
    (']', 'ъ'),
    ('a', 'ф'),
    ('s', 'ы'),
    ('d', 'в'),
    ('f', 'а'),
    ('g', 'п'),
    ('h', 'р'),
    ('j', 'о'),
    ('k', 'л'),
    ('l', 'д'),
    (';', 'ж'),
    ('\'', 'э'),
    ('z', 'я'),
    ('x', 'ч'),
    ('c', 'с'),
    ('v', 'м'),
    ('b', 'и'),
    ('n', 'т'),
    ('m', 'ь'),
    (',', 'б'),
    ('.', 'ю'),
    ('`', 'ё'),
];

/// The same keys with Shift, where they are not simply capital letters.
const SHIFTED: [(char, char); 9] =
    [('{', 'Х'), ('}', 'Ъ'), (':', 'Ж'), ('"', 'Э'), ('<', 'Б'), ('>', 'Ю'), ('~', 'Ё'), ('&', '?'), ('^', ':')];

/// What the keys of `text` write in the Russian layout: `xnj c j,ct` → `что с обсе`.
#[must_use]
pub fn to_cyrillic_layout(text: &str) -> String {
    text.chars().map(|c| other_key(c, |(latin, cyrillic)| (latin, cyrillic))).collect()
}

/// What the keys of `text` write in the English layout: `щысу` → `osce`.
#[must_use]
pub fn to_latin_layout(text: &str) -> String {
    text.chars().map(|c| other_key(c, |(latin, cyrillic)| (cyrillic, latin))).collect()
}

/// The character on the same key in the other layout; the character itself if no letter is involved.
fn other_key(c: char, direction: impl Fn((char, char)) -> (char, char)) -> char {
    let find = |wanted: char| {
        KEYS.iter().chain(&SHIFTED).map(|pair| direction(*pair)).find(|(from, _)| *from == wanted).map(|(_, to)| to)
    };
    if let Some(found) = find(c) {
        return found;
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    find(lower).and_then(|found| found.to_uppercase().next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_keys_write_the_other_language() {
        for (typed, meant) in [
            ("xnj c j,ct", "что с обсе"),
            ("Rjulf extybz d <tkfhecb&", "Когда учения в Беларуси?"),
            (";bpym", "жизнь"),
            ("2026", "2026"),
        ] {
            assert_eq!(to_cyrillic_layout(typed), meant);
        }
        for (typed, meant) in [("щысу", "osce"), ("Црфе ырщгдв", "What should"), ("ьфыв2", "masd2")] {
            assert_eq!(to_latin_layout(typed), meant);
        }
    }

    #[test]
    fn what_is_on_no_key_stays() {
        for text in ["", "集団 – 🙂", "§ 1 2"] {
            assert_eq!(to_cyrillic_layout(text), text);
            assert_eq!(to_latin_layout(text), text);
        }
    }
}
