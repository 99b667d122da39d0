//! The knowledge folder: read, parsed, converted and checked.
//!
//! [`Files`] are bytes from a folder or from the binary; [`load()`] makes the corpus of them, or tells why not: every
//! problem at once, each with its place and what to do about it. A value that can't be read is reported and reading goes
//! on with nothing in its place; nobody sees that, since a corpus with an error in its files is not handed out.
//!
//! Pure but for [`Files::read`]. It does not know what quotes are found by.

mod body;
mod changes;
mod characters;
mod dates;
mod document;
mod events;
mod file;
mod fragment;
mod front_matter;
mod import;
mod interview;
mod judgments;
mod keys;
mod lexicon;
mod limits;
mod load;
mod nearest;
mod outside;
mod passages;
mod phrasings;
mod problem;
mod problems;
mod read;
mod review;
mod topics;
mod values;

pub use changes::{Changes, Difference, changes};
pub use import::{Changed, Imported, import};
pub use keys::event_key;
pub use load::{Loaded, load};
pub use problem::{Problem, Severity, Style};
pub use read::{Files, ReadError};
pub use review::review;
