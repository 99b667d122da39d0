//! What processes on one database tell each other: when the planner last looked, and that somebody has reloaded.

use jiff::Timestamp;
use sqlx::Row;

use crate::domain::Revision;

use super::{Lead, Store, StoreError, instant};

/// The last reload that a process told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldReload {
    /// How many there were; another number is another reload.
    pub n: i64,
    /// To which revision; `None` if there was none yet.
    pub revision: Option<String>,
}

impl Store {
    /// When the planner last looked, as it was last put down; `None` if it never did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn last_look(&self) -> Result<Option<Timestamp>, StoreError> {
        sqlx::query("SELECT looked FROM dispatch WHERE looked > 0")
            .fetch_optional(&self.durable)
            .await
            .and_then(|row| row.map(|row| instant(row.try_get(0)?)).transpose())
            .map_err(|error| self.failed(error))
    }

    /// The planner has looked, and put down what it found. Atomic and idempotent; it never goes back.
    ///
    /// # Errors
    /// [`StoreError`]: the old look stands.
    pub async fn looked(&self, _lead: &Lead, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE dispatch SET looked = $1 WHERE looked < $1")
            .bind(now.as_millisecond())
            .execute(&self.durable)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// Tells the other processes that this one has reloaded, so that they do. Atomic.
    ///
    /// # Errors
    /// [`StoreError`]: they keep what they have.
    pub async fn tell_reload(&self, revision: &Revision) -> Result<(), StoreError> {
        sqlx::query("UPDATE dispatch SET reloads = reloads + 1, reloaded = $1")
            .bind(revision.to_string())
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|error| self.failed(error))
    }

    /// The last reload that a process told of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn told_reload(&self) -> Result<ToldReload, StoreError> {
        sqlx::query("SELECT reloads, reloaded FROM dispatch")
            .fetch_one(&self.pool)
            .await
            .and_then(|row| Ok(ToldReload { n: row.try_get(0)?, revision: row.try_get(1)? }))
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Key;
    use crate::store::fixture::at;

    #[tokio::test]
    async fn a_look_never_goes_back() {
        let store = Store::in_memory().await.unwrap();
        let lead = store.lead().unwrap().unwrap();
        assert_eq!(store.last_look().await.unwrap(), None);
        for (look, last) in [(10, 10), (5, 10), (20, 20)] {
            store.looked(&lead, at(look)).await.unwrap();
            assert_eq!(store.last_look().await.unwrap(), Some(at(last)));
        }
    }

    #[tokio::test]
    async fn a_reload_is_told_each_time() {
        let store = Store::in_memory().await.unwrap();
        assert_eq!(store.told_reload().await.unwrap(), ToldReload::default());
        let revision = Revision(Key::parse("abcdefgh23").unwrap());
        for n in 1..3 {
            store.tell_reload(&revision).await.unwrap();
            let told = ToldReload { n, revision: Some("abcdefgh23".into()) };
            assert_eq!(store.told_reload().await.unwrap(), told);
        }
    }
}
