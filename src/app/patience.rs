//! Whom to ask whether an answer was one: a reader who lets the question pass is soon left in peace.
//!
//! It lives in memory: after a restart somebody may be asked once more than they would have been.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::UserRef;

/// So often it is asked in a row without a reply. A reader with a series of questions is asked under the first ones, while
/// they may still want to say something, and reads the others undisturbed.
const IN_A_ROW: u32 = 3;

/// After so long it is asked again.
const REST: SignedDuration = SignedDuration::from_hours(24);

/// So many readers are remembered; when there are more, all are forgotten, for this is a comfort.
const MOST: usize = 10_000;

/// How often readers were asked and said nothing.
#[derive(Default)]
pub(super) struct Patience {
    // Short sections, never held across an await.
    by_reader: Mutex<HashMap<UserRef, (u32, Timestamp)>>,
}

impl Patience {
    /// Asks this reader, if they may be asked now: it counts as asked from here on.
    pub(super) fn ask(&self, reader: UserRef, now: Timestamp) -> bool {
        let mut by_reader = self.by_reader();
        by_reader.retain(|_, (_, last)| now.duration_since(*last) <= REST);
        if by_reader.len() >= MOST && !by_reader.contains_key(&reader) {
            by_reader.clear();
        }
        let (n_asked, last) = by_reader.entry(reader).or_insert((0, now));
        if *n_asked >= IN_A_ROW {
            return false;
        }
        *n_asked += 1;
        *last = now;
        true
    }

    /// They said something.
    pub(super) fn replied(&self, reader: UserRef) {
        self.by_reader().remove(&reader);
    }

    fn by_reader(&self) -> MutexGuard<'_, HashMap<UserRef, (u32, Timestamp)>> {
        // A map of numbers is whole after any panic.
        self.by_reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Timestamp = Timestamp::UNIX_EPOCH;
    const ANN: UserRef = UserRef(7);

    fn asks(patience: &Patience, times: u32, now: Timestamp) -> Vec<bool> {
        (0..times).map(|_| patience.ask(ANN, now)).collect()
    }

    #[test]
    fn who_says_nothing_is_asked_three_times_a_day() {
        let patience = Patience::default();
        assert_eq!(asks(&patience, 5, THEN), [true, true, true, false, false]);
        assert!(patience.ask(UserRef(8), THEN), "another reader is another");
        assert!(!patience.ask(ANN, THEN + REST));
        let later = THEN + REST + SignedDuration::from_secs(1);
        assert_eq!(asks(&patience, 4, later), [true, true, true, false]);
    }

    #[test]
    fn who_says_something_is_asked_again() {
        let patience = Patience::default();
        asks(&patience, 3, THEN);
        patience.replied(ANN);
        assert_eq!(asks(&patience, 4, THEN), [true, true, true, false]);
    }

    #[test]
    fn the_memory_does_not_grow_beyond_its_bound() {
        let patience = Patience::default();
        for reader in 0..=i64::try_from(MOST).unwrap() {
            assert!(patience.by_reader().len() <= MOST);
            patience.by_reader().insert(UserRef(reader), (1, THEN));
            if patience.by_reader().len() > MOST {
                patience.by_reader().remove(&UserRef(reader));
            }
        }
        assert!(patience.ask(UserRef(-1), THEN));
        assert!(patience.by_reader().len() <= MOST);
    }
}
