//! How far a long command is: a bar on the terminal, nothing in a pipe.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on stderr; it goes when dropped. Where stderr is no terminal nothing is drawn.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// For so many steps.
    pub(super) fn new(what: &'static str, n: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(n as u64), ProgressDrawTarget::stderr());
        // The template is ours and sound; if a later version thinks otherwise, its own style does.
        let style = ProgressStyle::with_template("{msg:12} {bar:40} {pos}/{len}");
        let bar = style.map_or(bar.clone(), |style| bar.with_style(style.progress_chars("━╸─")));
        Self(bar.with_message(what))
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
