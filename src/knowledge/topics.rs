//! `topics.toml`: what people ask, and which passages answer it.

use std::collections::HashMap;

use super::characters::shown;
use super::document::{Document, Located, Need, Section};
use super::file::File;
use super::keys;
use super::nearest::nearest_word;
use super::passages::Passages;
use super::phrasings::{Asks, Phrasings};
use super::problems::Problems;
use super::values::{ID, URL, localised, plain, texts_by_language, url};
use crate::domain::{InterviewId, Language, Localised, PassageId, TextKind, Topic, TopicId};

pub(super) const KEYS: [&str; 9] =
    ["id", "title", "passages", "phrasings", "keywords", "follow_ups", "note", "quote", "url"];

/// The ids that `follow_ups` and `near` can name.
pub(super) struct TopicIds {
    /// Each with its line.
    lines: HashMap<String, usize>,
    known: Known,
}

/// Whether all ids are known. If the file could not be read to its end, a reference to another can't be called dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    All,
    Some,
}

/// The topics of an interview, and what else their file says.
pub(super) struct ReadTopics {
    pub(super) topics: Vec<Topic>,
    pub(super) ids: TopicIds,
    /// In a question-and-answer set: the pages that answers stand on.
    pub(super) pages: HashMap<PassageId, String>,
}

/// Reads the topics of an interview and what refers to them.
pub(super) fn read(
    file: &File<'_>,
    interview: &InterviewId,
    passages: &Passages<'_, '_>,
    phrasings: &mut Phrasings,
) -> ReadTopics {
    let n_errors = file.problems().n_errors();
    let document = Document::parse(file, 0..file.text().len());
    let known = if file.problems().n_errors() > n_errors { Known::Some } else { Known::All };
    let sections = document.root(&["topic"]).sections("topic", &KEYS);
    let mut ids = TopicIds { lines: HashMap::new(), known };
    let own_ids: Vec<_> = sections.iter().map(|section| ids.take(section)).collect();
    let topics: Vec<_> = sections
        .iter()
        .zip(own_ids)
        .filter_map(|(section, id)| topic(section, id, interview, passages, &ids, phrasings))
        .collect();
    if topics.is_empty() && file.problems().n_errors() == n_errors {
        file.warning(0..0, "there is no topic", "write one: [[topic]] with id, title, passages and phrasings");
    }
    // After an error the passages of a topic may be lost, and telling that nothing points to them would be wrong.
    if file.problems().n_errors() == n_errors {
        let found: Vec<PassageId> = topics.iter().flat_map(|topic| topic.passages.iter().cloned()).collect();
        passages.report_unreached(&found);
    }
    let pages = sections.iter().filter_map(|section| page(section, passages)).collect();
    ReadTopics { topics, ids, pages }
}

/// Tells that there is no file of topics.
pub(super) fn report_missing(path: &str, problems: &Problems) {
    problems.file_warning(
        path,
        "there are no topics",
        "write what people ask; without, only the passages' own words are searched",
    );
}

/// What stands for the topics where the file is missing or unreadable, which has been told: not once more at each id of
/// one in another file.
pub(super) fn none() -> ReadTopics {
    let ids = TopicIds { lines: HashMap::new(), known: Known::Some };
    ReadTopics { topics: Vec::new(), ids, pages: HashMap::new() }
}

fn topic(
    section: &Section<'_>,
    id: Option<TopicId>,
    interview: &InterviewId,
    passages: &Passages<'_, '_>,
    ids: &TopicIds,
    phrasings: &mut Phrasings,
) -> Option<Topic> {
    let file = section.file();
    let title = localised(section, "title", Need::Must);
    let own_passages = own_passages(section, passages);
    check_quotes(section, &own_passages, passages);
    let asks =
        Asks::Topic(id.as_ref().map_or_else(|| format!("line {}", file.line(section.at().start)), ToString::to_string));
    let own_phrasings = phrasings.take(file, &asks, texts_by_language(section, "phrasings"));
    // A question-and-answer set has the questions it has.
    if passages.kind() != TextKind::Faq {
        report_silent_languages(section, &asks, &own_phrasings);
    }
    let keywords = keywords(section);
    let follow_ups = follow_ups(section, id.as_ref(), ids);
    let note: Option<Localised> = localised(section, "note", Need::May);
    let id = id?;
    Some(Topic {
        key: keys::of_topic(interview, &id),
        id,
        title: title?,
        passages: own_passages,
        phrasings: own_phrasings,
        keywords,
        follow_ups,
        note,
    })
}

fn own_passages(section: &Section<'_>, passages: &Passages<'_, '_>) -> Vec<PassageId> {
    let mut own: Vec<PassageId> = Vec::new();
    for id in section.texts("passages", Need::Must) {
        match passages.quotable(section.file(), &id) {
            Some(passage) if own.contains(&passage) => {
                section.file().error(
                    id.at,
                    format!("the passage `{passage}` is named twice"),
                    "name it once, best first",
                );
            }
            Some(passage) => own.push(passage),
            None => {}
        }
    }
    own
}

/// The page that a question-and-answer set names for an answer. Passages of an interview stand on its text's page.
fn page(section: &Section<'_>, passages: &Passages<'_, '_>) -> Option<(PassageId, String)> {
    let page = section.parsed("url", Need::May, URL, url)?;
    if passages.kind() != TextKind::Faq {
        let hint = "the address stands in interview.<language>.md; delete this line";
        section.file().error(page.at, "only a topic of a question-and-answer set has an address", hint);
        return None;
    }
    let passage = section.texts("passages", Need::May).into_iter().next()?;
    Some((PassageId::parse(&passage.value)?, page.value))
}

/// What the editor repeats of the text must stand there, or the editor works from a wrong copy.
fn check_quotes(section: &Section<'_>, own: &[PassageId], passages: &Passages<'_, '_>) {
    for Located { value: quote, at } in section.text_or_texts("quote") {
        if !passages.hold(own, &quote) {
            section.file().error_with(at, || {
                ("the quote is not in the topic's passages".to_owned(), passages.where_nearly(&quote))
            });
        }
    }
}

/// Warns of a language nobody can ask in.
fn report_silent_languages(section: &Section<'_>, asks: &Asks, phrasings: &[(Language, String)]) {
    let Asks::Topic(id) = asks else { return };
    for language in Language::ALL {
        if !section.is_broken() && !phrasings.iter().any(|(asked_in, _)| *asked_in == language) {
            section.file().warning(
                section.at(),
                format!("the topic `{id}` has no phrasing in `{language}`"),
                format!("write how people ask: phrasings = {{ {language} = [\"…\"] }}"),
            );
        }
    }
}

fn keywords(section: &Section<'_>) -> Vec<(Language, String)> {
    let keywords = texts_by_language(section, "keywords");
    for (_, keyword) in keywords.iter().filter(|(_, keyword)| plain(&keyword.value).is_empty()) {
        section.file().error(keyword.at.clone(), "the keyword has no letter", "write a word, or delete it");
    }
    keywords.into_iter().map(|(language, keyword)| (language, keyword.value)).collect()
}

fn follow_ups(section: &Section<'_>, own: Option<&TopicId>, ids: &TopicIds) -> Vec<TopicId> {
    let mut topics = Vec::new();
    for id in section.texts("follow_ups", Need::May) {
        match ids.find(section.file(), &id) {
            Some(topic) if own == Some(&topic) => {
                section.file().error(id.at, "the topic follows itself", "name other topics");
            }
            Some(topic) => topics.push(topic),
            None => {}
        }
    }
    topics
}

impl TopicIds {
    /// The topic that an id names; a dead reference is reported.
    pub(super) fn find(&self, file: &File<'_>, id: &Located<String>) -> Option<TopicId> {
        if !self.lines.contains_key(&id.value) && self.known == Known::All {
            file.error_with(id.at.clone(), || {
                let mut ids: Vec<_> = self.lines.keys().map(String::as_str).collect();
                ids.sort_unstable();
                let hint = match nearest_word(&id.value, ids) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the topics stand in topics.toml".to_owned(),
                };
                (format!("there is no topic {}", shown(&id.value)), hint)
            });
            return None;
        }
        TopicId::parse(&id.value)
    }

    /// A section's own id; a second topic of that id is reported.
    fn take(&mut self, section: &Section<'_>) -> Option<TopicId> {
        let id = section.parsed("id", Need::Must, ID, TopicId::parse)?;
        let line = section.file().line(id.at.start);
        if let Some(first) = self.lines.get(id.value.as_str()) {
            let what = format!("the id `{}` is taken by the topic in line {first}", id.value);
            section.file().error(id.at, what, "give this topic another id, or make one of them");
            return None;
        }
        self.lines.insert(id.value.to_string(), line);
        Some(id.value)
    }
}
