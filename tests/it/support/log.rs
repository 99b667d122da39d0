//! What the bot logs in this process, caught for one test.

use std::io;
use std::sync::{Arc, OnceLock};

use tokio::sync::watch;
use tokio::time::timeout;
use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

use super::fake::DEADLINE;

/// Everything that is logged at `info` and above on this thread while it lives: on a test's own single-threaded
/// runtime, that is the whole bot.
pub(crate) struct Log {
    lines: Lines,
    _guard: DefaultGuard,
}

impl Log {
    pub(crate) fn listen() -> Self {
        Self::listen_to(LevelFilter::INFO)
    }

    /// The same at every level, of the bot and of all it is made of.
    pub(crate) fn listen_to_everything() -> Self {
        Self::listen_to(LevelFilter::TRACE)
    }

    fn listen_to(level: LevelFilter) -> Self {
        // While no subscriber of any thread lives, `tracing` notes that nobody listens; a log that begins at that moment
        // stayed empty now and then. This one lives as long as the process.
        static SOMEBODY: OnceLock<Dispatch> = OnceLock::new();
        SOMEBODY.get_or_init(|| {
            let everything = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE);
            Dispatch::new(everything.with_writer(io::sink).finish())
        });
        let lines = Lines(Arc::new(watch::Sender::new(String::new())));
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(false)
            .without_time()
            .with_writer(lines.clone())
            .finish();
        Self { lines, _guard: tracing::subscriber::set_default(subscriber) }
    }

    pub(crate) fn text(&self) -> String {
        self.lines.0.borrow().clone()
    }

    /// How many lines hold `words`.
    pub(crate) fn count(&self, words: &str) -> usize {
        self.text().lines().filter(|line| line.contains(words)).count()
    }

    /// Waits until a line holds `words`.
    pub(crate) async fn wait_for(&self, words: &str) {
        let mut news = self.lines.0.subscribe();
        let seen = timeout(DEADLINE, news.wait_for(|text| text.contains(words))).await.is_ok();
        assert!(seen, "no {words:?} in the log:\n{}", self.text());
    }
}

#[derive(Clone)]
struct Lines(Arc<watch::Sender<String>>);

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send_modify(|text| text.push_str(&String::from_utf8_lossy(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
