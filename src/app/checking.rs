//! `/check`: whether words stand in the interview as somebody quotes them. It compares with the texts it holds and names
//! them; of what somebody said or did it says nothing.

use std::ops::Range;

use crate::chat::{Block, Link, Message};
use crate::comparing::{Comparison, Difference, Extent, Finding, Mark, Part, Piece, Place, WordForWord};
use crate::domain::{Interview, Language};

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
                message.blocks.push(Block::Heading(self.voice.quoted(&beginning(&unlinked(said)))));
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
        let mut pieces: Vec<&Piece<'_>> = place.pieces.iter().collect();
        // What was shortened has several pieces in one passage, which is shown once.
        pieces.dedup_by(|next, before| std::ptr::eq(next.part.words(), before.part.words()));
        self.add_parts(message, pieces.into_iter().map(|piece| (piece.part, &piece.part.words()[piece.bytes.clone()])));
    }

    fn add_difference(&self, message: &mut Message, words: &str, difference: &Difference<'_>) {
        if difference.text.iter().any(|compared| is_gap(compared.part)) {
            message.blocks.push(Block::Text(self.voice.check_gap()));
            return;
        }
        message.blocks.push(Block::Text(self.voice.check_differs()));
        message.blocks.push(Block::Items(self.changes(words, difference)));
        self.add_parts(message, difference.text.iter().map(|compared| (compared.part, compared.part.words())));
    }

    /// Each part as what it is: the speaker's words, or the interviewer's; around the words that are meant.
    fn add_parts<'p>(&self, message: &mut Message, parts: impl Iterator<Item = (Part<'p>, &'p str)>) {
        let parts: Vec<(Part<'p>, &str)> = parts.collect();
        for (part, words) in parts.iter().take(MAX_PASSAGES) {
            match part {
                Part::Passage(placed) => match cut::quote(*placed, words) {
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
        let changes = changes(words, difference);
        let told = changes.iter().take(MAX_CHANGES).map(|change| match *change {
            Change { said: Some(said), text: Some(text) } => {
                self.voice.check_changed(&beginning(&unlinked(said)), &beginning(text))
            }
            Change { said: Some(said), text: None } => self.voice.check_added(&beginning(&unlinked(said))),
            Change { said: None, text } => self.voice.check_missing(&beginning(text.unwrap_or_default())),
        });
        told.chain((changes.len() > MAX_CHANGES).then(|| "…".to_owned())).collect()
    }
}

/// Words between two that stand on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change<'w> {
    /// What the message has there.
    said: Option<&'w str>,
    /// What the text has there, without what the writer says to have left out.
    text: Option<&'w str>,
}

/// Every place where the two sides differ.
fn changes<'w>(words: &'w str, difference: &Difference<'w>) -> Vec<Change<'w>> {
    let said: Vec<(Mark, &str, Range<usize>)> =
        difference.message.iter().map(|word| (word.mark, words, word.bytes.clone())).collect();
    let text: Vec<(Mark, &str, Range<usize>)> = difference
        .text
        .iter()
        .flat_map(|part| part.words.iter().map(|word| (word.mark, part.part.words(), word.bytes.clone())))
        .collect();
    let (said, text) = (alone(&said), alone(&text));
    let gaps = said.len().max(text.len());
    let at = |side: &[Option<&'w str>], gap: usize| side.get(gap).copied().flatten();
    let changes = (0..gaps).map(|gap| Change { said: at(&said, gap), text: at(&text, gap) });
    changes.filter(|change| change.said.is_some() || change.text.is_some()).collect()
}

/// What stands alone before each word that stands on both sides, and behind the last one.
fn alone<'w>(side: &[(Mark, &'w str, Range<usize>)]) -> Vec<Option<&'w str>> {
    side.split(|(mark, ..)| *mark == Mark::Same)
        .map(|between| {
            let own: Vec<_> = between.iter().filter(|(mark, ..)| *mark == Mark::Alone).collect();
            let ((_, words, first), (_, other, last)) = (own.first()?, own.last()?);
            // Of words in two parts the first part's are enough to tell where it is.
            let end = if std::ptr::eq(*words, *other) { last.end } else { first.end };
            words.get(first.start..end)
        })
        .collect()
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

/// The first words of a quote.
fn beginning(said: &str) -> String {
    if said.chars().count() <= MAX_SAID {
        return said.to_owned();
    }
    let cut: String = said.chars().take(MAX_SAID).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
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
        assert!(beginning(&"word ".repeat(500)).chars().count() <= MAX_SAID + 1);
    }
}
