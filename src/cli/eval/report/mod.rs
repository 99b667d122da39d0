//! `eval --report DIR`: the evaluation as one page that needs nothing but itself, for people who know nothing of matchers.

mod charts;
mod page;
mod palette;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::app::{Calibration, Judged};
use crate::domain::Corpus;

/// The page's name in its folder.
const PAGE: &str = "index.html";

/// A folder that a page can be written to.
pub(super) struct Report {
    page: PathBuf,
}

/// All that a page shows.
pub(super) struct Contents<'c, 's> {
    pub(super) corpus: &'c Corpus,
    pub(super) judged: &'c [Judged<'s>],
    /// Shown if it was asked for.
    pub(super) calibration: Option<&'c Calibration>,
}

impl Report {
    /// Makes the folder and an empty page, before a long evaluation is made for nothing.
    ///
    /// # Errors
    /// If the folder or the page cannot be written.
    pub(super) fn into_folder(folder: &Path) -> anyhow::Result<Self> {
        let advice =
            || format!("failed to write the report to `{}`; name a folder that can be written", folder.display());
        fs::create_dir_all(folder).with_context(advice)?;
        let page = folder.join(PAGE);
        fs::File::options().create(true).append(true).open(&page).with_context(advice)?;
        Ok(Self { page })
    }

    /// Writes the page, over one that is there, and tells where.
    ///
    /// # Errors
    /// If it cannot be drawn or written.
    pub(super) fn write(self, contents: &Contents<'_, '_>) -> anyhow::Result<PathBuf> {
        let page = page::page(contents)?;
        fs::write(&self.page, page)
            .with_context(|| format!("failed to write the report to `{}`", self.page.display()))?;
        Ok(self.page)
    }
}
