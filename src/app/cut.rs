//! Which words of a passage are quoted: the whole of it, or of a long one whole sentences, those nearest to the question
//! or those that somebody quotes.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::{MAX_WHOLE_CHARS, OMISSION, Placed, Quote};
use crate::text;

/// The quote of a passage, of a long one the sentences nearest to a question; `None` for a gap.
pub(super) fn quote(placed: Placed<'_>, question: &str) -> Option<Quote> {
    let asked = stems(question);
    sentences_of(placed, |words, sentences| {
        let shared = |sentence: &Range<usize>| stems(&words[sentence.clone()]).intersection(&asked).count();
        // The first of equals: a passage without any shared word is shown from its beginning.
        let nearest = (0..sentences.len()).max_by_key(|number| (shared(&sentences[*number]), Reverse(*number)));
        nearest.into_iter().collect()
    })
}

/// The quote of a passage, of a long one the sentences that hold these bytes, the first before the others where not all
/// of them fit; `None` for a gap.
pub(super) fn around(placed: Placed<'_>, bytes: &[Range<usize>]) -> Option<Quote> {
    sentences_of(placed, |_, sentences| {
        let holds = |bytes: &Range<usize>, sentence: &Range<usize>| {
            sentence.start < bytes.end.max(bytes.start + 1) && bytes.start < sentence.end
        };
        let holding = |bytes| (0..sentences.len()).filter(move |number| holds(bytes, &sentences[*number]));
        bytes.iter().flat_map(holding).collect()
    })
}

fn sentences_of(placed: Placed<'_>, wanted: impl FnOnce(&str, &[Range<usize>]) -> Vec<usize>) -> Option<Quote> {
    let words = &placed.passage.words;
    if words.chars().count() <= MAX_WHOLE_CHARS {
        return Quote::whole(placed.interview, placed.text, placed.passage);
    }
    let sentences = text::sentences(words);
    let pieces = filled(words, &sentences, &wanted(words, &sentences));
    Quote::cut(placed.interview, placed.text, placed.passage, &pieces).ok()
}

/// Sentences of a passage by their numbers, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: u16,
    pub(super) last: u16,
}

/// Which sentences of its passage a quote shows; `None` if all.
pub(super) fn run_of(placed: Placed<'_>, quote: &Quote) -> Option<Run> {
    let words = &placed.passage.words;
    let shown = quote.words().trim_start_matches(OMISSION).trim_end_matches(OMISSION).trim();
    if shown.len() == words.trim().len() {
        return None;
    }
    let start = words.find(shown)?;
    let sentences = text::sentences(words);
    let first = sentences.iter().position(|sentence| sentence.end > start)?;
    let last = sentences.iter().rposition(|sentence| sentence.start < start + shown.len())?;
    Some(Run { first: first.try_into().ok()?, last: last.try_into().ok()? })
}

/// The same sentences once more; of a run that no quote has made, what is shown without a question.
pub(super) fn again(placed: Placed<'_>, run: Option<Run>) -> Option<Quote> {
    let words = &placed.passage.words;
    let sentences = text::sentences(words);
    let piece = run.and_then(|run| {
        let (first, last) = (usize::from(run.first), usize::from(run.last));
        let piece = sentences.get(first)?.start..sentences.get(last)?.end;
        (first <= last && (first == last || words[piece.clone()].chars().count() <= MAX_WHOLE_CHARS)).then_some(piece)
    });
    match piece {
        Some(piece) => Quote::cut(placed.interview, placed.text, placed.passage, &[piece]).ok(),
        None => quote(placed, ""),
    }
}

/// Whole sentences: as many of those that are wanted as fit, the first ones before the others, and what stands behind
/// and before them as far as there is room. The first stands even if it alone is longer: half a sentence would bend what
/// was said.
fn filled(words: &str, sentences: &[Range<usize>], wanted: &[usize]) -> Vec<Range<usize>> {
    // An omission with its space stands before, between and behind.
    let omission = OMISSION.chars().count() + 1;
    let has_room = |chosen: &BTreeSet<usize>| {
        let pieces = pieces(sentences, chosen);
        let n_chars: usize = pieces.iter().map(|piece| words[piece.clone()].chars().count()).sum();
        n_chars + (pieces.len() + 1) * omission <= MAX_WHOLE_CHARS
    };
    let mut chosen = BTreeSet::from([wanted.first().copied().unwrap_or(0)]);
    let with = |chosen: &BTreeSet<usize>, number: usize| {
        let more: BTreeSet<usize> = chosen.iter().copied().chain([number]).collect();
        has_room(&more).then_some(more)
    };
    for number in wanted {
        chosen = with(&chosen, *number).unwrap_or(chosen);
    }
    loop {
        let behind = chosen.last().map(|last| last + 1).filter(|number| *number < sentences.len());
        let before = chosen.first().and_then(|first| first.checked_sub(1));
        match behind.into_iter().chain(before).find_map(|number| with(&chosen, number)) {
            Some(more) => chosen = more,
            None => return pieces(sentences, &chosen),
        }
    }
}

/// Sentences that follow each other are one piece.
fn pieces(sentences: &[Range<usize>], chosen: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let numbers: Vec<usize> = chosen.iter().copied().collect();
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let piece = |run: &[usize]| Some(sentences.get(*run.first()?)?.start..sentences.get(*run.last()?)?.end);
    runs.filter_map(piece).collect()
}

fn stems(words: &str) -> BTreeSet<String> {
    text::tokens(words).iter().map(|token| text::stem(&token.word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten sentences of 104 characters, each with its number.
    fn long() -> String {
        (0..10).map(|number| format!("N{number} is {} end. ", "so ".repeat(31))).collect()
    }

    fn shown(words: &str, wanted: &[usize]) -> String {
        let pieces = filled(words, &text::sentences(words), wanted);
        let first = |piece: Range<usize>| words[piece].chars().filter(char::is_ascii_digit).collect::<String>();
        pieces.into_iter().map(first).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_sentences_that_are_wanted_are_shown_and_what_stands_around_them_as_far_as_it_fits() {
        for (wanted, numbers) in [
            (&[][..], "012345"),
            (&[0], "012345"),
            (&[4], "456789"),
            (&[9], "456789"),
            (&[0, 9], "0 9"),
            (&[9, 0], "0 9"),
            (&[2, 4, 8], "012 4 89"),
            (&[9, 8, 7, 6, 5, 4, 3, 2], "456789"),
            (&[1, 1, 1], "123456"),
        ] {
            assert_eq!(shown(&long(), wanted), numbers, "{wanted:?}");
        }
        let endless = format!("N0 is {} end. N1 is short.", "so ".repeat(300));
        assert_eq!(shown(&endless, &[0, 1]), "0", "it stands though it alone is longer");
    }
}
