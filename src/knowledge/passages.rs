//! The passages of an interview as the editor's files refer to them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::characters::shown;
use super::document::Located;
use super::file::File;
use super::front_matter::FrontMatter;
use super::nearest::{Likeness, Sought, nearest_word};
use super::values::ID;
use crate::domain::{Passage, PassageId, PassageKind, Text, TextKind};

/// The most ids among which a similar one is looked for.
const MAX_COMPARED: usize = 10_000;

/// A text as it was read from its file.
pub(super) struct ReadText<'p> {
    pub(super) file: File<'p>,
    pub(super) text: Text,
    pub(super) front: FrontMatter,
    /// Where the words of each passage stand in the file, in the order of the passages.
    pub(super) places: Vec<Range<usize>>,
    pub(super) reach: Reach,
}

/// How much of an interview's texts could be read. If not all could, an unknown id may stand in the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// All of it.
    All,
    /// All, but passages that bear the id of another one were left out: words may stand there.
    Doubled,
    /// A file or a passage's id could not.
    Some,
}

/// What the editor's files can refer to.
pub(super) struct Passages<'t, 'p> {
    /// A passage is a gap only if it is one in every text: another text may still have what this source lost.
    kinds: HashMap<&'t str, PassageKind>,
    texts: &'t [ReadText<'p>],
    reach: Reach,
}

impl<'t, 'p> Passages<'t, 'p> {
    /// `reach` tells of texts that are not among these.
    pub(super) fn of(texts: &'t [ReadText<'p>], reach: Reach) -> Self {
        let reach = texts.iter().map(|text| text.reach).fold(reach, Reach::max);
        let mut kinds = HashMap::new();
        for passage in texts.iter().flat_map(|text| text.text.passages()) {
            let kind = kinds.entry(passage.id.as_str()).or_insert(passage.kind);
            if passage.kind == PassageKind::Quotable {
                *kind = PassageKind::Quotable;
            }
        }
        Self { kinds, texts, reach }
    }

    /// The quotable passage an id names; anything else is reported in `file`.
    pub(super) fn quotable(&self, file: &File<'_>, id: &Located<String>) -> Option<PassageId> {
        let text = id.value.as_str();
        let Some(parsed) = PassageId::parse(text) else {
            file.error(id.at.clone(), format!("{} is not an id", shown(text)), ID.hint);
            return None;
        };
        match self.kinds.get(text) {
            Some(PassageKind::Quotable) => Some(parsed),
            Some(PassageKind::Gap) => {
                file.error(
                    id.at.clone(),
                    format!("the passage `{text}` is a gap"),
                    "a gap is never quoted: name another passage",
                );
                None
            }
            None if self.reach == Reach::Some => Some(parsed),
            None => {
                file.error_with(id.at.clone(), || (format!("there is no passage `{text}`"), self.near_hint(text)));
                None
            }
        }
    }

    fn near_hint(&self, id: &str) -> String {
        if self.reach == Reach::Doubled {
            return "if the passage is meant whose id another one has, mend that first".to_owned();
        }
        let mut ids: Vec<_> = self.kinds.keys().copied().collect();
        // Hash order must not choose between two that are equally near.
        ids.sort_unstable();
        match nearest_word(id, ids.into_iter().take(MAX_COMPARED)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the ids stand at the ends of the passages in interview.<language>.md".to_owned(),
        }
    }

    /// Of the first text: whether it is an interview at all.
    pub(super) fn kind(&self) -> TextKind {
        self.texts.first().map_or(TextKind::Original, |text| text.front.kind)
    }

    /// Whether words stand verbatim in one of these passages, in any text; or may, if not all could be read.
    pub(super) fn hold(&self, ids: &[PassageId], words: &str) -> bool {
        let holds =
            |text: &ReadText<'_>, id| text.text.passage(id).is_some_and(|(_, passage)| passage.words.contains(words));
        self.reach != Reach::All || ids.iter().any(|id| self.texts.iter().any(|text| holds(text, id)))
    }

    /// A hint that shows where words that are not where they should be stand, or almost stand.
    pub(super) fn where_nearly(&self, quote: &str) -> String {
        if let Some((text, at, passage)) = self.all().find(|(_, _, passage)| passage.words.contains(quote)) {
            let from = passage.words.find(quote).unwrap_or_default();
            return format!(
                "it stands in `{}` ({}): add that passage",
                passage.id,
                text.file.location(at.start + from)
            );
        }
        let Some(sought) = Sought::new(quote) else { return "copy the words from the text".to_owned() };
        let mut best: Option<(Likeness, &ReadText<'_>, &Range<usize>, &Passage)> = None;
        for (text, at, passage) in self.all() {
            if let Some(near) = sought.nearest_in(&passage.words)
                && best.as_ref().is_none_or(|(best, ..)| near.alike > best.alike)
            {
                best = Some((near, text, at, passage));
            }
        }
        match best {
            Some((near, text, at, passage)) => format!(
                "nearest is `{}` ({}): {}",
                passage.id,
                text.file.location(at.start + near.at.start),
                shown(&passage.words[near.at]),
            ),
            None => "nothing in the interview is like it: copy the words from the text".to_owned(),
        }
    }

    /// Warns of every quotable passage whose id is not among `found`, once.
    pub(super) fn report_unreached(&self, found: &[PassageId]) {
        let found: HashSet<_> = found.iter().map(PassageId::as_str).collect();
        let mut told = HashSet::new();
        for (text, at, passage) in self.all().filter(|(_, _, passage)| passage.kind == PassageKind::Quotable) {
            if !found.contains(passage.id.as_str()) && told.insert(passage.id.as_str()) {
                let what = format!("no topic points to the passage `{}`", passage.id);
                text.file.warning(at.clone(), what, "name it under the `passages` of a topic in topics.toml");
            }
        }
    }

    /// All passages with their texts and places.
    fn all(&self) -> impl Iterator<Item = (&'t ReadText<'p>, &'t Range<usize>, &'t Passage)> {
        self.texts
            .iter()
            .flat_map(|text| text.places.iter().zip(text.text.passages()).map(move |(at, passage)| (text, at, passage)))
    }
}
