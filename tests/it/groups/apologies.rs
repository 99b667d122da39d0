//! One calm sentence where something went wrong: in the group's language, and for no longer than its replies stay.

use std::time::Duration;

use jiff::SignedDuration;
use onrecord::domain::{Language, Manners, Venue};

use super::{BRIEF, gone, group, pass, stage};
use crate::support::fake::{Chat, DEADLINE, FakeTelegram, Fault, Membership, Refusal, User};
use crate::support::service::{NOON, Stage, reader, skip};

const SORRY_IN_RUSSIAN: &str = "У меня что-то пошло не так. Пожалуйста, попробуйте ещё раз чуть позже.";

/// A handler hangs in Telegram, which does not say who administers the group, until it is given up.
async fn spoil(stage: &Stage, asker: &User) {
    let fake = &stage.fake;
    fake.fault("getChatMember", Fault::Stall);
    fake.group_text(&group(), asker, "/subscribe");
    fake.wait_for(|fake: &FakeTelegram| fake.faults_left() == 0, DEADLINE).await;
    // By the time that somebody else is answered the handler waits.
    stage.ask(&reader(99), "thanks").await;
    skip(Duration::from_secs(10)).await;
}

#[tokio::test]
async fn an_apology_is_in_the_groups_language_and_taken_back() {
    let (stage, _store) = stage(Manners { language: Some(Language::Russian), ..BRIEF }).await;
    let (fake, mut now) = (&stage.fake, NOON);
    let bot = stage.serve().await;
    spoil(&stage, &reader(7)).await;
    let sent = fake.wait_for_sent(group().id, 1).await;
    assert_eq!(sent[0].text, SORRY_IN_RUSSIAN);
    stage.ask(&reader(99), "goodbye").await;
    pass(&stage, SignedDuration::from_mins(5), &mut now);
    gone(fake).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.violations(), [""; 0]);
}

#[tokio::test]
async fn an_apology_in_private_is_in_the_readers_language() {
    let stage = Stage::set().await;
    let (fake, ann) = (&stage.fake, reader(7));
    let bot = stage.serve().await;
    stage.ask(&ann, "/language ru").await;
    fake.add_chat(&group());
    fake.set_member(&group(), &ann, Membership::Administrator);
    fake.fault("getChatMember", Fault::Stall);
    fake.private_text(&ann, "/start group-100500");
    fake.wait_for(|fake: &FakeTelegram| fake.faults_left() == 0, DEADLINE).await;
    stage.ask(&reader(99), "thanks").await;
    skip(Duration::from_secs(10)).await;
    let sent = fake.wait_for_sent(ann.id, 2).await;
    bot.stop().await.unwrap();
    assert_eq!(sent[1].text, SORRY_IN_RUSSIAN);
}

/// What is done for the group is said there; so is what went wrong with it.
#[tokio::test]
async fn an_apology_for_a_command_about_the_group_stays_in_the_group() {
    let (stage, _store) = stage(Manners { venue: Venue::Private, ..Manners::default() }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    fake.bar(&Chat::private(&ann), Refusal::forbidden("bot can't initiate conversation with a user"));
    let bot = stage.serve().await;
    spoil(&stage, &ann).await;
    fake.wait_for_sent(group().id, 1).await;
    bot.stop().await.unwrap();
    assert_eq!(fake.sent_to(ann.id).len(), 0);
}
