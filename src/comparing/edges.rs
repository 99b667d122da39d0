//! Where a quote begins and ends, beyond the words that are the same: the first or last word may be the changed one,
//! and what stands around a quote may be somebody's remark.

use std::cmp::Reverse;
use std::ops::Range;

use super::chain::Chain;
use super::index::Id;
use super::message::Parting;
use super::quote::Search;
use super::saying::{is_pronoun, tells_who_speaks};

/// What of a message is said to be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// All of it: it stood between quotation marks.
    Whole,
    /// Some of it, nobody says what: it is found out.
    Part,
}

/// Of so few words at an end it is found out which words of the text they are likest to.
const FEW: usize = 12;

/// So many more words of the text are tried: some may be missing.
const MISSING: usize = 3;

/// An end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

/// What stands beyond an end of a chain, the nearest first.
struct Beyond {
    /// The numbers of the words of the message.
    words: Vec<usize>,
    /// How far each of them is apart from the one before it here, the first from the chain. The last is the other side
    /// of the last word.
    partings: Vec<Parting>,
    /// So many words belong to the text's sentence.
    n_of_sentence: usize,
    /// Whether a sentence of the text goes on beyond the chain, and whether only the text parts it there.
    seam: Seam,
}

/// How a text and a message go on beyond an end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    /// A clause of the text has its end here, and the message goes on without a mark: what stands there was put in.
    PutIn,
    /// A sentence of the text has its end here, and there is a mark in the message, too.
    Sentence,
    /// A sentence of the text goes on.
    Within,
}

impl Search<'_, '_> {
    /// The words of the message that are compared, out of those that are free, and the places they are compared with.
    pub(super) fn compared(&self, chain: &Chain, claim: Claim, free: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let (said, places) = (chain.said(), chain.places());
        let (n_words, n_places) = self.reached(chain, End::Front, claim, free);
        let (n_words_behind, n_places_behind) = self.reached(chain, End::Back, claim, free);
        (said.start - n_words..said.end + n_words_behind, places.start - n_places..places.end + n_places_behind)
    }

    /// So many words of the message and of the text are compared beyond that end.
    fn reached(&self, chain: &Chain, end: End, claim: Claim, free: &Range<usize>) -> (usize, usize) {
        let beyond = self.beyond(chain, end, free);
        let n_words = match (claim, end, beyond.seam) {
            (Claim::Whole, ..) => beyond.words.len(),
            // A sentence that is quoted from its beginning was introduced by what stands before it.
            (Claim::Part, End::Front, Seam::PutIn | Seam::Sentence) => 0,
            (Claim::Part, ..) => self.claimed(chain, end, &beyond),
        };
        let words: Vec<Id> = beyond.words[..n_words].iter().map(|word| self.said[*word]).collect();
        let there: Vec<Id> = match end {
            End::Front => self.index.words_before(chain.places().start, n_words + MISSING).collect(),
            End::Back => self.index.words_from(chain.places().end, n_words + MISSING).collect(),
        };
        let is_parted = beyond.partings[..n_words].iter().any(|parting| *parting > Parting::Comma);
        let n_likely = match beyond.seam {
            Seam::PutIn => 0,
            // A sentence ends in the message, too.
            Seam::Sentence | Seam::Within if is_parted && n_words <= FEW => there.len(),
            Seam::Sentence | Seam::Within => beyond.n_of_sentence,
        };
        (n_words, n_likest(&words, &there, n_likely))
    }

    fn beyond(&self, chain: &Chain, end: End, free: &Range<usize>) -> Beyond {
        let (said, places) = (chain.said(), chain.places());
        let parting = |word: usize| self.message.parting_before(word);
        let (words, partings, place): (Vec<usize>, Vec<Parting>, usize) = match end {
            End::Front => (
                (free.start..said.start).rev().collect(),
                (free.start..=said.start).rev().map(parting).collect(),
                places.start,
            ),
            End::Back => (
                (said.end..free.end).collect(),
                (said.end..=free.end).map(parting).collect(),
                places.end.saturating_sub(1),
            ),
        };
        let around = self.index.stretches_around(self.corpus, place);
        let n_of = |stretch: Range<usize>| match end {
            End::Front => places.start.saturating_sub(stretch.start),
            End::Back => stretch.end.saturating_sub(places.end),
        };
        let n_of_sentence = n_of(around.sentence);
        let seam = match (n_of_sentence, n_of(around.clause), partings.first()) {
            (_, 0, Some(Parting::None)) => Seam::PutIn,
            (0, ..) => Seam::Sentence,
            _ => Seam::Within,
        };
        Beyond { words, partings, n_of_sentence, seam }
    }

    /// How many words up to the next mark belong to a quote that nobody set off: up to where it is told whose words these
    /// are, and none if they are many. More are allowed behind it than before it: who goes on in the same sentence
    /// changes what it says.
    fn claimed(&self, chain: &Chain, end: End, beyond: &Beyond) -> usize {
        let n_words =
            beyond.words.iter().zip(&beyond.partings).take_while(|(_, parting)| **parting <= Parting::Comma).count();
        let n_words = self.until_told(end, &beyond.words[..n_words], &beyond.partings);
        let n_same: usize = chain.runs.iter().map(|run| run.n_words).sum();
        let most = match end {
            End::Front => n_same / 4,
            End::Back => n_same / 2,
        };
        if n_words > most.max(2) { 0 } else { n_words }
    }

    /// How many of these words stand between the chain and what tells who speaks. "Our main enemy, he said": the enemy
    /// does, and is compared.
    fn until_told(&self, end: End, words: &[usize], partings: &[Parting]) -> usize {
        let mut start = 0;
        while start < words.len() {
            let more = partings[start + 1..words.len()].iter().take_while(|parting| **parting < Parting::Comma).count();
            let piece = &words[start..start + 1 + more];
            let tells = |word: &usize| tells_who_speaks(self.index, self.message, *word..*word + 1);
            if let Some(telling) = piece.iter().position(tells) {
                // Behind the quote the subject may stand before the word: "he said".
                let subject = |word: usize| is_pronoun(self.message, word);
                let apart = match end {
                    End::Front => 0,
                    End::Back if telling > 0 && subject(piece[telling - 1]) => telling - 1,
                    End::Back => telling,
                };
                return start + apart;
            }
            start += piece.len();
        }
        words.len()
    }
}

/// How many of the words of the text, from the end on, are likest to those of the message. More than `n_likely` only if
/// some are the same.
fn n_likest(words: &Vec<Id>, there: &[Id], n_likely: usize) -> usize {
    if words.is_empty() || words.len() > FEW {
        return words.len().min(n_likely).min(there.len());
    }
    let tried = (0..=there.len()).filter_map(|n_there| {
        let n_changes = strsim::generic_levenshtein(words, &there[..n_there].to_vec());
        // Of the longer side so many stand on both.
        let n_same = words.len().max(n_there) - n_changes;
        let is_likely = n_there <= n_likely || n_same > 0;
        is_likely.then_some((n_changes, Reverse(n_same), n_there.abs_diff(words.len()), n_there))
    });
    tried.min().map_or(0, |(.., n_there)| n_there)
}
