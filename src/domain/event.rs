//! Exercises and dates named in an interview.

use jiff::civil::Date;

use super::id::{EventUid, PassageId};
use super::language::Localised;
use super::milestone::Milestone;
use super::when::When;

/// Something the interview says is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id, one for ever.
    pub uid: EventUid,
    /// What it is called.
    pub name: Localised,
    /// What it is.
    pub kind: EventKind,
    /// When, exactly as precise as the passage says; `None` if it gives no date.
    pub when: Option<When>,
    /// A later, more exact date, with the source that says so.
    pub confirmed: Option<Confirmed>,
    /// Where, if the passage says so.
    pub place: Option<Localised>,
    /// The passage that names it.
    pub passage: PassageId,
    /// The last day an editor looked at it.
    pub reviewed: Date,
    /// What is known to have come of it.
    pub outcome: Option<Outcome>,
    /// When to announce it, if the editor decided; else by the precision of its date.
    pub milestones: Option<Vec<Milestone>>,
}

impl Event {
    /// When, as it is known by now: as confirmed, else as the passage says.
    #[must_use]
    pub fn scheduled(&self) -> Option<&When> {
        self.confirmed.as_ref().map(|confirmed| &confirmed.when).or(self.when.as_ref())
    }
}

/// A date that another source gave later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// When, as precise as that source says.
    pub when: When,
    /// The page that says so.
    pub source: String,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A military or special exercise.
    Exercise,
    /// A conference, a forum, a session.
    Meeting,
    /// An anniversary.
    Anniversary,
    /// Anything else with a date.
    Other,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Exercise, Self::Meeting, Self::Anniversary, Self::Other];
}

/// What came of an event, with the source that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What came of it.
    pub kind: OutcomeKind,
    /// The page that says so.
    pub source: String,
}

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// It took place.
    Held,
    /// It was put off.
    Moved,
    /// It was called off.
    Cancelled,
}
