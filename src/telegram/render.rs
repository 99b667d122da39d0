//! A message as Telegram shows it: texts with entities, never a parse mode.
//!
//! Quotes are blockquotes, the speaker's name is bold, the interviewer's words are italic. Nothing else is decorated:
//! what is bold seems to be claimed.

use reqwest::Url;
use teloxide::types::MessageEntityKind;

use crate::chat::{Block, Link, Message};
use crate::domain::{Language, Quote};

use super::piece::Piece;

/// A longer quote is shown folded, in characters: about six lines on a phone.
const EXPANDABLE_FROM: usize = 320;

/// The message in texts that fit, usually one; none if it says nothing. No quote is spread over two texts unless it is
/// longer than a text can be, and what names a quote or its source stays with it as far as it fits.
pub(super) fn render(message: &Message) -> Vec<Piece> {
    let mut texts: Vec<Piece> = Vec::new();
    for part in groups(&message.blocks).into_iter().flat_map(Piece::into_fitting) {
        match texts.last_mut() {
            Some(last) if last.has_room_for(&part) => *last = std::mem::take(last).then(&part),
            _ => texts.push(part),
        }
    }
    texts
}

/// One piece for each block, blocks that belong together as one if they fit into one text.
fn groups(blocks: &[Block]) -> Vec<Piece> {
    let mut groups: Vec<Piece> = Vec::new();
    let mut before: Option<&Block> = None;
    for (at, block) in blocks.iter().enumerate() {
        let piece = piece(block, &blocks[at + 1..]);
        if piece.text.is_empty() {
            continue;
        }
        match groups.last_mut() {
            Some(last) if before.is_some_and(|before| belong_together(before, block)) && last.has_room_for(&piece) => {
                *last = std::mem::take(last).then(&piece);
            }
            _ => groups.push(piece),
        }
        before = Some(block);
    }
    groups
}

fn belong_together(before: &Block, block: &Block) -> bool {
    matches!(before, Block::Attribution(_) | Block::Heading(_)) || matches!(block, Block::Source { .. })
}

/// `after`: what follows, where the name that an attribution names is found.
fn piece(block: &Block, after: &[Block]) -> Piece {
    match block {
        Block::Attribution(words) => attribution(words.trim(), after),
        Block::Quote(quote) => quoted(quote.words()),
        Block::Question { label, words } => {
            Piece::plain(label).and("\n").and_styled(MessageEntityKind::Italic, words.trim())
        }
        Block::Note { label, words } => Piece::styled(MessageEntityKind::Italic, label).and(": ").and(words.trim()),
        Block::Heading(words) => Piece::styled(MessageEntityKind::Bold, words.trim()),
        Block::Text(words) => Piece::plain(words.trim()),
        Block::Source { label, links } => source(label.trim(), links),
        Block::Items(items) => {
            let lines: Vec<_> = items.iter().map(|item| format!("• {}", item.trim())).collect();
            Piece::plain(&lines.join("\n"))
        }
        Block::Report(lines) => Piece::styled(MessageEntityKind::Pre { language: None }, lines.trim_end()),
    }
}

/// The speaker's name is bold where the attribution has it as the interview spells it.
fn attribution(words: &str, after: &[Block]) -> Piece {
    let quote = after.iter().find_map(|block| match block {
        Block::Quote(quote) => Some(quote),
        _ => None,
    });
    let Some((before, name, rest)) = quote.and_then(|quote| around_name(words, quote)) else {
        return Piece::plain(words);
    };
    Piece::plain(before).and_styled(MessageEntityKind::Bold, name).and(rest)
}

fn around_name<'a>(words: &'a str, quote: &'a Quote) -> Option<(&'a str, &'a str, &'a str)> {
    let names = &quote.attribution().speaker.as_ref()?.name;
    Language::ALL.into_iter().map(|language| names.get(language)).find_map(|name| {
        let (before, rest) = words.split_once(name)?;
        Some((before, name, rest))
    })
}

fn quoted(words: &str) -> Piece {
    let kind = if words.chars().count() > EXPANDABLE_FROM {
        MessageEntityKind::ExpandableBlockquote
    } else {
        MessageEntityKind::Blockquote
    };
    Piece::styled(kind, words)
}

/// A link whose address is not valid is shown with the address as it is: a source is never left out.
fn source(label: &str, links: &[Link]) -> Piece {
    links.iter().enumerate().fold(Piece::plain(label), |piece, (at, link)| {
        let piece = piece.and(match at {
            0 if label.is_empty() => "",
            0 => "\n",
            _ => " · ",
        });
        match Url::parse(&link.url) {
            Ok(url) => piece.and_styled(MessageEntityKind::TextLink { url }, &link.label),
            Err(_) => piece.and(&link.label).and(": ").and(&link.url),
        }
    })
}

#[cfg(test)]
mod tests;
