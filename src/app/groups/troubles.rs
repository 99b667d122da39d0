//! The bot may not answer in a group: whoever can mend that is told once, in private, with what to do. The group is not.

use crate::chat::{Incoming, Message, Outgoing};
use crate::domain::{ChatKind, ChatName, UserRef};
use crate::store::StoreError;

use super::super::App;
use super::super::language::language_of;
use super::super::privately::privately;
use super::private_chat;

/// So many of those who keep a group are tried before the admins of the bot.
const TRIED: u32 = 3;

impl App {
    /// What goes out when a reply to this was not allowed: to the first who can be written to, of those who let the bot
    /// in or asked for the group's settings, and of the admins of the bot.
    pub(in super::super) async fn tell_trouble(&self, incoming: &Incoming) -> Option<Outgoing> {
        if incoming.kind != ChatKind::Group {
            return None;
        }
        let people = self.to_be_told(incoming).await.unwrap_or_else(|error| {
            tracing::error!(%error, "failed to look whom to tell that a group cannot be answered");
            Vec::new()
        });
        let mut telling: Option<Outgoing> = None;
        // From the last: each has the next for when they cannot be written to.
        for user in people.into_iter().rev() {
            let message = self.trouble_for(user, incoming).await;
            telling = Some(match telling {
                None => privately(user, message),
                Some(next) => Outgoing::Privately { to: private_chat(user), message, otherwise: Box::new(next) },
            });
        }
        telling
    }

    /// Nobody, if somebody was told of late.
    async fn to_be_told(&self, incoming: &Incoming) -> Result<Vec<UserRef>, StoreError> {
        let (store, chat) = (&self.parts.store, incoming.chat);
        if !store.trouble(chat.id, chat.thread, self.parts.clock.now()).await? {
            return Ok(Vec::new());
        }
        tracing::warn!(chat = chat.id, thread = chat.thread, "a group cannot be answered");
        let mut people = store.keepers(chat.id, TRIED).await?;
        let others: Vec<UserRef> = self.admins().iter().copied().filter(|admin| !people.contains(admin)).collect();
        people.extend(others);
        Ok(people)
    }

    async fn trouble_for(&self, user: UserRef, incoming: &Incoming) -> Message {
        let language = incoming.title.as_ref().and_then(|title| language_of(title.as_str()));
        let voice = self.voice_for(user, language).await;
        let name = ChatName { chat: incoming.chat, title: incoming.title.as_ref() };
        Message::text(match incoming.chat.thread {
            None => voice.trouble_group(name),
            Some(_) => voice.trouble_topic(name),
        })
    }
}
