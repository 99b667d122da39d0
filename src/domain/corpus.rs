//! All interviews of a knowledge folder: one immutable value, replaced whole.

use std::fmt;

use super::id::{PassageName, TopicName};
use super::interview::{Interview, Text};
use super::language::Language;
use super::passage::Passage;
use super::questions::Question;
use super::topic::{Key, Topic};

/// Everything the bot knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// Which files it was made of.
    pub revision: Revision,
    /// Ordered by id.
    pub interviews: Vec<Interview>,
    /// Words the whole audience uses.
    pub lexicon: Lexicon,
}

/// A fingerprint of the knowledge files: equal files, equal revision.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Revision(pub Key);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Abbreviations, synonyms and translations that hold for every interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Groups of words that mean the same, in the order of the file.
    pub synonyms: Vec<Synonyms>,
}

/// Words and short phrases that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonyms {
    /// Two or more of them, in any language (`CSTO`, `ОДКБ`, `Collective Security Treaty Organization`).
    pub words: Vec<String>,
    /// Whether nearly every question holds one of them, so that it says next to nothing about which topic is meant.
    pub weight: SynonymWeight,
}

/// How much the words of a group tell about what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SynonymWeight {
    /// As much as other words.
    Telling,
    /// Next to nothing: the name of what the whole interview is about.
    Pervasive,
}

/// A passage with everything it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'c> {
    /// The interview.
    pub interview: &'c Interview,
    /// The text of it that would be shown.
    pub text: &'c Text,
    /// The interviewer's question.
    pub question: &'c Question,
    /// The passage itself.
    pub passage: &'c Passage,
}

impl Corpus {
    /// The passage of that name, in the text for a reader of `language`; where that text lacks it, in another.
    #[must_use]
    pub fn passage(&self, name: &PassageName, language: Language) -> Option<Placed<'_>> {
        let interview = self.interviews.iter().find(|interview| interview.id == name.interview)?;
        let theirs = interview.text_for(language);
        theirs.into_iter().chain(&interview.texts).find_map(|text| {
            let (question, passage) = text.passage(&name.passage)?;
            Some(Placed { interview, text, question, passage })
        })
    }

    /// The passage a link or button with that key means, in the text whose words the key was made of.
    #[must_use]
    pub fn passage_by_key(&self, key: &Key) -> Option<Placed<'_>> {
        self.placed().find(|placed| placed.passage.key == *key)
    }

    /// The topic a button with that key means.
    #[must_use]
    pub fn topic_by_key(&self, key: &Key) -> Option<(&Interview, &Topic)> {
        self.topics().find(|(_, topic)| topic.key == *key)
    }

    /// The name of the topic with that key.
    #[must_use]
    pub fn topic_name(&self, key: &Key) -> Option<TopicName> {
        let (interview, topic) = self.topic_by_key(key)?;
        Some(TopicName { interview: interview.id.clone(), topic: topic.id.clone() })
    }

    /// The topic of that name.
    #[must_use]
    pub fn topic(&self, name: &TopicName) -> Option<(&Interview, &Topic)> {
        self.topics().find(|(interview, topic)| interview.id == name.interview && topic.id == name.topic)
    }

    /// All topics of all interviews.
    pub fn topics(&self) -> impl Iterator<Item = (&Interview, &Topic)> {
        self.interviews.iter().flat_map(|interview| interview.topics.iter().map(move |topic| (interview, topic)))
    }

    /// How people ask, in that language: an editor's first phrasing.
    #[must_use]
    pub fn example(&self, language: Language) -> Option<&str> {
        self.topics().find_map(|(_, topic)| phrasing(&topic.phrasings, language))
    }

    /// What is asked and not answered, in that language: an editor's first phrasing.
    #[must_use]
    pub fn outside_example(&self, language: Language) -> Option<&str> {
        let mut outside = self.interviews.iter().flat_map(|interview| &interview.outside);
        outside.find_map(|outside| phrasing(&outside.phrasings, language))
    }

    /// All passages of all texts, gaps too.
    pub fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        self.interviews.iter().flat_map(|interview| {
            interview.texts.iter().flat_map(move |text| {
                text.questions.iter().flat_map(move |question| {
                    question.passages.iter().map(move |passage| Placed { interview, text, question, passage })
                })
            })
        })
    }
}

fn phrasing(phrasings: &[(Language, String)], language: Language) -> Option<&str> {
    phrasings.iter().find(|(of, _)| *of == language).map(|(_, words)| words.as_str())
}
