//! How the bot behaves in each group. A group that chose nothing is not stored.

use sqlx::Row;

use crate::domain::{Language, Lifetime, Manners, Venue};

use super::{Store, StoreError};

impl Store {
    /// What that group chose. What another version wrote and this one does not know counts as not chosen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn manners(&self, chat: i64) -> Result<Manners, StoreError> {
        let row = sqlx::query("SELECT lifetime, venue, language FROM manners WHERE chat_id = $1")
            .bind(chat)
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok(Manners::default()) };
        let read = || -> Result<Manners, sqlx::Error> {
            let language: Option<String> = row.try_get(2)?;
            Ok(Manners {
                lifetime: Lifetime::of_minutes(row.try_get(0)?).unwrap_or_default(),
                venue: Venue::of_code(row.try_get(1)?).unwrap_or_default(),
                language: language.as_deref().and_then(Language::from_code),
            })
        };
        read().map_err(|error| self.failed(error))
    }

    /// Remembers what that group chose, or forgets it if that is the default. Atomic and idempotent: the last one counts.
    ///
    /// # Errors
    /// [`StoreError`]: the old choice stands.
    pub async fn set_manners(&self, chat: i64, manners: Manners) -> Result<(), StoreError> {
        let query = if manners == Manners::default() {
            sqlx::query("DELETE FROM manners WHERE chat_id = $1").bind(chat)
        } else {
            sqlx::query(
                "INSERT INTO manners (chat_id, lifetime, venue, language) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (chat_id) DO UPDATE SET lifetime = excluded.lifetime, venue = excluded.venue, \
                 language = excluded.language",
            )
            .bind(chat)
            .bind(manners.lifetime.minutes())
            .bind(manners.venue.code())
            .bind(manners.language.map(Language::code))
        };
        query.execute(&self.pool).await.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Forgets all that is stored of a group's manners: its choice, its keepers, its troubles, what was to be taken back.
    /// Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: it stays.
    pub async fn forget_group(&self, chat: i64) -> Result<(), StoreError> {
        let done = async {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            for sql in [
                "DELETE FROM manners WHERE chat_id = $1",
                "DELETE FROM keepers WHERE chat_id = $1",
                "DELETE FROM troubles WHERE chat_id = $1",
                "DELETE FROM passing WHERE chat_id = $1",
            ] {
                sqlx::query(sql).bind(chat).execute(&mut *transaction).await?;
            }
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// A group has another number now: what it chose and who keeps it follow, unless the new one has its own. Numbers of
    /// messages are forgotten: the new chat counts its own. Atomic and idempotent.
    ///
    /// # Errors
    /// [`StoreError`]: nothing moved.
    pub async fn move_group(&self, from: i64, to: i64) -> Result<(), StoreError> {
        if from == to {
            return Ok(());
        }
        let done = async {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            for sql in [
                "INSERT INTO manners (chat_id, lifetime, venue, language) SELECT $2, lifetime, venue, language \
                 FROM manners WHERE chat_id = $1 ON CONFLICT (chat_id) DO NOTHING",
                "INSERT INTO keepers (chat_id, user_id, since, title, language) SELECT $2, user_id, since, title, language \
                 FROM keepers WHERE chat_id = $1 ON CONFLICT (chat_id, user_id) DO NOTHING",
            ] {
                sqlx::query(sql).bind(from).bind(to).execute(&mut *transaction).await?;
            }
            transaction.commit().await
        };
        done.await.map_err(|error| self.failed(error))?;
        self.forget_group(from).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserRef;
    use crate::store::Keeper;
    use crate::store::fixture::at;

    const CHOSEN: Manners =
        Manners { lifetime: Lifetime::Minutes30, venue: Venue::Private, language: Some(Language::Russian) };

    async fn n_rows(store: &Store) -> i64 {
        let sql = "SELECT (SELECT COUNT(*) FROM manners) + (SELECT COUNT(*) FROM keepers) \
                   + (SELECT COUNT(*) FROM troubles) + (SELECT COUNT(*) FROM passing)";
        sqlx::query_scalar(sql).fetch_one(&store.pool).await.unwrap()
    }

    #[tokio::test]
    async fn the_last_choice_counts_and_none_is_not_stored() {
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
        for manners in [CHOSEN, Manners { language: None, ..CHOSEN }, Manners { lifetime: Lifetime::Day, ..CHOSEN }] {
            store.set_manners(-1, manners).await.unwrap();
            assert_eq!(store.manners(-1).await.unwrap(), manners);
        }
        assert_eq!(store.manners(-2).await.unwrap(), Manners::default());
        store.set_manners(-1, Manners::default()).await.unwrap();
        assert_eq!(n_rows(&store).await, 0);
    }

    #[tokio::test]
    async fn what_another_version_wrote_is_no_choice() {
        let store = Store::in_memory().await.unwrap();
        let sql = "INSERT INTO manners (chat_id, lifetime, venue, language) VALUES (-1, 7, 'elsewhere', 'ky')";
        sqlx::query(sql).execute(&store.pool).await.unwrap();
        assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
    }

    async fn a_group(store: &Store, chat: i64) {
        store.set_manners(chat, CHOSEN).await.unwrap();
        store.add_keeper(chat, Keeper { user: UserRef(7), language: None }, None, at(1)).await.unwrap();
        store.trouble(crate::store::fixture::chat(chat), "a", at(1)).await.unwrap();
        store.take_back(chat, 5, at(1)).await.unwrap();
    }

    #[tokio::test]
    async fn nothing_of_a_group_is_kept_once_the_bot_is_out() {
        let store = Store::in_memory().await.unwrap();
        a_group(&store, -1).await;
        a_group(&store, -2).await;
        assert_eq!(n_rows(&store).await, 8);
        for _ in 0..2 {
            store.forget_group(-1).await.unwrap();
            assert_eq!(n_rows(&store).await, 4);
        }
        assert_eq!(store.manners(-2).await.unwrap(), CHOSEN);
    }

    #[tokio::test]
    async fn what_a_group_chose_moves_with_it() {
        let store = Store::in_memory().await.unwrap();
        a_group(&store, -1).await;
        for _ in 0..2 {
            store.move_group(-1, -1001).await.unwrap();
            assert_eq!(store.manners(-1001).await.unwrap(), CHOSEN);
            assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
            assert_eq!(n_rows(&store).await, 2, "numbers of messages do not move");
        }
        store.move_group(-1001, -1001).await.unwrap();
        let other = Manners { venue: Venue::Here, ..CHOSEN };
        store.set_manners(-3, other).await.unwrap();
        store.move_group(-1001, -3).await.unwrap();
        assert_eq!(store.manners(-3).await.unwrap(), other, "the new one has its own");
    }
}
