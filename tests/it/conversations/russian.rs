//! The Russian conversations.

use insta::assert_snapshot;

use super::{admin, group, oleg, reloads};
use crate::support::transcript::Transcript;

#[tokio::test]
async fn answer() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "/start").await;
    let answer = talk.says(&oleg, "Почему ОДКБ перестала общаться с ОБСЕ?").await;
    let context = talk.presses(&oleg, &answer, "До и после").await;
    let answer = talk.presses(&oleg, &context, "Только ответ").await;
    talk.presses(&oleg, &answer, "Отношения с ООН").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn choice() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    let choice = talk.says(&oleg, "что они обсуждают").await;
    let first = choice.keyboard[0][0].label.clone();
    talk.presses(&oleg, &choice, &first).await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn nothing_found() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "Сколько танков отправят на учения?").await;
    talk.says(&oleg, "где в Бишкеке вкусный плов").await;
    talk.says(&oleg, "🤷").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn loaded_question() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "Почему ОДКБ отвернулась от ООН?").await;
    talk.says(&oleg, "Правда ли, что Запад сам разжигает войну?").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn typo() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "исскуственный интелект в армии").await;
    talk.says(&oleg, "прогрмма таджикско-афганской граници").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn wrong_layout() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "j,ct rjynfrns").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn past_event() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "Когда «Нерушимое братство – 2026»?").await;
    talk.says(&oleg, "/upcoming").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn in_a_group() {
    let oleg = oleg();
    let mut talk = Transcript::group(&group()).await;
    talk.mutters(&oleg, "кто-нибудь читал интервью?");
    let answer = talk.says(&oleg, "/ask зачем нужна ОДКБ").await;
    talk.mutters(&oleg, "/weather");
    talk.answers(&oleg, &answer, "а кто главный партнёр?").await;
    talk.says(&oleg, "/ask@onrecord_test_bot кто выиграл футбол").await;
    talk.says(&oleg, "/ask").await;
    talk.says(&oleg, "/language").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn with_an_admin() {
    let admin = admin("ru");
    let mut talk = Transcript::private(&admin).await;
    talk.says(&admin, "/help").await;
    talk.says(&admin, "/status").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn with_a_stranger() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    talk.says(&oleg, "/reload").await;
    talk.says(&oleg, "/status").await;
    talk.says(&oleg, "/shutdown").await;
    talk.says(&oleg, "/help").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn broken_reload() {
    assert_snapshot!(reloads(&admin("ru"), "ОБСЕ").await);
}

#[tokio::test]
async fn facts_about_the_interview() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    for question in [
        "здравствуйте",
        "кто даёт это интервью?",
        "кто задавал вопросы?",
        "когда взяли интервью?",
        "где это опубликовано?",
        "это перевод?",
        "ты человек или бот?",
        "спасибо",
    ] {
        talk.says(&oleg, question).await;
    }
    assert_snapshot!(talk.end().await);
}
