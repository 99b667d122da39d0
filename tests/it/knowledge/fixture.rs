//! A small sound knowledge folder, and ways to break it.

use onrecord::knowledge::{Files, Loaded, load};

/// A folder without any problem. Its lines are what the tables of problems count.
const SOUND: [(&str, &str); 6] = [
    (
        "a/interview.en.md",
        r#"+++
title = "A talk"
kind = "translation"
original_language = "ru"
asked_by = "The Paper"
given = 2026-01-29
publisher = "The Site"
url = "https://example.org/talk"
retrieved = 2026-02-01

[speaker]
name = { en = "Ann", ru = "Анна" }
role = "Chair"

[[also]]
label = "Elsewhere"
language = "ru"
url = "https://example.org/ru"
+++

## How do you begin?

I am set for productive work. {#a1.1}

We will hold "Barrier-2031" in October, on the territory of Belarus. {#a1.2}

## What comes next?

We plan to continue: {#a2.1 gap}

The roadmap provides for media projects. {#a2.2}
"#,
    ),
    (
        "a/topics.toml",
        r#"[[topic]]
id = "mood"
title = { en = "Mood", ru = "Настрой" }
passages = ["a1.1"]
phrasings = { en = ["How does she feel?"], ru = ["Какой у неё настрой?"] }
keywords = { en = ["feelings"], ru = ["чувства"] }
follow_ups = ["plans"]

[[topic]]
id = "plans"
title = "Plans"
passages = ["a1.2", "a2.2"]
phrasings = { en = ["What is planned?"], ru = ["Что планируется?"] }
note = "Dates are the translation's."
quote = "on the territory of Belarus"
"#,
    ),
    (
        "a/outside.toml",
        r#"[[outside]]
near = "plans"
phrasings = { en = ["How many troops?"], ru = ["Сколько солдат?"] }
"#,
    ),
    (
        "a/events.toml",
        r#"[[event]]
uid = "barrier-2031"
name = { en = "Barrier-2031", ru = "Барьер-2031" }
kind = "exercise"
when = "2031-10"
place = "Belarus"
passage = "a1.2"
reviewed = "2026-02-01"
outcome = { kind = "held", source = "https://example.org/after" }
"#,
    ),
    (
        "a/judgments.jsonl",
        r#"{"id":"q1","lang":"en","style":"direct","question":"How is she?","gold":["a1.1"],"key":"productive"}
{"id":"q2","lang":"ru","style":"near_oos","question":"Сколько стоит?","gold":[],"key":""}
"#,
    ),
    (
        "lexicon.toml",
        r#"[[synonyms]]
words = ["UN", "ООН"]

[[synonyms]]
words = ["drills", "учения"]
pervasive = true
"#,
    ),
];

/// The sound folder's files, to be changed.
#[derive(Clone)]
pub(super) struct Folder(Vec<(String, Vec<u8>)>);

impl Folder {
    pub(super) fn sound() -> Self {
        Self(SOUND.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// With `new` where `old` stands first in a file; the file is named as its interview's folder sees it.
    pub(super) fn with(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(old), "{path} does not hold {old:?}");
        let text = text.replacen(old, new, 1);
        self.and(path, text.as_bytes())
    }

    /// With a file, in place of one of that name.
    pub(super) fn and(self, path: &str, bytes: &[u8]) -> Self {
        let mut folder = self.without(path);
        folder.0.push((path.to_owned(), bytes.to_vec()));
        folder
    }

    pub(super) fn without(mut self, path: &str) -> Self {
        self.0.retain(|(name, _)| name != path);
        self
    }

    /// A file's text.
    pub(super) fn text(&self, path: &str) -> String {
        let found = self.0.iter().find(|(name, _)| name == path);
        String::from_utf8(found.expect("a file of the folder").1.clone()).expect("the sound folder is UTF-8")
    }

    pub(super) fn load(self) -> Loaded {
        load(&self.files())
    }

    pub(super) fn files(self) -> Files {
        Files::from_pairs(self.0)
    }

    /// Every problem as its line.
    pub(super) fn problems(self) -> Vec<String> {
        self.load().problems.iter().map(ToString::to_string).collect()
    }
}

/// Checks that each change of a file gives exactly these problems.
#[track_caller]
pub(super) fn broken(path: &str, cases: &[(&str, &str, &[&str])]) {
    for (old, new, problems) in cases {
        assert_eq!(Folder::sound().with(path, old, new).problems(), *problems, "{old:?} → {new:?}");
    }
}

/// Checks that each change of a file gives no problem.
#[track_caller]
pub(super) fn sound(path: &str, cases: &[(&str, &str)]) {
    for (old, new) in cases {
        assert_eq!(Folder::sound().with(path, old, new).problems(), [""; 0], "{old:?} → {new:?}");
    }
}
