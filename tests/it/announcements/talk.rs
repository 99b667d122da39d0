//! A small knowledge folder: one talk that names exercises, each with its date.

use std::fs;
use std::path::Path;

const INTERVIEW: &str = r#"+++
title = "A talk"
kind = "original"
original_language = "en"
asked_by = "The Paper"
given = 2026-01-29
publisher = "The Site"
url = "https://example.org/talk"

[speaker]
name = "Ann"
role = "Chair"
+++

## What comes next?

We will hold our exercises this autumn. {#a1.1}
"#;

/// Writes it, with exercises of these names and dates.
pub(super) fn write_knowledge(folder: &Path, exercises: &[(&str, &str)]) {
    let folder = folder.join("a");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let events: Vec<String> = exercises
        .iter()
        .map(|(name, when)| {
            let uid = name.to_lowercase().replace(' ', "-");
            format!(
                "[[event]]\nuid = \"{uid}\"\nname = \"{name}\"\nkind = \"exercise\"\nwhen = \"{when}\"\n\
                 passage = \"a1.1\"\nreviewed = \"2026-08-25\"\n"
            )
        })
        .collect();
    for (name, text) in [("interview.en.md", INTERVIEW), ("events.toml", &events.join("\n"))] {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
}
