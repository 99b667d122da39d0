//! `eval`: labelled questions in; numbers, mistakes and thresholds out.

use std::fs;

use insta::assert_snapshot;

use super::lighthouse;
use super::{Ended, Run};

/// `eval` of the lighthouse.
pub(super) fn eval(arguments: &[&str]) -> (Run, Ended) {
    let run = Run::new();
    let folder = lighthouse::write_into(run.path());
    let run = run.with("ONRECORD_KNOWLEDGE", folder);
    let ended = run.arguments(&[&["eval"], arguments].concat());
    (run, ended)
}

#[test]
fn it_holds_the_floor() {
    let ended = Run::new().arguments(&["eval"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{}", ended.out);
    assert!(
        ended.out.starts_with("330 questions about masadykov-2026 (English: 220, Russian: 110)\n"),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("below the floor"), "{}", ended.out);
}

#[test]
fn what_falls_below_the_floor_is_told_and_fails() {
    let run = Run::new();
    assert_eq!(run.arguments(&["init", "kb"]).code, Some(0));
    let judgments = run.path().join("kb/masadykov-2026/judgments.jsonl");
    let run = run.with("ONRECORD_KNOWLEDGE", "kb");
    let wrong =
        r#"{"id":"w1","lang":"en","style":"near_oos","question":"Which exercises are planned?","gold":[],"key":""}"#;
    for (judged, short) in [
        (
            wrong,
            "below the floor: English: right 0.000, at least 0.910\n\
             below the floor: English: outside quoted 1.000, at most 0.000\n\
             below the floor: Russian: no question was asked\n",
        ),
        (
            "",
            "no judgments: put labelled questions into judgments.jsonl\n\
             below the floor: English: no question was asked\n\
             below the floor: Russian: no question was asked\n",
        ),
    ] {
        fs::write(&judgments, judged).unwrap();
        let ended = run.arguments(&["eval"]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""), "{}", ended.out);
        assert!(ended.out.ends_with(short), "{}", ended.out);
    }
}

#[test]
fn it_says_how_often_the_answers_are_right_and_how_they_go_wrong() {
    let (_, ended) = eval(&["--wrong"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "in a pipe no bar is drawn");
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    assert_snapshot!(ended.out);
}

#[test]
fn knowledge_without_judgments_has_nothing_to_score() {
    let run = Run::new();
    let folder = lighthouse::write_into(run.path());
    fs::write(run.path().join("lighthouse/cape-2031/judgments.jsonl"), "").unwrap();
    let run = run.with("ONRECORD_KNOWLEDGE", folder);
    for arguments in [&["eval"][..], &["eval", "--calibrate"], &["eval", "--report", "page"]] {
        let ended = run.arguments(arguments);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
        assert_eq!(ended.out, "no judgments: put labelled questions into judgments.jsonl\n");
    }
    assert!(!run.path().join("page/index.html").exists(), "an empty page would look like a result");
}

#[test]
fn calibrating_shows_the_price_of_other_thresholds_and_what_it_was_computed_on() {
    let (_, ended) = eval(&["--calibrate"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.lines().all(|line| line.chars().count() <= 110), "{}", ended.out);
    assert_snapshot!(ended.out);
}

#[test]
fn what_is_calibrated_to_is_kept_where_it_can_be() {
    let ended = Run::new().arguments(&["eval", "--calibrate"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.contains("computed on 317 of the 330 judgments"), "{}", ended.out);
    let is_kept = ended.out.contains("\nproposed  as it is\n");
    let from = if is_kept { "now" } else { "proposed" };
    let proposed = ended.out.lines().skip_while(|line| !line.starts_with(from)).nth(1).unwrap_or_default();
    let quoted: Vec<f64> = proposed
        .split([' ', ';'])
        .skip_while(|word| *word != "answered:")
        .filter_map(|word| word.parse().ok())
        .take(2)
        .collect();
    assert!(quoted[0] / quoted[1] <= 0.03, "{proposed}");
}

#[test]
fn question_sets_are_scored_and_calibrated_by_their_folder() {
    let run = Run::new();
    let set = run.path().join("sets/cape");
    fs::create_dir_all(&set).unwrap();
    let faq = r#"{"id": "p1", "answer": "The lighthouse was lit in March.", "phrasings": ["When was the lighthouse lit?"]}
{"id": "p2", "answer": "The ferry crosses twice a day.", "phrasings": ["How often does the ferry cross?"]}
"#;
    let asked = r#"{"question": "when did they light the lighthouse", "gold": "p1"}
{"question": "does the ferry cross often", "gold": "p2"}
"#;
    let outside = r#"{"question": "bitcoin price today", "gold": ""}"#;
    for (name, text) in [("faq.jsonl", faq), ("asked.jsonl", asked), ("outside.jsonl", outside)] {
        fs::write(set.join(name), text).unwrap();
    }
    let scored = run.arguments(&["eval", "--sets", "sets"]);
    assert_eq!((scored.code, scored.err.as_str()), (Some(0), ""));
    let row = scored.out.lines().find(|line| line.starts_with("cape/asked.jsonl")).expect("a row for the file");
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells[1..4], ["3", "1.0000", "1.0000"], "{row}");
    let calibrated = run.arguments(&["eval", "--sets", "sets", "--calibrate"]);
    assert_eq!((calibrated.code, calibrated.err.as_str()), (Some(0), ""));
    for part in ["computed on the 3 questions of cape/asked.jsonl: 2 answered, 1 not answered", "\nproposed  "] {
        assert!(calibrated.out.contains(part), "{part}: {}", calibrated.out);
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for arguments in [&["--sets", "x", "--report", "y"][..], &["--sets", "x", "--wrong"], &["--calibrate", "--wrong"]] {
        let ended = Run::new().arguments(&[&["eval"], arguments].concat());
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.err.contains("cannot be used with"), "{}", ended.err);
    }
}
