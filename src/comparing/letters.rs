//! Words that are the same but for capital letters.

use std::ops::Range;

use crate::domain::Corpus;

use super::align::{Mark, Step};
use super::index::Index;
use super::message::{Message, Parting};

/// The bytes of the words of a message that differ in case from the text; not where a sentence or quote begins on
/// either side, and none of a message that is in one case throughout.
pub(super) fn in_other_case(
    index: &Index,
    corpus: &Corpus,
    message: &Message<'_>,
    steps: &[Step],
) -> Vec<Range<usize>> {
    if !message.written.contains(char::is_lowercase) || !message.written.contains(char::is_uppercase) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for step in steps.iter().filter(|step| step.mark == Mark::Same && step.said.len() == step.places.len()) {
        let mut number = step.said.start;
        for (part, words) in index.parts(corpus, &step.places) {
            for word in words {
                let Some(said) = message.words.get(number) else { return found };
                let begins = number == step.said.start || message.parting_before(number) > Parting::Comma;
                let there = part.words();
                let begins_there = there[..word.bytes.start].trim_end().ends_with(['.', '!', '?', '…', '"', '“', '«']);
                let (one, other) = (&message.written[said.bytes.clone()], &there[word.bytes.clone()]);
                if differ_in_case(one, other) && !((begins || begins_there) && differ_in_case_at_the_start(one, other))
                {
                    found.push(said.bytes.clone());
                }
                number += 1;
            }
        }
    }
    found
}

fn capitals(word: &str) -> impl Iterator<Item = bool> {
    word.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase)
}

fn differ_in_case(one: &str, other: &str) -> bool {
    !capitals(one).eq(capitals(other))
}

fn differ_in_case_at_the_start(one: &str, other: &str) -> bool {
    capitals(one).skip(1).eq(capitals(other).skip(1))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, english, of_message};

    #[test]
    fn case_is_told_and_makes_no_difference() {
        check(
            &english(),
            of_message,
            [
                ("we are watching the Quays and are ready", "= a2.3: we are watching the quays and are ready (Quays)"),
                ("We Have rebuilt the northern lighthouse", "= a1.1: We have rebuilt the northern lighthouse (Have)"),
                ("We are watching the quays", "= a2.3: we are watching the quays"),
                ("in may 2031", "= a1.1: in May 2031"),
            ],
        );
    }
}
