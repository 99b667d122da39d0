//! A corpus of any size, made of nothing but a seed: the same on every machine and at every run.
//!
//! Words follow Zipf's law as in any language, some come back within their passage as in any text, and passages are about
//! as long as those of interviews and encyclopedias. A question is asked for a passage in some of its words, among words
//! that everybody uses, one that stands nowhere near, and slips of the finger. No sentence of it means anything, so what is
//! measured is speed, memory and the finding of words; how people really ask is measured by `eval`.

use std::fmt::Write as _;

use onrecord::domain::InterviewId;
use onrecord::knowledge::{self, Files};

/// So many different words there are: about what an English text of four million words has.
const N_WORDS: usize = 100_000;

/// So many of the commonest that are made up are short.
const N_SHORT: usize = 2_000;

/// The commonest words of English, the most common first: they tell nothing, and a question holds several.
const COMMON: [&str; 48] = [
    "the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "was", "on", "with", "as", "be", "by", "at", "are",
    "this", "have", "from", "or", "had", "an", "but", "not", "what", "all", "were", "when", "we", "there", "can",
    "who", "more", "if", "will", "about", "how", "they", "which", "do", "their", "has", "one", "would", "why", "where",
];

/// Every fifth word has been said in the passage before.
const REPEATED: f64 = 0.2;

/// A word of a question has a slip with this chance, if it is long enough to be known again.
const SLIP: f64 = 0.15;

/// So many answers go into one folder: a file of an imported set has at most 64 MiB.
pub(crate) const FOLDER: usize = 100_000;

/// A question and the passage it was made from: its interview and its id.
pub(crate) struct Asked {
    pub(crate) question: String,
    pub(crate) folder: usize,
    pub(crate) passage: usize,
}

impl Asked {
    /// The passage as the knowledge names it.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", folder_name(self.folder), passage_name(self.passage))
    }
}

/// A made-up corpus with questions.
pub(crate) struct Synthetic {
    pub(crate) passages: Vec<String>,
    pub(crate) asked: Vec<Asked>,
}

impl Synthetic {
    /// So many passages, and so many questions about passages that lie evenly among them.
    pub(crate) fn new(n_passages: usize, n_asked: usize) -> Self {
        let mut random = Random(0x0a11_5eed);
        let lexicon = Lexicon::new();
        let texts: Vec<Vec<usize>> = (0..n_passages).map(|_| passage(&mut random)).collect();
        let asked = (0..n_asked).map(|n| {
            let at = n * n_passages / n_asked;
            let question = question(&texts[at], &lexicon, &mut random);
            Asked { question, folder: at / FOLDER, passage: at % FOLDER }
        });
        let asked = asked.collect();
        Self { passages: texts.iter().map(|words| sentences(words, &lexicon, &mut random)).collect(), asked }
    }

    /// The knowledge folder, as if `import --faq` had been run for each interview in it.
    pub(crate) fn files(&self) -> anyhow::Result<Files> {
        files(&self.passages)
    }
}

fn folder_name(folder: usize) -> String {
    format!("set-{folder}")
}

fn passage_name(passage: usize) -> String {
    format!("p{passage}")
}

fn files(passages: &[String]) -> anyhow::Result<Files> {
    let mut pairs = Vec::new();
    for (folder, passages) in passages.chunks(FOLDER).enumerate() {
        let mut lines = String::new();
        for (passage, answer) in passages.iter().enumerate() {
            writeln!(lines, r#"{{"id": "{}", "answer": "{answer}"}}"#, passage_name(passage))?;
        }
        let name = folder_name(folder);
        let Some(id) = InterviewId::parse(&name) else { anyhow::bail!("`{name}` is no id") };
        let imported = knowledge::import("synthetic.jsonl", lines.as_bytes(), &id)
            .map_err(|problems| anyhow::anyhow!("the lines have {} problems", problems.len()))?;
        let files = imported.files.iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes.to_vec()));
        pairs.extend(files);
    }
    Ok(Files::from_pairs(pairs))
}

/// The words of a passage, by rank: most have 20 to 80, few more than 150.
fn passage(random: &mut Random) -> Vec<usize> {
    // The mean of four is bell-shaped enough; e to its power makes the long tail that lengths of texts have.
    let bell = (0..4).map(|_| random.share()).sum::<f64>() / 2.0 - 1.0;
    let n_words = (38.0 * (1.2 * bell).exp()) as usize;
    let mut words: Vec<usize> = Vec::with_capacity(n_words);
    while words.len() < n_words {
        let again = !words.is_empty() && random.share() < REPEATED;
        words.push(if again { words[random.below(words.len())] } else { random.rank() });
    }
    words
}

fn sentences(words: &[usize], lexicon: &Lexicon, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = words;
    while !rest.is_empty() {
        let (sentence, after) = rest.split_at((6 + random.below(14)).min(rest.len()));
        rest = after;
        for (at, word) in sentence.iter().enumerate() {
            let word = lexicon.word(*word);
            if at > 0 {
                text.push(' ');
                text.push_str(word);
                continue;
            }
            let separator = if text.is_empty() { "" } else { " " };
            let (initial, others) = word.split_at(1);
            let _ = write!(text, "{separator}{}{others}", initial.to_uppercase());
        }
        text.push('.');
    }
    text
}

/// Three to five telling words of a passage, two or three that tell nothing, and at times one from elsewhere.
fn question(passage: &[usize], lexicon: &Lexicon, random: &mut Random) -> String {
    let mut telling: Vec<usize> = passage.iter().copied().filter(|word| *word >= COMMON.len()).collect();
    telling.sort_unstable();
    telling.dedup();
    let mut words: Vec<String> = Vec::new();
    for _ in 0..3 + random.below(3) {
        if !telling.is_empty() {
            let word = telling.swap_remove(random.below(telling.len()));
            words.push(random.typed(lexicon.word(word)));
        }
    }
    for _ in 0..2 + random.below(2) {
        words.push(COMMON[random.below(COMMON.len())].to_owned());
    }
    if random.below(2) == 0 {
        let elsewhere = random.rank();
        words.push(lexicon.word(elsewhere).to_owned());
    }
    // In no order of theirs: Fisher and Yates.
    for at in (1..words.len()).rev() {
        words.swap(at, random.below(at + 1));
    }
    words.join(" ")
}

/// The words by rank: real ones first, then made of syllables, the rarer the longer.
struct Lexicon(Vec<String>);

impl Lexicon {
    fn new() -> Self {
        const ONSETS: [&str; 20] =
            ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "tr", "pl", "gr", "sk"];
        const REST: [&str; 20] = [
            "a", "e", "i", "o", "u", "an", "en", "in", "on", "un", "ar", "er", "ir", "or", "ur", "al", "el", "il",
            "ol", "ost",
        ];
        let made_up = (0..N_WORDS - COMMON.len()).map(|number| {
            // What follows each other must not look alike: a prime scatters it. Below 160,000 are words of two syllables.
            let scattered = number * 7_919;
            let mut left =
                if number < N_SHORT { 8_000 + scattered % 152_000 } else { 160_000 + scattered % N_WORDS * 631 };
            let mut word = String::new();
            while left > 0 {
                word.push_str(ONSETS[left % 20]);
                word.push_str(REST[left / 20 % 20]);
                left /= 400;
            }
            word
        });
        Self(COMMON.iter().map(|word| (*word).to_owned()).chain(made_up).collect())
    }

    fn word(&self, rank: usize) -> &str {
        &self.0[rank]
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014): eight lines, and the same numbers for ever.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    /// A word: the n-th commonest comes n times more rarely than the first.
    fn rank(&mut self) -> usize {
        let rank = ((N_WORDS as f64).ln() * self.share()).exp() as usize;
        rank.clamp(1, N_WORDS) - 1
    }

    /// The word as somebody types it.
    fn typed(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 5 || self.share() >= SLIP {
            return word.to_owned();
        }
        let at = 1 + self.below(letters.len() - 2);
        match self.below(4) {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letters[at]),
            _ => letters[at] = 'x',
        }
        letters.into_iter().collect()
    }
}
