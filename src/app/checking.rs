//! `/check`: whether words stand in the interview as somebody quotes them. It compares with the texts it holds and names
//! them; of what somebody said or did it says nothing.

use std::ops::Range;

use crate::chat::{Block, Link, Message};
use crate::comparing::{Comparison, Difference, Extent, Finding, Mark, Part, Place, WordForWord};
use crate::domain::{Interview, Language};

use super::beginning::beginning;
use super::cut;
use super::reply::Desk;
use super::turn::Turn;

/// So many changes of one quote are listed; the passage below shows the others.
const MAX_CHANGES: usize = 8;

/// So many passages are shown for one quote.
const MAX_PASSAGES: usize = 2;

/// So many texts are named.
const MAX_TEXTS: usize = 3;

/// So many characters of a quote tell which of several is meant.
const MAX_SAID: usize = 60;

impl Turn<'_> {
    /// Of the words after the command, else of the message it replies to.
    pub(super) fn check(&self, language: Language, rest: &str) -> Message {
        let desk = self.desk(language);
        let (comparer, corpus) = (self.snapshot.comparer(), &self.snapshot.corpus);
        let (words, found) = match (rest, self.incoming.replied.as_deref()) {
            ("", None) => return Message::text(desk.voice.check_usage()),
            ("", Some(replied)) => (replied, comparer.message(corpus, replied)),
            (rest, _) => (rest, comparer.message(corpus, rest)),
        };
        if found.is_empty() {
            return Message::text(desk.voice.check_usage());
        }
        desk.checked(words, &found)
    }
}

impl Desk<'_> {
    fn checked(&self, words: &str, found: &[Comparison<'_>]) -> Message {
        let mut message = Message::default();
        for comparison in found {
            if found.len() > 1 {
                let said = words.get(comparison.said.clone()).unwrap_or_default();
                message.blocks.push(Block::Heading(self.voice.quoted(&beginning(&unlinked(said), MAX_SAID))));
            }
            match &comparison.finding {
                Finding::WordForWord(same) => self.add_same(&mut message, same),
                Finding::Differs(difference) => self.add_difference(&mut message, words, difference),
                Finding::NotFound => message.blocks.push(self.looked_in()),
                Finding::OtherLanguage(language) => message.blocks.push(self.elsewhere(*language)),
            }
        }
        message
    }

    fn add_same(&self, message: &mut Message, same: &WordForWord<'_>) {
        let voice = self.voice;
        // Where the interviewer and the speaker have the same words, those of the speaker are meant.
        let can_be_shown = |place: &&Place<'_>| place.pieces.iter().all(|piece| piece.part.quotable().is_some());
        let Some(place) = same.places.iter().find(can_be_shown).or_else(|| same.places.first()) else { return };
        let text = place.pieces.first().map(|piece| piece.part.text());
        message.blocks.push(Block::Text(voice.check_same(text)));
        let notes = [
            (same.extent == Extent::Shortened, voice.check_shortened()),
            (!same.other_case.is_empty(), voice.check_case()),
        ];
        message.blocks.extend(notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| Block::Text(words)));
        let pieces = place.pieces.chunk_by(|one, next| std::ptr::eq(one.part.words(), next.part.words()));
        let parts = pieces.map(|of| (of[0].part, of.iter().map(|piece| piece.bytes.clone()).collect()));
        self.add_parts(message, &parts.collect::<Vec<_>>());
    }

    fn add_difference(&self, message: &mut Message, words: &str, difference: &Difference<'_>) {
        if difference.text.iter().any(|compared| is_gap(compared.part)) {
            message.blocks.push(Block::Text(self.voice.check_gap()));
            return;
        }
        message.blocks.push(Block::Text(self.voice.check_differs()));
        message.blocks.push(Block::Items(self.changes(words, difference)));
        let parts = (0..).zip(&difference.text).map(|(number, compared)| {
            let changed = difference.changes.iter().filter(|change| change.part == number);
            // What the writer said to have left out need not be shown.
            let compared_with = compared.words.iter().filter(|word| word.mark != Mark::LeftOut);
            let all = compared_with.map(|word| word.bytes.clone());
            (compared.part, changed.map(|change| change.text.clone()).chain(all).collect())
        });
        self.add_parts(message, &parts.collect::<Vec<_>>());
    }

    /// Each part as what it is, the speaker's words or the interviewer's: of a long passage the sentences that hold these
    /// bytes, the first ones before the others.
    fn add_parts(&self, message: &mut Message, parts: &[(Part<'_>, Vec<Range<usize>>)]) {
        for (part, bytes) in parts.iter().take(MAX_PASSAGES) {
            match part {
                Part::Passage(placed) => match cut::around(*placed, bytes) {
                    Some(quote) => self.add_quote(message, &quote, None),
                    None => message.blocks.push(Block::Text(self.voice.check_gap())),
                },
                Part::Question { interview, text, question } => {
                    let label = self.voice.question_by(interview);
                    message.blocks.push(Block::Question { label, words: question.words.clone() });
                    let label = self.voice.published(text.kind, text.language, &text.publisher);
                    let link = Link { label: self.voice.open_interview(), url: text.url.clone() };
                    let links = Some(link).filter(|link| !link.url.is_empty()).into_iter().collect();
                    message.blocks.push(Block::Source { label, links });
                }
            }
        }
        if parts.len() > MAX_PASSAGES {
            message.blocks.push(Block::Text("…".to_owned()));
        }
    }

    /// That nothing was found, and in which texts.
    fn looked_in(&self) -> Block {
        let texts = self.corpus.interviews.iter().flat_map(|interview| &interview.texts).take(MAX_TEXTS);
        let links = texts.filter(|text| !text.url.is_empty()).map(|text| {
            let published = self.voice.published(text.kind, text.language, &text.publisher);
            let label = if published.is_empty() { self.voice.open_interview() } else { published };
            Link { label, url: text.url.clone() }
        });
        Block::Source { label: self.voice.check_not_found(), links: links.collect() }
    }

    /// Where the interview is to be read in the language of the words, if that is known; else the whole of it.
    fn elsewhere(&self, language: Option<Language>) -> Block {
        let link = |interview: &Interview| {
            let also = interview.also.iter().find(|also| Some(also.language) == language);
            match also {
                Some(also) => Link { label: self.voice.also_in(also.language, &also.label), url: also.url.clone() },
                None => self.whole_interview(interview),
            }
        };
        let links = self.corpus.interviews.iter().take(MAX_TEXTS).map(link).filter(|link| !link.url.is_empty());
        Block::Source { label: self.voice.check_other_language(), links: links.collect() }
    }

    /// What is changed, put in or left out, in the order of the words.
    fn changes(&self, words: &str, difference: &Difference<'_>) -> Vec<String> {
        let told = difference.changes.iter().take(MAX_CHANGES).map(|change| {
            let there = difference.text.get(change.part).map_or("", |compared| compared.part.words());
            let said = beginning(&unlinked(words.get(change.said.clone()).unwrap_or_default()), MAX_SAID);
            let text = beginning(there.get(change.text.clone()).unwrap_or_default(), MAX_SAID);
            match (change.said.is_empty(), change.text.is_empty()) {
                (false, false) => self.voice.check_changed(&said, &text),
                (false, true) => self.voice.check_added(&said),
                (true, _) => self.voice.check_missing(&text),
            }
        });
        told.chain((difference.changes.len() > MAX_CHANGES).then(|| "…".to_owned())).collect()
    }
}

/// Whether it is a part of the text that is shown to nobody.
fn is_gap(part: Part<'_>) -> bool {
    matches!(part, Part::Passage(_)) && part.quotable().is_none()
}

/// Somebody's words without what an app would make a link or a mention of: the bot repeats neither.
fn unlinked(said: &str) -> String {
    let is_link = |word: &&str| {
        let address = word.rsplit_once('.').is_some_and(|(before, after)| {
            before.ends_with(char::is_alphanumeric) && after.chars().take_while(|c| c.is_alphabetic()).count() > 1
        });
        word.contains("://") || word.contains('@') || word.starts_with('/') || address
    };
    said.split_whitespace().filter(|word| !is_link(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_app_makes_a_link_of_is_not_repeated() {
        for (said, told) in [
            ("is no longer", "is no longer"),
            ("3.5 per cent, e.g. these", "3.5 per cent, e.g. these"),
            ("read t.me/spam now", "read now"),
            ("see https://spam.example/a?b @everyone", "see"),
            ("/start spam", "spam"),
            ("spam.example", ""),
        ] {
            assert_eq!(unlinked(said), told);
        }
    }
}
