//! The knowledge folder from outside: files in, a corpus or problems out.

mod body;
mod events;
mod fixture;
mod folder;
mod fragments;
mod front_matter;
mod labels;
mod reload;
mod shipped;
mod topics;
