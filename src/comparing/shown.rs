//! What was found, as the caller sees it: bytes of the message and of the parts of the texts.

use std::ops::Range;

use crate::domain::Corpus;

use super::align::{Mark, Step};
use super::finding::{ComparedPart, ComparedWord, Comparison, Difference, Extent, Finding, Piece, Place, WordForWord};
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
        Standing::Differs(steps) => Finding::Differs(Difference {
            message: compared_words(message, steps),
            text: compared_parts(index, corpus, steps),
        }),
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
