//! The languages that readers are answered in, and strings that exist in one or more of them.

use std::fmt;
use std::str::FromStr;

/// A language the bot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Every language the bot speaks, in the order files list them.
    pub const ALL: [Self; 2] = [Self::English, Self::Russian];

    /// The ISO 639-1 code: `en` or `ru`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// The language of an ISO 639-1 code; of a longer tag (`en-GB`) only the first part counts.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

/// Text that is not exactly the code of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write `en` or `ru`")]
pub struct UnknownLanguage;

/// Reads exactly what [`Language::code`] says.
impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A short string that exists in at least one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Localised {
    english: Option<String>,
    russian: Option<String>,
}

impl Localised {
    /// A string that is the same for every reader.
    #[must_use]
    pub fn same(words: impl Into<String>) -> Self {
        Self { english: Some(words.into()), russian: None }
    }

    /// `None` if it would exist in no language.
    #[must_use]
    pub fn new(english: Option<String>, russian: Option<String>) -> Option<Self> {
        (english.is_some() || russian.is_some()).then_some(Self { english, russian })
    }

    /// In this language if it exists, else in the other.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::English => (&self.english, &self.russian),
            Language::Russian => (&self.russian, &self.english),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// In exactly this language.
    #[must_use]
    pub fn exactly(&self, language: Language) -> Option<&str> {
        match language {
            Language::English => self.english.as_deref(),
            Language::Russian => self.russian.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_by_its_first_part() {
        for (code, language) in [
            ("en", Some(Language::English)),
            ("ru-RU", Some(Language::Russian)),
            ("RU", Some(Language::Russian)),
            ("en_GB", Some(Language::English)),
            ("ky", None),
            ("", None),
            ("english", None),
            ("-en", None),
        ] {
            assert_eq!(Language::from_code(code), language, "{code}");
        }
    }

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let name = Localised::same("Interaction");
        assert_eq!(name.get(Language::Russian), "Interaction");
        assert_eq!(name.exactly(Language::Russian), None);
        assert_eq!(Localised::new(None, None), None);
    }
}
