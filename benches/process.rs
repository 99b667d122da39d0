//! The binary as it is released, against the fake Bot API on loopback: how big it is, how soon it polls, how much memory it
//! holds, how fast it stops.
//!
//! Memory is the resident set that Linux tells in `/proc`; for other systems this bench has no figures.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "measure/bot.rs"]
mod bot;
mod measure;
#[path = "measure/running.rs"]
#[allow(dead_code, reason = "each bench asks for some of it")]
mod running;

#[path = "../tests/it/support"]
#[allow(dead_code, unused_imports, reason = "the tests' fake does more than a bench asks of it")]
#[allow(clippy::expect_used, clippy::panic, reason = "what breaks in the fake should stop the bench, loudly")]
mod support {
    pub(crate) mod fake;
}

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use onrecord::domain::Judgment;
use onrecord::knowledge::{self, Files};

use bot::Bot;
use measure::Durations;
use running::{ADMIN, BINARY};
use support::fake::{FakeTelegram, User};

const N_STARTS: usize = 15;
const IDLE: Duration = Duration::from_secs(10);
const N_READERS: usize = 50;
const N_ROUNDS: usize = 20;
const N_RELOADS: usize = 20;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("binary, stripped: {:.1} MB", fs::metadata(BINARY)?.len() as f64 / 1e6);
    starts_and_stops().await?;
    memory().await
}

async fn starts_and_stops() -> anyhow::Result<()> {
    let (mut first, mut again, mut idle, mut working) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..N_STARTS {
        let home = tempfile::tempdir()?;
        let fake = FakeTelegram::start().await;
        let bot = Bot::start(&fake, home.path())?;
        first.push(bot.first_poll(&fake).await?);
        idle.push(bot.stop()?);

        let fake = FakeTelegram::start().await;
        let bot = Bot::start(&fake, home.path())?;
        again.push(bot.first_poll(&fake).await?);
        let readers = readers();
        for reader in &readers {
            fake.private_text(reader, "What is CSTO?");
        }
        fake.wait_for_sent(readers[0].id, 1).await;
        working.push(bot.stop()?);
    }
    println!("\n{N_STARTS} times: median (least – most)");
    println!("  start to first getUpdates, no database yet  {}", Durations::new(first).spread());
    println!("  start to first getUpdates, a database       {}", Durations::new(again).spread());
    println!("  SIGTERM to the end, idle                    {}", Durations::new(idle).spread());
    println!("  SIGTERM to the end, {N_READERS} questions just asked {}", Durations::new(working).spread());
    Ok(())
}

async fn memory() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake, home.path())?;
    bot.first_poll(&fake).await?;
    println!("\nmemory, resident (the most so far)");
    tokio::time::sleep(IDLE).await;
    println!("  idle for {IDLE:?}          {}", bot.memory()?);

    let n_questions = ask(&fake).await?;
    println!("  after {n_questions} questions  {}", bot.memory()?);
    tokio::time::sleep(IDLE).await;
    println!("  idle for {IDLE:?} again    {}", bot.memory()?);

    reload(&fake, home.path()).await?;
    println!("  after {N_RELOADS} reloads      {}", bot.memory()?);
    tokio::time::sleep(IDLE).await;
    println!("  idle for {IDLE:?} again    {}", bot.memory()?);
    bot.stop()?;
    let violations = fake.violations();
    ensure!(violations.is_empty(), "the fake has complaints: {violations:?}");
    Ok(())
}

/// Every reader asks another labelled question at the same time, again and again; gives how many questions that were.
async fn ask(fake: &FakeTelegram) -> anyhow::Result<usize> {
    let corpus = knowledge::load(&Files::embedded()).corpus.context("the shipped knowledge has errors")?;
    let judgments: Vec<&Judgment> = corpus.interviews.iter().flat_map(|interview| &interview.judgments).collect();
    let mut questions = judgments.iter().map(|judgment| judgment.question.as_str()).cycle();
    let readers = readers();
    for round in 1..=N_ROUNDS {
        for (reader, question) in readers.iter().zip(&mut questions) {
            fake.private_text(reader, question);
        }
        for reader in &readers {
            fake.wait_for_sent(reader.id, round).await;
        }
    }
    Ok(N_READERS * N_ROUNDS)
}

/// An admin reloads a folder that lies in the bot's home and is another at each reload.
async fn reload(fake: &FakeTelegram, home: &Path) -> anyhow::Result<()> {
    let admin = User::new(ADMIN, "Admin").speaking("en");
    let lexicon = home.join("knowledge/lexicon.toml");
    let words = fs::read_to_string(&lexicon)?;
    for reload in 1..=N_RELOADS {
        fs::write(&lexicon, format!("{words}\n# Version {reload}.\n"))?;
        fake.private_text(&admin, "/reload");
        fake.wait_for_sent(admin.id, reload).await;
    }
    Ok(())
}

fn readers() -> Vec<User> {
    (100..).take(N_READERS).map(|id| User::new(id, "Reader").speaking("en")).collect()
}
