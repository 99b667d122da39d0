//! The night: a chat's quiet hours hold a post back, unless it would be too late after them.

use jiff::Timestamp;

use crate::announcements::loud_again;
use crate::domain::{Delivery, Settings};

/// When the quiet hours end that hold it back; `None` if none do. What would be too late after them is sent in them: late
/// but valid is sent.
pub(super) fn waits_for_morning(settings: &Settings, delivery: &Delivery, now: Timestamp) -> Option<Timestamp> {
    loud_again(settings, now).filter(|morning| *morning < delivery.expires)
}
