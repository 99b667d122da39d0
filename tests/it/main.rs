//! Integration tests: the bot as its readers, admins and operators meet it.

mod knowledge;
mod support;
