//! What keeps the bot from answering: whoever can mend it is told, once.

use std::time::Duration;

use onrecord::domain::Manners;
use serde_json::json;

use super::{group, stage};
use crate::support::bot::Bot;
use crate::support::fake::{Chat, DEADLINE, Draft, FakeTelegram, Fault, Membership, Refusal, Script, User};
use crate::support::service::{ADMIN, Served, reader, skip};

/// Slow mode reaches a bot that is no administrator as a wait, with its end: it is obeyed, nothing is lost, and whoever let
/// the bot in hears of it once.
#[tokio::test]
async fn slow_mode_is_waited_out_and_told_once() {
    let fake = FakeTelegram::start().await;
    let bot = Bot::start(&fake).await;
    let ann = reader(7);
    fake.add_chat(&group());
    fake.kick(&group());
    fake.add_chat(&Chat::private(&ann));
    fake.bot_membership(&group(), &ann, Membership::Member);
    fake.wait_for_sent(group().id, 1).await;
    for n in 0..2 {
        let slow = Script::new("sendMessage", Fault::TooManyRequests { retry_after: Some(60) });
        fake.script(slow.when(|call| call["chat_id"] == json!(group().id)));
        fake.group_text(&group(), &reader(8), &format!("/ask thanks {n}"));
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        // Whoever asks elsewhere is answered meanwhile, and the wait is known by then.
        fake.private_text(&reader(9), "thanks");
        fake.wait_for_sent(9, n + 1).await;
        skip(Duration::from_secs(11)).await;
        fake.wait_for_sent(ann.id, 1).await;
        fake.skip(Duration::from_secs(60));
        skip(Duration::from_secs(60)).await;
        fake.wait_for_sent(group().id, n + 2).await;
    }
    bot.stop().await;
    let told: Vec<String> = fake.sent_to(ann.id).into_iter().map(|sent| sent.text).collect();
    assert_eq!(
        told,
        [
            "I have to wait for long before each answer in the group “Neighbours”: it seems to be in slow mode. Make me an \
          administrator there, and I need not wait. I tell you this once."
        ]
    );
    assert_eq!(fake.violations(), [""; 0]);
}

/// Nobody who keeps the group can be written to: an admin of the bot is told.
#[tokio::test]
async fn an_admin_hears_of_a_trouble_where_nobody_else_can() {
    let (stage, _store) = stage(Manners::default()).await;
    let (fake, admin) = (&stage.fake, User::new(ADMIN, "Admin"));
    fake.add_chat(&Chat::private(&admin));
    let bot = Served::start(stage.service().await);
    fake.kick(&group());
    fake.bot_membership(&group(), &reader(7), Membership::Member);
    fake.wait_for_sent(group().id, 1).await;
    fake.shut_topic(&group(), 4, "TOPIC_CLOSED");
    for words in ["/ask OSCE", "/ask exercises"] {
        fake.write(Draft::new(&group(), &reader(8), words).in_thread(4));
    }
    let told = fake.wait_for_sent(ADMIN, 1).await;
    fake.group_text(&group(), &reader(8), "/ask thanks");
    fake.wait_for_sent(group().id, 2).await;
    bot.stop().await.unwrap();
    assert!(told[0].text.contains("“Neighbours” (-100500/4)"), "{}", told[0].text);
    assert_eq!(fake.sent_to(ADMIN).len(), 1, "once");
}

/// Nobody can be written to at first: that is not for good.
#[tokio::test]
async fn a_trouble_that_reached_nobody_is_told_once_somebody_can_be_written_to() {
    let (stage, _store) = stage(Manners::default()).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let bot = stage.serve().await;
    let shut = Refusal::forbidden("bot can't initiate conversation with a user");
    for user in [&ann, &reader(ADMIN)] {
        fake.bar(&Chat::private(user), shut.clone());
    }
    fake.kick(&group());
    fake.bot_membership(&group(), &ann, Membership::Member);
    fake.wait_for_sent(group().id, 1).await;
    fake.bar(&group(), Refusal::bad_request("CHAT_WRITE_FORBIDDEN"));
    let n_tries = |fake: &FakeTelegram| {
        fake.count(|call| call.method == "sendMessage" && [Some(7), Some(ADMIN)].contains(&call.chat_id()))
    };
    for words in ["/ask OSCE", "/ask exercises"] {
        fake.group_text(&group(), &reader(8), words);
    }
    fake.wait_for(|fake: &FakeTelegram| n_tries(fake) == 2, DEADLINE).await;
    stage.ask(&reader(9), "thanks").await;
    fake.wait_for(|fake: &FakeTelegram| fake.unconfirmed().is_empty(), DEADLINE).await;

    stage.ask(&ann, "/start").await;
    assert_eq!(n_tries(fake), 3, "nobody is tried again who lets nothing in");
    for words in ["/ask hello", "/ask goodbye"] {
        fake.group_text(&group(), &reader(8), words);
    }
    let told = fake.wait_for_sent(ann.id, 2).await;
    stage.ask(&ann, "thanks").await;
    bot.stop().await.unwrap();
    assert!(told[1].text.contains("“Neighbours”"), "{}", told[1].text);
    assert_eq!(fake.sent_to(ann.id).len(), 3, "once");
}
