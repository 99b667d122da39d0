//! A small corpus for tests: six topics in two languages, two passages without a topic, and what is outside.

use crate::domain::{
    Corpus, Interview, InterviewId, Key, Language, Lexicon, Localised, Outside, Passage, PassageId, PassageKind,
    Question, Revision, SynonymWeight, Synonyms, Text, TextKind, Topic, TopicId,
};

use super::{Intent, Matcher};

const PASSAGES: &[(&str, &str)] = &[
    ("p1", "The lighthouse on the northern cape was lit again in May, after nine years of darkness."),
    ("p2", "Our ferries carry two thousand passengers a day, and a third of them travel without a ticket."),
    ("p3", "We have bought three icebreakers, so that the port stays open in winter."),
    ("p4", "The fishermen and the harbour authority signed an agreement on quotas last spring."),
    ("p5", "Smuggling of amber has become the main worry of the coast guard."),
    ("p6", "Cooperation with the Baltic Ports Organisation is suspended, but we are ready to resume it."),
    ("p7", "A museum of knots will open in the old customs house."),
    ("p8", "Seagulls are protected by a decree of the governor."),
    ("p9", "Lost in the source."),
];

type TopicRow = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Id, passages, phrasings, keywords.
const TOPICS: &[TopicRow] = &[
    (
        "lighthouse",
        &["p1"],
        &[
            "When was the lighthouse lit again?",
            "Is there light on the cape?",
            "the beacon in the north",
            "Why was the lighthouse dark for so long?",
            "Когда снова зажгли маяк?",
            "Почему маяк не горел девять лет?",
            "маяк на северном мысе",
            "Светит ли маяк сейчас?",
        ],
        &["lighthouse", "beacon", "маяк"],
    ),
    (
        "ferries",
        &["p2"],
        &[
            "How many passengers do the ferries carry?",
            "Do people pay on the ferry?",
            "ferry traffic every day",
            "Who travels without a ticket?",
            "Сколько пассажиров возят паромы?",
            "Платят ли люди на пароме?",
            "паромы каждый день",
            "Кто ездит без билета?",
        ],
        &["ferries", "tickets", "паром", "билеты"],
    ),
    (
        "icebreakers",
        &["p3"],
        &[
            "How many icebreakers did you buy?",
            "Does the port freeze in winter?",
            "ships against the ice",
            "Will the harbour stay open in the cold season?",
            "Сколько куплено ледоколов?",
            "Замерзает ли порт зимой?",
            "корабли против льда",
            "Открыт ли порт в холодное время?",
        ],
        &["icebreakers", "winter", "ледоколы"],
    ),
    (
        "quotas",
        &["p4"],
        &[
            "What was agreed with the fishermen?",
            "Is there an agreement on quotas?",
            "fishing limits",
            "Who signed the deal about the catch?",
            "О чём договорились с рыбаками?",
            "Есть ли соглашение о квотах?",
            "ограничения улова",
            "Кто подписал договор о рыбе?",
        ],
        &["quotas", "fishermen", "квоты", "рыбаки"],
    ),
    (
        "smuggling",
        &["p5"],
        &[
            "What worries the coast guard?",
            "Is amber smuggled?",
            "illegal trade in amber",
            "Who fights the smugglers?",
            "Что беспокоит береговую охрану?",
            "Вывозят ли янтарь тайком?",
            "контрабанда янтаря",
            "Кто борется с контрабандистами?",
        ],
        &["amber", "smuggling", "янтарь", "контрабанда"],
    ),
    (
        "ports",
        &["p6"],
        &[
            "How are relations with the Baltic Ports Organisation?",
            "Why is the cooperation suspended?",
            "contacts with BPO",
            "Will you talk to them again?",
            "Как отношения с БПО?",
            "Почему приостановлено сотрудничество?",
            "контакты с организацией портов",
            "Возобновите ли вы диалог?",
        ],
        &["BPO", "БПО"],
    ),
];

const OUTSIDE: &[(&str, &[&str])] = &[
    ("lighthouse", &["How tall is the lighthouse?", "Какой высоты маяк?"]),
    ("ferries", &["What does a ferry ticket cost?", "Сколько стоит билет на паром?"]),
    ("icebreakers", &["Who built the icebreakers?", "Кто построил ледоколы?"]),
    ("smuggling", &["How many smugglers were arrested?", "Сколько контрабандистов арестовано?"]),
    ("", &["What is the weather tomorrow?", "Какая завтра погода?", "weather forecast"]),
    ("", &["Tell me a recipe for soup", "Дай рецепт супа", "how to cook borscht"]),
    ("", &["Who won the football match?", "Кто выиграл матч?"]),
];

const SMALL_TALK: &[(&str, &[&str])] = &[
    ("greeting", &["hello", "hi there", "good morning", "привет", "здравствуйте", "добрый день"]),
    ("thanks", &["thank you", "thanks a lot", "спасибо", "благодарю вас"]),
    ("help", &["what can you do", "how does this work", "что ты умеешь", "как это работает"]),
];

pub(super) fn matcher() -> Matcher {
    Matcher::new(&corpus(), &small_talk())
}

pub(super) fn small_talk() -> Vec<Intent> {
    SMALL_TALK.iter().map(|(id, texts)| Intent { id, phrasings: in_languages(texts) }).collect()
}

pub(super) fn corpus() -> Corpus {
    let topics = TOPICS.iter().map(|(id, passages, phrasings, keywords)| Topic {
        id: TopicId::parse(id).unwrap(),
        key: key(),
        title: Localised::same(*id),
        passages: passages.iter().map(|id| PassageId::parse(id).unwrap()).collect(),
        phrasings: in_languages(phrasings),
        keywords: in_languages(keywords),
        follow_ups: Vec::new(),
        note: None,
    });
    let outside =
        OUTSIDE.iter().map(|(near, texts)| Outside { near: TopicId::parse(near), phrasings: in_languages(texts) });
    let text = Text {
        language: Language::English,
        kind: TextKind::Original,
        title: String::new(),
        publisher: String::new(),
        url: String::new(),
        retrieved: None,
        questions: vec![Question { words: String::new(), passages: PASSAGES.iter().map(passage).collect() }].into(),
    };
    let interview = Interview {
        id: InterviewId::parse("harbour").unwrap(),
        speaker: None,
        asked_by: None,
        given: None,
        original_language: Language::English,
        texts: vec![text],
        also: Vec::new(),
        topics: topics.collect(),
        outside: outside.collect(),
        events: Vec::new(),
        judgments: Vec::new(),
    };
    let words = ["BPO", "БПО", "Baltic Ports Organisation"].map(str::to_owned).to_vec();
    let lexicon = Lexicon { synonyms: vec![Synonyms { words, weight: SynonymWeight::Telling }] };
    Corpus { revision: Revision(key()), interviews: vec![interview], lexicon }
}

fn passage((id, words): &(&str, &str)) -> Passage {
    let kind = if *id == "p9" { PassageKind::Gap } else { PassageKind::Quotable };
    let id = PassageId::parse(id).unwrap();
    Passage { id, words: (*words).to_owned(), kind, key: key(), fragment: String::new(), page: None }
}

fn in_languages(texts: &[&str]) -> Vec<(Language, String)> {
    let language = |text: &str| if text.is_ascii() { Language::English } else { Language::Russian };
    texts.iter().map(|text| (language(text), (*text).to_owned())).collect()
}

fn key() -> Key {
    Key::parse("aaaaaaaaaa").unwrap()
}
