//! `kill -9` in the middle of a batch, ten times in a row on one database: nothing is lost, little is said twice.

use std::collections::BTreeMap;
use std::time::Duration;

use super::QUESTION;
use crate::support::fake::{Accepted, Call, Chat, DEADLINE, FakeTelegram, Fault, Pushed, Script};
use crate::support::process::Process;
use crate::support::service::{NOON, Stage, reader};

const N_KILLS: usize = 10;
const N_CHATS: i64 = 8;
/// Two questions in each chat, ten minutes after the last ones. In groups each reply names its question, in private chats
/// none does.
fn ask_everywhere(fake: &FakeTelegram, round: usize) -> Vec<Pushed> {
    fake.set_date(NOON + 600 * i64::try_from(round).unwrap());
    let group = |n: i64| Chat::supergroup(-1_000_000_000_100 - n, "Group");
    let ask = |n: i64, words: &str| match n % 2 {
        0 => fake.private_text(&reader(100 + n), QUESTION),
        _ => fake.group_text(&group(n), &reader(100 + n), &format!("/ask {words}")),
    };
    (0..N_CHATS).flat_map(|n| [ask(n, "Belarus?"), ask(n, "OSCE?")]).collect()
}

/// Half of the sends take effect at once and are answered late, half take effect late.
fn slow_down(fake: &FakeTelegram, n_sends: usize) {
    for at in 0..n_sends {
        let accepted = if at % 2 == 0 { Accepted::After } else { Accepted::Before };
        let delay = Duration::from_millis(20 + 7 * (at as u64 % 5));
        fake.script(Script::new("sendMessage", Fault::Slow(delay)).accepted(accepted));
    }
}

/// How many sends each chat has seen, accepted or not.
fn calls_by_chat(fake: &FakeTelegram) -> BTreeMap<i64, usize> {
    let mut calls = BTreeMap::new();
    for chat in fake.calls("sendMessage").iter().filter_map(Call::chat_id) {
        *calls.entry(chat).or_default() += 1;
    }
    calls
}

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn ten_kills_lose_no_question_and_double_at_most_one_reply_a_kill_and_chat() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let mut asked = Vec::new();
    let mut hits: BTreeMap<i64, usize> = BTreeMap::new();
    for n in 0..N_KILLS {
        let before = calls_by_chat(fake);
        let n_before = fake.calls("sendMessage").len();
        slow_down(fake, 40);
        asked.extend(ask_everywhere(fake, n));
        let process = Process::start(&stage);
        // Another place each time: from the first send to the middle of the batch.
        fake.wait_for(|fake| fake.calls("sendMessage").len() > n_before + n, DEADLINE).await;
        process.kill().await;
        for (chat, n_calls) in calls_by_chat(fake) {
            if before.get(&chat).copied().unwrap_or_default() < n_calls {
                *hits.entry(chat).or_default() += 1;
            }
        }
    }
    let process = Process::start(&stage);
    let is_answered = |fake: &FakeTelegram, question: &Pushed| {
        let n_asked = asked.iter().filter(|other| other.chat_id == question.chat_id).count();
        let sent = fake.sent_to(question.chat_id);
        sent.iter().any(|sent| sent.reply_to == Some(question.message_id))
            || (question.chat_id > 0 && sent.len() >= n_asked)
    };
    fake.wait_for(|fake| asked.iter().all(|question| is_answered(fake, question)), DEADLINE).await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    process.signal("TERM");
    assert_eq!(process.ended_within(DEADLINE).await.code, Some(0));

    assert!(hits.values().sum::<usize>() >= N_KILLS, "each kill hit somebody: {hits:?}");
    for chat in asked.iter().map(|question| question.chat_id) {
        let n_asked = asked.iter().filter(|question| question.chat_id == chat).count();
        let n_extra = fake.sent_to(chat).len() - n_asked;
        let n_hits = hits.get(&chat).copied().unwrap_or_default();
        assert!(n_extra <= n_hits, "chat {chat}: {n_extra} extra replies after {n_hits} kills");
    }
    for question in asked.iter().filter(|question| question.chat_id < 0) {
        let n_hits = hits.get(&question.chat_id).copied().unwrap_or_default();
        let replies = fake.sent_to(question.chat_id);
        let n_replies = replies.iter().filter(|sent| sent.reply_to == Some(question.message_id)).count();
        assert!((1..=1 + n_hits).contains(&n_replies), "{question:?}: {n_replies} replies after {n_hits} kills");
    }
    assert_eq!(fake.violations(), [""; 0]);
}

/// Killed while it answers the first of three questions, twice: they are answered in their order all the same.
#[tokio::test]
async fn a_chat_is_answered_in_the_order_of_its_questions_after_a_kill() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let words = ["/privacy", QUESTION, "/language"];
    fake.fault_times("sendMessage", 2, Fault::Stall);
    for words in words {
        fake.private_text(&reader(7), words);
    }
    for n_left in [1, 0] {
        let process = Process::start(&stage);
        fake.wait_for(|fake| fake.faults_left() == n_left, DEADLINE).await;
        fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
        process.kill().await;
    }
    let process = Process::start(&stage);
    let sent = fake.wait_for_sent(7, 3).await;
    process.kill().await;
    let begins: Vec<&str> = sent.iter().map(|sent| sent.text.split_whitespace().next().unwrap()).collect();
    assert_eq!(begins, ["I", "Taalatbek", "Language"]);
}
