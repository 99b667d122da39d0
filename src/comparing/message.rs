//! A message as a comparison reads it: its words, and what stands between them.
//!
//! Links, addresses and commands are no words of a quote. A hashtag may be one ("#CSTO will continue"), so it stays.

use std::ops::{Range, RangeInclusive};

use super::word::{Word, words};

/// So many words are looked at: as many as 4096 characters hold, unless they are signs or ideographs.
const MAX_WORDS: usize = 2_100;

/// What somebody wrote, or some words of it.
pub(super) struct Message<'m> {
    pub(super) written: &'m str,
    pub(super) words: Vec<Word>,
    /// Before each word, and behind the last.
    partings: Vec<Parting>,
    /// The words before which the writer says that something is left out, in order.
    omissions: Vec<usize>,
}

/// How far what stands on the two sides of a space is apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Parting {
    /// White space, a hyphen.
    None,
    /// A comma.
    Comma,
    /// A mark that sets off: a colon, a dash, a bracket, a quotation mark, an emoji.
    Mark,
    /// The end of a sentence.
    Sentence,
    /// The end of a line, of the message, or a link.
    Line,
}

impl<'m> Message<'m> {
    pub(super) fn read(written: &'m str) -> Self {
        let asides = asides(written);
        let mut asides = asides.iter().peekable();
        let mut read = words(written);
        read.truncate(MAX_WORDS);
        read.retain(|word| {
            while asides.next_if(|aside| aside.end <= word.bytes.start).is_some() {}
            asides.peek().is_none_or(|aside| word.bytes.start < aside.start)
        });
        Self::of(written, read)
    }

    /// Only these words of it. What stood between them counts as white space does.
    pub(super) fn of(written: &'m str, words: Vec<Word>) -> Self {
        let between = |number: usize| space_before(written, &words, number);
        let inner = 1..words.len();
        let mut partings = vec![Parting::Line; words.len() + 1];
        inner.clone().for_each(|number| partings[number] = parting(between(number)));
        let omissions = inner.filter(|number| marks_an_omission(between(*number))).collect();
        Self { written, words, partings, omissions }
    }

    /// The first word in the range before which the writer says that something is left out.
    pub(super) fn omission_in(&self, range: RangeInclusive<usize>) -> Option<usize> {
        let first = self.omissions.partition_point(|word| word < range.start());
        self.omissions.get(first).copied().filter(|word| range.contains(word))
    }

    /// The numbers of the words that lie in these bytes.
    pub(super) fn words_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.words.partition_point(|word| word.bytes.start < bytes.start);
        start..self.words.partition_point(|word| word.bytes.end <= bytes.end).max(start)
    }

    /// What was written from behind the word before the one of that number on.
    pub(super) fn written_from(&self, word: usize) -> &'m str {
        let start = word.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |before| before.bytes.end);
        self.written.get(start..).unwrap_or_default()
    }

    /// How far the word of that number is apart from the one before it.
    pub(super) fn parting_before(&self, word: usize) -> Parting {
        self.partings.get(word).copied().unwrap_or(Parting::Line)
    }

    /// The bytes of a range of words; `None` if it is empty.
    pub(super) fn bytes_of(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let of = self.words.get(range.clone())?;
        Some(of.first()?.bytes.start..of.last()?.bytes.end)
    }
}

fn space_before<'m>(written: &'m str, words: &[Word], word: usize) -> &'m str {
    let start = word.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |before| before.bytes.end);
    let end = words.get(word).map_or(written.len(), |word| word.bytes.start);
    written.get(start..end).unwrap_or_default()
}

/// Whether the writer says there that something is left out: `…`, `...`, `[…]`, `(..)`.
fn marks_an_omission(space: &str) -> bool {
    space.contains(['…']) || space.contains("..") || space.contains(". . .")
}

/// How far what stands before and behind a space is apart.
pub(super) fn parting(space: &str) -> Parting {
    let mut parting = Parting::None;
    let mut rest = space.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let found = match c {
            '\n' => Parting::Line,
            '.' | '!' | '?' | '…' => match rest.peek() {
                // The end of an initial or of a lost sentence: no white space behind it.
                Some(next) if next.is_alphanumeric() => Parting::None,
                _ => Parting::Sentence,
            },
            ',' => Parting::Comma,
            '\'' | '’' | '*' | '_' | '~' | '`' => Parting::None,
            '-' | '‐' | '‑' | '–' | '—' if !before.is_some_and(char::is_whitespace) => Parting::None,
            c if c.is_whitespace() || is_invisible(c) => Parting::None,
            // A link or an address was here.
            c if c.is_alphanumeric() => Parting::Line,
            _ => Parting::Mark,
        };
        parting = parting.max(found);
        before = Some(c);
    }
    parting
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The bytes of links, addresses, mentions and of a command at the start.
fn asides(written: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let start_of = |part: &str| part.as_ptr() as usize - written.as_ptr() as usize;
    for (number, part) in written.split_whitespace().enumerate() {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '#'));
        let is_link = bare.contains("://") || bare.starts_with("www.") || bare.starts_with("t.me/") || is_page(bare);
        let is_command = number == 0 && bare.starts_with('/') && !bare[1..].contains('/');
        if is_link || is_command || bare.contains('@') {
            found.push(start_of(bare)..start_of(bare) + bare.len());
        }
    }
    found
}

/// Whether it is a page's address without its protocol: `gazeta.kg/en/policy`.
fn is_page(part: &str) -> bool {
    part.split_once('/').is_some_and(|(host, _)| {
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        host.contains('.') && host.chars().all(is_host) && host.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_addresses_and_commands_are_no_words() {
        for (written, wanted) in [
            ("/check Our task https://gazeta.kg/en/a-b_c.html is", "our task is"),
            ("/check@bot_name Наша задача", "наша задача"),
            ("see (www.x.kg/y), t.me/z gazeta.kg/en and me@x.kg or @channel", "see and or"),
            ("#CSTO and/or 24/7 km/h", "csto and or 24 7 km h"),
            ("gazeta.kg said", "gazeta kg said"),
            ("  /", ""),
            ("https://", ""),
        ] {
            let read: Vec<String> = Message::read(written).words.into_iter().map(|word| word.key).collect();
            assert_eq!(read.join(" "), wanted, "{written}");
        }
    }

    #[test]
    fn what_stands_between_words_parts_them() {
        for (written, wanted) in [
            ("a b", Parting::None),
            ("a, b", Parting::Comma),
            ("a-b", Parting::None),
            ("a’ *b", Parting::None),
            ("a — b", Parting::Mark),
            ("a: «b", Parting::Mark),
            ("a (b", Parting::Mark),
            ("a 🔥 b", Parting::Mark),
            ("a. B", Parting::Sentence),
            ("a?! b", Parting::Sentence),
            ("a,\nb", Parting::Line),
            ("a. https://x.y b", Parting::Line),
        ] {
            assert_eq!(Message::read(written).parting_before(1), wanted, "{written}");
        }
        let message = Message::read("a b");
        assert_eq!([0, 2, 3].map(|word| message.parting_before(word)), [Parting::Line; 3]);
    }

    #[test]
    fn an_omission_is_marked_in_many_ways() {
        for marked in ["a … b", "a... b", "a [...] b", "a (…) b", "a <..> b", "a. . . b", "a, [ ... ] b"] {
            assert_eq!(Message::read(marked).omission_in(0..=2), Some(1), "{marked}");
        }
        for plain in ["a. B", "a, b", "a.) . b", "… a b", "a b …", "a [b] c"] {
            assert_eq!(Message::read(plain).omission_in(0..=9), None, "{plain}");
        }
    }

    #[test]
    fn a_message_is_cut_at_its_bound() {
        let long = "a ".repeat(5_000);
        assert_eq!(Message::read(&long).words.len(), MAX_WORDS);
    }
}
