//! An invented interview with a harbour master for tests, in English and in Russian, and findings written as one line
//! of text.

use crate::domain::{
    Corpus, Interview, InterviewId, Key, Language, Lexicon, Localised, Passage, PassageId, PassageKind, Placed,
    Question, Revision, Speaker, Text, TextKind,
};

use super::{ComparedWord, Comparer, Comparison, Extent, Finding, Mark, Part};

/// Questions, each with its passages.
type Rows = &'static [(&'static str, &'static [(&'static str, &'static str)])];

const ENGLISH: Rows = &[
    (
        "What has changed since the storm reached the northern harbour?",
        &[
            ("a1.1", "We have rebuilt the northern lighthouse, and its lamp was lit again in May 2031."),
            (
                "a1.2",
                "Our main duty is to keep the fairway open for every vessel that asks for shelter, whatever flag it flies. We \
                 shall not turn anybody away. In the past two winters, the pilots brought in 1,340 ships.",
            ),
            (
                "a1.3",
                "The insurers – and I say this with respect – paid for barely 12 % of the damage. The rest was covered by the \
                 towns along the coast.",
            ),
        ],
    ),
    (
        "How do you see the role of the ferries in the near future?",
        &[
            ("a2.1", "We plan to order:"),
            (
                "a2.2",
                "The new ferries, \"Kittiwake\" and \"Grey Seal,\" will carry two thousand passengers a day. A third of them will \
                 travel by night, when the tide is high.",
            ),
            (
                "a2.3",
                "As for the amber smugglers, talks with the customs office have been suspended. Nevertheless, we are watching the \
                 quays and are ready to resume cooperation.",
            ),
            ("a2.4", "The harbour is open to all who respect our rules and the sea."),
        ],
    ),
];

const RUSSIAN: Rows = &[
    (
        "Что изменилось в северной гавани после шторма?",
        &[
            ("a1.1", "Мы заново отстроили северный маяк, и в мае 2031 года его снова зажгли."),
            (
                "a1.2",
                "Наша главная обязанность – держать фарватер открытым для каждого судна, которое просит убежища, под каким бы \
                 флагом оно ни шло. Мы никого не прогоним. За две прошлые зимы лоцманы провели 1340 кораблей.",
            ),
        ],
    ),
    (
        "Какой вы видите роль паромов?",
        &[
            (
                "a2.2",
                "Новые паромы «Моевка» и «Серый тюлень» будут перевозить две тысячи пассажиров в день. Ещё треть из них поедет \
                 ночью, когда высок прилив.",
            ),
            (
                "a2.3",
                "Что касается контрабанды янтаря, переговоры с таможней приостановлены. Тем не менее мы наблюдаем за причалами и \
                 готовы возобновить сотрудничество.",
            ),
        ],
    ),
];

pub(super) fn english() -> Corpus {
    corpus(vec![text(Language::English, ENGLISH)])
}

pub(super) fn russian() -> Corpus {
    corpus(vec![text(Language::Russian, RUSSIAN)])
}

pub(super) fn both() -> Corpus {
    corpus(vec![text(Language::English, ENGLISH), text(Language::Russian, RUSSIAN)])
}

/// A corpus of one text that is one passage.
pub(super) fn of_words(words: &str) -> Corpus {
    let passages = vec![passage("p1", words)];
    let mut whole = text(Language::English, &[]);
    whole.questions = vec![Question { words: String::new(), passages }].into();
    corpus(vec![whole])
}

fn corpus(texts: Vec<Text>) -> Corpus {
    let name = |words: &str| Localised::same(words);
    let interview = Interview {
        id: InterviewId::parse("harbour").unwrap(),
        speaker: Some(Speaker { name: name("Tove Lindqvist"), role: name("Harbour master") }),
        asked_by: None,
        given: None,
        original_language: Language::English,
        texts,
        also: Vec::new(),
        topics: Vec::new(),
        outside: Vec::new(),
        events: Vec::new(),
        judgments: Vec::new(),
    };
    Corpus { revision: Revision(key()), interviews: vec![interview], lexicon: Lexicon::default() }
}

fn text(language: Language, rows: Rows) -> Text {
    let question = |(words, passages): &(&str, &[(&str, &str)])| Question {
        words: (*words).to_owned(),
        passages: passages.iter().map(|(id, words)| passage(id, words)).collect(),
    };
    Text {
        language,
        kind: TextKind::Original,
        title: String::new(),
        publisher: String::new(),
        url: String::new(),
        retrieved: None,
        questions: rows.iter().map(question).collect::<Vec<_>>().into(),
    }
}

fn passage(id: &str, words: &str) -> Passage {
    let kind = if id == "a2.1" { PassageKind::Gap } else { PassageKind::Quotable };
    let id = PassageId::parse(id).unwrap();
    Passage { id, words: words.to_owned(), kind, key: key(), fragment: String::new(), page: None }
}

fn key() -> Key {
    Key::parse("aaaaaaaaaa").unwrap()
}

/// What is said of a message, one line for each comparison.
pub(super) fn of_message(corpus: &Corpus, written: &str) -> Vec<String> {
    let comparisons = Comparer::new(corpus).message(corpus, written);
    comparisons.iter().map(|comparison| line(written, comparison)).collect()
}

/// What is said of words that are all said to be a quote.
pub(super) fn of_quote(corpus: &Corpus, words: &str) -> Vec<String> {
    let comparisons = Comparer::new(corpus).words(corpus, words);
    comparisons.iter().map(|comparison| line(words, comparison)).collect()
}

/// Messages with what is said of each.
pub(super) fn check<const N: usize>(corpus: &Corpus, of: fn(&Corpus, &str) -> Vec<String>, cases: [(&str, &str); N]) {
    for (written, wanted) in cases {
        assert_eq!(of(corpus, written), [wanted], "{written}");
    }
}

/// Messages of which nothing is found.
pub(super) fn check_not_found<const N: usize>(corpus: &Corpus, messages: [&str; N]) {
    for message in messages {
        let of = message.trim_end_matches(['.', '?', '!']);
        assert_eq!(of_message(corpus, message), [format!("- {of}")], "{message}");
    }
}

/// `= id: words` for each place, `≠ message | id: text` with `[word]` for one that stands on one side only and `(word)`
/// for one left out openly, `- words` for what was not found, `? language`.
fn line(written: &str, comparison: &Comparison<'_>) -> String {
    match &comparison.finding {
        Finding::WordForWord(found) => {
            let piece =
                |piece: &super::Piece<'_>| format!("{}: {}", id(&piece.part), &piece.part.words()[piece.bytes.clone()]);
            let place = |place: &super::Place<'_>| place.pieces.iter().map(piece).collect::<Vec<_>>().join(" + ");
            let sign = if found.extent == Extent::Shortened { "=…" } else { "=" };
            let places: Vec<String> = found.places.iter().map(place).collect();
            let case: Vec<&str> = found.other_case.iter().map(|bytes| &written[bytes.clone()]).collect();
            let case = if case.is_empty() { String::new() } else { format!(" ({})", case.join(", ")) };
            format!("{sign} {}{case}", places.join(" / "))
        }
        Finding::Differs(difference) => {
            let parts =
                difference.text.iter().map(|of| format!("{}: {}", id(&of.part), marked(of.part.words(), &of.words)));
            format!("≠ {} | {}", marked(written, &difference.message), parts.collect::<Vec<_>>().join(" + "))
        }
        Finding::NotFound => format!("- {}", &written[comparison.said.clone()]),
        Finding::OtherLanguage(language) => format!("? {}", language.map_or("", Language::code)),
    }
}

fn id<'c>(part: &Part<'c>) -> &'c str {
    match part {
        Part::Passage(Placed { passage, .. }) => passage.id.as_str(),
        Part::Question { .. } => "question",
    }
}

fn marked(text: &str, words: &[ComparedWord]) -> String {
    let mark = |word: &ComparedWord| {
        let written = &text[word.bytes.clone()];
        match word.mark {
            Mark::Same => written.to_owned(),
            Mark::Alone => format!("[{written}]"),
            Mark::LeftOut => format!("({written})"),
        }
    };
    words.iter().map(mark).collect::<Vec<_>>().join(" ")
}
