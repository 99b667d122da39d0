//! What people are asked and told about announcements, and what their answers are met with.

use fluent_bundle::FluentArgs;
use jiff::civil::Date;

use crate::domain::ChatName;

use super::Voice;
use super::announcements::to_chats;

sentences! {
    ask_outcome = "ask-outcome";
    still_true = "still-true";
    outdated = "outdated";
    post_it = "post-it";
    skip_it = "skip-it";
    later_on = "later-on";
    it_is_there = "it-is-there";
    post_again = "post-again";
    drop_it = "drop-it";
    they_are_there = "they-are-there";
    post_all_again = "post-all-again";
    drop_all = "drop-all";
    one_by_one = "one-by-one";
    doubts_more = "doubts-more";
    show_more = "show-more";
    decided_still_true = "decided-still-true";
    decided_outdated = "decided-outdated";
    decided_post = "decided-post";
    decided_skip = "decided-skip";
    decided_later = "decided-later";
    decided_it_is_there = "decided-it-is-there";
    decided_post_again = "decided-post-again";
    decided_too_late = "decided-too-late";
    decided_not_again = "decided-not-again";
    decided_in_the_night = "decided-in-the-night";
    decided_drop = "decided-drop";
    decided_no_later = "decided-no-later";
    decided_before = "decided-before";
    decided_gone = "decided-gone";
    not_yours = "not-yours";
}

impl Voice<'_> {
    /// "To be announced on … Is it still true?"
    #[must_use]
    pub fn ask_review(self, due: Date, reviewed: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("due", self.day(due));
        args.set("reviewed", self.day(reviewed));
        self.with("ask-review", &args)
    }

    /// "May this be posted in the chat “News” on 3 October 2026?".
    #[must_use]
    pub fn ask_approval(self, chat: ChatName<'_>, due: Date) -> String {
        let mut args = self.in_chat(chat);
        args.set("due", self.day(due));
        self.with("ask-approval", &args)
    }

    /// That nobody knows whether it was posted there.
    #[must_use]
    pub fn ask_doubtful(self, chat: ChatName<'_>) -> String {
        self.with("ask-doubtful", &self.in_chat(chat))
    }

    /// The same of `n` chats, of which these are named.
    #[must_use]
    pub fn ask_doubtful_all(self, n: usize, named: &[ChatName<'_>]) -> String {
        self.with("ask-doubtful-all", &self.in_chats(n, named))
    }

    /// That their time passed.
    #[must_use]
    pub fn told_missed_all(self, n: usize, named: &[ChatName<'_>]) -> String {
        self.with("told-missed-all", &self.in_chats(n, named))
    }

    /// That they were refused.
    #[must_use]
    pub fn told_failed_all(self, n: usize, named: &[ChatName<'_>]) -> String {
        self.with("told-failed-all", &self.in_chats(n, named))
    }

    /// That so many are counted as posted.
    #[must_use]
    pub fn decided_they_are_there(self, n: usize) -> String {
        self.with("decided-they-are-there", &to_chats(n))
    }

    /// That so many are posted again.
    #[must_use]
    pub fn decided_post_all_again(self, n: usize) -> String {
        self.with("decided-post-all-again", &to_chats(n))
    }

    /// That the time of so many has passed.
    #[must_use]
    pub fn decided_all_too_late(self, n: usize) -> String {
        self.with("decided-all-too-late", &to_chats(n))
    }

    /// That so many are not posted again, for another reason.
    #[must_use]
    pub fn decided_all_not_again(self, n: usize) -> String {
        self.with("decided-all-not-again", &to_chats(n))
    }

    /// That so many are dropped.
    #[must_use]
    pub fn decided_drop_all(self, n: usize) -> String {
        self.with("decided-drop-all", &to_chats(n))
    }

    /// That its time passed.
    #[must_use]
    pub fn told_missed(self, chat: ChatName<'_>) -> String {
        self.with("told-missed", &self.in_chat(chat))
    }

    /// That it was refused.
    #[must_use]
    pub fn told_failed(self, chat: ChatName<'_>) -> String {
        self.with("told-failed", &self.in_chat(chat))
    }

    /// That the bot may not write there, and how to go on.
    #[must_use]
    pub fn told_suspended(self, chat: ChatName<'_>) -> String {
        let key = if chat.chat.thread.is_some() { "told-suspended-topic" } else { "told-suspended" };
        self.with(key, &self.in_chat(chat))
    }

    /// How many chats, and those of them that are named.
    fn in_chats(self, n: usize, named: &[ChatName<'_>]) -> FluentArgs<'static> {
        let names = named.iter().map(|name| self.called(*name)).collect::<Vec<_>>().join(", ");
        let mut args = to_chats(n);
        args.set("names", names);
        args.set("more", n.saturating_sub(named.len()));
        args
    }
}

#[cfg(test)]
mod tests {
    use super::super::Replies;
    use super::*;
    use crate::domain::{ChatRef, Language};

    #[test]
    fn several_ends_in_one_chat_are_said_of_one_chat() {
        let replies = Replies::default();
        let names = [ChatName { chat: ChatRef { id: -1, thread: None }, title: None }];
        let english = replies.voice(Language::English);
        let missed = "Not posted in 1 chat, for it could not go out in time: -1.";
        assert_eq!(english.told_missed_all(1, &names), missed);
        assert_eq!(english.told_failed_all(1, &names), "Not posted in 1 chat, for it was refused: -1.");
        let russian = replies.voice(Language::Russian);
        assert_eq!(russian.told_missed_all(1, &names), "Не опубликовано в 1 чате, не успело выйти в срок: -1.");
        assert_eq!(russian.told_failed_all(1, &names), "Не опубликовано в 1 чате, публикация отклонена: -1.");
    }
}
