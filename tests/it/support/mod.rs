//! What the tests stand on.

pub(crate) mod bot;
pub(crate) mod fake;
pub(crate) mod transcript;
