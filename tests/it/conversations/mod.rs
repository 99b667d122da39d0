//! Twelve conversations in each language, over HTTP, as snapshots: every reply in them is one to be quoted with.
//!
//! Buttons show what they carry, links where they lead. The day is 23 November 2026.

mod announcing;
mod cards;
mod checking;
mod confirmed;
mod english;
mod groups;
mod long;
mod more;
mod readers;
mod russian;
mod searching;
mod settings;
mod taking_along;

use std::fs;
use std::path::Path;

use onrecord::app::KnowledgeSource;
use onrecord::knowledge::Files;

use crate::support::bot::{self, ADMIN, Bot};
use crate::support::fake::{Chat, FakeTelegram, User};
use crate::support::transcript::Transcript;

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

fn oleg() -> User {
    User::new(8, "Олег").speaking("ru")
}

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

fn admin(language: &str) -> User {
    User::new(ADMIN, "Admin").speaking(language)
}

/// The shipped folder, written out to be edited.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in Files::embedded().iter() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Replaces the one place of `old` in a file.
fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old:?} stands once in {}", file.display());
    fs::write(file, text.replace(old, new)).unwrap();
}

/// An admin breaks the folder, reloads, mends it, reloads.
async fn reloads(admin: &User, question: &str) -> String {
    let folder = folder();
    let file = folder.path().join("masadykov-2026/topics.toml");
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let bot = Bot::knowing(&fake, library).await;
    let mut talk = Transcript::new(Chat::private(admin), Some((fake, bot))).await;
    edit(&file, "passages = [\"a5.7\"]", "passages = [\"a5.77\"]\ncolour = \"red\"");
    talk.note("topics.toml now points to a passage that is not there, and has a key nobody knows");
    talk.says(admin, "/reload").await;
    talk.says(admin, question).await;
    edit(&file, "passages = [\"a5.77\"]\ncolour = \"red\"", "passages = [\"a5.7\", \"a5.9\"]");
    talk.note("mended: the topic has one passage more");
    talk.says(admin, "/reload").await;
    talk.says(admin, "/reload").await;
    // The folder lies somewhere else at each run, and revisions hash nothing but the files.
    talk.end().await
}
