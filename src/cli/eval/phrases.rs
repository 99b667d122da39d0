//! What the text and the page of an evaluation say alike: names of languages and rows, passages with their first words.

use crate::app::{Calibration, Grade, Instead, Price, Score, Share};
use crate::domain::{Corpus, Language, PassageName};

/// So many characters of a passage tell it from others.
const OPENING: usize = 56;

/// The language's name in English.
pub(super) const fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Russian => "Russian",
    }
}

/// A group of questions and what came of them.
pub(super) struct Rows {
    pub(super) title: &'static str,
    pub(super) rows: &'static [(&'static str, ShareOf)],
}

/// One share of a score.
type ShareOf = fn(&Score) -> Share;

/// Every share of a score, in the order they are read.
pub(super) const ROWS: [Rows; 3] = [
    Rows {
        title: "the interview answers it",
        rows: &[
            ("right quote", |score| score.answered),
            ("right, or among the choices", |score| score.right_or_choice),
            ("wrong quote", |score| score.wrong_quote),
            ("refused", |score| score.refused),
        ],
    },
    Rows {
        title: "the interview does not answer it",
        rows: &[
            ("told so", |score| score.outside_refused),
            ("quoted all the same", |score| score.outside_quoted),
            ("near its topics: quoted", |score| score.near_quoted),
        ],
    },
    Rows { title: "small talk, facts about the interview", rows: &[("understood", |score| score.chat)] },
];

/// “1 question”, “2 questions”.
pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A passage's id with its first words: nobody knows ids by heart. The interview's name only where there are several.
pub(super) fn passage(corpus: &Corpus, name: &PassageName) -> String {
    let shown = if corpus.interviews.len() == 1 { name.passage.to_string() } else { name.to_string() };
    match corpus.passage(name, Language::English) {
        Some(placed) => format!("{shown} “{}”", clipped(&placed.passage.words, OPENING)),
        None => shown,
    }
}

/// What would have been right: one passage, or any of several.
pub(super) fn expected(corpus: &Corpus, passages: &[PassageName]) -> String {
    match passages {
        [] => "nothing: it is not answered".to_owned(),
        [first, others @ ..] => {
            let others: String = others.iter().map(|other| format!(" or {}", other.passage)).collect();
            passage(corpus, first) + &others
        }
    }
}

/// What came instead.
pub(super) fn instead(corpus: &Corpus, instead: &Instead) -> String {
    match instead {
        Instead::Quoted(name) => format!("quoted {}", passage(corpus, name)),
        Instead::Offered(name) => format!("offered {}", passage(corpus, name)),
        Instead::Nothing => "said that nothing was found".to_owned(),
    }
}

/// At most so many characters, with `…` for the others.
pub(super) fn clipped(text: &str, n_chars: usize) -> String {
    match text.char_indices().nth(n_chars) {
        Some((end, _)) => {
            let cut = &text[..end];
            // At a word, unless that would leave next to nothing.
            let cut = cut.rfind(' ').filter(|space| *space > end / 2).map_or(cut, |space| &cut[..space]);
            format!("{}…", cut.trim_end())
        }
        None => text.to_owned(),
    }
}

/// What came of a question, in two or three words.
pub(super) const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::RightQuote => "right quote",
        Grade::RightChoice => "right among the choices",
        Grade::WrongChoice => "wrong choices",
        Grade::WrongQuote => "wrong quote",
        Grade::Missed => "nothing found",
        Grade::Refused => "told so",
        Grade::Offered => "offered",
        Grade::Quoted => "quoted",
        Grade::Chatted => "understood",
        Grade::NotChatted => "not understood",
    }
}

/// A style of question in words that need no glossary; one that is not ours as it is written.
pub(super) fn style(style: &str) -> &str {
    match style {
        "direct" => "asked straight",
        "paraphrase" => "in other words",
        "keyword" => "a few key words",
        "typo" => "with typing errors",
        "translit" => "Russian in Latin letters",
        "chat" => "as in a chat",
        "false_premise" => "built on something untrue",
        "near_oos" => "on its topics, not answered",
        "far_oos" => "on something else altogether",
        "meta" => "small talk, about the interview",
        other => other,
    }
}

/// Whether a price is the one proposed, or the one that is paid now.
pub(super) fn mark(calibration: &Calibration, price: &Price) -> Option<&'static str> {
    match price.thresholds {
        pair if Some(pair) == calibration.proposed.map(|proposed| proposed.thresholds) => Some("proposed"),
        pair if pair == calibration.now.thresholds => Some("now"),
        _ => None,
    }
}

/// How far the questions leave it open what the proposed pair, or the present one, would quote in vain.
pub(super) fn left_open(calibration: &Calibration) -> String {
    let price = calibration.proposed.as_ref().unwrap_or(&calibration.now);
    let most = price.outside_quoted.range().1 * 100.0;
    format!("so few questions leave it open: of others like them up to {most:.1} in 100 may be quoted wrongly")
}

/// Why nothing is proposed.
pub(super) fn no_proposal(calibration: &Calibration) -> &'static str {
    match calibration.now.outside_quoted.of {
        0 => "there is no question among them that is not answered",
        _ => "with every pair that was tried more than that many are wrong",
    }
}
