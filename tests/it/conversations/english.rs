//! The English conversations.

use insta::assert_snapshot;

use super::{admin, ann, group, reloads};
use crate::support::transcript::Transcript;

#[tokio::test]
async fn answer() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "/start").await;
    let answer = talk.says(&ann, "Why did the CSTO stop talking to the OSCE?").await;
    let context = talk.presses(&ann, &answer, "Before and after").await;
    let answer = talk.presses(&ann, &context, "Only the answer").await;
    talk.presses(&ann, &answer, "The United Nations as partner").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn choice() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let choice = talk.says(&ann, "what will happen this year").await;
    let first = choice.keyboard[0][0].label.clone();
    talk.presses(&ann, &choice, &first).await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn nothing_found() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "How many tanks will be sent to the exercise?").await;
    talk.says(&ann, "best pizza in Bishkek").await;
    talk.says(&ann, "🤷").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn loaded_question() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "Why has the CSTO abandoned the UN?").await;
    talk.says(&ann, "Why does he want a new arms race?").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn typo() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "artifical inteligence in teh army").await;
    talk.says(&ann, "tajik afgan bordr programm").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn wrong_layout() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "щысу сщтефсеы").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn past_event() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "When is Unbreakable Brotherhood 2026?").await;
    talk.says(&ann, "/upcoming").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn in_a_group() {
    let ann = ann();
    let mut talk = Transcript::group(&group()).await;
    talk.mutters(&ann, "has anybody read the interview?");
    let answer = talk.says(&ann, "/ask what is the CSTO for").await;
    talk.mutters(&ann, "/weather");
    talk.answers(&ann, &answer, "and who is the main partner?").await;
    talk.says(&ann, "/ask@onrecord_test_bot who won the football").await;
    talk.says(&ann, "/ask").await;
    talk.says(&ann, "/language").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn with_an_admin() {
    let admin = admin("en");
    let mut talk = Transcript::private(&admin).await;
    talk.says(&admin, "/help").await;
    talk.says(&admin, "/status").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn with_a_stranger() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.says(&ann, "/reload").await;
    talk.says(&ann, "/status").await;
    talk.says(&ann, "/shutdown").await;
    talk.says(&ann, "/help").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn broken_reload() {
    assert_snapshot!(reloads(&admin("en"), "OSCE").await);
}

#[tokio::test]
async fn facts_about_the_interview() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    for question in [
        "hello",
        "who is speaking in this interview?",
        "who asked the questions?",
        "when was the interview given?",
        "where was it published?",
        "is this a translation?",
        "are you a human?",
        "thanks",
    ] {
        talk.says(&ann, question).await;
    }
    assert_snapshot!(talk.end().await);
}
