//! Ground: the values the whole house speaks of.
//!
//! Nothing here reads, sends, logs or asks for the time. What must always hold (a quote is verbatim and has a source)
//! is held by the constructors of these types.

mod corpus;
mod delivery;
mod event;
mod feedback;
mod id;
mod interview;
mod judgment;
mod language;
mod manners;
mod milestone;
mod passage;
mod people;
mod questions;
mod quote;
mod subscription;
mod title;
mod topic;
mod when;

pub use corpus::{Corpus, Lexicon, Placed, Revision, SynonymWeight, Synonyms};
pub use delivery::{Delivery, DeliveryId, DeliveryState, Hold, ScheduleRevision, Subject};
pub use event::{Confirmed, Event, EventKind, Outcome, OutcomeKind};
pub use feedback::{Feedback, Reason};
pub use id::{EventUid, InterviewId, PassageId, PassageName, TopicId, TopicName};
pub use interview::{Also, Interview, Speaker, Text, TextKind};
pub use judgment::{Expected, Judgment};
pub use language::{Language, Localised, UnknownLanguage};
pub use manners::{Lifetime, Manners, Venue};
pub use milestone::{Milestone, Occasion};
pub use passage::{Passage, PassageKind};
pub use people::{ChatKind, ChatRef, Role, UserRef};
pub use questions::{Question, Questions};
pub use quote::{Attribution, CutError, MAX_WHOLE_CHARS, OMISSION, Quote, Source};
pub use subscription::{
    Approval, MilestoneChoice, QuietHours, Settings, Subscription, SubscriptionId, SubscriptionStatus,
};
pub use title::{ChatName, Title};
pub use topic::{Key, Outside, Topic};
pub use when::{PartialDate, Tense, When, day_in};
