//! The real binary, as an operator starts, signals and kills it.

use std::ffi::OsStr;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::fake::DEADLINE;
use super::service::{ADMIN, Stage};

/// `onrecord run` in a process of its own. Killed when dropped.
pub(crate) struct Process {
    child: Child,
    stderr: watch::Receiver<String>,
}

/// How it ended.
pub(crate) struct Exit {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    /// All that it wrote.
    pub(crate) stderr: String,
}

impl Process {
    /// Starts it on a stage, with its environment and nothing of the test's.
    pub(crate) fn start(stage: &Stage) -> Self {
        Self::start_with(stage, &[])
    }

    /// The same, with further variables, or others.
    pub(crate) fn start_with(stage: &Stage, variables: &[(&str, &OsStr)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command
            .arg("run")
            .current_dir(stage.folder())
            .env_clear()
            .env("TELOXIDE_TOKEN", stage.fake.token())
            .env("TELOXIDE_API_URL", stage.fake.url())
            .env("ONRECORD_ADMINS", ADMIN.to_string())
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let stderr = follow(child.stderr.take().expect("stderr is piped"));
        Self { child, stderr }
    }

    /// Sends `TERM`, `INT` or `HUP`. The shell's own `kill`: the standard library knows only SIGKILL.
    pub(crate) fn signal(&self, name: &str) {
        let line = format!("kill -{name} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &line]).status().expect("there is a shell");
        assert!(status.success(), "{line}");
    }

    /// SIGKILL, and it is gone.
    pub(crate) async fn kill(mut self) -> Exit {
        self.child.kill().expect("it can be killed");
        self.ended_within(DEADLINE).await
    }

    /// Whether it ends by itself, if that much time is given to it.
    pub(crate) async fn is_gone_within(&mut self, limit: Duration) -> bool {
        let closed = async { while self.stderr.changed().await.is_ok() {} };
        timeout(limit, closed).await.is_ok()
    }

    /// Waits until its stderr holds `words`.
    pub(crate) async fn wait_for_line(&mut self, words: &str) {
        let seen = timeout(DEADLINE, self.stderr.wait_for(|text| text.contains(words))).await;
        let seen = seen.is_ok_and(|seen| seen.is_ok());
        assert!(seen, "no {words:?} in stderr:\n{}", *self.stderr.borrow());
    }

    /// Waits until it ends.
    ///
    /// # Panics
    ///
    /// If it lasts longer.
    pub(crate) async fn ended_within(mut self, limit: Duration) -> Exit {
        assert!(self.is_gone_within(limit).await, "alive after {limit:?}:\n{}", *self.stderr.borrow());
        let code = self.child.wait().expect("it can be waited for").code();
        Exit { code, stderr: self.stderr.borrow().clone() }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end in a thread of its own; the channel closes with the pipe, when the process has ended.
fn follow(mut pipe: impl Read + Send + 'static) -> watch::Receiver<String> {
    let (sender, receiver) = watch::channel(String::new());
    thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(n_bytes @ 1..) = pipe.read(&mut part) {
            // Only ever compared with ASCII, so a character cut in two does no harm.
            sender.send_modify(|text| text.push_str(&String::from_utf8_lossy(&part[..n_bytes])));
        }
    });
    receiver
}
