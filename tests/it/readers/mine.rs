//! `/mydata` and `/forget`: what is shown is what is there, and what is deleted is gone.

use onrecord::cli::Service;
use onrecord::domain::{ChatRef, Language, SubscriptionStatus, UserRef};
use onrecord::store::{MAX_KEPT, NewQuestion};

use super::cape::{Cape, LIGHTHOUSE, MOOD};
use super::{labels, now, send, tap};
use crate::support::fake::{Chat, Membership, Sent, User};
use crate::support::service::{Served, Stage, reader};

async fn ask(stage: &Stage, user: &User, words: &str) -> Sent {
    let n = stage.fake.sent_to(user.id).len();
    stage.fake.private_text(user, words);
    stage.fake.wait_for_sent(user.id, n + 1).await.swap_remove(n)
}

/// Somebody of whom everything is stored that can be.
async fn fill(stage: &Stage, user: &User, group: &Chat) {
    let fake = &stage.fake;
    ask(stage, user, "/language en").await;
    let answer = ask(stage, user, MOOD).await;
    tap(fake, user, &answer, "Yes").await;
    let open = ask(stage, user, LIGHTHOUSE).await;
    tap(fake, user, &open, "Tell me when it is answered").await;
    fake.set_member(group, user, Membership::Administrator);
    let n = fake.sent_to(group.id).len();
    fake.group_text(group, user, "/subscribe");
    fake.wait_for_sent(group.id, n + 1).await;
    ask(stage, user, MOOD).await;
}

/// Ten questions of 500 characters would be two messages, and the buttons would stand under the second.
#[tokio::test]
async fn many_long_questions_are_shown_in_one_message() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let service = Service { library: cape.open(), ..stage.service().await };
    let (library, store) = (cape.open(), service.store.clone());
    let bot = Served::start(service);
    let (ann, now) = (reader(7), "2026-11-20T10:00:00Z".parse().unwrap());
    for n in 0..MAX_KEPT {
        let (snapshot, words) = (library.snapshot(), format!("{n}0 {}", "ships of the line ".repeat(27)));
        let (language, tried) = (Language::English, snapshot.revision());
        let new = NewQuestion { chat: ann.id, message: 1, words: &words, language, tried };
        store.keep_question(new, now).await.unwrap();
    }
    let data = ask(&stage, &ann, "/mydata").await;
    let length = data.text.encode_utf16().count();
    assert!(length <= 4096 && data.text.matches("ships of the line…").count() == MAX_KEPT, "{length}: {}", data.text);
    assert_eq!(labels(&data).len(), MAX_KEPT + 1);
    bot.stop().await.expect("it ends well");
}

#[tokio::test]
async fn what_is_stored_is_shown_and_deleted() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let fake = &stage.fake;
    let service = Service { library: cape.open(), ..stage.service().await };
    let store = service.store.clone();
    let bot = Served::start(service);
    let (ann, ben) = (reader(7), reader(77));
    assert!(ask(&stage, &ann, "/mydata").await.text.starts_with("Nothing is stored about you.\n\nNumbers of messages"));
    let (of_ann, of_ben) = (Chat::supergroup(-100_500, "Neighbours"), Chat::supergroup(-100_501, "Others"));
    for (user, group) in [(&ann, &of_ann), (&ben, &of_ben)] {
        fake.add_chat(group);
        fill(&stage, user, group).await;
    }
    let data = ask(&stage, &ann, "/mydata").await;
    for line in [
        "• Language of the replies: English",
        "• Feedback on 1 answer, under a code that expires",
        "• You subscribed the chat “Neighbours” to announcements",
        "• In memory, not on disk: the topic of your last answer",
        "1. Who pays for the lighthouse? — 23 November 2026",
    ] {
        assert!(data.text.contains(line), "{line}: {}", data.text);
    }
    assert_eq!(labels(&data), ["Do not tell me: question 1", "Delete it all"]);
    tap(fake, &ann, &data, "Do not tell me: question 1").await;
    let data = now(fake, &data);
    assert!(!data.text.contains(LIGHTHOUSE) && labels(&data) == ["Delete it all"], "{}", data.text);

    let question = ask(&stage, &ann, "/forget").await;
    tap(fake, &ann, &question, "Leave it").await;
    assert_eq!(now(fake, &question).text, "Nothing was deleted.");
    assert_eq!(store.subscriptions_of_owner(UserRef(7)).await.unwrap().len(), 1);
    for _ in 0..2 {
        send(fake, &ann, &question, question.data_of("Delete it all")).await;
        assert!(now(fake, &question).text.starts_with("Deleted.\n\n"));
        assert!(ask(&stage, &ann, "/mydata").await.text.starts_with("Nothing is stored about you."));
    }
    let group = store.subscription_of(ChatRef { id: of_ann.id, thread: None }).await.unwrap().unwrap();
    assert_eq!((group.status, group.owner), (SubscriptionStatus::Active, None), "it is the group's affair");
    assert_eq!(store.tallies().await.unwrap().iter().map(|tally| tally.yes).sum::<u32>(), 1, "the other reader's");
    let data = ask(&stage, &ben, "/mydata").await.text;
    assert!(data.contains("English") && data.contains(LIGHTHOUSE) && data.contains("Others"), "{data}");
    bot.stop().await.unwrap();
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn in_a_group_nothing_of_a_reader_is_shown() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let bot = Served::start(Service { library: cape.open(), ..stage.service().await });
    let group = Chat::supergroup(-100_500, "Neighbours");
    stage.fake.add_chat(&group);
    for (n, command) in (1..).zip(["/mydata", "/forget"]) {
        stage.fake.group_text(&group, &reader(7), command);
        let reply = stage.fake.wait_for_sent(group.id, n).await.swap_remove(n - 1);
        assert_eq!(reply.text, "This command works in a private chat with me.");
        for data in ["z.en.ask", "z.en.forget", "z.en.not.1"] {
            let toast = send(&stage.fake, &reader(7), &reply, data).await;
            assert_eq!(toast, "This command works in a private chat with me.");
        }
    }
    bot.stop().await.unwrap();
}
