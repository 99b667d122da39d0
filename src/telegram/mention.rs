//! The bot's own name in a text: found by Telegram's entity, never by looking for it, and taken off.

use teloxide::types::{MessageEntity, MessageEntityKind};

use super::setup::Me;
use super::utf16;

/// Whether words name the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mentioned {
    Yes,
    No,
}

/// The words with the bot's own name taken off, and the punctuation that set it off.
pub(super) fn without_mentions(text: &str, entities: &[MessageEntity], me: &Me) -> (String, Mentioned) {
    let mut words = String::with_capacity(text.len());
    let mut end = 0;
    for entity in entities {
        let Some(range) = utf16::range(text, entity.offset, entity.length) else { continue };
        let named = text[range.clone()].strip_prefix('@').is_some_and(|name| me.is_named(name));
        if entity.kind == MessageEntityKind::Mention && named && range.start >= end {
            words.push_str(text[end..range.start].trim_end());
            words.push(' ');
            end = range.end;
            let rest = &text[end..];
            end += rest.len() - rest.trim_start_matches([',', ':', ' ']).len();
        }
    }
    if end == 0 {
        return (text.to_owned(), Mentioned::No);
    }
    words.push_str(&text[end..]);
    (words.trim().to_owned(), Mentioned::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserRef;

    fn check(text: &str, mentions: &[(usize, usize)], words: &str, mentioned: Mentioned) {
        let me = Me {
            id: UserRef(1),
            username: "quote_bot".into(),
            can_read_all_group_messages: false,
            supports_inline_queries: false,
        };
        let entities: Vec<_> = mentions
            .iter()
            .map(|&(offset, length)| MessageEntity { kind: MessageEntityKind::Mention, offset, length })
            .collect();
        assert_eq!(without_mentions(text, &entities, &me), (words.to_owned(), mentioned), "{text}");
    }

    #[test]
    fn its_own_name_is_taken_off_with_what_set_it_off() {
        check("@quote_bot what is it", &[(0, 10)], "what is it", Mentioned::Yes);
        check("@Quote_Bot, что это?", &[(0, 10)], "что это?", Mentioned::Yes);
        check("what @quote_bot is it", &[(5, 10)], "what is it", Mentioned::Yes);
        check("😀 what is it @quote_bot", &[(14, 10)], "😀 what is it", Mentioned::Yes);
        check("@quote_bot @quote_bot: /ask x", &[(0, 10), (11, 10)], "/ask x", Mentioned::Yes);
        check("@quote_bot", &[(0, 10)], "", Mentioned::Yes);
    }

    #[test]
    fn other_names_and_broken_entities_are_left_alone() {
        check("@other_bot what", &[(0, 10)], "@other_bot what", Mentioned::No);
        check("@quote_bot what", &[], "@quote_bot what", Mentioned::No);
        check("@quote_bottle", &[(0, 13)], "@quote_bottle", Mentioned::No);
        check("😀@quote_bot", &[(1, 10)], "😀@quote_bot", Mentioned::No);
        check("@quote_bot", &[(0, 99)], "@quote_bot", Mentioned::No);
        check(" plain ", &[(3, usize::MAX)], " plain ", Mentioned::No);
    }
}
