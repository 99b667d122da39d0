//! Which passage answers a question, if any does.
//!
//! What is known is made in this order: `material` gathers everything that was written about each target (`targets`: topics,
//! lone passages, small talk, and what is outside), in the words of one `word_list`, synonyms folded; of it come the
//! `vocabulary` with its `spellings`, `neighbours` and `kin`, the `postings` and the trained `model`.
//!
//! A question goes through these files in this order: `parts` takes a message apart, `framing` takes "tell me about"
//! off, `query` reads it (with `repair`, `synonyms` and the
//! `vocabulary`), `signals` rate every target, `score` divides the evidence between them and "nothing of this", `verdict`
//! draws the line, and `explain` says why. `thresholds` holds every number they agree on.
//!
//! All of it is a pure function of the corpus and the question: no clock, no randomness, no dependence on hash order;
//! equal scores go by passage name. What it deliberately does not do: remember the chat, cut quotes, or word replies.

mod explain;
#[cfg(test)]
mod fixture;
mod framing;
mod kin;
mod listing;
mod material;
mod model;
mod neighbours;
mod parts;
mod postings;
mod query;
mod ragged;
mod repair;
mod score;
mod sequence;
mod signals;
mod spellings;
mod synonyms;
mod targets;
#[cfg(test)]
mod tests;
mod threads;
mod thresholds;
mod verdict;
mod vocabulary;
mod word;
mod word_list;

use crate::domain::{Corpus, Language};

use material::Material;
use parts::{Judged, Part, Reading};
use query::Reader;
use score::Shares;
use signals::{Signals, TrainedSignal, UntrainedSignals};
use synonyms::SynonymTable;
use targets::Targets;
use threads::Threads;
use thresholds::SURE;
use vocabulary::Vocabulary;

pub use explain::{Explanation, WordNote};
pub use query::readable;
pub use thresholds::QuoteThresholds;
pub use verdict::{Answer, Hit, Verdict};

/// Small talk, or a fact about the interview: something the app answers itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// What [`Verdict::Chat`] says.
    pub id: &'static str,
    /// How people put it.
    pub phrasings: Vec<(Language, String)>,
}

/// Finds passages in one corpus; built once for each snapshot of the knowledge, never changed.
pub struct Matcher {
    reader: Reader,
    targets: Targets,
    signals: Signals,
    /// Whether the parts of a message are judged, too.
    takes_apart: bool,
}

impl Matcher {
    /// Reads the corpus and trains the model, on two threads: at the start, when nobody can ask yet.
    #[must_use]
    pub fn new(corpus: &Corpus, small_talk: &[Intent]) -> Self {
        Self::made(corpus, small_talk, Threads::Two)
    }

    /// The same on one thread, beside a matcher that is asked meanwhile.
    #[must_use]
    pub fn beside_another(corpus: &Corpus, small_talk: &[Intent]) -> Self {
        Self::made(corpus, small_talk, Threads::One)
    }

    fn made(corpus: &Corpus, small_talk: &[Intent], threads: Threads) -> Self {
        let synonyms = SynonymTable::new(&corpus.lexicon);
        let material = Material::gather(corpus, small_talk, &synonyms, threads);
        // Training is half of the work and depends on nothing but the material: it has a thread of its own.
        let index = || {
            let phrased = material.asked().map(|(_, words)| words);
            let (vocabulary, terms) = Vocabulary::new(&material.words, material.groups().into_iter(), phrased);
            let untrained = UntrainedSignals::new(&material, &vocabulary, &terms);
            (vocabulary, untrained)
        };
        let ((vocabulary, untrained), trained) = threads.both(index, || TrainedSignal::new(&material, threads));
        let signals = Signals::new(untrained, trained);
        let takes_apart = corpus.interviews.iter().any(|interview| !interview.outside.is_empty());
        Self { reader: Reader { synonyms, vocabulary }, targets: material.targets, signals, takes_apart }
    }

    /// The answer to a message of any length and content; only its first 1,000 characters are read.
    #[must_use]
    pub fn ask(&self, message: &str) -> Answer {
        self.ask_at(message, QuoteThresholds::default())
    }

    /// The answer that other thresholds would give: for measuring them, never for a reader.
    #[must_use]
    pub fn ask_at(&self, message: &str, thresholds: QuoteThresholds) -> Answer {
        let (reading, whole, mut parts) = self.read(message, thresholds);
        match reading {
            Reading::Whole => whole.answer,
            Reading::Part(part) => parts.swap_remove(part).1.answer,
            Reading::Several(hits) => whole.answer.of_several(hits),
        }
    }

    /// The same answer with its reasons.
    #[must_use]
    pub fn explain(&self, message: &str) -> Explanation {
        let (reading, _, parts) = self.read(message, QuoteThresholds::default());
        let text = match reading {
            Reading::Whole | Reading::Several(_) => message,
            Reading::Part(part) => parts[part].0.text,
        };
        let query = self.reader.read(text);
        let shares = Shares::new(&query, &self.targets, &self.signals);
        let read_only = (text != message).then(|| text.to_owned());
        Explanation::new(&query, self.ask(message), &self.targets, &self.signals, &shares, read_only)
    }

    /// Judges a message as a whole and in parts, and tells which of them decides.
    fn read<'m>(&self, message: &'m str, thresholds: QuoteThresholds) -> (Reading, Judged, Vec<(Part<'m>, Judged)>) {
        let message = readable(message);
        let whole = self.judge(message, thresholds);
        let is_one = |about: &&str| parts::parts(about).is_empty();
        if let Some(about) = framing::asked_about(message).filter(is_one).filter(|_| !whole.is_answered()) {
            let judged = self.judge(about, thresholds.at_least(SURE));
            let reading = if judged.found_something() { Reading::Part(0) } else { Reading::Whole };
            return (reading, whole, vec![(Part { text: about, asks: false }, judged)]);
        }
        let parts = if self.takes_apart { parts::parts(message) } else { Vec::new() };
        let parts = if parts::may_decide(&whole, &parts) { parts } else { Vec::new() };
        let parts: Vec<_> = parts.into_iter().map(|part| (part, self.judge(part.text, thresholds))).collect();
        (parts::choose(&whole, &parts), whole, parts)
    }

    fn judge(&self, question: &str, thresholds: QuoteThresholds) -> Judged {
        let query = self.reader.read(question);
        let shares = Shares::new(&query, &self.targets, &self.signals);
        let answer = verdict::judge(&query, &self.targets, &self.signals, &shares, thresholds);
        Judged { answer, outside: shares.outside }
    }
}
