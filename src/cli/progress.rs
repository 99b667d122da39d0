//! How far a long command is, on a terminal; nothing in a pipe.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Whoever waits longer wants to know what for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the time on the line changes.
const TICK: Duration = Duration::from_millis(200);

/// A bar on stderr; it goes when dropped. Where stderr is no terminal nothing is drawn.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// For so many steps.
    pub(super) fn new(what: &'static str, n: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(n as u64), ProgressDrawTarget::stderr());
        Self(styled(bar, "{msg:12} {bar:40} {pos}/{len}").with_message(what))
    }

    /// One more is done.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Does something whose length nobody knows; what takes more than a second says on a terminal what it is, and for how long.
pub(super) fn patiently<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if line.is_hidden() {
        return work();
    }
    beside(&styled(line, "{msg}, {elapsed} so far"), what, PATIENCE, work)
}

/// Shows the line if the work takes longer than that, and takes it away at the end.
fn beside<T>(line: &ProgressBar, what: &'static str, patience: Duration, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        // Dropped when the work is done, or has panicked: either way the other thread ends.
        let (_working, is_over) = mpsc::channel::<()>();
        scope.spawn(move || {
            let mut wait = patience;
            while is_over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                line.set_message(what);
                line.tick();
                wait = TICK;
            }
            line.finish_and_clear();
        });
        work()
    })
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    // The templates are ours and sound; if a later version thinks otherwise, its own style does.
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("━╸─")),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_at_once_is_not_spoken_of() {
        let line = ProgressBar::hidden();
        assert_eq!(beside(&line, "loading", Duration::MAX, || 7), 7);
        assert_eq!((line.message().as_str(), line.is_finished()), ("", true));
    }

    #[test]
    fn what_takes_longer_says_what_it_is_and_goes() {
        let line = ProgressBar::hidden();
        let until_shown = || while line.message().is_empty() {};
        beside(&line, "loading", Duration::ZERO, until_shown);
        assert_eq!((line.message().as_str(), line.is_finished()), ("loading", true));
    }

    #[test]
    #[should_panic(expected = "odd")]
    fn a_panic_ends_it() {
        beside(&ProgressBar::hidden(), "loading", Duration::MAX, || panic!("odd"));
    }
}
