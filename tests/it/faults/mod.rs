//! The bot while things go wrong, in this process and as the real binary: no question is lost, none spoils another.

mod commits;
mod company;
mod crash;
mod doubtful;
mod numbers;
mod operation;
mod outages;
mod parsing;
mod poison;
mod presses;
mod searches;
mod spoiled;
mod storms;
mod waits;

/// A question that the shipped interview answers.
const QUESTION: &str = "What exercises are planned in Belarus?";

/// What a reader is told when their update was spoiled.
const SORRY: &str = "Something went wrong on my side. Please try again in a moment.";
