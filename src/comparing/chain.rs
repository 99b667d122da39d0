//! Runs put together to what was probably quoted: as much of the message as stands in one order in one place, with
//! small differences between.
//!
//! The usual way to align a long text with a small piece of it (seeds, chains, then a careful look at the best chains;
//! as in Li, "Minimap and miniasm", 2016, section 2.1).

use std::ops::Range;

use super::edges::Claim;
use super::gap::joined;
use super::quote::Search;
use super::run::Run;
use super::weight::Weight;

/// So many runs before one are tried as its neighbours, and so many more of those that are long: a text that repeats
/// itself has many short ones everywhere.
const MAX_TRIED: usize = 48;
const MAX_LONG_TRIED: usize = 16;

/// A run of so many words is long.
pub(super) const LONG: usize = 4;

/// So many places are looked at with care: what a message shares with the best of them may be a phrase that stands in
/// several.
const MAX_CHAINS: usize = 4;

/// Runs in order, apart from each other on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) runs: Vec<Run>,
}

impl Chain {
    pub(super) fn said(&self) -> Range<usize> {
        self.runs.first().map_or(0, |run| run.said)..self.runs.last().map_or(0, Run::said_end)
    }

    pub(super) fn places(&self) -> Range<usize> {
        self.runs.first().map_or(0, |run| run.place)..self.runs.last().map_or(0, Run::place_end)
    }
}

/// What the chain ending with a run is worth, and the run before it.
struct Link {
    worth: Weight,
    before: Option<usize>,
    /// The run, without what the run before it holds already.
    run: Run,
}

impl Search<'_, '_> {
    /// The chains that are worth most, apart from each other in the texts, at most [`MAX_CHAINS`], the best first; of
    /// equals the first in the texts. `runs` are in the order of [`runs`](super::run::runs).
    pub(super) fn best_chains(&self, runs: &[Run], claim: Claim) -> Vec<Chain> {
        let links = self.links(runs, claim);
        let mut order: Vec<usize> = (0..links.len()).collect();
        order.sort_unstable_by_key(|at| (-links[*at].worth, *at));
        let least = order.first().map_or(0, |best| links[*best].worth / 2);
        let mut found: Vec<Chain> = Vec::new();
        for at in order.into_iter().take_while(|at| links[*at].worth > least) {
            let chain = chain_to(&links, at);
            let places = chain.places();
            let is_apart = |other: &Chain| other.places().end <= places.start || places.end <= other.places().start;
            if found.iter().all(is_apart) {
                found.push(chain);
            }
            if found.len() == MAX_CHAINS {
                break;
            }
        }
        found
    }

    fn links(&self, runs: &[Run], claim: Claim) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::with_capacity(runs.len());
        let mut long: Vec<usize> = Vec::new();
        for (number, run) in runs.iter().enumerate() {
            let mut best = Link { worth: run.weight, before: None, run: *run };
            let near = number.saturating_sub(MAX_TRIED);
            let further = long.iter().rev().filter(|before| **before < near).take(MAX_LONG_TRIED).copied();
            for before in (near..number).rev().chain(further) {
                let Some((cut, cost)) = joined(self, &links[before].run, run, claim) else { continue };
                let worth = links[before].worth - cost + cut.weight;
                if worth > best.worth {
                    best = Link { worth, before: Some(before), run: cut };
                }
            }
            if run.n_words >= LONG {
                long.push(number);
            }
            links.push(best);
        }
        links
    }
}

fn chain_to(links: &[Link], end: usize) -> Chain {
    let mut at = Some(end);
    let mut runs = Vec::new();
    while let Some(link) = at.and_then(|at| links.get(at)) {
        runs.push(link.run);
        at = link.before;
    }
    runs.reverse();
    Chain { runs }
}
