//! Telling: a kept question that can be answered now is told once, and never twice.
//!
//! That its answer is about to be sent is on disk before the first byte. What became of it is either known, or the
//! question goes untold: whoever asks again is answered, whoever is told twice is pestered. Nobody else is asked to
//! decide, as they are of announcements: it is one reader's own question.
//!
//! ```text
//!        claim             told, doubtful, refused, withdrawn
//! kept ────────→ sending ─────────────────────────────────────→ (gone)
//!   ↑               │ certainly not sent
//!   └───────────────┘
//! ```

use jiff::Timestamp;

use crate::domain::Revision;

use super::kept::{KeptQuestion, QuestionId, read, select};
use super::{Lead, Store, StoreError};

impl Store {
    /// Up to `n` kept questions after that number that were not tried with this revision, by number; none of a chat that is
    /// frozen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn untried_questions(
        &self,
        _lead: &Lead,
        revision: &Revision,
        (after, n): (QuestionId, u32),
        now: Timestamp,
    ) -> Result<Vec<KeptQuestion>, StoreError> {
        sqlx::query(select!(
            "WHERE sending = 0 AND question_id > $1 AND (tried IS NULL OR tried <> $2) \
             AND NOT EXISTS (SELECT 1 FROM freezes f WHERE f.chat_id = kept_questions.chat_id AND f.until > $3) \
             ORDER BY question_id LIMIT $4"
        ))
        .bind(after.0)
        .bind(revision.to_string())
        .bind(now.as_millisecond())
        .bind(i64::from(n))
        .fetch_all(&self.durable)
        .await
        .and_then(|rows| rows.iter().map(read).collect())
        .map_err(|error| self.failed(error))
    }

    /// This revision has no sure answer to it. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is tried again.
    pub async fn question_tried(&self, id: QuestionId, revision: &Revision) -> Result<(), StoreError> {
        sqlx::query("UPDATE kept_questions SET tried = $1 WHERE question_id = $2 AND sending = 0")
            .bind(revision.to_string())
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Commits the intent to tell its answer; `false` if it was withdrawn meanwhile, or is being told. Atomic, not
    /// idempotent: it is claimed once.
    ///
    /// # Errors
    /// [`StoreError`]: nothing may be sent.
    pub async fn claim_question(&self, _lead: &Lead, id: QuestionId) -> Result<bool, StoreError> {
        sqlx::query("UPDATE kept_questions SET sending = 1 WHERE question_id = $1 AND sending = 0")
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(|error| self.failed(error))
    }

    /// It certainly was not sent: it is told later. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it will not be told.
    pub async fn release_question(&self, id: QuestionId) -> Result<(), StoreError> {
        sqlx::query("UPDATE kept_questions SET sending = 0, tried = NULL WHERE question_id = $1 AND sending = 1")
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// It is told, or nobody knows: never again. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays claimed, and is not told again either.
    pub async fn question_told(&self, id: QuestionId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM kept_questions WHERE question_id = $1")
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// At the start, before the first claim: what was being told when the process ended may have arrived, and goes.
    /// Returns how many those were. Atomic; a second call finds none.
    ///
    /// # Errors
    /// [`StoreError`]: they stay claimed.
    pub async fn recover_questions(&self, _lead: &Lead) -> Result<u64, StoreError> {
        sqlx::query("DELETE FROM kept_questions WHERE sending = 1")
            .execute(&self.durable)
            .await
            .map(|done| done.rows_affected())
            .map_err(|error| self.failed(error))
    }
}
