//! Announcements over HTTP: each once, never lost in silence, whatever becomes of the network, the clock, the rights and
//! the process.

mod changes;
mod crash;
mod deciding;
mod posting;
mod processes;
mod questions;
mod refusals;
mod subscribing;
