//! Where a quote comes from, ways to cite and to share it, and the links that lead back to it.

use insta::assert_snapshot;
use serde_json::json;

use super::{ann, edit, folder, oleg};
use crate::support::bot::{self, Bot};
use crate::support::fake::{Action, Chat, FakeTelegram, Sent, User};
use crate::support::service::library;
use crate::support::transcript::Transcript;
use onrecord::app::KnowledgeSource;

const OSCE: &str = "Why did the CSTO stop talking to the OSCE?";

/// Every edit of the knowledge has another.
fn without_revision(talk: &str) -> String {
    talk.replace(&library().snapshot().revision().to_string(), "(the revision)")
}

/// What the link on [Share] carries to the bot.
fn shared(message: &Sent, label: &str) -> String {
    let button = message.keyboard.iter().flatten().find(|button| button.label == label).expect("it can be shared");
    let Action::Url(url) = &button.action else { panic!("no page behind [{label}]") };
    let url = reqwest::Url::parse(url).unwrap();
    assert_eq!(url.as_str().split('?').next(), Some("https://t.me/share/url"));
    let (_, link) = url.query_pairs().find(|(key, _)| key == "url").unwrap();
    let link = reqwest::Url::parse(&link).unwrap();
    let (_, payload) = link.query_pairs().find(|(key, _)| key == "start").unwrap();
    payload.into_owned()
}

#[tokio::test]
async fn a_quote_is_taken_along_in_english() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let mut message = talk.says(&ann, OSCE).await;
    for label in ["Source", "Cite as text", "Markdown", "HTML", "Source", "Only the answer"] {
        message = talk.presses(&ann, &message, label).await;
    }
    assert_snapshot!(without_revision(&talk.end().await));
}

#[tokio::test]
async fn a_quote_is_taken_along_by_a_russian_reader() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    let mut message = talk.says(&oleg, "почему прекратили общение с обсе").await;
    for label in ["Источник", "Цитата текстом", "Источник", "Только ответ"] {
        message = talk.presses(&oleg, &message, label).await;
    }
    assert_snapshot!(without_revision(&talk.end().await));
}

#[tokio::test]
async fn a_shared_link_leads_to_the_same_quote() {
    let (ann, ben) = (ann(), User::new(9, "Ben").speaking("en"));
    let mut talk = Transcript::private(&ann).await;
    let answer = talk.says(&ann, OSCE).await;
    let source = talk.presses(&ann, &answer, "Source").await;
    let landed = talk.says(&ann, &format!("/start {}", shared(&source, "Share"))).await;
    // Only under a question that was written it is asked whether this was the answer.
    let words = answer.text.strip_suffix("\n\nDid this answer your question?").unwrap();
    assert_eq!((landed.text.as_str(), &landed.entities), (words, &answer.entities));
    talk.fake.private_text(&ben, &format!("/start {}", shared(&source, "Share")));
    let landed = talk.fake.wait_for_sent(ben.id, 1).await.remove(0);
    assert_eq!((landed.text.as_str(), &landed.keyboard[..]), (words, &answer.keyboard[1..]));
    talk.end().await;
}

#[tokio::test]
async fn a_short_quote_is_copied_by_a_button() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let answer = talk.says(&ann, "what is your mood as you start?").await;
    let source = talk.presses(&ann, &answer, "Source").await;
    let copy = &source.keyboard[0][0];
    assert_eq!(copy.label, "Copy the quote");
    assert_eq!(copy.action, Action::Other(json!({ "copy_text": { "text": "“I am set for productive work.”" } })));
    talk.end().await;
}

#[tokio::test]
async fn links_lead_to_topics_and_events_and_say_when_those_are_gone() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let topics = talk.says(&ann, "/topics").await;
    let first = topics.keyboard[0][0].clone();
    let Action::Callback(data) = first.action else { panic!("a topic is a press") };
    let key = data.rsplit('.').next().unwrap();
    talk.says(&ann, &format!("/start t-{key}")).await;
    let upcoming = talk.says(&ann, "/upcoming").await;
    let label = upcoming.keyboard[0][0].label.clone();
    let card = talk.presses(&ann, &upcoming, &label).await;
    talk.says(&ann, &format!("/start {}", shared(&card, "Share"))).await;
    for gone in ["t-aaaaaaaaaa", "e-aaaaaaaaaa", "aaaaaaaaaa"] {
        talk.says(&ann, &format!("/start {gone}")).await;
    }
    assert_snapshot!(talk.end().await);
}

/// The key of a passage is a hash of its words.
#[tokio::test]
async fn a_link_and_a_button_whose_words_have_changed_say_so() {
    let ann = ann();
    let folder = folder();
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let bot = Bot::knowing(&fake, library.clone()).await;
    let mut talk = Transcript::new(Chat::private(&ann), Some((fake, bot))).await;
    let answer = talk.says(&ann, OSCE).await;
    let source = talk.presses(&ann, &answer, "Source").await;
    let link = shared(&source, "Share");
    let text = folder.path().join("masadykov-2026/interview.en.md");
    edit(&text, "especially when there are many common problems", "especially where there are many common problems");
    library.reload().unwrap();
    talk.note("the words of the passage are others now");
    talk.taps(&ann, &source, "Markdown").await;
    let landed = talk.says(&ann, &format!("/start {link}")).await;
    assert_eq!(
        landed.text,
        "The passage behind this link has changed since the link was made. Please ask your question."
    );
    talk.end().await;
}

/// What [Send the quote to a chat] puts behind the bot's name.
fn forwarded(message: &Sent, label: &str) -> String {
    let button = message.keyboard.iter().flatten().find(|button| button.label == label).expect("it can be sent on");
    let Action::Other(action) = &button.action else { panic!("no search behind [{label}]") };
    action["switch_inline_query"].as_str().expect("it is a search").to_owned()
}

#[tokio::test]
async fn a_quote_is_sent_to_another_chat_by_a_search_for_itself() {
    for (reader, question, source, forward) in [
        (ann(), OSCE, "Source", "Send the quote to a chat"),
        (oleg(), "почему прекратили общение с обсе", "Источник", "Отправить цитату в чат"),
    ] {
        let mut talk = Transcript::private(&reader).await;
        let answer = talk.says(&reader, question).await;
        let source = talk.presses(&reader, &answer, source).await;
        let offers = talk.types(&reader, &forwarded(&source, forward)).await;
        assert_eq!(offers.list.len(), 1);
        assert!(answer.text.contains(&offers.list[0].text), "{}\n{}", answer.text, offers.list[0].text);
        talk.note("a word that only looks like a link is searched for");
        assert!(!talk.types(&reader, "conference").await.list.is_empty());
        talk.end().await;
    }
}
