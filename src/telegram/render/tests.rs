//! Messages as Telegram gets them: every entity stands exactly over its words.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::piece::LIMIT;
use super::super::utf16;
use super::*;
use crate::domain::{
    Interview, InterviewId, Key, Localised, Passage, PassageId, PassageKind, Question, Speaker, Text, TextKind,
};

const LINK: &str = "https://example.org/i#:~:text=One%2D";

fn quote(words: &str) -> Block {
    let passage = Passage {
        id: PassageId::parse("a1.1").unwrap(),
        words: words.to_owned(),
        kind: PassageKind::Quotable,
        key: Key::parse("abcdefghij").unwrap(),
        fragment: String::new(),
        page: None,
    };
    let text = Text {
        language: Language::English,
        kind: TextKind::Translation,
        title: "T".into(),
        publisher: "P".into(),
        url: LINK.into(),
        retrieved: None,
        questions: vec![Question { words: "Q?".into(), passages: vec![passage.clone()] }].into(),
    };
    let interview = Interview {
        id: InterviewId::parse("i").unwrap(),
        speaker: Some(Speaker {
            name: Localised::new(Some("Ann Lee".into()), Some("Анна Ли".into())).unwrap(),
            role: Localised::same("R"),
        }),
        asked_by: None,
        given: Some(date(2026, 1, 29)),
        original_language: Language::Russian,
        texts: vec![text.clone()],
        also: Vec::new(),
        topics: Vec::new(),
        outside: Vec::new(),
        events: Vec::new(),
        judgments: Vec::new(),
    };
    Block::Quote(Box::new(Quote::whole(&interview, &text, &passage).unwrap()))
}

fn source() -> Block {
    let links = vec![
        Link { label: "passage".into(), url: LINK.into() },
        Link { label: "по-русски".into(), url: "not a url".into() },
    ];
    Block::Source { label: "Translation published by P".into(), links }
}

fn message(blocks: Vec<Block>) -> Message {
    Message { blocks, actions: Vec::new() }
}

/// The text, then each entity with the words under it.
fn shown(pieces: &[Piece]) -> String {
    let mut shown = String::new();
    for piece in pieces {
        shown.push_str(&piece.text);
        shown.push_str("\n--\n");
        for entity in &piece.entities {
            let words = &piece.text[utf16::range(&piece.text, entity.offset, entity.length).unwrap()];
            let kind = match &entity.kind {
                MessageEntityKind::TextLink { url } => format!("TextLink {url}"),
                kind => format!("{kind:?}"),
            };
            shown.push_str(&format!("{kind}: {words:?}\n"));
        }
    }
    shown
}

#[test]
fn a_reply_is_an_attribution_a_quote_and_its_source() {
    let blocks = vec![
        Block::Attribution("Ann Lee, R of 😀, to “O”, 29 January 2026:".into()),
        quote("One — “two” *three* <b>four</b> 🇰🇬 e\u{301}."),
        source(),
    ];
    insta::assert_snapshot!(shown(&render(&message(blocks))), @r#"
    Ann Lee, R of 😀, to “O”, 29 January 2026:

    One — “two” *three* <b>four</b> 🇰🇬 é.

    Translation published by P
    passage · по-русски: not a url
    --
    Bold: "Ann Lee"
    Blockquote: "One — “two” *three* <b>four</b> 🇰🇬 e\u{301}."
    TextLink https://example.org/i#:~:text=One%2D: "passage"
    "#);
}

#[test]
fn the_other_blocks_are_labelled_and_plain() {
    let blocks = vec![
        Block::Heading("Ahead".into()),
        Block::Items(vec!["one".into(), "два".into()]),
        Block::Text("  ".into()),
        Block::Question { label: "Question by O".into(), words: "What is it?".into() },
        Block::Note { label: "Editor's note".into(), words: "in 2025".into() },
        Block::Report("a.md:1:2\n  error\n".into()),
        Block::Attribution("Анна Ли, без цитаты".into()),
    ];
    insta::assert_snapshot!(shown(&render(&message(blocks))), @r#"
    Ahead

    • one
    • два

    Question by O
    What is it?

    Editor's note: in 2025

    a.md:1:2
      error

    Анна Ли, без цитаты
    --
    Bold: "Ahead"
    Italic: "What is it?"
    Italic: "Editor's note"
    Pre { language: None }: "a.md:1:2\n  error"
    "#);
}

#[test]
fn a_long_quote_is_folded() {
    for (length, kind) in [(320, MessageEntityKind::Blockquote), (321, MessageEntityKind::ExpandableBlockquote)] {
        let pieces = render(&message(vec![quote(&"я".repeat(length))]));
        assert_eq!(pieces[0].entities[0].kind, kind, "{length}");
    }
}

#[test]
fn a_quote_goes_whole_into_the_next_message_with_its_name_and_source() {
    let blocks =
        vec![Block::Text("w ".repeat(1900)), Block::Attribution("Ann Lee:".into()), quote(&"q".repeat(600)), source()];
    let pieces = render(&message(blocks));
    assert_eq!(pieces.len(), 2);
    assert!(pieces[1].text.starts_with("Ann Lee:\n\nqqq") && pieces[1].text.ends_with("not a url"));
}

#[test]
fn a_message_that_says_nothing_is_no_text() {
    assert_eq!(render(&message(vec![])), []);
    assert_eq!(render(&message(vec![Block::Text(" \n".into()), Block::Items(vec![])])), []);
}

fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zя😀👍🏽é\u{301}.\n ]{0,40}").unwrap()
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = (0..8, words(), 1_usize..200).prop_map(|(kind, words, times)| match kind {
        0 => Block::Attribution(format!("Ann Lee, {words}")),
        1 => quote(&format!("q{words}q").repeat(times.min(60))),
        2 => Block::Heading(words),
        3 => source(),
        4 => Block::Report(words.repeat(times)),
        5 => Block::Items(vec![words; times.min(30)]),
        6 => Block::Question { label: "By O".into(), words },
        _ => Block::Text(words.repeat(times)),
    });
    proptest::collection::vec(block, 0..8)
}

proptest! {
    #[test]
    fn every_text_fits_and_every_quote_stands_whole_under_its_entity(blocks in blocks()) {
        let pieces = render(&message(blocks.clone()));
        let mut quoted = Vec::new();
        for piece in &pieces {
            prop_assert!(!piece.text.trim().is_empty() && utf16::len(&piece.text) <= LIMIT);
            for entity in &piece.entities {
                let range = utf16::range(&piece.text, entity.offset, entity.length);
                prop_assert!(range.as_ref().is_some_and(|range| !range.is_empty()), "{entity:?}");
                if matches!(entity.kind, MessageEntityKind::Blockquote | MessageEntityKind::ExpandableBlockquote) {
                    quoted.push(&piece.text[range.unwrap()]);
                }
            }
        }
        let wanted: Vec<_> = blocks.iter().filter_map(|block| match block {
            Block::Quote(quote) => Some(quote.words()),
            _ => None,
        }).collect();
        prop_assert_eq!(quoted, wanted);
    }
}
