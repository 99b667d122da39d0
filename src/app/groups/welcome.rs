//! Two lines when the bot is let into a group, which go by themselves; and what is forgotten when it is out.

use jiff::SignedDuration;

use crate::chat::{Message, Outgoing};
use crate::domain::ChatKind;
use crate::store::StoreError;

use super::super::turn::Turn;

/// How long the welcome stays: long enough to be read by whoever is there.
const WELCOME: SignedDuration = SignedDuration::from_mins(10);

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
        Ok(vec![Outgoing::Passing { to, reply_to: None, message, lifetime: WELCOME }])
    }

    /// The bot is out: nothing of the group's manners is kept.
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
