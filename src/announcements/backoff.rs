//! How long to wait before a send that certainly did not happen is tried again.

use jiff::SignedDuration;

/// Long enough for a dropped connection to come back, short enough that nobody notices.
const FIRST: SignedDuration = SignedDuration::from_secs(2);

/// Never longer than this: a network that is back after a night should be noticed while people are still at breakfast.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// The wait after so many attempts: 2 s after the first, doubling to 10 minutes (reached after the tenth).
///
/// There is no randomness in it: one process sends, a few at a time and at a fixed rate, so there is no herd to scatter,
/// and the rehearsal has to give the same twice. A platform that names a time to wait is obeyed instead.
#[must_use]
pub fn backoff(attempt: u32) -> SignedDuration {
    let doublings = attempt.saturating_sub(1);
    2_i32.checked_pow(doublings).and_then(|factor| FIRST.checked_mul(factor)).map_or(LONGEST, |wait| wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_ten_minutes() {
        for (attempt, seconds) in [
            (0, 2),
            (1, 2),
            (2, 4),
            (3, 8),
            (8, 256),
            (9, 512),
            (10, 600),
            (11, 600),
            (31, 600),
            (32, 600),
            (33, 600),
            (u32::MAX, 600),
        ] {
            assert_eq!(backoff(attempt).as_secs(), seconds, "{attempt}");
        }
    }
}
