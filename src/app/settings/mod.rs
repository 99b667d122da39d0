//! The settings of a subscription, in the private chat: one message, edited in place. Who may change them is looked up
//! anew at every press.

mod change;
mod owner;
mod panel;
mod timezone;

use crate::chat::{Message, Outgoing, PressRef};
use crate::domain::{ChatRef, Occasion, Subscription, SubscriptionId, SubscriptionStatus};
use crate::store::{Reset, StoreError};

use super::press::Wish;
use super::replies::Voice;
use super::reply::Desk;
use super::turn::{Turn, toast};

use panel::Place;

pub(super) use change::{Change, Switch, approval_code, kind_code, milestones_code};

/// What became of a press.
enum Pressed {
    /// The message shows this now.
    Shown(Message),
    /// A line that fades; the message stays.
    Refused(String),
}

impl Turn<'_> {
    /// The person's subscriptions, to choose one.
    pub(super) async fn subscriptions(&self, voice: Voice<'_>) -> Message {
        let mine = self.mine().await.map(|mine| {
            if mine.is_empty() {
                return Message::text(voice.no_subscriptions());
            }
            self.choice_of(voice, voice.which_settings(), &mine, |id| Wish::Settings(id, None))
        });
        self.or_apologise(voice, mine)
    }

    /// Changes one setting, if one is to be changed, and shows all.
    pub(super) async fn settings(
        &self,
        desk: &Desk<'_>,
        id: SubscriptionId,
        change: Option<Change>,
        by: &PressRef,
    ) -> Vec<Outgoing> {
        let pressed = self.change(desk, id, change).await;
        match (self.or_went_wrong(desk.voice, pressed), self.incoming.message) {
            (Pressed::Shown(message), Some(id)) => {
                vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
            }
            (Pressed::Shown(_), None) => vec![toast(by, None)],
            (Pressed::Refused(why), _) => vec![toast(by, Some(why))],
        }
    }

    /// Sends what members will see next.
    pub(super) async fn preview(&self, desk: &Desk<'_>, id: SubscriptionId, by: &PressRef) -> Vec<Outgoing> {
        let pressed = async {
            Ok(match self.administered(desk.voice, id).await? {
                Ok(subscription) => Pressed::Shown(self.next_post(desk.voice, &subscription)),
                Err(refused) => refused,
            })
        };
        match self.or_went_wrong(desk.voice, pressed.await) {
            Pressed::Shown(message) => {
                let mut outgoing = self.send(message);
                outgoing.push(toast(by, None));
                outgoing
            }
            Pressed::Refused(why) => vec![toast(by, Some(why))],
        }
    }

    async fn change(&self, desk: &Desk<'_>, id: SubscriptionId, change: Option<Change>) -> Result<Pressed, StoreError> {
        let mut subscription = match self.administered(desk.voice, id).await? {
            Ok(subscription) => subscription,
            Err(refused) => return Ok(refused),
        };
        if let Some(change) = change {
            let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
            // While the rights were looked up, somebody else may have changed others.
            subscription = match store.change_settings(id, |settings| change.apply(settings), now).await? {
                Reset::Done(changed) => *changed,
                Reset::Refused => return Ok(Pressed::Refused(desk.voice.last_kind())),
                Reset::Over => return Ok(Pressed::Shown(self.ended(desk.voice, subscription.name()))),
            };
            tracing::info!(subscription = id.0, change = change.code(), "settings changed");
        }
        Ok(Pressed::Shown(desk.settings(&subscription, self.place_of(subscription.chat))))
    }

    /// The subscription, if it goes on and whoever presses administers its chat.
    async fn administered(
        &self,
        voice: Voice<'_>,
        id: SubscriptionId,
    ) -> Result<Result<Subscription, Pressed>, StoreError> {
        let Some(subscription) = self.app.parts.store.subscription(id).await? else {
            return Ok(Err(Pressed::Refused(voice.too_late())));
        };
        // Rights first: that a chat has unsubscribed is its administrators' to know.
        if !self.administers(subscription.chat).await {
            return Ok(Err(Pressed::Refused(voice.not_administrator())));
        }
        if subscription.status == SubscriptionStatus::Ended {
            return Ok(Err(Pressed::Shown(self.ended(voice, subscription.name()))));
        }
        Ok(Ok(subscription))
    }

    /// The next post as that chat will see it; with none to come, the one of the nearest date.
    fn next_post(&self, voice: Voice<'_>, subscription: &Subscription) -> Message {
        let theirs = &subscription.settings;
        let desk = Desk { voice: self.app.voice(theirs.language), zone: &theirs.zone, ..self.desk(theirs.language) };
        let next =
            desk.next_for(subscription).map(|next| (next.interview, next.event, Occasion::Milestone(next.milestone)));
        let next = next.or_else(|| {
            let (interview, event) = desk.nearest(&theirs.kinds)?;
            Some((interview, event, Occasion::Now))
        });
        let post = next.and_then(|(interview, event, occasion)| desk.announcement(interview, event, occasion));
        post.unwrap_or_else(|| Message::text(voice.subscribed_nothing()))
    }

    fn place_of(&self, chat: ChatRef) -> Place {
        if chat == self.incoming.chat { Place::Here } else { Place::Elsewhere }
    }

    fn or_went_wrong(&self, voice: Voice<'_>, pressed: Result<Pressed, StoreError>) -> Pressed {
        pressed.unwrap_or_else(|error| {
            tracing::error!(%error, "a press about settings failed");
            Pressed::Refused(voice.went_wrong())
        })
    }
}
