//! What is said to one reader: about an answer, about a question that is kept, about what is stored of them.

use fluent_bundle::FluentArgs;

use crate::domain::{ChatName, Language, Reason};

use super::Voice;

sentences! {
    feedback_ask = "feedback-ask";
    feedback_yes = "feedback-yes";
    feedback_no = "feedback-no";
    feedback_why = "feedback-why";
    feedback_thanks = "feedback-thanks";
    feedback_now = "feedback-now";
    feedback_before = "feedback-before";
    feedback_none = "feedback-none";
    keep_it = "keep-it";
    withdraw_it = "withdraw-it";
    kept = "kept";
    kept_full = "kept-full";
    kept_withdrawn = "kept-withdrawn";
    kept_answered = "kept-answered";
    data_none = "data-none";
    data_heading = "data-heading";
    data_kept = "data-kept";
    data_always = "data-always";
    data_own_subscription = "data-own-subscription";
    data_frozen = "data-frozen";
    data_recent = "data-recent";
    forget_ask = "forget-ask";
    forget_all = "forget-all";
    forget_left = "forget-left";
    forgotten = "forgotten";
    forgotten_kept = "forgotten-kept";
}

impl Voice<'_> {
    /// Why an answer was none, on a button.
    #[must_use]
    pub fn feedback_reason(self, reason: Reason) -> String {
        let mut args = FluentArgs::new();
        args.set("reason", reason.name());
        self.with("feedback-reason", &args)
    }

    /// "Contacts with the OSCE: no 5, yes 3".
    #[must_use]
    pub fn feedback_count(self, title: &str, no: u32, yes: u32) -> String {
        let mut args = FluentArgs::new();
        args.set("no", no.to_string());
        args.set("yes", yes.to_string());
        format!("{title}: {}", self.with("feedback-count", &args))
    }

    /// How many passages more there are.
    #[must_use]
    pub fn feedback_more(self, n: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.with("feedback-more", &args)
    }

    /// That a reader has as many questions kept as can be.
    #[must_use]
    pub fn kept_most(self, most: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("most", most);
        self.with("kept-most", &args)
    }

    /// The button that withdraws the question of that number in the list.
    #[must_use]
    pub fn withdraw_number(self, n: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n.to_string());
        self.with("withdraw-number", &args)
    }

    /// The language that was chosen.
    #[must_use]
    pub fn data_language(self, chosen: Language) -> String {
        let mut args = FluentArgs::new();
        args.set("language", chosen.code());
        self.with("data-language", &args)
    }

    /// That feedback was given.
    #[must_use]
    pub fn data_feedback(self, n: i64) -> String {
        self.number("data-feedback", n)
    }

    /// That a chat was subscribed.
    #[must_use]
    pub fn data_subscription(self, chat: ChatName<'_>) -> String {
        self.with("data-subscription", &self.in_chat(chat))
    }

    /// That somebody may be written to about a group.
    #[must_use]
    pub fn data_group(self, chat: ChatName<'_>) -> String {
        self.with("data-group", &self.in_chat(chat))
    }

    /// That messages wait to be answered.
    #[must_use]
    pub fn data_waiting(self, n: i64) -> String {
        self.number("data-waiting", n)
    }

    /// That words wait to be announced.
    #[must_use]
    pub fn data_drafts(self, n: i64) -> String {
        self.number("data-drafts", n)
    }

    fn number(self, key: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.with(key, &args)
    }
}
