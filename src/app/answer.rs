//! One question to one answer: what the matcher found, turned into quotes. Platform-free, and the same for the chat,
//! `ask` and `eval`.

use crate::chat::What;
use crate::domain::{Language, PassageKind, Quote, TopicName};
use crate::matching::{Hit, Verdict, readable};

use super::cut;
use super::language::Preference;
use super::library::Snapshot;
use super::small_talk::SmallTalk;

/// What the bot has to say to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer itself.
    pub outcome: Outcome,
    /// The three best passages before any threshold, best first.
    pub nearest: Vec<Hit>,
    /// Topics to offer where nothing was found, nearest first.
    pub near_topics: Vec<TopicName>,
    /// 0–1: what the thresholds look at.
    pub confidence: f32,
    /// The language to answer in.
    pub language: Language,
    /// If it was typed in another layout or script: the telling words it was read as, at most three.
    pub read_as: Vec<String>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// One quote for each question asked, the surest first; never empty.
    Quote(Vec<Found>),
    /// One to three, best first: the reader chooses.
    Choices(Vec<Found>),
    /// Nothing found.
    NotCovered,
    /// Small talk, or a fact about the interview itself; `None` for a command.
    Chat(Option<SmallTalk>),
}

/// A quote with what led to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The words.
    pub quote: Quote,
    /// The topic through which it was found, if by one.
    pub topic: Option<TopicName>,
    /// The matcher's score.
    pub score: f32,
}

/// Answers `question` from one revision of the knowledge.
#[must_use]
pub fn answer(snapshot: &Snapshot, question: &str, preference: Preference) -> Answer {
    let question = readable(question);
    let found = snapshot.matcher.ask(question);
    // Words typed in the wrong layout or in Latin letters are Russian all the same.
    let language = preference.of_words(found.read_as.as_deref().unwrap_or(question));
    let quotes =
        |hits: &[Hit]| hits.iter().filter_map(|hit| quote(snapshot, hit, question, language)).collect::<Vec<_>>();
    let is_command = matches!(What::parse(question), (What::Command { .. }, _));
    let outcome = match &found.verdict {
        _ if is_command => Outcome::Chat(None),
        Verdict::Quote(hits) => some(quotes(hits), Outcome::Quote),
        Verdict::Choices(hits) => some(quotes(hits), Outcome::Choices),
        Verdict::NotCovered => Outcome::NotCovered,
        Verdict::Chat(id) => SmallTalk::of(id).map_or(Outcome::NotCovered, |talk| Outcome::Chat(Some(talk))),
    };
    Answer {
        outcome,
        nearest: found.nearest,
        near_topics: found.near_topics,
        confidence: found.confidence,
        language,
        read_as: found.read_words,
    }
}

fn quote(snapshot: &Snapshot, hit: &Hit, question: &str, language: Language) -> Option<Found> {
    let placed = snapshot.corpus.passage(&hit.passage, language)?;
    debug_assert_eq!(placed.passage.kind, PassageKind::Quotable, "a gap is never found");
    let quote = cut::quote(placed, question)?;
    Some(Found { quote, topic: hit.topic.clone(), score: hit.score })
}

fn some(found: Vec<Found>, outcome: impl FnOnce(Vec<Found>) -> Outcome) -> Outcome {
    if found.is_empty() { Outcome::NotCovered } else { outcome(found) }
}
