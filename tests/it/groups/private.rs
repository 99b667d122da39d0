//! Questions that are answered in private, and whoever cannot be reached there.

use std::path::Path;

use onrecord::app::KnowledgeSource;
use onrecord::domain::{Manners, Venue};

use super::{BRIEF, QUESTION, group, stage};
use crate::support::bot;
use crate::support::fake::{Action, Chat, Refusal, User};
use crate::support::service::{Served, reader};

#[tokio::test]
async fn who_cannot_be_written_to_is_not_written_to_again() {
    let (stage, _store) = stage(Manners { venue: Venue::Private, ..Manners::default() }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    fake.bar(&Chat::private(&ann), Refusal::forbidden("bot can't initiate conversation with a user"));
    let bot = stage.serve().await;
    for n in 1..=3 {
        fake.group_text(&group(), &ann, QUESTION);
        fake.wait_for_sent(group().id, n).await;
    }
    let n_tries = fake.count(|call| call.chat_id() == Some(ann.id) && call.method == "sendMessage");
    assert_eq!(n_tries, 1);
    fake.private_text(&ann, "/start");
    fake.wait_for_sent(ann.id, 1).await;
    fake.group_text(&group(), &ann, QUESTION);
    let sent = fake.wait_for_sent(ann.id, 2).await;
    bot.stop().await.unwrap();
    assert!(sent[1].text.contains("29 January 2026:"), "{}", sent[1].text);
    assert_eq!(fake.sent_to(group().id).len(), 3);
    assert_eq!(fake.violations(), [""; 0]);
}

fn shut(user: &User) -> (Chat, Refusal) {
    (Chat::private(user), Refusal::forbidden("bot can't initiate conversation with a user"))
}

/// The way to the private chat leads to the very sentences that answer the question.
#[tokio::test]
async fn the_way_to_an_answer_leads_to_the_same_sentences() {
    let (stage, _store) = stage(Manners { venue: Venue::Private, ..Manners::default() }).await;
    let (fake, ann, ben) = (&stage.fake, reader(7), reader(8));
    let (chat, refusal) = shut(&ann);
    fake.bar(&chat, refusal);
    let mut service = stage.service().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/conversations/long");
    service.library = bot::open(KnowledgeSource::Folder(folder));
    let bot = Served::start(service);
    let question = "What will the pier cost?";
    let answer = stage.ask(&ben, question).await;
    assert!(answer.contains("[…]"), "a part of its passage: {answer}");
    fake.group_text(&group(), &ann, &format!("/ask {question}"));
    let way = fake.wait_for_sent(group().id, 1).await.remove(0);
    let Action::Url(url) = &way.keyboard[0][0].action else { panic!("no way: {way:?}") };
    let start = url.split_once("?start=").unwrap().1;
    assert!(start.contains('_'), "the sentences are named: {start}");
    let landed = stage.ask(&ann, &format!("/start {start}")).await;
    bot.stop().await.unwrap();
    assert!(answer.starts_with(&landed), "{landed}");
}

/// The verdict is nowhere else to be found: whoever cannot be written to gets it where they asked.
#[tokio::test]
async fn what_was_checked_is_said_in_the_group_rather_than_nowhere() {
    let (stage, _store) = stage(Manners { venue: Venue::Private, ..BRIEF }).await;
    let (fake, ann) = (&stage.fake, reader(7));
    let (chat, refusal) = shut(&ann);
    fake.bar(&chat, refusal);
    let bot = stage.serve().await;
    let words = "/check The moon is made of the very best cheese in the whole wide world.";
    fake.group_text(&group(), &ann, words);
    let here = fake.wait_for_sent(group().id, 1).await.remove(0).text;
    fake.private_text(&ann, words);
    let there = fake.wait_for_sent(ann.id, 1).await.remove(0).text;
    bot.stop().await.unwrap();
    assert_eq!(here, there);
}
