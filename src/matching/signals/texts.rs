//! The texts of phrasings, kept only to be shown: one string for all of them.

use super::super::material::Phrasing;

/// Texts by number.
pub(super) struct Texts {
    all: String,
    /// By text: where it ends in `all`.
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn new(phrasings: &[Phrasing<'_>]) -> Self {
        let mut texts = Self {
            all: String::with_capacity(phrasings.iter().map(|phrasing| phrasing.text.len()).sum()),
            ends: Vec::with_capacity(phrasings.len()),
        };
        for phrasing in phrasings {
            texts.all.push_str(phrasing.text);
            texts.ends.push(u32::try_from(texts.all.len()).unwrap_or(u32::MAX));
        }
        texts
    }

    pub(super) fn of(&self, text: usize) -> &str {
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[text] as usize]
    }
}
