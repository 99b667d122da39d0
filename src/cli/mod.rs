//! The command line: parses arguments, composes the rooms, prints, and chooses the exit code.
//!
//! Exit codes: 0 fine, 1 the answer is no (problems found, below the floor), 2 could not run.

mod ask;
mod check;
mod deliveries;
mod eval;
mod events;
mod import;
mod init;
mod open;
mod progress;
mod rehearse;
mod run;
mod talk;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing::level_filters::LevelFilter;

use crate::config::Config;
use crate::telemetry::{Telemetry, redacted};

pub use run::{Service, serve};

/// Answers questions about an interview with the interview itself.
///
/// Without a command: the Telegram bot if TELOXIDE_TOKEN is set, else a chat in the terminal.
#[derive(Parser)]
#[command(name = "onrecord", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the Telegram bot; for services
    Run,
    /// Chats in the terminal
    Chat,
    /// Answers one question
    Ask(ask::Arguments),
    /// Validates a knowledge folder: every problem with its place and a hint
    Check {
        /// The folder; default: ONRECORD_KNOWLEDGE, else `knowledge` here, else the embedded interview
        folder: Option<PathBuf>,
    },
    /// Scores the labelled questions of the knowledge
    Eval(eval::Arguments),
    /// Plays the announcements between two days, in the terminal
    Rehearse(rehearse::Arguments),
    /// Lists what will be announced, where and when; or exports it as a calendar
    Events(events::Arguments),
    /// Shows what became of announcements, and settles the doubtful ones
    Deliveries(deliveries::Arguments),
    /// Makes a knowledge folder of question-and-answer lines
    Import(import::Arguments),
    /// Writes the embedded knowledge folder out, to be edited
    Init {
        /// The folder to make; it must not exist yet, or be empty
        folder: PathBuf,
    },
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// As wished.
    Fine,
    /// The answer is no.
    No,
    /// Part of it, or all, could not be done.
    Failed,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Fine => Self::SUCCESS,
            Ended::No => Self::from(1),
            Ended::Failed => Self::from(2),
        }
    }
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            let mut stderr = io::stderr().lock();
            for fault in faults {
                // If even this cannot be written, the exit code says it.
                let _ = writeln!(stderr, "error: {fault}");
            }
            return Ended::Failed.into();
        }
    };
    let command = arguments.command.unwrap_or(if config.token.is_some() { Command::Run } else { Command::Chat });
    let default = if matches!(command, Command::Run) { LevelFilter::INFO } else { LevelFilter::WARN };
    let filter = config.log_filter.clone();
    let token = config.token.clone();
    Telemetry { format: config.log_format, filter: filter.as_deref(), default, token: token.clone() }.start();
    match perform(command, config) {
        Ok(ended) => ended.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}", redacted(&format!("{error:#}"), token.as_ref()));
            Ended::Failed.into()
        }
    }
}

fn perform(command: Command, config: Config) -> anyhow::Result<Ended> {
    let mut out = io::stdout();
    match command {
        Command::Run => run::run(config),
        Command::Chat => talk::chat(&config, out),
        Command::Ask(arguments) => ask::ask(&config, &arguments, &mut io::stdin().lock(), &mut out),
        Command::Check { folder } => check::check(&config, folder, &mut out),
        Command::Eval(arguments) => eval::eval(&config, &arguments, &mut out),
        Command::Rehearse(arguments) => rehearse::rehearse(&config, &arguments, out),
        Command::Events(arguments) => events::events(&config, &arguments, &mut out),
        Command::Deliveries(arguments) => deliveries::deliveries(&config, &arguments, &mut out),
        Command::Import(arguments) => import::import(&arguments, &mut out),
        Command::Init { folder } => init::init(&folder, &mut out),
    }
}

/// Whoever read our output has seen enough (`onrecord eval | head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Colours only where a person looks.
fn style() -> crate::terminal::Style {
    if io::stdout().is_terminal() { crate::terminal::Style::Coloured } else { crate::terminal::Style::Plain }
}
