//! An event whose date another source has given since: what is said goes by that date, and names the source.

use insta::assert_snapshot;
use onrecord::app::KnowledgeSource;

use super::{ann, edit, folder, oleg};
use crate::support::bot::{self, Bot};
use crate::support::fake::{Chat, FakeTelegram, User};
use crate::support::transcript::Transcript;

/// The forum was to be held in 2026; a day of it is known, and over.
async fn talk(person: &User, question: &str) -> String {
    let folder = folder();
    edit(
        &folder.path().join("masadykov-2026/events.toml"),
        "kind = \"meeting\"\nwhen = \"2026\"\npassage = \"a2.5\"",
        "kind = \"meeting\"\nwhen = \"2026\"\nconfirmed = { when = \"2026-11-10\", source = \"https://example.org/forum\" }\npassage = \"a2.5\"",
    );
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let bot = Bot::knowing(&fake, library).await;
    let mut talk = Transcript::new(Chat::private(person), Some((fake, bot))).await;
    talk.says(person, question).await;
    talk.says(person, "/upcoming").await;
    talk.end().await
}

#[tokio::test]
async fn a_confirmed_date_that_is_over_is_said_to_be_over() {
    let talk = talk(&ann(), "What is planned for the international forum on collective security?").await;
    let over = "this bot does not know whether it took place. Date given later: 10 November 2026";
    assert!(talk.contains(over), "{talk}");
    let list = talk.split("/upcoming").nth(1).unwrap();
    let (ahead, past) = list.split_once("Time passed").unwrap();
    let line = "International forum on ensuring collective security";
    assert!(past.contains(line) && !ahead.contains(line), "{list}");
    assert_snapshot!("in_english", talk);
}

#[tokio::test]
async fn a_confirmed_date_is_told_in_russian() {
    assert_snapshot!("in_russian", talk(&oleg(), "Международный форум по обеспечению коллективной безопасности").await);
}
