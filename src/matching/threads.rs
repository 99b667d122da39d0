//! Work on one thread or two: what comes out is the same.
//!
//! Two, however many cores there are: the machines this is made for have that many, and each thread has memory of its own.

use std::panic::resume_unwind;
use std::thread;

/// How many threads work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threads {
    /// One, so that a core is left to those who ask meanwhile.
    One,
    /// Two: nobody asks before the work is done.
    Two,
}

impl Threads {
    /// Does two things, at once or one after the other.
    pub(super) fn both<A, B: Send>(self, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
        match self {
            Self::One => (one(), other()),
            Self::Two => thread::scope(|scope| {
                let other = scope.spawn(other);
                let one = one();
                (one, other.join().unwrap_or_else(|panicked| resume_unwind(panicked)))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_back_in_its_place() {
        for threads in [Threads::One, Threads::Two] {
            assert_eq!(threads.both(|| 1, || "one"), (1, "one"));
        }
    }

    #[test]
    #[should_panic(expected = "odd")]
    fn a_panic_of_the_other_is_not_lost() {
        Threads::Two.both(|| 1, || panic!("odd"));
    }
}
