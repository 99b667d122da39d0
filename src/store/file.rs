//! The file of a database: where it is, and that it is there, for its owner alone.

use std::path::{Path, PathBuf};

use super::StoreError;

/// `sqlite://PATH` or `sqlite:PATH`.
pub(super) fn path_of(url: &str) -> Result<PathBuf, StoreError> {
    let refuse = |why| Err(StoreError::Address { url: url.to_owned(), why });
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return refuse("only SQLite files are supported");
    };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    match path {
        "" => refuse("it names no file"),
        ":memory:" => refuse("it would be lost at the end"),
        _ if path.contains('?') => refuse("options after `?` are not supported"),
        _ => Ok(PathBuf::from(path)),
    }
}

/// Makes the file if there is none, for its owner alone (`Any` does not make it, and SQLite would make it readable
/// for all; its log files copy the mode). The result is absolute.
pub(super) fn make(path: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let unopenable = |why: String| StoreError::Unopenable { path: name.to_owned(), why };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if !folder.is_dir() {
        return Err(StoreError::NoFolder { path: name.to_owned() });
    }
    if path.is_dir() {
        return Err(unopenable("it is a folder".to_owned()));
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path: name.to_owned() },
        std::io::ErrorKind::StorageFull => StoreError::Full { path: name.to_owned() },
        std::io::ErrorKind::PermissionDenied if path.exists() => StoreError::ReadOnly { path: name.to_owned() },
        _ => unopenable(error.to_string()),
    })?;
    std::path::absolute(path).map_err(|error| unopenable(error.to_string()))
}

/// An address that survives being parsed as a URL, whatever is in the path.
pub(super) fn address_of(path: &Path) -> String {
    let mut address = "sqlite://".to_owned();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'_' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
