//! Who wants announcements, which, and when.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::EventKind;
use super::language::Language;
use super::people::{ChatKind, ChatRef, UserRef};
use super::title::{ChatName, Title};

/// A subscription's number, one for ever; a chat that moves keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriptionId(pub i64);

/// A chat that announcements go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its number.
    pub id: SubscriptionId,
    /// Where they go; with a forum topic, there.
    pub chat: ChatRef,
    /// What kind of chat that is.
    pub kind: ChatKind,
    /// What it is called; `None` if nobody knows yet.
    pub title: Option<Title>,
    /// Who subscribed it, to be asked for approval and told of trouble; `None` if that was an anonymous administrator,
    /// if they asked to be forgotten, or if it ended.
    pub owner: Option<UserRef>,
    /// What its administrators chose.
    pub settings: Settings,
    /// Whether it gets anything.
    pub status: SubscriptionStatus,
    /// Why it is suspended or ended, as it was said then.
    pub reason: Option<String>,
    /// Since when: what was due before is not sent to it.
    pub since: Timestamp,
    /// When its hours last changed: what was planned before that was planned for other hours.
    pub retimed: Option<Timestamp>,
}

impl Subscription {
    /// How people know its chat.
    #[must_use]
    pub const fn name(&self) -> ChatName<'_> {
        ChatName { chat: self.chat, title: self.title.as_ref() }
    }
}

/// Whether a subscription gets announcements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionStatus {
    /// It does.
    Active,
    /// The bot lacks a right there; an admin was told what to do.
    Suspended,
    /// Unsubscribed, or the chat is gone.
    Ended,
}

/// What the administrators of a chat chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether somebody looks before each post.
    pub approval: Approval,
    /// Events of these kinds.
    pub kinds: BTreeSet<EventKind>,
    /// Which of an event's milestones.
    pub milestones: MilestoneChoice,
    /// The language of what the bot says around the quote.
    pub language: Language,
    /// Where the chat's days begin.
    pub zone: TimeZone,
    /// The hour of the day (0–23) at which a milestone is due.
    pub hour: i8,
    /// When nothing is posted.
    pub quiet: Option<QuietHours>,
    /// Posted without a sound.
    pub silent: bool,
    /// Pinned after posting.
    pub pin: bool,
}

impl Settings {
    /// Whether posts come at other hours than by `other`.
    #[must_use]
    pub fn is_retimed(&self, other: &Self) -> bool {
        (&self.zone, self.hour, self.quiet) != (&other.zone, other.hour, other.quiet)
    }

    /// Whether something is wanted that `other` does not want.
    #[must_use]
    pub fn is_wider(&self, other: &Self) -> bool {
        !self.kinds.is_subset(&other.kinds)
            || (self.milestones != other.milestones && other.milestones != MilestoneChoice::All)
    }

    /// The hour at which milestones are due until somebody chooses another: people are up, and the day is ahead.
    pub const HOUR: i8 = 10;

    /// What a new subscription starts with. A channel's owner sees each post first: it goes out under their name.
    #[must_use]
    pub fn new(kind: ChatKind, language: Language, zone: TimeZone) -> Self {
        let approval = match kind {
            ChatKind::Channel => Approval::Each,
            ChatKind::Group | ChatKind::Private => Approval::None,
        };
        Self {
            approval,
            kinds: EventKind::ALL.into_iter().collect(),
            milestones: MilestoneChoice::All,
            language,
            zone,
            hour: Self::HOUR,
            quiet: None,
            silent: false,
            pin: false,
        }
    }
}

/// Whether somebody looks before each post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// Posts go out by themselves.
    None,
    /// An administrator of the chat sees each one first.
    Each,
}

/// Which of an event's milestones a chat wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MilestoneChoice {
    /// All of them.
    All,
    /// Only those ahead of the first day.
    Ahead,
    /// Only the first day itself.
    FirstDay,
}

impl MilestoneChoice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Ahead, Self::FirstDay];
}

/// Hours in which nothing is posted: from the first to the last, over midnight if the first is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: i8,
    to: i8,
}

impl QuietHours {
    /// From the beginning of the hour `from` to the beginning of the hour `to` (0–23); `None` if they are none, or equal.
    #[must_use]
    pub fn new(from: i8, to: i8) -> Option<Self> {
        let hours = 0..24;
        (hours.contains(&from) && hours.contains(&to) && from != to).then_some(Self { from, to })
    }

    /// The first quiet hour.
    #[must_use]
    pub const fn from(self) -> i8 {
        self.from
    }

    /// The first hour that is not quiet any more.
    #[must_use]
    pub const fn to(self) -> i8 {
        self.to
    }

    /// Whether that hour of the day is quiet.
    #[must_use]
    pub const fn contains(self, hour: i8) -> bool {
        if self.from < self.to { self.from <= hour && hour < self.to } else { self.from <= hour || hour < self.to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight() {
        for (from, to, quiet, loud) in [(22, 8, [22, 23, 0, 7], [8, 9, 12, 21]), (1, 5, [1, 2, 3, 4], [5, 0, 23, 12])] {
            let hours = QuietHours::new(from, to).unwrap();
            assert!(quiet.into_iter().all(|hour| hours.contains(hour)), "{hours:?}");
            assert!(!loud.into_iter().any(|hour| hours.contains(hour)), "{hours:?}");
        }
        for (from, to) in [(8, 8), (-1, 5), (5, 24), (25, 3)] {
            assert_eq!(QuietHours::new(from, to), None);
        }
    }
}
