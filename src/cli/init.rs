//! `init`: writes the embedded knowledge folder out, to be edited.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use crate::knowledge::Files;

use super::Ended;

pub(super) fn init(folder: &Path, out: &mut impl Write) -> anyhow::Result<Ended> {
    let shown = folder.display();
    let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file();
    if taken {
        bail!("failed to write the knowledge to `{shown}`: it exists and is not empty; name a new folder");
    }
    let files = Files::embedded();
    for (path, bytes) in files.iter() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("failed to make `{}`", parent.display()))?;
        }
        fs::write(&path, bytes).with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    writeln!(
        out,
        "wrote {} files to {shown}; set ONRECORD_KNOWLEDGE={shown} to use them, `onrecord check {shown}` to check",
        files.iter().count()
    )?;
    Ok(Ended::Fine)
}
