//! The binary as a bench starts it, in a home of its own, against the fake Bot API.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use onrecord::knowledge::Files;
use tokio::task::block_in_place;

use crate::support::fake::{DEADLINE, FakeTelegram};

/// Where it lies.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_onrecord");

/// Its admin.
pub(crate) const ADMIN: i64 = 1;

/// The binary, running.
pub(crate) struct Bot {
    started: Instant,
    process: Child,
}

impl Bot {
    /// Starts it in a home of its own, with the shipped knowledge as a folder there.
    pub(crate) fn start(fake: &FakeTelegram, home: &Path) -> anyhow::Result<Self> {
        write_out(&home.join("knowledge"))?;
        let started = Instant::now();
        let process = Command::new(BINARY)
            .arg("run")
            .current_dir(home)
            .env_clear()
            .env("TELOXIDE_TOKEN", fake.token())
            .env("TELOXIDE_API_URL", fake.url())
            .env("ONRECORD_ADMINS", ADMIN.to_string())
            .stderr(Stdio::null())
            .spawn()
            .context("failed to start the binary")?;
        Ok(Self { started, process })
    }

    /// How long after its start the first getUpdates came.
    pub(crate) async fn first_poll(&self, fake: &FakeTelegram) -> anyhow::Result<Duration> {
        fake.wait_for(|fake| !fake.calls("getUpdates").is_empty(), DEADLINE).await;
        let calls = fake.calls("getUpdates");
        let first = calls.first().context("there was one a moment ago")?;
        Ok(first.at.duration_since(self.started))
    }

    /// Sends SIGTERM; how long after it the process was gone.
    pub(crate) fn stop(mut self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        block_in_place(|| Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status())?;
        let status = block_in_place(|| self.process.wait())?;
        ensure!(status.success(), "the bot ended with {status}");
        Ok(start.elapsed())
    }

    /// Its resident memory now, and the most there ever was.
    pub(crate) fn memory(&self) -> anyhow::Result<String> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).context("Linux tells it")?;
            let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
            anyhow::Ok(kibibytes * 1024.0 / 1e6)
        };
        Ok(format!("{:>5.1} MB ({:.1} MB)", megabytes("VmRSS:")?, megabytes("VmHWM:")?))
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Only what was not stopped is still there; there is nothing to do about an error.
        let _ = self.process.kill();
    }
}

fn write_out(folder: &Path) -> anyhow::Result<()> {
    for (path, bytes) in Files::embedded().iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}
