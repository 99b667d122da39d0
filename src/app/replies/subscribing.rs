//! What is said to those who subscribe a chat, and to admins about what became of announcements.

use fluent_bundle::FluentArgs;

use crate::domain::{ChatName, DeliveryState, Settings};

use super::Voice;

sentences! {
    choose_chat = "choose-chat";
    choose_channel = "choose-channel";
    choose_group = "choose-group";
    subscribe_it = "subscribe-it";
    subscribed_approval = "subscribed-approval";
    approval_by_another = "approval-by-another";
    subscribed_next = "subscribed-next";
    subscribed_nothing = "subscribed-nothing";
    not_administrator = "not-administrator";
    unsubscribed_here = "unsubscribed-here";
    not_subscribed = "not-subscribed";
    chat_not_subscribed = "chat-not-subscribed";
    nothing_subscribed = "nothing-subscribed";
    which_subscription = "which-subscription";
    deliveries_none = "deliveries-none";
    deliveries_heading = "deliveries-heading";
    paused = "paused";
    resumed = "resumed";
}

impl Voice<'_> {
    /// That announcements are sent to this chat, and when.
    #[must_use]
    pub fn subscribed_here(self, settings: &Settings) -> String {
        self.with("subscribed-here", &hour_of(FluentArgs::new(), settings))
    }

    /// That announcements are sent to another chat, and when.
    #[must_use]
    pub fn subscribed(self, chat: ChatName<'_>, settings: &Settings) -> String {
        self.with("subscribed", &hour_of(self.in_chat(chat), settings))
    }

    /// That the bot administers that chat now, and what it could do there.
    #[must_use]
    pub fn offer_to_subscribe(self, chat: ChatName<'_>) -> String {
        self.with("offer-to-subscribe", &self.in_chat(chat))
    }

    /// That a group would see the posts of its channel and its own.
    #[must_use]
    pub fn subscribed_twice(self, channel: ChatName<'_>, group: ChatName<'_>) -> String {
        let mut args = FluentArgs::new();
        args.set("channel", self.called(channel));
        args.set("group", self.called(group));
        self.with("subscribed-twice", &args)
    }

    /// That no more announcements are sent to another chat.
    #[must_use]
    pub fn chat_unsubscribed(self, chat: ChatName<'_>) -> String {
        self.with("chat-unsubscribed", &self.in_chat(chat))
    }

    /// "sent: 12".
    #[must_use]
    pub fn deliveries_count(self, state: DeliveryState, n: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("state", state.name());
        args.set("n", n);
        self.with("deliveries-count", &args)
    }
}

pub(super) fn hour_of(mut args: FluentArgs<'static>, settings: &Settings) -> FluentArgs<'static> {
    args.set("hour", settings.hour.to_string());
    args.set("zone", settings.zone.iana_name().unwrap_or("UTC").to_owned());
    args
}
