//! What Telegram answers to a post, and what becomes of it: waits are obeyed, doubts are kept, closed chats are left
//! alone, chats that move are followed.

use onrecord::domain::{ChatRef, PartialDate, Settings, SubscriptionStatus, When};

use crate::support::announcer::{Announcer, admin, careful, plain};
use crate::support::fake::{Accepted, Chat, Draft, Fault, FaultBody, Membership, Refusal, Script, User};

const BEFORE: &str = "2026-08-25T00:00:00Z";
const MONTH_AHEAD: &str = "2026-09-01T10:00:00Z";
const FIRST_DAY: &str = "2026-10-01T10:00:00Z";

fn group(n: i64) -> Chat {
    Chat::supergroup(-100_500 - n, "Neighbours")
}

fn ann() -> User {
    User::new(7, "Ann").speaking("en")
}

async fn with_groups(n: i64) -> Announcer {
    let bot = Announcer::at(BEFORE).await;
    for n in 0..n {
        bot.subscribe(&group(n), None, &plain()).await;
    }
    bot.go(BEFORE).await;
    bot
}

fn strike(bot: &Announcer, chat: &Chat, fault: Fault, accepted: Accepted) {
    let id = chat.id;
    bot.fake.script(Script::new("sendMessage", fault).when(move |call| call["chat_id"] == id).accepted(accepted));
}

fn wait(seconds: u64) -> Fault {
    Fault::TooManyRequests { retry_after: Some(seconds) }
}

#[tokio::test]
async fn a_wait_holds_up_its_chat_alone_and_is_obeyed_after_a_restart() {
    let mut bot = with_groups(2).await;
    strike(&bot, &group(0), wait(35), Accepted::Before);
    bot.go(MONTH_AHEAD).await;
    assert_eq!([0, 1].map(|n| bot.n_posts(&group(n))), [0, 1]);
    bot.restart().await;
    for at in ["2026-09-01T10:00:01Z", "2026-09-01T10:00:34Z"] {
        bot.go(at).await;
    }
    assert_eq!((bot.n_tries(&group(0)), bot.deliveries().await.as_str()), (1, "1 queued, 1 sent"));
    bot.go("2026-09-01T10:00:35Z").await;
    assert_eq!([0, 1].map(|n| bot.n_posts(&group(n))), [1, 1]);
    assert_eq!(bot.n_tries(&group(0)), 2);
}

/// Added to the clock, such a number is no instant any more.
#[tokio::test]
async fn a_wait_without_measure_lasts_a_day() {
    for seconds in [1_000_000_000_000, u64::MAX] {
        let mut bot = with_groups(2).await;
        strike(&bot, &group(0), wait(seconds), Accepted::Before);
        bot.go(MONTH_AHEAD).await;
        assert_eq!(bot.deliveries().await, "1 queued, 1 sent", "{seconds}");
        bot.restart().await;
        bot.go("2026-09-02T09:59:59Z").await;
        assert_eq!(bot.n_tries(&group(0)), 1, "{seconds}");
        bot.go("2026-09-02T10:00:00Z").await;
        assert_eq!((bot.n_posts(&group(0)), bot.deliveries().await.as_str()), (1, "2 sent"), "{seconds}");
    }
}

#[tokio::test]
async fn a_wait_without_a_time_is_tried_again_after_a_pause() {
    let bot = with_groups(1).await;
    strike(&bot, &group(0), Fault::TooManyRequests { retry_after: None }, Accepted::Before);
    bot.go(MONTH_AHEAD).await;
    bot.go("2026-09-01T10:00:01Z").await;
    assert_eq!(bot.n_tries(&group(0)), 1);
    bot.go("2026-09-01T10:00:02Z").await;
    assert_eq!((bot.n_posts(&group(0)), bot.deliveries().await.as_str()), (1, "1 sent"));
}

#[tokio::test]
async fn three_chats_that_ask_to_wait_hold_up_all_of_them_and_two_do_not() {
    for (n_struck, n_at_once) in [(2, 18), (3, 13)] {
        // Sixteen are under way at once, the others come after them.
        let mut bot = with_groups(20).await;
        for n in 0..n_struck {
            strike(&bot, &group(n), wait(30), Accepted::Before);
        }
        let n_posted = |bot: &Announcer| (0..20).filter(|n| bot.n_posts(&group(*n)) == 1).count();
        bot.go(MONTH_AHEAD).await;
        assert_eq!(n_posted(&bot), n_at_once, "{n_struck} struck");
        bot.restart().await;
        bot.go("2026-09-01T10:00:29Z").await;
        assert_eq!(n_posted(&bot), n_at_once, "{n_struck} struck");
        bot.go("2026-09-01T10:00:30Z").await;
        assert_eq!((n_posted(&bot), bot.deliveries().await.as_str()), (20, "20 sent"), "{n_struck} struck");
    }
}

#[tokio::test]
async fn whatever_may_have_been_taken_is_doubtful_and_tried_once() {
    let faults = [
        Fault::ResetConnection,
        Fault::HalfBody,
        Fault::Garbage200,
        Fault::Http { status: 500, body: FaultBody::Json },
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::Http { status: 504, body: FaultBody::Html },
    ];
    let faults: Vec<_> = faults
        .into_iter()
        .flat_map(|fault| [Accepted::Before, Accepted::After].map(|on| (fault.clone(), on)))
        .collect();
    let mut bot = with_groups(12).await;
    for (n, (fault, accepted)) in (0..).zip(&faults) {
        strike(&bot, &group(n), fault.clone(), *accepted);
    }
    bot.go(MONTH_AHEAD).await;
    assert_eq!(bot.deliveries().await, "12 ambiguous");
    let shown = bot.last(admin().id).text;
    assert!(shown.starts_with("Nobody knows whether this was posted in 12 chats: -100500, "), "{shown}");
    bot.restart().await;
    bot.go("2026-09-02T10:00:00Z").await;
    for (n, (fault, accepted)) in (0..).zip(&faults) {
        let arrived = usize::from(*accepted == Accepted::After);
        assert_eq!((bot.n_tries(&group(n)), bot.n_posts(&group(n))), (1, arrived), "{fault:?} {accepted:?}");
    }
}

#[tokio::test]
async fn what_was_refused_is_told_and_not_tried_again() {
    let bot = with_groups(1).await;
    strike(&bot, &group(0), Fault::Refuse(Refusal::bad_request("message is too long")), Accepted::Before);
    bot.go(MONTH_AHEAD).await;
    bot.go("2026-09-02T10:00:00Z").await;
    assert_eq!((bot.n_tries(&group(0)), bot.deliveries().await.as_str()), (1, "1 failed"));
    let told = bot.fake.sent_to(admin().id);
    assert!(told.len() == 1 && told[0].text.starts_with("Not posted in the chat -100500: it was refused."), "{told:?}");
}

#[tokio::test]
async fn a_chat_that_threw_the_bot_out_is_left_alone() {
    let mut bot = with_groups(2).await;
    bot.fake.kick(&group(0));
    bot.fake.bar(&group(1), Refusal::forbidden("the group chat was deleted"));
    bot.go(MONTH_AHEAD).await;
    bot.restart().await;
    for at in ["2026-09-02T10:00:00Z", FIRST_DAY] {
        bot.go(at).await;
    }
    for n in 0..2 {
        assert_eq!(bot.n_tries(&group(n)), 1);
        let chat = ChatRef { id: group(n).id, thread: None };
        let subscription = bot.store().subscription_of(chat).await.unwrap().unwrap();
        assert_eq!(subscription.status, SubscriptionStatus::Ended);
    }
    assert_eq!(bot.deliveries().await, "2 cancelled");
    assert!(bot.fake.sent_to(admin().id).is_empty(), "that is their affair");
    assert_eq!(bot.fake.violations(), [""; 0]);
}

#[tokio::test]
async fn a_chat_where_the_bot_may_not_write_waits_for_subscribe_and_its_admin_is_told_once() {
    for refusal in [
        "not enough rights to send text messages to the chat",
        "have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
        "CHAT_RESTRICTED",
        "TOPIC_CLOSED",
    ] {
        let mut bot = with_groups(1).await;
        bot.fake.set_member(&group(0), &ann(), Membership::Administrator);
        bot.fake.bar(&group(0), Refusal::bad_request(refusal));
        bot.go(MONTH_AHEAD).await;
        for at in ["2026-09-01T11:00:00Z", "2026-09-02T10:00:00Z"] {
            bot.go(at).await;
            bot.restart().await;
        }
        assert_eq!((bot.n_tries(&group(0)), bot.deliveries().await.as_str()), (1, "1 queued"), "{refusal}");
        let told = bot.fake.sent_to(admin().id);
        assert_eq!(told.len(), 1, "{refusal}");
        assert!(told[0].text.contains("/subscribe to go on"), "{}", told[0].text);

        bot.fake.bot_membership(&group(0), &ann(), Membership::Member);
        bot.hears(Draft::new(&group(0), &ann(), "/subscribe")).await;
        bot.look().await;
        let sent = bot.fake.sent_to(group(0).id);
        assert_eq!((sent.len(), bot.deliveries().await.as_str()), (2, "1 sent"), "the reply, then the post: {refusal}");
        bot.fake.bar(&group(0), Refusal::bad_request(refusal));
        bot.go(FIRST_DAY).await;
        assert_eq!(bot.fake.sent_to(admin().id).len(), 2, "another time is another trouble: {refusal}");
    }
}

#[tokio::test]
async fn a_channel_that_takes_the_bots_rights_away_suspends_it() {
    let mut bot = Announcer::at(BEFORE).await;
    let news = Chat::channel(-100_600, "News");
    bot.fake.add_chat(&Chat::private(&ann()));
    bot.fake.set_member(&news, &ann(), Membership::Creator);
    bot.subscribe(&news, Some(&ann()), &careful()).await;
    bot.go(MONTH_AHEAD).await;
    // The update that would have told it was missed.
    bot.fake.set_member(&news, &User::the_bot("onrecord"), Membership::Member);
    // Without rights of its own the bot cannot see hers either: an admin of the bot decides.
    let question = bot.last(ann().id);
    bot.presses(&admin(), &question, "Post").await;
    bot.look().await;
    let subscription = bot.store().subscription_of(ChatRef { id: news.id, thread: None }).await.unwrap().unwrap();
    assert_eq!(subscription.status, SubscriptionStatus::Suspended);
    assert_eq!((bot.n_tries(&news), bot.deliveries().await.as_str()), (1, "1 queued"));
    assert!(bot.last(ann().id).text.contains("/subscribe to go on"), "{}", bot.last(ann().id).text);
}

#[tokio::test]
async fn a_group_that_moved_gets_its_post_once_at_its_new_address() {
    let mut bot = Announcer::at(BEFORE).await;
    let (old, new) = (Chat::group(-5, "Friends"), Chat::supergroup(-1005, "Friends"));
    bot.subscribe(&old, None, &Settings { pin: true, ..plain() }).await;
    bot.go(BEFORE).await;
    bot.fake.migrate(&old, &new, &ann());
    bot.fake.bot_membership(&new, &ann(), Membership::Administrator);
    bot.go(MONTH_AHEAD).await;
    bot.go("2026-09-01T10:00:01Z").await;
    assert_eq!([bot.n_posts(&old), bot.n_posts(&new), bot.n_tries(&old)], [0, 1, 1]);
    assert_eq!(bot.fake.pinned(new.id).len(), 1);
    bot.restart().await;
    bot.go(FIRST_DAY).await;
    assert_eq!([bot.n_posts(&new), bot.n_tries(&old)], [2, 1]);
    assert_eq!(bot.deliveries().await, "2 sent");
}

#[tokio::test]
async fn of_two_milestones_that_fell_due_during_a_pause_the_newest_is_posted_alone() {
    let mut bot = with_groups(1).await;
    let when = PartialDate::parse("2026-09-12").map(When::Within).unwrap();
    bot.edit(|event| event.when = Some(when)).await;
    bot.look().await;
    bot.hears(Draft::private(&admin(), "/pause")).await;
    for at in ["2026-09-05T10:00:00Z", "2026-09-11T10:00:00Z"] {
        bot.go(at).await;
    }
    assert_eq!(bot.deliveries().await, "1 queued, 1 superseded");
    bot.hears(Draft::private(&admin(), "/resume")).await;
    bot.go("2026-09-11T10:00:05Z").await;
    assert_eq!((bot.n_posts(&group(0)), bot.deliveries().await.as_str()), (1, "1 sent, 1 superseded"));
    assert!(bot.posts(&group(0))[0].contains("(tomorrow)"), "{:?}", bot.posts(&group(0)));
}

#[tokio::test]
async fn nothing_is_posted_during_a_pause_and_what_is_still_valid_after_it() {
    let mut bot = with_groups(1).await;
    bot.hears(Draft::private(&ann(), "/pause")).await;
    assert!(bot.last(ann().id).text.starts_with("This command is for the admins"), "{}", bot.last(ann().id).text);
    bot.hears(Draft::private(&admin(), "/pause")).await;
    bot.go(MONTH_AHEAD).await;
    bot.restart().await;
    bot.go("2026-09-03T10:00:00Z").await;
    assert_eq!((bot.n_tries(&group(0)), bot.deliveries().await.as_str()), (0, "1 queued"));
    bot.hears(Draft::private(&admin(), "/resume")).await;
    bot.look().await;
    assert_eq!((bot.n_posts(&group(0)), bot.deliveries().await.as_str()), (1, "1 sent"));
    bot.hears(Draft::private(&admin(), "/pause")).await;
    bot.go(FIRST_DAY).await;
    bot.go("2026-10-08T10:00:00Z").await;
    assert_eq!((bot.n_tries(&group(0)), bot.deliveries().await.as_str()), (1, "1 sent, 1 missed"));
}
