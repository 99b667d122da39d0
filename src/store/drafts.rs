//! Drafts: an admin's own words, kept while the question whether to announce them stands.

use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};

impl Store {
    /// Keeps a draft. One that is there stays as it is: the same message, read again after a crash, is the same draft.
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is not kept.
    pub async fn keep_draft(&self, id: &str, words: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO drafts (draft_id, words, created) VALUES ($1, $2, $3) ON CONFLICT (draft_id) DO NOTHING",
        )
        .bind(id.to_owned())
        .bind(words.to_owned())
        .bind(now.as_millisecond())
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// The words of a draft; `None` if there is none, or it was long ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn draft(&self, id: &str) -> Result<Option<String>, StoreError> {
        sqlx::query("SELECT words FROM drafts WHERE draft_id = $1")
            .bind(id.to_owned())
            .fetch_optional(&self.pool)
            .await
            .and_then(|row| row.map(|row| row.try_get(0)).transpose())
            .map_err(|error| self.failed(error))
    }

    /// Forgets a draft. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays, until it is swept.
    pub async fn forget_draft(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM drafts WHERE draft_id = $1")
            .bind(id.to_owned())
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::at;
    use crate::store::{DRAFT_LIFETIME, Swept};

    #[tokio::test]
    async fn a_draft_is_kept_as_it_was_first_for_a_day() {
        let store = Store::in_memory().await.unwrap();
        for words in ["words", "other words"] {
            store.keep_draft("7-1", words, at(0)).await.unwrap();
        }
        assert_eq!(store.draft("7-1").await.unwrap().as_deref(), Some("words"));
        store.keep_draft("7-2", "more", at(10)).await.unwrap();
        assert_eq!(store.sweep(at(0) + DRAFT_LIFETIME).await.unwrap(), Swept::default());
        assert_eq!(store.sweep(at(1) + DRAFT_LIFETIME).await.unwrap(), Swept::default(), "its end is no news");
        assert_eq!(store.draft("7-1").await.unwrap(), None);
        for _ in 0..2 {
            store.forget_draft("7-2").await.unwrap();
            assert_eq!(store.draft("7-2").await.unwrap(), None);
        }
    }
}
