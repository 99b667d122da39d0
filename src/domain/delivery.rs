//! One announcement to one chat, from its planning to its end.

use jiff::Timestamp;

use super::id::EventUid;
use super::milestone::Occasion;
use super::people::{ChatRef, UserRef};
use super::subscription::SubscriptionId;
use super::title::{ChatName, Title};

/// A delivery's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub i64);

/// How often the time, place or status of an event has changed, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScheduleRevision(pub u32);

/// What is announced. Its words are made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An event, on an occasion.
    Event {
        /// Which.
        uid: EventUid,
        /// As scheduled in that revision.
        revision: ScheduleRevision,
        /// Why now.
        occasion: Occasion,
    },
    /// The operator's own words.
    Words {
        /// Tells two such announcements apart.
        id: String,
        /// What they are.
        text: String,
    },
}

/// One announcement to one chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: DeliveryId,
    /// Whose it is.
    pub subscription: SubscriptionId,
    /// Where that subscription's chat is now.
    pub chat: ChatRef,
    /// What that chat is called, where that is known.
    pub title: Option<Title>,
    /// Who subscribed it, where that is known.
    pub owner: Option<UserRef>,
    /// What it announces.
    pub subject: Subject,
    /// When it should be sent.
    pub due: Timestamp,
    /// From when on it may not be sent any more.
    pub expires: Timestamp,
    /// Where it stands.
    pub state: DeliveryState,
    /// Whom it waits for while it is queued.
    pub hold: Hold,
    /// How often it was tried.
    pub attempts: u32,
    /// The message it became.
    pub message: Option<i32>,
    /// What went wrong, for an admin.
    pub error: Option<String>,
}

impl Delivery {
    /// How people know its chat.
    #[must_use]
    pub const fn chat_name(&self) -> ChatName<'_> {
        ChatName { chat: self.chat, title: self.title.as_ref() }
    }
}

/// Where a delivery stands. All but the first two are ends; from [`DeliveryState::Ambiguous`] an admin leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryState {
    /// To be sent, or sent again because it certainly was not.
    Queued,
    /// The intent is on disk, the outcome is not.
    Sending,
    /// The platform took it.
    Sent,
    /// It may have been sent. The machine never sends it again.
    Ambiguous,
    /// The platform refused it for good.
    Failed,
    /// Its time passed before it could be sent.
    Missed,
    /// A newer one about the same event took its place.
    Superseded,
    /// An admin, or the end of its subscription, called it off.
    Cancelled,
}

impl DeliveryState {
    /// Every state, in the order of a delivery's life.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Ambiguous,
        Self::Failed,
        Self::Missed,
        Self::Superseded,
        Self::Cancelled,
    ];

    /// As it is stored and told.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Ambiguous => "ambiguous",
            Self::Failed => "failed",
            Self::Missed => "missed",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads what [`DeliveryState::name`] says; `None` for anything else.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Whom a queued delivery waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// Nobody.
    Free,
    /// An admin, to say that the event is still true: nobody has looked at it for long.
    Review,
    /// An administrator of its chat, to post it or skip it.
    Approval,
}

impl Hold {
    /// As it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Review => "review",
            Self::Approval => "approval",
        }
    }

    /// Reads what [`Hold::name`] says; `None` for anything else.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Free, Self::Review, Self::Approval].into_iter().find(|hold| hold.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for state in DeliveryState::ALL {
            assert_eq!(DeliveryState::parse(state.name()), Some(state));
        }
        for hold in [Hold::Free, Hold::Review, Hold::Approval] {
            assert_eq!(Hold::parse(hold.name()), Some(hold));
        }
        for other in ["", "Sent", "sent ", "done"] {
            assert_eq!((DeliveryState::parse(other), Hold::parse(other)), (None, None), "{other}");
        }
    }
}
