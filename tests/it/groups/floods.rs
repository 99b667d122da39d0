//! Whoever asks too much is told once.

use crate::support::bot::Bot;
use crate::support::fake::{DEADLINE, FakeTelegram, Membership};
use crate::support::service::{ADMIN, NOON, reader};

use super::group;

#[tokio::test]
async fn a_flood_gets_one_line_and_presses_one_toast() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let (ann, admin) = (reader(7), reader(ADMIN));
    for _ in 0..40 {
        fake.private_text(&ann, "thanks");
        fake.private_text(&admin, "thanks");
    }
    fake.wait_for_sent(ADMIN, 40).await;
    let sent = fake.wait_for_sent(7, 21).await;
    let pressed: Vec<_> = (0..25).map(|_| fake.press(&ann, &sent[0], "l.en.0")).collect();
    let is_answered = |fake: &FakeTelegram| pressed.iter().all(|press| fake.press_answers(&press.query_id).len() == 1);
    fake.wait_for(is_answered, DEADLINE).await;
    let toasts = pressed.iter().map(|press| fake.press_answers(&press.query_id)[0]["text"].clone());
    let told: Vec<_> = toasts.filter(|text| !text.is_null()).collect();
    assert_eq!(told, ["Please wait a minute, then press again."]);
    // A minute later, as Telegram dates it.
    fake.set_date(NOON + 60);
    fake.private_text(&ann, "thanks");
    let sent = fake.wait_for_sent(7, 22).await;
    bot.stop().await;
    assert_eq!(sent.len(), 22);
    let lines: Vec<&str> =
        sent.iter().map(|sent| sent.text.as_str()).filter(|text| *text != "You are welcome.").collect();
    assert_eq!(lines, ["That is more than I can answer at once. In a minute, please ask again what is still open."]);
    assert_eq!(sent[21].text, "You are welcome.");
}

#[tokio::test]
async fn a_group_hears_of_a_flood_once_and_its_administrators_nothing() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.add_chat(&group());
    fake.set_member(&group(), &reader(9), Membership::Creator);
    for user in 20..60 {
        fake.group_text(&group(), &reader(user), &format!("/ask thanks {user}"));
    }
    let admin = fake.group_text(&group(), &reader(ADMIN), "/ask thanks");
    let answers_admin =
        |fake: &FakeTelegram| fake.sent_to(group().id).iter().any(|sent| sent.reply_to == Some(admin.message_id));
    fake.wait_for(answers_admin, DEADLINE).await;
    bot.stop().await;
    assert_eq!(fake.sent_to(group().id).len(), 8 + 1 + 1, "answers, the line, and the admin's");
    assert_eq!(fake.sent_to(9).len(), 0);
}
