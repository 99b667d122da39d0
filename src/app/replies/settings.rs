//! What is said of a subscription's settings: what they are, and the buttons that change them.

use fluent_bundle::FluentArgs;

use crate::domain::{Approval, ChatName, ChatRef, EventKind, Language, MilestoneChoice, QuietHours, Settings};

use super::super::settings::{Switch, approval_code, kind_code, milestones_code};
use super::Voice;
use super::subscribing::hour_of;

sentences! {
    calendar_it = "calendar-it";
    calendar_caption = "calendar-caption";
    remind_me = "remind-me";
    all_dates = "all-dates";
    which_settings = "which-settings";
    no_subscriptions = "no-subscriptions";
    no_such_subscription = "no-such-subscription";
    this_chat = "this-chat";
    settings_here = "settings-here";
    settings_kinds = "settings-kinds";
    settings_in_private = "settings-in-private";
    settings_under_a_name = "settings-under-a-name";
    settings_of_another = "settings-of-another";
    settings_no_quiet = "settings-no-quiet";
    set_no_quiet = "set-no-quiet";
    preview_it = "preview-it";
    unsubscribe_it = "unsubscribe-it";
    last_kind = "last-kind";
    timezone_usage = "timezone-usage";
    timezone_unknown = "timezone-unknown";
    timezone_several = "timezone-several";
}

impl Voice<'_> {
    pub(in crate::app) fn reminding(self, settings: &Settings) -> String {
        self.with("reminding", &hour_of(FluentArgs::new(), settings))
    }

    pub(in crate::app) fn settings_of(self, chat: ChatName<'_>) -> String {
        self.with("settings-of", &self.in_chat(chat))
    }

    pub(in crate::app) fn settings_approval(self, approval: Approval) -> String {
        self.coded("settings-approval", approval_code(approval))
    }

    pub(in crate::app) fn settings_milestones(self, choice: MilestoneChoice) -> String {
        self.coded("settings-milestones", milestones_code(choice))
    }

    pub(in crate::app) fn settings_language(self, language: Language) -> String {
        self.coded("settings-language", language.code())
    }

    pub(in crate::app) fn settings_silent(self, switch: Switch) -> String {
        self.coded("settings-silent", switch.code())
    }

    pub(in crate::app) fn settings_pin(self, switch: Switch) -> String {
        self.coded("settings-pin", switch.code())
    }

    /// "exercises".
    pub(in crate::app) fn kind(self, kind: EventKind) -> String {
        self.coded("kind", kind_code(kind))
    }

    pub(in crate::app) fn settings_hour(self, settings: &Settings) -> String {
        self.with("settings-hour", &hour_of(FluentArgs::new(), settings))
    }

    pub(in crate::app) fn settings_quiet(self, quiet: QuietHours) -> String {
        self.with("settings-quiet", &between(quiet))
    }

    pub(in crate::app) fn settings_zone_how(self, chat: ChatRef) -> String {
        self.with("settings-zone-how", &by_number(chat))
    }

    pub(in crate::app) fn set_approval(self, approval: Approval) -> String {
        self.coded("set-approval", approval_code(approval))
    }

    pub(in crate::app) fn set_kind(self, kind: EventKind, switch: Switch) -> String {
        self.coded("set-kind", &format!("{}-{}", kind_code(kind), switch.code()))
    }

    pub(in crate::app) fn set_milestones(self, choice: MilestoneChoice) -> String {
        self.coded("set-milestones", milestones_code(choice))
    }

    pub(in crate::app) fn set_language(self, language: Language) -> String {
        self.coded("set-language", language.code())
    }

    pub(in crate::app) fn set_hour(self, hour: i8) -> String {
        self.coded("set-hour", &hour.to_string())
    }

    pub(in crate::app) fn set_quiet(self, quiet: QuietHours) -> String {
        self.with("set-quiet", &between(quiet))
    }

    pub(in crate::app) fn set_silent(self, switch: Switch) -> String {
        self.coded("set-silent", switch.code())
    }

    pub(in crate::app) fn set_pin(self, switch: Switch) -> String {
        self.coded("set-pin", switch.code())
    }

    pub(in crate::app) fn timezone_set(self, chat: ChatName<'_>, settings: &Settings) -> String {
        self.with("timezone-set", &hour_of(self.in_chat(chat), settings))
    }

    pub(in crate::app) fn timezone_set_here(self, settings: &Settings) -> String {
        self.with("timezone-set-here", &hour_of(FluentArgs::new(), settings))
    }

    pub(in crate::app) fn timezone_which(self, chat: ChatRef) -> String {
        self.with("timezone-which", &by_number(chat))
    }

    /// A message that is chosen by a word of the program.
    fn coded(self, key: &str, code: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("to", code.to_owned());
        self.with(key, &args)
    }
}

/// A chat as it is named in a command that people write.
fn by_number(chat: ChatRef) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    args.set("chat", chat.to_string());
    args
}

fn between(quiet: QuietHours) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    args.set("from", quiet.from().to_string());
    args.set("until", quiet.to().to_string());
    args
}
