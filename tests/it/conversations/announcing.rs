//! `/announce`: an admin has something announced now, once.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use jiff::tz::TimeZone;
use onrecord::domain::{ChatKind, ChatRef, DeliveryState, EventKind, Language, Settings, UserRef};
use onrecord::store::Store;

use super::ann;
use crate::support::bot::{ADMIN, Bot, TODAY, service};
use crate::support::fake::{Chat, DEADLINE, FakeTelegram, Sent, User};
use crate::support::transcript::Transcript;

const GROUP: i64 = -100_500;
const CHANNEL: i64 = -100_700;
const QUIET: i64 = -100_900;
const BARRIER: &str = "Special exercise “Barrier-2026”";

fn admin() -> User {
    User::new(ADMIN, "Editor").speaking("en")
}

/// An admin alone with the bot. Subscribed are a Russian group, a channel that approves each post, and a group that
/// wants meetings alone.
async fn desk() -> (Transcript, Store) {
    let fake = FakeTelegram::start().await;
    fake.add_chat(&Chat::private(&ann()));
    for chat in
        [Chat::supergroup(GROUP, "Neighbours"), Chat::channel(CHANNEL, "News"), Chat::supergroup(QUIET, "Meetings")]
    {
        fake.add_chat(&chat);
    }
    let service = service(&fake).await;
    let store = service.store.clone();
    let settings = |kind, language| Settings::new(kind, language, TimeZone::UTC);
    let meetings =
        Settings { kinds: BTreeSet::from([EventKind::Meeting]), ..settings(ChatKind::Group, Language::English) };
    for (id, kind, settings) in [
        (GROUP, ChatKind::Group, settings(ChatKind::Group, Language::Russian)),
        (CHANNEL, ChatKind::Channel, settings(ChatKind::Channel, Language::English)),
        (QUIET, ChatKind::Group, meetings),
    ] {
        let chat = ChatRef { id, thread: None };
        // Their owner is asked elsewhere, so that the admin's chat shows this conversation alone.
        let owner = Some(UserRef(ann().id));
        store.subscribe(chat, kind, owner, &settings, TODAY.parse().unwrap()).await.unwrap();
    }
    let bot = Bot::serve(service);
    (Transcript::new(Chat::private(&admin()), Some((fake, bot))).await, store)
}

/// What a press is answered with, the message unchanged.
async fn line(talk: &Transcript, user: &User, message: &Sent, data: &str) -> String {
    let pressed = talk.fake.press(user, message, data);
    talk.fake.wait_for(|fake| !fake.press_answers(&pressed.query_id).is_empty(), DEADLINE).await;
    talk.fake.press_answers(&pressed.query_id)[0]["text"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_event_goes_once_to_all_who_want_its_kind() {
    let admin = admin();
    let (mut talk, store) = desk().await;
    let list = talk.says(&admin, "/announce").await;
    let question = talk.presses(&admin, &list, BARRIER).await;
    let data = question.data_of("Post to 2 chats").to_owned();
    let done = talk.presses(&admin, &question, "Post to 2 chats").await;
    let posts = talk.fake.wait_for_sent(GROUP, 1).await;
    assert!(posts[0].text.starts_with("Специальное учение «Барьер-2026»\n"), "{}", posts[0].text);
    assert_eq!(line(&talk, &admin, &done, &data).await, "");
    talk.note("the same button, pressed again");
    let again = talk.fake.messages(admin.id).into_iter().find(|sent| sent.message_id == done.message_id).unwrap();
    assert_eq!(again.text, "Announced before; nothing is posted twice.");
    let counts = store.counts().await.unwrap();
    assert_eq!((counts[&DeliveryState::Sent], counts[&DeliveryState::Queued]), (1, 1), "{counts:?}");
    assert_eq!(talk.fake.sent_to(GROUP).len(), 1);
    assert_eq!((talk.fake.sent_to(CHANNEL).len(), talk.fake.sent_to(QUIET).len()), (0, 0));
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn own_words_are_marked_as_the_operators() {
    let admin = admin();
    let (mut talk, store) = desk().await;
    let words = "The bot is off on Sunday from 2 to 4.\n<b>Sorry.</b> { $n }";
    let question = talk.says(&admin, &format!("/announce {words}")).await;
    let data = question.data_of("Post to 3 chats").to_owned();
    let done = talk.presses(&admin, &question, "Post to 3 chats").await;
    for (chat, label) in [(GROUP, "От оператора бота:"), (QUIET, "From the operator of this bot:")] {
        assert_eq!(talk.fake.wait_for_sent(chat, 1).await[0].text, format!("{label}\n{words}"));
    }
    assert_eq!(line(&talk, &admin, &done, &data).await, "");
    assert_eq!(store.counts().await.unwrap().values().sum::<u64>(), 3);
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn what_is_left_or_too_long_is_not_posted() {
    let admin = admin();
    let (mut talk, store) = desk().await;
    let long = talk.says(&admin, &format!("/announce {}", "я".repeat(1001))).await;
    assert_eq!(long.text, "These are 1001 characters; at most 1000 are announced.");
    let question = talk.says(&admin, &format!("/announce {}", "я".repeat(1000))).await;
    let data = question.data_of("Post to 3 chats").to_owned();
    let left = talk.presses(&admin, &question, "Leave it").await;
    assert_eq!(left.text, "Nothing is posted.");
    let late = "This button is too old for me. Please ask again.";
    assert_eq!(line(&talk, &admin, &left, &data).await, late);
    assert_eq!(store.counts().await.unwrap().values().sum::<u64>(), 0);
    talk.end().await;
}

#[tokio::test]
async fn only_admins_announce() {
    let ann = ann();
    let (fake, bot) = {
        let fake = FakeTelegram::start().await;
        let bot = Bot::start(&fake).await;
        (fake, bot)
    };
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    let refused = talk.says(&ann, "/announce").await;
    assert!(refused.text.starts_with("This command is for the admins of this bot."), "{}", refused.text);
    for data in ["a.en.cu24v6agqb", "n.en.e.cu24v6agqb", "q.en.w.7-1-1"] {
        assert_eq!(line(&talk, &ann, &refused, data).await, "This command is for the admins of this bot.");
    }
    talk.end().await;
}
