//! Where a front hands over what arrived, before it tells the platform that it has it.

use std::future::Future;

/// An update as the platform sent it, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The platform's number for it: the same update has the same number.
    pub id: i64,
    /// What it must stay in order with: its chat, else its sender, else 0.
    pub lane: i64,
    /// As it was sent: what [`Front::read`](super::Front::read) takes.
    pub raw: String,
}

/// Takes updates in.
pub trait Intake: Send + Sync {
    /// Makes a batch safe: once this returns `Ok`, the platform is told to forget it. All or nothing, and idempotent:
    /// a batch that was admitted, or a part of it, may come again.
    ///
    /// # Errors
    /// [`IntakeError`]: the platform keeps the batch and sends it again.
    fn admit(&self, updates: Vec<Arrived>) -> impl Future<Output = Result<(), IntakeError>> + Send;
}

/// The batch is not safe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to take in updates: {reason}")]
pub struct IntakeError {
    /// For the log.
    pub reason: String,
}
