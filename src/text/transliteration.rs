//! Russian written in Latin letters, in whichever of several ways: `ucheniya`, `uchenija`, `u4eniya`.
//!
//! A word is read in every way; which reading is a word is for the caller to say, who knows the vocabulary.

/// What all ways of writing share, the longest spellings first.
const COMMON: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("yo", "е"),
    ("jo", "е"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("tz", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("ya", "я"),
    ("ja", "я"),
    ("ye", "е"),
    ("je", "е"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("h", "х"),
    ("c", "ц"),
    ("w", "в"),
    ("x", "х"),
    ("q", "к"),
    ("'", "ь"),
    ("4", "ч"),
    ("6", "ш"),
];

/// Ways of writing, each by what it adds before [`COMMON`]: how `y` and `j` are meant, and what is special to it.
const SCHEMES: &[&[(&str, &str)]] = &[
    // By ear: y is й after a vowel and at the end, else ы (handled in `read`); j is й.
    &[("j", "й")],
    // Passports: iu, ia, ie for ю, я, ие.
    &[("iu", "ю"), ("ia", "я"), ("j", "й")],
    // English ears: j is ж or дж, c is к, x is кс.
    &[("j", "дж"), ("c", "к"), ("x", "кс"), ("ee", "и"), ("oo", "у")],
    // Phone keyboards: w is ш, x is х, q is я, c is с, e is э.
    &[("w", "ш"), ("q", "я"), ("c", "с"), ("j", "ж")],
    // y is always й, or и ("novyy", "novy").
    &[("yy", "ый"), ("iy", "ий"), ("y", "и"), ("j", "ж"), ("e", "э")],
];

/// The Cyrillic readings of a normalised Latin word, without repeats, the likeliest way of writing first; none if it has
/// no Latin letter or a letter that no way of writing uses.
#[must_use]
pub fn cyrillic_readings(word: &str) -> Vec<String> {
    if !word.bytes().any(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut readings: Vec<String> = Vec::with_capacity(SCHEMES.len());
    for scheme in SCHEMES {
        if let Some(reading) = read(word, scheme)
            && !readings.contains(&reading)
        {
            readings.push(reading);
        }
    }
    readings
}

/// One reading, each time by the longest spelling that fits.
fn read(word: &str, scheme: &[(&str, &str)]) -> Option<String> {
    let mut reading = String::with_capacity(word.len() * 2);
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (from, to) = spelling(scheme, rest)
            .or_else(|| (first == 'y').then(|| ("y", y_after(&reading))))
            .or_else(|| first.is_ascii_digit().then(|| (&rest[..1], &rest[..1])))?;
        reading.push_str(to);
        rest = &rest[from.len()..];
    }
    Some(reading)
}

/// The longest spelling of the scheme or of all schemes that `rest` starts with.
fn spelling<'s>(scheme: &'s [(&'s str, &'s str)], rest: &str) -> Option<(&'s str, &'s str)> {
    let mut best: Option<(&str, &str)> = None;
    for pair in scheme.iter().chain(COMMON) {
        if rest.starts_with(pair.0) && best.is_none_or(|(from, _)| pair.0.len() > from.len()) {
            best = Some(*pair);
        }
    }
    best
}

/// `y` by ear: й after a vowel, ы after a consonant.
fn y_after(reading: &str) -> &'static str {
    match reading.chars().next_back() {
        Some('а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я') => "й",
        Some(_) | None => "ы",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_lead_to_the_word() {
        for (latin, cyrillic) in [
            ("kogda", "когда"),
            ("ucheniya", "учения"),
            ("uchenija", "учения"),
            ("u4eniya", "учения"),
            ("belarusi", "беларуси"),
            ("organizatsii", "организации"),
            ("organizacii", "организации"),
            ("novyy", "новый"),
            ("zadachi", "задачи"),
            ("chto", "что"),
            ("rossiia", "россия"),
            ("sotrudnichestvo", "сотрудничество"),
            ("granitsa", "граница"),
            ("yadernoe", "ядерное"),
        ] {
            assert!(cyrillic_readings(latin).iter().any(|reading| reading == cyrillic), "{latin}");
        }
    }

    #[test]
    fn what_is_not_latin_has_no_reading() {
        for word in ["", "что", "2026", "!", "集団", "café"] {
            assert_eq!(cyrillic_readings(word), Vec::<String>::new(), "{word}");
        }
    }
}
