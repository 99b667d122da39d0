//! `eval --report`: the page that shows an evaluation to people who know nothing of matchers.

use std::collections::BTreeSet;
use std::fs;

use super::Run;
use super::evaluating::eval;

#[test]
fn the_report_is_one_page_that_needs_nothing_but_itself() {
    let (run, ended) = eval(&["--report", "deep/folder"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.ends_with("wrote deep/folder/index.html\n"), "{}", ended.out);
    let files: Vec<_> = fs::read_dir(run.path().join("deep/folder")).unwrap().collect();
    assert_eq!(files.len(), 1);
    let page = fs::read_to_string(run.path().join("deep/folder/index.html")).unwrap();
    assert_eq!(page.matches("<svg ").count(), 4);
    for outside in ["<script", "<link", "<img", "<iframe", " src=", " href=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(unbalanced(&page), None);
}

#[test]
fn the_report_shows_the_thresholds_where_they_are_asked_for() {
    let (run, ended) = eval(&["--calibrate", "--report", "page"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let page = fs::read_to_string(run.path().join("page/index.html")).unwrap();
    assert_eq!(page.matches("<svg ").count(), 5);
    assert!(page.contains("How sure is sure enough?") && page.contains("cannot measure it any more"));
    assert_eq!(unbalanced(&page), None);
}

#[test]
fn words_from_the_knowledge_are_never_markup_on_the_page() {
    let (run, _) = eval(&["--report", "page"]);
    let page = fs::read_to_string(run.path().join("page/index.html")).unwrap();
    for (written, shown) in [
        ("The <keeper> & the cape", "The &lt;keeper&gt; &amp; the cape"),
        ("Is <amber> gathered & \"sold\"", "Is &lt;amber&gt; gathered &amp; &quot;sold&quot;"),
        ("on <foot>", "on &lt;foot&gt;"),
    ] {
        assert!(!page.contains(written) && page.contains(shown), "{written}");
    }
}

#[test]
fn every_colour_of_a_chart_has_its_dark_look() {
    let (run, _) = eval(&["--calibrate", "--report", "page"]);
    let page = fs::read_to_string(run.path().join("page/index.html")).unwrap();
    let (style, body) = page.split_once("</style>").unwrap();
    for place in ["fill", "stroke"] {
        let drawn: BTreeSet<&str> =
            body.split(&format!(" {place}=\"#")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(!drawn.is_empty());
        for colour in drawn {
            assert!(style.contains(&format!("svg [{place}=\"#{colour}\"]{{")), "{place} #{colour}");
        }
    }
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_asked() {
    let run = Run::new();
    fs::write(run.path().join("taken"), "a file").unwrap();
    fs::create_dir_all(run.path().join("odd/index.html")).unwrap();
    for folder in ["taken", "taken/below", "odd"] {
        let ended = run.arguments(&["eval", "--report", folder]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{folder}");
        assert!(
            ended.err.starts_with(&format!("error: failed to write the report to `{folder}`; name a folder that can")),
            "{}",
            ended.err
        );
    }
}

/// The first tag that is closed without having been opened last, or never closed.
fn unbalanced(page: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split([' ', '\n', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            if open.pop() != Some(closed) {
                return Some(format!("</{closed}>"));
            }
        } else if !tag.ends_with('/') && !["!doctype", "meta", "br"].contains(&name) {
            open.push(name);
        }
    }
    open.pop().map(|name| format!("<{name}>"))
}
