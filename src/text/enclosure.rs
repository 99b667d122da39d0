//! What stands between quotation marks or brackets. A passage may be part of a longer quotation: a quotation mark that
//! closes what is not open encloses all before it, one that is never closed all behind it. In doubt more is enclosed.

use std::ops::Range;

use super::abbreviation::is_abbreviated;

/// The spans, marks included, in order and apart from each other.
///
/// The work is a few steps for each character, for what stands open is kept by kind and leaves once, and one sorting.
pub(super) fn enclosures(text: &str) -> Vec<Range<usize>> {
    let mut enclosing = Enclosing::default();
    let mut before = None;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        enclosing.pass(&Mark { sign, span: at..end, before, after: text[end..].chars().next() }, text);
        before = Some(sign);
    }
    enclosing.into_spans(text.len())
}

/// A character and its neighbours, which tell a mark that opens from one that closes.
struct Mark {
    sign: char,
    span: Range<usize>,
    before: Option<char>,
    after: Option<char>,
}

/// What a mark does.
enum Turn {
    Opens,
    Closes,
    Neither,
}

impl Mark {
    /// Like the mark of `(«Да`.
    fn starts_a_word(&self) -> bool {
        let begins = self.before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{'));
        begins && self.is_before_a_word()
    }

    /// Like the mark of `Да.» `.
    fn ends_a_word(&self) -> bool {
        let ends = |c| matches!(c, '.' | ',' | ';' | '!' | '?' | '…' | '%' | ')' | ']' | '}');
        (self.is_behind_a_word() || self.before.is_some_and(ends)) && !self.is_before_a_word()
    }

    fn is_before_a_word(&self) -> bool {
        self.after.is_some_and(char::is_alphanumeric)
    }

    fn is_behind_a_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    /// What a quotation mark does where `innermost` is the last mark of its kind that stands open.
    ///
    /// `«Да»`, `»Ja«`, `»Ja»`, `“Yes”`, `„Ja“`, `„Tak”`, `”Ja”`: most marks may do either, and where they stand decides.
    fn turn(&self, innermost: Option<char>) -> Turn {
        let opens = match (self.sign, innermost) {
            ('„', _) => true,
            ('«' | '‹', _) => !self.ends_a_word(),
            ('»', Some('«')) | ('›', Some('‹')) | ('”', Some('“' | '„')) => false,
            ('»' | '›' | '”', _) => self.starts_a_word(),
            _ if self.starts_a_word() => true,
            _ if self.ends_a_word() => false,
            ('“', innermost) => innermost != Some('„'),
            // Within a word `"` is an apostrophe, unless a quotation waits for its end.
            (_, None) if self.is_behind_a_word() => return Turn::Neither,
            (_, innermost) => innermost.is_none(),
        };
        if opens { Turn::Opens } else { Turn::Closes }
    }
}

/// The kinds of double quotation marks.
const QUOTES: [&[char]; 4] = [&['«', '»'], &['‹', '›'], &['“', '”', '„'], &[STRAIGHT]];
const STRAIGHT: char = '"';
const STRAIGHT_SINGLE: char = '\'';

const BRACKETS: [[char; 2]; 3] = [['(', ')'], ['[', ']'], ['{', '}']];

/// What stands open and what was enclosed so far.
#[derive(Default)]
struct Enclosing {
    /// By kind the marks that stand open and where, the innermost last.
    quotes: [Vec<(char, usize)>; QUOTES.len()],
    /// Round ones and straight ones.
    singles: [Option<Single>; 2],
    brackets: [Vec<usize>; BRACKETS.len()],
    spans: Vec<Range<usize>>,
    /// Where what began before the text ends: behind the last mark that closes what is not open.
    begun_before: usize,
    /// The first quotation mark that is never closed.
    never_closed: Option<usize>,
}

/// A single quotation mark that stands open.
struct Single {
    sign: char,
    start: usize,
    /// The end of the last mark that may close it, or is the apostrophe of "the Pirates’ greed".
    end: Option<usize>,
    /// Whether every such mark so far stood behind an s, as a plural's does.
    may_be_plural: bool,
}

impl Enclosing {
    fn pass(&mut self, mark: &Mark, text: &str) {
        if let Some(kind) = QUOTES.iter().position(|signs| signs.contains(&mark.sign)) {
            self.pass_quote(kind, mark);
        } else if let Some(kind) = BRACKETS.iter().position(|signs| signs.contains(&mark.sign)) {
            self.pass_bracket(kind, mark);
        } else if matches!(mark.sign, '‘' | '’' | '‚' | STRAIGHT_SINGLE) {
            self.pass_single(mark, text);
        }
    }

    fn pass_quote(&mut self, kind: usize, mark: &Mark) {
        let open = &mut self.quotes[kind];
        match mark.turn(open.last().map(|(sign, _)| *sign)) {
            Turn::Opens => {
                // Two of the straight ones may have lost the mark between them, or the first is the end of a quotation.
                if mark.sign == STRAIGHT
                    && let Some((_, start)) = open.last()
                {
                    self.spans.push(*start..mark.span.start);
                }
                open.push((mark.sign, mark.span.start));
            }
            Turn::Closes => match open.pop() {
                Some((_, start)) => self.close(start..mark.span.end),
                None => self.begun_before = mark.span.end,
            },
            Turn::Neither => {}
        }
    }

    /// With a quotation every mark ends that was opened within it.
    fn close(&mut self, span: Range<usize>) {
        for open in &mut self.quotes {
            while open.pop_if(|(_, start)| *start > span.start).is_some() {}
        }
        for single in &mut self.singles {
            single.take_if(|single| single.start > span.start);
        }
        self.spans.push(span);
    }

    /// A bracket that has no partner is a smiley or counts, `b)`: it encloses nothing.
    fn pass_bracket(&mut self, kind: usize, mark: &Mark) {
        let open = &mut self.brackets[kind];
        if mark.sign == BRACKETS[kind][0] {
            open.push(mark.span.start);
        } else if let Some(start) = open.pop() {
            self.spans.push(start..mark.span.end);
        }
    }

    /// Of the marks that may be apostrophes the last before the next quotation closes, or the first that is clear.
    fn pass_single(&mut self, mark: &Mark, text: &str) {
        let kind = usize::from(mark.sign == STRAIGHT_SINGLE);
        let open = &mut self.singles[kind];
        let is_german = open.as_ref().is_some_and(|single| single.sign == '‚');
        let turn = match mark.sign {
            '’' | STRAIGHT_SINGLE if !mark.is_before_a_word() => Turn::Closes,
            // With a quotation open it is more likely the first one of "rock 'n' roll".
            STRAIGHT_SINGLE if open.is_none() && mark.starts_a_word() => Turn::Opens,
            '’' | STRAIGHT_SINGLE => Turn::Neither,
            '‘' if mark.ends_a_word() && (is_german || !mark.is_behind_a_word()) => Turn::Closes,
            _ if mark.is_behind_a_word() => Turn::Neither,
            _ => Turn::Opens,
        };
        match turn {
            Turn::Opens => {
                self.settle(kind);
                self.singles[kind] =
                    Some(Single { sign: mark.sign, start: mark.span.start, end: None, may_be_plural: false });
            }
            Turn::Closes => {
                let is_clear = mark.sign == '‘' || ends_what_was_said(&text[..mark.span.start]);
                match open {
                    Some(single) => {
                        let was_clear = single.end.is_some() && !single.may_be_plural;
                        single.end = Some(mark.span.end);
                        let is_behind_s = text[..mark.span.start].ends_with(['s', 'S']);
                        single.may_be_plural = is_behind_s && !is_clear && !was_clear;
                    }
                    None if is_clear => self.begun_before = mark.span.end,
                    None => {}
                }
                if is_clear {
                    self.settle(kind);
                }
            }
            Turn::Neither => {}
        }
    }

    fn settle(&mut self, kind: usize) {
        match self.singles[kind].take() {
            Some(Single { start, end: Some(end), .. }) => self.spans.push(start..end),
            // An apostrophe, "'tis".
            Some(Single { sign: STRAIGHT_SINGLE, .. }) | None => {}
            Some(Single { start, .. }) => _ = self.never_closed.get_or_insert(start),
        }
    }

    fn into_spans(mut self, end: usize) -> Vec<Range<usize>> {
        // If nothing but a plural's apostrophe could close it, it may never have closed.
        for single in self.singles.iter().flatten().filter(|single| single.sign != STRAIGHT_SINGLE) {
            if single.may_be_plural {
                self.never_closed = Some(self.never_closed.map_or(single.start, |first| first.min(single.start)));
            }
        }
        (0..self.singles.len()).for_each(|kind| self.settle(kind));
        for &(sign, start) in self.quotes.iter().flatten() {
            // Of these it is in doubt whether they did not close: then all is enclosed.
            if matches!(sign, '»' | '›' | '”') {
                self.begun_before = self.begun_before.max(start);
            }
            self.never_closed = Some(self.never_closed.map_or(start, |first| first.min(start)));
        }
        self.spans.extend(self.never_closed.map(|start| start..end));
        self.spans.push(0..self.begun_before);
        self.spans.sort_unstable_by_key(|span| span.start);
        let mut merged: Vec<Range<usize>> = Vec::new();
        for span in self.spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
    }
}

/// Whether a `’` or `'` behind `text` is no apostrophe: that of a plural stands behind no punctuation but an abbreviation's.
fn ends_what_was_said(text: &str) -> bool {
    let is_abbreviation = text.strip_suffix('.').is_some_and(is_abbreviated);
    text.ends_with(['.', ',', '!', '?', '…']) && !is_abbreviation
}
