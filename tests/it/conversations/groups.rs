//! The bot in groups: few words there, its settings in private, and whoever can mend what keeps it from answering.

use insta::assert_snapshot;

use super::{ann, group, oleg};
use crate::support::bot::Bot;
use crate::support::fake::{Chat, DEADLINE, Draft, FakeTelegram, Membership, Refusal, User};
use crate::support::transcript::Transcript;

async fn stage() -> (FakeTelegram, Bot) {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    (fake, bot)
}

/// Questions in a group: what is not found is one line, what was just answered is not answered again, too much is told
/// once.
async fn asks(people: [&User; 2], [found, not_found]: [&str; 2], others: &[&str]) -> String {
    let [first, second] = people;
    let mut talk = Transcript::group(&group()).await;
    talk.says(first, &format!("/ask {found}")).await;
    talk.mutters(second, &format!("/ask {found}!"));
    talk.says(second, &format!("/ask {not_found}")).await;
    talk.mutters(first, &format!("/ask@onrecord_test_bot {not_found}"));
    for words in others {
        talk.says(first, &format!("/ask {words}")).await;
    }
    talk.says(second, "/ask").await;
    talk.note("others ask, too, and get nothing");
    for user in 20..30 {
        talk.fake.group_text(&group(), &User::new(user, "Somebody"), "/topics");
    }
    talk.end().await
}

#[tokio::test]
async fn few_words_in_english() {
    let ben = User::new(9, "Ben").speaking("en");
    let questions = ["contacts with the OSCE", "who won the football"];
    assert_snapshot!(asks([&ann(), &ben], questions, &["thanks", "hello", "who are you", "goodbye"]).await);
}

#[tokio::test]
async fn few_words_in_russian() {
    let ira = User::new(9, "Ира").speaking("ru");
    let questions = ["контакты с ОБСЕ", "кто выиграл футбол"];
    assert_snapshot!(asks([&oleg(), &ira], questions, &["спасибо", "привет", "кто ты", "пока"]).await);
}

/// An administrator sends `/settings` in the group, and changes each in the private chat.
async fn sets(user: &User, labels: [&str; 4], asked: &str) -> String {
    let mut talk = Transcript::new(Chat::private(user), Some(stage().await)).await;
    talk.says(user, "/settings").await;
    talk.fake.add_chat(&group());
    talk.fake.set_member(&group(), user, Membership::Administrator);
    talk.note("and in a group, as its administrator");
    talk.fake.group_text(&group(), user, "/settings");
    let first = talk.hears().await;
    let mut panel = first.clone();
    for label in labels {
        panel = talk.presses(user, &panel, label).await;
    }
    let list = talk.says(user, "/settings").await;
    talk.presses(user, &list, "Neighbours").await;
    talk.note("a question in the group");
    talk.fake.group_text(&group(), user, asked);
    talk.hears().await;
    talk.note("no administrator of it any more");
    talk.fake.set_member(&group(), user, Membership::Member);
    talk.taps(user, &first, labels[0]).await;
    assert_eq!(talk.fake.sent_to(group().id).len(), 0, "the group saw none of it");
    talk.end().await
}

#[tokio::test]
async fn settings_in_english() {
    let labels = ["Delete after 30 minutes", "Answer in private", "По-русски", "Delete after 24 hours"];
    assert_snapshot!(sets(&ann(), labels, "/ask contacts with the OSCE").await);
}

#[tokio::test]
async fn settings_in_russian() {
    let labels = ["Удалять через 5 минут", "Отвечать в личном чате", "In English", "Не удалять"];
    assert_snapshot!(sets(&oleg(), labels, "/ask контакты с ОБСЕ").await);
}

/// What stands in the group where somebody cannot be written to, and the way from there.
async fn led(user: &User, asked: [&str; 2], label: &str) -> String {
    let administrator = User::new(9, "Ben");
    let mut talk = Transcript::new(group(), Some(stage().await)).await;
    talk.fake.set_member(&group(), &administrator, Membership::Creator);
    talk.writes("Group", Draft::anonymous(&group(), &format!("/ask {}", asked[0]))).await;
    talk.writes("Group", Draft::anonymous(&group(), "/settings")).await;
    talk.mutters(user, "/settings");
    talk.says(user, "/settings@onrecord_test_bot").await;
    talk.note("an administrator follows the button, and has questions answered in private");
    talk.fake.private_text(&administrator, "/start group-100500");
    let panel = talk.fake.wait_for_sent(administrator.id, 1).await.remove(0);
    talk.fake.press(&administrator, &panel, panel.data_of("Answer in private"));
    talk.fake.wait_for(|fake| fake.calls("editMessageText").len() == 1, DEADLINE).await;
    talk.fake.bar(&Chat::private(user), Refusal::forbidden("bot can't initiate conversation with a user"));
    for words in asked {
        talk.says(user, &format!("/ask {words}")).await;
    }
    talk.note("the reader follows the button");
    let key = talk.fake.sent_to(group().id).iter().find_map(|sent| {
        let rendered = sent.render();
        rendered
            .split("?start=")
            .nth(1)
            .map(|rest| rest.chars().take(10).collect::<String>())
            .filter(|key| key != "group-1005")
    });
    talk.fake.private_text(user, &format!("/start {}", key.unwrap()));
    let landed = talk.fake.wait_for_sent(user.id, 1).await.remove(0).render();
    assert!(landed.contains(label), "{landed}");
    talk.fake.group_text(&group(), user, &format!("/ask {}", asked[0]));
    talk.fake.wait_for_sent(user.id, 2).await;
    talk.end().await
}

#[tokio::test]
async fn private_answers_in_english() {
    assert_snapshot!(led(&ann(), ["contacts with the OSCE", "who won the football"], "OSCE").await);
}

#[tokio::test]
async fn private_answers_in_russian() {
    assert_snapshot!(led(&oleg(), ["контакты с ОБСЕ", "кто выиграл футбол"], "OSCE").await);
}

/// The bot is let in as a member, is made an administrator, and is let in as one.
async fn let_in(user: &User) -> String {
    let mut talk = Transcript::new(group(), Some(stage().await)).await;
    for (standing, note) in [
        (Membership::Member, "the bot is added"),
        (Membership::Administrator, "it is made an administrator, and says nothing here"),
        (Membership::Kicked, "it is removed"),
        (Membership::Administrator, "it is added as an administrator"),
    ] {
        talk.note(note);
        if standing == Membership::Member {
            talk.fake.kick(&group());
        }
        talk.fake.bot_membership(&group(), user, standing);
        if note.contains("added") {
            talk.hears().await;
        }
    }
    talk.end().await
}

#[tokio::test]
async fn welcome_in_english() {
    assert_snapshot!(let_in(&ann()).await);
}

#[tokio::test]
async fn welcome_in_russian() {
    assert_snapshot!(let_in(&oleg()).await);
}

/// The bot may not answer in a topic, and then not in the whole group; who let it in hears of each once.
async fn kept_from_answering(user: &User) -> String {
    let group = group();
    let mut talk = Transcript::new(Chat::private(user), Some(stage().await)).await;
    talk.note("the bot is let into a group");
    talk.fake.kick(&group);
    talk.fake.bot_membership(&group, user, Membership::Member);
    talk.fake.wait_for_sent(group.id, 1).await;
    talk.note("a topic is closed");
    talk.fake.shut_topic(&group, 4, "TOPIC_CLOSED");
    for words in ["/ask OSCE", "/ask exercises"] {
        talk.fake.write(Draft::new(&group, &User::new(9, "Ben"), words).in_thread(4));
    }
    talk.hears().await;
    talk.note("the bot may not write in the group at all");
    talk.fake.bar(&group, Refusal::bad_request("CHAT_WRITE_FORBIDDEN"));
    for words in ["/ask OSCE", "/ask exercises"] {
        talk.fake.group_text(&group, &User::new(9, "Ben"), words);
    }
    talk.hears().await;
    talk.end().await
}

#[tokio::test]
async fn trouble_in_english() {
    assert_snapshot!(kept_from_answering(&ann()).await);
}

#[tokio::test]
async fn trouble_in_russian() {
    assert_snapshot!(kept_from_answering(&oleg()).await);
}
