//! The Telegram front: polls, reads updates, shows messages, delivers, and says what became of it.
//!
//! teloxide's types stand nowhere else. Its types and payloads are used, its transport and dispatcher are not: whether
//! a request may have been written, the status of an answer, and the parts of an update that its types do not know
//! must not be lost.
//!
//! ```text
//! listen ─ raw updates ─▶ chat::Intake        update: raw ─▶ sanitise ─▶ teloxide ─▶ chat::Incoming
//! messenger: chat::Outgoing ─▶ render ─▶ api ─▶ outcome ─▶ chat::{Receipt, Failure}
//! search: an inline query ─▶ chat::What::Search, and chat::Results ─▶ articles
//! setup: who am I, what is my menu
//! ```

mod answer;
mod api;
mod backoff;
mod keyboard;
mod listen;
mod membership;
mod mention;
mod messenger;
mod outcome;
mod piece;
mod render;
mod sanitise;
#[cfg(test)]
mod scripted;
mod search;
mod setup;
mod shape;
mod update;
mod utf16;

pub use api::{Api, UnusableApi};
pub use listen::{ListenError, Stopped, listen};
pub use messenger::Telegram;
pub use setup::{Me, Profile, TokenRejected, introduce, publish};
pub use shape::{DEFAULT_BASE, holds_a_token, is_token, server};
pub use update::{lane, read};
