//! The bot may not answer in a group: whoever can mend that is told once, in private, with what to do. The group is not.

use crate::chat::{Incoming, Message, Outgoing};
use crate::domain::{ChatKind, ChatName, UserRef};
use crate::store::{Keeper, StoreError};

use super::super::App;
use super::super::language::language_of;
use super::super::privately::privately;
use super::private_chat;

/// So many of those who keep a group are tried before the admins of the bot.
const TRIED: u32 = 3;

/// What keeps the bot from answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Trouble {
    /// It may not write there.
    NotAllowed,
    /// It has to wait for long before each reply.
    Slow,
}

/// What goes out about a trouble.
pub(in super::super) struct Telling {
    /// To the first, and to the next where they cannot be written to.
    pub(in super::super) outgoing: Outgoing,
    /// The last of them.
    pub(in super::super) last: UserRef,
}

impl Trouble {
    /// As the store has it.
    const fn code(self) -> &'static str {
        match self {
            Self::NotAllowed => "not allowed",
            Self::Slow => "slow",
        }
    }
}

impl App {
    /// What goes out when a reply to this was kept back: to the first who can be written to, of those who let the bot
    /// in or asked for the group's settings, and of the admins of the bot. Nothing, if somebody was told of late, or if
    /// all of them are known to let nothing in.
    pub(in super::super) async fn tell_trouble(&self, trouble: Trouble, incoming: &Incoming) -> Option<Telling> {
        if incoming.kind != ChatKind::Group {
            return None;
        }
        let people = self.to_be_told(trouble, incoming).await.unwrap_or_else(|error| {
            tracing::error!(%error, "failed to look whom to tell that a group cannot be answered");
            Vec::new()
        });
        let last = people.last()?.user;
        let mut telling: Option<Outgoing> = None;
        // From the last: each has the next for when they cannot be written to.
        for keeper in people.into_iter().rev() {
            let (user, message) = (keeper.user, self.trouble_for(keeper, trouble, incoming).await);
            telling = Some(match telling {
                None => privately(user, message),
                Some(next) => Outgoing::Privately { to: private_chat(user), message, otherwise: Box::new(next) },
            });
        }
        telling.map(|outgoing| Telling { outgoing, last })
    }

    /// Nobody was told, for nobody lets the bot write to them.
    pub(in super::super) fn trouble_untold(&self, last: UserRef) {
        self.unopened.refused(private_chat(last).id);
    }

    /// Somebody was told. Noted only now, for what is noted before it is out may reach nobody; so a kill in between tells
    /// them once more, at the next reply that is kept back.
    pub(in super::super) async fn trouble_told(&self, trouble: Trouble, incoming: &Incoming) {
        let (store, chat) = (&self.parts.store, incoming.chat);
        if let Err(error) = store.told_of(chat, trouble.code(), self.parts.clock.now()).await {
            tracing::error!(%error, "failed to note that somebody was told of a group; they will be told again");
        }
    }

    async fn to_be_told(&self, trouble: Trouble, incoming: &Incoming) -> Result<Vec<Keeper>, StoreError> {
        let (store, chat) = (&self.parts.store, incoming.chat);
        if store.was_told_of(chat, trouble.code()).await? {
            return Ok(Vec::new());
        }
        tracing::warn!(chat = chat.id, thread = chat.thread, ?trouble, "a group cannot be answered");
        let mut people = store.keepers(chat.id, TRIED).await?;
        let is_known = |user: &UserRef| people.iter().any(|keeper| keeper.user == *user);
        let others: Vec<UserRef> = self.admins().iter().copied().filter(|admin| !is_known(admin)).collect();
        people.extend(others.into_iter().map(|user| Keeper { user, language: None }));
        // Else each reply that is kept back would knock at the same closed doors.
        people.retain(|keeper| !self.unopened.is_shut(private_chat(keeper.user).id));
        Ok(people)
    }

    async fn trouble_for(&self, keeper: Keeper, trouble: Trouble, incoming: &Incoming) -> Message {
        let of_title = || incoming.title.as_ref().and_then(|title| language_of(title.as_str()));
        let voice = self.voice_for(keeper.user, keeper.language.or_else(of_title)).await;
        let name = ChatName { chat: incoming.chat, title: incoming.title.as_ref() };
        Message::text(match (trouble, incoming.chat.thread) {
            (Trouble::Slow, _) => voice.trouble_slow(name),
            (Trouble::NotAllowed, None) => voice.trouble_group(name),
            (Trouble::NotAllowed, Some(_)) => voice.trouble_topic(name),
        })
    }
}
