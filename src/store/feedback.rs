//! Feedback: counted per passage and revision, under a code of its reader that expires. No reader's number rests here.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{Feedback, Key, Reason, Revision, UserRef};

use super::reader_keys::{codes, known_codes};
use super::{Store, StoreError, unreadable};

/// So much of one reader counts; a person gives far less, and a machine could fill the table.
pub const MAX_FEEDBACK: i64 = 300;

/// How long feedback is kept.
pub const FEEDBACK_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// An answer: a passage as it was quoted from a revision of the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Which passage. One whose words have changed has another key.
    pub passage: Key,
    /// What the passage was found with.
    pub revision: Revision,
}

/// What readers said of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Which.
    pub answer: Answered,
    /// So many had their question answered.
    pub yes: u32,
    /// So many had not, with or without a reason.
    pub no: u32,
    /// The reasons that were given.
    pub reasons: BTreeMap<Reason, u32>,
}

impl Store {
    /// Counts what a reader says of an answer; what they said of it before counts no more, but a plain no takes no reason
    /// back. `false` if so much of them is counted that nothing more is. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it counts as before.
    pub async fn give_feedback(
        &self,
        reader: UserRef,
        answer: &Answered,
        feedback: Feedback,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.give(reader, answer, feedback, now).await.map_err(|error| self.failed(error))
    }

    async fn give(
        &self,
        reader: UserRef,
        answer: &Answered,
        feedback: Feedback,
        now: Timestamp,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let codes = codes(&mut transaction, reader, now).await?;
        let known = find(&mut transaction, &codes, answer).await?;
        let feedback = match (&known, feedback) {
            (Some((_, Feedback::No(Some(reason)))), Feedback::No(None)) => Feedback::No(Some(*reason)),
            (_, feedback) => feedback,
        };
        let counts = match (known, codes.first()) {
            (Some((code, _)), _) => put(&mut transaction, &code, answer, feedback, now).await?,
            (None, Some(code)) if n_of(&mut transaction, code).await? < MAX_FEEDBACK => {
                put(&mut transaction, code, answer, feedback, now).await?
            }
            (None, _) => false,
        };
        transaction.commit().await?;
        Ok(counts)
    }

    /// What this reader said of that answer, as far as it can be told to be theirs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn feedback_on(
        &self,
        reader: UserRef,
        answer: &Answered,
        now: Timestamp,
    ) -> Result<Option<Feedback>, StoreError> {
        let done = async {
            let mut connection = self.pool.acquire().await?;
            let codes = known_codes(&mut connection, reader, now).await?;
            find(&mut connection, &codes, answer).await
        };
        done.await.map(|known| known.map(|(_, feedback)| feedback)).map_err(|error| self.failed(error))
    }

    /// On how many answers this reader gave feedback, as far as it can be told to be theirs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn n_feedback_of(&self, reader: UserRef, now: Timestamp) -> Result<i64, StoreError> {
        let done = async {
            let mut connection = self.pool.acquire().await?;
            let mut n = 0;
            for code in known_codes(&mut connection, reader, now).await? {
                n += n_of(&mut connection, &code).await?;
            }
            Ok(n)
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// What readers said of each answer, by passage and revision.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tallies(&self) -> Result<Vec<Tally>, StoreError> {
        let done = async {
            let rows = sqlx::query(
                "SELECT passage, revision, helpful, reason, COUNT(*) FROM feedback \
                 GROUP BY passage, revision, helpful, reason ORDER BY passage, revision",
            )
            .fetch_all(&self.pool)
            .await?;
            let mut tallies: Vec<Tally> = Vec::new();
            for row in &rows {
                let answer = Answered { passage: key(row, 0)?, revision: Revision(key(row, 1)?) };
                let (feedback, n) = (read(row, 2)?, u32::try_from(row.try_get::<i64, _>(4)?).unwrap_or(u32::MAX));
                if tallies.last().is_none_or(|last| last.answer != answer) {
                    tallies.push(Tally { answer, yes: 0, no: 0, reasons: BTreeMap::new() });
                }
                let Some(tally) = tallies.last_mut() else { continue };
                match feedback {
                    Feedback::Yes => tally.yes += n,
                    Feedback::No(reason) => {
                        tally.no += n;
                        reason.into_iter().for_each(|reason| *tally.reasons.entry(reason).or_default() += n);
                    }
                }
            }
            Ok(tallies)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

/// Takes away what this reader gave, as far as it can be told to be theirs.
pub(super) async fn forget_feedback(
    connection: &mut AnyConnection,
    reader: UserRef,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    for code in known_codes(connection, reader, now).await? {
        sqlx::query("DELETE FROM feedback WHERE reader = $1").bind(code).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What was said of that answer under one of these codes, and under which.
async fn find(
    connection: &mut AnyConnection,
    codes: &[String],
    answer: &Answered,
) -> Result<Option<(String, Feedback)>, sqlx::Error> {
    for code in codes {
        let row =
            sqlx::query("SELECT helpful, reason FROM feedback WHERE reader = $1 AND passage = $2 AND revision = $3")
                .bind(code.clone())
                .bind(answer.passage.to_string())
                .bind(answer.revision.to_string())
                .fetch_optional(&mut *connection)
                .await?;
        if let Some(row) = row {
            return Ok(Some((code.clone(), read(&row, 0)?)));
        }
    }
    Ok(None)
}

/// The day is enough to know when a count is old; the minute would tell of a reader.
async fn put(
    connection: &mut AnyConnection,
    code: &str,
    answer: &Answered,
    feedback: Feedback,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let (helpful, reason) = match feedback {
        Feedback::Yes => (1_i64, None),
        Feedback::No(reason) => (0, reason),
    };
    let given = now.as_millisecond().div_euclid(DAY_MS) * DAY_MS;
    sqlx::query(
        "INSERT INTO feedback (reader, passage, revision, helpful, reason, given) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (reader, passage, revision) \
         DO UPDATE SET helpful = excluded.helpful, reason = excluded.reason, given = excluded.given",
    )
    .bind(code.to_owned())
    .bind(answer.passage.to_string())
    .bind(answer.revision.to_string())
    .bind(helpful)
    .bind(reason.map(|reason| reason.name().to_owned()))
    .bind(given)
    .execute(connection)
    .await
    .map(|_| true)
}

async fn n_of(connection: &mut AnyConnection, code: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT COUNT(*) FROM feedback WHERE reader = $1")
        .bind(code.to_owned())
        .fetch_one(connection)
        .await
}

/// From two columns. A reason that this version does not know is none.
fn read(row: &AnyRow, column: usize) -> Result<Feedback, sqlx::Error> {
    let reason: Option<String> = row.try_get(column + 1)?;
    Ok(match row.try_get::<i64, _>(column)? {
        0 => Feedback::No(reason.as_deref().and_then(Reason::parse)),
        _ => Feedback::Yes,
    })
}

fn key(row: &AnyRow, column: usize) -> Result<Key, sqlx::Error> {
    let text: String = row.try_get(column)?;
    Key::parse(&text).ok_or_else(|| unreadable("the key", &text))
}

#[cfg(test)]
mod tests;
