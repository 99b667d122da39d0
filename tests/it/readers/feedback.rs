//! Whether an answer was one: where it is asked, that it is counted once, and what admins see.

use onrecord::cli::Service;
use onrecord::domain::UserRef;

use super::cape::{Cape, MOOD};
use super::{labels, now, send, tap};
use crate::support::fake::{Chat, FakeTelegram, Sent, User};
use crate::support::service::{ADMIN, Served, Stage, reader};

const ASK: &str = "Did this answer your question?";

async fn asked(fake: &FakeTelegram, user: &User, words: &str) -> Sent {
    let n = fake.sent_to(user.id).len();
    fake.private_text(user, words);
    fake.wait_for_sent(user.id, n + 1).await.swap_remove(n)
}

async fn report(fake: &FakeTelegram) -> String {
    asked(fake, &User::new(ADMIN, "Admin").speaking("en"), "/feedback").await.text
}

async fn served(stage: &Stage, cape: &Cape) -> Service {
    Service { library: cape.open(), ..stage.service().await }
}

#[tokio::test]
async fn what_is_said_counts_once_across_a_restart_and_a_reload() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let fake = &stage.fake;
    let service = served(&stage, &cape).await;
    let library = service.library.clone();
    let bot = Served::start(service);
    let (ann, ben) = (reader(7), reader(8));
    assert_eq!(report(fake).await, "No reader has said anything of an answer yet.");
    let to_ann = asked(fake, &ann, MOOD).await;
    let to_ben = asked(fake, &ben, MOOD).await;
    let (yes, no) = (to_ann.data_of("Yes").to_owned(), to_ann.data_of("No").to_owned());
    for _ in 0..2 {
        assert_eq!(send(fake, &ann, &to_ann, &yes).await, "Thank you.");
    }
    assert!(report(fake).await.ends_with("• Mood: no 0, yes 1"), "{}", report(fake).await);
    bot.stop().await.unwrap();

    let bot = Served::start(Service { library: library.clone(), ..stage.service().await });
    assert_eq!(send(fake, &ann, &to_ann, &no).await, "");
    assert_eq!(tap(fake, &ann, &now(fake, &to_ann), "Too little").await, "Thank you.");
    cape.change_nothing_of_use();
    asked(fake, &User::new(ADMIN, "Admin"), "/reload").await;
    // The button names the revision that answered.
    assert_eq!(tap(fake, &ben, &to_ben, "Yes").await, "Thank you.");
    let again = asked(fake, &ben, MOOD).await;
    assert_eq!(tap(fake, &ben, &again, "Yes").await, "Thank you.");
    let report = report(fake).await;
    bot.stop().await.unwrap();
    let (now, before) = report.split_once("\n\nBefore that\n\n").unwrap();
    assert!(now.ends_with("• Mood: no 0, yes 1"), "{now}");
    assert_eq!(before, "• Mood: no 1, yes 1 — Too little: 1");
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn it_is_asked_where_it_makes_sense_and_not_too_often() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let fake = &stage.fake;
    let bot = Served::start(served(&stage, &cape).await);
    let (ann, ben) = (reader(7), reader(8));
    for words in ["/start", "hello", "/topics", "/upcoming", "Who pays for the lighthouse?"] {
        let reply = asked(fake, &ann, words).await;
        assert!(!reply.text.contains(ASK), "{words}: {}", reply.text);
    }
    let answer = asked(fake, &ann, MOOD).await;
    assert_eq!(labels(&answer)[..2], ["Yes", "No"]);
    assert!(answer.text.ends_with(ASK), "{}", answer.text);
    tap(fake, &ann, &answer, "Before and after").await;
    tap(fake, &ann, &now(fake, &answer), "Only the answer").await;
    assert!(!now(fake, &answer).text.contains(ASK), "a button led there");
    // Twice more in a row, then not.
    let asks: Vec<bool> = [asked(fake, &ann, MOOD).await, asked(fake, &ann, MOOD).await, asked(fake, &ann, MOOD).await]
        .iter()
        .map(|answer| answer.text.contains(ASK))
        .collect();
    assert_eq!(asks, [true, true, false]);
    // Who has said something of an answer is not asked of it again.
    let answer = asked(fake, &ben, MOOD).await;
    tap(fake, &ben, &answer, "Yes").await;
    assert!(!asked(fake, &ben, MOOD).await.text.contains(ASK));
    assert!(asked(fake, &ben, "Where is Barrier held?").await.text.contains(ASK));
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn groups_are_not_asked_and_forged_buttons_count_nothing() {
    let (stage, cape) = (Stage::set().await, Cape::write());
    let fake = &stage.fake;
    let service = served(&stage, &cape).await;
    let store = service.store.clone();
    let bot = Served::start(service);
    let (ann, group) = (reader(7), Chat::supergroup(-100_500, "Neighbours"));
    fake.add_chat(&group);
    fake.group_text(&group, &ann, "/ask How does she feel?");
    let in_group = fake.wait_for_sent(group.id, 1).await.swap_remove(0);
    assert!(!in_group.text.contains(ASK), "{}", in_group.text);
    let answer = asked(fake, &ann, MOOD).await;
    let yes = answer.data_of("Yes").to_owned();
    assert_eq!(send(fake, &ann, &in_group, &yes).await, "This command works in a private chat with me.");
    for (forged, toast) in [
        ("y.en.perhaps.abcdefgh23.abcdefgh23", "too old"),
        ("y.en.y.abcdefgh23", "too old"),
        ("y.en.y.abcdefgh23.abcdefgh23", "has changed"),
    ] {
        assert!(send(fake, &ann, &answer, forged).await.contains(toast), "{forged}");
    }
    assert_eq!(store.tallies().await.unwrap(), []);
    assert_eq!(send(fake, &ann, &answer, &yes).await, "Thank you.");
    assert_eq!(store.n_feedback_of(UserRef(7), stage.dial.clock().now()).await.unwrap(), 1);
    bot.stop().await.unwrap();
}
