//! Ingestion under faults: nothing that goes wrong with one update, one chat or one call spoils anything else.

mod calls;
mod process;
mod updates;

use crate::support::fake::User;

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

fn ben() -> User {
    User::new(8, "Ben").speaking("en")
}

/// A question whose reply is short and known.
const THANKS: &str = "thanks";
const WELCOME: &str = "You are welcome.";
