//! The README tells the truth: its chat is replayed, its commands and files exist, its numbers are those of `eval`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use onrecord::app::{App, ClockIs, Command, Gauges, Parts, evaluate};
use onrecord::knowledge::{Files, load};
use onrecord::store::Store;
use onrecord::terminal::{self, PERSON, Screen, Style};

use crate::support::bot::{shipped, today};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The lines of the block that is fenced as ```name.
fn block<'r>(readme: &'r str, name: &str) -> &'r str {
    let (_, rest) = readme.split_once(&format!("```{name}\n")).expect("the README has the block");
    rest.split_once("```").expect("the block ends").0
}

#[tokio::test]
async fn its_chat_is_what_the_bot_says() {
    let readme = readme();
    let written = block(&readme, "chat").trim();
    let app = App::for_one(Parts {
        library: shipped(),
        store: Store::in_memory().await.unwrap(),
        clock: today(),
        zone: TimeZone::UTC,
        admins: BTreeSet::from([PERSON]),
        rights: Arc::new(terminal::Everything),
        operator: None,
        gauges: Arc::new(Gauges::new(today(), ClockIs::Real)),
    });
    let screen = Screen::new(Vec::new(), Style::Plain);
    for typed in written.lines().filter_map(|line| line.strip_prefix("? ")) {
        screen.line(&format!("? {typed}\n")).unwrap();
        terminal::say(&app, &today(), &screen, typed).await.unwrap();
    }
    let said = String::from_utf8(screen.into_inner()).unwrap();
    assert!(said.trim() == written, "the README's chat should read:\n\n{said}");
}

#[test]
fn its_numbers_are_those_of_eval() {
    let readme = readme();
    let written = block(&readme, "eval").trim();
    let scores = evaluate(&shipped().snapshot());
    let mut lines = vec![format!("{:26}{:>9}{:>9}", "share of questions", "English", "Russian")];
    let mut row = |what: &str, share: fn(&onrecord::app::Score) -> onrecord::app::Share| {
        let ratios: String = scores.values().map(|score| format!("{:>9.3}", share(score).ratio())).collect();
        lines.push(format!("{what:26}{ratios}"));
    };
    row("right", |score| score.all);
    row("answered: right or choice", |score| score.right_or_choice);
    row("answered: refused", |score| score.refused);
    row("outside: refused", |score| score.outside_refused);
    row("outside: quoted", |score| score.outside_quoted);
    let measured = lines.join("\n");
    assert!(measured.trim() == written, "the README's numbers should read:\n\n{measured}");
}

#[test]
fn its_folder_is_sound_and_has_every_key() {
    let readme = readme();
    let files: Vec<(String, Vec<u8>)> = readme
        .split("```file ")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once('\n').unwrap();
            (name.to_owned(), rest.split_once("```").expect("the block ends").0.as_bytes().to_vec())
        })
        .collect();
    assert_eq!(files.len(), 5);
    let loaded = load(&Files::from_pairs(files));
    assert_eq!(loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
    let interviews = loaded.corpus.expect("it is sound").interviews;
    let counted = (interviews[0].topics.len(), interviews[0].events.len(), interviews[0].judgments.len());
    assert_eq!(counted, (2, 1, 2));
}

#[test]
fn it_names_every_command() {
    let readme = readme();
    for command in Command::ALL {
        assert!(readme.contains(&format!("`/{}", command.name())), "/{} is not in the README", command.name());
    }
}
