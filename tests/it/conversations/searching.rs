//! What readers find who type the bot's name in another chat.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use onrecord::app::KnowledgeSource;

use super::{admin, ann, edit, folder, group, oleg};
use crate::support::bot::{self, Bot};
use crate::support::fake::{Chat, FakeTelegram};
use crate::support::transcript::Transcript;

#[tokio::test]
async fn in_english() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    let offers = talk.types(&ann, "belarus").await;
    talk.sends(&ann, &offers, 1, &group());
    talk.types(&ann, "2026").await;
    talk.types(&ann, "artifical inteligence").await;
    talk.note("what is not answered: the nearest, and above them that it does not answer");
    let offers = talk.types(&ann, "how many tanks are sent to the exercises?").await;
    talk.sends(&ann, &offers, 2, &group());
    talk.types(&ann, "best pizza in Bishkek").await;
    talk.types(&ann, "hello").await;
    talk.types(&ann, "/reload").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn in_russian() {
    let oleg = oleg();
    let mut talk = Transcript::private(&oleg).await;
    let offers = talk.types(&oleg, "беларусь").await;
    talk.sends(&oleg, &offers, 1, &group());
    talk.types(&oleg, "искуственный интелект").await;
    talk.types(&oleg, "xnj c j,ct").await;
    talk.types(&oleg, "Сколько танков отправят на учения?").await;
    talk.types(&oleg, "рецепт борща").await;
    talk.types(&oleg, "спасибо").await;
    assert_snapshot!(talk.end().await);
}

/// Before the first letter there is everything, ten at a time.
#[tokio::test]
async fn nothing_typed_lists_the_topics() {
    let (ann, oleg) = (ann(), oleg());
    let mut talk = Transcript::private(&ann).await;
    let mut page = talk.types(&ann, "").await;
    let (mut ids, mut n_shown) = (BTreeSet::new(), 0);
    loop {
        assert!(page.list.len() <= 10 && page.list.iter().all(|offer| offer.id.len() <= 64));
        n_shown += page.list.len();
        ids.extend(page.list.iter().map(|offer| offer.id.clone()));
        if page.next.is_empty() {
            break;
        }
        page = talk.scrolls(&ann, "", &page).await;
    }
    let n_topics = bot::shipped().snapshot().corpus.topics().count();
    assert_eq!((n_shown, ids.len()), (n_topics, n_topics), "each topic once, each under an id of its own");
    talk.sends(&ann, &page, 1, &group());
    talk.types(&oleg, "").await;
    talk.types(&oleg, "???").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_chosen_language_holds_in_every_chat() {
    let ann = ann();
    let mut talk = Transcript::private(&ann).await;
    talk.types(&ann, "OSCE").await;
    let choice = talk.says(&ann, "/language").await;
    talk.presses(&ann, &choice, "Русский").await;
    let offers = talk.types(&ann, "OSCE").await;
    talk.sends(&ann, &offers, 1, &group());
    talk.note("sent to the bot itself, a quote is no question");
    talk.sends(&ann, &offers, 1, &Chat::private(&ann));
    let choice = talk.says(&ann, "/language").await;
    talk.presses(&ann, &choice, "Язык каждого вопроса").await;
    talk.types(&ann, "OSCE").await;
    talk.types(&ann, "обсе").await;
    assert_snapshot!(talk.end().await);
}

#[tokio::test]
async fn a_reload_between_two_pages_shows_no_old_words() {
    let admin = admin("en");
    let folder = folder();
    let fake = FakeTelegram::start().await;
    let library = bot::open(KnowledgeSource::Folder(folder.path().to_owned()));
    let bot = Bot::knowing(&fake, library).await;
    let mut talk = Transcript::new(Chat::private(&admin), Some((fake, bot))).await;
    let first = talk.types(&admin, "").await;
    let interview = folder.path().join("masadykov-2026");
    edit(&interview.join("interview.en.md"), " {#a2.6}", " This sentence is new. {#a2.6}");
    edit(&interview.join("topics.toml"), "\"The anniversaries in 2027\"", "\"The anniversaries\"");
    talk.note("a passage has a sentence more now, and its topic another title");
    talk.says(&admin, "/reload").await;
    let second = talk.scrolls(&admin, "", &first).await;
    let number = second.list.iter().position(|offer| offer.title == "The anniversaries").expect("it is there") + 1;
    talk.sends(&admin, &second, number, &group());
    talk.types(&admin, "anniversaries").await;
    for call in talk.fake.calls("answerInlineQuery") {
        assert!(call.body["cache_time"].as_u64().is_some_and(|seconds| seconds <= 60), "old words would stand long");
        assert_eq!(call.body["is_personal"], true, "another person may read another language");
    }
    assert_snapshot!(talk.end().await);
}
