//! A question is kept within bounds, tried with each revision, and told at most once.

use super::*;
use crate::domain::Key;
use crate::store::Lead;
use crate::store::fixture::at;

fn revision(letter: &str) -> Revision {
    Revision(Key::parse(&letter.repeat(10)).unwrap())
}

async fn keep(store: &Store, chat: i64, message: i32, words: &str) -> Kept {
    let new = NewQuestion { chat, message, words, language: Language::Russian, tried: &revision("a") };
    store.keep_question(new, at(0)).await.unwrap()
}

async fn untried(store: &Store, lead: &Lead, letter: &str) -> Vec<i64> {
    let found = store.untried_questions(lead, &revision(letter), (QuestionId(0), 100), at(5)).await.unwrap();
    found.into_iter().map(|kept| kept.id.0).collect()
}

fn lead(store: &Store) -> Lead {
    store.lead().unwrap().unwrap()
}

#[tokio::test]
async fn the_same_question_is_kept_once() {
    let store = Store::in_memory().await.unwrap();
    let first = keep(&store, 7, 70, "how many tanks").await;
    assert_eq!(keep(&store, 7, 71, "how many tanks").await, first);
    assert_ne!(keep(&store, 7, 72, "how many ships").await, first);
    assert_ne!(keep(&store, 8, 73, "how many tanks").await, first);
    let kept = store.kept_of(7).await.unwrap();
    let shown: Vec<_> = kept.iter().map(|kept| (kept.message, kept.words.as_str(), kept.language)).collect();
    let russian = Language::Russian;
    assert_eq!(shown, [(71, "how many tanks", russian), (72, "how many ships", russian)]);
}

#[tokio::test]
async fn a_reader_has_only_so_many() {
    let store = Store::in_memory().await.unwrap();
    for n in 0..MAX_KEPT {
        assert!(matches!(keep(&store, 7, 1, &format!("question {n}")).await, Kept::Yes(_)));
    }
    assert_eq!(keep(&store, 7, 2, "one more").await, Kept::TooManyOfReader);
    assert!(matches!(keep(&store, 7, 2, "question 3").await, Kept::Yes(_)), "it is kept already");
    assert!(matches!(keep(&store, 8, 2, "one more").await, Kept::Yes(_)));
}

#[tokio::test]
async fn there_are_only_so_many_in_all() {
    let store = Store::in_memory().await.unwrap();
    let all = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO \
               kept_questions (question_id, chat_id, message_id, words, language, kept) SELECT -i, i, 1, 'x', 'en', 0 FROM n";
    sqlx::query(all).bind(MAX_KEPT_IN_ALL).execute(&store.durable).await.unwrap();
    assert_eq!(keep(&store, -7, 1, "one more").await, Kept::TooMany);
    store.withdraw_questions_of(1).await.unwrap();
    assert!(matches!(keep(&store, -7, 1, "one more").await, Kept::Yes(_)));
}

#[tokio::test]
async fn only_its_reader_withdraws_it() {
    let store = Store::in_memory().await.unwrap();
    let Kept::Yes(id) = keep(&store, 7, 70, "x").await else { panic!("it is kept") };
    store.withdraw_question(id, 8).await.unwrap();
    assert_eq!(store.kept_of(7).await.unwrap().len(), 1);
    for _ in 0..2 {
        store.withdraw_question(id, 7).await.unwrap();
        assert_eq!(store.kept_of(7).await.unwrap(), []);
    }
}

#[tokio::test]
async fn it_is_tried_once_with_each_revision() {
    let store = Store::in_memory().await.unwrap();
    let Kept::Yes(id) = keep(&store, 7, 70, "x").await else { panic!("it is kept") };
    let lead = lead(&store);
    assert_eq!(untried(&store, &lead, "a").await, [0; 0], "it had no answer just now");
    assert_eq!(untried(&store, &lead, "b").await, [id.0]);
    store.question_tried(id, &revision("b")).await.unwrap();
    assert_eq!(untried(&store, &lead, "b").await, [0; 0]);
    assert_eq!(untried(&store, &lead, "a").await, [id.0]);
    store.freeze(7, at(6)).await.unwrap();
    assert_eq!(untried(&store, &lead, "a").await, [0; 0], "its chat is to be left alone");
}

#[tokio::test]
async fn what_may_have_been_told_is_never_told_again() {
    let store = Store::in_memory().await.unwrap();
    let Kept::Yes(id) = keep(&store, 7, 70, "x").await else { panic!("it is kept") };
    let lead = lead(&store);
    assert!(store.claim_question(&lead, id).await.unwrap());
    assert!(!store.claim_question(&lead, id).await.unwrap());
    assert_eq!(untried(&store, &lead, "b").await, [0; 0]);
    store.release_question(id).await.unwrap();
    assert_eq!(untried(&store, &lead, "a").await, [id.0], "it certainly was not sent");
    assert!(store.claim_question(&lead, id).await.unwrap());
    assert_eq!(store.recover_questions(&lead).await.unwrap(), 1);
    assert_eq!(store.recover_questions(&lead).await.unwrap(), 0);
    assert!(!store.claim_question(&lead, id).await.unwrap());
    assert_eq!(store.kept_of(7).await.unwrap(), []);
}

#[tokio::test]
async fn it_expires() {
    let store = Store::in_memory().await.unwrap();
    keep(&store, 7, 70, "x").await;
    store.sweep_readers(at(0) + KEPT_LIFETIME).await.unwrap();
    assert_eq!(store.kept_of(7).await.unwrap().len(), 1);
    store.sweep_readers(at(1) + KEPT_LIFETIME).await.unwrap();
    assert_eq!(store.kept_of(7).await.unwrap(), []);
}
