//! Phrasings that matching cannot tell apart: the same words but for their endings, their case or their spelling.
//!
//! Those that are the same letter by letter are told of when the folder is loaded.

use std::collections::HashMap;

use super::super::document::Section;
use super::super::file::name_of;
use super::super::values::{plain, texts_by_language};
use super::stems;
use crate::domain::Topic;

/// The phrasings of an interview so far, by their stems.
#[derive(Default)]
pub(super) struct Alike {
    first: HashMap<Vec<String>, First>,
}

/// Where a phrasing stood first.
struct First {
    /// `None` if it is not answered.
    topic: Option<String>,
    words: String,
    place: String,
}

impl Alike {
    /// Reports the phrasings of a table that read like earlier ones of another topic; `None` is what is not answered.
    pub(super) fn check(&mut self, section: &Section<'_>, topic: Option<&Topic>) {
        let topic = topic.map(|topic| topic.id.to_string());
        for (_, phrasing) in texts_by_language(section, "phrasings") {
            let words = plain(&phrasing.value);
            let stems = stems(&phrasing.value);
            let file = section.file();
            if stems.is_empty() {
                continue;
            }
            let Some(first) = self.first.get(&stems) else {
                let place = format!("{}:{}", name_of(file.path()), file.line(phrasing.at.start));
                self.first.insert(stems, First { topic: topic.clone(), words, place });
                continue;
            };
            if first.topic == topic || first.words == words {
                continue;
            }
            let First { words, place, .. } = first;
            let what = match &first.topic {
                Some(other) => format!("the phrasing reads like one of the topic `{other}`: “{words}” ({place})"),
                None => format!("the phrasing reads like one that is not answered: “{words}” ({place})"),
            };
            file.warning(phrasing.at, what, "matching sees no difference: keep the one that fits best, or reword it");
        }
    }
}
