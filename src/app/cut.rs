//! Which words of a passage are quoted: the whole of it, or of a long one the whole sentences nearest to the question.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::{MAX_WHOLE_CHARS, OMISSION, Placed, Quote};
use crate::text;

/// The quote of a passage; `None` for a gap.
pub(super) fn quote(placed: Placed<'_>, question: &str) -> Option<Quote> {
    let words = &placed.passage.words;
    if words.chars().count() <= MAX_WHOLE_CHARS {
        return Quote::whole(placed.interview, placed.text, placed.passage);
    }
    let piece = nearest_sentences(words, question);
    Quote::cut(placed.interview, placed.text, placed.passage, &[piece]).ok()
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
        (first <= last && (first == last || fits(words, &piece, MAX_WHOLE_CHARS))).then_some(piece)
    });
    match piece {
        Some(piece) => Quote::cut(placed.interview, placed.text, placed.passage, &[piece]).ok(),
        None => quote(placed, ""),
    }
}

/// A run of whole sentences around the one that shares most stems with the question, as long as it fits. One sentence
/// stands even if it alone is longer: half a sentence would bend what was said.
fn nearest_sentences(words: &str, question: &str) -> Range<usize> {
    let sentences = text::sentences(words);
    let asked = stems(question);
    let shared = |sentence: &Range<usize>| stems(&words[sentence.clone()]).intersection(&asked).count();
    // The first of equals: a passage without any shared word is shown from its beginning.
    let best = (0..sentences.len()).max_by_key(|&i| (shared(&sentences[i]), std::cmp::Reverse(i))).unwrap_or(0);
    let Some(mut run) = sentences.get(best).cloned() else { return 0..words.len() };
    // Two omissions with their spaces stand around the run.
    let room = MAX_WHOLE_CHARS - 2 * (OMISSION.chars().count() + 1);
    let (mut first, mut last) = (best, best);
    loop {
        let longer_after = sentences.get(last + 1).map(|next| run.start..next.end).filter(|run| fits(words, run, room));
        if let Some(longer) = longer_after {
            (run, last) = (longer, last + 1);
            continue;
        }
        let longer_before =
            first.checked_sub(1).map(|before| sentences[before].start..run.end).filter(|run| fits(words, run, room));
        match longer_before {
            Some(longer) => (run, first) = (longer, first - 1),
            None => return run,
        }
    }
}

fn stems(words: &str) -> BTreeSet<String> {
    text::tokens(words).iter().map(|token| text::stem(&token.word)).collect()
}

fn fits(words: &str, run: &Range<usize>, room: usize) -> bool {
    words[run.clone()].chars().count() <= room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_to_whole_sentences_around_the_answer() {
        let filler = "This sentence says nothing of interest to anybody at all. ".repeat(8);
        let words = format!("{filler}The harbour “was closed. Twice.” in March. {filler}");
        let run = nearest_sentences(&words, "when was the harbour closed?");
        let quoted = &words[run.clone()];
        assert!(quoted.contains("The harbour “was closed. Twice.” in March."), "{quoted}");
        assert!(quoted.chars().count() <= MAX_WHOLE_CHARS);
        assert!(quoted.trim_end().ends_with('.') && words[..run.start].trim_end().ends_with(['.', '”']));
    }

    #[test]
    fn a_passage_without_a_shared_word_is_shown_from_its_beginning() {
        let words = "One says a thing. ".repeat(60);
        assert_eq!(nearest_sentences(&words, "zzz").start, 0);
    }
}
