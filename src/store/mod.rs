//! The bot's memory: one SQLite file, through sqlx's `Any` and SQL that PostgreSQL would read alike.
//!
//! Every public method is one atomic transaction, and says whether it may be repeated; none leaves this room. SQL
//! stands nowhere else. There is one connection: SQLite has one writer anyway, and so no method waits for a lock of
//! another. Commits are `synchronous = NORMAL`: they outlive the process (`kill -9`), and the last ones may be lost
//! with the power, when Telegram's copy of an unconfirmed update is gone too only for those just confirmed.
//!
//! What people wrote rests here only until it is handled. `secure_delete` overwrites it, and [`Store::sweep`] empties
//! the write-ahead log, where a copy would otherwise linger.

mod chats;
mod error;
mod freezes;
mod inbox;
mod open;
mod sweep;

use std::sync::Arc;

use jiff::Timestamp;
use sqlx::AnyPool;

pub use error::StoreError;
pub use inbox::{Arrived, Begun, Waiting};
pub use sweep::{BODY_LIFETIME, ID_LIFETIME, Swept};

/// A handle on the database; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    /// What errors call the database.
    name: Arc<str>,
}

impl Store {
    /// Waits for what is under way and closes the file, its write-ahead log folded in. Later calls fail.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Names the database in an error.
    fn failed(&self, error: sqlx::Error) -> StoreError {
        StoreError::from_sqlx(&self.name, error)
    }

    /// A stored number of milliseconds as an instant; no instant is a damaged database.
    fn instant(&self, millis: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(millis).map_err(|error| self.failed(sqlx::Error::Decode(error.into())))
    }
}
