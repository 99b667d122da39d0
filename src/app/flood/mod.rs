//! Flood limits: how much one person and one group are answered in a while. Beyond that one calm line, then silence until
//! it is over.
//!
//! It goes by the instants at which things were sent, not by those at which they are handled: what came in one by one
//! while the bot was down is no flood. It lives in memory, holds numbers alone, and no more than [`MOST`] of each kind.

mod bucket;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::chat::{Address, Incoming, Message, Outgoing, What};
use crate::domain::{ChatKind, Role, UserRef};

use super::commands::Command;
use super::search;
use super::turn::{Turn, toast};

use bucket::{Bucket, Limit, Taken};

/// One person in one chat: whoever hurries asks five questions in ten seconds, nobody reads twenty answers in a minute.
const PERSON: Limit = Limit { n_at_once: 20, refill: SignedDuration::from_secs(3) };

/// One person in a group: less than the group has, and slower to come back, so that nobody can use it up alone.
const MEMBER: Limit = Limit { n_at_once: 6, refill: SignedDuration::from_secs(10) };

/// All of a group: a bucket that is full lets 8 through and 12 more in a minute, which is as much as Telegram lets a bot
/// write there (bots/faq: 20).
const GROUP: Limit = Limit { n_at_once: 8, refill: SignedDuration::from_secs(5) };

/// Presses of one person in one chat: paging is quick.
const PRESSER: Limit = Limit { n_at_once: 20, refill: SignedDuration::from_secs(2) };

/// Presses in all of a group.
const PRESSED_GROUP: Limit = Limit { n_at_once: 20, refill: SignedDuration::from_secs(3) };

/// Searches of one person: each letter may be one.
const SEARCHER: Limit = Limit { n_at_once: 60, refill: SignedDuration::from_millis(500) };

/// So many people, and so many groups, are remembered; when there are more, those that are nearest to being full again go.
const MOST: usize = 10_000;

/// Who was answered how much of late.
pub(super) struct Flood {
    // Short sections, never held across an await.
    said: Mutex<Kept>,
    pressed: Mutex<Kept>,
    searched: Mutex<Kept>,
}

/// The buckets of one kind of incoming.
struct Kept {
    people: Buckets<(i64, UserRef)>,
    members: Buckets<(i64, UserRef)>,
    groups: Buckets<i64>,
}

impl Default for Flood {
    fn default() -> Self {
        let kept = |person, member, group| {
            let (people, members, groups) = (Buckets::new(person), Buckets::new(member), Buckets::new(group));
            Mutex::new(Kept { people, members, groups })
        };
        Self {
            said: kept(PERSON, MEMBER, GROUP),
            pressed: kept(PRESSER, PRESSER, PRESSED_GROUP),
            searched: kept(SEARCHER, SEARCHER, GROUP),
        }
    }
}

/// Whether an incoming is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heed {
    /// It is.
    Answered,
    /// It is not, and that is to be said: it is this one's.
    Told(Who),
    /// It is not, and that has been said.
    Silent,
}

/// Whose limit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// One person's.
    Person,
    /// A whole group's.
    Group,
}

impl Flood {
    /// Counts an incoming, unless it is one that is not limited: an admin's, or what the bot is silent to anyway.
    pub(super) fn judge(&self, incoming: &Incoming, role: Role) -> Heed {
        let kept = match &incoming.what {
            _ if role == Role::Admin => return Heed::Answered,
            What::Membership(_) | What::Moved { .. } | What::Chosen { .. } => return Heed::Answered,
            What::Command { name, .. } if is_for_another_bot(incoming, name) => return Heed::Answered,
            What::Text(_) | What::Command { .. } | What::Unreadable => &self.said,
            What::Press { .. } => &self.pressed,
            What::Search { .. } => &self.searched,
        };
        let (chat, now, mut kept) = (incoming.chat.id, incoming.sent, lock(kept));
        let people = match incoming.kind {
            ChatKind::Group => &mut kept.members,
            ChatKind::Private | ChatKind::Channel => &mut kept.people,
        };
        let person = incoming.from.map_or(Taken::Through, |user| people.take((chat, user), now));
        if person == Taken::Dry {
            return Heed::Silent;
        }
        let group = match incoming.kind {
            ChatKind::Group => kept.groups.take(chat, now),
            ChatKind::Private | ChatKind::Channel => Taken::Through,
        };
        match (person, group) {
            // A line to one person is one more in the group.
            (_, Taken::Dry) | (Taken::Dry, _) => Heed::Silent,
            (_, Taken::RanDry) => Heed::Told(Who::Group),
            (Taken::RanDry, Taken::Through) => Heed::Told(Who::Person),
            (Taken::Through, Taken::Through) => Heed::Answered,
        }
    }
}

/// A bare command that is not the bot's, or not for whoever gives it, gets no reply in a group.
fn is_for_another_bot(incoming: &Incoming, name: &str) -> bool {
    let is_open = incoming.kind == ChatKind::Group && incoming.address == Address::Open;
    is_open && Command::parse(name).is_none_or(|command| command.role() > Role::Reader)
}

impl Turn<'_> {
    /// The one line to whoever asks more than is answered; under a button it fades.
    pub(super) fn too_much(&self, who: Who) -> Vec<Outgoing> {
        let voice = self.voice_of_question();
        match (&self.incoming.what, who) {
            (What::Press { press, .. }, _) => vec![toast(press, Some(voice.flood_presses()))],
            (What::Search { search, .. }, _) => vec![search::nothing(search)],
            (_, Who::Person) => self.send(Message::text(voice.flood_person())),
            (_, Who::Group) => self.send(Message::text(voice.flood_group())),
        }
    }
}

/// What goes out for what is not answered any more: neither a button nor a list must seem to hang.
pub(super) fn hushed(incoming: &Incoming) -> Vec<Outgoing> {
    match &incoming.what {
        What::Press { press, .. } => vec![toast(press, None)],
        What::Search { search, .. } => vec![search::nothing(search)],
        _ => Vec::new(),
    }
}

/// A bucket for each of so many.
struct Buckets<K> {
    limit: Limit,
    by_key: HashMap<K, Bucket>,
}

impl<K: Copy + Eq + Hash> Buckets<K> {
    fn new(limit: Limit) -> Self {
        Self { limit, by_key: HashMap::new() }
    }

    fn take(&mut self, key: K, now: Timestamp) -> Taken {
        if self.by_key.len() >= MOST && !self.by_key.contains_key(&key) {
            self.forget(now);
        }
        self.by_key.entry(key).or_insert_with(Bucket::full).take(self.limit, now)
    }

    /// Forgets what is full, at no cost; if all are in use, the fuller half: whoever floods is in the other.
    fn forget(&mut self, now: Timestamp) {
        self.by_key.retain(|_, bucket| !bucket.is_full(now));
        if self.by_key.len() < MOST {
            return;
        }
        let mut instants: Vec<i64> = self.by_key.values().map(Bucket::full_at).collect();
        let (_, middle, _) = instants.select_nth_unstable(MOST / 2);
        let middle = *middle;
        self.by_key.retain(|_, bucket| bucket.full_at() > middle);
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    // A map of instants is whole after any panic.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
