//! Many doubts at once: one message about an event, all of it settled by one press, or one by one; nothing floods an admin.

use insta::assert_snapshot;
use onrecord::domain::{Hold, Language, Subject};
use onrecord::store::NewDelivery;

use crate::support::announcer::{Announcer, admin, plain};
use crate::support::fake::{Accepted, Chat, Draft, Fault, Script, Sent, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

fn group(n: i64) -> Chat {
    Chat::supergroup(-100_500 - n, "Neighbours")
}

fn lose(bot: &Announcer, n: i64, accepted: Accepted) {
    let id = group(n).id;
    let lost = Script::new("sendMessage", Fault::ResetConnection).when(move |call| call["chat_id"] == id);
    bot.fake.script(lost.accepted(accepted));
}

/// An event that nobody knows of whether it arrived in any of so many groups.
async fn with_doubts(n: i64, accepted: Accepted, language: Language) -> Announcer {
    let bot = Announcer::at(BEFORE).await;
    bot.store().set_language(admin().id, language).await.unwrap();
    for n in 0..n {
        bot.subscribe(&group(n), None, &plain()).await;
        lose(&bot, n, accepted);
    }
    bot.go(MONTH_AHEAD).await;
    assert_eq!(bot.deliveries().await, format!("{n} ambiguous"));
    bot
}

fn told(bot: &Announcer) -> Vec<Sent> {
    bot.fake.sent_to(admin().id)
}

#[tokio::test]
async fn all_of_an_event_is_settled_by_one_press_after_a_restart_too() {
    for (label, accepted, n_posts, ends) in [
        ("All are there", Accepted::After, 7, "7 sent"),
        ("Post all again", Accepted::Before, 7, "7 sent"),
        ("Drop all", Accepted::Before, 0, "7 cancelled"),
    ] {
        let mut bot = with_doubts(7, accepted, Language::English).await;
        assert_eq!(told(&bot).len(), 1, "seven at once are one message");
        let question = bot.last(admin().id);
        bot.restart().await;
        let ben = User::new(8, "Ben").speaking("en");
        bot.fake.add_chat(&Chat::private(&ben));
        let refused = bot.presses(&ben, &question, label).await;
        assert_eq!(refused.as_deref(), Some("This command is for the admins of this bot."), "{label}");
        assert_eq!(bot.presses(&admin(), &question, label).await, None, "{label}");
        assert_snapshot!(format!("{}", label.replace(' ', "_")), bot.last(admin().id).render());
        for again in [label, "Post all again"] {
            let again = bot.presses(&admin(), &question, again).await;
            assert_eq!(again.as_deref(), Some("This was decided already."), "{label}");
        }
        bot.go("2026-09-01T10:00:02Z").await;
        let n: usize = (0..7).map(|n| bot.n_posts(&group(n))).sum();
        assert_eq!((n, bot.deliveries().await.as_str()), (n_posts, ends), "{label}");
    }
}

#[tokio::test]
async fn a_press_settles_nothing_that_became_doubtful_after_it_was_asked() {
    let mut bot = with_doubts(4, Accepted::Before, Language::English).await;
    let question = bot.last(admin().id);
    bot.turn("2026-09-01T10:00:05Z");
    bot.presses(&admin(), &question, "Post all again").await;
    lose(&bot, 0, Accepted::Before);
    bot.send().await;
    assert_eq!(bot.deliveries().await, "3 sent, 1 ambiguous");
    // The network brings the same press once more.
    let again = bot.presses(&admin(), &question, "Post all again").await;
    assert_eq!(again.as_deref(), Some("This was decided already."));
    assert_eq!(bot.deliveries().await, "3 sent, 1 ambiguous");
}

#[tokio::test]
async fn all_are_there_is_said_of_the_milestone_and_not_of_the_change_after_it() {
    let mut bot = with_doubts(4, Accepted::After, Language::English).await;
    let milestone = bot.last(admin().id);
    for n in 0..4 {
        lose(&bot, n, Accepted::Before);
    }
    bot.edit(|event| event.place = None).await;
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!(bot.deliveries().await, "8 ambiguous, 4 superseded", "the milestone whose place the change took");
    let asked = told(&bot).split_off(1);
    let n_of = |about: &str| asked.iter().filter(|sent| sent.text.contains(about)).count();
    assert_eq!((n_of("in 4 chats"), n_of("New on this since it was announced here:")), (2, 1), "{asked:?}");
    bot.presses(&admin(), &milestone, "All are there").await;
    assert_eq!(bot.deliveries().await, "4 sent, 4 ambiguous, 4 superseded");
}

#[tokio::test]
async fn two_doubts_of_one_chat_are_not_counted_as_two_chats() {
    let mut bot = with_doubts(1, Accepted::Before, Language::English).await;
    lose(&bot, 0, Accepted::Before);
    bot.go("2026-10-01T10:00:00Z").await;
    assert_eq!(bot.deliveries().await, "2 ambiguous");
    let before = told(&bot).len();
    bot.hears(Draft::private(&admin(), "/deliveries")).await;
    let shown: Vec<String> = told(&bot)[before + 1..].iter().map(|sent| sent.text.clone()).collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown.iter().all(|text| text.contains("in the chat -100500.")), "{shown:?}");
}

#[tokio::test]
async fn a_press_about_what_was_forgotten_with_its_private_chat_says_so() {
    let mut bot = Announcer::at(BEFORE).await;
    let ann = User::new(7, "Ann").speaking("en");
    let private = Chat::private(&ann);
    let subscription = bot.subscribe(&private, Some(&ann), &plain()).await;
    let lost = Script::new("sendMessage", Fault::ResetConnection).when(|call| call["chat_id"] == 7);
    bot.fake.script(lost.accepted(Accepted::Before));
    for n in 0..4 {
        bot.subscribe(&group(n), None, &plain()).await;
        lose(&bot, n, Accepted::Before);
    }
    bot.go(MONTH_AHEAD).await;
    assert_eq!(bot.deliveries().await, "5 ambiguous");
    let question = bot.last(admin().id);
    bot.store().end(subscription.id, "unsubscribed", bot.now()).await.unwrap();
    let answer = bot.presses(&admin(), &question, "Drop all").await;
    let words = "What this was about is no longer stored. /deliveries shows what is doubtful.";
    assert_eq!((answer.as_deref(), bot.deliveries().await.as_str()), (Some(words), "4 ambiguous"));
}

#[tokio::test]
async fn a_decision_without_a_message_to_be_said_in_is_said_in_a_toast() {
    for (n, label, words) in [(1, "Drop", "Dropped."), (4, "Drop all", "Dropped: 4.")] {
        let mut bot = with_doubts(n, Accepted::Before, Language::English).await;
        let question = bot.last(admin().id);
        let answer = bot.presses_without_its_message(&admin(), &question, label).await;
        assert_eq!(answer.as_deref(), Some(words));
        assert_eq!(bot.deliveries().await, format!("{n} cancelled"));
    }
}

#[tokio::test]
async fn what_changed_since_is_not_counted_as_too_late() {
    let mut bot = with_doubts(4, Accepted::Before, Language::English).await;
    let question = bot.last(admin().id);
    bot.edit(|event| event.place = None).await;
    bot.go("2026-09-03T10:00:00Z").await;
    bot.presses(&admin(), &question, "Post all again").await;
    assert_eq!(bot.fake.messages(admin().id)[0].text, "Not posted again: 4.");
}

#[tokio::test]
async fn what_is_too_late_to_be_posted_again_is_counted_apart() {
    let mut bot = with_doubts(4, Accepted::Before, Language::English).await;
    let question = bot.last(admin().id);
    bot.turn("2026-10-01T00:00:00Z");
    bot.presses(&admin(), &question, "Post all again").await;
    assert_eq!(bot.last(admin().id).text, "Not posted again, for the time has passed: 4.");
}

#[tokio::test]
async fn many_doubts_in_english_and_russian() {
    for (language, name) in [(Language::English, "many_in_english"), (Language::Russian, "many_in_russian")] {
        let bot = with_doubts(7, Accepted::Before, language).await;
        assert_snapshot!(name, bot.last(admin().id).render());
    }
}

#[tokio::test]
async fn doubts_are_looked_at_one_by_one_and_in_pages() {
    let mut bot = with_doubts(7, Accepted::Before, Language::English).await;
    bot.hears(Draft::private(&admin(), "/deliveries")).await;
    assert_snapshot!("report", told(&bot)[1..].iter().map(Sent::render).collect::<Vec<_>>().join("\n\n"));
    let question = bot.last(admin().id);
    bot.presses(&admin(), &question, "One by one").await;
    let asked = told(&bot).split_off(3);
    assert_eq!(asked.len(), 6, "five, and that there are more");
    assert!(asked[4].text.starts_with("Nobody knows whether this was posted in the chat -100504."), "{asked:?}");
    bot.presses(&admin(), &asked[0], "Drop").await;
    bot.restart().await;
    bot.presses(&admin(), &asked[5], "Show more").await;
    let chats: Vec<bool> = told(&bot)[9..].iter().map(|sent| sent.text.contains("in the chat -10050")).collect();
    assert_eq!(chats, [true, true], "the last two");
    bot.presses(&admin(), &question, "Drop all").await;
    assert_eq!(bot.deliveries().await, "7 cancelled");
    assert_eq!(bot.presses(&admin(), &asked[5], "Show more").await.as_deref(), Some("This was decided already."));
}

#[tokio::test]
async fn seven_things_that_are_doubtful_come_in_two_pages() {
    let mut bot = Announcer::at(BEFORE).await;
    let chat = bot.subscribe(&group(0), None, &plain()).await;
    for n in 0..7 {
        bot.turn(&format!("2026-08-25T00:00:0{n}Z"));
        let words = NewDelivery {
            subscription: chat.id,
            subject: Subject::Words { id: format!("7-{n}"), text: format!("Notice {n}") },
            due: bot.now(),
            expires: "2026-09-30T00:00:00Z".parse().unwrap(),
            hold: Hold::Free,
            supersedes: Vec::new(),
        };
        bot.store().enqueue(&[words], &[], bot.now()).await.unwrap();
        lose(&bot, 0, Accepted::Before);
        bot.look().await;
    }
    assert_eq!((told(&bot).len(), bot.deliveries().await.as_str()), (7, "7 ambiguous"));
    bot.hears(Draft::private(&admin(), "/deliveries")).await;
    assert_eq!(told(&bot).len(), 7 + 1 + 5 + 1, "the counts, five, and that there are more");
    let more = bot.last(admin().id);
    bot.presses(&admin(), &more, "Show more").await;
    let shown = told(&bot).split_off(14);
    assert_eq!(shown.len(), 2);
    assert!(shown[0].text.contains("Notice 5") && shown[1].text.contains("Notice 6"), "{shown:?}");
}

#[tokio::test]
async fn many_that_were_missed_are_one_message_which_counts_as_told_once_it_arrived() {
    for (language, name) in [(Language::English, "missed_in_english"), (Language::Russian, "missed_in_russian")] {
        let mut bot = Announcer::at(BEFORE).await;
        bot.store().set_language(admin().id, language).await.unwrap();
        for n in 0..21 {
            bot.subscribe(&group(n), None, &plain()).await;
        }
        bot.hears(Draft::private(&admin(), "/pause")).await;
        bot.go(MONTH_AHEAD).await;
        bot.turn("2026-10-01T00:00:00Z");
        assert_eq!(bot.plans_and_is_killed().await, 1);
        for _ in 0..2 {
            bot.look().await;
            bot.restart().await;
        }
        assert_eq!(told(&bot).len(), 2, "the reply to /pause, and this");
        assert_snapshot!(name, bot.last(admin().id).render());
    }
}
