//! The lead and the custody: of all processes on one database file, one plans and dispatches, and one handles what
//! earlier runs left in the inbox.
//!
//! Each is a lock that the system holds on a file beside the database, and lets go when the process ends, however it
//! ends. The database file itself would not do: closing any handle on it drops the locks that SQLite has there. They say
//! nothing about new updates, which every process may answer. On a network file system it is as good as that system's locks.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::{Store, StoreError};

/// The proof that this process plans and dispatches, for as long as it lives.
#[derive(Debug)]
#[must_use = "the lead ends when this is dropped"]
pub struct Lead {
    /// `None` in memory, where nobody else can be.
    _lock: Option<File>,
}

/// The proof that what is in the inbox and not this process's own belongs to no living process but this one.
#[derive(Debug)]
#[must_use = "the custody ends when this is dropped"]
pub struct Custody {
    _lock: Option<File>,
}

impl Store {
    /// Takes the lead; `None` while another process, or another handle, has it. In memory it is always granted.
    ///
    /// The lock is on `<database>.lock`, which is made (mode 0600) if there is none, and stays.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be made or locked.
    pub fn lead(&self) -> Result<Option<Lead>, StoreError> {
        let Some(file) = &self.file else { return Ok(Some(Lead { _lock: None })) };
        Ok(lock(file, ".lock")?.map(|lock| Lead { _lock: Some(lock) }))
    }

    /// Takes the custody of the inbox; `None` while another process, or another handle, has it. In memory it is always
    /// granted. The lock is on `<database>.inbox.lock`, made as the other.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be made or locked.
    pub fn custody(&self) -> Result<Option<Custody>, StoreError> {
        let Some(file) = &self.file else { return Ok(Some(Custody { _lock: None })) };
        Ok(lock(file, ".inbox.lock")?.map(|lock| Custody { _lock: Some(lock) }))
    }
}

/// Locks the file beside the database; `None` if somebody else has done so.
fn lock(database: &Path, suffix: &str) -> Result<Option<File>, StoreError> {
    let mut path = database.as_os_str().to_owned();
    path.push(suffix);
    let failed = |error: io::Error| sorted(Path::new(&path), &error);
    let lock = make(Path::new(&path)).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn make(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn sorted(path: &Path, error: &io::Error) -> StoreError {
    let path = path.display().to_string();
    match error.kind() {
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => StoreError::ReadOnly { path },
        io::ErrorKind::StorageFull => StoreError::Full { path },
        _ => StoreError::Unopenable { path, why: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open(path: &Path) -> Store {
        Store::open(&format!("sqlite://{}", path.display())).await.unwrap()
    }

    #[tokio::test]
    async fn one_leads_and_the_other_answers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let (first, second) = (open(&path).await, open(&path).await);
        let lead = first.lead().unwrap();
        assert!(lead.is_some());
        assert!(second.lead().unwrap().is_none());
        assert!(first.lead().unwrap().is_none(), "it is one");
        second.freeze(1, jiff::Timestamp::MAX).await.unwrap();
        drop(lead);
        assert!(second.lead().unwrap().is_some(), "and passes on");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn whatever_link_leads_to_the_file_the_lock_is_one() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let first = open(&path).await;
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let lead = first.lead().unwrap();
        assert!(lead.is_some());
        assert!(open(&link).await.lead().unwrap().is_none());
        let mode = std::fs::metadata(folder.path().join("a.db.lock")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[tokio::test]
    async fn a_lock_that_cannot_be_made_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("a.db")).await;
        std::fs::create_dir(folder.path().join("a.db.lock")).unwrap();
        let error = store.lead().unwrap_err().to_string();
        assert!(error.contains("a.db.lock"), "{error}");
    }

    #[tokio::test]
    async fn in_memory_the_lead_is_always_granted() {
        let store = Store::in_memory().await.unwrap();
        let lead = store.lead().unwrap();
        assert!(lead.is_some() && store.lead().unwrap().is_some());
    }
}
