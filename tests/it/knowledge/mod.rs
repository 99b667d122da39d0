//! The knowledge folder from outside: files in, a corpus or problems out.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't be set up should fail")]

mod body;
mod editors_work;
mod events;
mod fixture;
mod folder;
mod fragments;
mod front_matter;
mod labels;
mod milestones;
mod reload;
mod review;
mod says_no_more;
mod shipped;
mod topics;
