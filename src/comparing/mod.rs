//! Whether words that somebody quotes stand in the texts: word for word, changed, or not at all.
//!
//! A comparison goes through these files: `message` reads what was written (its words by `word`, its quotations by
//! `quotation`), `quote` finds what one quote is taken from: first where it stands as it is, else by the `run`s of
//! words it shares with the texts, the best `chain` of them with small `gap`s and what stands at its `edges`. `align`
//! then compares word by word, `same` and `saying` forgive what is no change, `judge` tells a changed quote from
//! somebody's own words, and `tongue` tells words that no text could hold. `index` numbers the words of all texts, once
//! for each corpus, and gives each its `weight`. `shown` is what the caller sees of it, change by change, `letters` where
//! case differs.
//!
//! It compares with the texts it is given and says nothing about what somebody said. Typography and case never make a
//! difference; case is told, though. All of it is a pure function of the corpus and the message, of equal places the
//! first in the corpus wins, and the work has a bound for each message.

mod finding;
mod part;

mod align;
mod chain;
mod edges;
#[cfg(test)]
mod fixture;
mod gap;
mod index;
mod judge;
mod letters;
mod message;
#[cfg(test)]
mod properties;
mod quotation;
mod quote;
mod run;
mod same;
mod saying;
mod segments;
mod shown;
#[cfg(test)]
mod tests;
mod tongue;
mod weight;
mod word;

use crate::domain::Corpus;

use index::Index;
use message::Message;
use quote::{Found, Search};
use segments::{Segments, segments};
use shown::shown;
use tongue::{Tongue, tongue};

pub use align::Mark;
pub use finding::{
    Change, ComparedPart, ComparedWord, Comparison, Difference, Extent, Finding, Piece, Place, WordForWord,
};
pub use part::Part;

/// So many quotes of one message are compared.
pub const MAX_QUOTES: usize = 3;

/// Compares with the texts of one corpus; built once for each snapshot of the knowledge, never changed.
pub struct Comparer {
    index: Index,
}

impl Comparer {
    /// Numbers the words of all texts.
    #[must_use]
    pub fn new(corpus: &Corpus) -> Self {
        Self { index: Index::new(corpus) }
    }

    /// Compares a message: what stands in it between quotation marks, or else what in it looks like a quote, at most
    /// [`MAX_QUOTES`], in the order of the message. None for a message without words.
    ///
    /// `corpus` is the one this was made of; of another nothing is found, or too little.
    #[must_use]
    pub fn message<'c>(&self, corpus: &'c Corpus, written: &str) -> Vec<Comparison<'c>> {
        let message = Message::read(written);
        let search = Search::new(&self.index, corpus, &message);
        if let Some(found) = search.exactly() {
            return self.shown(corpus, &message, vec![found]);
        }
        let Segments { long, short } = segments(&self.index, corpus, &message);
        if long.is_empty() {
            let found = search.parts(MAX_QUOTES);
            if !found.is_empty() {
                return self.shown(corpus, &message, found);
            }
            let short: Vec<Comparison<'c>> = short.iter().flat_map(|quote| self.short(corpus, quote)).collect();
            return if short.is_empty() { self.not_found(&message).into_iter().collect() } else { short };
        }
        let mut comparisons: Vec<Comparison<'c>> = Vec::new();
        let around = search.parts(MAX_QUOTES);
        let (around, beside) = segments::around(&message, &long, around);
        comparisons.extend(self.shown(corpus, &message, around));
        for quote in &long {
            let bytes = quote.bytes_of(&(0..quote.words.len())).unwrap_or_default();
            let is_within = |one: &Comparison<'_>| one.said.start <= bytes.start && bytes.end <= one.said.end;
            if !comparisons.iter().any(is_within) {
                comparisons.extend(self.quote(corpus, quote));
            }
        }
        if comparisons.iter().all(|one| matches!(one.finding, Finding::NotFound | Finding::OtherLanguage(_))) {
            comparisons.extend(self.shown(corpus, &message, beside));
        }
        comparisons.truncate(MAX_QUOTES);
        comparisons.sort_by_key(|one| one.said.start);
        comparisons
    }

    /// Compares words that are all said to be a quote: what stood between quotation marks, or what somebody asks about.
    /// One comparison, or two or three of a quote that was made of pieces from places far apart. None if there are no
    /// words.
    #[must_use]
    pub fn words<'c>(&self, corpus: &'c Corpus, words: &str) -> Vec<Comparison<'c>> {
        let message = Message::read(words);
        let mut comparisons = self.quote(corpus, &message);
        comparisons.truncate(MAX_QUOTES);
        comparisons
    }

    fn quote<'c>(&self, corpus: &'c Corpus, quote: &Message<'_>) -> Vec<Comparison<'c>> {
        let found = Search::new(&self.index, corpus, quote).whole();
        if found.is_empty() { self.not_found(quote).into_iter().collect() } else { self.shown(corpus, quote, found) }
    }

    /// A short quote, if it stands somewhere as it is.
    fn short<'c>(&self, corpus: &'c Corpus, quote: &Message<'_>) -> Vec<Comparison<'c>> {
        let found = Search::new(&self.index, corpus, quote).exactly();
        self.shown(corpus, quote, found.into_iter().collect())
    }

    fn not_found<'c>(&self, message: &Message<'_>) -> Option<Comparison<'c>> {
        let said = message.bytes_of(&(0..message.words.len()))?;
        let finding = match tongue(&self.index, message) {
            Tongue::Held => Finding::NotFound,
            Tongue::Foreign(language) => Finding::OtherLanguage(language),
        };
        Some(Comparison { said, finding })
    }

    fn shown<'c>(&self, corpus: &'c Corpus, message: &Message<'_>, found: Vec<Found>) -> Vec<Comparison<'c>> {
        found.into_iter().filter_map(|found| shown(&self.index, corpus, message, &found)).collect()
    }
}
