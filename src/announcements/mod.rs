//! When which event is announced to whom: values in, values out.
//!
//! An event has [`milestones()`]; what a chat chose (its zone, hour, quiet hours) turns each into a [`Moment`] with the
//! instant it is due and the instant it expires; [`due()`] picks what falls between two looks at the clock. Nothing here
//! sends, stores, logs or asks for the time: `now` is an argument, and the same arguments give the same result.

mod milestones;

mod local;
mod moment;

mod groups;

mod bound;
mod due;
mod next;

mod backoff;
mod fingerprint;
mod pace;

pub use backoff::backoff;
pub use due::{Due, Scheduled, due};
pub use fingerprint::schedule_fingerprint;
pub use local::loud_again;
pub use milestones::milestones;
pub use moment::{Moment, over, timetable};
pub use next::next_due;
pub use pace::Pace;

#[cfg(test)]
mod fixture;
