//! `init`: writes the embedded knowledge folder out, to be edited.

use std::io::Write;
use std::path::Path;

use crate::knowledge::Files;

use super::{Ended, import};

pub(super) fn init(folder: &Path, out: &mut impl Write) -> anyhow::Result<Ended> {
    let shown = folder.display();
    let files = Files::embedded();
    import::write(&files, folder)?;
    writeln!(
        out,
        "wrote {} files to {shown}; set ONRECORD_KNOWLEDGE={shown} to use them, `onrecord check {shown}` to check",
        files.iter().count()
    )?;
    Ok(Ended::Fine)
}
