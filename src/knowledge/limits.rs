//! How much a knowledge folder may hold: a budget for each thing that a mistake or a bad day could make endless.

/// The longest file an editor writes, in bytes. The shipped interview has 10 kB; a book of 200,000 words has 1 MB.
pub(super) const MAX_FILE_BYTES: usize = 1 << 20;

/// The longest file of a set made from question-and-answer lines (`kind = "faq"`), in bytes.
pub(super) const MAX_IMPORTED_BYTES: usize = 64 << 20;

/// All files of a folder together, in bytes: an imported set with its topics, and room for interviews beside it.
pub(super) const MAX_TOTAL_BYTES: usize = 128 << 20;

/// Files in a folder: six for each of more than a thousand interviews.
pub(super) const MAX_FILES: usize = 10_000;

/// Folders below the knowledge folder that are entered. Two would do; in the third, misplaced files are still told of.
pub(super) const MAX_DEPTH: usize = 3;

/// Passages in all texts together: what the index is built for, and what the length of a key was chosen for.
pub(super) const MAX_PASSAGES: usize = 1_000_000;

/// Problems that are reported; of the rest only the number is told.
pub(super) const MAX_PROBLEMS: usize = 200;
