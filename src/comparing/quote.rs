//! One quote, or what may be one, against the texts.

use std::ops::Range;

use crate::domain::Corpus;

use super::MAX_QUOTES;
use super::align::{Mark, Step, align};
use super::chain::Chain;
use super::edges::Claim;
use super::index::{Id, Index};
use super::judge::{Bounds, Counts};
use super::message::{Message, Parting};
use super::part::Part;
use super::run::{Run, runs, stands};
use super::same::{akin, same_in_other_words};
use super::saying::tells_who_speaks;
use super::weight::{TELLING, Weight};

/// So many places of the same words are told.
const MAX_PLACES: usize = 8;

/// So many runs are put together, at most, the heaviest: in a long text most are a single word that stands there by
/// chance.
const MAX_RUNS: usize = 2_000;

/// A single word that is rarer than this may be a link of a chain; "the" is too common to begin one.
const WORTH_A_RUN: Weight = TELLING / 2;

/// So many words of a quote must stand elsewhere for it to be looked at in pieces.
const LEFT_OVER: usize = 6;

/// Words that say who speaks are looked for so near.
const NEAR: usize = 4;

/// What was found out about some words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The words.
    pub(super) said: Range<usize>,
    pub(super) standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// They stand at each of these places, in steps that are the same or left out.
    Same(Vec<Vec<Step>>),
    /// They differ so.
    Differs(Vec<Step>),
}

/// The words of a message by number, and the texts.
pub(super) struct Search<'s, 'm> {
    pub(super) index: &'s Index,
    pub(super) corpus: &'s Corpus,
    pub(super) message: &'s Message<'m>,
    pub(super) said: Vec<Id>,
}

impl<'s, 'm> Search<'s, 'm> {
    pub(super) fn new(index: &'s Index, corpus: &'s Corpus, message: &'s Message<'m>) -> Self {
        let said = message.words.iter().map(|word| index.id_of(&word.key)).collect();
        Self { index, corpus, message, said }
    }

    /// All of the message, as one quote. More than one is found only if it is made of pieces from places far apart.
    pub(super) fn whole(&self) -> Vec<Found> {
        let all = 0..self.said.len();
        if let Some(found) = self.stands(&all) {
            return vec![found];
        }
        let runs = self.runs(&all);
        let found = self.best(&runs, Claim::Whole, &all);
        let is_left_over = |step: &Step| step.mark == Mark::Alone && step.said.len() >= LEFT_OVER;
        let is_likely_whole = found.as_ref().is_some_and(|found| match &found.standing {
            Standing::Same(_) => true,
            Standing::Differs(steps) => !steps.iter().any(is_left_over),
        });
        if is_likely_whole {
            return found.into_iter().collect();
        }
        let pieces = self.parts_among(&runs, MAX_QUOTES);
        let n_words: usize = pieces.iter().map(|piece| piece.said.len()).sum();
        let is_same = |piece: &Found| matches!(piece.standing, Standing::Same(_));
        let is_made_of_them = n_words == self.said.len() && pieces.iter().all(is_same);
        if is_made_of_them { pieces } else { found.into_iter().collect() }
    }

    /// Quotes somewhere in the message, at most `limit`, in its order.
    pub(super) fn parts(&self, limit: usize) -> Vec<Found> {
        let all = 0..self.said.len();
        if let Some(found) = self.stands(&all) {
            return vec![found];
        }
        self.parts_among(&self.runs(&all), limit)
    }

    fn parts_among(&self, runs: &[Run], limit: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let mut free = vec![0..self.said.len()];
        while let Some(stretch) = free.pop().filter(|_| found.len() < limit) {
            let within: Vec<Run> =
                runs.iter().filter(|run| stretch.start <= run.said && run.said_end() <= stretch.end).copied().collect();
            let Some(best) = self.best(&within, Claim::Part, &stretch) else { continue };
            free.push(best.said.end..stretch.end);
            free.push(stretch.start..best.said.start);
            found.push(best);
        }
        found.sort_by_key(|found| found.said.start);
        found
    }

    /// All of the message, if it stands somewhere as it is.
    pub(super) fn exactly(&self) -> Option<Found> {
        self.stands(&(0..self.said.len()))
    }

    /// The words of that range, if they stand somewhere as they are.
    fn stands(&self, range: &Range<usize>) -> Option<Found> {
        let places = stands(self.index, self.said.get(range.clone())?, MAX_PLACES);
        let step = |place| vec![Step { mark: Mark::Same, said: range.clone(), places: place..place + range.len() }];
        let places: Vec<Vec<Step>> = places.into_iter().map(step).collect();
        (!places.is_empty()).then_some(Found { said: range.clone(), standing: Standing::Same(places) })
    }

    fn runs(&self, within: &Range<usize>) -> Vec<Run> {
        let mut found = runs(self.index, &self.said, within.clone());
        found.retain(|run| run.n_words > 1 || run.weight >= WORTH_A_RUN);
        if found.len() > MAX_RUNS {
            found.sort_by_key(|run| -run.weight);
            found.truncate(MAX_RUNS);
            found.sort_unstable_by_key(|run| (run.place, run.said));
        }
        found
    }

    /// What is likest to the message of what these runs lead to, if it is a quote.
    fn best(&self, runs: &[Run], claim: Claim, free: &Range<usize>) -> Option<Found> {
        let chains = self.best_chains(runs, claim);
        let aligned = chains.iter().map(|chain| {
            let steps = self.aligned(chain, claim, free);
            (Counts::of(self.index, &self.said, &steps), steps)
        });
        // Of equals the last is found, so they are looked at from the end.
        let (counts, steps) = aligned.rev().max_by_key(|(counts, _)| counts.likeness())?;
        let said = steps.first()?.said.start..steps.last()?.said.end;
        let bounds = if claim == Claim::Whole { Bounds::Marks } else { self.bounds(&said) };
        if counts.differs() {
            let is_a_question = claim == Claim::Part && self.is_asked(&said, steps.last()?.places.end);
            let bounds = if is_a_question { Bounds::Open } else { bounds };
            let is_meant = counts.is_meant(bounds) || {
                let (n_akin, weight) = akin(self, &steps);
                counts.with_akin(n_akin, weight).is_meant(bounds)
            };
            return is_meant.then_some(Found { said, standing: Standing::Differs(steps) });
        }
        if !counts.is_a_quote(bounds) {
            return None;
        }
        let is_shortened = steps.iter().any(|step| step.mark == Mark::LeftOut);
        let here = Found { said: said.clone(), standing: Standing::Same(vec![steps]) };
        Some(if is_shortened { here } else { self.stands(&said).unwrap_or(here) })
    }

    fn aligned(&self, chain: &Chain, claim: Claim, free: &Range<usize>) -> Vec<Step> {
        let ranges = self.compared(chain, claim, free);
        let mut steps = align(self.index, self.message, &self.said, chain, ranges);
        same_in_other_words(self.index, self.corpus, self.message, &mut steps);
        let is_unsaid = |step: &Step| step.mark == Mark::Alone && step.said.is_empty();
        while steps.last().is_some_and(is_unsaid) {
            steps.pop();
        }
        let n_unsaid = steps.iter().take_while(|step| is_unsaid(step)).count();
        steps.drain(..n_unsaid);
        steps
    }

    /// Whether the message asks what the text does not: a question in the words of an answer misquotes nobody, unless
    /// it asks whether that was said.
    fn is_asked(&self, said: &Range<usize>, place_end: usize) -> bool {
        let asks =
            |behind: &str| behind.trim_start_matches(|c: char| !matches!(c, '?' | '.' | '!' | '…')).starts_with('?');
        let parts = self.index.parts(self.corpus, &(place_end.saturating_sub(1)..place_end));
        let is_asked_there = parts.last().is_some_and(|(part, words)| {
            let end = words.last().map_or(0, |word| word.bytes.end);
            matches!(part, Part::Question { .. }) || part.words().get(end..).is_some_and(asks)
        });
        let is_said = tells_who_speaks(self.index, self.message, said.start.saturating_sub(NEAR)..said.start);
        asks(self.message.written_from(said.end)) && !is_asked_there && !is_said
    }

    fn bounds(&self, said: &Range<usize>) -> Bounds {
        if *said == (0..self.said.len()) {
            return Bounds::Marks;
        }
        let is_parted = |word| self.message.parting_before(word) > Parting::Comma;
        let is_said = |words| tells_who_speaks(self.index, self.message, words);
        let begins = is_parted(said.start) || is_said(said.start.saturating_sub(NEAR)..said.start);
        let ends = is_parted(said.end) || is_said(said.end..(said.end + NEAR).min(self.said.len()));
        if begins && ends { Bounds::Clause } else { Bounds::Open }
    }
}
