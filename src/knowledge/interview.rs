//! One interview: its texts, which must agree, and the editor's files beside them.

use std::collections::{HashMap, HashSet};

use super::body::{self, Body};
use super::events::{self, Uids};
use super::file::{File, name_of};
use super::fragment;
use super::front_matter::{self, FrontMatter};
use super::judgments;
use super::limits::{MAX_FILE_BYTES, MAX_IMPORTED_BYTES};
use super::outside;
use super::passages::{Passages, Reach, ReadText};
use super::phrasings::Phrasings;
use super::problems::Problems;
use super::topics::{self, ReadTopics};
use super::values::language;
use crate::domain::{Also, Interview, InterviewId, Language, PassageId, Text, TextKind};

/// The files of an interview's folder: path, name, bytes, in the order of the paths.
pub(super) struct Folder<'f> {
    pub(super) id: InterviewId,
    pub(super) files: Vec<(&'f str, &'f str, &'f [u8])>,
}

/// The editor's files.
const TOPICS: &str = "topics.toml";
const OUTSIDE: &str = "outside.toml";
const EVENTS: &str = "events.toml";
const JUDGMENTS: &str = "judgments.jsonl";

/// Reads an interview. `None` if there is nothing to quote from, which is reported.
pub(super) fn read<'f>(folder: &Folder<'f>, uids: &mut Uids, problems: &Problems) -> Option<Interview> {
    let mut texts = Vec::new();
    let mut reach = Reach::All;
    for (path, name, bytes) in &folder.files {
        match kind_of(name) {
            FileKind::Text(language) => match read_text(&folder.id, language, path, bytes, problems) {
                Some(text) => texts.push(text),
                None => reach = Reach::Some,
            },
            FileKind::Editors => {}
            FileKind::Unread { hint } => problems.file_warning(path, "the file is not read", hint),
        }
    }
    if texts.is_empty() && reach == Reach::All {
        let path = format!("{}/interview.en.md", folder.id);
        problems.file_error(
            &path,
            "there is no interview text",
            "put it here, or in `interview.ru.md`; `onrecord init DIR` shows how",
        );
        // That nothing of it is found is said once, here, and not at each id in the other files.
        reach = Reach::Some;
    }
    check_agreement(&texts);
    let (editors, passages) = (Editors::of(folder, &texts, problems), Passages::of(&texts, reach));

    let mut phrasings = Phrasings::default();
    let ReadTopics { topics, ids: topic_ids, pages } = match editors.open(TOPICS) {
        Some(file) => topics::read(&file, &folder.id, &passages, &mut phrasings),
        None => {
            if !editors.holds(TOPICS) {
                topics::report_missing(&format!("{}/{TOPICS}", folder.id), problems);
            }
            topics::none()
        }
    };
    let outside = editors.open(OUTSIDE).map(|file| outside::read(&file, &topic_ids, &mut phrasings));
    let events = editors.open(EVENTS).map(|file| events::read(&file, &passages, uids));
    let judgments = editors.open(JUDGMENTS).map(|file| judgments::read(&file, &passages));

    let also = all_also(&texts);
    let FrontMatter { speaker, asked_by, given, original_language, .. } = &texts.first()?.front;
    Some(Interview {
        id: folder.id.clone(),
        speaker: speaker.clone(),
        asked_by: asked_by.clone(),
        given: *given,
        original_language: (*original_language)?,
        also,
        topics,
        outside: outside.unwrap_or_default(),
        events: events.unwrap_or_default(),
        judgments: judgments.unwrap_or_default(),
        texts: texts.into_iter().map(|text| with_pages(text.text, &pages)).collect(),
    })
}

/// A text whose passages know the pages they stand on.
fn with_pages(mut text: Text, pages: &HashMap<PassageId, String>) -> Text {
    if !pages.is_empty() {
        for passage in text.questions.iter_mut().flat_map(|question| &mut question.passages) {
            passage.page = pages.get(&passage.id).cloned();
        }
    }
    text
}

/// What a file of an interview's folder is.
enum FileKind {
    /// The interview in that language.
    Text(Language),
    /// The editor's work.
    Editors,
    /// Something else.
    Unread { hint: &'static str },
}

fn kind_of(name: &str) -> FileKind {
    match name.strip_prefix("interview.").and_then(|rest| rest.strip_suffix(".md")) {
        Some(code) => match language(code) {
            Some(language) => FileKind::Text(language),
            None => FileKind::Unread { hint: "the languages are `en` and `ru`: `interview.en.md`, `interview.ru.md`" },
        },
        None if [TOPICS, OUTSIDE, EVENTS, JUDGMENTS].contains(&name) => FileKind::Editors,
        None => FileKind::Unread {
            hint: "only interview.<language>.md, topics.toml, outside.toml, events.toml and judgments.jsonl are; \
                   rename it, or move it elsewhere",
        },
    }
}

/// Reads a text; `None` if what it holds can't be known.
fn read_text<'p>(
    interview: &InterviewId,
    language: Language,
    path: &str,
    bytes: &[u8],
    problems: &'p Problems,
) -> Option<ReadText<'p>> {
    let file = File::decode(path, bytes, MAX_IMPORTED_BYTES, problems)?;
    let (front, start) = front_matter::read(&file, language)?;
    if front.kind != TextKind::Faq && bytes.len() > MAX_FILE_BYTES {
        problems.file_error(
            path,
            "the file is longer than 1 MiB",
            "split the interview, or look what got into the file",
        );
        return None;
    }
    let Body { questions, places, reach } = body::read(&file, start, interview);
    let mut text = Text {
        language,
        kind: front.kind,
        title: front.title.clone(),
        publisher: front.publisher.clone(),
        url: front.url.clone(),
        retrieved: front.retrieved,
        questions: questions.into(),
    };
    // The answers of a question-and-answer set come from many pages, so none stands on the text's.
    if front.kind != TextKind::Faq {
        fragment::mark_passages(&mut text);
    }
    Some(ReadText { file, text, front, places, reach })
}

/// Reports what the texts of one interview say differently, at the later ones.
fn check_agreement(texts: &[ReadText<'_>]) {
    let Some((first, others)) = texts.split_first() else { return };
    for other in others {
        let (ours, theirs) = (&first.front, &other.front);
        let faq = |front: &FrontMatter| front.kind == TextKind::Faq;
        let places = &theirs.places;
        for (key, at, agree) in [
            ("kind", &places.kind, faq(ours) == faq(theirs)),
            ("original_language", &places.original_language, ours.original_language == theirs.original_language),
            ("speaker", &places.speaker, ours.speaker == theirs.speaker),
            ("asked_by", &places.asked_by, ours.asked_by == theirs.asked_by),
            ("given", &places.given, ours.given == theirs.given),
        ] {
            if !agree {
                other.file.error(
                    at.clone(),
                    format!("`{key}` is not what {} says", name_of(first.file.path())),
                    "write the same in all texts; a name in two languages is `{ en = \"…\", ru = \"…\" }` in each",
                );
            }
        }
        report_lonely(first, other);
        report_lonely(other, first);
    }
}

/// Warns of passages that one text has and the other has not.
fn report_lonely(one: &ReadText<'_>, other: &ReadText<'_>) {
    let others: HashSet<_> = other.text.passages().map(|passage| &passage.id).collect();
    for (passage, place) in one.text.passages().zip(&one.places) {
        if !others.contains(&passage.id) {
            one.file.warning(
                place.clone(),
                format!("the passage `{}` is not in {}", passage.id, name_of(other.file.path())),
                "give the same passage the same id in all texts",
            );
        }
    }
}

/// Where the interview stands elsewhere, as all texts list it, each page once.
fn all_also(texts: &[ReadText<'_>]) -> Vec<Also> {
    let mut all: Vec<Also> = Vec::new();
    for also in texts.iter().flat_map(|text| &text.front.also) {
        if !all.iter().any(|listed| listed.url == also.url) {
            all.push(also.clone());
        }
    }
    all
}

/// The editor's files of a folder, with the length they may have.
struct Editors<'f, 'p> {
    files: Vec<(&'f str, &'f str, &'f [u8])>,
    max_bytes: usize,
    problems: &'p Problems,
}

impl<'f, 'p> Editors<'f, 'p> {
    fn of(folder: &Folder<'f>, texts: &[ReadText<'_>], problems: &'p Problems) -> Self {
        let imported = texts.iter().any(|text| text.front.kind == TextKind::Faq);
        let max_bytes = if imported { MAX_IMPORTED_BYTES } else { MAX_FILE_BYTES };
        Self { files: folder.files.clone(), max_bytes, problems }
    }

    fn holds(&self, name: &str) -> bool {
        self.files.iter().any(|(_, file, _)| *file == name)
    }

    fn open(&self, name: &str) -> Option<File<'p>> {
        let (path, _, bytes) = self.files.iter().find(|(_, file, _)| *file == name)?;
        File::decode(path, bytes, self.max_bytes, self.problems)
    }
}
