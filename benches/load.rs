//! Load, end to end: the binary as it is released against a Bot API on loopback that does next to nothing, and the
//! smallest teloxide bot against the same.
//!
//! Each runs in a process of its own. `saturated`: questions a second while a thousand wait; `paced`: how long each
//! waits at 200 a second, from the moment its update is there until the reply has arrived; `mixed`: so many updates (the
//! argument; 100,000 if there is none) with duplicates, presses, inline queries and poison, of which nothing may be
//! lost or answered twice. Without a name all of them run: `cargo bench --bench load -- mixed 100000`.
//!
//! It fails if the bot loses something, does something twice or misses a target.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "load/echo.rs"]
mod echo;
#[path = "load/http.rs"]
mod http;
mod measure;
#[path = "load/platform.rs"]
mod platform;
#[path = "measure/running.rs"]
#[allow(dead_code, reason = "each bench asks for some of it")]
mod running;
#[path = "load/traffic.rs"]
mod traffic;

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use onrecord::knowledge::{self, Files};
use tokio::net::TcpListener;
use tokio::time::{Instant, interval, sleep};

use measure::Durations;
use platform::{Counts, Pace, Platform};
use running::{Memory, Running, own_processor_time};
use traffic::{Mix, Traffic};

const TOKEN: &str = "424242:AAloadloadloadloadloadloadloadload0";

const N_SATURATED: usize = 20_000;
const N_WAITING: usize = 1_000;
const N_PACED: usize = 6_000;
const BETWEEN: Duration = Duration::from_millis(5);
const N_MIXED: usize = 100_000;

/// Nothing comes any more if nothing has come for so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// The targets: what two processors that do other work, too, leave easily.
const QUESTIONS_A_SECOND: f64 = 1_000.0;
const P50: Duration = Duration::from_millis(8);
const P99: Duration = Duration::from_millis(40);
const MEGABYTES: f64 = 60.0;

/// Who is under load.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Onrecord,
    Echo,
}

/// What it is put under.
struct Load {
    mix: Mix,
    pace: Pace,
    n_updates: usize,
}

/// What came of it.
struct Ran {
    counts: Counts,
    memory: Memory,
    /// The time of processors that went into it, and what went into the platform.
    spent: Duration,
    spent_here: Duration,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [mode, url] = arguments.as_slice()
        && mode == "echo"
    {
        return echo::echo(url, TOKEN).await;
    }
    let n_mixed = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(N_MIXED);
    let is_wanted = |name: &str| {
        let mut names = arguments.iter().filter(|argument| argument.parse::<usize>().is_err()).peekable();
        names.peek().is_none() || names.any(|argument| argument == name)
    };
    let mut missed = Vec::new();
    if is_wanted("saturated") {
        missed.extend(saturated().await?);
    }
    if is_wanted("paced") {
        missed.extend(paced().await?);
    }
    if is_wanted("mixed") {
        missed.extend(mixed(n_mixed).await?);
    }
    ensure!(missed.is_empty(), "missed: {}", missed.join(", "));
    Ok(())
}

async fn saturated() -> anyhow::Result<Vec<String>> {
    println!("saturated: {N_SATURATED} questions, {N_WAITING} waiting for their replies at a time");
    let load = Load { mix: Mix::Questions, pace: Pace::Saturated(N_WAITING), n_updates: N_SATURATED };
    let [bot, echo] = [load.put(Subject::Onrecord).await?, load.put(Subject::Echo).await?];
    let [rate, beside] = [bot.rate(), echo.rate()];
    println!("  onrecord   {rate:>6.0} questions/s, {}", bot.share());
    println!("  teloxide   {beside:>6.0} messages/s,  {}", echo.share());
    println!("  ratio      {:>6.2}", rate / beside);
    Ok(bot.faults([(rate < QUESTIONS_A_SECOND).then(|| format!("{QUESTIONS_A_SECOND} questions/s"))]))
}

async fn paced() -> anyhow::Result<Vec<String>> {
    println!("\npaced: {N_PACED} questions, one every {BETWEEN:?}");
    let load = Load { mix: Mix::Questions, pace: Pace::Released, n_updates: N_PACED };
    let [bot, echo] = [load.put(Subject::Onrecord).await?, load.put(Subject::Echo).await?];
    let delays = [&bot, &echo].map(|ran| Durations::new(ran.counts.replies.clone()));
    for (name, delays, ran) in [("onrecord", &delays[0], &bot), ("teloxide", &delays[1], &echo)] {
        println!("  {name}   {}, p99 {:.1?}, {}", delays.spread(), delays.percentile(99), ran.share());
    }
    let ratio = |percent| delays[0].percentile(percent).as_secs_f64() / delays[1].percentile(percent).as_secs_f64();
    println!("  ratio      p50 {:.2}, p99 {:.2}", ratio(50), ratio(99));
    let [p50, p99] = [50, 99].map(|percent| delays[0].percentile(percent));
    Ok(bot.faults([(p50 > P50).then(|| format!("p50 {P50:?}")), (p99 > P99).then(|| format!("p99 {P99:?}"))]))
}

async fn mixed(n_updates: usize) -> anyhow::Result<Vec<String>> {
    println!("\nmixed: {n_updates} updates");
    let load = Load { mix: Mix::Everything, pace: Pace::Saturated(N_WAITING), n_updates };
    let [bot, echo] = [load.put(Subject::Onrecord).await?, load.put(Subject::Echo).await?];
    for (name, ran) in [("onrecord", &bot), ("teloxide", &echo)] {
        let Counts { replies, n_toasts, n_results, n_twice, n_open, .. } = &ran.counts;
        let Memory { resident, most } = ran.memory;
        println!("  {name}   {} replies, {n_toasts} presses and {n_results} searches answered", replies.len());
        println!("             lost {n_open}, answered twice {n_twice}");
        println!("             {:.0} updates/s, {}", ran.counts.n_made as f64 / ran.took().as_secs_f64(), ran.share());
        println!("             resident {resident:.1} MB, at most {most:.1} MB");
    }
    let resident = bot.memory.resident;
    Ok(bot.faults([(resident > MEGABYTES).then(|| format!("{MEGABYTES} MB"))]))
}

impl Load {
    /// Starts the subject and keeps it under load until everything has come back, or nothing comes any more.
    async fn put(&self, subject: Subject) -> anyhow::Result<Ran> {
        let home = tempfile::tempdir()?;
        let platform = Arc::new(Platform::new(Traffic::new(self.mix, questions()?), self.pace, self.n_updates));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(http::serve(listener, Arc::clone(&platform)));
        let running = match subject {
            Subject::Onrecord => Running::bot(home.path(), &url, TOKEN)?,
            Subject::Echo => {
                let mut command = Command::new(std::env::current_exe()?);
                Running::start(command.args(["echo", &url]).current_dir(home.path()).env_clear())?
            }
        };
        let spent_before = own_processor_time()?;
        if self.pace == Pace::Released {
            // The pace counts from when it listens.
            sleep(Duration::from_secs(1)).await;
            let mut pace = interval(BETWEEN);
            for _ in 0..self.n_updates {
                pace.tick().await;
                platform.release();
            }
        }
        wait(&platform).await;
        let ran = Ran {
            counts: platform.counts(),
            memory: running.memory()?,
            spent: running.processor_time()?,
            spent_here: own_processor_time()?.saturating_sub(spent_before),
        };
        if subject == Subject::Onrecord {
            running.stop()?;
        }
        server.abort();
        Ok(ran)
    }
}

/// Until everything has come back, or nothing comes any more.
async fn wait(platform: &Platform) {
    let (mut last, mut since) = (0, Instant::now());
    loop {
        let (progress, is_over) = platform.progress();
        if progress > last {
            (last, since) = (progress, Instant::now());
        }
        if is_over || since.elapsed() > PATIENCE {
            // A second answer would come right behind the first.
            return sleep(Duration::from_millis(500)).await;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

impl Ran {
    /// From the first update handed out to the last answer.
    fn took(&self) -> Duration {
        match (self.counts.first, self.counts.last) {
            (Some(first), Some(last)) => last.duration_since(first),
            _ => Duration::MAX,
        }
    }

    fn rate(&self) -> f64 {
        self.counts.replies.len() as f64 / self.took().as_secs_f64()
    }

    /// What an update costs.
    fn share(&self) -> String {
        let n_updates = u32::try_from(self.counts.n_made.max(1)).unwrap_or(u32::MAX);
        format!("{:.0?} of a processor each ({:.0?} here)", self.spent / n_updates, self.spent_here / n_updates)
    }

    fn faults<const N: usize>(&self, missed: [Option<String>; N]) -> Vec<String> {
        let (n_lost, n_twice) = (self.counts.n_open, self.counts.n_twice);
        let lost = (n_lost > 0).then(|| format!("lost {n_lost}"));
        let twice = (n_twice > 0).then(|| format!("answered twice {n_twice}"));
        missed.into_iter().chain([lost, twice]).flatten().collect()
    }
}

/// The labelled questions.
fn questions() -> anyhow::Result<Vec<String>> {
    let corpus = knowledge::load(&Files::embedded()).corpus.context("the shipped knowledge has errors")?;
    let judgments = corpus.interviews.iter().flat_map(|interview| &interview.judgments);
    Ok(judgments.map(|judgment| judgment.question.clone()).collect())
}
