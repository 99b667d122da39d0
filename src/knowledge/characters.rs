//! Characters that no knowledge file may hold: what can't be seen can't be checked, and bidi marks can make a line read
//! as what it isn't.

use super::file::File;
use super::limits::MAX_PROBLEMS;

/// Reports every character that can't be seen. A parser that stumbles over it need not say so again.
pub(super) fn report(file: &File<'_>) {
    let characters = file.text().char_indices().filter(|(_, c)| *c != '\n');
    let found = characters.filter_map(|(at, c)| Some((at, c, forbidden(c)?)));
    for (n, (at, c, name)) in found.enumerate() {
        if n == MAX_PROBLEMS {
            file.doubt(at..usize::MAX);
            return;
        }
        let at = at..at + c.len_utf8();
        file.error(at.clone(), format!("{name} U+{:04X}", u32::from(c)), hint(c));
        file.doubt(at);
    }
}

/// What kind of unseen character it is; `None` if it can be seen. A line break is one: in a short string it is unwelcome.
pub(super) fn forbidden(c: char) -> Option<&'static str> {
    match c {
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some("the control character"),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("the bidi control character")
        }
        '\u{2028}' | '\u{2029}' => Some("the line separator"),
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => {
            Some("the invisible character")
        }
        _ => None,
    }
}

const fn hint(c: char) -> &'static str {
    match c {
        '\t' => "write spaces instead of the tab",
        '\r' => "end lines with \\n or \\r\\n",
        _ => "delete it: it can't be seen and is no part of the words",
    }
}

/// Text from a file as it is shown in a problem: in backticks, without unseen characters, not longer than a line.
pub(super) fn shown(text: &str) -> String {
    const MAX_SHOWN_CHARS: usize = 80;
    let mut shown = String::from("`");
    for (n, c) in text.chars().enumerate() {
        if n == MAX_SHOWN_CHARS {
            shown.push('…');
            break;
        }
        match forbidden(c) {
            Some(_) => shown.extend(c.escape_unicode()),
            None => shown.push(c),
        }
    }
    shown.push('`');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_forbidden() {
        for c in [
            '\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}',
            '\u{feff}',
        ] {
            assert!(forbidden(c).is_some(), "{c:?}");
        }
        for c in ['a', 'я', ' ', '\u{a0}', '–', '“', '«', '’', '№', '\u{301}', '\u{200a}', '😀', '\u{fffd}']
        {
            assert!(forbidden(c).is_none(), "{c:?}");
        }
    }

    #[test]
    fn shown_text_cannot_write_to_the_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb"), "`a\\u{1b}[2Jb`");
        assert_eq!(shown(&"я".repeat(81)), format!("`{}…`", "я".repeat(80)));
    }
}
