//! A token bucket, of values alone: what it lets through depends on nothing but the instants it is asked at.
//!
//! It remembers one instant, at which it would be full again: that says how much is in it now, and a bucket that is full
//! is as good as one that never was. Once it runs dry it rests until it is full, so that who floods is told once and not
//! at every drop.

use jiff::{SignedDuration, Timestamp};

/// How much a bucket holds, and how fast it fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// So many at once.
    pub(super) n_at_once: u32,
    /// And one more after each of these.
    pub(super) refill: SignedDuration,
}

impl Limit {
    /// How long an empty bucket takes to fill, in milliseconds.
    fn whole(self) -> i64 {
        self.refill_ms().saturating_mul(i64::from(self.n_at_once))
    }

    fn refill_ms(self) -> i64 {
        i64::try_from(self.refill.as_millis()).unwrap_or(i64::MAX)
    }
}

/// What one bucket remembers: 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bucket {
    /// When it is full again, in milliseconds since 1970.
    full: i64,
    is_resting: bool,
}

/// Whether one more is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is.
    Through,
    /// It is not, for the first time since the bucket was full: worth a line.
    RanDry,
    /// It is not, and that has been told.
    Dry,
}

impl Bucket {
    /// A full one.
    pub(super) const fn full() -> Self {
        Self { full: i64::MIN, is_resting: false }
    }

    /// Asks for one more.
    ///
    /// A clock that goes back costs the time of an empty bucket at most.
    pub(super) fn take(&mut self, limit: Limit, now: Timestamp) -> Taken {
        let now = now.as_millisecond();
        let empty = now.saturating_add(limit.whole());
        self.full = self.full.clamp(now, empty);
        self.is_resting &= self.full > now;
        if self.is_resting {
            return Taken::Dry;
        }
        let after = self.full.saturating_add(limit.refill_ms());
        if after <= empty {
            self.full = after;
            return Taken::Through;
        }
        self.is_resting = true;
        Taken::RanDry
    }

    /// Whether nothing would be lost if it were forgotten.
    pub(super) fn is_full(&self, now: Timestamp) -> bool {
        self.full <= now.as_millisecond()
    }

    /// When it is full again: what is to be forgotten first has the smallest.
    pub(super) const fn full_at(&self) -> i64 {
        self.full
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Taken::{Dry, RanDry, Through};
    use super::*;

    const LIMIT: Limit = Limit { n_at_once: 3, refill: SignedDuration::from_secs(2) };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn check(seconds: &[i64], expected: &[Taken]) {
        let mut bucket = Bucket::full();
        let taken: Vec<Taken> = seconds.iter().map(|second| bucket.take(LIMIT, at(*second))).collect();
        assert_eq!(taken, expected, "{seconds:?}");
    }

    #[test]
    fn who_keeps_to_the_limit_is_never_refused() {
        check(&[0, 0, 0], &[Through; 3]);
        check(&[0, 0, 0, 2, 4, 6, 8], &[Through; 7]);
        check(&[0, 2, 4, 6, 8, 8, 8], &[Through; 7]);
        check(&[0, 0, 0, 6, 6, 6], &[Through; 6]);
    }

    #[test]
    fn who_does_not_is_told_once_until_the_bucket_is_full() {
        check(&[0, 0, 0, 0], &[Through, Through, Through, RanDry]);
        check(&[0, 0, 0, 0, 1, 2, 5], &[Through, Through, Through, RanDry, Dry, Dry, Dry]);
        check(&[0, 0, 0, 1, 5, 6], &[Through, Through, Through, RanDry, Dry, Through]);
        check(
            &[0, 0, 0, 0, 6, 6, 6, 6, 11],
            &[Through, Through, Through, RanDry, Through, Through, Through, RanDry, Dry],
        );
    }

    #[test]
    fn a_clock_that_goes_back_costs_the_time_of_an_empty_bucket() {
        check(&[1_000_000, 0, 6], &[Through, RanDry, Through]);
        check(&[1_000_000, 0, 5, 6], &[Through, RanDry, Dry, Through]);
        let mut bucket = Bucket::full();
        assert_eq!(bucket.take(LIMIT, Timestamp::MAX), Through);
        assert_eq!(bucket.take(LIMIT, Timestamp::MIN), RanDry);
    }

    proptest! {
        #[test]
        fn no_window_lets_more_through_than_its_limit_and_no_flood_is_told_twice(
            gaps in prop::collection::vec(0_i64..4_000, 1..200),
            n_at_once in 1_u32..8,
            refill in 1_i64..5_000,
        ) {
            let limit = Limit { n_at_once, refill: SignedDuration::from_millis(refill) };
            let (mut bucket, mut now) = (Bucket::full(), 0);
            let (mut through, mut told) = (Vec::new(), Vec::new());
            for gap in gaps {
                now += gap;
                match bucket.take(limit, Timestamp::from_millisecond(now).unwrap()) {
                    Through => through.push(now),
                    RanDry => told.push(now),
                    Dry => prop_assert!(!told.is_empty(), "silence without a line"),
                }
            }
            for (first, from) in through.iter().enumerate() {
                for (n, to) in through[first..].iter().enumerate() {
                    let most = i64::from(n_at_once) + (to - from) / refill;
                    prop_assert!(i64::try_from(n).unwrap() < most.max(1), "{} in {} ms", n + 1, to - from);
                }
            }
            for pair in told.windows(2) {
                // Between two lines the bucket was full, and was emptied.
                let n_between = through.iter().filter(|at| (pair[0]..=pair[1]).contains(*at)).count();
                prop_assert!(n_between >= n_at_once as usize);
            }
            let later = Timestamp::from_millisecond(now + limit.whole()).unwrap();
            prop_assert!(bucket.is_full(later));
            prop_assert_eq!(bucket.take(limit, later), Through);
        }
    }
}
