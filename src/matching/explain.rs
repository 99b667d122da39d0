//! Why a question got its verdict, in words for somebody who knows nothing of matchers.

use std::fmt;

use super::query::{Query, QueryWord};
use super::score::{Ranked, Shares};
use super::signals::Signals;
use super::targets::Targets;
use super::thresholds::{CHAT, MAYBE, MAYBE_OUTSIDE, QUOTE, QUOTE_OUTSIDE};
use super::verdict::{Answer, Hit, Verdict};

/// From this weight on a word is said to count much, below the other to count little.
const MUCH: f32 = 0.5;
const LITTLE: f32 = 0.15;

/// An answer with its reasons. [`fmt::Display`] prints it whole, over several lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The same answer that [`super::Matcher::ask`] gives.
    pub answer: Answer,
    /// The words as they were read, each with what was made of it.
    pub words: Vec<WordNote>,
    /// For each of the nearest passages: what spoke for it.
    pub reasons: Vec<Vec<String>>,
    /// The share of the evidence, 0–1, that says: this is a question the interview does not answer.
    pub outside_share: f32,
    /// The share that says: it is like nothing the knowledge holds.
    pub nothing_share: f32,
    /// The likeliest small talk with its share.
    pub chat: Option<(&'static str, f32)>,
    /// The part of the message that was taken for the question; `None` if the whole was.
    pub read_only: Option<String>,
}

/// What was made of a word of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct WordNote {
    /// As it was read.
    pub word: String,
    /// As it was typed, if it was held to be misspelled.
    pub typed: Option<String>,
    /// Whether the knowledge has it.
    pub is_known: bool,
    /// How much it tells about what is asked, 0–1.
    pub weight: f32,
}

impl Explanation {
    pub(super) fn new(
        query: &Query,
        answer: Answer,
        targets: &Targets,
        signals: &Signals,
        shares: &Shares,
        read_only: Option<String>,
    ) -> Self {
        let nearest: Vec<Ranked> =
            shares.ranking(targets, answer.nearest.len()).into_iter().take(answer.nearest.len()).collect();
        let reasons = nearest.iter().map(|ranked| ranked.target.map(|target| signals.reasons(query, target)));
        Self {
            words: query.words.iter().map(WordNote::new).collect(),
            reasons: reasons.map(Option::unwrap_or_default).collect(),
            outside_share: shares.outside,
            nothing_share: shares.nothing,
            chat: shares.best_chat(targets).map(|chat| (chat.intent, chat.share)),
            answer,
            read_only,
        }
    }

    fn words_that(&self, wanted: impl Fn(&WordNote) -> bool) -> String {
        let words = self.words.iter().filter(|note| wanted(note)).map(|note| format!("“{}”", note.word));
        words.collect::<Vec<_>>().join(", ")
    }

    fn write_words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(part) = &self.read_only {
            writeln!(f, "Of the message only this part was taken for the question: {part}")?;
        }
        if let Some(read_as) = &self.answer.read_as {
            writeln!(f, "Read as: {read_as}")?;
        }
        for note in &self.words {
            if let Some(typed) = &note.typed {
                writeln!(f, "“{typed}” was taken for “{}”.", note.word)?;
            }
        }
        for (what, words) in [
            ("Words that count much", self.words_that(|note| note.is_known && note.weight >= MUCH)),
            ("Words that count little", self.words_that(|note| note.weight < LITTLE)),
            ("Words nobody has used about this", self.words_that(|note| !note.is_known && note.weight >= LITTLE)),
        ] {
            if !words.is_empty() {
                writeln!(f, "{what}: {words}.")?;
            }
        }
        if self.words.is_empty() {
            writeln!(f, "There is no word in it.")?;
        }
        Ok(())
    }

    fn write_nearest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((place, hit), reasons) in (1..).zip(&self.answer.nearest).zip(&self.reasons) {
            let topic = hit.topic.as_ref().map(|topic| format!(" by the topic {topic}")).unwrap_or_default();
            writeln!(f, "{place}. {}{topic}: {}", hit.passage, percent(hit.score))?;
            for reason in reasons {
                writeln!(f, "   – {reason}")?;
            }
        }
        writeln!(f, "Like questions that the interview does not answer: {}", percent(self.outside_share))?;
        writeln!(f, "Like nothing in the knowledge: {}", percent(self.nothing_share))?;
        if let Some((intent, share)) = self.chat {
            writeln!(f, "Like small talk or a fact about the interview ({intent}): {}", percent(share))?;
        }
        Ok(())
    }

    /// The threshold that holds: what sounds like a question that is not answered needs more.
    fn needed(&self, otherwise: f32, outside: f32) -> f32 {
        if self.outside_share > self.nothing_share { outside } else { otherwise }
    }

    fn write_verdict(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let confidence = percent(self.answer.confidence);
        match &self.answer.verdict {
            Verdict::Quote(hits) => {
                let names: Vec<String> = hits.iter().map(|hit| hit.passage.to_string()).collect();
                write!(
                    f,
                    "Verdict: quote {}, because {confidence} is at least the {} that a quote needs.",
                    names.join(" and "),
                    percent(self.needed(QUOTE, QUOTE_OUTSIDE))
                )
            }
            Verdict::Choices(hits) => {
                let names: Vec<String> = hits.iter().map(|hit: &Hit| hit.passage.to_string()).collect();
                write!(
                    f,
                    "Verdict: let the reader choose between {}: none is sure enough to be quoted alone, and something is found \
                     from {} on.",
                    names.join(", "),
                    percent(self.needed(MAYBE, MAYBE_OUTSIDE))
                )
            }
            Verdict::Chat(intent) => {
                write!(f, "Verdict: {intent}, likelier than any passage and at least {} sure.", percent(CHAT))
            }
            Verdict::NotCovered if self.answer.confidence >= self.needed(MAYBE, MAYBE_OUTSIDE) => {
                write!(f, "Verdict: nothing found, because its words alone ask for nothing, or lead there by chance.")
            }
            Verdict::NotCovered => {
                let needed = percent(self.needed(MAYBE, MAYBE_OUTSIDE));
                write!(f, "Verdict: nothing found, because {confidence} is less than the {needed} that a choice needs.")
            }
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_words(f)?;
        self.write_nearest(f)?;
        self.write_verdict(f)
    }
}

impl WordNote {
    fn new(word: &QueryWord) -> Self {
        let QueryWord { word, term, weight, typed } = word;
        Self {
            word: word.text.to_string(),
            typed: typed.as_deref().map(str::to_owned),
            is_known: term.is_some(),
            weight: *weight,
        }
    }
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::matcher;

    #[test]
    fn an_explanation_says_what_was_read_why_and_what_follows() {
        let matcher = matcher();
        for (question, said) in [
            ("lighthuose", "“lighthuose” was taken for “lighthouse”."),
            ("фьиук", "Read as: amber"),
            ("amber in the night", "Words that count much: “amber”"),
            ("amber in the night", "Words that count little: “in”, “the”."),
            ("lighthouse of Alexandria", "Words nobody has used about this: “alexandria”."),
            ("the beacon", "its keyword “beacon” is in the question"),
            ("museum of knots", "its passage has the words “museum”, “knots”"),
            ("amber", "Verdict: quote harbour/p5"),
            ("weather forecast", "Verdict: nothing found"),
            ("hello", "Verdict: greeting"),
            ("", "There is no word in it."),
        ] {
            let explanation = matcher.explain(question).to_string();
            assert!(explanation.contains(said), "{question}\n{explanation}");
        }
    }

    #[test]
    fn what_did_not_happen_is_not_told() {
        let matcher = matcher();
        for (question, unsaid) in [
            ("lighthouse", "was taken for"),
            ("lighthouse", "Read as"),
            ("lighthouse", "nobody has used"),
            ("zzzz", "its keyword"),
            ("weather forecast", "its passage has"),
            ("hello", "Verdict: quote"),
        ] {
            let explanation = matcher.explain(question).to_string();
            assert!(!explanation.contains(unsaid), "{question}\n{explanation}");
        }
    }
}
