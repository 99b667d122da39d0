//! What the matcher promises, on a small corpus: found, not found, chatted, repaired; never a panic, always the same.

use proptest::prelude::*;

use crate::domain::PassageName;

use super::fixture::{corpus, matcher, small_talk};
use super::*;

/// What a question got, in a word.
fn outcome(matcher: &Matcher, question: &str) -> String {
    match matcher.ask(question).verdict {
        Verdict::Quote(hits) => hits.iter().map(|hit| hit.passage.passage.to_string()).collect::<Vec<_>>().join(" "),
        Verdict::Choices(hits) => format!("choices of {}", hits.len()),
        Verdict::NotCovered => "nothing".to_owned(),
        Verdict::Chat(intent) => intent.to_owned(),
    }
}

fn check(cases: &[(&str, &str)]) {
    let matcher = matcher();
    for (question, wanted) in cases {
        let explanation = matcher.explain(question);
        assert_eq!(outcome(&matcher, question), *wanted, "{question}\n{explanation}");
    }
}

#[test]
fn a_question_in_other_words_finds_its_passage() {
    check(&[
        ("when did they light the lighthouse", "p1"),
        ("passengers on ferries, how many?", "p2"),
        ("do you have icebreakers for the winter", "p3"),
        ("agreement with fishermen about quotas", "p4"),
        ("is amber smuggling a worry", "p5"),
        ("Почему маяк не светит?", "p1"),
        ("сколько людей возят паромы", "p2"),
        ("какие отношения с БПО", "p6"),
    ]);
}

#[test]
fn what_is_not_answered_finds_nothing() {
    check(&[
        ("how tall is that lighthouse?", "nothing"),
        ("what does a ticket for the ferry cost", "nothing"),
        ("who paid the wages of the crew", "nothing"),
        ("weather forecast for tomorrow", "nothing"),
        ("Сколько стоит билет?", "nothing"),
        ("рецепт борща", "nothing"),
        ("Who is the president of Mars?", "nothing"),
        ("the of and", "nothing"),
        ("и в на с", "nothing"),
    ]);
}

/// "Wow" once brought a quote, for one phrasing of dozens had it.
#[test]
fn a_stray_word_finds_nothing() {
    let mut corpus = corpus();
    let lighthouse = &mut corpus.interviews[0].topics[0];
    let many = (0..30).map(|n| (Language::English, format!("is lamp {n} of the lighthouse lit")));
    lighthouse.phrasings.extend(many.chain([(Language::English, "wow, is it lit".to_owned())]));
    let matcher = Matcher::new(&corpus, &small_talk());
    for (question, wanted) in
        [("wow", "nothing"), ("wow!", "nothing"), ("lamp", "p1"), ("lighthouse", "p1"), ("wow, is it lit", "p1")]
    {
        assert_eq!(outcome(&matcher, question), wanted, "{question}\n{}", matcher.explain(question));
    }
}

#[test]
fn a_keyword_alone_is_enough() {
    check(&[
        ("lighthouse", "p1"),
        ("МАЯК", "p1"),
        ("BPO", "p6"),
        ("Baltic Ports Organisation", "p6"),
        ("amber", "p5"),
        ("квоты", "p4"),
    ]);
    check(&[
        ("", "nothing"),
        ("🙂", "nothing"),
        ("?!", "nothing"),
        ("\u{200b}", "nothing"),
        ("zzzz", "nothing"),
        ("и", "nothing"),
    ]);
}

#[test]
fn a_passage_without_a_topic_is_found_by_its_words() {
    check(&[
        ("museum of knots", "p7"),
        ("Will a museum open in the customs house?", "p7"),
        ("are seagulls protected by decree", "p8"),
        ("lost in the source", "nothing"),
    ]);
}

#[test]
fn what_is_half_known_is_offered_and_not_quoted() {
    check(&[
        ("a museum of spoons in Paris", "choices of 2"),
        ("do seagulls eat chips and pigeons", "choices of 2"),
        ("who built those icebreakers", "choices of 1"),
        ("a museum of knots", "p7"),
        ("spoons in Paris", "nothing"),
    ]);
}

#[test]
fn tell_me_about_something_asks_what_its_name_asks() {
    check(&[
        ("tell me about the customs house museum", "p7"),
        ("Tell me more about amber!", "p5"),
        ("what does he say about seagulls?", "p8"),
        ("Расскажи об янтаре", "p5"),
        ("а что насчёт квот", "p4"),
        ("What about amber smuggling? And when did they light the lighthouse?", "p5 p1"),
        ("tell me about spoons in Paris", "nothing"),
        ("расскажи про погоду", "nothing"),
        ("tell me about the budget", "nothing"),
    ]);
}

#[test]
fn two_questions_in_one_message_are_both_answered() {
    check(&[
        ("When did they light the lighthouse? And is amber smuggling a worry?", "p5 p1"),
        ("When did they light the lighthouse? And what does a ticket for the ferry cost?", "p1"),
        ("Good morning to you all! Is amber smuggling a worry?", "p5"),
    ]);
}

#[test]
fn slips_wrong_layout_and_latin_letters_are_read() {
    check(&[
        ("lighthuose", "p1"),
        ("icebreekers in wintre", "p3"),
        ("контробанда янтря", "p5"),
        ("rdjns b hs,frb", "p4"),
        ("ффьиук", "nothing"),
        ("фьиук", "p5"),
        ("kogda snova zazhgli mayak", "p1"),
        ("kontrabanda yantarya", "p5"),
    ]);
    let matcher = matcher();
    for (question, read_as) in [
        ("rdjns b hs,frb", Some("квоты и рыбаки")),
        ("фьиук", Some("amber")),
        ("kogda snova zazhgli mayak", Some("когда снова зажгли маяк")),
        ("lighthuose", None),
        ("When was the lighthouse lit?", None),
        ("Schrödinger Weltschmerz", None),
    ] {
        assert_eq!(matcher.ask(question).read_as.as_deref(), read_as, "{question}");
    }
}

#[test]
fn small_talk_is_chatted_about_unless_a_topic_is_meant() {
    check(&[
        ("hello!", "greeting"),
        ("Привет", "greeting"),
        ("thanks", "thanks"),
        ("что ты умеешь?", "help"),
        ("hello, how many icebreakers did you buy?", "p3"),
        ("спасибо, а что с контрабандой янтаря?", "p5"),
        ("hi there, was the lighthouse lit again?", "p1"),
        ("good morning, contacts with BPO?", "p6"),
    ]);
}

#[test]
fn near_topics_are_offered_only_if_nothing_was_found() {
    let matcher = matcher();
    for (question, near) in [
        ("How tall is the lighthouse?", vec!["lighthouse"]),
        ("Кто построил ледоколы?", vec!["icebreakers"]),
        ("recipe for soup", vec![]),
        ("lighthouse", vec![]),
    ] {
        let found: Vec<String> =
            matcher.ask(question).near_topics.into_iter().take(1).map(|name| name.topic.to_string()).collect();
        assert_eq!(found, near, "{question}");
    }
}

#[test]
fn the_nearest_are_three_different_passages_and_never_a_gap() {
    let matcher = matcher();
    for question in ["lighthouse", "hello", "weather", "", "🙂", "Lost in the source."] {
        let mut nearest: Vec<PassageName> = matcher.ask(question).nearest.into_iter().map(|hit| hit.passage).collect();
        assert!(nearest.iter().all(|name| name.passage.as_str() != "p9"), "{question}");
        nearest.sort_unstable();
        nearest.dedup();
        assert_eq!(nearest.len(), 3, "{question}");
    }
}

#[test]
fn a_matcher_built_again_answers_the_same() {
    let (one, other) = (matcher(), Matcher::new(&corpus(), &small_talk()));
    // As a reload makes it, on one thread.
    let beside = Matcher::beside_another(&corpus(), &small_talk());
    for question in ["lighthouse", "ferry and amber", "the port", "hello", "рыба", "zzz", ""] {
        assert_eq!(one.explain(question), other.explain(question), "{question}");
        assert_eq!(one.explain(question), beside.explain(question), "{question}");
    }
}

#[test]
fn a_premise_is_not_read_back() {
    let matcher = matcher();
    for (question, words) in [
        // "why did you betray the fishermen with quotas", typed on the Russian layout
        ("црн вшв нщг иуекфн еру ашырукьут цшер йгщефы", vec!["fishermen", "quotas"]),
        // "кто украл маяк", typed on the English one
        ("rnj erhfk vfzr", vec!["маяк"]),
        ("kto ukral mayak", vec!["маяк"]),
        ("why did you betray the fishermen with quotas", vec![]),
        // "who robbed the bank"
        ("црщ кщииув еру ифтл", vec![]),
    ] {
        assert_eq!(matcher.ask(question).read_words, words, "{question}");
    }
}

#[test]
fn a_phrasing_is_wholly_like_itself() {
    let matcher = matcher();
    for question in ["When was the lighthouse lit again?", "Платят ли люди на пароме?"] {
        let told = matcher.explain(question).to_string();
        assert!(told.contains(&format!("“{question}” (100 % alike)")), "{told}");
    }
}

#[test]
fn an_empty_corpus_has_no_answer() {
    let mut corpus = corpus();
    corpus.interviews.clear();
    let answer = Matcher::new(&corpus, &[]).ask("lighthouse");
    assert_eq!(answer.verdict, Verdict::NotCovered);
    assert_eq!(answer.nearest, []);
}

#[test]
fn only_the_beginning_of_a_long_question_counts() {
    let matcher = matcher();
    let filler = "и ".repeat(600);
    assert_eq!(outcome(&matcher, &format!("lighthouse {filler}")), "p1");
    assert_eq!(outcome(&matcher, &format!("{filler} lighthouse")), "nothing");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_or_change_its_mind(question in "\\PC{0,80}|[a-zа-я ,.;'\\[\\]]{0,80}") {
        let matcher = MATCHER.get_or_init(matcher);
        let answer = matcher.ask(&question);
        prop_assert_eq!(&answer, &matcher.ask(&question));
        prop_assert_eq!(&answer, &matcher.explain(&question).answer);
        prop_assert!((0.0..=1.0).contains(&answer.confidence));
        prop_assert!(!matcher.explain(&question).to_string().is_empty());
    }
}

static MATCHER: std::sync::OnceLock<Matcher> = std::sync::OnceLock::new();
