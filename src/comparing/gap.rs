//! What may stand between two runs of one quote, and what it speaks against their being one.

use super::chain::LONG;
use super::edges::Claim;
use super::message::{Message, Parting};
use super::quote::Search;
use super::run::Run;
use super::weight::{TELLING, Weight};

/// A quote does not skip more words of a text than this without a mark: two long sentences, if they are of different
/// answers; more within one.
const MAX_SKIPPED: usize = 80;
const MAX_SKIPPED_WITHIN: usize = 300;

/// Nor more than this where the writer says that something is left out; and it stays within one answer.
const MAX_LEFT_OUT: usize = 1_000;

/// Nor more words of the message than this: somebody's remark in the middle.
const MAX_PUT_IN: usize = 40;

/// What each word costs that stands on both sides between two runs and differs: a common word alone is not worth a
/// change.
const CHANGED: Weight = 10;

/// What words cost that stand on one side only: a single word is no reason to skip four.
const ONE_SIDED: Cost = Cost { near: 30, further: 5, most: Weight::MAX };

/// What words of the text cost where the two runs follow each other without a word between: this is how something is
/// left out.
const SKIPPED: Cost = Cost { near: 20, further: 3, most: 4 * TELLING };

/// What a marked omission costs.
const LEFT_OUT: Weight = TELLING / 4;

/// The cost of a stretch of words.
struct Cost {
    /// Of each of the first four.
    near: Weight,
    /// Of each further one.
    further: Weight,
    /// In all.
    most: Weight,
}

impl Cost {
    fn of(&self, n_words: usize) -> Weight {
        const NEAR: usize = 4;
        let (near, further) = (n_words.min(NEAR) as Weight, n_words.saturating_sub(NEAR) as Weight);
        (self.near * near + self.further * further).min(self.most)
    }
}

/// What is left of `run` behind `before`, and what the gap between them costs; `None` if they do not fit.
pub(super) fn joined(search: &Search<'_, '_>, before: &Run, run: &Run, claim: Claim) -> Option<(Run, Weight)> {
    let overlap = before.said_end().saturating_sub(run.said).max(before.place_end().saturating_sub(run.place));
    if overlap >= run.n_words || run.said < before.said {
        return None;
    }
    let cut = without(search, run, overlap);
    let (n_said, n_text) = (cut.said - before.said_end(), cut.place - before.place_end());
    let n_changed = n_said.min(n_text);
    let n_one_sided = n_said.max(n_text) - n_changed;
    if n_said > MAX_PUT_IN || n_text > MAX_LEFT_OUT {
        return None;
    }
    let cost = CHANGED * n_changed as Weight + ONE_SIDED.of(n_one_sided);
    if n_text > n_said && omission_between(search.message, before, &cut).is_some() {
        let is_within = search.index.share_an_answer(before.place_end() - 1, cut.place);
        return is_within.then_some((cut, cost.min(CHANGED * n_said as Weight + LEFT_OUT)));
    }
    // Who quotes two paragraphs on two lines does not hide what stands between them.
    if claim == Claim::Part && n_text > n_said && search.message.parting_before(cut.said) == Parting::Line {
        return None;
    }
    if n_said == 0 && is_a_skip(search, before, &cut) {
        return (n_text <= MAX_SKIPPED_WITHIN).then_some((cut, SKIPPED.of(n_text)));
    }
    let is_near = n_text <= MAX_SKIPPED && search.index.share_a_text(before.place_end() - 1, cut.place);
    is_near.then_some((cut, cost))
}

/// Whether words were rather left out between the runs than that one of them stands there by chance.
fn is_a_skip(search: &Search<'_, '_>, before: &Run, cut: &Run) -> bool {
    let (one, other) = (before.place_end() - 1, cut.place);
    let least = before.n_words.min(cut.n_words);
    (least > 1 && search.index.share_a_part(one, other)) || (least >= LONG && search.index.share_an_answer(one, other))
}

fn without(search: &Search<'_, '_>, run: &Run, n_words: usize) -> Run {
    let lost = &search.said[run.said..run.said + n_words];
    Run {
        said: run.said + n_words,
        place: run.place + n_words,
        n_words: run.n_words - n_words,
        weight: run.weight - lost.iter().map(|id| search.index.weight_of(*id)).sum::<Weight>(),
    }
}

/// The number of the word before which the writer says, between the two runs, that something is left out.
pub(super) fn omission_between(message: &Message<'_>, before: &Run, run: &Run) -> Option<usize> {
    message.omission_in(before.said_end()..=run.said)
}
