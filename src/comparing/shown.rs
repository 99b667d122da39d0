//! What was found, as the caller sees it: bytes of the message and of the parts of the texts.

use std::ops::Range;

use crate::domain::Corpus;

use super::align::{Mark, Step};
use super::finding::{
    Change, ComparedPart, ComparedWord, Comparison, Difference, Extent, Finding, Piece, Place, WordForWord,
};
use super::index::Index;
use super::letters::in_other_case;
use super::message::Message;
use super::quote::{Found, Standing};
use super::word::Word;

/// `None` only if the corpus is not the one the index was made of.
pub(super) fn shown<'c>(
    index: &Index,
    corpus: &'c Corpus,
    message: &Message<'_>,
    found: &Found,
) -> Option<Comparison<'c>> {
    let said = message.bytes_of(&found.said)?;
    let finding = match &found.standing {
        Standing::Same(places) => {
            let first = places.first()?;
            let is_shortened = first.iter().any(|step| step.mark == Mark::LeftOut);
            let other_case = in_other_case(index, corpus, message, first);
            let places: Vec<Place<'c>> = places.iter().map(|steps| place(index, corpus, steps)).collect();
            if places.iter().all(|place| place.pieces.is_empty()) {
                return None;
            }
            let extent = if is_shortened { Extent::Shortened } else { Extent::Unbroken };
            Finding::WordForWord(WordForWord { places, extent, other_case })
        }
        Standing::Differs(steps) => {
            let text = compared_parts(index, corpus, steps);
            let changes = changes(message, &text, steps);
            Finding::Differs(Difference { message: compared_words(message, steps), text, changes })
        }
    };
    Some(Comparison { said, finding })
}

fn place<'c>(index: &Index, corpus: &'c Corpus, steps: &[Step]) -> Place<'c> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for step in steps.iter().filter(|step| step.mark == Mark::Same) {
        match stretches.last_mut() {
            Some(last) if last.end == step.places.start => last.end = step.places.end,
            _ => stretches.push(step.places.clone()),
        }
    }
    let parts = stretches.iter().flat_map(|stretch| index.parts(corpus, stretch));
    let piece = |(part, words): (_, Vec<Word>)| {
        let bytes = words.first()?.bytes.start..words.last()?.bytes.end;
        Some(Piece { part, bytes })
    };
    Place { pieces: parts.filter_map(piece).collect() }
}

fn compared_words(message: &Message<'_>, steps: &[Step]) -> Vec<ComparedWord> {
    let words = steps.iter().flat_map(|step| {
        let of = message.words.get(step.said.clone()).unwrap_or_default();
        of.iter().map(|word| ComparedWord { bytes: word.bytes.clone(), mark: step.mark })
    });
    words.collect()
}

fn compared_parts<'c>(index: &Index, corpus: &'c Corpus, steps: &[Step]) -> Vec<ComparedPart<'c>> {
    let start = steps.iter().map(|step| step.places.start).min().unwrap_or(0);
    let end = steps.iter().map(|step| step.places.end).max().unwrap_or(0);
    let mut marks = steps.iter().flat_map(|step| step.places.clone().map(|_| step.mark));
    let parts = index.parts(corpus, &(start..end)).into_iter();
    let part = parts.map(|(part, words)| {
        let words = words.into_iter().zip(marks.by_ref()).map(|(word, mark)| ComparedWord { bytes: word.bytes, mark });
        ComparedPart { part, words: words.collect() }
    });
    part.collect()
}

/// Steps that differ and follow each other are one change.
fn changes(message: &Message<'_>, parts: &[ComparedPart<'_>], steps: &[Step]) -> Vec<Change> {
    let first = steps.first().map_or(0, |step| step.places.start);
    let words: Vec<(usize, &Range<usize>)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, compared)| compared.words.iter().map(move |word| (part, &word.bytes)))
        .collect();
    let bytes_of = |places: Range<usize>| {
        let (from, to) = (places.start - first, places.end - first);
        match words.get(from..to)? {
            [] => {
                let before = from.checked_sub(1).map(|before| (words[before].0, words[before].1.end));
                let (part, at) = before.or_else(|| words.first().map(|(part, bytes)| (*part, bytes.start)))?;
                Some((part, at..at))
            }
            [(part, start), rest @ ..] => {
                let last = rest.iter().rfind(|(other, _)| other == part).map_or(start, |(_, bytes)| bytes);
                Some((*part, start.start..last.end))
            }
        }
    };
    let change = |steps: &[Step]| {
        let alone = || steps.iter().filter(|step| step.mark == Mark::Alone);
        let said = over(alone().map(|step| &step.said))?;
        let (part, text) = bytes_of(over(alone().map(|step| &step.places))?)?;
        Some(Change { said: message.bytes_of(&said).unwrap_or_default(), part, text })
    };
    let is_same = |step: &Step| step.mark == Mark::Same;
    steps
        .chunk_by(|one, next| is_same(one) == is_same(next))
        .filter(|steps| !is_same(&steps[0]))
        .filter_map(change)
        .collect()
}

/// From the first to the last of the ranges that are not empty; else the first, which tells where they would stand.
fn over<'r>(mut ranges: impl DoubleEndedIterator<Item = &'r Range<usize>> + Clone) -> Option<Range<usize>> {
    let mut full = ranges.clone().filter(|range| !range.is_empty());
    let first = full.next();
    let last = full.next_back().or(first);
    first.zip(last).map(|(first, last)| first.start..last.end).or_else(|| ranges.next().cloned())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::english;
    use super::super::{Comparer, Finding};

    /// `message → text`, and `^` before a text that is only where something would stand.
    fn changes_of(written: &str) -> Vec<String> {
        let corpus = english();
        let comparisons = Comparer::new(&corpus).words(&corpus, written);
        let [Finding::Differs(difference)] = [&comparisons[0].finding] else { return Vec::new() };
        let told = difference.changes.iter().map(|change| {
            let words = difference.text[change.part].part.words();
            let there = &words[change.text.clone()];
            let at = if there.is_empty() {
                format!("^{}", &words[change.text.start..].trim_start()[..4])
            } else {
                there.into()
            };
            format!("{} → {at}", &written[change.said.clone()])
        });
        told.collect()
    }

    #[test]
    fn a_change_has_both_sides_or_the_place_where_the_other_would_stand() {
        for (written, wanted) in [
            ("We have never rebuilt the northern lighthouse", vec!["never → ^rebu"]),
            ("We have rebuilt the lighthouse, and its lamp was lit", vec![" → northern"]),
            // A number in groups is two words on one side and one on the other.
            (
                "the pilots brought in 1 340 ships. The insurers, and I say this with respect, paid for hardly 12 %",
                vec!["hardly → barely"],
            ),
            (
                "Our first duty is to keep the fairway shut … whatever flag it flies",
                vec!["first → main", "shut → open"],
            ),
            ("We have rebuilt the northern lighthouse, and its lamp was lit", vec![]),
        ] {
            assert_eq!(changes_of(written), wanted, "{written}");
        }
    }
}
