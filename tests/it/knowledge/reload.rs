//! What a reload tells: names of what was added, changed and removed.

use onrecord::domain::Corpus;
use onrecord::knowledge::{Changes, Difference, changes};

use super::fixture::Folder;

fn corpus(folder: Folder) -> Corpus {
    let loaded = folder.load();
    loaded.corpus.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn equal_files_change_nothing() {
    let (old, new) = (corpus(Folder::sound()), corpus(Folder::sound()));
    assert_eq!(old.revision, new.revision);
    assert!(changes(&old, &new).is_empty());
}

#[test]
fn each_change_is_told_by_name() {
    let old = corpus(Folder::sound());
    let new = Folder::sound()
        .with("a/interview.en.md", "media projects", "projects of the media")
        .with("a/interview.en.md", "work. {#a1.1}", "work. {#a1.1}\n\nThank you. {#a1.3}")
        .with("a/topics.toml", "\"a1.2\", \"a2.2\"", "\"a1.2\", \"a2.2\", \"a1.3\"")
        .with("a/events.toml", "barrier-2031", "barrier")
        .with("a/events.toml", "2031-10", "2031-11");
    let told = changes(&old, &corpus(new));
    let expected = Changes {
        passages: Difference { added: names(&["a/a1.3"]), changed: names(&["a/a2.2"]), removed: vec![] },
        topics: Difference { changed: names(&["a/plans"]), ..Difference::default() },
        events: Difference { added: names(&["a/barrier"]), changed: vec![], removed: names(&["a/barrier-2031"]) },
    };
    assert_eq!(told, expected);
}

#[test]
fn a_change_of_words_changes_the_passages_key_and_nothing_elses() {
    let (old, new) =
        (corpus(Folder::sound()), corpus(Folder::sound().with("a/interview.en.md", "media projects", "projects")));
    assert_ne!(old.revision, new.revision);
    let changed: Vec<_> = old
        .placed()
        .zip(new.placed())
        .filter(|(old, new)| old.passage.key != new.passage.key)
        .map(|(old, _)| old.passage.id.as_str())
        .collect();
    assert_eq!(changed, ["a2.2"]);
}
