//! The shipped interview: whole, clean, and safe to break.

use std::path::Path;

use jiff::civil::date;
use onrecord::domain::{Corpus, Language, PassageKind, TextKind};
use onrecord::knowledge::{Files, Severity, load};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn shipped() -> Corpus {
    let loaded = load(&Files::embedded());
    let errors: Vec<_> = loaded.problems.iter().filter(|problem| problem.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    loaded.corpus.unwrap()
}

#[test]
fn the_whole_interview_is_there_and_one_gap() {
    let corpus = shipped();
    let text = &corpus.interviews[0].texts[0];
    let ids: Vec<_> = text.passages().map(|passage| passage.id.to_string()).collect();
    let expected: Vec<_> = [(1, 5), (2, 6), (3, 6), (4, 7), (5, 9)]
        .iter()
        .flat_map(|(a, n)| (1..=*n).map(move |p| format!("a{a}.{p}")))
        .collect();
    assert_eq!(ids, expected);
    assert_eq!(text.questions.len(), 5);
    let gaps: Vec<_> = text.passages().filter(|passage| passage.kind == PassageKind::Gap).collect();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].id.as_str(), gaps[0].words.as_str()), ("a2.4", "We plan to continue:"));
}

/// SHA-256 of the published text: the interviewer's questions and the paragraphs of the answers in their order, one a
/// line. It was made from the page as it was retrieved, saved as plain text, and not from the folder:
///
/// ```sh
/// sed -n '/^- Since/,/^VK X OK/p' masadykov-2026.txt | sed '$d' |
///     sed -E 's/^- //; s/\? ?- /?\n/; s/[[:space:]]+$//' | grep -v '^$' | sha256sum
/// ```
///
/// The page sets a dash before a question and before its answer; dashes, blank lines and site furniture are no words.
const PUBLISHED: &str = "c6b87aaa7591f3d2420f76f28df930c8c5b58c46f363058780e5c65304e90bff";

#[test]
fn its_words_are_those_that_were_published() {
    let mut digest = Sha256::new();
    for question in &shipped().interviews[0].texts[0].questions {
        digest.update(format!("{}\n", question.words));
        for passage in &question.passages {
            digest.update(format!("{}\n", passage.words));
        }
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, PUBLISHED);
}

#[test]
fn its_words_are_those_of_the_file() {
    let files = Files::embedded();
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with("interview.en.md")).unwrap();
    let file = str::from_utf8(bytes).unwrap();
    let body = file.split("\n+++\n").nth(1).unwrap();
    let mut written = String::new();
    for question in &shipped().interviews[0].texts[0].questions {
        written += &format!("\n## {}\n", question.words);
        for passage in &question.passages {
            let gap = if passage.kind == PassageKind::Gap { " gap" } else { "" };
            written += &format!("\n{} {{#{}{gap}}}\n", passage.words, passage.id);
        }
    }
    assert_eq!(written, body);
}

#[test]
fn it_says_who_said_it_and_where_it_stands() {
    let corpus = shipped();
    let interview = &corpus.interviews[0];
    let (speaker, text) = (interview.speaker.as_ref().unwrap(), &interview.texts[0]);
    assert_eq!(speaker.name.get(Language::Russian), "Таалатбек Масадыков");
    assert_eq!(speaker.role.get(Language::English), "Secretary General of the CSTO");
    assert_eq!(interview.asked_by.as_ref().unwrap().get(Language::English), "Allies. CSTO");
    assert_eq!(interview.given, Some(date(2026, 1, 29)));
    assert_eq!((interview.original_language, text.kind), (Language::Russian, TextKind::Translation));
    assert_eq!((text.publisher.as_str(), interview.also[0].label.as_str()), ("gazeta.kg", "kaktus.media"));
}

#[test]
fn its_events_are_no_more_exact_than_the_text() {
    let corpus = shipped();
    let whens: Vec<_> = corpus.interviews[0]
        .events
        .iter()
        .map(|event| {
            let when = event.when.as_ref().map(|when| format!("{}..{}", when.first_day(), when.last_day()));
            (event.uid.as_str(), when.unwrap_or_default())
        })
        .collect();
    let (year, next) = ("2026-01-01..2026-12-31".to_owned(), "2027-01-01..2027-12-31".to_owned());
    assert_eq!(
        whens,
        [
            ("csto-presidency-2026", year.clone()),
            ("collective-security-forum-2026", year.clone()),
            ("csto-25-years", next.clone()),
            ("collective-security-treaty-35-years", next),
            ("interaction", String::new()),
            ("search", String::new()),
            ("unbreakable-brotherhood-2026", "2026-10-01..2026-10-31".to_owned()),
            ("barrier-2026", year.clone()),
            ("unga-81-resolution", year.clone()),
            ("csto-sco-cis-roadmap-2026-2028", "2026-01-01..2028-12-31".to_owned()),
            ("central-asia-afghanistan-conference-2026", year),
        ]
    );
}

#[test]
fn a_half_written_interview_is_a_problem() {
    let files: Vec<_> = pairs();
    let (at, length) = files
        .iter()
        .enumerate()
        .find(|(_, (path, _))| path.ends_with(".en.md"))
        .map(|(n, (_, b))| (n, b.len()))
        .unwrap();
    let mut n_sound = 0;
    for end in (0..length).step_by(307) {
        let mut files = files.clone();
        files[at].1.truncate(end);
        n_sound += usize::from(load(&Files::from_pairs(files)).corpus.is_some());
    }
    // A cut may fall just behind a passage that nothing refers to.
    assert!(n_sound <= 1, "{n_sound}");
}

/// The shipped files, to be changed.
fn pairs() -> Vec<(String, Vec<u8>)> {
    Files::embedded().iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
}

/// What mistakes and accidents put into files.
fn splinter() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..4),
        proptest::sample::select(vec![
            "\"",
            "'''",
            "[",
            "]",
            "{",
            "}",
            "[[",
            "]]",
            "=",
            ",",
            "\n",
            "\n\n",
            "+++",
            "## ",
            "{#",
            "{#a1.1}",
            " gap}",
            "\u{feff}",
            "\u{202e}",
            "\r\n",
            "#",
            "\\",
            "\\u0000",
            "я",
            "'",
            "en",
            "[[topic]]",
            "2031-02-30",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn no_change_of_bytes_makes_loading_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40usize, splinter()), 1..6)
    ) {
        let mut files = pairs();
        for (file, at, n_bytes, splinter) in changes {
            let bytes = &mut file.get_mut(&mut files).1;
            let start = at.index(bytes.len() + 1);
            let end = bytes.len().min(start + n_bytes);
            bytes.splice(start..end, splinter);
        }
        let loaded = load(&Files::from_pairs(files));
        let broken = loaded.problems.iter().any(|problem| problem.severity() == Severity::Error);
        prop_assert_eq!(loaded.corpus.is_none(), broken);
        for problem in &loaded.problems {
            prop_assert!(!problem.render(onrecord::knowledge::Style::Plain).is_empty());
        }
    }
}

#[test]
fn the_binary_holds_every_file_of_the_shipped_folder() {
    let folder = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")).unwrap();
    assert_eq!(Files::embedded(), folder);
}
