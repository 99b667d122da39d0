//! Small talk and questions about the interview itself: how people word them. They are no part of the knowledge, for
//! every interview gets the same ones with its own names in them, and the answers come from the catalogues and the front
//! matter.

use crate::domain::{Corpus, Interview, Language};
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

/// The intents with their phrasings, as the matcher takes them; a phrasing with a name in it stands there once for each
/// interview that has it.
#[must_use]
pub(super) fn intents(corpus: &Corpus) -> Vec<Intent> {
    SmallTalk::ALL
        .into_iter()
        .map(|talk| Intent {
            id: talk.id(),
            phrasings: [(Language::English, ENGLISH), (Language::Russian, RUSSIAN)]
                .into_iter()
                .flat_map(|(language, file)| section(file, talk.id()).map(move |line| (language, line)))
                .flat_map(|(language, line)| with_names(line, language, corpus).map(move |text| (language, text)))
                .collect(),
        })
        .collect()
}

/// A line with the names of each interview in it; once as it is if there is no place for a name.
fn with_names(line: &str, language: Language, corpus: &Corpus) -> impl Iterator<Item = String> {
    let filled = |interview: &Interview| {
        NAMES.iter().try_fold(line.to_owned(), |line, (place, name)| match line.contains(place) {
            true => Some(line.replace(place, &name(interview, language)?)),
            false => Some(line),
        })
    };
    let mut lines: Vec<String> = corpus.interviews.iter().filter_map(filled).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter()
}

/// A name of an interview in a language.
type Name = fn(&Interview, Language) -> Option<String>;

/// What stands for a name in a phrasing.
const NAMES: [(&str, Name); 4] = [
    ("{speaker}", |interview, language| Some(interview.speaker.as_ref()?.name.get(language).to_owned())),
    ("{surname}", |interview, language| {
        interview.speaker.as_ref()?.name.get(language).split_whitespace().next_back().map(str::to_owned)
    }),
    ("{role}", |interview, language| Some(interview.speaker.as_ref()?.role.get(language).to_owned())),
    ("{outlet}", |interview, language| Some(interview.asked_by.as_ref()?.get(language).to_owned())),
];

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
    use crate::knowledge::{Files, load};
    use crate::matching::{Matcher, Verdict};

    fn intents() -> Vec<Intent> {
        super::intents(&load(&Files::embedded()).corpus.unwrap())
    }

    #[test]
    fn an_interview_stands_in_the_phrasings_under_its_own_names() {
        let phrasings: Vec<String> =
            intents().into_iter().flat_map(|intent| intent.phrasings).map(|(_, text)| text).collect();
        for named in
            ["Who is Masadykov?", "Кто сейчас Генеральный секретарь ОДКБ?", "What kind of outlet is Allies. CSTO?"]
        {
            assert!(phrasings.iter().any(|phrasing| phrasing == named), "{named}");
        }
        assert!(!phrasings.iter().any(|phrasing| phrasing.contains('{')));
    }

    /// An interview of somebody else, about other things.
    fn foreign() -> Matcher {
        let interview = "+++\ntitle = \"The bridge\"\nkind = \"original\"\noriginal_language = \"en\"\nasked_by = \"The Cape Herald\"\n\
                         given = 2025-05-03\npublisher = \"The Cape Herald\"\nurl = \"https://example.org/mayor\"\n\n[speaker]\n\
                         name = \"Ada Smith\"\nrole = \"Mayor of Northcape\"\n+++\n\n## What about the bridge?\n\n\
                         The new bridge over the sound will open in September. {#bridge}\n\n\
                         ## And the ferries?\n\nFerries carry two thousand people a day. {#ferries}\n";
        let files = [("mayor/interview.en.md".to_owned(), interview.as_bytes().to_vec())];
        let corpus = load(&Files::from_pairs(files)).corpus.unwrap();
        Matcher::new(&corpus, &super::intents(&corpus))
    }

    #[test]
    fn a_fact_about_the_interview_is_no_answer_to_a_question_about_something_else() {
        let matcher = foreign();
        for question in [
            "When did the war begin?",
            "When was the castle built?",
            "Who is the president of France?",
            "Where is the hospital?",
            "who translated the contract",
            "How old is the lighthouse?",
            "hello everybody in the castle",
            "Когда началась война?",
            "Где находится больница?",
            "Когда построили замок?",
            "tell me about it",
            "whose army is it",
            "чьи это войска",
            "чей это мост",
        ] {
            let verdict = matcher.ask(question).verdict;
            assert!(!matches!(verdict, Verdict::Chat(_)), "{question}: {verdict:?}");
        }
    }

    #[test]
    fn facts_about_the_interview_and_small_talk_are_understood_in_any_folder() {
        let matcher = foreign();
        for (question, talk) in [
            ("When was this interview given?", SmallTalk::Given),
            ("how old is this interview", SmallTalk::Given),
            ("who is the mayor", SmallTalk::Speaker),
            ("Who is Ada Smith?", SmallTalk::Speaker),
            ("what is her job", SmallTalk::Speaker),
            ("who asked the questions", SmallTalk::AskedBy),
            ("where was it published", SmallTalk::Published),
            ("is this a translation?", SmallTalk::Translation),
            ("когда была беседа", SmallTalk::Given),
            ("Кто говорит?", SmallTalk::Speaker),
            ("hi", SmallTalk::Greeting),
            ("ok bye", SmallTalk::Farewell),
            ("спасибо большое", SmallTalk::Thanks),
            ("who are you?", SmallTalk::WhoAreYou),
            ("what can you do", SmallTalk::Help),
        ] {
            assert_eq!(matcher.ask(question).verdict, Verdict::Chat(talk.id()), "{question}");
        }
    }

    #[test]
    fn no_topic_of_the_shipped_interview_takes_small_talk_over() {
        let corpus = load(&Files::embedded()).corpus.unwrap();
        let matcher = Matcher::new(&corpus, &super::intents(&corpus));
        for talk in SmallTalk::ALL {
            for line in [ENGLISH, RUSSIAN].into_iter().flat_map(|file| section(file, talk.id())) {
                if !line.contains('{') {
                    assert_eq!(matcher.ask(line).verdict, Verdict::Chat(talk.id()), "{line}");
                }
            }
        }
    }

    #[test]
    fn no_name_of_an_interview_is_built_in() {
        for file in [ENGLISH, RUSSIAN] {
            for name in ["Masadykov", "Масадыков", "CSTO", "ОДКБ", "генсек", "ecretary"] {
                assert!(!file.contains(name), "{name}");
            }
        }
    }

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
