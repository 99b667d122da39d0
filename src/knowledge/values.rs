//! Values that several files hold: texts per language, days, languages, addresses, ids.

use jiff::civil::Date;
use toml::de::DeValue;

use super::characters::shown;
use super::document::{Form, Located, Need, Section};
use crate::domain::{Language, Localised};
use crate::text::simple_lower;

/// Ids of interviews, passages, topics and events.
pub(super) const ID: Form = Form {
    name: "an id",
    hint: "an id has up to 64 Latin letters, digits, `.`, `_` and `-`, the first a letter or digit",
};

/// The bot's languages.
pub(super) const LANGUAGE: Form = Form { name: "a language that the bot speaks", hint: "write `en` or `ru`" };

/// Addresses of pages.
pub(super) const URL: Form = Form { name: "an address", hint: "write the whole of it, from https:// on" };

const LANGUAGE_KEYS: [&str; 2] = ["en", "ru"];

/// A text that is the same for all readers, or one per language: `"…"` or `{ en = "…", ru = "…" }`.
pub(super) fn localised(section: &Section<'_>, key: &str, need: Need) -> Option<Localised> {
    let value = section.value(key, need)?;
    match value.get_ref() {
        DeValue::Table(_) => {
            let languages = section.section(key, need, &LANGUAGE_KEYS)?;
            let in_language = |code| languages.text(code, Need::May).map(|text| text.value);
            let localised = Localised::new(in_language("en"), in_language("ru"));
            if localised.is_none() && !LANGUAGE_KEYS.iter().any(|code| languages.has(code)) {
                let hint = format!("write `{key} = {{ en = \"…\", ru = \"…\" }}`");
                section.file().error(section.span(value), format!("`{key}` is empty"), hint);
            }
            localised
        }
        DeValue::String(_) => section.text(key, need).map(|text| Localised::same(text.value)),
        _ => {
            section
                .wrong_type(value, &format!("a string, or one per language: `{key} = {{ en = \"…\", ru = \"…\" }}`"));
            None
        }
    }
}

/// Lists of texts, each under its language: `{ en = ["…"], ru = ["…"] }`.
pub(super) fn texts_by_language(section: &Section<'_>, key: &str) -> Vec<(Language, Located<String>)> {
    let Some(languages) = section.section(key, Need::May, &LANGUAGE_KEYS) else { return Vec::new() };
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            let texts = languages.texts(language.code(), Need::May);
            texts.into_iter().map(move |text| (language, text))
        })
        .collect()
}

/// A day, with or without quotes: `2026-01-29`.
pub(super) fn day(section: &Section<'_>, key: &str, need: Need) -> Option<Date> {
    const FORM: &str = "a day as year-month-day: 2026-01-29";
    let value = section.value(key, need)?;
    let written = match value.get_ref() {
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => {
            section.wrong_type(value, FORM);
            return None;
        }
    };
    // jiff reads more than a day (a time, a zone): the length says that nothing else was written.
    let day = (written.len() == "2026-01-29".len()).then(|| written.parse().ok()).flatten();
    if day.is_none() {
        section.file().error(section.span(value), format!("{} is not a day", shown(&written)), format!("write {FORM}"));
    }
    day
}

/// A language by its code, and no other spelling of it.
pub(super) fn language(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

/// An address that can be linked to.
pub(super) fn url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let linkable = host.starts_with(char::is_alphanumeric)
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '`' | '\\'));
    linkable.then(|| text.to_owned())
}

/// A phrasing or word as it is compared: lower case, letters and digits only, one space between words.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_gap = false;
    for c in text.chars() {
        match simple_lower(c) {
            Some(c) => push_letter(c, &mut after_gap, &mut plain),
            None if c.is_alphanumeric() => {
                c.to_lowercase()
                    .filter(|c| c.is_alphanumeric())
                    .for_each(|c| push_letter(c, &mut after_gap, &mut plain));
            }
            None => after_gap = !plain.is_empty(),
        }
    }
    plain
}

#[inline]
fn push_letter(c: char, after_gap: &mut bool, plain: &mut String) {
    if std::mem::take(after_gap) {
        plain.push(' ');
    }
    plain.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_be_linked_to() {
        for good in ["https://gazeta.kg/en/x.html", "http://a", "https://пример.рф/я?a=b#c"] {
            assert_eq!(url(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "gazeta.kg",
            "ftp://a",
            "https://",
            "https:///a",
            "https://a b",
            "javascript:alert(1)",
            "https://a/\"x",
        ] {
            assert_eq!(url(bad), None, "{bad}");
        }
    }

    #[test]
    fn phrasings_are_compared_without_case_and_punctuation() {
        assert_eq!(plain("  What about “NATO”?! "), plain("what about nato"));
        assert_ne!(plain("what about nato"), plain("what about the nato"));
        assert_eq!(plain("?!"), "");
    }
}
