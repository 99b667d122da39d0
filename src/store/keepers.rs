//! Keepers of groups: whoever let the bot in, or asked for a group's settings as its administrator.

use jiff::Timestamp;
use sqlx::Row;

use crate::domain::{ChatName, ChatRef, Language, Title, UserRef};

use super::{Store, StoreError};

/// A group that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGroup {
    /// Its number.
    pub chat: i64,
    /// What it was called when it was last seen.
    pub title: Option<Title>,
    /// Whether the bot is out of it, as far as it knows: what is stored of it goes soon.
    pub is_left: bool,
}

impl KeptGroup {
    /// How people know it.
    #[must_use]
    pub const fn name(&self) -> ChatName<'_> {
        ChatName { chat: ChatRef { id: self.chat, thread: None }, title: self.title.as_ref() }
    }
}

/// Somebody who keeps a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeper {
    /// Who.
    pub user: UserRef,
    /// The language of their app, if it told one that the bot speaks.
    pub language: Option<Language>,
}

impl Store {
    /// Remembers that somebody keeps a group, and what it is called, if that is known; for
    /// [`KEEPER_LIFETIME`](super::KEEPER_LIFETIME) from now on. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it is not remembered.
    pub async fn add_keeper(
        &self,
        chat: i64,
        keeper: Keeper,
        title: Option<&Title>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO keepers (chat_id, user_id, since, title, language, renewed) VALUES ($1, $2, $3, $4, $5, $3) \
             ON CONFLICT (chat_id, user_id) DO UPDATE SET title = COALESCE(excluded.title, keepers.title), \
             language = COALESCE(excluded.language, keepers.language), renewed = excluded.renewed",
        )
        .bind(chat)
        .bind(keeper.user.0)
        .bind(now.as_millisecond())
        .bind(title.map(|title| title.as_str().to_owned()))
        .bind(keeper.language.map(Language::code))
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|error| self.failed(error))
    }

    /// The groups that somebody keeps, the latest first, up to `n`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept_by(&self, user: UserRef, n: u32) -> Result<Vec<KeptGroup>, StoreError> {
        let sql = "SELECT k.chat_id, k.title, d.gone_at FROM keepers k LEFT JOIN departures d ON d.chat_id = k.chat_id \
                   WHERE k.user_id = $1 ORDER BY k.since DESC, k.chat_id DESC LIMIT $2";
        sqlx::query(sql)
            .bind(user.0)
            .bind(i64::from(n))
            .fetch_all(&self.pool)
            .await
            .and_then(|rows| {
                rows.iter()
                    .map(|row| {
                        let title: Option<String> = row.try_get(1)?;
                        let gone_at: Option<i64> = row.try_get(2)?;
                        Ok(KeptGroup {
                            chat: row.try_get(0)?,
                            title: title.as_deref().and_then(Title::clean),
                            is_left: gone_at.is_some(),
                        })
                    })
                    .collect()
            })
            .map_err(|error| self.failed(error))
    }

    /// Who keeps a group, the first first, up to `n`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keepers(&self, chat: i64, n: u32) -> Result<Vec<Keeper>, StoreError> {
        sqlx::query("SELECT user_id, language FROM keepers WHERE chat_id = $1 ORDER BY since, user_id LIMIT $2")
            .bind(chat)
            .bind(i64::from(n))
            .fetch_all(&self.pool)
            .await
            .and_then(|rows| {
                rows.iter()
                    .map(|row| {
                        let language: Option<String> = row.try_get(1)?;
                        let language = language.as_deref().and_then(Language::from_code);
                        Ok(Keeper { user: UserRef(row.try_get(0)?), language })
                    })
                    .collect()
            })
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixture::at;

    fn keeper(user: i64) -> Keeper {
        Keeper { user: UserRef(user), language: None }
    }

    fn title(words: &str) -> Option<Title> {
        Title::clean(words)
    }

    #[tokio::test]
    async fn a_keeper_is_known_by_group_and_a_group_by_keeper() {
        let store = Store::in_memory().await.unwrap();
        for (chat, user, second) in [(-1, 7, 3), (-1, 8, 2), (-2, 7, 5), (-1, 7, 9)] {
            store.add_keeper(chat, keeper(user), title("A").as_ref(), at(second)).await.unwrap();
        }
        let russian = Keeper { language: Some(Language::Russian), ..keeper(7) };
        for again in [russian, keeper(7)] {
            store.add_keeper(-2, again, None, at(9)).await.unwrap();
        }
        assert_eq!(store.keepers(-2, 9).await.unwrap(), [russian], "what is known stays known");
        assert_eq!(store.keepers(-1, 9).await.unwrap(), [keeper(8), keeper(7)]);
        assert_eq!(store.keepers(-1, 1).await.unwrap(), [keeper(8)]);
        assert_eq!(store.keepers(-3, 9).await.unwrap(), []);
        let group = |chat, is_left| KeptGroup { chat, title: title("A"), is_left };
        let kept = [group(-2, false), group(-1, false)];
        assert_eq!(store.kept_by(UserRef(7), 9).await.unwrap(), kept);
        assert_eq!(store.kept_by(UserRef(7), 1).await.unwrap(), kept[..1]);
        assert_eq!(store.kept_by(UserRef(9), 9).await.unwrap(), []);
        store.group_is_gone(-2, at(9)).await.unwrap();
        assert_eq!(store.kept_by(UserRef(7), 9).await.unwrap(), [group(-2, true), group(-1, false)]);
    }
}
