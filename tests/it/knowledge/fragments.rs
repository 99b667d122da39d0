//! Links to passages: each fragment leads to its passage and to nothing else in the text.

use onrecord::domain::{Corpus, Text};
use onrecord::knowledge::{Files, load};

use super::fixture::Folder;

/// The fragments of a text of two answers, the passages given.
fn fragments(first: &[&str], second: &[&str]) -> Vec<String> {
    let passages = |answer: &[&str], n: usize| -> String {
        answer.iter().enumerate().map(|(i, words)| format!("{words} {{#b{n}.{i}}}\n\n")).collect()
    };
    let front = Folder::sound().text("a/interview.en.md");
    let front = front.split("## ").next().unwrap();
    let text = format!("{front}## How do you begin?\n\n{}## And then?\n\n{}", passages(first, 1), passages(second, 2));
    let corpus = load(&Files::from_pairs([("a/interview.en.md".to_owned(), text.into_bytes())])).corpus.unwrap();
    corpus.interviews[0].texts[0].passages().map(|passage| passage.fragment.replace("#:~:text=", "")).collect()
}

#[test]
fn a_short_passage_is_named_whole_and_a_long_one_by_its_ends() {
    for (passage, fragment) in [
        ("I am set for productive work.", "I%20am%20set%20for%20productive%20work"),
        ("Yes.", "Yes"),
        ("One two three four five six seven eight nine.", "One%20two%20three,eight%20nine"),
        (
            "«Там», – it's co-operation, really & truly.",
            "%D0%A2%D0%B0%D0%BC%C2%BB%2C%20%E2%80%93%20it%27s%20co%2Doperation%2C%20really%20%26%20truly",
        ),
        ("We go on and on and so it goes on and so it goes.", "We%20go%20on,goes%20on%20and%20so%20it%20goes"),
        ("…", ""),
    ] {
        assert_eq!(fragments(&[passage], &["Nothing else."])[0], fragment, "{passage}");
    }
}

#[test]
fn words_that_stand_elsewhere_are_not_enough() {
    for (first, second, of_first) in [
        // The start has to be longer.
        (
            vec!["We will go on with our work in the north and east."],
            vec!["WE WILL GÓ home."],
            "We%20will%20go%20on,and%20east",
        ),
        // The title and the questions are on the page too.
        (vec!["How do you do it every day of the long year?"], vec!["So."], "How%20do%20you%20do,long%20year"),
        // Twins: what stands before tells them apart.
        (vec!["No comment.", "Well, we begin.", "That is all."], vec!["Well, we begin."], ""),
        (vec!["Well."], vec!["Well."], ""),
    ] {
        let found = fragments(&first, &second);
        assert!(found[0].starts_with(of_first), "{first:?}: {found:?}");
        assert_eq!(found[0].is_empty(), first == second, "{first:?}: {found:?}");
    }
}

#[test]
fn twins_are_told_apart_by_their_neighbours_in_the_same_answer() {
    assert_eq!(
        fragments(&["No comment.", "We begin."], &["We begin.", "That is all."]),
        ["No%20comment", "comment%2E-,We%20begin", "We%20begin%2E,-That", "That%20is%20all"]
    );
    // Across answers a page has marks that the text does not have.
    assert_eq!(fragments(&["We begin."], &["We begin."]), ["", ""]);
}

#[test]
fn every_shipped_passage_has_a_fragment_that_leads_to_it_alone() {
    let corpus = load(&Files::embedded()).corpus.unwrap();
    for text in texts(&corpus) {
        let page = page(text);
        for passage in text.passages().filter(|passage| passage.id.as_str() != "a2.4") {
            let directive = decoded(passage.fragment.strip_prefix("#:~:text=").unwrap());
            let parts: Vec<_> = directive.split("\u{0}").collect();
            assert_eq!(page.matches(&parts[0].to_lowercase()).count(), 1, "{}: {directive}", passage.id);
            assert!(passage.words.starts_with(parts[0]), "{}", passage.id);
            let end = parts.last().unwrap();
            assert!(passage.words.trim_end_matches(['.', '"', ',']).ends_with(end), "{}: {end}", passage.id);
        }
    }
}

fn texts(corpus: &Corpus) -> impl Iterator<Item = &Text> {
    corpus.interviews.iter().flat_map(|interview| &interview.texts)
}

/// All that is on the page of the text, in lower case.
fn page(text: &Text) -> String {
    let mut page = text.title.clone();
    for question in &text.questions {
        page.push('\n');
        page.push_str(&question.words);
        for passage in &question.passages {
            page.push('\n');
            page.push_str(&passage.words);
        }
    }
    page.to_lowercase()
}

/// A directive as a browser reads it, its parts separated by a zero.
fn decoded(directive: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = directive.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
            }
            b',' => bytes.push(0),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}
