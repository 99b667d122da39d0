//! A glance at a database that a bot may be running on: nothing in it is changed, not even its version.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};

use crate::domain::{EventUid, ScheduleRevision};

use super::StoreError;
use super::events::{revision, uid};
use super::file::{address_of, path_of};
use super::open::install_driver;

/// How often each event's schedule has changed, as the bot on that database has counted it. No database, and one of
/// before there were events, is none counted.
///
/// # Errors
/// [`StoreError`], where the file may not be read or is no database.
pub async fn schedule_revisions(url: &str) -> Result<BTreeMap<EventUid, ScheduleRevision>, StoreError> {
    let path = path_of(url)?;
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let name = path.display().to_string();
    let failed = |error| StoreError::from_sqlx(&name, error);
    let path = std::path::absolute(&path)
        .map_err(|error| StoreError::Unopenable { path: name.clone(), why: error.to_string() })?;
    install_driver();
    let mut connection = AnyConnection::connect(&format!("{}?mode=ro", address_of(&path))).await.map_err(failed)?;
    let tables = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'events'";
    let n_tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut connection).await.map_err(failed)?;
    let rows = match n_tables {
        0 => Vec::new(),
        _ => sqlx::query("SELECT uid, revision FROM events").fetch_all(&mut connection).await.map_err(failed)?,
    };
    connection.close().await.map_err(failed)?;
    let read = |row: &AnyRow| Ok((uid(row.try_get(0)?)?, revision(row.try_get(1)?)?));
    rows.iter().map(read).collect::<Result<_, sqlx::Error>>().map_err(failed)
}
