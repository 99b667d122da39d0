//! The quotations of a message: which are long enough to be a quote, and which are pieces of one with a remark between.

use crate::domain::Corpus;

use super::MAX_QUOTES;
use super::align::Mark;
use super::index::Index;
use super::message::{Message, Parting};
use super::quotation::quotations;
use super::quote::{Found, Search, Standing};
use super::saying::tells_who_speaks;
use super::word::Word;

/// Fewer words between quotation marks are a name or a word that somebody does not mean.
const FEWEST: usize = 4;

/// A remark between two pieces of a quote is not longer than this.
const MAX_REMARK: usize = 12;

/// So many times it is tried whether two pieces are one quote: each is a comparison of its own.
const MAX_TRIED: usize = 6;

/// So many words of a quote must stand outside of a quotation for the quotation to be a part of it.
const OUTSIDE: usize = 4;

/// Who asks about a word or two writes no more words than this around them.
const MAX_BESIDE: usize = 8;

/// The quotations of a message, each as a message of its own.
pub(super) struct Segments<'m> {
    /// Those that may be quotes, at most [`MAX_QUOTES`], in order; of more the longest.
    pub(super) long: Vec<Message<'m>>,
    /// The others, as many; none if they are names in a message about something else.
    pub(super) short: Vec<Message<'m>>,
}

pub(super) fn segments<'m>(index: &Index, corpus: &Corpus, message: &Message<'m>) -> Segments<'m> {
    let spans = quotations(message.written).into_iter().map(|bytes| message.words_in(&bytes));
    let mut quotes: Vec<Message<'m>> = Vec::new();
    let (mut before, mut n_tried) = (None, 0);
    for span in spans.filter(|span| !span.is_empty()) {
        let words: &[Word] = &message.words[span.clone()];
        let remark = before.map(|end| end..span.start);
        before = Some(span.end);
        let continued = remark.filter(|remark| {
            let is_on_one_line = (remark.start..=remark.end).all(|word| message.parting_before(word) < Parting::Line);
            remark.len() <= MAX_REMARK && is_on_one_line && tells_who_speaks(index, message, remark.clone())
        });
        if continued.is_some()
            && n_tried < MAX_TRIED
            && let Some(last) = quotes.last_mut()
        {
            n_tried += 1;
            let together = Message::of(message.written, [&last.words, words].concat());
            if goes_on(index, corpus, &together, last.words.len()) {
                *last = together;
                continue;
            }
        }
        quotes.push(Message::of(message.written, words.to_vec()));
    }
    let (mut long, mut short): (Vec<_>, Vec<_>) = quotes.into_iter().partition(|quote| quote.words.len() >= FEWEST);
    if long.len() > MAX_QUOTES {
        let mut lengths: Vec<usize> = long.iter().map(|quote| quote.words.len()).collect();
        lengths.sort_unstable();
        let least = lengths[lengths.len() - MAX_QUOTES];
        long.retain(|quote| quote.words.len() >= least);
        long.truncate(MAX_QUOTES);
    }
    let n_short: usize = short.iter().map(|quote| quote.words.len()).sum();
    if message.words.len() > n_short + MAX_BESIDE {
        short.clear();
    }
    short.truncate(MAX_QUOTES);
    Segments { long, short }
}

/// Whether two pieces are one quote: words of the text stand on both sides of the seam, in one place.
fn goes_on(index: &Index, corpus: &Corpus, together: &Message<'_>, seam: usize) -> bool {
    let found = Search::new(index, corpus, together).whole();
    let [Found { standing, .. }] = found.as_slice() else { return false };
    match standing {
        Standing::Same(_) => true,
        Standing::Differs(steps) => {
            let is_same = |word: usize| {
                let of = steps.iter().find(|step| step.said.contains(&word));
                of.is_some_and(|step| step.mark == Mark::Same)
            };
            is_same(seam - 1) && is_same(seam)
        }
    }
}

/// Parts what was found in a whole message: what reaches far beyond a quotation, which then is a quotation within a
/// quote, and what stands beside the quotations.
pub(super) fn around(message: &Message<'_>, quotes: &[Message<'_>], found: Vec<Found>) -> (Vec<Found>, Vec<Found>) {
    let is_quoted = |word: usize| {
        let bytes = &message.words[word].bytes;
        quotes.iter().any(|quote| quote.words.binary_search_by_key(&bytes.start, |word| word.bytes.start).is_ok())
    };
    let reaches = |found: &Found| {
        let steps = match &found.standing {
            Standing::Same(places) => places.first(),
            Standing::Differs(steps) => Some(steps),
        };
        let same = steps.into_iter().flatten().filter(|step| step.mark == Mark::Same);
        let (quoted, free): (Vec<usize>, Vec<usize>) =
            same.flat_map(|step| step.said.clone()).partition(|word| is_quoted(*word));
        free.len() >= OUTSIDE && !quoted.is_empty()
    };
    let (around, rest): (Vec<Found>, Vec<Found>) = found.into_iter().partition(reaches);
    let beside = rest.into_iter().filter(|found| !found.said.clone().any(is_quoted)).collect();
    (around, beside)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_not_found, english, of_message, of_quote};

    #[test]
    fn a_quote_is_found_among_other_words() {
        check(
            &english(),
            of_message,
            [
                (
                    "Lindqvist: “We shall not turn anybody away.” 👏👏 https://harbour.example/a1 #harbour",
                    "= a1.2: We shall not turn anybody away",
                ),
                (
                    "Tove Lindqvist said that our main duty is to keep the fairway open for every vessel!",
                    "= a1.2: Our main duty is to keep the fairway open for every vessel",
                ),
                (
                    "Our main duty, says Lindqvist, is to keep the fairway open for every vessel.",
                    "= a1.2: Our main duty is to keep the fairway open for every vessel",
                ),
                (
                    "“Our main duty,” Lindqvist told the paper, “is to keep the fairway open for every vessel.”",
                    "= a1.2: Our main duty is to keep the fairway open for every vessel",
                ),
                (
                    "📣 Harbour news\n\nIn the past two winters, the pilots brought in 1,340 ships.\n\nMore: t.me/harbour @harbour",
                    "= a1.2: In the past two winters, the pilots brought in 1,340 ships",
                ),
                (
                    "I read that talks with the customs office have been suspended, which I find very odd indeed given what the \
                     customs people told me",
                    "= a2.3: talks with the customs office have been suspended",
                ),
                ("Did she say \"turn anybody away\"?", "= a1.2: turn anybody away"),
                (
                    "Did she say that our main duty is to keep the fairway shut?",
                    "≠ our main duty is to keep the fairway [shut] | a1.2: Our main duty is to keep the fairway [open]",
                ),
                (
                    "The new ferries, \"Kittiwake\" and \"Grey Seal,\" will carry three thousand passengers a day.",
                    "≠ The new ferries Kittiwake and Grey Seal will carry [three] thousand passengers a day | \
                     a2.2: The new ferries Kittiwake and Grey Seal will carry [two] thousand passengers a day",
                ),
            ],
        );
    }

    #[test]
    fn what_stands_between_quotation_marks_is_not_always_a_quote() {
        check_not_found(
            &english(),
            [
                "The \"northern lighthouse\" is a nice pub, and there is good beer to be had there every night",
                "My boat is called \"Kittiwake\", and I would not sell it for anything in the world",
                "They sing “Grey Seal” and “The Quays” every time we meet at his place",
            ],
        );
        let corpus = english();
        let of = |message| of_message(&corpus, message);
        assert_eq!(of("“The amber smugglers have won the war.” Really?"), ["- The amber smugglers have won the war"]);
    }

    #[test]
    fn several_quotes_have_a_comparison_each() {
        let corpus = english();
        let message = "She said \"we shall not turn anybody away\", \"the sea is not for sale at any price\" and \"our main duty is \
                       to keep the fairway shut\".";
        let wanted = [
            "= a1.2: We shall not turn anybody away",
            "- the sea is not for sale at any price",
            "≠ our main duty is to keep the fairway [shut] | a1.2: Our main duty is to keep the fairway [open]",
        ];
        assert_eq!(of_message(&corpus, message), wanted);
        let many = "“we shall not turn anybody away” ".repeat(5);
        assert_eq!(of_message(&corpus, &many).len(), 3);
        let apart = "We have rebuilt the northern lighthouse. The harbour is open to all who respect our rules.";
        let wanted = [
            "= a1.1: We have rebuilt the northern lighthouse",
            "= a2.4: The harbour is open to all who respect our rules",
        ];
        assert_eq!(of_quote(&corpus, apart), wanted);
        let lines = "We have rebuilt the northern lighthouse\n\nWe shall not turn anybody away";
        let wanted = ["= a1.1: We have rebuilt the northern lighthouse", "= a1.2: We shall not turn anybody away"];
        assert_eq!(of_message(&corpus, lines), wanted);
        let beside = "“The moon is made of green cheese.” Talks with the customs office have been suspended.";
        let wanted =
            ["- The moon is made of green cheese", "= a2.3: talks with the customs office have been suspended"];
        assert_eq!(of_message(&corpus, beside), wanted);
        for nothing in ["", "🙂 https://x.example", "…", "/check", "“”"] {
            assert!(of_message(&corpus, nothing).is_empty(), "{nothing}");
        }
    }
}
