//! One change of a group's manners: what a button sets. It carries the value, so that pressing twice is pressing once.

use crate::domain::{Language, Lifetime, Manners, Venue};

/// What a button sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Change {
    /// How long replies stay.
    Lifetime(Lifetime),
    /// Where questions are answered.
    Venue(Venue),
    /// In which language; `None`: that of each question.
    Language(Option<Language>),
}

/// As payloads and catalogues have it; a catalogue takes what begins with a digit for a number.
pub(in crate::app) const fn lifetime_code(lifetime: Lifetime) -> &'static str {
    match lifetime {
        Lifetime::Unlimited => "never",
        Lifetime::Minutes5 => "m5",
        Lifetime::Minutes30 => "m30",
        Lifetime::Day => "h24",
    }
}

/// That of each question.
const EACH: &str = "question";

impl Change {
    /// As a payload has it: a name, a dot and a value.
    pub(in crate::app) fn code(self) -> String {
        match self {
            Self::Lifetime(lifetime) => format!("delete.{}", lifetime_code(lifetime)),
            Self::Venue(venue) => format!("answer.{}", venue.code()),
            Self::Language(language) => format!("language.{}", language_code(language)),
        }
    }

    /// Reads what [`Change::code`] writes; `None` for anything else.
    pub(in crate::app) fn parse(code: &str) -> Option<Self> {
        let (name, value) = code.split_once('.')?;
        match name {
            "delete" => {
                Lifetime::ALL.into_iter().find(|lifetime| lifetime_code(*lifetime) == value).map(Self::Lifetime)
            }
            "answer" => Venue::of_code(value).map(Self::Venue),
            "language" if value == EACH => Some(Self::Language(None)),
            "language" => Language::ALL
                .into_iter()
                .find(|language| language.code() == value)
                .map(|language| Self::Language(Some(language))),
            _ => None,
        }
    }

    /// The manners with this change.
    pub(super) const fn apply(self, manners: Manners) -> Manners {
        match self {
            Self::Lifetime(lifetime) => Manners { lifetime, ..manners },
            Self::Venue(venue) => Manners { venue, ..manners },
            Self::Language(language) => Manners { language, ..manners },
        }
    }
}

/// As payloads and catalogues have it.
pub(in crate::app) fn language_code(language: Option<Language>) -> &'static str {
    language.map_or(EACH, Language::code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_as_it_is_written() {
        for code in [
            "delete.never",
            "delete.m5",
            "delete.m30",
            "delete.h24",
            "answer.here",
            "answer.private",
            "language.en",
            "language.ru",
            "language.question",
        ] {
            assert_eq!(Change::parse(code).map(Change::code).as_deref(), Some(code));
        }
        for code in [
            "",
            "delete",
            "delete.",
            "delete.5",
            "delete.m6",
            "answer.there",
            "answer.HERE",
            "language.",
            "language.EN",
            "language.ky",
            "venue.here",
        ] {
            assert_eq!(Change::parse(code), None, "{code}");
        }
    }

    #[test]
    fn a_change_changes_one_thing_and_twice_is_once() {
        let before = Manners { language: Some(Language::Russian), ..Manners::default() };
        let after = Change::Venue(Venue::Private).apply(before);
        assert_eq!(after, Manners { venue: Venue::Private, ..before });
        assert_eq!(Change::Venue(Venue::Private).apply(after), after);
        assert_eq!(Change::Language(None).apply(before), Manners::default());
    }
}
