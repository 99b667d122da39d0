//! The front matter of `interview.<language>.md`: who said it to whom and when, and where this text of it stands.

use std::ops::Range;

use jiff::civil::Date;

use super::document::{Document, Need, Section};
use super::file::File;
use super::values::{LANGUAGE, URL, day, language, localised, url};
use crate::domain::{Also, Language, Localised, Speaker, TextKind};

/// The line before and after the front matter.
const FENCE: &str = "+++";

const KEYS: [&str; 10] =
    ["title", "speaker", "asked_by", "given", "kind", "original_language", "publisher", "url", "retrieved", "also"];

/// What stands above an interview's text. What could not be read is reported and stands here as nothing.
pub(super) struct FrontMatter {
    pub(super) title: String,
    pub(super) kind: TextKind,
    pub(super) original_language: Option<Language>,
    pub(super) speaker: Option<Speaker>,
    pub(super) asked_by: Option<Localised>,
    pub(super) given: Option<Date>,
    pub(super) publisher: String,
    pub(super) url: String,
    pub(super) retrieved: Option<Date>,
    pub(super) also: Vec<Also>,
    /// Where the values stand that all texts of an interview share.
    pub(super) places: Places,
}

/// Where values stand that all texts of an interview share.
pub(super) struct Places {
    pub(super) kind: Range<usize>,
    pub(super) original_language: Range<usize>,
    pub(super) speaker: Range<usize>,
    pub(super) asked_by: Range<usize>,
    pub(super) given: Range<usize>,
}

/// Reads the front matter of a text in `written_in`. The second value is where the body starts. `None` if the file does
/// not begin with one: then nothing in it can be trusted.
pub(super) fn read(file: &File<'_>, written_in: Language) -> Option<(FrontMatter, usize)> {
    let (part, body) = split(file)?;
    let document = Document::parse(file, part);
    let root = document.root(&KEYS);
    let kind = kind(&root, written_in);
    let spoken = if kind == TextKind::Faq { Need::May } else { Need::Must };
    let front = FrontMatter {
        title: root.text("title", Need::Must).map(|title| title.value).unwrap_or_default(),
        kind,
        original_language: original_language(&root, kind, written_in),
        speaker: speaker(&root, spoken),
        asked_by: localised(&root, "asked_by", spoken),
        given: day(&root, "given", spoken),
        publisher: root.text("publisher", spoken).map(|publisher| publisher.value).unwrap_or_default(),
        url: page(&root, spoken),
        retrieved: day(&root, "retrieved", Need::May),
        also: root.sections("also", &["label", "language", "url"]).iter().filter_map(also).collect(),
        places: Places {
            kind: root.place_of("kind"),
            original_language: root.place_of("original_language"),
            speaker: root.place_of("speaker"),
            asked_by: root.place_of("asked_by"),
            given: root.place_of("given"),
        },
    };
    Some((front, body))
}

/// The TOML between the fences, and where the text below them starts.
fn split(file: &File<'_>) -> Option<(Range<usize>, usize)> {
    let text = file.text();
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_end() == FENCE;
        match start {
            None if is_fence => start = Some(at + line.len()),
            None => {
                let end = line.trim_end().len();
                file.error(
                    0..end,
                    "the front matter is missing",
                    "begin the file with a line `+++`, as `onrecord init` writes it",
                );
                return None;
            }
            Some(start) if is_fence => return Some((start..at, at + line.len())),
            Some(_) => {}
        }
        at += line.len();
    }
    match start {
        Some(_) => file.error(
            0..FENCE.len(),
            "the front matter does not end",
            "put a line `+++` below it; is the file half-copied?",
        ),
        None => file.error(
            0..0,
            "the file is empty",
            "write the interview here, as `onrecord init` writes it, or delete the file",
        ),
    }
    None
}

fn kind(root: &Section<'_>, written_in: Language) -> TextKind {
    const KINDS: [(&str, TextKind); 3] =
        [("original", TextKind::Original), ("translation", TextKind::Translation), ("faq", TextKind::Faq)];
    let Some(kind) = root.choice("kind", Need::Must, &KINDS) else { return TextKind::Original };
    // A reader is told whether the words are the speaker's own: this must not be left to chance.
    let original = root.text("original_language", Need::May).map(|code| code.value);
    let same = original.as_deref().is_none_or(|code| code == written_in.code());
    match kind.value {
        TextKind::Original if !same => root.file().error(
            kind.at,
            format!("the text is in `{written_in}`, the interview was given in another language"),
            "write `kind = \"translation\"`, or correct `original_language`",
        ),
        TextKind::Translation if same && original.is_some() => root.file().error(
            kind.at,
            format!("a translation into `{written_in}` of an interview given in `{written_in}`"),
            "write `kind = \"original\"`, or correct `original_language`",
        ),
        TextKind::Original | TextKind::Translation | TextKind::Faq => {}
    }
    kind.value
}

/// Only a translation has to say what it was translated from.
fn original_language(root: &Section<'_>, kind: TextKind, written_in: Language) -> Option<Language> {
    let need = if kind == TextKind::Translation { Need::Must } else { Need::May };
    match root.parsed("original_language", need, LANGUAGE, language) {
        Some(language) => Some(language.value),
        None if kind == TextKind::Translation => None,
        None => Some(written_in),
    }
}

fn speaker(root: &Section<'_>, need: Need) -> Option<Speaker> {
    let speaker = root.section("speaker", need, &["name", "role"])?;
    let (name, role) = (localised(&speaker, "name", Need::Must), localised(&speaker, "role", Need::Must));
    Some(Speaker { name: name?, role: role? })
}

/// The page's address: links to passages are made by putting a fragment behind it, so it can't have one already.
fn page(root: &Section<'_>, need: Need) -> String {
    let Some(page) = root.parsed("url", need, URL, url) else { return String::new() };
    if let Some((page_alone, _)) = page.value.split_once('#') {
        root.file().error(page.at, "the page's address has a fragment", format!("write `{page_alone}`"));
    }
    page.value
}

fn also(section: &Section<'_>) -> Option<Also> {
    let label = section.text("label", Need::Must);
    let language = section.parsed("language", Need::Must, LANGUAGE, language);
    let url = section.parsed("url", Need::Must, URL, url);
    Some(Also { label: label?.value, language: language?.value, url: url?.value })
}
