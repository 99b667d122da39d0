//! A piece of a message: words with their entities, in UTF-16 units as Telegram counts.

use std::ops::Range;

use teloxide::types::{MessageEntity, MessageEntityKind};

use super::split::split;
use super::utf16;

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
        Self { text: words.to_owned(), entities: Vec::new() }
    }

    /// Words that are one entity.
    pub(super) fn styled(kind: MessageEntityKind, words: &str) -> Self {
        Self::default().and_styled(kind, words)
    }

    /// With plain words after it.
    pub(super) fn and(mut self, words: &str) -> Self {
        self.text.push_str(words);
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
        split(&self.text, LIMIT).into_iter().map(|range| self.part(range)).collect()
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
