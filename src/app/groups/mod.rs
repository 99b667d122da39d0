//! Manners in groups: how long a reply stays, where a question is answered, what is not said twice, and who is told when
//! the bot may not answer. A group's administrators choose, in private.

mod change;
mod panel;
mod passing;
mod repeats;
mod settings;
mod troubles;
mod unopened;
mod welcome;

use crate::chat::{Action, Block, Incoming, LinkPayload, Message, MessageId, Outgoing, Target, What};
use crate::domain::{ChatKind, ChatRef, Key, Manners, UserRef, Venue};

use super::App;
use super::commands::Command;
use super::landing::Landing;
use super::replies::Voice;
use super::reply::rows;
use super::turn::Turn;

pub use passing::take_back;

pub(super) use change::{Change, language_code, lifetime_code};
pub(super) use repeats::Repeats;
pub(super) use settings::group_of;
pub(super) use troubles::Trouble;
pub(super) use unopened::Unopened;
pub(super) use welcome::Hears;

/// What the private chat is opened with where there is nothing to land on.
const NOWHERE: &str = "ask";

impl App {
    /// What the group chose that this comes from.
    pub(super) async fn manners_of(&self, incoming: &Incoming) -> Manners {
        if incoming.kind != ChatKind::Group {
            return Manners::default();
        }
        self.parts.store.manners(incoming.chat.id).await.unwrap_or_else(|error| {
            // A choice is a comfort; the reply is the promise.
            tracing::warn!(%error, "failed to read how a group wants to be answered");
            Manners::default()
        })
    }
}

impl Turn<'_> {
    /// A reply as the group it goes to wants it; anything else as it is.
    pub(super) fn mannered(&self, outgoing: Outgoing) -> Outgoing {
        match outgoing {
            Outgoing::Send { to, reply_to, message } if self.is_here(to) => {
                match (self.manners.venue, self.incoming.from) {
                    (Venue::Private, Some(user)) if self.is_to_read() => {
                        let otherwise = Box::new(self.here(to, reply_to, self.otherwise(&message)));
                        Outgoing::Privately { to: private_chat(user), message, otherwise }
                    }
                    (Venue::Here | Venue::Private, _) => self.here(to, reply_to, message),
                }
            }
            Outgoing::File { to: chat, .. } | Outgoing::Edit { chat, .. } if self.is_here(chat) => {
                self.for_a_while(outgoing)
            }
            _ => outgoing,
        }
    }

    /// Whether that is the group this comes from.
    fn is_here(&self, chat: ChatRef) -> bool {
        self.incoming.kind == ChatKind::Group && chat.id == self.incoming.chat.id
    }

    /// Whether a reply stands in a group, among the talk of others: then it is as short as it can be.
    pub(super) fn is_among_others(&self) -> bool {
        let is_private = self.manners.venue == Venue::Private && self.incoming.from.is_some();
        self.incoming.kind == ChatKind::Group && !is_private
    }

    /// Whether the answer to these words stands a few messages up: said in a group, less than a minute ago.
    pub(super) fn is_said_again(&self, words: &str, topic: Option<&Key>) -> bool {
        self.is_among_others() && self.app.repeats.is_again(self.incoming.chat, words, topic, self.incoming.sent)
    }

    /// A message in the group, for as long as its replies stay there.
    fn here(&self, to: ChatRef, reply_to: Option<MessageId>, message: Message) -> Outgoing {
        self.for_a_while(Outgoing::Send { to, reply_to, message })
    }

    fn for_a_while(&self, outgoing: Outgoing) -> Outgoing {
        match self.manners.lifetime.duration() {
            Some(lifetime) => Outgoing::Passing { what: Box::new(outgoing), lifetime },
            None => outgoing,
        }
    }

    /// Whether it is a reader's question, or asks for something to read. What is done for the group is said there.
    fn is_to_read(&self) -> bool {
        match &self.incoming.what {
            What::Text(_) => true,
            What::Command { name, .. } => matches!(
                Command::parse(name),
                Some(
                    Command::Ask
                        | Command::Check
                        | Command::Start
                        | Command::Topics
                        | Command::Upcoming
                        | Command::About
                        | Command::Privacy
                        | Command::Help
                )
            ),
            What::Press { .. }
            | What::Search { .. }
            | What::Chosen { .. }
            | What::Membership(_)
            | What::Moved { .. }
            | What::Unreadable => false,
        }
    }

    /// What stands in the group for somebody who cannot be written to. What `/check` found is made of the words it was
    /// asked about, and nothing leads to it: it is said here, where it was asked. Else one line with a way to the private
    /// chat and, in it, to the first quote, as it would have been shown.
    fn otherwise(&self, message: &Message) -> Message {
        if matches!(&self.incoming.what, What::Command { name, .. } if Command::parse(name) == Some(Command::Check)) {
            return message.clone();
        }
        let voice = self.voice_of_question();
        let quote =
            message.blocks.iter().find_map(|block| if let Block::Quote(quote) = block { Some(quote) } else { None });
        match quote {
            Some(quote) => {
                let landing = Landing::Quote(self.desk(voice.language).shown(quote, None));
                way_to(voice, voice.private_answer(), landing.payload())
            }
            None => way_to(voice, voice.private_ask(), LinkPayload::new(NOWHERE.to_owned())),
        }
    }

    /// The voice that answers what was asked.
    pub(super) fn voice_of_question(&self) -> Voice<'_> {
        self.app.voice(match &self.incoming.what {
            What::Text(words) => self.preference.of_words(words),
            What::Command { rest, .. } if !rest.is_empty() => self.preference.of_words(rest),
            _ => self.preference.of_nothing(),
        })
    }
}

/// The private chat with somebody.
const fn private_chat(user: UserRef) -> ChatRef {
    ChatRef { id: user.0, thread: None }
}

/// A line with a button that opens the private chat at that place.
fn way_to(voice: Voice<'_>, words: String, start: Option<LinkPayload>) -> Message {
    let button = start.map(|start| Action { label: voice.open_private(), target: Target::Talk(start) });
    Message { actions: rows(button), ..Message::text(words) }
}

#[cfg(test)]
mod tests;
