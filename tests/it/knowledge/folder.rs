//! What can be wrong with a folder as a whole: files that are missing, too many, too long, unreadable or not text.

use std::fs;

use onrecord::knowledge::{Files, ReadError, Severity, Style, load};

use super::fixture::Folder;

#[test]
fn the_sound_folder_has_no_problem() {
    let loaded = Folder::sound().load();
    assert_eq!(loaded.problems, []);
    assert!(loaded.corpus.is_some());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told_once_and_as_what_it_is() {
    let place = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", place.path().join("topics.toml")).unwrap();
    let error = anyhow::Error::from(Files::read(place.path()).unwrap_err());
    let told = format!("{error:#}");
    assert!(told.contains("topics.toml`: it is a link that leads nowhere; mend it"), "{told}");
    assert!(!told.contains("os error"), "{told}");
}

#[test]
fn a_missing_text_is_one_error_that_names_it() {
    let problems = Folder::sound().without("a/interview.en.md").problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("error: a/interview.en.md:1:1: there is no interview text"), "{problems:?}");
}

#[test]
fn a_fault_of_a_whole_file_is_told() {
    let en = Folder::sound().text("a/interview.en.md");
    let long = [b'#'; (1 << 20) + 1];
    let cases: &[(Folder, &[&str])] = &[
        (
            Folder::sound()
                .without("a/interview.en.md")
                .without("a/topics.toml")
                .without("a/events.toml")
                .without("a/judgments.jsonl")
                .without("a/outside.toml")
                .and("a/x", b""),
            &[
                "error: a/interview.en.md:1:1: there is no interview text; put it here, or in `interview.ru.md`; `onrecord init DIR` shows how",
                "warning: a/topics.toml:1:1: there are no topics; write what people ask; without, only the passages' own words are searched",
                "warning: a/x:1:1: the file is not read; only interview.<language>.md, topics.toml, outside.toml, events.toml and judgments.jsonl are; rename it, or move it elsewhere",
            ],
        ),
        (
            Folder::sound().and("a/interview.de.md", b"Guten Tag"),
            &[
                "warning: a/interview.de.md:1:1: the file is not read; the languages are `en` and `ru`: `interview.en.md`, `interview.ru.md`",
            ],
        ),
        (
            Folder::sound().and("notes.txt", b"?"),
            &["warning: notes.txt:1:1: the file is not read; put it into an interview's folder, or elsewhere"],
        ),
        (
            Folder::sound().and("Моё интервью/interview.en.md", en.as_bytes()),
            &[
                "error: Моё интервью:1:1: the folder's name `Моё интервью` is not an id; an id has up to 64 Latin letters, digits, `.`, `_` and `-`, the first a letter or digit",
            ],
        ),
        (
            Folder::sound().and("a/interview.en.md", b"\xff"),
            &[
                "error: a/interview.en.md:1:1: the byte 0xff is not UTF-8; save the file as UTF-8; is it a half-copied file, or one in another encoding?",
            ],
        ),
        (
            Folder::sound().and("a/interview.en.md", b""),
            &[
                "error: a/interview.en.md:1:1: the file is empty; write the interview here, as `onrecord init` writes it, or delete the file",
            ],
        ),
        (
            Folder::sound().and("a/topics.toml", &long),
            &["error: a/topics.toml:1:1: the file is longer than 1 MiB; split it, or look what got into it"],
        ),
        (
            Folder::sound().and("a/interview.en.md", &[en.as_bytes(), &long].concat()),
            &[
                "error: a/interview.en.md:1:1: the file is longer than 1 MiB; split the interview, or look what got into the file",
            ],
        ),
        (
            Folder::sound().with("lexicon.toml", "[[", "\u{feff}[["),
            &[
                "error: lexicon.toml:1:1: the file starts with a byte order mark (U+FEFF); save it as “UTF-8 without BOM”",
            ],
        ),
    ];
    for (folder, problems) in cases {
        assert_eq!(folder.clone().problems(), *problems);
    }
}

#[test]
fn files_beside_the_interview_may_be_missing() {
    for folder in [
        Folder::sound().without("a/outside.toml"),
        Folder::sound().without("a/events.toml"),
        Folder::sound().without("a/judgments.jsonl"),
        Folder::sound().without("lexicon.toml"),
        Folder::sound().and("a/outside.toml", b"").and("a/events.toml", b"").and("lexicon.toml", b"\n"),
        Folder::sound().and("README.md", b"\xff").and("LICENSE", b"").and("a/README.md", b"?"),
    ] {
        assert_eq!(folder.problems(), [""; 0]);
    }
}

#[test]
fn an_empty_folder_has_no_interview() {
    let loaded = load(&Files::default());
    assert!(loaded.corpus.is_none());
    assert_eq!(loaded.problems[0].what(), "there is no interview");
}

#[test]
fn two_texts_of_an_interview_must_agree() {
    let ru = Folder::sound().text("a/interview.en.md").replace("\"translation\"", "\"original\"");
    assert_eq!(Folder::sound().and("a/interview.ru.md", ru.as_bytes()).problems(), [""; 0]);
    let other = ru.replace("2026-01-29", "2026-01-30").replace("{#a2.2}", "{#a2.3}");
    assert_eq!(
        Folder::sound().and("a/interview.ru.md", other.as_bytes()).problems(),
        [
            "warning: a/interview.en.md:31:1: the passage `a2.2` is not in interview.ru.md; give the same passage the same id in all texts",
            "error: a/interview.ru.md:6:9: `given` is not what interview.en.md says; write the same in all texts; a name in two languages is `{ en = \"…\", ru = \"…\" }` in each",
            "warning: a/interview.ru.md:31:1: no topic points to the passage `a2.3`; name it under the `passages` of a topic in topics.toml",
            "warning: a/interview.ru.md:31:1: the passage `a2.3` is not in interview.en.md; give the same passage the same id in all texts",
        ]
    );
}

#[test]
fn a_problem_is_shown_in_its_line() {
    let loaded = Folder::sound().with("a/topics.toml", "keywords", "keyword").load();
    assert!(loaded.corpus.is_none());
    let problem = &loaded.problems[0];
    assert_eq!((problem.severity(), problem.location().as_str()), (Severity::Error, "a/topics.toml:6:1"));
    assert_eq!(
        problem.render(Style::Plain),
        r#"error: there is no key `keyword`
 --> a/topics.toml:6:1
  |
6 | keyword = { en = ["feelings"], ru = ["чувства"] }
  | ^^^^^^^
  |
  = help: did you mean `keywords`?"#
    );
}

#[test]
fn a_folder_that_cannot_be_read_says_which_and_why() {
    let place = tempfile::tempdir().unwrap();
    let (missing, empty, file) = (place.path().join("missing"), place.path().join("empty"), place.path().join("file"));
    fs::create_dir(&empty).unwrap();
    fs::write(empty.join(".hidden"), "x").unwrap();
    fs::write(&file, "x").unwrap();
    assert!(matches!(Files::read(&missing), Err(ReadError::Missing(path)) if path == missing));
    assert!(matches!(Files::read(&empty), Err(ReadError::Empty(path)) if path == empty));
    assert!(matches!(Files::read(&file), Err(ReadError::NotAFolder(path)) if path == file));
    assert_eq!(
        Files::read(&missing).unwrap_err().to_string(),
        format!(
            "failed to read knowledge folder `{0}`: there is no such folder; run `onrecord init {0}` to write the shipped one there",
            missing.display()
        )
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_and_a_link_to_above_ends() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("a")).unwrap();
    fs::write(place.path().join("a/interview.en.md"), "x").unwrap();
    std::os::unix::fs::symlink(place.path(), place.path().join("a/loop")).unwrap();
    assert!(Files::read(place.path()).unwrap().iter().any(|(path, _)| path == "a/interview.en.md"));
    let _socket = std::os::unix::net::UnixListener::bind(place.path().join("a/socket")).unwrap();
    assert!(matches!(Files::read(place.path()), Err(ReadError::NotAFile(_))));
}

#[test]
fn what_is_written_out_is_read_back() {
    let place = tempfile::tempdir().unwrap();
    let embedded = Files::embedded();
    for (path, bytes) in embedded.iter() {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(Files::read(place.path()).unwrap(), embedded);
}
