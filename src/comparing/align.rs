//! The words of a message beside those of a text: which are the same, which stand on one side only, and which the
//! writer says to have left out.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff};

use super::chain::Chain;
use super::gap::omission_between;
use super::index::{Id, Index};
use super::message::Message;
use super::run::Run;
use super::weight::Weight;

/// Equal words between two changes that weigh less than this are an accident: "the" in two sentences that have nothing
/// else in common.
const ACCIDENT: Weight = 40;

/// So many words in one run are no accident.
const SURE: usize = 8;

/// So many words of both sides in all are compared in the shortest way. More of them without one run in common are no
/// quote in one piece; there the library may take short cuts.
const SHORT: usize = 400;

/// A range of words of the message and a range of places of a text that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) mark: Mark,
    pub(super) said: Range<usize>,
    pub(super) places: Range<usize>,
}

/// What a comparison says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It stands on both sides.
    Same,
    /// It stands on this side only: of the message's words one that was changed or put in, of the text's one that was
    /// changed or left out in silence.
    Alone,
    /// It stands in the text only, and the writer says that something is left out there.
    LeftOut,
}

/// Aligns a range of the message with a range of places, both of which hold the chain.
pub(super) fn align(
    index: &Index,
    message: &Message<'_>,
    said: &[Id],
    chain: &Chain,
    (whole, window): (Range<usize>, Range<usize>),
) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut said_from, mut place_from) = (whole.start, window.start);
    for pair in chain.runs.windows(2) {
        let [before, run] = pair else { continue };
        let Some(omission) = omission_between(message, before, run) else { continue };
        let (n_before, n_behind) = (omission - before.said_end(), run.said - omission);
        let left_out = before.place_end() + n_before..run.place.saturating_sub(n_behind);
        if left_out.is_empty() {
            continue;
        }
        compare(index, said, chain, (said_from..omission, place_from..left_out.start), &mut steps);
        (said_from, place_from) = (omission, left_out.end);
        steps.push(Step { mark: Mark::LeftOut, said: omission..omission, places: left_out });
    }
    compare(index, said, chain, (said_from..whole.end, place_from..window.end), &mut steps);
    steps
}

/// Compares word by word. A long run of the chain is the same for sure, so what lies before and behind its middle is
/// compared by itself: the work for a message with changes all over is that for its pieces.
fn compare(index: &Index, said: &[Id], chain: &Chain, whole: (Range<usize>, Range<usize>), steps: &mut Vec<Step>) {
    let (words, places) = whole;
    let (mut word, mut place) = (words.start, places.start);
    let start = steps.len();
    let middle = |run: &Run| (run.said + run.n_words / 2, run.place + run.n_words / 2);
    let middles = chain.runs.iter().filter(|run| run.n_words >= SURE).map(middle);
    let within = middles.filter(|(word, place)| words.contains(word) && places.contains(place));
    for (next_word, next_place) in within.chain([(words.end, places.end)]) {
        let is_short = next_word - word + next_place - place <= SHORT;
        let algorithm = if is_short { Algorithm::RawMyers } else { Algorithm::Myers };
        for op in capture_diff(algorithm, index.ids(), place..next_place, said, word..next_word) {
            let mark = if matches!(op, DiffOp::Equal { .. }) { Mark::Same } else { Mark::Alone };
            push(Step { mark, said: op.new_range(), places: op.old_range() }, start, steps);
        }
        (word, place) = (next_word, next_place);
    }
    let found = steps.split_off(start);
    without_accidents(index, said, &found, steps);
}

/// Adds a step, as one with the last if both are alike.
fn push(step: Step, start: usize, steps: &mut Vec<Step>) {
    match steps[start..].last_mut() {
        Some(last) if last.mark == step.mark => {
            last.said.end = step.said.end;
            last.places.end = step.places.end;
        }
        _ => steps.push(step),
    }
}

/// Makes one change of two that only an accident parts.
fn without_accidents(index: &Index, said: &[Id], found: &[Step], steps: &mut Vec<Step>) {
    let start = steps.len();
    for at in 0..found.len() {
        let step = &found[at];
        let weight: Weight = said[step.said.clone()].iter().map(|id| index.weight_of(*id)).sum();
        let neighbours = [at.checked_sub(1), Some(at + 1)].map(|at| at.and_then(|at| found.get(at)));
        let is_accident = step.mark == Mark::Same
            && weight < ACCIDENT
            && neighbours.iter().all(|change| change.is_some_and(|change| is_longer(change, step)));
        let mark = if is_accident { Mark::Alone } else { step.mark };
        push(Step { mark, ..step.clone() }, start, steps);
    }
}

/// Whether a change takes more words on each side than the equal words beside it.
fn is_longer(change: &Step, equal: &Step) -> bool {
    change.said.len().min(change.places.len()) > equal.said.len()
}
