//! The binary as a bench starts it, in a home of its own, against the fake Bot API of the tests.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use crate::running::Running;
use crate::support::fake::{DEADLINE, FakeTelegram};

/// The binary, running.
pub(crate) struct Bot(Running);

impl Bot {
    /// Starts it in a home of its own, with the shipped knowledge as a folder there.
    pub(crate) fn start(fake: &FakeTelegram, home: &Path) -> anyhow::Result<Self> {
        Running::bot(home, &fake.url(), fake.token()).map(Self)
    }

    /// How long after its start the first getUpdates came.
    pub(crate) async fn first_poll(&self, fake: &FakeTelegram) -> anyhow::Result<Duration> {
        fake.wait_for(|fake| !fake.calls("getUpdates").is_empty(), DEADLINE).await;
        let calls = fake.calls("getUpdates");
        let first = calls.first().context("there was one a moment ago")?;
        Ok(first.at.duration_since(self.0.started))
    }

    /// Sends SIGTERM; how long after it the process was gone.
    pub(crate) fn stop(self) -> anyhow::Result<Duration> {
        self.0.stop()
    }

    /// Its resident memory now, and the most there ever was.
    pub(crate) fn memory(&self) -> anyhow::Result<String> {
        let memory = self.0.memory()?;
        Ok(format!("{:>5.1} MB ({:.1} MB)", memory.resident, memory.most))
    }
}
