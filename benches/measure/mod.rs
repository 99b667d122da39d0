//! What the benches share: durations of the same thing, and how they are put into a line.

use std::time::Duration;

/// Durations of the same thing, the shortest first.
pub(crate) struct Durations(Vec<Duration>);

impl Durations {
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self(durations)
    }

    /// The duration that so many of a hundred do not exceed (nearest rank); zero of none.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The median, and between what all of them lie.
    pub(crate) fn spread(&self) -> String {
        let (least, most) = (self.percentile(0), self.percentile(100));
        format!("{:>8.1?}   ({least:.1?} – {most:.1?})", self.median())
    }
}
