//! A process under measurement: since when it runs, what memory and what time of the processors it takes, how it ends.
//!
//! Linux tells memory and time in `/proc`; for other systems there are no figures.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use onrecord::knowledge::Files;
use tokio::task::block_in_place;

/// Where the bot's binary lies.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_onrecord");

/// The bot's admin.
pub(crate) const ADMIN: i64 = 1;

/// What `/proc` counts the time of processors in, on every Linux.
const TICKS_A_SECOND: u64 = 100;

/// A process that is killed when it is dropped.
pub(crate) struct Running {
    pub(crate) started: Instant,
    process: Child,
}

/// The memory of a process, in megabytes.
pub(crate) struct Memory {
    pub(crate) resident: f64,
    pub(crate) most: f64,
}

impl Running {
    /// Starts the bot in a home of its own, with the shipped knowledge as a folder there.
    pub(crate) fn bot(home: &Path, url: &str, token: &str) -> anyhow::Result<Self> {
        write_out(&home.join("knowledge"))?;
        let mut command = Command::new(BINARY);
        command.arg("run").current_dir(home).env_clear();
        command.env("TELOXIDE_TOKEN", token).env("TELOXIDE_API_URL", url).env("ONRECORD_ADMINS", ADMIN.to_string());
        Self::start(&mut command)
    }

    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let started = Instant::now();
        let process = command.stderr(Stdio::null()).spawn().context("failed to start the process")?;
        Ok(Self { started, process })
    }

    /// Sends SIGTERM, and waits for the end.
    pub(crate) fn stop(mut self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        block_in_place(|| Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status())?;
        let status = block_in_place(|| self.process.wait())?;
        ensure!(status.success(), "the process ended with {status}");
        Ok(start.elapsed())
    }

    pub(crate) fn memory(&self) -> anyhow::Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).context("Linux tells it")?;
            let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
            anyhow::Ok(kibibytes * 1024.0 / 1e6)
        };
        Ok(Memory { resident: megabytes("VmRSS:")?, most: megabytes("VmHWM:")? })
    }

    /// The time that processors have spent on it so far.
    pub(crate) fn processor_time(&self) -> anyhow::Result<Duration> {
        processor_time(&self.process.id().to_string())
    }
}

/// The time that processors have spent on this process so far.
pub(crate) fn own_processor_time() -> anyhow::Result<Duration> {
    processor_time("self")
}

fn processor_time(process: &str) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in brackets, may hold anything; what follows it are fields from the third on.
    let (_, fields) = stat.rsplit_once(')').context("Linux tells it")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 1000 / TICKS_A_SECOND))
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only what was not stopped is still there; there is nothing to do about an error.
        let _ = self.process.kill();
        let _ = self.process.wait();
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
