//! The bot's own standing in a chat: whoever makes it an administrator is offered, in private, to subscribe the chat;
//! where it is put out or silenced, nothing is sent any more. The chat itself sees none of it.

use crate::chat::{Membership, Message, Outgoing, PressRef};
use crate::domain::{ChatKind, ChatName, ChatRef, Subscription, SubscriptionStatus, UserRef};
use crate::store::StoreError;

use super::groups::Hears;
use super::press::Wish;
use super::privately::privately;
use super::replies::Voice;
use super::reply::{Desk, rows};
use super::turn::{Turn, toast};

/// Why subscriptions end or rest, for `/deliveries` and the log.
const REMOVED: &str = "the bot was removed from the chat";
pub(super) const SILENCED: &str = "the bot lost the right to post";

impl Turn<'_> {
    /// What goes out when the bot's standing in a chat changed. Who cannot be written to hears nothing of it.
    pub(super) async fn membership(&self, change: Membership) -> Vec<Outgoing> {
        let done = match change {
            Membership::Added => self.added(Hears::AsMember).await,
            Membership::AddedAsAdministrator => self.added(Hears::All).await,
            Membership::Promoted => self.offer_to_subscribe().await,
            Membership::Silenced => self.silenced().await,
            Membership::Removed => self.removed().await,
            Membership::Gone => self.leave_group().await.map(|()| Vec::new()),
        };
        done.unwrap_or_else(|error| {
            tracing::error!(%error, ?change, "failed to follow a change of the bot's standing in a chat");
            Vec::new()
        })
    }

    async fn added(&self, hears: Hears) -> Result<Vec<Outgoing>, StoreError> {
        if self.is_old_friend().await? {
            // Not greeted again; but what is kept of it is kept on, and so is who let the bot in.
            self.keep(self.incoming.chat.id, self.incoming.title.as_ref()).await?;
            return Ok(Vec::new());
        }
        let mut outgoing = self.welcome(hears).await?;
        if hears == Hears::All {
            outgoing.extend(self.offer_to_subscribe().await?);
        }
        Ok(outgoing)
    }

    async fn offer_to_subscribe(&self) -> Result<Vec<Outgoing>, StoreError> {
        let (Some(user), chat) = (self.incoming.from, self.incoming.chat) else { return Ok(Vec::new()) };
        let known = self.app.parts.store.subscriptions_in(chat.id).await?;
        if known.iter().any(|subscription| subscription.status == SubscriptionStatus::Active) {
            return Ok(Vec::new());
        }
        let voice = self.voice_for(user).await;
        let button = self.desk(voice.language).wish(Wish::Subscribe(chat), voice.subscribe_it());
        let name = ChatName { chat, title: self.incoming.title.as_ref() };
        let message = Message { actions: rows(button), ..Message::text(voice.offer_to_subscribe(name)) };
        Ok(vec![privately(user, message)])
    }

    /// The planner tells whoever can mend it, as for any other chat that lets nothing be posted.
    async fn silenced(&self) -> Result<Vec<Outgoing>, StoreError> {
        for subscription in self.alive().await? {
            self.app.parts.store.suspend(subscription.id, SILENCED, self.app.parts.clock.now()).await?;
        }
        Ok(Vec::new())
    }

    /// Silently: that is the chat's affair.
    async fn removed(&self) -> Result<Vec<Outgoing>, StoreError> {
        for subscription in self.alive().await? {
            self.app.parts.store.end(subscription.id, REMOVED, self.app.parts.clock.now()).await?;
            tracing::info!(subscription = subscription.id.0, "removed from a chat; its subscription ends");
        }
        if self.incoming.kind == ChatKind::Private {
            self.app.parts.store.withdraw_questions_of(self.incoming.chat.id).await?;
        }
        self.forget_group().await?;
        Ok(Vec::new())
    }

    /// The subscriptions of this chat and its topics that have not ended.
    async fn alive(&self) -> Result<Vec<Subscription>, StoreError> {
        let mut known = self.app.parts.store.subscriptions_in(self.incoming.chat.id).await?;
        known.retain(|subscription| subscription.status != SubscriptionStatus::Ended);
        Ok(known)
    }

    /// The offer is accepted: by somebody who still administers that chat, as is looked up now.
    pub(super) async fn accept(&self, desk: &Desk<'_>, chat: ChatRef, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(voice.private_only()))];
        }
        // A private chat is nobody's to administer: a forged button names it as a group.
        if chat == self.incoming.chat || !self.administers(chat).await {
            tracing::info!(chat = chat.id, "refused to subscribe a chat for somebody who does not administer it");
            return vec![toast(by, Some(voice.not_administrator()))];
        }
        // What it is decides whether its posts are approved first: the platform says so, not the button.
        let kind = self.app.parts.rights.kind(chat).await.filter(|kind| *kind != ChatKind::Private);
        let Some(kind) = kind else { return vec![toast(by, Some(voice.went_wrong()))] };
        let (message, warning) = self.start(chat, kind, voice).await;
        let edit = self.incoming.message.map(|id| Outgoing::Edit { chat: self.incoming.chat, id, message });
        edit.into_iter().chain([toast(by, None)]).chain(warning).collect()
    }

    /// The voice for that person; what their app is set to is known of whoever this came from.
    pub(super) async fn voice_for(&self, user: UserRef) -> Voice<'_> {
        let interface = self.incoming.interface.filter(|_| self.incoming.from == Some(user));
        self.app.voice_for(user, interface).await
    }
}
