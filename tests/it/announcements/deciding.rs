//! What people are asked before and after a post, and what each of their buttons does.

use insta::assert_snapshot;
use jiff::tz::TimeZone;
use onrecord::domain::{DeliveryState, Language, QuietHours, Settings};

use crate::support::announcer::{Announcer, admin, careful, plain};
use crate::support::fake::{Accepted, Chat, DEADLINE, Fault, Membership, Script, Sent, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";

fn news() -> Chat {
    Chat::channel(-100_600, "News")
}

fn group() -> Chat {
    Chat::supergroup(-100_500, "Neighbours")
}

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

/// A channel of Ann's that approves each post, a moment before it falls due.
async fn with_a_channel() -> Announcer {
    let bot = Announcer::at(BEFORE).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&news(), &ann(), Membership::Creator);
    bot.subscribe(&news(), Some(&ann()), &careful()).await;
    bot.go(BEFORE).await;
    bot
}

/// What Ann, or the admin, was asked last.
fn asked(bot: &Announcer, user: &User, n: usize) -> Sent {
    let sent = bot.fake.sent_to(user.id);
    assert_eq!(sent.len(), n, "{:?}", sent.iter().map(Sent::render).collect::<Vec<_>>());
    sent[n - 1].clone()
}

#[tokio::test]
async fn a_channel_gets_its_post_only_after_post_is_pressed() {
    let mut bot = with_a_channel().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    assert_snapshot!("approval", question.render());
    bot.restart().await;
    bot.go("2026-09-02T10:00:00Z").await;
    assert_eq!((asked(&bot, &ann(), 1).message_id, bot.n_posts(&news())), (question.message_id, 0), "asked once");
    assert_eq!(bot.presses(&ann(), &question, "Post").await, None);
    bot.look().await;
    assert_eq!((bot.n_posts(&news()), bot.deliveries().await.as_str()), (1, "1 sent"));
    let shown = question.text.split_once("\n\n").unwrap().1;
    assert_eq!(bot.last(news().id).text, shown, "the post is what was shown");
    assert_snapshot!("approved", bot.last(ann().id).render());
    for label in ["Post", "Skip", "Ask me in an hour"] {
        assert_eq!(bot.presses(&ann(), &question, label).await.as_deref(), Some("This was decided already."));
    }
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!(bot.n_posts(&news()), 1);
    assert_eq!(bot.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn what_is_approved_is_what_is_posted_in_the_language_and_by_the_day_of_the_chat() {
    // In Kamchatka it is the first of October already.
    for (chosen, question_begins, yes) in [
        (None, "Опубликовать это в чате -100600 1 октября 2026 года?", "Опубликовать"),
        (Some(Language::English), "May this be posted in the chat -100600 on 1 October 2026?", "Post"),
    ] {
        let mut bot = Announcer::at(BEFORE).await;
        bot.fake.add_chat(&Chat::private(&ann()));
        bot.fake.set_member(&news(), &ann(), Membership::Creator);
        let zone = TimeZone::get("Asia/Kamchatka").unwrap();
        bot.subscribe(&news(), Some(&ann()), &Settings { language: Language::Russian, zone, ..careful() }).await;
        if let Some(language) = chosen {
            bot.store().set_language(ann().id, language).await.unwrap();
        }
        bot.go("2026-09-30T22:00:00Z").await;
        let question = asked(&bot, &ann(), 1);
        assert!(question.text.starts_with(question_begins), "{}", question.text);
        assert_eq!(bot.presses(&ann(), &question, yes).await, None);
        bot.look().await;
        let post = bot.last(news().id).text;
        assert_eq!(post, question.text.split_once("\n\n").unwrap().1, "the post is what was shown");
        assert!(post.contains("октябрь 2026 года, точной даты в интервью нет (в этом месяце)"), "{post}");
        let decided = bot.last(ann().id).text;
        assert_eq!(post, decided.split_once("\n\n").unwrap().1, "and what is shown after the decision");
    }
}

#[tokio::test]
async fn a_skipped_post_never_arrives() {
    let mut bot = with_a_channel().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    bot.presses(&ann(), &question, "Skip").await;
    bot.presses(&ann(), &question, "Post").await;
    bot.go("2026-09-30T23:00:00Z").await;
    assert_eq!((bot.n_tries(&news()), bot.deliveries().await.as_str()), (0, "1 cancelled"));
    asked(&bot, &ann(), 1);
}

#[tokio::test]
async fn a_post_that_is_put_off_is_asked_about_again_in_an_hour() {
    let mut bot = with_a_channel().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    bot.presses(&ann(), &question, "Ask me in an hour").await;
    bot.go("2026-09-01T10:59:59Z").await;
    asked(&bot, &ann(), 1);
    bot.restart().await;
    bot.go("2026-09-01T11:00:00Z").await;
    let again = asked(&bot, &ann(), 2);
    assert_eq!(bot.n_tries(&news()), 0);
    bot.presses(&ann(), &again, "Post").await;
    bot.look().await;
    assert_eq!(bot.n_posts(&news()), 1);
}

#[tokio::test]
async fn a_post_that_cannot_wait_for_an_hour_is_not_put_off() {
    let mut bot = with_a_channel().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    bot.turn("2026-09-30T23:30:00Z");
    let told = bot.presses(&ann(), &question, "Ask me in an hour").await;
    assert_eq!(told.as_deref(), Some("In an hour it would be too late. Post it now, or skip it."));
    bot.presses(&ann(), &question, "Post").await;
    bot.look().await;
    assert_eq!((bot.n_posts(&news()), bot.deliveries().await.as_str()), (1, "1 sent"));
}

#[tokio::test]
async fn a_press_by_somebody_without_rights_is_refused() {
    let mut bot = with_a_channel().await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    bot.fake.set_member(&news(), &ann(), Membership::Member);
    let ben = User::new(8, "Ben").speaking("en");
    for label in ["Post", "Skip", "Ask me in an hour"] {
        for user in [&ann(), &ben] {
            let told = bot.presses(user, &question, label).await;
            assert_eq!(told.as_deref(), Some("Only an administrator of that chat may decide this."), "{label}");
        }
    }
    // She was never an admin of the bot.
    let forged = bot.fake.press(&ann(), &question, "d.en.again.1");
    bot.hears(crate::support::fake::Draft::private(&ann(), "/about")).await;
    assert_eq!(bot.fake.press_answers(&forged.query_id).len(), 1);
    bot.look().await;
    assert_eq!((bot.n_tries(&news()), bot.deliveries().await.as_str()), (0, "1 queued"));
    bot.fake.set_member(&news(), &ann(), Membership::Administrator);
    bot.presses(&ann(), &question, "Post").await;
    bot.look().await;
    assert_eq!(bot.n_posts(&news()), 1);
}

#[tokio::test]
async fn a_post_that_is_approved_at_night_waits_for_the_morning_and_whoever_approves_it_is_told() {
    let mut bot = Announcer::at(BEFORE).await;
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&news(), &ann(), Membership::Creator);
    bot.subscribe(&news(), Some(&ann()), &Settings { quiet: QuietHours::new(22, 8), ..careful() }).await;
    bot.go(MONTH_AHEAD).await;
    let question = asked(&bot, &ann(), 1);
    bot.turn("2026-09-01T23:00:00Z");
    bot.presses(&ann(), &question, "Post").await;
    let told = bot.last(ann().id).text;
    let words = "It is posted as soon as it is due. The chat has quiet hours now; it comes after them.\n";
    assert!(told.starts_with(words), "{told}");
    for (at, n) in [("2026-09-02T07:59:59Z", 0), ("2026-09-02T08:00:00Z", 1)] {
        bot.go(at).await;
        assert_eq!(bot.n_posts(&news()), n, "{at}");
    }
}

#[tokio::test]
async fn what_is_too_late_to_be_posted_again_is_not_said_to_be() {
    let (mut bot, question) = with_a_doubt(Accepted::Before).await;
    bot.go("2026-10-01T00:00:00Z").await;
    bot.presses(&admin(), &question, "Post again").await;
    let told = bot.last(admin().id).text;
    assert!(told.starts_with("It is not posted again: its time has passed.\n"), "{told}");
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (1, "1 missed"));
}

#[tokio::test]
async fn what_changed_since_it_was_doubtful_is_not_said_to_be_too_late() {
    let (mut bot, question) = with_a_doubt(Accepted::Before).await;
    bot.edit(|event| event.place = None).await;
    bot.go("2026-09-03T10:00:00Z").await;
    bot.presses(&admin(), &question, "Post again").await;
    let told = bot.fake.messages(admin().id).remove(0).text;
    assert!(told.starts_with("It is not posted again.\n"), "{told}");
    let ended = "1 sent, 2 superseded";
    assert_eq!(bot.deliveries().await, ended, "the change, and with the doubt the milestone it took the place of");
}

/// A post that was taken, or not, and whose answer was lost.
async fn with_a_doubt(accepted: Accepted) -> (Announcer, Sent) {
    let bot = Announcer::at(BEFORE).await;
    bot.subscribe(&group(), None, &plain()).await;
    let to_group = Script::new("sendMessage", Fault::ResetConnection).when(|call| call["chat_id"] == group().id);
    bot.fake.script(to_group.accepted(accepted));
    bot.go(MONTH_AHEAD).await;
    bot.fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
    assert_eq!(bot.deliveries().await, "1 ambiguous");
    let question = asked(&bot, &admin(), 1);
    (bot, question)
}

#[tokio::test]
async fn a_doubtful_post_is_never_sent_again_by_itself() {
    let (mut bot, question) = with_a_doubt(Accepted::After).await;
    assert_snapshot!("doubt", question.render());
    for at in ["2026-09-01T10:00:30Z", "2026-09-02T10:00:00Z", "2026-09-30T10:00:00Z"] {
        bot.go(at).await;
        bot.restart().await;
        bot.go(at).await;
    }
    assert_eq!((bot.n_tries(&group()), bot.deliveries().await.as_str()), (1, "1 ambiguous"));
    // Its end does not settle it: somebody may still look.
    bot.go("2026-10-01T00:00:00Z").await;
    assert_eq!(bot.deliveries().await, "1 ambiguous");
}

#[tokio::test]
async fn each_button_under_a_doubtful_post_does_what_it_says() {
    for (label, accepted, n_posts, state) in [
        ("It is there", Accepted::After, 1, DeliveryState::Sent),
        ("Post again", Accepted::Before, 1, DeliveryState::Sent),
        ("Drop", Accepted::Before, 0, DeliveryState::Cancelled),
    ] {
        let (mut bot, question) = with_a_doubt(accepted).await;
        let told = bot.presses(&ann(), &question, label).await;
        assert_eq!(told.as_deref(), Some("Only an administrator of that chat may decide this."), "{label}");
        assert_eq!(bot.presses(&admin(), &question, label).await, None);
        let told = bot.presses(&admin(), &question, "Post again").await;
        assert_eq!(told.as_deref(), Some("This was decided already."), "{label}");
        bot.go("2026-09-01T10:00:02Z").await;
        assert_eq!(bot.n_posts(&group()), n_posts, "{label}");
        assert_eq!(bot.store().counts().await.unwrap()[&state], 1, "{label}");
        bot.restart().await;
        bot.go("2026-09-01T10:01:00Z").await;
        asked(&bot, &admin(), 1);
    }
}
