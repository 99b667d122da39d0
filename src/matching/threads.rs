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

/// Maps the halves of a list at once, in order.
pub(super) fn map_halves<T: Sync, R: Send>(items: &[T], map: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let (one, other) = items.split_at(items.len() / 2);
    let (mut mapped, rest) = both(|| map(one), || map(other));
    mapped.extend(rest);
    mapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_come_out_in_order() {
        for n in 0..5 {
            let items: Vec<i32> = (0..n).collect();
            assert_eq!(map_halves(&items, <[i32]>::to_vec), items);
        }
    }

    #[test]
    #[should_panic(expected = "odd")]
    fn a_panic_in_the_other_half_is_not_lost() {
        map_halves(&[0, 1], |half| if half == [1] { panic!("odd") } else { half.to_vec() });
    }
}
