//! Changes that are none or small. None are: a word written with a hyphen or an apostrophe or without, digits in
//! groups, and somebody's "he said" in the middle of a quote. Small are forms of a word, "fairways" for "fairway",
//! «маяки» for «маяк»: these are changed words all the same, but they tell which place is meant.

use std::ops::Range;

use crate::domain::Corpus;
use crate::text::stem;

use super::align::{Mark, Step};
use super::index::{Id, Index};
use super::message::{Message, Parting};
use super::quote::Search;
use super::saying::tells_who_speaks;
use super::weight::Weight;
use super::word::Word;

/// So many words may be one on the other side.
const MAX_PARTED: usize = 3;

/// A remark in the middle of a quote is not longer than this.
const MAX_REMARK: usize = 8;

/// Marks such changes as the same, and takes remarks out. Steps that are then alike and touch become one.
pub(super) fn same_in_other_words(index: &Index, corpus: &Corpus, message: &Message<'_>, steps: &mut Vec<Step>) {
    let found = std::mem::take(steps);
    let last = found.len().saturating_sub(1);
    for (number, mut step) in found.into_iter().enumerate() {
        if step.mark == Mark::Alone {
            let is_inner = number > 0 && number < last;
            if step.places.is_empty() && is_inner && is_remark(index, message, &step.said) {
                continue;
            }
            if is_spelled_alike(index, corpus, message, &step) {
                step.mark = Mark::Same;
            }
        }
        match steps.last_mut() {
            Some(before) if before.mark == step.mark && before.said.end == step.said.start => {
                before.said.end = step.said.end;
                before.places.end = step.places.end;
            }
            _ => steps.push(step),
        }
    }
}

/// Whether the words are set off on both sides and say whose words stand around them.
fn is_remark(index: &Index, message: &Message<'_>, said: &Range<usize>) -> bool {
    let is_set_off = |word: usize| message.parting_before(word) > Parting::None;
    said.len() <= MAX_REMARK
        && is_set_off(said.start)
        && is_set_off(said.end)
        && tells_who_speaks(index, message, said.clone())
}

/// Whether both sides are the same letters, and what parts them on one side is a mark within a word.
fn is_spelled_alike(index: &Index, corpus: &Corpus, message: &Message<'_>, step: &Step) -> bool {
    let is_few = |n_words: usize| (1..=MAX_PARTED).contains(&n_words);
    if !is_few(step.said.len()) || !is_few(step.places.len()) || step.said.len() == step.places.len() {
        return false;
    }
    let said = message.words.get(step.said.clone()).unwrap_or_default();
    let ids = index.ids().get(step.places.clone()).unwrap_or_default();
    if !spelled(said.iter().map(|word| word.key.as_str())).eq(spelled(ids.iter().map(|id| index.spelling_of(*id)))) {
        return false;
    }
    let parts = index.parts(corpus, &step.places);
    let [(part, there)] = parts.as_slice() else { return false };
    let is_one_word = |written: &str, words: &[Word]| {
        words.windows(2).all(|pair| {
            let space = written.get(pair[0].bytes.end..pair[1].bytes.start).unwrap_or_default();
            is_group(pair) || space.contains(['-', '‐', '‑', '´', '`', '′', 'ʹ'])
        })
    };
    is_one_word(message.written, said) && is_one_word(part.words(), there)
}

/// The letters, digits and signs of some words.
fn spelled<'w>(words: impl Iterator<Item = &'w str>) -> impl Iterator<Item = char> {
    words.flat_map(str::chars).filter(|c| *c != '\'')
}

/// Whether the second of two words is the next group of digits of a number.
fn is_group(pair: &[Word]) -> bool {
    pair.iter().all(|word| word.key.bytes().all(|b| b.is_ascii_digit()))
        && pair.last().is_some_and(|group| group.key.len() == 3)
}

/// So long changes are looked at.
const MAX_CHANGED: usize = 12;

/// How many words of the message are forms of words that stand beside them in the text, and what these weigh.
pub(super) fn akin(search: &Search<'_, '_>, steps: &[Step]) -> (usize, Weight) {
    let is_change = |step: &&Step| {
        let is_short = |n_words: usize| (1..=MAX_CHANGED).contains(&n_words);
        step.mark == Mark::Alone && is_short(step.said.len()) && is_short(step.places.len())
    };
    let (mut n_akin, mut weight) = (0, 0);
    for step in steps.iter().filter(is_change) {
        let ids = search.index.ids().get(step.places.clone()).unwrap_or_default();
        let mut there: Vec<(String, Id)> = ids.iter().map(|id| (stem(search.index.spelling_of(*id)), *id)).collect();
        for word in search.message.words.get(step.said.clone()).unwrap_or_default() {
            let stem = stem(&word.key);
            if let Some(place) = there.iter().position(|(other, _)| *other == stem) {
                n_akin += 1;
                weight += search.index.weight_of(there.swap_remove(place).1);
            }
        }
    }
    (n_akin, weight)
}
