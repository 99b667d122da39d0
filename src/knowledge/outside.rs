//! `outside.toml`: what people ask about the interview's topics and it does not answer.

use super::document::{Document, Need};
use super::file::File;
use super::phrasings::{Asks, Phrasings};
use super::topics::TopicIds;
use super::values::texts_by_language;
use crate::domain::Outside;

/// Reads the questions that are not answered.
pub(super) fn read(file: &File<'_>, topics: &TopicIds, phrasings: &mut Phrasings) -> Vec<Outside> {
    let document = Document::parse(file, 0..file.text().len());
    let mut all = Vec::new();
    for section in document.root(&["outside"]).sections("outside", &["near", "phrasings"]) {
        let near = section.text("near", Need::May).and_then(|id| topics.find(file, &id));
        let asked = texts_by_language(&section, "phrasings");
        if asked.is_empty() && section.value("phrasings", Need::Must).is_some() {
            file.error(
                section.place_of("phrasings"),
                "there is no phrasing",
                "write how people ask: { en = [\"…\"], ru = [\"…\"] }",
            );
        }
        all.push(Outside { near, phrasings: phrasings.take(file, &Asks::Outside(section.at().start), asked) });
    }
    all
}
