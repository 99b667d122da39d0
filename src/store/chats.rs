//! What a chat chose: its language. A chat that chose nothing is not stored.

use sqlx::Row;

use crate::domain::Language;

use super::{Store, StoreError};

impl Store {
    /// The language the chat chose; `None` if it chose none, or one that this version does not speak.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn language(&self, chat: i64) -> Result<Option<Language>, StoreError> {
        let code: Option<String> = sqlx::query("SELECT language FROM chats WHERE chat_id = $1")
            .bind(chat)
            .fetch_optional(&self.pool)
            .await
            .and_then(|row| row.map(|row| row.try_get(0)).transpose())
            .map_err(|error| self.failed(error))?;
        Ok(code.as_deref().and_then(Language::from_code))
    }

    /// Remembers the chat's choice. Atomic and idempotent: the last one counts.
    ///
    /// # Errors
    /// [`StoreError`]: the old choice stands.
    pub async fn set_language(&self, chat: i64, language: Language) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO chats (chat_id, language) VALUES ($1, $2) \
             ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language",
        )
        .bind(chat)
        .bind(language.code())
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// Forgets the chat's choice, and with it that the chat ever made one. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: the old choice stands.
    pub async fn forget_language(&self, chat: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chats WHERE chat_id = $1")
            .bind(chat)
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_choice_counts() {
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.language(-100).await.unwrap(), None);
        store.set_language(-100, Language::Russian).await.unwrap();
        store.set_language(-100, Language::English).await.unwrap();
        assert_eq!(store.language(-100).await.unwrap(), Some(Language::English));
        assert_eq!(store.language(100).await.unwrap(), None);
        store.forget_language(-100).await.unwrap();
        assert_eq!(store.language(-100).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_language_of_another_version_is_no_choice() {
        let store = Store::in_memory().await.unwrap();
        sqlx::query("INSERT INTO chats (chat_id, language) VALUES (1, 'ky')").execute(&store.pool).await.unwrap();
        assert_eq!(store.language(1).await.unwrap(), None);
    }
}
