//! What is said in groups and about them: floods, the welcome, the settings of a group, troubles.

use fluent_bundle::FluentArgs;

use crate::domain::{ChatName, Language, Lifetime, Venue};

use super::super::groups::{language_code, lifetime_code};
use super::Voice;

sentences! {
    flood_person = "flood-person";
    flood_group = "flood-group";
    flood_presses = "flood-presses";
    welcome = "welcome";
    welcome_how = "welcome-how";
    welcome_how_deaf = "welcome-how-deaf";
    private_answer = "private-answer";
    private_ask = "private-ask";
    open_private = "open-private";
    settings_elsewhere = "settings-elsewhere";
    settings_anonymous = "settings-anonymous";
    no_groups = "no-groups";
    which_group = "which-group";
    group_venue_how = "group-venue-how";
}

impl Voice<'_> {
    pub(in crate::app) fn group_settings_of(self, chat: ChatName<'_>) -> String {
        self.with("group-settings-of", &self.in_chat(chat))
    }

    pub(in crate::app) fn group_lifetime(self, lifetime: Lifetime) -> String {
        self.set_to("group-lifetime", lifetime_code(lifetime))
    }

    pub(in crate::app) fn group_venue(self, venue: Venue) -> String {
        self.set_to("group-venue", venue.code())
    }

    pub(in crate::app) fn group_language(self, language: Option<Language>) -> String {
        self.set_to("group-language", language_code(language))
    }

    pub(in crate::app) fn set_lifetime(self, lifetime: Lifetime) -> String {
        self.set_to("set-lifetime", lifetime_code(lifetime))
    }

    pub(in crate::app) fn set_venue(self, venue: Venue) -> String {
        self.set_to("set-venue", venue.code())
    }

    pub(in crate::app) fn set_group_language(self, language: Option<Language>) -> String {
        self.set_to("set-group-language", language_code(language))
    }

    /// That a group's administrators chose the language of its replies.
    pub(in crate::app) fn language_of_group(self, language: Language) -> String {
        self.set_to("language-of-group", language.code())
    }

    pub(in crate::app) fn trouble_group(self, chat: ChatName<'_>) -> String {
        self.with("trouble-group", &self.in_chat(chat))
    }

    pub(in crate::app) fn trouble_slow(self, chat: ChatName<'_>) -> String {
        self.with("trouble-slow", &self.in_chat(chat))
    }

    pub(in crate::app) fn trouble_topic(self, chat: ChatName<'_>) -> String {
        self.with("trouble-topic", &self.in_chat(chat))
    }

    /// A message that is chosen by a word of the program.
    fn set_to(self, key: &str, code: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("to", code.to_owned());
        self.with(key, &args)
    }
}
