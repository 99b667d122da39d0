//! `import`: makes an interview's folder of question-and-answer lines.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::domain::InterviewId;
use crate::knowledge::{self, Changed, Files};

use super::progress::patiently;
use super::{Ended, open};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The lines: `{"id", "answer", "phrasings": ["…"], "url"?}`, one object a line
    #[arg(long, value_name = "FILE")]
    faq: PathBuf,
    /// The folder to make, named as the interview is to be called; its parents are made, too
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn import(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    let folder = &arguments.out;
    let name = folder.file_name().and_then(|name| InterviewId::parse(name.to_str()?));
    let Some(name) = name else {
        bail!(
            "failed to import into `{}`: its name is the interview's, up to 64 Latin letters, digits, `.`, `_` and `-`",
            folder.display()
        );
    };
    let faq = arguments.faq.display().to_string();
    let lines = fs::read(&arguments.faq).with_context(|| format!("failed to read `{faq}`"))?;
    let imported = match patiently("importing the lines", || knowledge::import(&faq, &lines, &name)) {
        Ok(imported) => imported,
        Err(problems) => return open::refuse(&problems, "nothing was imported; mend the lines and try again"),
    };
    write(&imported.files, folder)?;
    writeln!(
        out,
        "wrote {} passages with {} phrasings to {}",
        imported.n_passages,
        imported.n_phrasings,
        folder.display()
    )?;
    for line in changed(imported.changed) {
        writeln!(out, "{line}")?;
    }
    // Whatever else lies in the folder above would be read as knowledge, too: of a bare name that is the working folder.
    match folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => writeln!(out, "to use it: ONRECORD_KNOWLEDGE={}", parent.display())?,
        None => writeln!(out, "to use it: move it into a knowledge folder, and name that in ONRECORD_KNOWLEDGE")?,
    }
    Ok(Ended::Fine)
}

/// Writes files into a folder that is new or empty.
///
/// # Errors
/// If something is there already, or the disk refuses.
pub(super) fn write(files: &Files, folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file();
    if taken {
        bail!("failed to write the knowledge to `{shown}`: it exists and is not empty; name a new folder");
    }
    for (path, bytes) in files.iter() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("failed to make `{}`", parent.display()))?;
        }
        fs::write(&path, bytes).with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    Ok(())
}

/// A line for each kind of change that was made.
fn changed(changed: Changed) -> Vec<String> {
    let counts = [
        (changed.n_breaks, "line breaks became spaces"),
        (changed.n_controls, "control or invisible characters became spaces"),
        (changed.n_marks, "byte order marks (U+FEFF) were left out"),
        (changed.n_phrasings, "phrasings were left out: without a word, or there twice"),
    ];
    counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
}
