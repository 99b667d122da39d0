//! What stands between quotation marks in a message.
//!
//! Only the outermost pairs count: a quote may hold quotes. Writers mix the kinds of marks and lose some, so a mark
//! opens or closes by where it stands, and by its kind only where that is in doubt.

use std::ops::Range;

/// The bytes between the marks of each outermost quotation, in order. One that is never closed ends with its line.
pub(super) fn quotations(message: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<(Kind, usize)> = Vec::new();
    let mut before = None;
    for (at, c) in message.char_indices() {
        let end = at + c.len_utf8();
        if let Some(kind) = Kind::of(c) {
            match turn(c, before, message[end..].chars().next(), open.iter().any(|(other, _)| *other == kind)) {
                Turn::Opens => open.push((kind, end)),
                Turn::Closes => close(message, &mut open, kind, at, &mut found),
                Turn::Neither => {}
            }
        }
        before = Some(c);
    }
    if let Some((_, start)) = open.iter().find(|(kind, _)| kind.is_double()) {
        let line = end_of_line(message, *start);
        // What closed within it was nested.
        found.retain(|span: &Range<usize>| span.end <= *start || span.start >= line);
        found.push(*start..line);
        found.sort_unstable_by_key(|span| span.start);
    }
    found
}

fn end_of_line(message: &str, start: usize) -> usize {
    message[start..].find('\n').map_or(message.len(), |at| start + at)
}

/// Ends the innermost quotation of that kind, and what was opened within it and never closed. A mark that has no
/// partner ends one of another kind; if none is open, the last was not at its end yet.
fn close(message: &str, open: &mut Vec<(Kind, usize)>, kind: Kind, at: usize, found: &mut Vec<Range<usize>>) {
    let same = open.iter().rposition(|(other, _)| *other == kind);
    let other = || open.iter().rposition(|(other, _)| other.is_double() && kind.is_double());
    if let (None, Some(other)) = (same, other())
        && open[other].0.closes_in(&message[at..end_of_line(message, at)])
    {
        return;
    }
    let place = same.or_else(other);
    let Some(place) = place else {
        let is_an_inch = message[..at].ends_with(|c: char| c.is_ascii_digit());
        if let Some(last) = found.last_mut().filter(|_| kind.is_double() && open.is_empty() && !is_an_inch)
            && end_of_line(message, last.end) > at
        {
            last.end = at;
        }
        return;
    };
    let start = open[place].1;
    open.truncate(place);
    if open.is_empty() && start < at {
        found.push(start..at);
    }
}

/// Marks of one kind close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Angle,
    Curly,
    Straight,
    Single,
}

impl Kind {
    const fn of(c: char) -> Option<Self> {
        match c {
            '«' | '»' => Some(Self::Angle),
            '“' | '”' | '„' | '‟' => Some(Self::Curly),
            '"' => Some(Self::Straight),
            '‘' | '’' | '‚' | '\'' | '‹' | '›' => Some(Self::Single),
            _ => None,
        }
    }

    /// Whether the next mark of this kind in `rest` is one that only closes.
    fn closes_in(self, rest: &str) -> bool {
        let next = rest.chars().find(|c| Self::of(*c) == Some(self));
        matches!(next, Some('»' | '”'))
    }

    const fn is_double(self) -> bool {
        !matches!(self, Self::Single)
    }
}

enum Turn {
    Opens,
    Closes,
    Neither,
}

enum Side {
    Opening,
    Closing,
    Either,
}

fn turn(mark: char, before: Option<char>, after: Option<char>, is_open: bool) -> Turn {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // An apostrophe.
    if is_word(before) && is_word(after) && matches!(Kind::of(mark), Some(Kind::Single)) {
        return Turn::Neither;
    }
    let is_gap =
        |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | ':'));
    let may_open = is_gap(before) && !after.is_none_or(char::is_whitespace);
    let may_close = !before.is_none_or(char::is_whitespace) && !is_word(after);
    let side = match mark {
        '«' | '„' | '‚' | '‹' | '‘' => Side::Opening,
        '»' | '”' | '’' | '›' => Side::Closing,
        _ => Side::Either,
    };
    match (may_open, may_close, side) {
        (true, false, _) => Turn::Opens,
        (false, true, _) | (_, _, Side::Closing) => Turn::Closes,
        (_, _, Side::Either) if is_open => Turn::Closes,
        (_, _, Side::Opening | Side::Either) => Turn::Opens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_quotations_are_found() {
        for (message, wanted) in [
            ("He said: \"We are ready.\" Really?", vec!["We are ready."]),
            ("«Мы готовы», — сказал он, — «и ждём».", vec!["Мы готовы", "и ждём"]),
            ("“We hold “Search” and “Channel” now.”", vec!["We hold “Search” and “Channel” now."]),
            ("\"We hold \"Search\" and \"Channel,\" now.\" So.", vec!["We hold \"Search\" and \"Channel,\" now."]),
            ("„Wir sind bereit“, sagt er", vec!["Wir sind bereit"]),
            ("»Ja« und «нет»", vec!["Ja", "нет"]),
            ("‘The CSTO’s task is peace’ he said", vec!["The CSTO’s task is peace"]),
            ("“Never closed\nand more", vec!["Never closed"]),
            ("\"One \"two\" and no end", vec!["One \"two\" and no end"]),
            ("«Внешняя „внутренняя“ и дальше»", vec!["Внешняя „внутренняя“ и дальше"]),
            ("««Мы готовы»», да", vec!["«Мы готовы»"]),
            ("“We hold \"Search” and", vec!["We hold \"Search"]),
            ("\"We hold Search\" and Channel,\" he said", vec!["We hold Search\" and Channel,"]),
            ("\"We hold Search\" and a 5\" pipe", vec!["We hold Search"]),
            ("“Mixed\" marks", vec!["Mixed"]),
            ("“Search,\" and “Channel” now.”", vec!["Search,", "Channel” now."]),
            ("“Search,\" and \"Channel\" now.”", vec!["Search,\" and \"Channel\" now."]),
            ("(\"a b\")", vec!["a b"]),
            ("- «Да» / \"No\"", vec!["Да", "No"]),
        ] {
            let found: Vec<&str> = quotations(message).into_iter().map(|span| &message[span]).collect();
            assert_eq!(found, wanted, "{message}");
        }
    }

    #[test]
    fn what_is_no_quotation_is_not_found() {
        for message in
            ["", "It's the states' task", "a 5\" pipe", "it is so” he said", "don’t, won’t", "»", "‘", "rock'n'roll"]
        {
            assert_eq!(quotations(message), [], "{message}");
        }
    }

    #[test]
    fn no_mess_of_marks_is_too_much() {
        let marks = ['"', '«', ' ', '»', 'a', '’', '“', '\n', '”', '‘', '„', '.'];
        for seed in 0..2_000_usize {
            let message: String =
                (0..40).map(|place| marks[(seed * 7 + place * place * (seed % 11 + 1)) % 12]).collect();
            let found = quotations(&message);
            assert!(found.iter().all(|span| message.get(span.clone()).is_some()), "{message}");
            assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start), "{message} {found:?}");
        }
    }
}
