//! Kept questions: what a reader asked, was not answered, and wants to be told once it can be.
//!
//! They are the one thing besides the inbox that holds a reader's words. Each goes as soon as it is told or withdrawn.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{Language, Revision};

use super::{Store, StoreError, first_number, instant};

/// So many are kept for one reader.
pub const MAX_KEPT: usize = 10;

/// So many are kept in all: trying all of them again takes seconds.
pub(super) const MAX_KEPT_IN_ALL: i64 = 10_000;

/// How long a question is kept.
pub const KEPT_LIFETIME: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The number of a kept question, never given out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub i64);

/// A question that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptQuestion {
    /// Its number.
    pub id: QuestionId,
    /// The private chat it was asked in.
    pub chat: i64,
    /// The message that asked it.
    pub message: i32,
    /// As it was asked.
    pub words: String,
    /// The language to answer in.
    pub language: Language,
    /// Since when.
    pub kept: Timestamp,
}

/// A question to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewQuestion<'a> {
    /// The private chat it was asked in.
    pub chat: i64,
    /// The message that asked it.
    pub message: i32,
    /// As it was asked.
    pub words: &'a str,
    /// The language to answer in.
    pub language: Language,
    /// The revision that had no answer.
    pub tried: &'a Revision,
}

/// What became of a question that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, and maybe was before.
    Yes(QuestionId),
    /// Its reader has [`MAX_KEPT`] already.
    TooManyOfReader,
    /// There are as many as can be tried again within seconds.
    TooMany,
}

impl Store {
    /// Keeps a question, safe from a power loss. One of the same words in the same chat stays as it is, but is told as a
    /// reply to the newer message. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is not kept.
    pub async fn keep_question(&self, new: NewQuestion<'_>, now: Timestamp) -> Result<Kept, StoreError> {
        self.keep(new, now).await.map_err(|error| self.failed(error))
    }

    async fn keep(&self, new: NewQuestion<'_>, now: Timestamp) -> Result<Kept, sqlx::Error> {
        let mut transaction = self.begin_durable().await?;
        let of_reader = of_chat(&mut transaction, new.chat).await?;
        if let Some(known) = of_reader.iter().find(|kept| kept.words == new.words) {
            sqlx::query("UPDATE kept_questions SET message_id = $1 WHERE question_id = $2")
                .bind(i64::from(new.message))
                .bind(known.id.0)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            return Ok(Kept::Yes(known.id));
        }
        if of_reader.len() >= MAX_KEPT {
            return Ok(Kept::TooManyOfReader);
        }
        let n: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM kept_questions").fetch_one(&mut *transaction).await?;
        if n >= MAX_KEPT_IN_ALL {
            return Ok(Kept::TooMany);
        }
        let id = first_number(&mut transaction, "question", 1).await?;
        sqlx::query(
            "INSERT INTO kept_questions (question_id, chat_id, message_id, words, language, kept, tried) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(new.chat)
        .bind(i64::from(new.message))
        .bind(new.words.to_owned())
        .bind(new.language.code())
        .bind(now.as_millisecond())
        .bind(new.tried.to_string())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Kept::Yes(QuestionId(id)))
    }

    /// What is kept for a reader, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept_of(&self, chat: i64) -> Result<Vec<KeptQuestion>, StoreError> {
        let done = async { of_chat(&mut *self.durable.acquire().await?, chat).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// A reader withdraws a question of theirs. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is kept.
    pub async fn withdraw_question(&self, id: QuestionId, chat: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM kept_questions WHERE question_id = $1 AND chat_id = $2")
            .bind(id.0)
            .bind(chat)
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Forgets all that is kept for a reader. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is kept.
    pub async fn withdraw_questions_of(&self, chat: i64) -> Result<(), StoreError> {
        let done = async { forget_kept(&mut *self.durable.acquire().await?, chat).await };
        done.await.map_err(|error| self.failed(error))
    }
}

pub(super) async fn forget_kept(connection: &mut AnyConnection, chat: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM kept_questions WHERE chat_id = $1").bind(chat).execute(connection).await.map(|_| ())
}

/// The columns that [`read`] reads, and the table.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT question_id, chat_id, message_id, words, language, kept FROM kept_questions ", $rest)
    };
}
pub(super) use select;

async fn of_chat(connection: &mut AnyConnection, chat: i64) -> Result<Vec<KeptQuestion>, sqlx::Error> {
    let rows = sqlx::query(select!("WHERE chat_id = $1 ORDER BY question_id")).bind(chat).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// A language that this version does not speak is English.
pub(super) fn read(row: &AnyRow) -> Result<KeptQuestion, sqlx::Error> {
    let language: String = row.try_get(4)?;
    Ok(KeptQuestion {
        id: QuestionId(row.try_get(0)?),
        chat: row.try_get(1)?,
        message: i32::try_from(row.try_get::<i64, _>(2)?).unwrap_or_default(),
        words: row.try_get(3)?,
        language: Language::from_code(&language).unwrap_or(Language::English),
        kept: instant(row.try_get(5)?)?,
    })
}

#[cfg(test)]
mod tests;
