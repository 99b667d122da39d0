//! Work on two threads: what comes out is what one would have made.
//!
//! Two, however many cores there are: the machines this is made for have that many, and each thread has memory of its own.

use std::panic::resume_unwind;
use std::thread;

/// Does two things at once.
pub(super) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panicked| resume_unwind(panicked)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comes_back_in_its_place() {
        assert_eq!(both(|| 1, || "one"), (1, "one"));
    }

    #[test]
    #[should_panic(expected = "odd")]
    fn a_panic_of_the_other_is_not_lost() {
        both(|| 1, || panic!("odd"));
    }
}
