//! Whose settings they are. A chat that an anonymous administrator subscribed is nobody's: the first of its
//! administrators who asks for its settings under their own name gets them. So does one who asks after whoever had them
//! has ceased to administer the chat.

use crate::chat::{Administers, Message};
use crate::domain::Subscription;
use crate::store::StoreError;

use super::super::replies::Voice;
use super::super::turn::Turn;

impl Turn<'_> {
    /// Settings are shown in private; whoever asks for them in their own group learns how to get there.
    pub(in super::super) async fn subscriptions_here(&self, voice: Voice<'_>) -> Message {
        if !self.administers(self.incoming.chat).await {
            return Message::text(voice.private_only());
        }
        let done = async {
            let Some(mut subscription) = self.app.parts.store.subscription_of(self.incoming.chat).await? else {
                return Ok(Message::text(voice.not_subscribed()));
            };
            self.get_to_know(&mut subscription).await?;
            Ok(Message::text(match (self.incoming.from, subscription.owner) {
                (None, None) => voice.settings_under_a_name(),
                (Some(user), Some(owner)) if user == owner => voice.settings_in_private(),
                (_, Some(_)) => voice.settings_of_another(),
                (Some(_), None) => voice.not_subscribed(),
            }))
        };
        let done = done.await;
        self.or_apologise(voice, done)
    }

    /// Remembers what whoever administers a chat shows by writing: its title, and, where nobody owns its subscription
    /// or its owner is known not to administer it any more, who they are: a look-up that fails takes nothing from anybody.
    pub(in super::super) async fn get_to_know(&self, subscription: &mut Subscription) -> Result<(), StoreError> {
        let (store, id) = (&self.app.parts.store, subscription.id);
        if let Some(title) = self.title_of(subscription.chat).filter(|title| subscription.title.as_ref() != Some(title))
        {
            store.set_title(id, &title).await?;
            subscription.title = Some(title);
        }
        let Some(user) = self.incoming.from else { return Ok(()) };
        let is_theirs = match subscription.owner {
            None => store.adopt(id, user).await?,
            Some(owner) if owner == user => return Ok(()),
            Some(owner) => match self.app.parts.rights.administers(owner, subscription.chat).await {
                Administers::Yes | Administers::Unknown => return Ok(()),
                Administers::No => store.pass_on(id, owner, user).await?,
            },
        };
        if is_theirs {
            tracing::info!(subscription = id.0, "somebody owns a subscription now");
            subscription.owner = Some(user);
        }
        Ok(())
    }
}
