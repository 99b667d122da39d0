//! What the commands say.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::domain::UserRef;

use super::Voice;

sentences! {
    bot_name = "bot-name";
    bot_description = "bot-description";
    bot_short_description = "bot-short-description";
    start = "start";
    start_how = "start-how";
    commands_heading = "commands-heading";
    command_ask = "command-ask";
    command_topics = "command-topics";
    command_upcoming = "command-upcoming";
    command_subscribe = "command-subscribe";
    command_unsubscribe = "command-unsubscribe";
    command_subscriptions = "command-subscriptions";
    command_settings = "command-settings";
    command_timezone = "command-timezone";
    command_language = "command-language";
    command_about = "command-about";
    command_privacy = "command-privacy";
    command_mydata = "command-mydata";
    command_forget = "command-forget";
    command_help = "command-help";
    command_start = "command-start";
    command_reload = "command-reload";
    command_status = "command-status";
    command_announce = "command-announce";
    command_deliveries = "command-deliveries";
    command_pause = "command-pause";
    command_resume = "command-resume";
    command_feedback = "command-feedback";
    unknown_command = "unknown-command";
    private_only = "private-only";
    topics_heading = "topics-heading";
    language_which = "language-which";
    language_english = "language-english";
    language_russian = "language-russian";
    language_question = "language-question";
    language_set = "language-set";
    language_follows = "language-follows";
    language_group = "language-group";
    about = "about";
    about_operator = "about-operator";
    about_no_affiliation = "about-no-affiliation";
    about_quoted = "about-quoted";
    about_also = "about-also";
    privacy = "privacy";
    upcoming_named = "upcoming-named";
    upcoming_past = "upcoming-past";
    upcoming_settled = "upcoming-settled";
    upcoming_undated = "upcoming-undated";
    upcoming_none = "upcoming-none";
    admins_only = "admins-only";
}

impl Voice<'_> {
    /// "Page 2 of 6".
    #[must_use]
    pub fn topics_page(self, page: usize, pages: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("page", page);
        args.set("pages", pages);
        self.with("topics-page", &args)
    }

    /// "Ahead, as of 23 November 2026".
    #[must_use]
    pub fn upcoming_ahead(self, today: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("date", self.day(today));
        self.with("upcoming-ahead", &args)
    }

    /// That nobody is an admin, and how to become one.
    #[must_use]
    pub fn admins_none(self, user: UserRef) -> String {
        let mut args = FluentArgs::new();
        args.set("id", user.0.to_string());
        self.with("admins-none", &args)
    }
}
