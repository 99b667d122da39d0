//! What is in hand: notices on their way to people.
//!
//! A notice counts as given once it has arrived, so that a kill in between gives it again and never loses it. What is
//! on its way is remembered here, in memory alone: one run gives it once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{DeliveryId, EventUid, ScheduleRevision, SubscriptionId, UserRef};

use super::super::settle::Fate;

/// So many letters wait for one person at most: whoever is frozen for long fills this, and not the memory.
const TO_A_PERSON: usize = 32;

/// So many letters are on their way at most; the others wait in the store.
const TO_ALL: usize = 512;

/// How long a notice rests of which nobody knows whether it arrived.
const REST: SignedDuration = SignedDuration::from_mins(1);

/// How long a question or a report rests that reached nobody, unless one of those it was for can be written to again.
const UNHEARD: SignedDuration = SignedDuration::from_hours(1);

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// Whether that event is still true in that revision.
    Review(EventUid, ScheduleRevision),
    /// Whether a delivery may be posted.
    Approval(DeliveryId),
    /// What became of a delivery at that attempt.
    Doubt(DeliveryId, u32),
    /// That a delivery was missed or refused.
    End(DeliveryId),
    /// That the bot may not post any more in a chat, since then.
    Suspended(SubscriptionId, Timestamp),
    /// How that event went, as scheduled in that revision.
    Outcome(EventUid, ScheduleRevision),
}

/// What is on its way.
#[derive(Default)]
pub(super) struct Hands {
    held: BTreeMap<About, Hand>,
    /// How many letters wait for each person.
    letters: HashMap<UserRef, usize>,
    /// What was given in this run and is not looked up in the store each time. Bounded by how many there are.
    shown: BTreeSet<About>,
    /// What reached nobody in this run, so that it is counted and logged once.
    unheard: BTreeSet<About>,
}

struct Hand {
    taken: Timestamp,
    /// Who turned out not to be reachable.
    unreached: Vec<UserRef>,
    n_letters: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has it yet.
    Open,
    /// Of a letter nobody knows whether it arrived.
    Doubtful,
    /// Somebody has it, or nobody ever will: the store is to know that.
    Given,
    /// The store knows.
    Marked,
    /// Not to be given again before that.
    Resting(Timestamp),
}

/// What the last letter of a notice leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing to be told of.
    Nothing,
    /// That nobody could be given it, for the first time.
    Unheard,
}

impl Left {
    fn or(self, other: Self) -> Self {
        if self == Self::Nothing { other } else { self }
    }
}

impl Hands {
    /// Whether it is neither on its way nor resting.
    pub(super) fn is_free(&self, about: &About, now: Timestamp) -> bool {
        let rests = |hand: &Hand| !matches!(hand.state, State::Resting(until) if until <= now);
        !self.shown.contains(about) && !self.held.get(about).is_some_and(rests)
    }

    /// Takes in hand what one letter is about, for those of these people who have room. With nobody to give it to at all it
    /// counts as given.
    pub(super) fn take(&mut self, abouts: &[About], people: &[UserRef], now: Timestamp) -> Vec<UserRef> {
        let n_free = TO_ALL.saturating_sub(self.letters.values().sum());
        let has_room = |user: &&UserRef| self.letters.get(user).is_none_or(|n| *n < TO_A_PERSON);
        let with_room: Vec<UserRef> = people.iter().filter(has_room).take(n_free).copied().collect();
        if with_room.is_empty() && !people.is_empty() {
            return Vec::new();
        }
        let state = if people.is_empty() { State::Given } else { State::Open };
        for about in abouts {
            let hand = Hand { taken: now, unreached: Vec::new(), n_letters: with_room.len(), state };
            self.held.insert(about.clone(), hand);
        }
        for user in &with_room {
            *self.letters.entry(*user).or_default() += 1;
        }
        with_room
    }

    /// What became of one letter.
    pub(super) fn settle(&mut self, abouts: &[About], user: UserRef, fate: Fate, now: Timestamp) -> Left {
        if let Some(n) = self.letters.get_mut(&user) {
            *n = n.saturating_sub(1);
        }
        self.letters.retain(|_, n| *n > 0);
        abouts.iter().map(|about| self.settle_one(about, user, fate, now)).fold(Left::Nothing, Left::or)
    }

    fn settle_one(&mut self, about: &About, user: UserRef, fate: Fate, now: Timestamp) -> Left {
        let Some(hand) = self.held.get_mut(about) else { return Left::Nothing };
        hand.n_letters = hand.n_letters.saturating_sub(1);
        if fate == Fate::Unreachable {
            hand.unreached.push(user);
        }
        hand.state = match (fate, hand.state) {
            (Fate::Taken, State::Open | State::Doubtful) => State::Given,
            (Fate::Doubtful | Fate::Later, State::Open) => State::Doubtful,
            (_, state) => state,
        };
        match (hand.n_letters, hand.state) {
            (0, State::Open) => {
                hand.state = match about {
                    // What waits for an answer, or was to be known, is still there in an hour.
                    About::Review(..) | About::Approval(_) | About::End(_) | About::Suspended(..) => {
                        State::Resting(now + UNHEARD)
                    }
                    About::Doubt(..) | About::Outcome(..) => State::Given,
                };
                return if self.unheard.insert(about.clone()) { Left::Unheard } else { Left::Nothing };
            }
            (0, State::Doubtful) => hand.state = State::Resting(now + REST),
            _ => {}
        }
        Left::Nothing
    }

    /// Frees what rests because it reached nobody, where somebody it was for can be written to again.
    pub(super) fn free(&mut self, is_unreached: impl Fn(UserRef) -> bool) {
        let reaches = |hand: &Hand| hand.unreached.iter().any(|user| !is_unreached(*user));
        self.held.retain(|_, hand| !(matches!(hand.state, State::Resting(_)) && reaches(hand)));
    }

    /// These are free again, as if they had never been taken.
    pub(super) fn put_back(&mut self, abouts: &[About]) {
        for about in abouts {
            self.unheard.remove(about);
            self.held.remove(about);
        }
    }

    /// What the store is to know as given, and when it was taken in hand.
    pub(super) fn given(&self) -> Vec<(About, Timestamp)> {
        let given = self.held.iter().filter(|(_, hand)| hand.state == State::Given);
        given.map(|(about, hand)| (about.clone(), hand.taken)).collect()
    }

    /// The store knows.
    pub(super) fn marked(&mut self, about: &About) {
        if let About::Doubt(..) | About::Outcome(..) = about {
            self.shown.insert(about.clone());
        }
        if let Some(hand) = self.held.get_mut(about) {
            hand.state = State::Marked;
        }
    }

    /// Lets go of what the store knows. Only before the store is read: what was read before it was marked there must
    /// still be found here.
    pub(super) fn let_go(&mut self) {
        self.held.retain(|_, hand| (hand.n_letters, hand.state) != (0, State::Marked));
    }
}

#[cfg(test)]
mod tests;
