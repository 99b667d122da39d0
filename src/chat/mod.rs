//! Port to the people: what comes in, what goes out, and what may become of it. No platform is named here.
//!
//! A front turns an update into an [`Incoming`], `app` turns that into [`Outgoing`]s, and the front delivers them and
//! says what became of each: a [`Receipt`] or a [`Failure`]. Replies are made of [`Block`]s, never of markup.

mod incoming;
mod intake;
mod messenger;
mod outgoing;
mod results;

pub use incoming::{
    Address, Incoming, LinkPayload, Membership, MessageId, Payload, PressRef, Question, Standing, What,
};
pub use intake::{Arrived, Intake, IntakeError};
pub use messenger::{Administers, Failure, Front, Messenger, Receipt, Rights};
pub use outgoing::{Action, Block, Document, Link, Message, Outgoing, Sound, Target};
pub use results::{ResultId, Results, SearchRef, SearchResult};
