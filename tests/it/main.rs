//! Integration tests: the bot as its readers, admins and operators meet it.

mod fake_bot_api;
mod support;
