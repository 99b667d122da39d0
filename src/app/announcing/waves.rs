//! Waves: an outage leaves hundreds of doubts about one event within minutes, and nobody reads hundreds of messages.
//!
//! The first few are told one by one. What comes after them waits until the wave is over and is told together; what
//! comes all at once is told together at once. In memory alone: a new run tells all it finds together.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Delivery, DeliveryState, EventUid, Occasion, ScheduleRevision, Subject};

/// So many are told one by one in a wave.
const FEW: usize = 3;

/// How long a wave is.
const WAVE: SignedDuration = SignedDuration::from_mins(10);

/// What deliveries have in common that are told together: how they ended, and what they are about. One post is shown for
/// all of them, so it has to be the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Matter(DeliveryState, About);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum About {
    Event(EventUid, ScheduleRevision, Occasion),
    Words(String),
}

impl Matter {
    pub(super) fn of(delivery: &Delivery) -> Self {
        let about = match &delivery.subject {
            Subject::Event { uid, revision, occasion } => About::Event(uid.clone(), *revision, *occasion),
            Subject::Words { id, .. } => About::Words(id.clone()),
        };
        Self(delivery.state, about)
    }
}

/// How what is new about a matter is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    OneByOne,
    Together,
    Later,
}

/// The waves under way. What is over is forgotten, so there are no more than matters within one wave.
#[derive(Default)]
pub(super) struct Waves(HashMap<Matter, Wave>);

struct Wave {
    since: Timestamp,
    n_told: usize,
}

impl Waves {
    /// How to tell `n` new ones.
    pub(super) fn how(&self, matter: &Matter, n: usize, now: Timestamp) -> Told {
        let wave = self.0.get(matter).filter(|wave| wave.lasts(now));
        match wave {
            None if n > FEW => Told::Together,
            Some(wave) if wave.n_told + n > FEW => Told::Later,
            None | Some(_) => Told::OneByOne,
        }
    }

    /// That `n` new ones were told.
    pub(super) fn told(&mut self, matter: Matter, n: usize, now: Timestamp) {
        self.0.retain(|_, wave| wave.lasts(now));
        self.0.entry(matter).or_insert(Wave { since: now, n_told: 0 }).n_told += n;
    }
}

impl Wave {
    /// A clock that went back ends it.
    fn lasts(&self, now: Timestamp) -> bool {
        self.since <= now && now.duration_since(self.since) < WAVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_few_come_at_once_and_the_others_together() {
        use Told::{Later, OneByOne, Together};
        let matter = Matter(DeliveryState::Ambiguous, About::Words("7-1".into()));
        let other = Matter(DeliveryState::Missed, About::Words("7-1".into()));
        for looks in [
            &[(0, 1, OneByOne), (5, 2, OneByOne), (10, 1, Later), (599, 40, Later), (600, 41, Together)][..],
            &[(0, 4, Together), (5, 1, Later), (600, 3, OneByOne), (601, 1, Later)],
            &[(0, 3, OneByOne), (600, 3, OneByOne), (1200, 4, Together)],
            &[(1000, 4, Together), (10, 1, OneByOne)],
        ] {
            let mut waves = Waves::default();
            for &(second, n, how) in looks {
                let now = Timestamp::from_second(second).unwrap();
                assert_eq!(waves.how(&matter, n, now), how, "{looks:?}: {second}");
                if how != Later {
                    waves.told(matter.clone(), n, now);
                }
                assert_eq!(waves.how(&other, 1, now), OneByOne, "another matter has waves of its own");
            }
        }
    }
}
