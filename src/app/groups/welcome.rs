//! Two lines when the bot is let into a group, which go by themselves; and what is forgotten when it is out.

use jiff::SignedDuration;

use crate::chat::{Message, Outgoing};
use crate::domain::{ChatKind, ChatRef};
use crate::store::StoreError;

use super::super::turn::Turn;

/// How long the welcome stays: long enough to be read by whoever is there.
const WELCOME: SignedDuration = SignedDuration::from_mins(10);

/// So many groups of one title are looked at.
const NAMESAKES: u32 = 3;

/// What the bot hears of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Hears {
    /// All of it: its administrators do, whatever privacy mode says.
    All,
    /// What the platform passes on to a member.
    AsMember,
}

impl Turn<'_> {
    /// What the bot is for and how to ask; whoever let it in is remembered, to be told if it may not answer.
    pub(in super::super) async fn welcome(&self, hears: Hears) -> Result<Vec<Outgoing>, StoreError> {
        let (to, voice) = (self.incoming.chat, self.app.voice(self.preference.of_nothing()));
        if self.incoming.kind != ChatKind::Group {
            return Ok(Vec::new());
        }
        self.keep(to.id, self.incoming.title.as_ref()).await?;
        let is_deaf = hears == Hears::AsMember && self.app.gauges().mentions_hidden();
        let how = if is_deaf { voice.welcome_how_deaf() } else { voice.welcome_how() };
        let message = Message::text(format!("{}\n{how}", voice.welcome()));
        let lifetime = self.manners.lifetime.duration().map_or(WELCOME, |chosen| chosen.min(WELCOME));
        let what = Box::new(Outgoing::Send { to, reply_to: None, message });
        Ok(vec![Outgoing::Passing { what, lifetime }])
    }

    /// Whether this is a group that the bot was in before, under another number: a basic group becomes a supergroup, and
    /// the platform tells that the bot got into that one before it tells, or after it told, that it is the same. Nobody
    /// there let it in, and what it is for was said.
    pub(in super::super) async fn is_old_friend(&self) -> Result<bool, StoreError> {
        let (parts, chat) = (&self.app.parts, self.incoming.chat.id);
        if self.incoming.kind != ChatKind::Group {
            return Ok(false);
        }
        if parts.store.is_group_known(chat).await? {
            return Ok(true);
        }
        let Some(title) = &self.incoming.title else { return Ok(false) };
        for id in parts.store.groups_called(title, chat, NAMESAKES).await? {
            // Another group of that name can be looked at; of one that has become this one the platform says that it moved.
            if parts.rights.kind(ChatRef { id, thread: None }).await.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A basic group is left as well when it becomes a supergroup: what it chose stays for a while.
    pub(in super::super) async fn leave_group(&self) -> Result<(), StoreError> {
        self.app.parts.store.group_is_gone(self.incoming.chat.id, self.app.parts.clock.now()).await
    }

    /// The bot is out for good: nothing of the group's manners is kept.
    pub(in super::super) async fn forget_group(&self) -> Result<(), StoreError> {
        self.app.parts.store.forget_group(self.incoming.chat.id).await
    }

    /// The group has another number now. Nothing is said of it.
    pub(in super::super) async fn moved(&self, from: i64) -> Vec<Outgoing> {
        if let Err(error) = self.app.parts.store.move_group(from, self.incoming.chat.id).await {
            tracing::error!(%error, "failed to follow a group to its new number; its settings are to be made again");
        }
        Vec::new()
    }
}
