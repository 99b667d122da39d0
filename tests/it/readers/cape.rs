//! A small knowledge folder, quick to load: the interview of a harbour, which says nothing of its lighthouse until an
//! editor adds that.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use onrecord::app::{KnowledgeSource, Library};
use tempfile::TempDir;

use crate::support::bot;

/// What nobody answers at first.
pub(crate) const LIGHTHOUSE: &str = "Who pays for the lighthouse?";
pub(crate) const LIGHTHOUSE_RU: &str = "Кто платит за маяк?";
/// What is answered from the beginning.
pub(crate) const MOOD: &str = "How does she feel?";
pub(crate) const MOOD_RU: &str = "Какой у неё настрой?";

const INTERVIEW: &str = r#"+++
title = "The harbour has a plan"
kind = "original"
original_language = "en"
asked_by = { en = "The Cape Herald", ru = "Вестник мыса" }
given = 2031-03-01
publisher = "example.org"
url = "https://example.org/interview"

[speaker]
name = { en = "Ann Bern", ru = "Анна Берн" }
role = { en = "Chair of the harbour", ru = "председатель порта" }
+++

## How do you begin?

I am set for productive work. {#a1.1}

We will hold "Barrier-2031" in October, on the territory of Belarus. {#a1.2}
"#;

const TOPICS: &str = r#"
[[topic]]
id = "mood"
title = { en = "Mood", ru = "Настрой" }
passages = ["a1.1"]
phrasings.en = ["How does she feel?", "her mood at the start", "What is her mood?", "is she ready to work"]
phrasings.ru = ["Какой у неё настрой?", "настроение в начале", "С каким настроением она начинает?"]

[[topic]]
id = "exercises"
title = { en = "Exercises", ru = "Учения" }
passages = ["a1.2"]
phrasings.en = ["Which exercises are planned?", "Where is Barrier held?", "When is the exercise?"]
phrasings.ru = ["Какие учения запланированы?", "Где пройдёт «Барьер»?", "Когда учение?"]
"#;

const ADDED_PASSAGE: &str = "\nThe lighthouse is paid for by the owners of the ships. {#a1.3}\n";

const ADDED_TOPIC: &str = r#"
[[topic]]
id = "lighthouse"
title = { en = "The lighthouse", ru = "Маяк" }
passages = ["a1.3"]
phrasings.en = ["Who pays for the lighthouse?", "the costs of the lighthouse", "How is the lighthouse financed?"]
phrasings.ru = ["Кто платит за маяк?", "расходы на маяк", "На какие деньги содержится маяк?"]
"#;

/// The folder on disk.
pub(crate) struct Cape(TempDir);

impl Cape {
    pub(crate) fn write() -> Self {
        let cape = Self(TempDir::new().expect("a temporary folder can be made"));
        fs::create_dir(cape.path().join("cape-2031")).expect("a folder can be made");
        cape.put("interview.en.md", INTERVIEW);
        cape.put("topics.toml", TOPICS);
        cape
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Loads it.
    pub(crate) fn open(&self) -> Arc<Library> {
        bot::open(KnowledgeSource::Folder(self.path().to_owned()))
    }

    /// The lighthouse is answered from the next reload on.
    pub(crate) fn add_the_lighthouse(&self) {
        self.put("interview.en.md", &format!("{INTERVIEW}{ADDED_PASSAGE}"));
        self.put("topics.toml", &format!("{TOPICS}{ADDED_TOPIC}"));
    }

    /// Another revision with the same answers.
    pub(crate) fn change_nothing_of_use(&self) {
        self.put("topics.toml", &format!("# Looked at once more.\n{TOPICS}"));
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path().join("cape-2031").join(name), text).expect("a file can be written");
    }
}
