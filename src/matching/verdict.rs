//! From shares to a verdict: quote, let the reader choose, chat, or admit that nothing was found.

use crate::domain::{PassageName, TopicName};

use super::query::Query;
use super::score::{Ranked, Shares};
use super::signals::Signals;
use super::targets::Targets;
use super::thresholds::{
    CHAT, CHAT_COVERED, CHOICES, CLOSE, LIKELY, MAX_CHOICES, MAX_NEAR_TOPICS, MAYBE, MAYBE_OUTSIDE, NEAR_OUTSIDE,
    NEAR_TOPIC, ON_TOPIC, QuoteThresholds, SURE,
};

/// So many passages are told as the nearest, whatever the verdict.
const N_NEAREST: usize = 3;

/// What was found for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What to do.
    pub verdict: Verdict,
    /// Up to three different passages, best first, before any threshold, whatever the verdict; fewer only if the
    /// knowledge has fewer.
    pub nearest: Vec<Hit>,
    /// If nothing was found: up to three topics to offer, the nearest first; empty if none is near.
    pub near_topics: Vec<TopicName>,
    /// How sure it is of the first of `nearest`, 0–1: what the thresholds look at.
    pub confidence: f32,
    /// The question after repair of its keyboard layout or script; `None` if it was read as typed.
    pub read_as: Option<String>,
    /// The telling words of that which the nearest passage or its topic's keywords have too, in the question's order: at
    /// most three, and none if nothing was found. Repeating another word of a loaded question would be saying it.
    pub read_words: Vec<String>,
}

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Quote these passages: one for each question asked, the surest first, nearly always one.
    Quote(Vec<Hit>),
    /// A close call, or too unsure to quote: let the reader choose between these, best first, at most three.
    Choices(Vec<Hit>),
    /// The knowledge was not found to answer it.
    NotCovered,
    /// Small talk or a fact about the interview: the intent's id.
    Chat(&'static str),
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The passage.
    pub passage: PassageName,
    /// The topic that led to it; `None` if its own words did.
    pub topic: Option<TopicName>,
    /// How sure it is of it, 0–1.
    pub score: f32,
}

impl Answer {
    /// This answer with the passages of several questions in its message.
    pub(super) fn of_several(self, hits: Vec<Hit>) -> Self {
        let confidence = hits.iter().fold(self.confidence, |most, hit| most.max(hit.score));
        Self { verdict: Verdict::Quote(hits), confidence, near_topics: Vec::new(), ..self }
    }
}

/// Judges a question by its shares.
pub(super) fn judge(
    query: &Query,
    targets: &Targets,
    signals: &Signals,
    shares: &Shares,
    thresholds: QuoteThresholds,
) -> Answer {
    let ranking = shares.ranking(targets, N_NEAREST);
    let hits: Vec<Hit> = ranking.iter().take(N_NEAREST).map(|ranked| hit(ranked, targets, shares)).collect();
    let confidence = hits.first().map_or(0.0, |best| best.score);
    let verdict = verdict(query, targets, signals, shares, &ranking, &hits, thresholds);
    let near_topics = match verdict {
        Verdict::NotCovered => near_topics(query, targets, signals, shares),
        Verdict::Quote(_) | Verdict::Choices(_) | Verdict::Chat(_) => Vec::new(),
    };
    let read_words = match (&verdict, ranking.first()) {
        (Verdict::Quote(_) | Verdict::Choices(_), Some(best)) => signals.read_words(query, best.passage, best.target),
        (Verdict::Quote(_) | Verdict::Choices(_), None) | (Verdict::NotCovered | Verdict::Chat(_), _) => Vec::new(),
    };
    Answer { verdict, nearest: hits, near_topics, confidence, read_as: query.read_as.clone(), read_words }
}

fn verdict(
    query: &Query,
    targets: &Targets,
    signals: &Signals,
    shares: &Shares,
    ranking: &[Ranked],
    hits: &[Hit],
    thresholds: QuoteThresholds,
) -> Verdict {
    if query.words.is_empty() {
        return Verdict::NotCovered;
    }
    let best_share = ranking.first().map_or(0.0, |best| best.share);
    if let Some(chat) = shares.best_chat(targets)
        && chat.share > best_share
        && chat.share >= CHAT
        && signals.covered(query, chat.target) >= CHAT_COVERED
    {
        return Verdict::Chat(chat.intent);
    }
    let Some(best) = hits.first().filter(|_| query.is_telling()) else { return Verdict::NotCovered };
    if let Some(Ranked { target: Some(target), passage, .. }) = ranking.first()
        && signals.is_stray(query, *target, *passage)
    {
        return Verdict::NotCovered;
    }
    let close = close_calls(ranking);
    if close.len() > 1 && best.score < SURE && shares.confidence(together(&close)) >= CHOICES {
        return Verdict::Choices(hits[..close.len()].to_vec());
    }
    // What sounds like a question that is not answered needs more than what merely has unknown words.
    let QuoteThresholds { quote, quote_outside } = thresholds;
    let (quote, maybe) = if shares.outside > shares.nothing { (quote_outside, MAYBE_OUTSIDE) } else { (quote, MAYBE) };
    if best.score >= quote {
        return Verdict::Quote(vec![best.clone()]);
    }
    if best.score >= maybe { Verdict::Choices(different(hits)) } else { Verdict::NotCovered }
}

/// The likely hits of different topics, the best of each.
fn different(hits: &[Hit]) -> Vec<Hit> {
    let mut different: Vec<Hit> = Vec::with_capacity(MAX_CHOICES);
    let likely = hits.first().map_or(0.0, |best| LIKELY * best.score);
    for hit in hits.iter().take(MAX_CHOICES).filter(|hit| hit.score >= likely) {
        if !different.iter().any(|before| before.topic.is_some() && before.topic == hit.topic) {
            different.push(hit.clone());
        }
    }
    different
}

/// The first passages as long as each is about as likely as the first and answers another target.
fn close_calls(ranking: &[Ranked]) -> Vec<Ranked> {
    let Some(best) = ranking.first() else { return Vec::new() };
    let mut close: Vec<Ranked> = Vec::with_capacity(MAX_CHOICES);
    for next in ranking.iter().take(MAX_CHOICES) {
        if next.share < CLOSE * best.share || close.iter().any(|before| before.target == next.target) {
            break;
        }
        close.push(*next);
    }
    close
}

fn together(close: &[Ranked]) -> f32 {
    close.iter().map(|ranked| ranked.share).sum()
}

pub(super) fn hit(ranked: &Ranked, targets: &Targets, shares: &Shares) -> Hit {
    let topic = ranked.target.and_then(|target| targets.list[target as usize].topic().cloned());
    let passage = targets.passages[ranked.passage as usize].clone();
    Hit { passage, topic, score: shares.confidence(ranked.share) }
}

/// What nearly the same outside phrasing names first, then the topics with the largest shares, then those whose keyword is in
/// the question.
fn near_topics(query: &Query, targets: &Targets, signals: &Signals, shares: &Shares) -> Vec<TopicName> {
    let offered = signals.offered(query).into_iter().filter(|(_, likeness)| *likeness >= NEAR_OUTSIDE);
    let topics = shares.topics(targets);
    let all: f32 = topics.iter().map(|(_, share)| share).sum();
    let nearest = topics.into_iter().take_while(|(_, share)| all >= ON_TOPIC && *share >= NEAR_TOPIC * all);
    let mut names: Vec<TopicName> = Vec::with_capacity(MAX_NEAR_TOPICS);
    for name in offered
        .chain(nearest)
        .chain(signals.named(query))
        .filter_map(|(target, _)| targets.list[target as usize].topic())
    {
        if names.len() < MAX_NEAR_TOPICS && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
