//! Integration tests: the bot as its readers, admins and operators meet it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "all of this is test code, helpers too: what breaks should stop the test, loudly"
)]

mod announcements;
mod command_line;
mod conversations;
mod deliveries;
mod fake_bot_api;
mod faults;
mod groups;
mod knowledge;
mod layering;
mod manners;
mod odd_messages;
mod oracle;
mod readers;
mod readme;
mod support;
