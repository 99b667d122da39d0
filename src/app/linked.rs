//! A channel and its group, both subscribed: whoever subscribes the second is warned, once and in private.

use crate::chat::{Message, Outgoing};
use crate::domain::{ChatKind, Subscription, SubscriptionStatus};
use crate::store::StoreError;

use super::press::Wish;
use super::privately::privately;
use super::reply::rows;
use super::turn::Turn;

impl Turn<'_> {
    /// That readers of a group would see each announcement twice, since its channel is subscribed, too, or the other way
    /// round. Told to whoever subscribes; to the owner of the other one, if that is an anonymous administrator.
    pub(super) async fn twice(&self, subscription: &Subscription) -> Result<Option<Outgoing>, StoreError> {
        let store = &self.app.parts.store;
        let Some(linked) = self.app.parts.rights.linked(subscription.chat).await else { return Ok(None) };
        let others = store.subscriptions_in(linked).await?;
        let Some(other) = others.iter().find(|other| other.status == SubscriptionStatus::Active) else {
            return Ok(None);
        };
        let person = match self.incoming.from {
            Some(user) => Some(user),
            None => other.owner,
        };
        let Some(user) = person else { return Ok(None) };
        let (channel, group) = match subscription.kind {
            ChatKind::Channel => (subscription, other),
            ChatKind::Group | ChatKind::Private => (other, subscription),
        };
        let voice = self.voice_for(user).await;
        let desk = self.desk(voice.language);
        let ends = [channel, group]
            .into_iter()
            .filter_map(|one| desk.wish(Wish::Unsubscribe(one.id), voice.called(one.name())));
        let words = voice.subscribed_twice(channel.name(), group.name());
        Ok(Some(privately(user, Message { actions: rows(ends), ..Message::text(words) })))
    }
}
