//! What a reader is asked, promised and shown, in both languages.

use insta::assert_snapshot;

use super::{admin, ann, oleg};
use crate::readers::{Cape, LIGHTHOUSE, LIGHTHOUSE_RU, MOOD, MOOD_RU};
use crate::support::bot::Bot;
use crate::support::fake::{Chat, FakeTelegram, User};
use crate::support::transcript::Transcript;

async fn talk(user: &User, cape: &Cape) -> Transcript {
    let fake = FakeTelegram::start().await;
    let bot = Bot::knowing(&fake, cape.open()).await;
    Transcript::new(Chat::private(user), Some((fake, bot))).await
}

#[tokio::test]
async fn whether_it_was_an_answer() {
    let (ann, oleg, cape) = (ann(), oleg(), Cape::write());
    let mut with_ann = talk(&ann, &cape).await;
    let answer = with_ann.says(&ann, MOOD).await;
    let answer = with_ann.presses(&ann, &answer, "No").await;
    with_ann.presses(&ann, &answer, "Too little").await;
    with_ann.says(&ann, MOOD).await;
    let mut with_oleg = talk(&oleg, &cape).await;
    let answer = with_oleg.says(&oleg, MOOD_RU).await;
    let answer = with_oleg.presses(&oleg, &answer, "Нет").await;
    with_oleg.presses(&oleg, &answer, "Трудно понять").await;
    assert_snapshot!(format!("{}\n\n{}", with_ann.end().await, with_oleg.end().await));
}

#[tokio::test]
async fn a_question_is_come_back_to() {
    let mut lines = Vec::new();
    for (user, question, labels) in [
        (ann(), LIGHTHOUSE, ["Tell me when it is answered", "Do not tell me"]),
        (oleg(), LIGHTHOUSE_RU, ["Сообщить, когда найдётся ответ", "Не сообщать"]),
    ] {
        let cape = Cape::write();
        let mut talk = talk(&user, &cape).await;
        let reply = talk.says(&user, question).await;
        let reply = talk.presses(&user, &reply, labels[0]).await;
        let reply = talk.presses(&user, &reply, labels[1]).await;
        talk.presses(&user, &reply, labels[0]).await;
        cape.add_the_lighthouse();
        talk.note("an editor adds the answer, and an admin reloads");
        talk.fake.private_text(&admin("en"), "/reload");
        talk.hears_in_time().await;
        lines.push(talk.end().await);
    }
    assert_snapshot!(lines.join("\n\n"));
}

#[tokio::test]
async fn what_is_stored_is_shown_and_deleted() {
    let mut lines = Vec::new();
    for (user, [mood, question], [yes, tell, ask, delete]) in [
        (ann(), [MOOD, LIGHTHOUSE], ["Yes", "Tell me when it is answered", "Delete it all", "Delete it all"]),
        (oleg(), [MOOD_RU, LIGHTHOUSE_RU], ["Да", "Сообщить, когда найдётся ответ", "Удалить всё", "Удалить всё"]),
    ] {
        let cape = Cape::write();
        let mut talk = talk(&user, &cape).await;
        talk.says(&user, "/mydata").await;
        let answer = talk.says(&user, mood).await;
        talk.presses(&user, &answer, yes).await;
        let reply = talk.says(&user, question).await;
        talk.presses(&user, &reply, tell).await;
        let data = talk.says(&user, "/mydata").await;
        let question = talk.presses(&user, &data, ask).await;
        talk.presses(&user, &question, delete).await;
        talk.says(&user, "/forget").await;
        lines.push(talk.end().await);
    }
    assert_snapshot!(lines.join("\n\n"));
}

#[tokio::test]
async fn an_admin_sees_what_did_not_help() {
    let mut lines = Vec::new();
    for (language, mood, [no, reason]) in
        [("en", MOOD, ["No", "Not what I asked"]), ("ru", MOOD_RU, ["Нет", "Не на мой вопрос"])]
    {
        let (admin, cape) = (admin(language), Cape::write());
        let mut talk = talk(&admin, &cape).await;
        talk.says(&admin, "/feedback").await;
        let answer = talk.says(&admin, mood).await;
        let answer = talk.presses(&admin, &answer, no).await;
        talk.presses(&admin, &answer, reason).await;
        talk.says(&admin, "/feedback").await;
        lines.push(talk.end().await);
    }
    assert_snapshot!(lines.join("\n\n"));
}
