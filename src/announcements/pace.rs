//! How fast a broadcast may go: under Telegram's limits (bots/faq), with room for replies beside it.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::ChatKind;

/// In all, in any second. Telegram allows about 30; replies have the rest.
const A_SECOND: usize = 25;

/// In a group, in any minute. Telegram allows 20.
const GROUP_A_MINUTE: usize = 18;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What was sent of late. It forgets what is older than a minute, so it never holds more than 25 × 60 instants twice.
#[derive(Debug, Default)]
pub struct Pace {
    all: VecDeque<Timestamp>,
    by_chat: HashMap<i64, VecDeque<Timestamp>>,
}

impl Pace {
    /// How many more may go now.
    pub fn room(&mut self, now: Timestamp) -> usize {
        forget(&mut self.all, now, SECOND);
        A_SECOND.saturating_sub(self.all.len())
    }

    /// How long it takes until one more may go; zero if one may go now.
    pub fn until_room(&mut self, now: Timestamp) -> SignedDuration {
        if self.room(now) > 0 {
            return SignedDuration::ZERO;
        }
        self.all.front().map_or(SignedDuration::ZERO, |oldest| (*oldest + SECOND).duration_since(now))
    }

    /// Counts one that goes to that chat now. If the chat has to rest, nothing is counted and the end of the rest is
    /// returned.
    pub fn take(&mut self, chat: i64, kind: ChatKind, now: Timestamp) -> Option<Timestamp> {
        self.by_chat.retain(|_, sent| {
            forget(sent, now, MINUTE);
            !sent.is_empty()
        });
        let sent = self.by_chat.entry(chat).or_default();
        let after_last = sent.back().map(|last| *last + SECOND);
        let after_many = match kind {
            ChatKind::Group => sent.len().checked_sub(GROUP_A_MINUTE).map(|oldest| sent[oldest] + MINUTE),
            ChatKind::Private | ChatKind::Channel => None,
        };
        let rest = after_last.max(after_many).filter(|until| *until > now);
        if rest.is_none() {
            sent.push_back(now);
            self.all.push_back(now);
        }
        rest
    }
}

/// Forgets what is as old as `window`; what a clock that went back makes newer than now is forgotten, too.
fn forget(sent: &mut VecDeque<Timestamp>, now: Timestamp, window: SignedDuration) {
    sent.retain(|at| *at <= now && now.duration_since(*at) < window);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_second_has_room_for_25() {
        let mut pace = Pace::default();
        for chat in 0..25 {
            assert_eq!(pace.room(after(0)), 25 - usize::try_from(chat).unwrap());
            assert_eq!(pace.take(chat, ChatKind::Channel, after(0)), None);
        }
        assert_eq!((pace.room(after(999)), pace.until_room(after(999))), (0, SignedDuration::from_millis(1)));
        assert_eq!((pace.room(after(1000)), pace.until_room(after(1000))), (25, SignedDuration::ZERO));
    }

    #[test]
    fn a_chat_rests_for_a_second_and_a_group_after_18_in_a_minute() {
        let mut pace = Pace::default();
        for n in 0..17 {
            assert_eq!(pace.take(-1, ChatKind::Group, after(n * 1000)), None, "{n}");
            assert_eq!(pace.take(-1, ChatKind::Group, after(n * 1000 + 999)), Some(after(n * 1000 + 1000)), "{n}");
        }
        assert_eq!(pace.take(-1, ChatKind::Group, after(17_000)), None);
        assert_eq!(pace.take(-1, ChatKind::Group, after(18_000)), Some(after(60_000)));
        assert_eq!(pace.take(-1, ChatKind::Group, after(60_000)), None);
        assert_eq!(pace.take(-1, ChatKind::Group, after(61_000)), None);
        for n in 0..60 {
            assert_eq!(pace.take(-2, ChatKind::Channel, after(70_000 + n * 1000)), None, "{n}");
        }
    }

    #[test]
    fn a_clock_that_goes_back_blocks_nobody() {
        let mut pace = Pace::default();
        assert_eq!(pace.take(1, ChatKind::Private, after(100_000)), None);
        assert_eq!(pace.take(1, ChatKind::Private, after(0)), None);
        assert_eq!(pace.room(after(0)), 24);
    }
}
