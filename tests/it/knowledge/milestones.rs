//! The milestones of an event: what can be wrong with them, and what an editor may choose.

use super::events::{EVENTS, OUTCOME, broken_below};
use super::fixture::Folder;

#[test]
fn a_fault_in_the_milestones_is_told_where_it_stands() {
    const HINT: &str = "write how many days before the first day, 366 at most: \"30d\", \"7d\", \"0d\"";
    for (written, at, shown) in [
        (r#"["30d", "1w"]"#, 22, "1w"),
        (r#"["-1d"]"#, 15, "-1d"),
        (r#"["367d"]"#, 15, "367d"),
        (r#"["07d"]"#, 15, "07d"),
        (r#"["30"]"#, 15, "30"),
    ] {
        let told = format!("error: a/events.toml:9:{at}: `{shown}` is not a milestone; {HINT}");
        broken_below(&[(&format!("milestones = {written}"), &[&told])]);
    }
    broken_below(&[
        (
            r#"milestones = ["30d", "0d", "30d"]"#,
            &["error: a/events.toml:9:28: the milestone `30d` is there already; delete one of them"],
        ),
        ("milestones = [30]", &["error: a/events.toml:9:15: this is an integer; write a string in quotes"]),
        (
            r#"milestones = "30d""#,
            &["error: a/events.toml:9:14: this is a string; write a list of strings, such as [\"…\", \"…\"]"],
        ),
    ]);
    let undated =
        Folder::sound().with(EVENTS, "when = \"2031-10\"\n", "").with(EVENTS, OUTCOME, "milestones = [\"7d\"]");
    assert_eq!(
        undated.problems(),
        [
            "error: a/events.toml:8:14: an event with milestones has no date; milestones are days before its first day: add one, such as `when = \"2031-10\"`, or delete them"
        ]
    );
}

#[test]
fn an_editor_may_choose_the_milestones() {
    for (written, days) in [
        ("", None),
        ("milestones = []", Some(vec![])),
        (r#"milestones = ["0d"]"#, Some(vec![0])),
        (r#"milestones = ["0d", "366d", "14d"]"#, Some(vec![366, 14, 0])),
    ] {
        let loaded = Folder::sound().with(EVENTS, OUTCOME, written).load();
        let event = &loaded.corpus.unwrap().interviews[0].events[0];
        let found = event.milestones.as_ref().map(|chosen| chosen.iter().map(|one| one.days()).collect());
        assert_eq!(found, days, "{written}");
    }
    let dated_later = "confirmed = { when = \"2031-10-05\", source = \"https://example.org\" }\nmilestones = [\"3d\"]";
    let folder = Folder::sound().with(EVENTS, "when = \"2031-10\"\n", "").with(EVENTS, OUTCOME, dated_later);
    assert_eq!(folder.problems(), [""; 0]);
}
