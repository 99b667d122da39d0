//! Subscribing chats to announcements: a group by a command in it, a channel or group from the private chat, so that
//! its members see none of it. Who may is looked up anew each time.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::announcements::timetable;
use crate::chat::{Action, Administers, Block, Message, Outgoing, Standing, Target, What};
use crate::domain::{
    Approval, ChatKind, ChatName, ChatRef, Event, EventKind, Interview, Milestone, Settings, Subscription,
    SubscriptionId, SubscriptionStatus, Title, UserRef, day_in,
};
use crate::store::StoreError;

use super::press::{Press, Wish};
use super::replies::Voice;
use super::reply::{Desk, rows};
use super::turn::Turn;

/// Why a subscription ended, for `/deliveries` and the log.
const UNSUBSCRIBED: &str = "unsubscribed";

impl Turn<'_> {
    /// In a group it subscribes the group; in private it lets the person choose a chat.
    pub(super) async fn subscribe(&self, voice: Voice<'_>) -> Vec<Outgoing> {
        match self.incoming.kind {
            ChatKind::Private => self.send(choose(voice)),
            ChatKind::Group | ChatKind::Channel if !self.administers(self.incoming.chat).await => {
                self.send(Message::text(voice.not_administrator()))
            }
            ChatKind::Group | ChatKind::Channel => {
                let (message, warning) = self.start(self.incoming.chat, self.incoming.kind, voice).await;
                self.send(message).into_iter().chain(warning).collect()
            }
        }
    }

    /// A chat was chosen in the private chat.
    pub(super) async fn chosen(&self, chat: ChatRef, kind: ChatKind) -> Vec<Outgoing> {
        let voice = self.app.voice(self.preference.of_nothing());
        let is_another = self.incoming.kind == ChatKind::Private && chat != self.incoming.chat;
        if !is_another || !self.administers(chat).await {
            tracing::info!(chat = chat.id, "refused to subscribe a chat for somebody who does not administer it");
            return self.send(Message::text(voice.not_administrator()));
        }
        let (message, warning) = self.start(chat, kind, voice).await;
        self.send(message).into_iter().chain(warning).collect()
    }

    /// In a group it ends the group's subscription; in private it shows the person's, to choose one.
    pub(super) async fn unsubscribe(&self, voice: Voice<'_>) -> Message {
        let done = match self.incoming.kind {
            ChatKind::Private => self.mine().await.map(|mine| match mine.as_slice() {
                [] => Message::text(voice.nothing_subscribed()),
                mine => self.choice_of(voice, voice.which_subscription(), mine, Wish::Unsubscribe),
            }),
            ChatKind::Group | ChatKind::Channel if !self.administers(self.incoming.chat).await => {
                return Message::text(voice.not_administrator());
            }
            ChatKind::Group | ChatKind::Channel => self.end_here(voice).await,
        };
        self.or_apologise(voice, done)
    }

    /// A subscription was chosen to end.
    pub(super) async fn end(&self, voice: Voice<'_>, id: SubscriptionId) -> Message {
        let done = async {
            let store = &self.app.parts.store;
            let Some(subscription) = store.subscription(id).await? else { return Ok(None) };
            if !self.administers(subscription.chat).await {
                return Ok(Some(Message::text(voice.not_administrator())));
            }
            store.end(id, UNSUBSCRIBED, self.app.parts.clock.now()).await?;
            Ok(Some(self.ended(voice, subscription.name())))
        };
        let done = done.await.map(|message| message.unwrap_or_else(|| Message::text(voice.chat_not_subscribed())));
        self.or_apologise(voice, done)
    }

    /// Whether whoever writes administers that chat; an anonymous administrator writes as the chat. What cannot be told
    /// is no.
    pub(super) async fn administers(&self, chat: ChatRef) -> bool {
        match (self.incoming.standing, self.incoming.from) {
            (Standing::ThisChat, _) => chat.id == self.incoming.chat.id,
            // Nobody else is in a private chat, and it has no administrators to be asked for.
            (Standing::Own, Some(_)) if self.incoming.kind == ChatKind::Private && chat == self.incoming.chat => true,
            (Standing::Own, Some(user)) => self.app.parts.rights.administers(user, chat).await == Administers::Yes,
            (Standing::Own, None) => false,
        }
    }

    /// What that chat is called, if this incoming tells.
    pub(super) fn title_of(&self, chat: ChatRef) -> Option<Title> {
        match &self.incoming.what {
            What::Chosen { chat: chosen, title, .. } if chosen.id == chat.id => title.clone(),
            _ if self.incoming.chat.id == chat.id => self.incoming.title.clone(),
            _ => None,
        }
    }

    /// Subscribes a chat, and says so; where its posts would be seen twice from now on, with a warning in private.
    pub(super) async fn start(&self, chat: ChatRef, kind: ChatKind, voice: Voice<'_>) -> (Message, Option<Outgoing>) {
        let done = async {
            let known = self.app.parts.store.subscription_of(chat).await?;
            let subscription = self.begin(chat, kind, voice).await?;
            let goes_on = known.is_some_and(|known| known.status == SubscriptionStatus::Active);
            let warning = if goes_on { None } else { self.twice(&subscription).await? };
            let message = self.desk(voice.language).subscribed(&subscription, self.incoming.chat, self.incoming.from);
            Ok((message, warning))
        };
        match done.await {
            Ok(started) => started,
            Err(error) => (self.or_apologise(voice, Err(error)), None),
        }
    }

    /// Subscribes a chat; one that is subscribed stays as it is.
    pub(super) async fn begin(
        &self,
        chat: ChatRef,
        kind: ChatKind,
        voice: Voice<'_>,
    ) -> Result<Subscription, StoreError> {
        let parts = &self.app.parts;
        let (store, now) = (&parts.store, parts.clock.now());
        let settings = Settings::new(kind, voice.language, parts.zone.clone());
        let mut subscription = store.subscribe(chat, kind, self.incoming.from, &settings, now).await?;
        self.get_to_know(&mut subscription).await?;
        tracing::info!(subscription = subscription.id.0, "subscribed a chat");
        Ok(subscription)
    }

    async fn end_here(&self, voice: Voice<'_>) -> Result<Message, StoreError> {
        let store = &self.app.parts.store;
        let subscription = store.subscription_of(self.incoming.chat).await?;
        let ended = match subscription {
            Some(subscription) => store.end(subscription.id, UNSUBSCRIBED, self.app.parts.clock.now()).await?,
            None => false,
        };
        Ok(Message::text(if ended { voice.unsubscribed_here() } else { voice.not_subscribed() }))
    }

    /// The person's subscriptions that have not ended.
    pub(super) async fn mine(&self) -> Result<Vec<Subscription>, StoreError> {
        match self.incoming.from {
            Some(user) => self.app.parts.store.subscriptions_of_owner(user).await,
            None => Ok(Vec::new()),
        }
    }

    /// A button for each of these subscriptions, by its chat.
    pub(super) fn choice_of(
        &self,
        voice: Voice<'_>,
        question: String,
        subscriptions: &[Subscription],
        wish: impl Fn(SubscriptionId) -> Wish,
    ) -> Message {
        let button = |subscription: &Subscription| {
            let here = subscription.chat == self.incoming.chat;
            let label = if here { voice.this_chat() } else { label(subscription, subscriptions) };
            Press { language: voice.language, wish: wish(subscription.id) }.button(label)
        };
        Message { actions: rows(subscriptions.iter().filter_map(button)), ..Message::text(question) }
    }

    /// That a subscription is over.
    pub(super) fn ended(&self, voice: Voice<'_>, name: ChatName<'_>) -> Message {
        let here = name.chat == self.incoming.chat;
        Message::text(if here { voice.unsubscribed_here() } else { voice.chat_unsubscribed(name) })
    }

    pub(super) fn or_apologise(&self, voice: Voice<'_>, done: Result<Message, StoreError>) -> Message {
        done.unwrap_or_else(|error| {
            tracing::error!(%error, "a command about announcements failed");
            Message::text(voice.went_wrong())
        })
    }
}

/// Its chat's title; where that is not known, or two are called the same, with its number.
fn label(subscription: &Subscription, among: &[Subscription]) -> String {
    let Some(title) = &subscription.title else { return subscription.chat.to_string() };
    let n_same = among.iter().filter(|other| other.title.as_ref() == Some(title)).count();
    if n_same > 1 { format!("{} ({})", title.as_str(), subscription.chat) } else { title.as_str().to_owned() }
}

fn choose(voice: Voice<'_>) -> Message {
    let kinds = [(ChatKind::Channel, voice.choose_channel()), (ChatKind::Group, voice.choose_group())];
    let actions = kinds.into_iter().map(|(kind, label)| Action { label, target: Target::Choose(kind) });
    Message { actions: rows(actions), ..Message::text(voice.choose_chat()) }
}

impl Desk<'_> {
    /// What a subscribed chat gets, and what comes next.
    fn subscribed(&self, subscription: &Subscription, here: ChatRef, reader: Option<UserRef>) -> Message {
        let voice = self.voice;
        let settings = &subscription.settings;
        let mut message = Message::text(if subscription.chat == here {
            voice.subscribed_here(settings)
        } else {
            voice.subscribed(subscription.name(), settings)
        });
        if settings.approval == Approval::Each {
            message.blocks.push(Block::Text(match subscription.owner {
                Some(owner) if reader != Some(owner) => voice.approval_by_another(),
                Some(_) | None => voice.subscribed_approval(),
            }));
        }
        message.blocks.push(Block::Text(self.coming_next(subscription)));
        message
    }

    /// When what is announced to it next.
    pub(super) fn coming_next(&self, subscription: &Subscription) -> String {
        let voice = self.voice;
        match self.next_for(subscription) {
            Some(next) => {
                let day = day_in(next.due, &subscription.settings.zone);
                format!("{} {} — {}", voice.subscribed_next(), voice.day(day), next.event.name.get(voice.language))
            }
            None => voice.subscribed_nothing(),
        }
    }

    /// The next milestone that is announced to it.
    pub(super) fn next_for(&self, subscription: &Subscription) -> Option<Next<'_>> {
        let ahead = self.events().flat_map(|(interview, event)| {
            let moments = timetable(event, &subscription.settings).into_iter();
            let ahead = moments.filter(|moment| moment.due > self.now);
            ahead.map(move |moment| Next { due: moment.due, milestone: moment.milestone, interview, event })
        });
        ahead.min_by(|one, other| (one.due, &one.event.uid).cmp(&(other.due, &other.event.uid)))
    }

    /// Of the events of these kinds, the one whose date is nearest to today, before or after.
    pub(super) fn nearest(&self, kinds: &BTreeSet<EventKind>) -> Option<(&Interview, &Event)> {
        let today = day_in(self.now, self.zone);
        let dated = self.events().filter(|(_, event)| kinds.contains(&event.kind)).filter_map(|(interview, event)| {
            let when = event.scheduled()?;
            let nearest = today.clamp(when.first_day(), when.last_day());
            Some((nearest.duration_since(today).abs(), interview, event))
        });
        let nearest = dated.min_by(|one, other| (one.0, &one.2.uid).cmp(&(other.0, &other.2.uid)));
        nearest.map(|(_, interview, event)| (interview, event))
    }
}

/// What is announced next.
pub(super) struct Next<'d> {
    pub(super) due: Timestamp,
    pub(super) milestone: Milestone,
    pub(super) interview: &'d Interview,
    pub(super) event: &'d Event,
}
