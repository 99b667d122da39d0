//! The files of a knowledge folder: the only place of this room that touches a disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::limits::{MAX_DEPTH, MAX_FILES, MAX_IMPORTED_BYTES, MAX_TOTAL_BYTES};

/// A file of the shipped folder under its path there.
macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../knowledge/", $path)).as_slice())),*]
    };
}

/// The shipped folder, file by file, so that a build notices when one changes; a test notices when one is added.
static EMBEDDED: [(&str, &[u8]); 6] = shipped![
    "lexicon.toml",
    "masadykov-2026/events.toml",
    "masadykov-2026/interview.en.md",
    "masadykov-2026/judgments.jsonl",
    "masadykov-2026/outside.toml",
    "masadykov-2026/topics.toml",
];

/// The files of a knowledge folder: paths inside it, with `/`, and their bytes, in the order of the paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
}

/// Why a knowledge folder can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing of that name.
    #[error(
        "failed to read knowledge folder `{0}`: there is no such folder; \
         run `onrecord init {0}` to write the shipped one there"
    )]
    Missing(PathBuf),
    /// There is something, but no folder.
    #[error(
        "failed to read knowledge folder `{0}`: it is not a folder; name the folder that holds the interviews' folders"
    )]
    NotAFolder(PathBuf),
    /// There is no file in it.
    #[error(
        "failed to read knowledge folder `{0}`: it is empty; run `onrecord init {0}` to write the shipped one there"
    )]
    Empty(PathBuf),
    /// A file or folder can't be opened.
    #[error("failed to read `{path}`: {why}; let the user who runs the bot read it")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Said above, and therefore no source, which would be said once more.
        why: io::Error,
    },
    /// A link to what is not there.
    #[error("failed to read `{0}`: it is a link that leads nowhere; mend it, or take it out of the knowledge folder")]
    Dangling(PathBuf),
    /// A pipe, a device or a socket: reading it might never end.
    #[error("failed to read `{0}`: it is neither a file nor a folder; take it out of the knowledge folder")]
    NotAFile(PathBuf),
    /// It is beyond the budgets.
    #[error("failed to read knowledge folder `{path}`: it holds more than {budget}; is it the right folder?")]
    TooMuch {
        /// The folder.
        path: PathBuf,
        /// Which budget.
        budget: &'static str,
    },
}

impl Files {
    /// The shipped interview, as it was when the binary was built.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_pairs(EMBEDDED.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())))
    }

    /// Reads a folder. Names that start with a dot (`.git`) are passed over. Links are followed.
    ///
    /// # Errors
    /// [`ReadError`] if the folder is missing, empty, unreadable or beyond the budgets. What is wrong *inside* a file,
    /// its length too, is told by [`load`](super::load()).
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        match fs::metadata(folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(ReadError::NotAFolder(folder.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ReadError::Missing(folder.to_owned())),
            Err(error) => return Err(unreadable(folder)(error)),
        }
        let mut reading = Reading { root: folder, files: BTreeMap::new(), n_bytes: 0 };
        reading.enter(folder, 1)?;
        if reading.files.is_empty() {
            return Err(ReadError::Empty(folder.to_owned()));
        }
        Ok(Self { files: reading.files })
    }

    /// Files from memory.
    #[must_use]
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { files: pairs.into_iter().collect() }
    }

    /// Paths and bytes, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

struct Reading<'f> {
    root: &'f Path,
    files: BTreeMap<String, Vec<u8>>,
    n_bytes: usize,
}

impl Reading<'_> {
    /// Reads a folder and those in it. The depth ends what a link to a folder above would make endless.
    fn enter(&mut self, folder: &Path, depth: usize) -> Result<(), ReadError> {
        for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
            let entry = entry.map_err(unreadable(folder))?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            let found = match fs::metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ReadError::Dangling(path)),
                found => found.map_err(unreadable(&path))?,
            };
            if found.is_file() {
                self.take(&path)?;
            } else if !found.is_dir() {
                return Err(ReadError::NotAFile(path));
            } else if depth < MAX_DEPTH {
                self.enter(&path, depth + 1)?;
            }
        }
        Ok(())
    }

    /// Reads a file, and one byte more than the longest may have: it is enough to tell that it is too long.
    fn take(&mut self, path: &Path) -> Result<(), ReadError> {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(unreadable(path))?;
        file.take(MAX_IMPORTED_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable(path))?;
        self.n_bytes += bytes.len();
        self.files.insert(with_slashes(path.strip_prefix(self.root).unwrap_or(path)), bytes);
        if self.n_bytes > MAX_TOTAL_BYTES {
            return Err(ReadError::TooMuch { path: self.root.to_owned(), budget: "128 MiB" });
        }
        if self.files.len() > MAX_FILES {
            return Err(ReadError::TooMuch { path: self.root.to_owned(), budget: "10,000 files" });
        }
        Ok(())
    }
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ReadError {
    move |why| ReadError::Unreadable { path: path.to_owned(), why }
}

/// A path as it is written in problems, whatever the system separates folders with.
fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
