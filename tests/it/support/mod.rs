//! What the tests stand on.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "this is test code: a broken stand should stop the test at once, with the reason"
)]

pub(crate) mod fake;
