//! Fail points: places where a crash run has the process kill itself, to see what it leaves on disk.
//!
//! Only with the feature `fail-points`, which no release has: without it a point is nothing at all. With it,
//! `FAIL_POINT=intent-committed:3` in the environment ends the process by SIGKILL as it passes that point for the third
//! time. The points are those of the crash table (RELIABILITY.md §3), at the edges only: no engine has one.
//!
//! A library for this has more to offer (panics, pauses, probabilities), and no kill.

/// A point, by its name in the crash table; with a method, as it is passed by calls of that method.
macro_rules! fail_point {
    ($point:literal) => {
        #[cfg(feature = "fail-points")]
        $crate::fail_points::pass($point);
    };
    ($point:literal, $method:expr) => {
        #[cfg(feature = "fail-points")]
        $crate::fail_points::pass(&format!("{}.{}", $point, $method));
    };
}
pub(crate) use fail_point;

#[cfg(feature = "fail-points")]
pub(crate) use armed::pass;

#[cfg(feature = "fail-points")]
mod armed {
    use std::process;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustix::process::{Signal, getpid, kill_process};

    /// The point that ends the process, and how often it is passed until then.
    struct Armed {
        point: String,
        n_left: AtomicU64,
    }

    /// Read once: a process ends at one point at most.
    static ARMED: LazyLock<Option<Armed>> = LazyLock::new(|| {
        let named = std::env::var("FAIL_POINT").ok()?;
        let (point, n) = named.rsplit_once(':')?;
        Some(Armed { point: point.to_owned(), n_left: AtomicU64::new(n.parse().ok()?) })
    });

    /// Ends the process if this is the point, for the time that was asked for.
    pub(crate) fn pass(point: &str) {
        let Some(armed) = ARMED.as_ref().filter(|armed| armed.point == point) else { return };
        if armed.n_left.fetch_sub(1, Ordering::SeqCst) == 1 {
            // Nothing is flushed, nothing is dropped, no other thread comes any further.
            let _ = kill_process(getpid(), Signal::KILL);
            process::abort();
        }
    }
}
