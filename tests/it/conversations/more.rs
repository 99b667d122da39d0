//! What else a reader meets: links, topics, the language, privacy, transliteration, what cannot be read.

use insta::assert_snapshot;
use onrecord::app::KnowledgeSource;
use onrecord::cli::Service;
use serde_json::json;

use super::{ann, edit, folder, oleg};
use crate::support::bot::{self, Bot, service};
use crate::support::fake::{Chat, Draft, FakeTelegram, Sent};
use crate::support::transcript::Transcript;

#[tokio::test]
async fn links_land_on_their_passage() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let answer = talk.says(&ann, "OSCE").await;
    let data = answer.data_of("Before and after").to_owned();
    let key = data.split('.').nth(2).unwrap().to_owned();
    talk.says(&ann, &format!("/start {key}")).await;
    talk.says(&ann, "/start abcdefgh23").await;
    talk.says(&ann, "/start ../../etc/passwd").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn topics_are_turned_like_pages() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let page = talk.says(&ann, "/topics").await;
    let page = talk.presses(&ann, &page, "Later →").await;
    let page = talk.presses(&ann, &page, "← Earlier").await;
    talk.presses(&ann, &page, "His mood in the new post").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_chosen_language_stays_until_it_is_given_up() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let choice = talk.says(&ann, "/language").await;
    talk.presses(&ann, &choice, "Русский").await;
    talk.says(&ann, "thanks").await;
    let choice = talk.says(&ann, "/language").await;
    talk.presses(&ann, &choice, "Язык каждого вопроса").await;
    talk.says(&ann, "thanks").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn about_and_privacy_say_what_is_so() {
    let (ann, oleg) = (ann(), oleg());
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "/about").await;
    talk.says(&ann, "/privacy").await;
    let english = talk.end().await;
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "/about").await;
    talk.says(&oleg, "/privacy").await;
    assert_snapshot!(format!("{english}\n\n{}", talk.end().await));
}

#[tokio::test]
async fn about_names_the_operator_if_there_is_one() {
    let ann = ann();
    let fake = FakeTelegram::start().await;
    let operator = Some("Ann Smith, <b>Bishkek</b>".to_owned());
    let bot = Bot::serve(Service { operator, ..service(&fake).await });
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    let about = talk.says(&ann, "/about").await;
    assert!(about.text.contains("\n\nIt is run by: Ann Smith, <b>Bishkek</b>\n\n"), "{}", about.text);
    assert!(!about.text.contains("not run by"), "{}", about.text);
    talk.end().await;
}

#[tokio::test]
async fn latin_letters_are_read_as_russian() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "kogda ucheniya v belarusi").await;
    talk.says(&oleg, "spasibo").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn what_cannot_be_read_gets_one_line() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let photo = json!([{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]);
    let draft = Draft::private(&ann, "").with("photo", photo).with("text", json!(null));
    talk.fake.write(draft);
    talk.note("Ann sends a photo");
    talk.hears().await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn odd_questions_get_a_calm_reply() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    for question in ["the of and", "???", "…", "a", "/ask   ", "\u{202e}OSCE\u{200b}"] {
        talk.says(&ann, question).await;
    }
    assert_snapshot!(talk.end().await);
}

/// Whatever led to an answer, the way back from its surroundings leads to the same words and the same buttons.
#[tokio::test]
async fn only_the_answer_is_the_answer_again() {
    let ann = ann();
    let folder = folder();
    let filler = "This sentence says nothing of interest to anybody at all. ".repeat(15);
    let long = format!("{filler}These are the feelings in the new position. {filler}Work goes on. {{#a1.1}}");
    edit(&folder.path().join("masadykov-2026/interview.en.md"), "I am set for productive work. {#a1.1}", &long);
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let bot = Bot::knowing(&fake, library).await;
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    // But for the question whether it was one.
    let shown = |sent: &Sent| {
        let rows: Vec<_> = sent.keyboard.iter().filter(|row| row[0].label != "Yes").collect();
        (sent.text.replace("\n\nDid this answer your question?", ""), format!("{rows:?}"))
    };
    for question in [
        "What are his feelings in the new position?",
        "Why no contacts with the OSCE?",
        "When are the exercises in Belarus?",
    ] {
        let answer = talk.says(&ann, question).await;
        let around = talk.presses(&ann, &answer, "Before and after").await;
        let again = talk.presses(&ann, &around, "Only the answer").await;
        assert_eq!(shown(&again), shown(&answer), "{question}");
        assert!(!question.contains("feelings") || around.text.contains("These are the feelings"), "{}", around.text);
    }
    talk.end().await;
}

#[tokio::test]
async fn a_question_that_leans_on_the_last_answer_is_understood() {
    let (ann, oleg) = (ann(), oleg());
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "and when is it?").await;
    talk.says(&ann, "Tell me about the peacekeeping exercise").await;
    talk.says(&ann, "and when is it?").await;
    talk.says(&ann, "how many soldiers take part in it?").await;
    talk.says(&ann, "and who pays for it?").await;
    let english = talk.end().await;
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "Что с ОБСЕ?").await;
    talk.says(&oleg, "а почему?").await;
    assert_snapshot!(format!("{english}\n\n{}", talk.end().await));
}
