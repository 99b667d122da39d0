//! The bot's memory: one SQLite file, through sqlx's `Any` and SQL that PostgreSQL would read alike.
//!
//! Every public method is one atomic transaction, and says whether it may be repeated; none leaves this room. SQL
//! stands nowhere else.
//!
//! There are two connections, and no method holds one while it waits for the other. The inbox, languages and freezes
//! are committed with `synchronous = NORMAL`: that outlives the process (`kill -9`), and the last commits may be lost
//! with the power, when Telegram's copy of an unconfirmed update is gone too only for those just confirmed. Deliveries
//! and all they depend on are committed with `synchronous = FULL`: after a power loss the bot must still know what it
//! was about to post.
//!
//! # An announcement
//!
//! [`Store::schedule`] knows each event's revision, [`Store::enqueue`] makes deliveries, [`Store::claim`] commits the
//! intent to send them, and an outcome ends each:
//!
//! ```text
//!                 claim                 sent
//! (new) → queued ───────→ sending ──────────────→ sent ←──────┐
//!   │       │ ↑              │ failed                         │ is there
//!   │       │ └──────────────┤ requeue, unclaim               │
//!   │       │ expire         │ ambiguous, recover             │
//!   │       ↓                └──────────────→ ambiguous ──────┤
//!   └──→ missed, superseded, cancelled, failed         post again: queued; drop: cancelled
//! ```
//!
//! What goes back to the queue goes where it belongs by then: if its time has passed it is missed, if a newer one took
//! its place superseded, if its subscription ended or its event was dropped cancelled.
//!
//! What people wrote rests here only until it is handled, but for the questions that somebody wants to be answered later. `secure_delete` overwrites it, and [`Store::sweep_inbox`]
//! empties the write-ahead log, where a copy would otherwise linger.

mod asking;
mod chats;
mod claim;
mod corrections;
mod deliveries;
mod departures;
mod dispatch;
mod doubts;
mod drafts;
mod enqueue;
mod error;
mod events;
mod feedback;
mod file;
mod forgetting;
mod freezes;
mod glance;
mod holds;
mod inbox;
mod keepers;
mod kept;
mod lead;
mod looks;
mod manners;
mod missed;
mod moves;
mod naming;
mod open;
mod outcomes;
mod passing;
mod reader_keys;
mod readers;
mod resetting;
mod settings;
mod settle;
mod subscribing;
mod subscriptions;
mod suspending;
mod sweep;
mod telling;
mod troubles;
mod versions;

#[cfg(test)]
mod crashes;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod model;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, AnyPool, Row, Transaction};

pub use asking::Page;
pub use doubts::Doubts;
pub use enqueue::{NewDelivery, Planned};
pub use error::StoreError;
pub use events::EventSchedule;
pub use feedback::{Answered, FEEDBACK_LIFETIME, MAX_FEEDBACK, Tally};
pub use glance::schedule_revisions;
pub use inbox::{Arrived, Begun, Waiting};
pub use keepers::{Keeper, KeptGroup};
pub use kept::{KEPT_LIFETIME, Kept, KeptQuestion, MAX_KEPT, NewQuestion, QuestionId};
pub use lead::{Custody, Lead};
pub use looks::ToldReload;
pub use passing::Passing;
pub use reader_keys::{KEY_LIFETIME, KEY_TURN};
pub use readers::Resting;
pub use resetting::Reset;
pub use settle::Settlement;
pub use sweep::{
    BODY_LIFETIME, DELIVERY_LIFETIME, DEPARTED_LIFETIME, DRAFT_LIFETIME, ENDED_LIFETIME, ID_LIFETIME, KEEPER_LIFETIME,
    PASSING_LIFETIME, Swept, SweptInbox, TROUBLE_LIFETIME,
};

/// A handle on the database; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    /// The connection for all that may be lost with the power.
    pool: AnyPool,
    /// The connection for deliveries, events and subscriptions. In memory it is the other one.
    durable: AnyPool,
    /// What errors call the database.
    name: Arc<str>,
    /// The file, by the name that all its links lead to; `None` in memory.
    file: Option<Arc<Path>>,
}

impl Store {
    /// Waits for what is under way and closes the file, its write-ahead log folded in. Later calls fail.
    pub async fn close(&self) {
        self.durable.close().await;
        self.pool.close().await;
    }

    /// Begins a transaction that will be safe from a power loss.
    async fn begin_durable(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        self.durable.begin_with("BEGIN IMMEDIATE").await
    }

    /// Names the database in an error.
    fn failed(&self, error: sqlx::Error) -> StoreError {
        StoreError::from_sqlx(&self.name, error)
    }

    /// A stored number of milliseconds as an instant; no instant is a damaged database.
    fn instant(&self, millis: i64) -> Result<Timestamp, StoreError> {
        instant(millis).map_err(|error| self.failed(error))
    }
}

/// A stored number of milliseconds as an instant.
fn instant(millis: i64) -> Result<Timestamp, sqlx::Error> {
    Timestamp::from_millisecond(millis).map_err(|_| unreadable("the time", &millis.to_string()))
}

/// What an error says of a stored value that cannot have been written by this version: the database is damaged.
fn unreadable(what: &str, value: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("it holds {what} `{value}`, which this version cannot read").into())
}

/// Gives out `n` numbers, of which this is the first. Numbers that end up unused are not given out again.
async fn first_number(connection: &mut AnyConnection, name: &'static str, n: usize) -> Result<i64, sqlx::Error> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let rows = sqlx::query("UPDATE numbers SET last = last + $1 WHERE name = $2 RETURNING last")
        .bind(n)
        .bind(name)
        .fetch_all(connection)
        .await?;
    let last: i64 = rows.first().ok_or_else(|| unreadable("no counter", name))?.try_get(0)?;
    Ok(last - n + 1)
}
