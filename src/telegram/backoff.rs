//! Waiting longer after each failure in a row.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// Failures in a row. No randomness: one process talks to one server.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    n_failures: u32,
}

impl Backoff {
    /// Counts a failure and says how long to wait: half a second, then twice as long each time, 30 s at most.
    pub(super) fn failed(&mut self) -> Duration {
        let wait = FIRST.saturating_mul(2_u32.saturating_pow(self.n_failures)).min(LONGEST);
        self.n_failures = self.n_failures.saturating_add(1);
        wait
    }

    /// Ends the row; how many failures it had.
    pub(super) fn over(&mut self) -> u32 {
        std::mem::take(&mut self.n_failures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_30_seconds_and_begin_anew_after_a_success() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..9).map(|_| backoff.failed().as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
        for _ in 0..100 {
            assert_eq!(backoff.failed(), LONGEST);
        }
        assert_eq!(backoff.over(), 109);
        assert_eq!(backoff.failed(), FIRST);
        assert_eq!((backoff.over(), backoff.over()), (1, 0));
    }
}
