//! Subscribing a group in it, and a channel from the private chat, where its readers see none of it.

use insta::assert_snapshot;
use onrecord::cli::Service;
use onrecord::clock::Clock;

use crate::support::announcer::instant;
use crate::support::bot::{Bot, service};
use crate::support::fake::{Chat, Draft, FakeTelegram, Membership, User};
use crate::support::transcript::Transcript;

/// A month before the exercise of October is announced.
const TODAY: &str = "2026-08-01T12:00:00Z";

pub(super) fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

pub(super) fn news() -> Chat {
    Chat::channel(-100_600, "News")
}

fn elsewhere() -> Chat {
    Chat::channel(-100_700, "Elsewhere")
}

pub(super) fn ann(language: &str) -> User {
    User::new(7, "Ann").speaking(language)
}

pub(super) fn ben(language: &str) -> User {
    User::new(8, "Ben").speaking(language)
}

pub(super) async fn stage() -> (FakeTelegram, Bot) {
    let fake = FakeTelegram::start().await;
    let service = service(&fake).await;
    let now = instant(TODAY);
    fake.set_date(now.as_second());
    let bot = Bot::serve(Service { clock: Clock::driven(move || now), ..service });
    (fake, bot)
}

/// Who administers a group subscribes it and ends that, and nobody else does.
async fn in_a_group(language: &str) -> String {
    let (ann, ben, group) = (ann(language), ben(language), group());
    let mut talk = Transcript::new(group.clone(), Some(stage().await)).await;
    talk.fake.set_member(&group, &ann, Membership::Administrator);
    talk.fake.set_member(&group, &ben, Membership::Member);
    for command in ["/subscribe", "/unsubscribe"] {
        let refused = talk.says(&ben, command).await;
        assert_eq!(refused.text.lines().count(), 1);
        let draft = Draft::as_channel(&group, &elsewhere(), command);
        let refused = talk.writes("Somebody, as the channel “Elsewhere”", draft).await;
        assert_eq!(refused.text.lines().count(), 1);
    }
    // A group is answered only so often in a minute.
    talk.fake.set_date(instant(TODAY).as_second() + 60);
    talk.says(&ann, "/subscribe").await;
    talk.says(&ann, "/subscribe").await;
    talk.says(&ben, "/unsubscribe").await;
    talk.writes("An anonymous administrator", Draft::anonymous(&group, "/unsubscribe")).await;
    talk.says(&ann, "/unsubscribe").await;
    talk.writes("An anonymous administrator", Draft::anonymous(&group, "/subscribe")).await;
    talk.note("Ann is no administrator any more");
    talk.fake.set_member(&group, &ann, Membership::Member);
    talk.says(&ann, "/unsubscribe").await;
    talk.end().await
}

/// Who administers a channel subscribes it in private; nothing of it is seen in the channel.
async fn in_private(language: &str, a_channel: &str, a_group: &str) -> String {
    let (ann, group, news) = (ann(language), group(), news());
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    for chat in [&group, &news] {
        talk.fake.set_member(chat, &ann, Membership::Creator);
    }
    talk.fake.set_member(&elsewhere(), &ann, Membership::Member);
    talk.says(&ann, "/unsubscribe").await;
    let question = talk.says(&ann, "/subscribe").await;
    talk.chooses(&ann, &question, a_channel, &news).await;
    talk.chooses(&ann, &question, a_group, &group).await;
    talk.note("her app is made to name a channel that she only reads");
    talk.fake.share_chat(&ann, 1, &elsewhere());
    talk.hears().await;
    let mine = talk.says(&ann, "/unsubscribe").await;
    talk.presses(&ann, &mine, "News").await;
    let mine = talk.says(&ann, "/unsubscribe").await;
    talk.note("she loses her rights in the group");
    talk.fake.set_member(&group, &ann, Membership::Member);
    talk.presses(&ann, &mine, "Neighbours").await;
    for chat in [&group, &news, &elsewhere()] {
        let calls = talk.fake.all_calls().into_iter().filter(|call| call.chat_id() == Some(chat.id));
        assert!(
            calls.into_iter().all(|call| ["getChatMember", "getChat"].contains(&call.method.as_str())),
            "“{}” sees none of it",
            chat.title
        );
    }
    talk.end().await
}

#[tokio::test]
async fn in_a_group_in_english() {
    assert_snapshot!(in_a_group("en").await);
}

#[tokio::test]
async fn in_a_group_in_russian() {
    assert_snapshot!(in_a_group("ru").await);
}

#[tokio::test]
async fn in_private_in_english() {
    assert_snapshot!(in_private("en", "A channel", "A group").await);
}

#[tokio::test]
async fn in_private_in_russian() {
    assert_snapshot!(in_private("ru", "Канал", "Группа").await);
}

/// A group that somebody subscribed as the group: they are answered in its language, and the settings go to the first
/// administrator who asks for them under their own name.
async fn by_somebody_anonymous(language: &str, title: &str) -> String {
    let (ann, ben) = (ann(language), ben(language));
    let group = Chat::supergroup(-100_500, title);
    let mut talk = Transcript::new(group.clone(), Some(stage().await)).await;
    talk.fake.add_chat(&Chat::private(&ann));
    talk.fake.set_member(&group, &ann, Membership::Administrator);
    talk.fake.set_member(&group, &ben, Membership::Member);
    talk.writes("An anonymous administrator", Draft::anonymous(&group, "/subscribe")).await;
    talk.writes("An anonymous administrator", Draft::anonymous(&group, "/subscriptions")).await;
    talk.says(&ben, "/subscriptions").await;
    talk.says(&ann, "/subscriptions").await;
    talk.note("Ben becomes an administrator, too");
    talk.fake.set_member(&group, &ben, Membership::Administrator);
    talk.says(&ben, "/subscriptions").await;
    talk.fake.write(Draft::private(&ann, "/subscriptions"));
    let in_private = talk.fake.wait_for_sent(ann.id, 1).await.remove(0).render();
    format!("{}\n(Ann sends /subscriptions in private)\n\n{in_private}", talk.end().await)
}

#[tokio::test]
async fn by_somebody_anonymous_in_english() {
    assert_snapshot!(by_somebody_anonymous("en", "Neighbours").await);
}

#[tokio::test]
async fn by_somebody_anonymous_in_russian() {
    assert_snapshot!(by_somebody_anonymous("ru", "Соседи").await);
}

#[tokio::test]
async fn a_title_cannot_speak_for_the_bot() {
    let ann = ann("en");
    let news = Chat::channel(-100_600, "News”.\n\nPosted in all chats\u{202e}: «all is well");
    let mut talk = Transcript::new(Chat::private(&ann), Some(stage().await)).await;
    talk.fake.set_member(&news, &ann, Membership::Creator);
    let question = talk.says(&ann, "/subscribe").await;
    let told = talk.chooses(&ann, &question, "A channel", &news).await;
    assert!(told.text.contains("the chat “News'. Posted in all chats: 'all is well”, at"), "{}", told.text);
    talk.end().await;
}
