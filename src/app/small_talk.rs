//! Small talk and questions about the interview itself: how people word them. They are no part of the knowledge, for
//! every interview gets the same ones, and the answers come from the catalogues and the front matter.

use crate::domain::Language;
use crate::matching::Intent;

const ENGLISH: &str = include_str!("small_talk/en.txt");
const RUSSIAN: &str = include_str!("small_talk/ru.txt");

/// What somebody wants who asks nothing about the interview's subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallTalk {
    /// Says hello.
    Greeting,
    /// Says goodbye.
    Farewell,
    /// Says thanks.
    Thanks,
    /// Wants to know what can be asked.
    Help,
    /// Wants to know who or what the bot is.
    WhoAreYou,
    /// Who answers in the interview, in which role.
    Speaker,
    /// To whom.
    AskedBy,
    /// When.
    Given,
    /// Where it was published.
    Published,
    /// Whether the text is a translation.
    Translation,
}

impl SmallTalk {
    const ALL: [Self; 10] = [
        Self::Greeting,
        Self::Farewell,
        Self::Thanks,
        Self::Help,
        Self::WhoAreYou,
        Self::Speaker,
        Self::AskedBy,
        Self::Given,
        Self::Published,
        Self::Translation,
    ];

    /// Its heading in the phrasing files.
    const fn id(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Farewell => "farewell",
            Self::Thanks => "thanks",
            Self::Help => "help",
            Self::WhoAreYou => "who-are-you",
            Self::Speaker => "fact-speaker",
            Self::AskedBy => "fact-asked-by",
            Self::Given => "fact-given",
            Self::Published => "fact-published",
            Self::Translation => "fact-translation",
        }
    }

    /// The intent the matcher found.
    pub(super) fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|talk| talk.id() == id)
    }
}

/// The intents with their phrasings, as the matcher takes them.
#[must_use]
pub(super) fn intents() -> Vec<Intent> {
    SmallTalk::ALL
        .into_iter()
        .map(|talk| Intent {
            id: talk.id(),
            phrasings: [(Language::English, ENGLISH), (Language::Russian, RUSSIAN)]
                .into_iter()
                .flat_map(|(language, file)| section(file, talk.id()).map(move |line| (language, line.to_owned())))
                .collect(),
        })
        .collect()
}

/// The lines under `# id`.
fn section<'f>(file: &'f str, id: &'f str) -> impl Iterator<Item = &'f str> {
    file.lines()
        .skip_while(move |line| line.strip_prefix("# ") != Some(id))
        .skip(1)
        .take_while(|line| !line.starts_with("# "))
        .filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_intent_has_phrasings_in_both_languages() {
        for intent in intents() {
            for language in Language::ALL {
                let n_phrasings = intent.phrasings.iter().filter(|(of, _)| *of == language).count();
                assert!(n_phrasings >= 8, "{} has {n_phrasings} in {language}", intent.id);
            }
        }
    }

    #[test]
    fn every_section_of_the_files_is_an_intent() {
        for file in [ENGLISH, RUSSIAN] {
            for id in file.lines().filter_map(|line| line.strip_prefix("# ")) {
                assert!(SmallTalk::of(id).is_some(), "`{id}` is no intent");
            }
        }
    }
}
