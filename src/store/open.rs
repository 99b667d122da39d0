//! Opening: the file is made, checked and brought to this version's tables, or left as it was.

use std::sync::Once;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};

use super::file::{address_of, make, path_of};
use super::versions::migrator;
use super::{Store, StoreError};

/// What every connection is told first. `busy_timeout` is for the other connection, and for other processes: a
/// backup, `sqlite3` in a shell.
const PER_CONNECTION: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

/// Tables of a database that sqlx has never migrated: somebody else's.
const FOREIGN_TABLES: &str = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND NOT EXISTS \
                              (SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations')";

/// A write of nothing: it needs all that a real write needs but space.
const WRITE_NOTHING: &str = "DELETE FROM freezes WHERE chat_id IS NULL";

impl Store {
    /// Opens `sqlite://PATH`, making the file (mode 0600) if there is none, and brings its tables to this version.
    ///
    /// Idempotent. Each step is atomic: a crash in between leaves a file that the next call finishes.
    ///
    /// # Errors
    /// Any [`StoreError`]. A database of another version or another program is left as it was.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let path = path_of(url)?;
        let name = path.display().to_string();
        let real = make(&path, &name)?;
        let address = address_of(&real);
        install_driver();
        prepare(&address).await.map_err(|error| told(&name, error))?;
        let connected = |error| StoreError::from_sqlx(&name, error);
        let normal = pool(&address, Commits::OutliveTheProcess).await.map_err(connected)?;
        let durable = pool(&address, Commits::OutliveThePower).await.map_err(connected)?;
        // Whatever links lead to the file, there is one lock for it.
        let file = real
            .canonicalize()
            .map_err(|error| StoreError::Unopenable { path: name.clone(), why: error.to_string() })?;
        Ok(Self { pool: normal, durable, name: name.into(), file: Some(file.into()) })
    }

    /// Opens a database that is there; a bot may be running on it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none: none is made. Else as [`Store::open`].
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        let path = path_of(url)?;
        if !path.exists() {
            return Err(StoreError::Missing { path: path.display().to_string() });
        }
        Self::open(url).await
    }

    /// A database that lives as long as the handle: for the terminal chat, and for tests.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if there is no memory for it.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let name = "in memory";
        install_driver();
        let pool = pool("sqlite::memory:", Commits::OutliveTheProcess)
            .await
            .map_err(|error| StoreError::from_sqlx(name, error))?;
        migrator().run(&pool).await.map_err(|error| told(name, error.into()))?;
        Ok(Self { durable: pool.clone(), pool, name: name.into(), file: None })
    }
}

/// What a commit is safe from.
#[derive(Debug, Clone, Copy)]
enum Commits {
    /// A `kill -9`: a few tens of microseconds each.
    OutliveTheProcess,
    /// A power loss, too: one `fsync`, a few milliseconds each.
    OutliveThePower,
}

impl Commits {
    fn pragma(self) -> &'static str {
        match self {
            Self::OutliveTheProcess => "PRAGMA synchronous = NORMAL",
            Self::OutliveThePower => "PRAGMA synchronous = FULL",
        }
    }
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unfit {
    #[error("tables of another program")]
    Foreign,
    #[error(transparent)]
    Migration(#[from] MigrateError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Checks and migrates over a connection of its own: a pool would repeat a failing first step until a timeout, and
/// then report the timeout.
async fn prepare(address: &str) -> Result<(), Unfit> {
    let mut connection = AnyConnection::connect(address).await?;
    connection.execute(PER_CONNECTION).await?;
    let foreign: i64 = sqlx::query_scalar(FOREIGN_TABLES).fetch_one(&mut connection).await?;
    if foreign > 0 {
        return Err(Unfit::Foreign);
    }
    connection.execute("PRAGMA journal_mode = WAL").await?;
    migrator().run(&mut connection).await?;
    connection.execute(WRITE_NOTHING).await?;
    Ok(connection.close().await?)
}

/// One connection that never closes by itself: an in-memory database would be gone with it.
///
/// Except when a full disk makes SQLite end a transaction on its own. sqlx does not notice, and would refuse every
/// transaction after it, for ever: such a connection is replaced when it is released.
async fn pool(address: &str, commits: Commits) -> Result<AnyPool, sqlx::Error> {
    AnyPoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(PER_CONNECTION).await?;
                connection.execute(commits.pragma()).await.map(|_| ())
            })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                // The answer comes after the rollback that a dropped transaction has queued.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect(address)
        .await
}

fn told(name: &str, unfit: Unfit) -> StoreError {
    let path = name.to_owned();
    match unfit {
        Unfit::Foreign => StoreError::Foreign { path },
        Unfit::Database(error)
        | Unfit::Migration(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            StoreError::from_sqlx(name, error)
        }
        Unfit::Migration(MigrateError::VersionMissing(version)) => StoreError::OtherVersion {
            path,
            why: format!("a newer version of the bot wrote it (its tables: {version})"),
        },
        Unfit::Migration(MigrateError::VersionMismatch(version)) => {
            StoreError::OtherVersion { path, why: format!("its tables of version {version} are not those of this bot") }
        }
        Unfit::Migration(error) => StoreError::Failed { path, cause: error.into() },
    }
}

/// sqlx wants to be told once per process.
pub(super) fn install_driver() {
    static ONCE: Once = Once::new();
    ONCE.call_once(sqlx::any::install_default_drivers);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::Timestamp;

    use super::*;
    use crate::store::Arrived;

    async fn shell(path: &Path, sql: &'static str) -> AnyConnection {
        install_driver();
        let mut connection = AnyConnection::connect(&address_of(path)).await.unwrap();
        connection.execute(sql).await.unwrap();
        connection
    }

    #[tokio::test]
    async fn what_is_admitted_is_there_after_opening_again() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("об #1 100%.db").display());
        let store = Store::open(&url).await.unwrap();
        let batch = [Arrived { id: 1, lane: 0, body: "{}".into() }];
        store.admit(&batch, Timestamp::UNIX_EPOCH).await.unwrap();
        store.close().await;
        assert_eq!(Store::open(&url).await.unwrap().waiting().await.unwrap().len(), 1);
        assert!(folder.path().join("об #1 100%.db").is_file(), "at the very path that was asked for");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
        store.admit(&[], Timestamp::UNIX_EPOCH).await.unwrap();
        for name in ["a.db", "a.db-wal", "a.db-shm"] {
            let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[tokio::test]
    async fn a_connection_is_set_up_as_promised() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
        for (pool, pragma, value) in [
            (&store.pool, "PRAGMA synchronous", 1),
            (&store.durable, "PRAGMA synchronous", 2),
            (&store.pool, "PRAGMA busy_timeout", 5000),
            (&store.durable, "PRAGMA busy_timeout", 5000),
            (&store.pool, "PRAGMA foreign_keys", 1),
            (&store.durable, "PRAGMA foreign_keys", 1),
            (&store.pool, "PRAGMA secure_delete", 1),
            (&store.durable, "PRAGMA secure_delete", 1),
        ] {
            let found: i64 = sqlx::query_scalar(pragma).fetch_one(pool).await.unwrap();
            assert_eq!(found, value, "{pragma}");
        }
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.pool).await.unwrap();
        assert_eq!(mode, "wal");
    }

    #[tokio::test]
    async fn what_cannot_be_opened_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        std::fs::write(folder.path().join("text.db"), "not a database, but long enough to have a header".repeat(9))
            .unwrap();
        for (url, told) in [
            (String::from("postgres://localhost/x"), "only SQLite files are supported"),
            ("onrecord.db".into(), "only SQLite files are supported"),
            ("sqlite://".into(), "it names no file"),
            ("sqlite::memory:".into(), "it would be lost"),
            (at("a.db?mode=rwc"), "options after `?`"),
            (at("missing/a.db"), "its folder does not exist"),
            (at(""), "it is a folder"),
            (at("text.db"), "it is not a database"),
        ] {
            let error = Store::open(&url).await.unwrap_err().to_string();
            let name = url.trim_start_matches("sqlite://");
            assert!(error.contains(told) && error.contains(name), "{url}: {error}");
        }
        assert!(!folder.path().join("missing").exists());
    }

    #[tokio::test]
    async fn a_database_of_a_newer_version_or_another_program_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (newer, edited, foreign) =
            (folder.path().join("n.db"), folder.path().join("e.db"), folder.path().join("f.db"));
        for path in [&newer, &edited] {
            Store::open(&format!("sqlite://{}", path.display())).await.unwrap().close().await;
        }
        let later = "INSERT INTO _sqlx_migrations SELECT 99, 'later', installed_on, success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        shell(&newer, later).await.close().await.unwrap();
        shell(&edited, "UPDATE _sqlx_migrations SET checksum = x'00'").await.close().await.unwrap();
        std::fs::write(&foreign, "").unwrap();
        shell(&foreign, "CREATE TABLE photos (id BIGINT)").await.close().await.unwrap();
        for (path, told) in [(newer, "newer version"), (edited, "not those of this bot"), (foreign, "another program")]
        {
            let before = std::fs::read(&path).unwrap();
            let error = Store::open(&format!("sqlite://{}", path.display())).await.unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
            assert_eq!(std::fs::read(&path).unwrap(), before, "{error}");
        }
    }

    #[tokio::test]
    async fn a_file_that_another_process_keeps_locked_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
        store.pool.execute("PRAGMA busy_timeout = 0").await.unwrap();
        let mut other = shell(&path, "BEGIN IMMEDIATE").await;
        let error = store.handled(1).await.unwrap_err();
        assert!(matches!(error, StoreError::Locked { .. }), "{error}");
        other.execute("ROLLBACK").await.unwrap();
        store.handled(1).await.unwrap();
    }
}
