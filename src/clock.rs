//! The one place that knows what time it is.

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Cheap to clone; every clone shows the same.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that shows `start` now and runs on from there at the machine's pace.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Self {
        let shift: SignedDuration = start.duration_since(Timestamp::now());
        Self(Arc::new(move || {
            Timestamp::now().checked_add(shift).unwrap_or(if shift.is_negative() {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            })
        }))
    }

    /// A clock driven by whoever holds `read`: how tests stop, move and break time.
    #[must_use]
    pub fn driven(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_started_clock_shows_its_start() {
        let start: Timestamp = "2026-09-01T00:00:00Z".parse().unwrap();
        let shown = Clock::starting_at(start).now();
        assert!(shown >= start && shown < start + SignedDuration::from_mins(1), "{shown}");
    }
}
