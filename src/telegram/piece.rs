//! A piece of a message: words with their entities, in UTF-16 units as Telegram counts.

use std::ops::Range;

use teloxide::types::{MessageEntity, MessageEntityKind};

use super::utf16;
use crate::text::split;

/// The longest message, in UTF-16 units. The server counts code points, of which there are never more.
pub(super) const LIMIT: usize = 4096;

const BLANK_LINE: &str = "\n\n";

/// Words with their entities. Nothing is escaped, because nothing in the words means anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) entities: Vec<MessageEntity>,
}

impl Piece {
    /// Plain words.
    pub(super) fn plain(words: &str) -> Self {
        Self::default().and(words)
    }

    /// Words that are one entity.
    pub(super) fn styled(kind: MessageEntityKind, words: &str) -> Self {
        Self::default().and_styled(kind, words)
    }

    /// With plain words after it.
    pub(super) fn and(mut self, words: &str) -> Self {
        self.text.extend(words.chars().map(|character| if is_replaced(character) { ' ' } else { character }));
        self
    }

    /// With one more entity after it.
    pub(super) fn and_styled(mut self, kind: MessageEntityKind, words: &str) -> Self {
        let offset = utf16::len(&self.text);
        self.mark(kind, offset, utf16::len(words));
        self.and(words)
    }

    /// With another piece after it, a blank line between.
    pub(super) fn then(mut self, next: &Self) -> Self {
        if !self.text.is_empty() {
            self.text.push_str(BLANK_LINE);
        }
        let shift = utf16::len(&self.text);
        for entity in &next.entities {
            self.mark(entity.kind.clone(), shift + entity.offset, entity.length);
        }
        self.and(&next.text)
    }

    /// Whether both fit into one message.
    pub(super) fn has_room_for(&self, next: &Self) -> bool {
        utf16::len(&self.text) + BLANK_LINE.len() + utf16::len(&next.text) <= LIMIT
    }

    /// In parts that fit into a message each; entities that are cut go on in the next part.
    pub(super) fn into_fitting(self) -> Vec<Self> {
        split(&self.text, LIMIT, utf16::len).into_iter().map(|range| self.part(range)).collect()
    }

    fn part(&self, range: Range<usize>) -> Self {
        let start = utf16::len(&self.text[..range.start]);
        let end = start + utf16::len(&self.text[range.clone()]);
        let mut part = Self::plain(&self.text[range]);
        for entity in &self.entities {
            let from = entity.offset.max(start);
            let to = (entity.offset + entity.length).min(end);
            part.mark(entity.kind.clone(), from.saturating_sub(start), to.saturating_sub(from));
        }
        part
    }

    fn mark(&mut self, kind: MessageEntityKind, offset: usize, length: usize) {
        if length > 0 {
            self.entities.push(MessageEntity { kind, offset, length });
        }
    }
}

/// Characters that Telegram does not send on as they are: tabs and other control characters, marks of direction. They
/// become spaces here, one for one, so that entities stay where they are. Quotes have none: loading refuses them.
const fn is_replaced(character: char) -> bool {
    matches!(character, '\0'..='\t' | '\x0b'..='\x1f' | '\u{2028}'..='\u{202e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(piece: &Piece) -> Vec<(usize, usize)> {
        piece.entities.iter().map(|entity| (entity.offset, entity.length)).collect()
    }

    #[test]
    fn an_entity_that_is_cut_goes_on_in_the_next_part() {
        let words = format!("{} {}", "a".repeat(4000), "😀".repeat(500));
        let piece = Piece::plain("one ").and_styled(MessageEntityKind::Italic, &words).and(" end");
        let parts = piece.into_fitting();
        assert_eq!(parts.iter().map(spans).collect::<Vec<_>>(), [vec![(4, 4000)], vec![(0, 1000)]]);
        assert!(parts[1].text.ends_with("😀 end"));
    }

    #[test]
    fn an_entity_outside_a_part_is_not_in_it() {
        let bold = Piece::styled(MessageEntityKind::Bold, "head").and("\n\n").and(&"a ".repeat(3000));
        let parts = bold.into_fitting();
        assert_eq!(parts.iter().map(spans).collect::<Vec<_>>(), [vec![(0, 4)], vec![]]);
    }

    #[test]
    fn what_telegram_would_replace_is_a_space_already() {
        for (words, sent) in [
            ("a\tb\r\0", "a b  "),
            ("\u{202e}evil\u{2028}", " evil "),
            ("line\nline", "line\nline"),
            ("naïve — «да» 🇰🇬\u{200d}", "naïve — «да» 🇰🇬\u{200d}"),
        ] {
            let piece = Piece::styled(MessageEntityKind::Bold, words);
            assert_eq!(piece.text, sent);
            assert_eq!(spans(&piece), [(0, utf16::len(words))]);
        }
    }
}
