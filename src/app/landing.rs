//! Links into the bot: to a quote, a topic or an event. They outlive the words they were made for, and say so then.

use crate::chat::{LinkPayload, Message, Outgoing};
use crate::domain::Key;

use super::reply::Desk;
use super::shown::Shown;
use super::turn::Turn;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Landing {
    /// A quote. Its key is a hash of its words: a passage whose words have changed has another.
    Quote(Shown),
    /// A topic's best passage.
    Topic(Key),
    /// An event's card.
    Event(Key),
}

impl Landing {
    /// What the link carries: the key of a passage by itself, for links that people write by hand; a quote's choice of
    /// sentences behind it; `t-` before a topic's, `e-` before an event's.
    pub(super) fn payload(&self) -> Option<LinkPayload> {
        LinkPayload::new(match self {
            Self::Quote(shown) => shown.code().replace('.', "_"),
            Self::Topic(key) => format!("t-{key}"),
            Self::Event(key) => format!("e-{key}"),
        })
    }

    /// `None` for what [`Landing::payload`] does not make.
    pub(super) fn parse(payload: &str) -> Option<Self> {
        match payload.split_once('-') {
            Some(("t", key)) => Key::parse(key).map(Self::Topic),
            Some(("e", key)) => Key::parse(key).map(Self::Event),
            _ => Shown::parse(&payload.replace('_', ".")).map(Self::Quote),
        }
    }
}

impl Turn<'_> {
    /// The answer a link leads to; the beginning for a link that was never one.
    pub(super) fn land(&self, desk: &Desk<'_>, payload: &str) -> Vec<Outgoing> {
        let voice = desk.voice;
        let Some(landing) = Landing::parse(payload) else { return self.send(desk.start()) };
        let message = match &landing {
            Landing::Quote(shown) => self.passage(desk, shown),
            Landing::Topic(key) => self.topic(desk, key),
            Landing::Event(key) => self.event_card(desk, key),
        };
        self.send(message.unwrap_or_else(|| {
            Message::text(match landing {
                Landing::Quote(_) => voice.passage_changed(),
                Landing::Topic(_) | Landing::Event(_) => voice.link_gone(),
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_back_to_what_it_was_made_of() {
        for (payload, is_one) in [
            ("abcdefghij", true),
            ("abcdefghij_klmnopqrst", true),
            ("abcdefghij_2-5", true),
            ("abcdefghij_klmnopqrst_2-5", true),
            ("t-abcdefghij", true),
            ("e-abcdefghij", true),
            ("", false),
            ("abcdefghi", false),
            ("x-abcdefghij", false),
            ("t-abcdefgh", false),
            ("abcdefghij_", false),
            ("abcdefghij_2-", false),
            ("ABCDEFGHIJ", false),
        ] {
            let landing = Landing::parse(payload);
            assert_eq!(landing.is_some(), is_one, "{payload}");
            if let Some(landing) = landing {
                assert_eq!(landing.payload().unwrap().as_str(), payload);
            }
        }
    }
}
