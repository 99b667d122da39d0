//! A reader's code: what feedback is counted under instead of their number.
//!
//! It is a hash of the number under a random key. A key is made every 30 days and deleted after 60: until then whoever has
//! the database can tell whose a code is by trying numbers, from then on nobody can. The price: who answers the same
//! question again after that counts once more.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use sqlx::AnyConnection;

use crate::domain::UserRef;

/// How long codes are made with one key.
pub const KEY_TURN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a key is kept: a code of its last day is known for as long as the next key is new.
pub const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The bytes of a key.
const SECRET: usize = 32;

/// The bytes of a code: enough that no two readers share one.
const CODE: usize = 16;

/// The code for what this reader gives now, then those of older keys. Makes a key where it is time for one.
pub(super) async fn codes(
    connection: &mut AnyConnection,
    reader: UserRef,
    now: Timestamp,
) -> Result<Vec<String>, sqlx::Error> {
    if secrets(connection, now, KEY_TURN).await?.is_empty() {
        let mut secret = [0; SECRET];
        getrandom::fill(&mut secret).map_err(|error| std::io::Error::other(error.to_string()))?;
        sqlx::query("INSERT INTO reader_keys (made, secret) VALUES ($1, $2) ON CONFLICT (made) DO NOTHING")
            .bind(now.as_millisecond())
            .bind(hex(&secret))
            .execute(&mut *connection)
            .await?;
    }
    known_codes(connection, reader, now).await
}

/// The codes under which this reader may have given something, newest first. Makes none.
pub(super) async fn known_codes(
    connection: &mut AnyConnection,
    reader: UserRef,
    now: Timestamp,
) -> Result<Vec<String>, sqlx::Error> {
    let secrets = secrets(connection, now, KEY_LIFETIME).await?;
    Ok(secrets.iter().map(|secret| code(secret, reader)).collect())
}

/// The keys that are not older than that, newest first.
async fn secrets(
    connection: &mut AnyConnection,
    now: Timestamp,
    age: SignedDuration,
) -> Result<Vec<String>, sqlx::Error> {
    let since = now.saturating_sub(age).map_or(i64::MIN, Timestamp::as_millisecond);
    sqlx::query_scalar("SELECT secret FROM reader_keys WHERE made >= $1 ORDER BY made DESC")
        .bind(since)
        .fetch_all(connection)
        .await
}

/// Key and number are of a fixed length, so that a plain hash of both is one under a key.
fn code(secret: &str, reader: UserRef) -> String {
    let hash = Sha256::new().chain_update(secret).chain_update(reader.0.to_be_bytes()).finalize();
    hex(&hash[..CODE])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::fixture::at;

    async fn of(store: &Store, reader: i64, now: Timestamp) -> Vec<String> {
        codes(&mut store.pool.acquire().await.unwrap(), UserRef(reader), now).await.unwrap()
    }

    #[tokio::test]
    async fn a_code_is_a_readers_own_and_turns_with_the_key() {
        let store = Store::in_memory().await.unwrap();
        let first = of(&store, 7, at(0)).await;
        assert_eq!(of(&store, 7, at(0) + KEY_TURN).await, first);
        assert_ne!(of(&store, 8, at(0)).await, first);
        let then = at(1) + KEY_TURN;
        let second = of(&store, 7, then).await;
        assert_eq!((second.len(), &second[1]), (2, &first[0]), "the old key still tells");
        let later = then + KEY_TURN;
        assert_eq!(of(&store, 7, later).await, second[..1], "and then no more");
    }

    #[tokio::test]
    async fn two_databases_have_nothing_in_common() {
        let (one, other) = (Store::in_memory().await.unwrap(), Store::in_memory().await.unwrap());
        let (one, other) = (of(&one, 7, at(0)).await, of(&other, 7, at(0)).await);
        assert_ne!(one, other);
        assert!(one[0].len() == 2 * CODE && !one[0].contains("00000007"), "{one:?}");
    }

    #[tokio::test]
    async fn who_gave_nothing_gets_no_key_made() {
        let store = Store::in_memory().await.unwrap();
        let mut connection = store.pool.acquire().await.unwrap();
        assert_eq!(known_codes(&mut connection, UserRef(7), at(0)).await.unwrap(), [""; 0]);
    }
}
