//! A quote: verbatim words with their source, and no other way to make one.

use std::ops::Range;

use jiff::civil::Date;

use super::id::PassageName;
use super::interview::{Also, Interview, Speaker, Text, TextKind};
use super::language::{Language, Localised};
use super::passage::{Passage, PassageKind};
use super::topic::Key;

/// The longest passage that is quoted whole, in characters. Of a longer one whole sentences are shown.
pub const MAX_WHOLE_CHARS: usize = 700;

/// What stands where something was left out.
pub const OMISSION: &str = "[…]";

/// Words of one passage, verbatim, with who said them and where they stand.
///
/// It can only be made from a [`Passage`], and only together with its [`Attribution`] and [`Source`]: a reply cannot
/// hold words that nobody published, nor words without a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    name: PassageName,
    key: Key,
    words: String,
    attribution: Attribution,
    source: Source,
}

/// Who said it, in which role at the time, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who, in which role; `None` for question-and-answer lines, which nobody spoke.
    pub speaker: Option<Speaker>,
    /// To whom.
    pub asked_by: Option<Localised>,
    /// When.
    pub given: Option<Date>,
}

impl Attribution {
    /// Who answered in this interview, to whom and when.
    #[must_use]
    pub fn of(interview: &Interview) -> Self {
        Self { speaker: interview.speaker.clone(), asked_by: interview.asked_by.clone(), given: interview.given }
    }
}

/// The published text a quote is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who published it.
    pub publisher: String,
    /// The language of the text.
    pub language: Language,
    /// Whether these are the speaker's own words.
    pub kind: TextKind,
    /// The page, with the fragment that leads to the passage.
    pub url: String,
    /// The same interview elsewhere.
    pub also: Vec<Also>,
}

/// Why a cut of a passage is not a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// The source lost a part there.
    #[error("a gap is never quoted")]
    Gap,
    /// The pieces are empty, overlap, are out of order or do not lie on character boundaries.
    #[error("the pieces are not ordered parts of the passage")]
    Pieces,
}

impl Quote {
    /// The whole passage; `None` for a gap, which is never quoted.
    #[must_use]
    pub fn whole(interview: &Interview, text: &Text, passage: &Passage) -> Option<Self> {
        Self::cut(interview, text, passage, &[0..passage.words.len()]).ok()
    }

    /// Pieces of a passage given as byte ranges, in order; each place where something is left out shows [`OMISSION`].
    ///
    /// # Errors
    /// [`CutError`] for a gap, and for pieces that are not ordered, separate, non-empty parts of the passage.
    pub fn cut(
        interview: &Interview,
        text: &Text,
        passage: &Passage,
        pieces: &[Range<usize>],
    ) -> Result<Self, CutError> {
        if passage.kind == PassageKind::Gap {
            return Err(CutError::Gap);
        }
        Ok(Self {
            name: interview.name_of(&passage.id),
            key: passage.key.clone(),
            words: joined(&passage.words, pieces)?,
            attribution: Attribution::of(interview),
            source: Source {
                publisher: text.publisher.clone(),
                language: text.language,
                kind: text.kind,
                url: passage.page.clone().unwrap_or_else(|| format!("{}{}", text.url, passage.fragment)),
                also: interview.also.clone(),
            },
        })
    }

    /// The passage it is taken from.
    #[must_use]
    pub const fn name(&self) -> &PassageName {
        &self.name
    }

    /// What links to this quote carry.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// The words, verbatim but for [`OMISSION`].
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Who said it, to whom and when.
    #[must_use]
    pub const fn attribution(&self) -> &Attribution {
        &self.attribution
    }

    /// Where it stands.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Whether every piece of it still stands in `passage`, in order: asked once more before each send.
    #[must_use]
    pub fn is_verbatim_in(&self, passage: &Passage) -> bool {
        let mut rest = passage.words.as_str();
        self.words.split(OMISSION).map(str::trim).filter(|piece| !piece.is_empty()).all(|piece| {
            match rest.split_once(piece) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            }
        })
    }
}

/// The pieces with [`OMISSION`] wherever something of `words` is missing.
fn joined(words: &str, pieces: &[Range<usize>]) -> Result<String, CutError> {
    let mut quoted = String::with_capacity(words.len());
    let mut end = 0;
    for piece in pieces {
        let part = words
            .get(piece.clone())
            .map(str::trim)
            .filter(|part| !part.is_empty() && piece.start >= end)
            .ok_or(CutError::Pieces)?;
        if !words[end..piece.start].trim().is_empty() {
            if !quoted.is_empty() {
                quoted.push(' ');
            }
            quoted.push_str(OMISSION);
        }
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.push_str(part);
        end = piece.end;
    }
    if quoted.is_empty() {
        return Err(CutError::Pieces);
    }
    if !words[end..].trim().is_empty() {
        quoted.push(' ');
        quoted.push_str(OMISSION);
    }
    Ok(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "One is here. Two is «там». Three ends it.";

    #[test]
    fn pieces_show_each_omission() {
        for (pieces, quoted) in [
            (vec![0..WORDS.len()], Ok(WORDS.to_owned())),
            (vec![0..12], Ok("One is here. […]".to_owned())),
            (vec![13..31], Ok("[…] Two is «там». […]".to_owned())),
            (vec![0..12, 32..46], Ok("One is here. […] Three ends it.".to_owned())),
            (vec![0..12, 13..31, 32..46], Ok(WORDS.to_owned())),
        ] {
            assert_eq!(joined(WORDS, &pieces), quoted, "{pieces:?}");
        }
    }

    #[test]
    fn what_is_not_an_ordered_part_is_no_quote() {
        for pieces in
            [vec![], vec![0..0], vec![0..99], vec![0..21], vec![13..31, 0..12], vec![0..20, 13..31], vec![12..13]]
        {
            assert_eq!(joined(WORDS, &pieces), Err(CutError::Pieces), "{pieces:?}");
        }
    }
}
