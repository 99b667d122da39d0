//! An interview and the texts it was published in.

use jiff::civil::Date;

use super::event::Event;
use super::id::{InterviewId, PassageId, PassageName};
use super::judgment::Judgment;
use super::language::{Language, Localised};
use super::passage::Passage;
use super::questions::{Question, Questions};
use super::topic::{Outside, Topic};

/// One interview: who said it to whom and when, its texts, and the editor's work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// The name of its folder.
    pub id: InterviewId,
    /// Who answered; `None` in a set made from question-and-answer lines, which nobody spoke.
    pub speaker: Option<Speaker>,
    /// The outlet that asked the questions.
    pub asked_by: Option<Localised>,
    /// The day it was given.
    pub given: Option<Date>,
    /// The language it was given in.
    pub original_language: Language,
    /// What is quoted from: one text per language, at least one.
    pub texts: Vec<Text>,
    /// Where the same interview stands elsewhere.
    pub also: Vec<Also>,
    /// What people ask, and which passages answer it.
    pub topics: Vec<Topic>,
    /// What people ask about its topics and it does not answer.
    pub outside: Vec<Outside>,
    /// Exercises and dates named in it.
    pub events: Vec<Event>,
    /// Labelled questions for `eval`.
    pub judgments: Vec<Judgment>,
}

impl Interview {
    /// The text to quote to a reader of `language`: theirs if there is one, else the first there is.
    #[must_use]
    pub fn text_for(&self, language: Language) -> Option<&Text> {
        self.texts.iter().find(|text| text.language == language).or_else(|| self.texts.first())
    }

    /// The name of one of its passages.
    #[must_use]
    pub fn name_of(&self, passage: &PassageId) -> PassageName {
        PassageName { interview: self.id.clone(), passage: passage.clone() }
    }
}

/// The person who answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Their name.
    pub name: Localised,
    /// Their role at the time of the interview.
    pub role: Localised,
}

/// An interview in one language, as one publisher printed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The language it is in.
    pub language: Language,
    /// Whether these are the speaker's own words.
    pub kind: TextKind,
    /// The headline.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The page it stands on.
    pub url: String,
    /// The day it was copied from that page.
    pub retrieved: Option<Date>,
    /// Questions and answers in the order of the page.
    pub questions: Questions,
}

impl Text {
    /// All passages in the order of the page, gaps too.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.questions.iter().flat_map(|question| &question.passages)
    }

    /// The passage of that id, with its question.
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&Question, &Passage)> {
        self.questions.passage(id)
    }
}

/// Whether a text is in the speaker's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// The words as spoken or first printed.
    Original,
    /// Somebody's translation of them.
    Translation,
    /// Not an interview: answers from question-and-answer lines.
    Faq,
}

/// Another place where the same interview can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// Whose page it is.
    pub label: String,
    /// The language of that page.
    pub language: Language,
    /// Its address.
    pub url: String,
}
