//! What can go wrong with the database, told to the operator with what to do about it.

use std::error::Error;

/// The database could not be opened, read or written. Each text names it and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is not one that can be opened.
    #[error("cannot use the database `{url}`: {why}; write it as sqlite://PATH")]
    Address {
        /// As configured.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The folder it should be in does not exist.
    #[error("cannot open the database `{path}`: its folder does not exist; create it or set another path")]
    NoFolder {
        /// The file.
        path: String,
    },
    /// There is no such file, and none is to be made.
    #[error("there is no database `{path}`; the bot makes it when it first runs, or set ONRECORD_DATABASE")]
    Missing {
        /// The file.
        path: String,
    },
    /// The file cannot be created or opened.
    #[error("cannot open the database `{path}`: {why}; check the path and its permissions")]
    Unopenable {
        /// The file.
        path: String,
        /// What the system says.
        why: String,
    },
    /// The file, its folder or its file system may not be written.
    #[error("cannot write the database `{path}`: it is read-only; make the file and its folder writable for this user")]
    ReadOnly {
        /// The file.
        path: String,
    },
    /// There is no space left.
    #[error("cannot write the database `{path}`: the disk is full; free some space")]
    Full {
        /// The file.
        path: String,
    },
    /// Another process has kept it locked for longer than the busy timeout.
    #[error("cannot use the database `{path}`: another process keeps it locked; stop that process")]
    Locked {
        /// The file.
        path: String,
    },
    /// The file is damaged, or no database at all.
    #[error("cannot read the database `{path}`: {why}; move the file away (a new one is made) or restore a backup")]
    Damaged {
        /// The file.
        path: String,
        /// What was found.
        why: String,
    },
    /// A database of another program.
    #[error("will not use the database `{path}`: it belongs to another program; set another path")]
    Foreign {
        /// The file.
        path: String,
    },
    /// Written by another version of the bot. Nothing was changed in it.
    #[error(
        "will not use the database `{path}`: {why}; nothing was changed in it; run the version that wrote it, or set \
         another path"
    )]
    OtherVersion {
        /// The file.
        path: String,
        /// How it differs.
        why: String,
    },
    /// Anything else.
    #[error("the database `{path}` failed: {cause}")]
    Failed {
        /// The file.
        path: String,
        /// What was reported. Said above, and therefore no source, which would be said once more.
        cause: Box<dyn Error + Send + Sync>,
    },
}

impl StoreError {
    /// Sorts by SQLite's result code (<https://www.sqlite.org/rescode.html>).
    pub(super) fn from_sqlx(path: &str, error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(reported) => reported.code().and_then(|code| code.parse().ok()),
            // A value that this bot would never have written.
            sqlx::Error::Decode(cause) => return Self::Damaged { path: path.to_owned(), why: cause.to_string() },
            _ => None,
        };
        Self::sorted(path, code, error.into())
    }

    /// `code`: the extended result code, whose low byte is the primary one.
    fn sorted(path: &str, code: Option<i32>, cause: Box<dyn Error + Send + Sync>) -> Self {
        let path = path.to_owned();
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => Self::Locked { path },
            Some(8) => Self::ReadOnly { path },
            Some(11) => Self::Damaged { path, why: "it is damaged".to_owned() },
            Some(13) => Self::Full { path },
            Some(14) => Self::Unopenable { path, why: "the system refuses it".to_owned() },
            Some(26) => Self::Damaged { path, why: "it is not a database".to_owned() },
            _ => Self::Failed { path, cause },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_code_tells_what_to_do() {
        for (code, told) in [
            (Some(5), "another process keeps it locked"),
            (Some(261), "another process keeps it locked"), // SQLITE_BUSY_RECOVERY
            (Some(8), "it is read-only"),
            (Some(1032), "it is read-only"), // SQLITE_READONLY_DBMOVED
            (Some(13), "the disk is full"),
            (Some(14), "check the path and its permissions"),
            (Some(11), "it is damaged"),
            (Some(26), "it is not a database"),
            (Some(10), "failed: cause"),
            (Some(19), "failed: cause"),
            (None, "failed: cause"),
        ] {
            let error = StoreError::sorted("a/b.db", code, "cause".into()).to_string();
            assert!(error.contains(told) && error.contains("`a/b.db`"), "{code:?}: {error}");
        }
    }
}
