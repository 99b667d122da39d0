//! How the bot behaves in each group. A group that chose nothing is not stored.

use sqlx::{AnyConnection, Row};

use crate::domain::{Language, Lifetime, Manners, Venue};

use super::{Store, StoreError};

impl Store {
    /// What that group chose. What another version wrote and this one does not know counts as not chosen.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn manners(&self, chat: i64) -> Result<Manners, StoreError> {
        let done = async { chosen(&mut *self.pool.acquire().await?, chat).await };
        done.await.map_err(|error| self.failed(error))
    }

    /// Changes what that group chose, and gives what it is now; the default is forgotten. Atomic: what two people change
    /// at the same time is both changed.
    ///
    /// # Errors
    /// [`StoreError`]: the old choice stands.
    pub async fn change_manners(
        &self,
        chat: i64,
        change: impl FnOnce(Manners) -> Manners,
    ) -> Result<Manners, StoreError> {
        let done = async {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            let manners = change(chosen(&mut transaction, chat).await?);
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
            query.execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(manners)
        };
        done.await.map_err(|error| self.failed(error))
    }
}

async fn chosen(connection: &mut AnyConnection, chat: i64) -> Result<Manners, sqlx::Error> {
    let row = sqlx::query("SELECT lifetime, venue, language FROM manners WHERE chat_id = $1")
        .bind(chat)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Manners::default()) };
    let language: Option<String> = row.try_get(2)?;
    Ok(Manners {
        lifetime: Lifetime::of_minutes(row.try_get(0)?).unwrap_or_default(),
        venue: Venue::of_code(row.try_get(1)?).unwrap_or_default(),
        language: language.as_deref().and_then(Language::from_code),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOSEN: Manners =
        Manners { lifetime: Lifetime::Minutes30, venue: Venue::Private, language: Some(Language::Russian) };

    #[tokio::test]
    async fn the_last_choice_counts_and_none_is_not_stored() {
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
        for manners in [CHOSEN, Manners { language: None, ..CHOSEN }, Manners { lifetime: Lifetime::Day, ..CHOSEN }] {
            assert_eq!(store.change_manners(-1, |_| manners).await.unwrap(), manners);
            assert_eq!(store.manners(-1).await.unwrap(), manners);
        }
        assert_eq!(store.manners(-2).await.unwrap(), Manners::default());
        store.change_manners(-1, |_| Manners::default()).await.unwrap();
        let n_rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM manners").fetch_one(&store.pool).await.unwrap();
        assert_eq!(n_rows, 0);
    }

    #[tokio::test]
    async fn what_another_version_wrote_is_no_choice() {
        let store = Store::in_memory().await.unwrap();
        let sql = "INSERT INTO manners (chat_id, lifetime, venue, language) VALUES (-1, 7, 'elsewhere', 'ky')";
        sqlx::query(sql).execute(&store.pool).await.unwrap();
        assert_eq!(store.manners(-1).await.unwrap(), Manners::default());
    }

    /// Two processes, or two administrators whose presses are handled side by side.
    #[tokio::test]
    async fn two_changes_at_once_are_both_made() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let (one, other) = (Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap());
        for _ in 0..20 {
            let (first, second) = tokio::join!(
                one.change_manners(-1, |manners| Manners { venue: Venue::Private, ..manners }),
                other.change_manners(-1, |manners| Manners { lifetime: Lifetime::Day, ..manners }),
            );
            first.unwrap();
            second.unwrap();
            let both = Manners { venue: Venue::Private, lifetime: Lifetime::Day, language: None };
            assert_eq!(one.manners(-1).await.unwrap(), both);
            one.change_manners(-1, |_| Manners::default()).await.unwrap();
        }
    }
}
