//! What is noted once something is delivered, or cannot be: that it is to be taken back, and whether the bot is in its chat.
//! None of it stops a delivery.

use crate::chat::{Front, MessageId, Outgoing, Receipt};

use super::{Settler, chat};

impl<F: Front> Settler<F> {
    /// Remembers what is to be taken back. A kill in between leaves the message where it is: nobody knows its number.
    pub(super) async fn keep(&self, outgoing: &Outgoing, receipt: Receipt) {
        let Outgoing::Passing { what, lifetime } = outgoing else { return };
        // A message that is edited may be one that stays, such as a post; only what is new goes.
        let is_new = |id: &MessageId| !matches!(what.itself(), Outgoing::Edit { id: edited, .. } if edited == id);
        let (Some(id), Some(chat), now) = (receipt.message.filter(is_new), chat(what), self.clock.now()) else {
            return;
        };
        let due = now.saturating_add(*lifetime).unwrap_or(now);
        if let Err(error) = self.store.take_back(chat, id.0, due).await {
            tracing::error!(%error, "failed to remember that a message is to be taken back; it stays");
        }
    }

    /// What was taken shows that the bot is in the chat.
    pub(super) async fn is_in(&self, outgoing: &Outgoing) {
        let Some(chat) = chat(outgoing) else { return };
        if let Err(error) = self.store.group_is_back(chat).await {
            tracing::error!(%error, "failed to note that the bot is in a group; its settings may go");
        }
    }

    /// The platform may not have told that the bot was removed. Of a chat that is no group nothing is noted.
    pub(super) async fn is_out(&self, outgoing: &Outgoing) {
        let Some(chat) = chat(outgoing) else { return };
        if let Err(error) = self.store.group_is_gone(chat, self.clock.now()).await {
            tracing::error!(%error, "failed to note that the bot is out of a group; its settings stay for now");
        }
    }

    /// Nor that the group has another number.
    pub(super) async fn follow(&self, outgoing: &Outgoing, to: i64) {
        let Some(from) = chat(outgoing) else { return };
        if let Err(error) = self.store.move_group(from, to).await {
            tracing::error!(%error, "failed to follow a group to its new number; its settings are to be made again");
        }
    }
}
