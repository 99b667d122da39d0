//! What the tests stand on.

pub(crate) mod announcer;
pub(crate) mod bot;
pub(crate) mod fake;
pub(crate) mod log;
pub(crate) mod network;
pub(crate) mod odd;
pub(crate) mod process;
pub(crate) mod service;
pub(crate) mod transcript;
