//! The real binary: `kill -9` in the middle of a batch, signals, exit codes, and the token in no output.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use onrecord::knowledge::Files;

use super::ann;
use crate::support::fake::{DEADLINE, FakeTelegram, Fault, Script, User};

/// The bot as a process of its own, with its state in `folder`.
struct Process {
    child: Child,
}

impl Process {
    fn start(fake: &FakeTelegram, folder: &Path) -> Self {
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("run")
            .current_dir(folder)
            .env_clear()
            .env("TELOXIDE_TOKEN", fake.token())
            .env("TELOXIDE_API_URL", fake.url())
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap();
        Self { child }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    async fn ended(mut self) -> ExitStatus {
        tokio::task::spawn_blocking(move || self.child.wait().unwrap()).await.unwrap()
    }
}

fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap()
}

/// Waits until the log says it: a file tells nobody that it changed.
async fn logged(folder: &Path, words: &str) {
    let start = Instant::now();
    while !log(folder).contains(words) {
        assert!(start.elapsed() < DEADLINE, "the log never said {words:?}:\n{}", log(folder));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Questions with replies that can be told apart by how they begin.
const QUESTIONS: [(&str, &str); 5] = [
    ("thanks", "You are welcome."),
    ("hello", "Hello."),
    ("/privacy", "I store no questions"),
    ("/language", "Language of the replies"),
    ("/nonsense", "I do not know this command."),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_kills_in_the_middle_of_a_batch_lose_nothing() {
    const N_KILLS: usize = 10;
    let fake = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let slow = Fault::Slow(Duration::from_millis(120));
    fake.script(Script::new("sendMessage", slow).times(10_000));
    let people: Vec<User> = (0..8).map(|n| User::new(100 + n, &format!("Reader {n}")).speaking("en")).collect();
    let n_sent = |fake: &FakeTelegram| (100..108).map(|chat| fake.sent_to(chat).len()).sum::<usize>();
    for kill in 0..N_KILLS {
        // A new batch meets each life of the process, on top of what the last one left.
        for person in &people {
            let (question, _) = QUESTIONS[kill % QUESTIONS.len()];
            fake.private_text(person, question);
        }
        let before = n_sent(&fake);
        let process = Process::start(&fake, folder.path());
        // Killed with different numbers of replies out, others in the middle of being sent.
        fake.wait_for(|fake| n_sent(fake) >= before + kill % 4, DEADLINE).await;
        process.kill();
    }
    let process = Process::start(&fake, folder.path());
    let asked_each = N_KILLS / QUESTIONS.len();
    let counts = |fake: &FakeTelegram, chat: i64| {
        let mut counts = BTreeMap::new();
        for sent in fake.sent_to(chat) {
            let (_, begin) = QUESTIONS.iter().find(|(_, begin)| sent.text.starts_with(begin)).expect("a known reply");
            *counts.entry(*begin).or_insert(0) += 1;
        }
        counts
    };
    let all_answered = |fake: &FakeTelegram| {
        (100..108).all(|chat| {
            let counts = counts(fake, chat);
            counts.len() == QUESTIONS.len() && counts.values().all(|n| *n >= asked_each)
        })
    };
    fake.wait_for(all_answered, Duration::from_secs(60)).await;
    fake.wait_for(|fake| fake.unconfirmed().is_empty(), DEADLINE).await;
    process.signal("TERM");
    assert!(process.ended().await.success());
    for chat in 100..108 {
        let n_replies: usize = counts(&fake, chat).values().sum();
        let n_asked = N_KILLS;
        assert!(
            (n_asked..=n_asked + N_KILLS).contains(&n_replies),
            "{chat}: {n_replies} replies to {n_asked} questions"
        );
    }
    assert_eq!(fake.violations(), Vec::<String>::new());
    assert!(!log(folder.path()).contains("CANARY"), "the token is in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_it_within_3_s_even_with_a_send_that_stalls() {
    for signal in ["TERM", "INT"] {
        let fake = FakeTelegram::start().await;
        let folder = tempfile::tempdir().unwrap();
        fake.script(Script::new("sendMessage", Fault::Stall));
        let process = Process::start(&fake, folder.path());
        fake.private_text(&ann(), "thanks");
        fake.wait_for(|fake| fake.faults_left() == 0, DEADLINE).await;
        let start = Instant::now();
        process.signal(signal);
        assert!(process.ended().await.success(), "{signal}");
        assert!(start.elapsed() < Duration::from_secs(3), "{signal}: {:?}", start.elapsed());
        assert_eq!(fake.sent_to(7).len(), 0);

        let process = Process::start(&fake, folder.path());
        assert_eq!(fake.wait_for_sent(7, 1).await[0].text, "You are welcome.", "after the next start");
        process.kill();
        assert!(!log(folder.path()).contains("CANARY"), "the token is in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hangup_reloads_and_a_broken_folder_changes_nothing() {
    let fake = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in Files::embedded().iter() {
        let path = folder.path().join("knowledge").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let events = folder.path().join("knowledge/masadykov-2026/events.toml");
    let sound = fs::read_to_string(&events).unwrap();
    let process = Process::start(&fake, folder.path());
    fake.private_text(&ann(), "thanks");
    fake.wait_for_sent(7, 1).await;

    fs::write(&events, format!("{sound}\n[[event]]\nuid = \"half-writ")).unwrap();
    process.signal("HUP");
    logged(folder.path(), "not reloaded").await;
    assert!(log(folder.path()).contains("events.toml:"), "the place is told");
    fake.private_text(&ann(), "OSCE");
    assert!(fake.wait_for_sent(7, 2).await[1].text.contains("contacts have been suspended"));

    fs::write(&events, sound.replacen("reviewed = \"2026-11-23\"", "reviewed = \"2026-11-24\"", 1)).unwrap();
    process.signal("HUP");
    logged(folder.path(), "reloaded from=").await;
    process.signal("TERM");
    assert!(process.ended().await.success());
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    for (variables, said) in [
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("TELOXIDE_API_URL", "nonsense")], "TELOXIDE_API_URL"),
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("ONRECORD_DATABASE", "sqlite:///nowhere/at/all.db")], "/nowhere/at"),
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("ONRECORD_KNOWLEDGE", "/nowhere")], "/nowhere"),
    ] {
        let ended = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("run")
            .current_dir(folder.path())
            .env_clear()
            .envs(variables)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{err}");
        assert!(err.contains(said), "{said}: {err}");
    }
}
