//! Announcements over HTTP: each once, never lost in silence, whatever becomes of the network, the clock, the rights and
//! the process.

mod at_once;
mod broadcast;
mod changes;
mod crash;
mod deciding;
mod doubts;
mod linked;
mod membership;
mod order;
mod parts;
mod pins;
mod posting;
mod processes;
mod questions;
mod refusals;
mod reloading;
mod retiming;
mod reviewing;
mod subscribing;
mod talk;
mod topics;
mod troubles;
