//! Calls that fail: waits, server errors, lost answers, a second poller, a token that is not accepted.

use std::time::Duration;

use onrecord::cli::Service;
use onrecord::store::Store;

use super::{THANKS, WELCOME, ann, ben};
use crate::support::bot::{Bot, service};
use crate::support::fake::{Accepted, DEADLINE, FakeTelegram, Fault, FaultBody, Script};

/// How often Ann's one question was answered.
async fn answers_under(fault: Fault, accepted: Accepted) -> usize {
    let fake = FakeTelegram::start().await;
    fake.script(Script::new("sendMessage", fault).accepted(accepted));
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), THANKS);
    fake.private_text(&ben(), THANKS);
    fake.wait_for(
        |fake| fake.faults_left() == 0 && !fake.sent_to(7).is_empty() && !fake.sent_to(8).is_empty(),
        DEADLINE,
    )
    .await;
    // What follows in the same chat comes after whatever was repeated.
    fake.private_text(&ann(), "hello");
    fake.private_text(&ben(), "hello");
    for chat in [7, 8] {
        fake.wait_for(|fake| fake.sent_to(chat).iter().any(|sent| sent.text.starts_with("Hello")), DEADLINE).await;
    }
    bot.stop().await;
    assert_eq!(fake.violations(), Vec::<String>::new());
    let answered = |chat| fake.sent_to(chat).iter().filter(|sent| sent.text == WELCOME).count();
    answered(7).max(answered(8))
}

#[tokio::test]
async fn a_reply_arrives_whatever_goes_wrong_before_it_is_accepted() {
    for fault in [
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::Http { status: 500, body: FaultBody::Json },
        Fault::ResetConnection,
        Fault::HalfBody,
        Fault::Garbage200,
        Fault::TooManyRequests { retry_after: Some(1) },
        Fault::TooManyRequests { retry_after: None },
    ] {
        assert_eq!(answers_under(fault.clone(), Accepted::Before).await, 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_reply_whose_answer_is_lost_comes_twice_at_most() {
    for fault in [Fault::Http { status: 502, body: FaultBody::Html }, Fault::ResetConnection, Fault::Garbage200] {
        let n_answers = answers_under(fault.clone(), Accepted::After).await;
        assert!((1..=2).contains(&n_answers), "{fault:?}: {n_answers}");
    }
}

#[tokio::test]
async fn a_wait_holds_up_its_own_chat_only_and_outlives_a_restart() {
    let fake = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("bot.db").display());
    fake.script(
        Script::new("sendMessage", Fault::TooManyRequests { retry_after: Some(3600) })
            .when(|call| call["chat_id"] == 7),
    );
    let bot = Bot::serve(Service { store: Store::open(&url).await.unwrap(), ..service(&fake).await });
    fake.private_text(&ann(), THANKS);
    fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
    fake.private_text(&ben(), THANKS);
    assert_eq!(fake.wait_for_sent(8, 1).await[0].text, WELCOME);
    bot.stop().await;

    let bot = Bot::serve(Service { store: Store::open(&url).await.unwrap(), ..service(&fake).await });
    fake.private_text(&ben(), THANKS);
    fake.wait_for_sent(8, 2).await;
    bot.stop().await;
    assert_eq!(fake.sent_to(7).len(), 0, "the hour is not over");
    assert_eq!(fake.violations(), Vec::<String>::new());

    // After the hour the reply goes out, a restart later.
    let later = crate::support::bot::today().now() + jiff::SignedDuration::from_secs(3601);
    let clock = onrecord::clock::Clock::driven(move || later);
    let bot = Bot::serve(Service { store: Store::open(&url).await.unwrap(), clock, ..service(&fake).await });
    assert_eq!(fake.wait_for_sent(7, 1).await[0].text, WELCOME);
    bot.stop().await;
}

#[tokio::test]
async fn a_second_poller_is_waited_out() {
    let fake = FakeTelegram::start().await;
    fake.fault_times("getUpdates", 1, Fault::Http { status: 409, body: FaultBody::Json });
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), THANKS);
    assert_eq!(fake.wait_for_sent(7, 1).await[0].text, WELCOME);
    bot.stop().await;
}

#[tokio::test]
async fn a_token_that_is_not_accepted_ends_the_bot_with_a_clear_error() {
    let fake = FakeTelegram::start().await;
    let service = Service { token: "424242:AnotherToken-of-the-right-shape_0000".into(), ..service(&fake).await };
    let error = format!("{:#}", Bot::serve(service).end().await.unwrap_err());
    assert!(error.contains("TELOXIDE_TOKEN") && error.contains("BotFather"), "{error}");
    assert!(!error.contains("AnotherToken"), "{error}");
}

#[tokio::test]
async fn a_token_that_is_revoked_later_ends_the_bot_too() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), THANKS);
    fake.wait_for_sent(7, 1).await;
    fake.fault_times("getUpdates", 3, Fault::Http { status: 401, body: FaultBody::Json });
    fake.private_text(&ann(), THANKS);
    let error = format!("{:#}", bot.end().await.unwrap_err());
    assert!(error.contains("token"), "{error}");
    assert!(!error.contains(fake.token()), "{error}");
}

#[tokio::test]
async fn without_a_network_it_keeps_trying_until_there_is_one() {
    let fake = FakeTelegram::start().await;
    fake.fault_times("getMe", 2, Fault::ResetConnection);
    let bot = Bot::start(&fake).await;
    fake.private_text(&ann(), THANKS);
    assert_eq!(fake.wait_for_sent(7, 1).await[0].text, WELCOME);
    bot.stop().await;
}

#[tokio::test]
async fn the_menu_is_set_in_both_languages_once() {
    let fake = FakeTelegram::start().await;
    for _ in 0..2 {
        let bot = Bot::start(&fake).await;
        fake.wait_for(|fake| fake.calls("getMyCommands").len() >= 3, DEADLINE).await;
        fake.private_text(&ann(), THANKS);
        fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
        tokio::time::timeout(Duration::from_secs(20), async {
            fake.wait_for(|fake| fake.calls("getMyShortDescription").len() >= 3, DEADLINE).await;
        })
        .await
        .unwrap();
        bot.stop().await;
    }
    let set = fake.calls("setMyCommands");
    let languages: Vec<&str> = set.iter().map(|call| call.body["language_code"].as_str().unwrap_or("")).collect();
    assert!(languages.contains(&"ru") && languages.contains(&"en"), "{languages:?}");
    let mut once = set.iter().map(|call| call.body.to_string()).collect::<Vec<_>>();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), set.len(), "nothing is set twice");
}
