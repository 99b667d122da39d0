//! A closer look at a folder that can be used: what an editor would else only notice when readers do.
//!
//! Loading never looks so closely, for it must be quick; `check` does. All that is found are warnings.

mod alike;
mod general;

use super::document::{Document, Need, Section};
use super::file::File;
use super::limits::MAX_IMPORTED_BYTES;
use super::problem::Problem;
use super::problems::Problems;
use super::read::Files;
use super::topics::KEYS;
use crate::domain::{Corpus, Interview, TextKind, Topic};
use crate::text::{stem, tokens};

use alike::Alike;
use general::Index;

/// Warns of phrasings that read alike and ask for different things, of keywords that nearly everything has, and of topics
/// that `is_reached` says nobody reaches. That one is asked of topics with phrasings only, and not of imported sets, which
/// have the questions they have.
///
/// `corpus` is what [`load()`](super::load()) made of the files.
#[must_use]
pub fn review(files: &Files, corpus: &Corpus, is_reached: impl Fn(&Interview, &Topic) -> bool) -> Vec<Problem> {
    let problems = Problems::default();
    for interview in corpus.interviews.iter().filter(|interview| !is_imported(interview)) {
        let mut alike = Alike::default();
        let index = Index::of(interview);
        read(files, interview, "topics.toml", "topic", &KEYS, &problems, |section| {
            let id = section.text("id", Need::May);
            let topic =
                interview.topics.iter().find(|topic| id.as_ref().is_some_and(|id| id.value == topic.id.as_str()));
            let Some(topic) = topic else { return };
            alike.check(section, Some(topic));
            index.check(section, topic);
            if !topic.phrasings.is_empty() && !is_reached(interview, topic) {
                report_unreached(section, topic);
            }
        });
        if interview.outside.is_empty() && !interview.topics.is_empty() {
            let path = format!("{}/outside.toml", interview.id);
            let hint = "write what people may ask and it does not answer: refusing is learned from these; 40 do much";
            problems.file_warning(&path, "nothing tells what the interview does not answer", hint);
        }
        read(files, interview, "outside.toml", "outside", &["near", "phrasings"], &problems, |section| {
            alike.check(section, None);
        });
    }
    problems.into_sorted()
}

fn is_imported(interview: &Interview) -> bool {
    interview.texts.iter().any(|text| text.kind == TextKind::Faq)
}

/// Looks at the tables of one of an interview's files; a file that is not there has none.
fn read(
    files: &Files,
    interview: &Interview,
    name: &str,
    key: &str,
    keys: &[&str],
    problems: &Problems,
    mut look: impl FnMut(&Section<'_>),
) {
    let path = format!("{}/{name}", interview.id);
    let found = files.iter().find(|(at, _)| *at == path);
    let Some(file) = found.and_then(|(path, bytes)| File::decode(path, bytes, MAX_IMPORTED_BYTES, problems)) else {
        return;
    };
    let document = Document::parse(&file, 0..file.text().len());
    document.root(&[key]).sections(key, keys).iter().for_each(&mut look);
}

fn report_unreached(section: &Section<'_>, topic: &Topic) {
    let n = topic.phrasings.len();
    let example = topic.phrasings.first().map_or("", |(_, phrasing)| phrasing);
    section.file().warning(
        section.place_of("id"),
        format!("nobody can reach the topic `{}`: none of its {n} phrasings finds it", topic.id),
        format!(
            "make its phrasings differ from those of others, or join the two; `onrecord ask --explain \"{example}\"` \
             tells what is found instead"
        ),
    );
}

/// The words of a text as matching compares them.
fn stems(text: &str) -> Vec<String> {
    tokens(text).iter().map(|token| stem(&token.word)).collect()
}
