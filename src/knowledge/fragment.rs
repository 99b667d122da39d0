//! Text fragments: the end of a link that makes a browser find a passage on its page and mark it.
//!
//! `#:~:text=[prefix-,]start[,end][,-suffix]` (<https://wicg.github.io/scroll-to-text-fragment/>). A browser takes the
//! first match of whole words, without regard to case or accents, so the words must stand nowhere else in the text. We
//! know the interview but not what else stands on the page: hence a few words more than the text alone would need.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::{Passage, PassageKind, Text};

/// A passage of so many words is named whole; of a longer one the first and the last words.
const MAX_WHOLE_WORDS: usize = 8;

/// The fewest words a long passage's start has: what is unique in the text should be so on the page.
const MIN_START_WORDS: usize = 3;

/// The most words of a start, an end or what stands around them.
const MAX_START_WORDS: usize = 16;

/// Places that begin like a passage and are compared with it. If there are more, it gets no fragment: a text that says
/// the same three words hundreds of times is no interview, and must not cost time.
const MAX_RIVALS: usize = 256;

/// Gives every quotable passage of a text its fragment; it stays empty where no words would be unique.
pub(super) fn mark_passages(text: &mut Text) {
    let words = Words::of(text);
    let fragments: Vec<String> =
        words.passages.iter().map(|block| words.fragment(&words.blocks[*block]).unwrap_or_default()).collect();
    let passages = text.questions.iter_mut().flat_map(|question| &mut question.passages);
    for (passage, fragment) in passages.zip(fragments).filter(|(passage, _)| is_quotable(passage)) {
        passage.fragment = fragment;
    }
}

/// The words of a whole text as numbers: equal for a browser, equal number.
struct Words {
    /// The title, the questions and the passages, in the order of the page.
    blocks: Vec<Block>,
    /// The words of all blocks, with [`BOUNDARY`] behind each block.
    numbers: Vec<u32>,
    /// Which blocks are passages, in order.
    passages: Vec<usize>,
    /// Where the first words of passages stand, anywhere in the text.
    openings: HashMap<Vec<u32>, Vec<usize>>,
}

/// A part of the page whose words a match can't leave.
struct Block {
    text: String,
    /// The words, in bytes of `text`.
    words: Vec<Range<usize>>,
    /// The place of the first word in [`Words::numbers`].
    start: usize,
    /// What may be named as standing before or behind it: the blocks beside a passage, if they are quotable passages of
    /// the same answer. Between answers a page has marks (a dash, a name) that the text does not have.
    neighbours: [Option<usize>; 2],
}

/// The number that is no word.
const BOUNDARY: u32 = 0;

impl Words {
    fn of(text: &Text) -> Self {
        let mut words =
            Self { blocks: Vec::new(), numbers: Vec::new(), passages: Vec::new(), openings: HashMap::new() };
        let mut known = HashMap::new();
        words.push(&text.title, &mut known);
        for question in &text.questions {
            words.push(&question.words, &mut known);
            let first = words.blocks.len();
            for (n, passage) in question.passages.iter().enumerate() {
                words.push(&passage.words, &mut known);
                words.passages.push(first + n);
            }
            for n in 0..question.passages.len() {
                let beside = |other: Option<usize>| {
                    other.filter(|n| question.passages.get(*n).is_some_and(is_quotable)).map(|n| first + n)
                };
                words.blocks[first + n].neighbours = [beside(n.checked_sub(1)), beside(Some(n + 1))];
            }
        }
        words.find_openings();
        words
    }

    fn push(&mut self, text: &str, known: &mut HashMap<String, u32>) {
        let start = self.numbers.len();
        let mut words = Vec::new();
        for (at, word) in text.unicode_word_indices() {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX - 1) + 1;
            self.numbers.push(*known.entry(as_compared(word)).or_insert(next));
            words.push(at..at + word.len());
        }
        self.numbers.push(BOUNDARY);
        self.blocks.push(Block { text: text.to_owned(), words, start, neighbours: [None, None] });
    }

    /// Finds everything in the text that begins like a passage.
    fn find_openings(&mut self) {
        for block in &self.passages {
            self.openings.entry(self.opening(&self.blocks[*block]).to_vec()).or_default();
        }
        let lengths: BTreeSet<usize> = self.openings.keys().map(Vec::len).filter(|n_words| *n_words > 0).collect();
        for start in 0..self.numbers.len() {
            for &n_words in &lengths {
                let Some(opening) = self.numbers.get(start..start + n_words) else { break };
                if let Some(places) = self.openings.get_mut(opening)
                    && places.len() <= MAX_RIVALS
                {
                    places.push(start);
                }
            }
        }
    }

    /// The first words of a block: all a rival must share to be compared.
    fn opening(&self, block: &Block) -> &[u32] {
        &self.numbers[block.start..block.start + block.words.len().min(MIN_START_WORDS)]
    }

    /// The fragment of a passage; `None` if no words are unique.
    fn fragment(&self, block: &Block) -> Option<String> {
        let n_words = block.words.len();
        let places = self.openings.get(self.opening(block)).filter(|places| places.len() <= MAX_RIVALS)?;
        let compared = n_words.min(MAX_START_WORDS);
        let rivals = || places.iter().copied().filter(|place| *place != block.start);
        let n_shared = rivals().map(|place| self.n_alike(block.start, place, compared)).max().unwrap_or(0);
        if n_words == 0 {
            return None;
        }
        if n_shared < compared {
            return Some(self.start_to_end(block, (n_shared + 1).max(MIN_START_WORDS.min(n_words))));
        }
        let twins: Vec<usize> =
            rivals().filter(|place| self.n_alike(block.start, *place, compared) == compared).collect();
        self.with_prefix(block, &twins, compared).or_else(|| self.with_suffix(block, &twins))
    }

    /// `start` or `start,end`, where the first `n_start` words are unique.
    fn start_to_end(&self, block: &Block, n_start: usize) -> String {
        let n_words = block.words.len();
        if n_words <= MAX_WHOLE_WORDS {
            return directive(&[&block.slice(0..n_words)]);
        }
        let start = block.slice(0..n_start);
        match self.n_end(block, n_start) {
            Some(n_end) => directive(&[&start, &block.slice(n_words - n_end..n_words)]),
            None if n_words <= MAX_START_WORDS => directive(&[&block.slice(0..n_words)]),
            None => directive(&[&start]),
        }
    }

    /// How many of the last words stand nowhere else behind the start: a browser takes the first end it finds.
    fn n_end(&self, block: &Block, n_start: usize) -> Option<usize> {
        let rest = &self.numbers[block.start + n_start..block.start + block.words.len()];
        (2..=MAX_START_WORDS.min(rest.len())).find(|n_end| {
            let end = &rest[rest.len() - n_end..];
            rest.windows(*n_end).position(|window| window == end) == Some(rest.len() - n_end)
        })
    }

    /// The last words of the passage before, and this one from its first character on.
    fn with_prefix(&self, block: &Block, twins: &[usize], n_start: usize) -> Option<String> {
        let before = &self.blocks[block.neighbours[0]?];
        let n_prefix = (1..=before.words.len().min(MAX_START_WORDS)).find(|n| {
            let ours = self.words_before(block.start, *n);
            twins.iter().all(|twin| self.words_before(*twin, *n) != ours)
        })?;
        let prefix = before.text[before.words[before.words.len() - n_prefix].start..].trim_end();
        let n_words = block.words.len();
        let start = &block.text[..block.words[n_start - 1].end];
        let end = (n_words > n_start).then(|| self.n_end(block, n_start)).flatten();
        Some(match end {
            Some(n_end) => with_context(Some(prefix), &[start, &block.slice(n_words - n_end..n_words)], None),
            None => with_context(Some(prefix), &[start], None),
        })
    }

    /// A short passage to its last character, and the first words of the next. (Of a long one the start would have to be
    /// unique: what stands behind its end comes too late.)
    fn with_suffix(&self, block: &Block, twins: &[usize]) -> Option<String> {
        let n_words = block.words.len();
        if n_words > MAX_START_WORDS {
            return None;
        }
        let after = &self.blocks[block.neighbours[1]?];
        let n_suffix = (1..=after.words.len().min(MAX_START_WORDS)).find(|n| {
            let ours = self.words_behind(block.start + n_words, *n);
            twins.iter().all(|twin| self.words_behind(twin + n_words, *n) != ours)
        })?;
        let start = block.text[block.words[0].start..].trim_end();
        Some(with_context(None, &[start], Some(&after.text[..after.words[n_suffix - 1].end])))
    }

    /// How many words two places of the text share, at most `max`, without leaving a block.
    fn n_alike(&self, a: usize, b: usize, max: usize) -> usize {
        let (a, b) = (&self.numbers[a..], &self.numbers[b..]);
        a.iter().zip(b).take(max).take_while(|(a, b)| a == b && **a != BOUNDARY).count()
    }

    /// The `n` words before a place, last first, across blocks: what a page puts between them is not known.
    fn words_before(&self, place: usize, n: usize) -> Vec<u32> {
        self.numbers[..place].iter().rev().copied().filter(|number| *number != BOUNDARY).take(n).collect()
    }

    /// The `n` words from a place on, across blocks.
    fn words_behind(&self, place: usize, n: usize) -> Vec<u32> {
        self.numbers[place..].iter().copied().filter(|number| *number != BOUNDARY).take(n).collect()
    }
}

impl Block {
    /// From the first to the last of some words, with what stands between them.
    fn slice(&self, words: Range<usize>) -> String {
        self.text[self.words[words.start].start..self.words[words.end - 1].end].to_owned()
    }
}

fn is_quotable(passage: &Passage) -> bool {
    passage.kind == PassageKind::Quotable
}

/// A word as browsers compare it, or a little coarser: then something looks less unique than it is, which does no harm.
fn as_compared(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

fn directive(parts: &[&str]) -> String {
    with_context(None, parts, None)
}

fn with_context(prefix: Option<&str>, parts: &[&str], suffix: Option<&str>) -> String {
    let mut parts: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
    if let Some(prefix) = prefix {
        parts.insert(0, encoded(prefix) + "-");
    }
    if let Some(suffix) = suffix {
        parts.push(format!("-{}", encoded(suffix)));
    }
    format!("#:~:text={}", parts.join(","))
}

/// Percent-encodes everything but ASCII letters and digits: `-`, `,` and `&` would mean something.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
