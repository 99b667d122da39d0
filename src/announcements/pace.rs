//! How fast a broadcast may go: under Telegram's limits (bots/faq), with room for replies beside it.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{ChatKind, DeliveryId};

/// In all, in any second. Telegram allows about 30; replies have the rest.
const A_SECOND: usize = 25;

/// In a group, in any minute. Telegram allows 20.
const GROUP_A_MINUTE: usize = 18;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What was sent of late. It forgets what is older than a minute, so it never holds more than 25 × 60 instants twice.
///
/// A pin is a call like a post, and in a group a message, too. It follows its post, whose answer it waits for: the room
/// for both is taken when the post goes, and the pin's is held until it goes as well, or is known not to.
#[derive(Debug, Default)]
pub struct Pace {
    all: VecDeque<Timestamp>,
    by_chat: HashMap<i64, VecDeque<Timestamp>>,
    /// The chats of the pins that are to come, by the posts they belong to. No more than are in flight.
    pins: HashMap<DeliveryId, i64>,
    /// A post and its pin found room for one: until there is room for both, nobody goes before them.
    full_until: Option<Timestamp>,
}

impl Pace {
    /// How many more may go now.
    pub fn room(&mut self, now: Timestamp) -> usize {
        forget(&mut self.all, now, SECOND);
        // What a clock that went back leaves in the future blocks nobody.
        self.full_until = self.full_until.filter(|until| *until > now && *until <= now + SECOND);
        if self.full_until.is_some() {
            return 0;
        }
        A_SECOND.saturating_sub(self.all.len() + self.pins.len())
    }

    /// How long it takes until one more may go; zero if one may go now.
    pub fn until_room(&mut self, now: Timestamp) -> SignedDuration {
        if self.room(now) > 0 {
            return SignedDuration::ZERO;
        }
        let until = self.full_until.or_else(|| room_for(1 + self.pins.len(), &self.all, (A_SECOND, SECOND), now));
        until.map_or(SignedDuration::ZERO, |until| until.duration_since(now))
    }

    /// Counts one that goes to that chat now. If there is no room, or the chat has to rest, nothing is counted and the
    /// end of that is returned.
    pub fn take(&mut self, chat: i64, kind: ChatKind, now: Timestamp) -> Option<Timestamp> {
        self.take_room_for(1, chat, kind, now)
    }

    /// Counts a post that goes to that chat now, and holds room for its pin, until [`Pace::pin`] or [`Pace::let_go`].
    /// If there is no room for both, nothing is counted and the end of that is returned.
    pub fn take_with_pin(&mut self, post: DeliveryId, chat: i64, kind: ChatKind, now: Timestamp) -> Option<Timestamp> {
        let rest = self.take_room_for(2, chat, kind, now);
        if rest.is_none() {
            self.pins.insert(post, chat);
        }
        rest
    }

    /// Counts the pin of that post, which goes now, in the room that was held for it.
    pub fn pin(&mut self, post: DeliveryId, now: Timestamp) {
        if let Some(chat) = self.pins.remove(&post) {
            self.all.push_back(now);
            self.by_chat.entry(chat).or_default().push_back(now);
        }
    }

    /// That post is over: if it was not pinned, it will not be.
    pub fn let_go(&mut self, post: DeliveryId) {
        self.pins.remove(&post);
    }

    /// Counts the first of `n` that go to that chat.
    fn take_room_for(&mut self, n: usize, chat: i64, kind: ChatKind, now: Timestamp) -> Option<Timestamp> {
        forget(&mut self.all, now, SECOND);
        self.by_chat.retain(|_, sent| {
            forget(sent, now, MINUTE);
            !sent.is_empty()
        });
        let n_pins_here = self.pins.values().filter(|other| **other == chat).count();
        let sent = self.by_chat.entry(chat).or_default();
        let after_last = sent.back().map(|last| *last + SECOND);
        let after_many = match kind {
            ChatKind::Group => room_for(n + n_pins_here, sent, (GROUP_A_MINUTE, MINUTE), now),
            ChatKind::Private | ChatKind::Channel => None,
        };
        let after_all = room_for(n + self.pins.len(), &self.all, (A_SECOND, SECOND), now);
        if n > 1 && after_all.is_some() {
            self.full_until = after_all;
        }
        let rest = after_last.max(after_many).max(after_all).filter(|until| *until > now);
        if rest.is_none() {
            sent.push_back(now);
            self.all.push_back(now);
        }
        rest
    }
}

/// When `n` more have room within that limit and window; `None` if they have it now.
fn room_for(
    n: usize,
    sent: &VecDeque<Timestamp>,
    (limit, window): (usize, SignedDuration),
    now: Timestamp,
) -> Option<Timestamp> {
    let n_too_many = (sent.len() + n).checked_sub(limit).filter(|n| *n > 0)?;
    // Pins that are to come leave nobody knows when: worth a look in a second.
    Some(sent.get(n_too_many - 1).map_or(now + SECOND, |last| *last + window))
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

    #[test]
    fn a_post_and_its_pin_take_the_room_of_two_whenever_the_pin_goes() {
        let mut pace = Pace::default();
        let post =
            |pace: &mut Pace, n: i64, millis| pace.take_with_pin(DeliveryId(n), n, ChatKind::Channel, after(millis));
        for n in 0..12 {
            assert_eq!(post(&mut pace, n, 0), None, "{n}");
        }
        assert_eq!(pace.room(after(0)), 1);
        assert_eq!(post(&mut pace, 12, 500), Some(after(1000)));
        assert_eq!((pace.room(after(500)), pace.until_room(after(500))), (0, SignedDuration::from_millis(500)));
        for n in 0..6 {
            pace.pin(DeliveryId(n), after(900));
        }
        // Six pins went late, six are still to come, the posts are out of the window.
        assert_eq!(pace.room(after(1000)), 13);
        for n in 0..12 {
            pace.let_go(DeliveryId(n));
        }
        assert_eq!((pace.room(after(1000)), pace.room(after(1899)), pace.room(after(1900))), (19, 19, 25));
        assert_eq!(post(&mut pace, 12, 1900), None);
        pace.pin(DeliveryId(12), after(1901));
        pace.pin(DeliveryId(12), after(1901));
        assert_eq!(pace.room(after(1901)), 23, "it goes once");
    }

    #[test]
    fn pins_count_in_a_groups_minute() {
        let mut pace = Pace::default();
        let post = |pace: &mut Pace, n: i64| {
            let rest = pace.take_with_pin(DeliveryId(n), -1, ChatKind::Group, after(n * 1000));
            pace.pin(DeliveryId(n), after(n * 1000));
            rest
        };
        for n in 0..9 {
            assert_eq!(post(&mut pace, n), None, "{n}");
        }
        assert_eq!(post(&mut pace, 9), Some(after(60_000)));
        assert_eq!(post(&mut pace, 60), None);
    }
}
