//! Which alphabet a text is written in.

/// An alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Any other letters, or none.
    Other,
}

/// The alphabet most letters of `text` belong to; [`Script::Other`] if it has none, [`Script::Cyrillic`] in a draw of the
/// two, because Russian text holds Latin names more often than English text holds Russian ones.
#[must_use]
pub fn script_of(text: &str) -> Script {
    let (mut latin, mut cyrillic, mut other) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    if other >= latin.max(cyrillic) {
        Script::Other
    } else if cyrillic >= latin {
        Script::Cyrillic
    } else {
        Script::Latin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for (text, script) in [
            ("What about the ОБСЕ?", Script::Latin),
            ("А что OSCE?", Script::Cyrillic),
            ("café", Script::Latin),
            ("Ўзбекистон", Script::Cyrillic),
            ("да ok", Script::Cyrillic),
            ("", Script::Other),
            ("2026 🙂", Script::Other),
            ("集団安全保障", Script::Other),
        ] {
            assert_eq!(script_of(text), script, "{text}");
        }
    }
}
