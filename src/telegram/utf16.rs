//! Lengths and offsets as Telegram counts them: in UTF-16 code units.

use std::ops::Range;

/// The length of a text in UTF-16 code units.
pub(super) fn len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The byte range of an entity; `None` if it does not lie in the text on character boundaries.
pub(super) fn range(text: &str, offset: usize, length: usize) -> Option<Range<usize>> {
    let end = offset.checked_add(length)?;
    Some(byte_at(text, offset)?..byte_at(text, end)?)
}

/// The byte offset of the character that begins at that unit, or of the text's end.
fn byte_at(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (byte, character) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(byte);
        }
        units += character.len_utf16();
    }
    (units == unit).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_found_behind_characters_of_every_width() {
        for (offset, length, found) in [
            (0, 1, Some("a")),
            (1, 1, Some("ё")),
            (2, 2, Some("😀")),
            (4, 2, Some("e\u{301}")),
            (0, 6, Some("aё😀e\u{301}")),
            (6, 0, Some("")),
            (3, 1, None),
            (2, 1, None),
            (6, 1, None),
            (7, 0, None),
            (1, usize::MAX, None),
        ] {
            let text = "aё😀e\u{301}";
            assert_eq!(range(text, offset, length).map(|range| &text[range]), found, "{offset} {length}");
        }
        assert_eq!(len("aё😀e\u{301}"), 6);
    }
}
