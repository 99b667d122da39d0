//! Telegram is not there, does not know the token, or talks to somebody else.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};

use super::QUESTION;
use crate::support::fake::{DEADLINE, FakeTelegram, Fault, Refusal};
use crate::support::log::Log;
use crate::support::network::ClosedPort;
use crate::support::service::{Served, Stage, reader, skip_until};

/// Another program with the same token.
async fn meddle(fake: &FakeTelegram, method: &str, body: Value) {
    let url = format!("{}/bot{}/{method}", fake.url(), fake.token());
    reqwest::Client::new().post(url).json(&body).send().await.unwrap();
}

#[tokio::test]
async fn a_second_poller_is_told_of_and_outlasted() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let bot = stage.serve().await;
    stage.ask(&reader(7), QUESTION).await;
    for _ in 0..2 {
        meddle(fake, "getUpdates", json!({ "timeout": 0 })).await;
        log.wait_for("another process polls with this token").await;
    }
    skip_until(async {
        stage.ask(&reader(7), QUESTION).await;
    })
    .await;
    bot.stop().await.unwrap();
    assert_eq!(log.count("another process polls with this token"), 1, "{}", log.text());
    assert_eq!(log.count("webhook"), 0, "{}", log.text());
    assert_eq!(log.count("updates come again"), 1, "{}", log.text());
}

#[tokio::test]
async fn a_webhook_is_told_of_and_removed_without_losing_what_waits() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    // Before the start, and in the middle of a poll.
    let hook = json!({ "url": "https://example.org/hook" });
    meddle(fake, "setWebhook", hook.clone()).await;
    fake.private_text(&reader(7), QUESTION);
    let bot = stage.serve().await;
    skip_until(async {
        fake.wait_for_sent(7, 1).await;
    })
    .await;
    meddle(fake, "setWebhook", hook).await;
    skip_until(async {
        stage.ask(&reader(7), QUESTION).await;
    })
    .await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(7).len(), 2);
    assert_eq!(log.count("a webhook is set for this token"), 2, "{}", log.text());
    assert_eq!(log.count("another process polls"), 0, "{}", log.text());
    assert_eq!(fake.calls("deleteWebhook").len(), 2);
}

#[tokio::test]
async fn a_wrong_token_is_an_error_that_names_the_variable_and_hides_the_token() {
    let stage = Stage::set().await;
    let mut service = stage.service().await;
    service.token = SecretString::from("424242:CANARYofAnotherBot");
    let error = format!("{:#}", Served::start(service).ended().await.unwrap_err());
    assert!(error.contains("TELOXIDE_TOKEN") && error.contains("@BotFather"), "{error}");
    assert!(!error.contains("CANARY"), "{error}");
}

/// Whichever call finds out first, and what was asked meanwhile is answered once the token is right again.
#[tokio::test]
async fn a_token_that_is_revoked_ends_the_bot_with_an_error() {
    for method in ["getUpdates", "sendMessage"] {
        let stage = Stage::set().await;
        let fake = &stage.fake;
        let bot = stage.serve().await;
        stage.ask(&reader(7), QUESTION).await;
        fake.fault(method, Fault::Refuse(Refusal::new(401, "Unauthorized")));
        fake.private_text(&reader(8), QUESTION);
        let ended = bot.ended().await;
        let error = format!("{:#}", ended.expect_err(method));
        assert!(error.contains("TELOXIDE_TOKEN") && error.contains("@BotFather"), "{method}: {error}");
        assert!(!error.contains("CANARY"), "{method}: {error}");

        let bot = stage.serve().await;
        fake.wait_for_sent(8, 1).await;
        bot.stop().await.unwrap();
        assert_eq!(fake.sent_to(8).len(), 1, "{method}");
    }
}

#[tokio::test]
async fn without_a_network_it_keeps_trying_and_says_so_once() {
    let log = Log::listen();
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let port = ClosedPort::reserve();
    let mut service = stage.service().await;
    service.api_url = port.url();
    let bot = Served::start(service);
    log.wait_for("Telegram does not answer; trying again until it does").await;
    fake.private_text(&reader(7), QUESTION);
    // Some further tries in vain.
    for _ in 0..4 {
        crate::support::service::skip(Duration::from_secs(4)).await;
    }
    let network = port.open(fake);
    skip_until(fake.wait_for(|fake| !fake.sent_to(7).is_empty(), DEADLINE * 10)).await;
    bot.stop().await.unwrap();
    network.abort();
    assert_eq!(log.count("Telegram does not answer"), 1, "{}", log.text());
    assert_eq!(log.count("Telegram answers now"), 1, "{}", log.text());
    assert_eq!(fake.sent_to(7).len(), 1);
}

#[tokio::test]
async fn a_stop_while_nothing_answers_is_no_error() {
    let stage = Stage::set().await;
    let mut service = stage.service().await;
    service.api_url = ClosedPort::reserve().url();
    let log = Log::listen();
    let bot = Served::start(service);
    log.wait_for("Telegram does not answer").await;
    bot.stop().await.unwrap();
}
