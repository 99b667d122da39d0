//! Long passages: whole sentences are quoted, `[…]` stands where something is left out, and nothing is torn apart.
//!
//! The passages of `long/` are made of what tempts one to break in the wrong place: speech of several sentences in the
//! quotation marks of four languages, brackets with sentences in them, abbreviations and initials before capitals and digits.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use onrecord::app::{KnowledgeSource, Outcome, Preference, Snapshot, answer};
use onrecord::domain::{Language, MAX_WHOLE_CHARS, OMISSION, Passage, Quote};

use super::{ann, oleg};
use crate::support::bot::{self, Bot};
use crate::support::fake::{Chat, FakeTelegram, User};
use crate::support::transcript::Transcript;

/// What stands before a full stop that ends no sentence.
const ABBREVIATED: &[&str] = &[
    "Nov", "Prof", "E", "Capt", "R", "e.g", "vol", "approx", "Jan", "A", "B", "Ltd", "Dec", "p.m", "St", "art", "нояб",
    "г", "проф", "Э", "Р", "напр", "т", "ок", "янв", "А", "Б", "дек", "ч", "св", "ст", "д",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/conversations/long")
}

async fn conversation(user: &User, [first, second]: [&str; 2], (around, only): (&str, &str)) -> String {
    let fake = FakeTelegram::start().await;
    let bot = Bot::knowing(&fake, bot::open(KnowledgeSource::Folder(folder()))).await;
    let mut talk = Transcript::new(Chat::private(user), Some((fake, bot))).await;
    talk.says(user, first).await;
    let answer = talk.says(user, second).await;
    let context = talk.presses(user, &answer, around).await;
    let again = talk.presses(user, &context, only).await;
    // But for the question whether it was one.
    assert!(answer.text.starts_with(&again.text), "{}", again.text);
    talk.end().await
}

#[tokio::test]
async fn a_long_answer_in_english() {
    let questions = ["What did the captain tell the council?", "What will the pier cost?"];
    assert_snapshot!(conversation(&ann(), questions, ("Before and after", "Only the answer")).await);
}

#[tokio::test]
async fn a_long_answer_in_russian() {
    let questions = ["Что капитан сказал совету?", "Сколько будет стоить причал?"];
    assert_snapshot!(conversation(&oleg(), questions, ("До и после", "Только ответ")).await);
}

/// Whatever six words of a long passage are asked for, each piece that is quoted is whole.
#[test]
fn a_long_passage_is_never_torn_apart() {
    let library = bot::open(KnowledgeSource::Folder(folder()));
    let snapshot = library.snapshot();
    let is_long = |passage: &&Passage| passage.words.chars().count() > MAX_WHOLE_CHARS;
    let passages: Vec<&Passage> = snapshot.corpus.placed().map(|placed| placed.passage).filter(is_long).collect();
    assert_eq!(passages.len(), 4);
    for passage in passages {
        let words: Vec<&str> = passage.words.split(' ').collect();
        let quotes: Vec<Quote> =
            words.windows(6).filter_map(|asked| quote(&snapshot, passage, &asked.join(" "))).collect();
        assert!(quotes.len() * 2 > words.len(), "{} of {} questions got a quote", quotes.len(), words.len());
        for quote in &quotes {
            check_whole(quote.words(), &passage.words);
        }
        let mut different: Vec<&str> = quotes.iter().map(Quote::words).collect();
        different.sort_unstable();
        different.dedup();
        assert!(different.len() > 1, "the question decides which sentences are quoted");
    }
}

/// Whatever of a long passage is checked is shown: at its end, where it is changed, and on both sides of a mark that
/// something is left out.
#[tokio::test]
async fn what_is_checked_of_a_long_passage_is_shown() {
    let library = bot::open(KnowledgeSource::Folder(folder()));
    let snapshot = library.snapshot();
    let english = snapshot.corpus.placed().filter(|placed| placed.text.language == Language::English);
    let longest = english.map(|placed| &placed.passage.words).max_by_key(|words| words.chars().count());
    let words: Vec<&str> = longest.unwrap().split_whitespace().collect();
    let end = &words[words.len() - 9..];
    let (first, last) = (words[..9].join(" "), end.join(" "));
    let changed = format!("{} zebra {}", end[..6].join(" "), end[7..].join(" "));
    let put_in = format!("{last} for zebras");
    let shortened = format!("{first} […] {last}");
    let ann = ann();
    let fake = FakeTelegram::start().await;
    let bot = Bot::knowing(&fake, bot::open(KnowledgeSource::Folder(folder()))).await;
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    for (quote, verdict, shown) in [
        (&last, "word for word", vec![&last]),
        (&changed, "differ", vec![&last]),
        (&put_in, "differ", vec![&last]),
        (&first, "word for word", vec![&first]),
        (&shortened, "word for word", vec![&first, &last]),
    ] {
        let reply = talk.says(&ann, &format!("/check «{quote}»")).await.text;
        assert!(reply.to_lowercase().contains(verdict), "{quote}: {reply}");
        assert!(shown.iter().all(|words| reply.contains(*words)), "{quote}: {reply}");
    }
    talk.end().await;
}

/// The quote of that very text that a question got.
fn quote(snapshot: &Snapshot, passage: &Passage, question: &str) -> Option<Quote> {
    let (Outcome::Quote(found) | Outcome::Choices(found)) = answer(snapshot, question, Preference::default()).outcome
    else {
        return None;
    };
    found.into_iter().map(|found| found.quote).find(|quote| quote.is_verbatim_in(passage))
}

fn check_whole(quoted: &str, passage: &str) {
    assert!(quoted.chars().count() <= MAX_WHOLE_CHARS, "too long: {quoted}");
    let piece = quoted.trim_start_matches(OMISSION).trim_end_matches(OMISSION).trim();
    assert!(!piece.contains(OMISSION), "one run of sentences: {quoted}");
    let start = passage.find(piece).unwrap();
    let (before, after) = (passage[..start].trim_end(), passage[start + piece.len()..].trim_start());
    assert_eq!(quoted.starts_with(OMISSION), !before.is_empty(), "what is left out before is shown: {quoted}");
    assert_eq!(quoted.ends_with(OMISSION), !after.is_empty(), "what is left out after is shown: {quoted}");
    for (opening, closing) in [("“«„", "”»“"), ("(", ")"), ("[", "]")] {
        assert!(is_closed(piece, opening, closing), "broken between {opening} and {closing}: {quoted}");
    }
    for end in [before, piece].into_iter().filter(|end| !end.is_empty()) {
        let bare = end.trim_end_matches(['”', '»', '“', ')', ']', ' ']);
        assert!(bare.ends_with(['.', '!', '?']), "not at the end of a sentence: {end}");
        let last = bare.trim_end_matches('.').rsplit([' ', '«', '“', '(', '[']).next().unwrap();
        assert!(!ABBREVIATED.contains(&last), "after an abbreviation: {end}");
    }
}

/// Whether the text closes as many marks as it opens. `“` does either: it closes `„` and opens otherwise.
fn is_closed(text: &str, opening: &str, closing: &str) -> bool {
    let mut open: Vec<char> = Vec::new();
    for c in text.chars() {
        if c == '“' && open.last() == Some(&'„') {
            open.pop();
        } else if opening.contains(c) {
            open.push(c);
        } else if closing.contains(c) && open.pop().is_none() {
            return false;
        }
    }
    open.is_empty()
}
