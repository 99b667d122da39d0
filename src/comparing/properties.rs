//! What holds for every run of words of a text, and for every mess that somebody may send.

use proptest::prelude::*;

use super::fixture::{english, of_words, russian};
use super::{Comparer, Comparison, Finding, Mark};
use crate::domain::Corpus;

/// The passages of a corpus, and one long text of made-up words among common ones: whatever is true of prose must not
/// depend on how telling its words are.
fn corpora() -> Vec<Corpus> {
    let common = ["the", "of", "and", "in", "is", "to", "we"];
    let word = |number: usize| match number * number % 7 {
        0..3 => common[number % 7].to_owned(),
        rest => format!("w{}x{rest}", number * 31 % 509),
    };
    let made_up: Vec<String> = (1..600).map(word).collect();
    vec![english(), russian(), of_words(&made_up.join(" "))]
}

/// A run of the words of a passage, as they are written, with the marks around them.
fn run(corpus: &Corpus, (passage, start, n_words): (usize, usize, usize)) -> Option<Vec<String>> {
    let passages: Vec<&str> = corpus.placed().map(|placed| placed.passage.words.as_str()).collect();
    let mut words: Vec<String> = Vec::new();
    for written in passages[passage % passages.len()].split_whitespace() {
        match words.last_mut() {
            // A lone dash or sign is no word.
            Some(last) if !written.contains(char::is_alphanumeric) => last.extend([" ", written]),
            _ => words.push(written.to_owned()),
        }
    }
    let start = start % words.len();
    words.get(start..start + n_words).map(<[String]>::to_vec)
}

/// Puts another word in the place of one, and leaves the marks around it.
fn changed(words: &[String], place: usize, by: &str) -> Option<String> {
    let mut words = words.to_vec();
    let bare = words[place].trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_one_word = bare.chars().all(char::is_alphanumeric);
    words[place] = words[place].replacen(&bare, by, 1);
    is_one_word.then(|| words.join(" "))
}

fn marked<'m>(message: &'m str, comparisons: &[Comparison<'_>]) -> Option<Vec<&'m str>> {
    let [Comparison { finding: Finding::Differs(difference), .. }] = comparisons else { return None };
    let alone = difference.message.iter().filter(|word| word.mark == Mark::Alone);
    Some(alone.map(|word| &message[word.bytes.clone()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_run_of_a_text_is_word_for_word(place in (0_usize..40, 0_usize..600, 1_usize..60)) {
        for corpus in corpora() {
            let Some(words) = run(&corpus, place) else { continue };
            let written = words.join(" ");
            let comparer = Comparer::new(&corpus);
            for comparisons in [comparer.words(&corpus, &written), comparer.message(&corpus, &written)] {
                let found = matches!(&comparisons[..], [Comparison { finding: Finding::WordForWord(_), .. }]);
                prop_assert!(found, "{} {:?}", written, comparisons);
            }
        }
    }

    #[test]
    fn any_changed_word_of_a_run_is_marked_alone(run_of in (0_usize..40, 0_usize..600, 8_usize..60), place in 0_usize..60) {
        for corpus in corpora() {
            let Some(words) = run(&corpus, run_of) else { continue };
            let Some(written) = changed(&words, place % words.len(), "zebra") else { continue };
            let comparer = Comparer::new(&corpus);
            let comparisons = comparer.words(&corpus, &written);
            prop_assert_eq!(marked(&written, &comparisons), Some(vec!["zebra"]), "{}", written);
            let quoted = format!("Somebody wrote: «{written}» – really?");
            let comparisons = comparer.message(&corpus, &quoted);
            prop_assert_eq!(marked(&quoted, &comparisons), Some(vec!["zebra"]), "{}", quoted);
        }
    }

    #[test]
    fn a_changed_word_of_a_short_run_is_marked_alone_or_nothing_is_told(
        run_of in (0_usize..40, 0_usize..600, 5_usize..8), place in 0_usize..8,
    ) {
        for corpus in corpora() {
            let Some(words) = run(&corpus, run_of) else { continue };
            let Some(written) = changed(&words, place % words.len(), "zebra") else { continue };
            let comparisons = Comparer::new(&corpus).words(&corpus, &written);
            let is_found = !matches!(comparisons[..], [Comparison { finding: Finding::NotFound, .. }]);
            if is_found {
                prop_assert_eq!(marked(&written, &comparisons), Some(vec!["zebra"]), "{}", written);
            }
        }
    }

    #[test]
    fn words_of_a_text_in_another_order_are_no_quote(at in prop::collection::vec((0_usize..40, 0_usize..600), 5..12)) {
        for corpus in [english(), russian()] {
            let words: Vec<String> = at.iter().filter_map(|(passage, word)| run(&corpus, (*passage, *word, 1))).flatten().collect();
            let written = words.join(" ");
            let comparisons = Comparer::new(&corpus).words(&corpus, &written);
            prop_assert!(matches!(comparisons[..], [Comparison { finding: Finding::NotFound, .. }]), "{}", written);
        }
    }

    #[test]
    fn any_word_put_into_a_run_is_marked_alone(run_of in (0_usize..40, 0_usize..600, 8_usize..60), place in 1_usize..60) {
        for corpus in corpora() {
            let Some(mut words) = run(&corpus, run_of) else { continue };
            let place = 1 + place % (words.len() - 1);
            words.insert(place, "zebra".to_owned());
            let written = words.join(" ");
            let comparisons = Comparer::new(&corpus).words(&corpus, &written);
            prop_assert_eq!(marked(&written, &comparisons), Some(vec!["zebra"]), "{}", written);
        }
    }

    #[test]
    fn no_mess_is_too_much(pieces in prop::collection::vec(PIECES, 0..60)) {
        let written = pieces.concat();
        for corpus in corpora() {
            let comparer = Comparer::new(&corpus);
            let all = comparer.message(&corpus, &written).into_iter().chain(comparer.words(&corpus, &written));
            for comparison in all {
                prop_assert!(written.get(comparison.said.clone()).is_some_and(|said| !said.is_empty()));
                check_bytes(&written, &comparison)?;
            }
        }
    }
}

const PIECES: &str = "[ \n]|[«»“”„\"'’(\\[\\])…]|\\.{1,3} |, |— |The |harbour |is open |to all |who respect |our rules |new ferries |\
                      will carry |we shall |not |turn anybody |away|паромы |будут |перевозить |две тысячи |\u{200b}|🙂|https://x.y |\
                      @z |#harbour |the |of |said |1,340 |12 % |-5 |w31x4 |é|[a-zа-я]{1,4} ";

/// All bytes that are told are those of words, in order.
fn check_bytes(written: &str, comparison: &Comparison<'_>) -> Result<(), TestCaseError> {
    match &comparison.finding {
        Finding::WordForWord(found) => {
            prop_assert!(!found.places.is_empty());
            for piece in found.places.iter().flat_map(|place| &place.pieces) {
                prop_assert!(piece.part.words().get(piece.bytes.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
        Finding::Differs(difference) => {
            let message = difference.message.iter().map(|word| (written, word));
            let text = difference.text.iter().flat_map(|of| of.words.iter().map(|word| (of.part.words(), word)));
            for (text, word) in message.chain(text) {
                prop_assert!(text.get(word.bytes.clone()).is_some_and(|word| !word.is_empty()));
            }
            prop_assert!(!difference.changes.is_empty());
            for change in &difference.changes {
                let said = written.get(change.said.clone());
                let there = difference.text.get(change.part).and_then(|of| of.part.words().get(change.text.clone()));
                prop_assert!(said.zip(there).is_some_and(|(said, there)| !said.is_empty() || !there.is_empty()));
            }
            let same = |word: &&super::ComparedWord| word.mark == Mark::Same;
            prop_assert!(difference.message.iter().any(|word| same(&word)));
            prop_assert!(difference.message.windows(2).all(|pair| pair[0].bytes.end <= pair[1].bytes.start));
        }
        Finding::NotFound | Finding::OtherLanguage(_) => {}
    }
    Ok(())
}
