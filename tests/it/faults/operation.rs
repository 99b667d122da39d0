//! The real binary in an operator's hands: signals, exit codes, and what it writes to stderr.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use super::QUESTION;
use crate::support::fake::{DEADLINE, Fault, FaultBody, Script};
use crate::support::process::{Exit, Process};
use crate::support::service::{ADMIN, Stage, reader};

/// How long the end after a signal may take.
const END: Duration = Duration::from_secs(3);

/// A send hangs, more wait in its chat, and a hundred other chats have just asked.
/// Variables, and what the error must say.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

#[tokio::test]
#[ignore = "it waits for seconds; `.ci/run` runs it"]
async fn a_signal_ends_it_within_three_seconds_and_the_next_start_answers_the_rest() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let n_chats = 100;
    for (round, signal) in (1..).zip(["TERM", "INT"]) {
        let process = Process::start(&stage);
        fake.script(Script::new("sendMessage", Fault::Stall).when(|call| call["chat_id"] == json!(7)));
        fake.script(Script::new("sendMessage", Fault::Slow(Duration::from_millis(300))).times(n_chats));
        for _ in 0..5 {
            fake.private_text(&reader(7), QUESTION);
        }
        for chat in (100..).take(n_chats) {
            fake.private_text(&reader(chat), QUESTION);
        }
        // The poll that confirms at the end hangs, too.
        fake.script(Script::new("getUpdates", Fault::Stall).when(|call| call["timeout"] == json!(0)));
        // The stall is struck, and some of the slow ones are under way.
        fake.wait_for(|fake| fake.faults_left() <= n_chats - 20, DEADLINE).await;
        process.signal(signal);
        let Exit { code, stderr } = process.ended_within(END).await;
        assert_eq!(code, Some(0), "{signal}: {stderr}");
        assert!(stderr.contains("stopping") && stderr.contains("stopped"), "{signal}: {stderr}");

        let process = Process::start(&stage);
        fake.wait_for(|fake| fake.sent_to(7).len() >= 5 * round, DEADLINE).await;
        for chat in (100..).take(n_chats) {
            fake.wait_for_sent(chat, round).await;
        }
        process.signal(signal);
        assert_eq!(process.ended_within(END).await.code, Some(0));
        assert_eq!(fake.sent_to(7).len(), 5 * round, "the stalled call had no effect: each once");
    }
    assert_eq!(fake.violations(), [""; 0]);
}

/// glibc looks a host's name up in the file that HOSTALIASES names; a pipe to which nobody writes never answers.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[tokio::test]
async fn a_signal_ends_it_while_a_name_is_looked_up_for_ever() {
    let stage = Stage::set().await;
    let pipe = pipe(&stage.folder().join("aliases"));
    let variables =
        [("HOSTALIASES", pipe.as_os_str()), ("TELOXIDE_API_URL", OsStr::new("http://onrecord-nowhere:8081"))];
    let process = Process::start_with(&stage, &variables);
    let (sender, opened) = tokio::sync::oneshot::channel();
    // Opening a pipe for writing lasts until somebody reads it: the lookup has begun. Nothing is written.
    std::thread::spawn(move || sender.send(fs::File::options().write(true).open(pipe)));
    let _silent = tokio::time::timeout(DEADLINE, opened).await.expect("the name is looked up").unwrap().unwrap();
    process.signal("TERM");
    assert_eq!(process.ended_within(END).await.code, Some(0));
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn pipe(path: &Path) -> PathBuf {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
    path.to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() { copy(&path, &to.join(name)) } else { fs::copy(&path, to.join(name)).map(drop).unwrap() }
    }
}

#[tokio::test]
async fn hangup_reloads_and_a_broken_folder_changes_nothing() {
    let stage = Stage::set().await;
    let folder = stage.folder().join("knowledge");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"), &folder);
    let mut process = Process::start(&stage);
    let admin = reader(ADMIN);
    let before = stage.ask(&admin, QUESTION).await;

    let topics = folder.join("masadykov-2026/topics.toml");
    let sound = fs::read_to_string(&topics).unwrap();
    fs::write(&topics, &sound[..sound.floor_char_boundary(sound.len() / 2)]).unwrap();
    process.signal("HUP");
    process.wait_for_line("not reloaded; the old knowledge stays").await;
    process.wait_for_line("masadykov-2026/topics.toml:").await;
    assert_eq!(stage.ask(&admin, QUESTION).await, before);

    fs::write(&topics, format!("{sound}\n# edited\n")).unwrap();
    process.signal("HUP");
    process.wait_for_line(" reloaded ").await;
    assert_eq!(stage.ask(&admin, QUESTION).await, before);
    process.signal("TERM");
    assert_eq!(process.ended_within(END).await.code, Some(0));
}

#[tokio::test]
async fn what_cannot_run_exits_with_2_and_says_why() {
    let stage = Stage::set().await;
    let cases: [Case; 9] = [
        (&[("TELOXIDE_TOKEN", "424242:CANARYofNobody")], &["error: ", "TELOXIDE_TOKEN", "@BotFather"]),
        (&[("TELOXIDE_TOKEN", "CANARY with spaces")], &["error: TELOXIDE_TOKEN", "@BotFather"]),
        (&[("TELOXIDE_TOKEN", "")], &["error: no token", "TELOXIDE_TOKEN", ".env"]),
        (&[("TELOXIDE_API_URL", "htp:/nowhere")], &["error: TELOXIDE_API_URL", "`htp:/nowhere`"]),
        (&[("TELOXIDE_API_URL", "http://[::1")], &["error: TELOXIDE_API_URL", "`http://[::1`"]),
        (&[("ONRECORD_DATABASE", "sqlite://missing/onrecord.db")], &["error: ", "missing/onrecord.db", "folder"]),
        (
            &[
                ("TELOXIDE_TOKEN", "123456:CANARYtok"),
                ("TELOXIDE_API_URL", "https://api.telegram.org/bot123456:CANARYtok?x"),
                ("ONRECORD_DATABASE", "sqlite:"),
            ],
            &["error: TELOXIDE_API_URL", "error: ONRECORD_DATABASE"],
        ),
        (
            &[("TELOXIDE_TOKEN", "123456:CANARYtok"), ("TELOXIDE_API_URL", "https://u:CANARYtok@localhost")],
            &["error: TELOXIDE_API_URL", "user name"],
        ),
        (
            &[("TELOXIDE_TOKEN", "123456:CANARYtok"), ("ONRECORD_DATABASE", "sqlite:///nonexistent/123456:CANARYtok")],
            &["error: ", "/nonexistent/[token]"],
        ),
    ];
    for (variables, words) in cases {
        let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, OsStr::new(*value))).collect();
        let Exit { code, stderr } = Process::start_with(&stage, &variables).ended_within(DEADLINE).await;
        assert_eq!(code, Some(2), "{variables:?}: {stderr}");
        assert!(words.iter().all(|word| stderr.contains(word)), "{variables:?}: {stderr}");
        assert!(!stderr.contains("CANARY") && !stderr.contains("panicked"), "{variables:?}: {stderr}");
    }
}

/// Everything that any library logs, while calls fail in every way.
#[tokio::test]
async fn the_token_is_in_no_line_of_the_loudest_log() {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let faults = [
        Fault::Http { status: 500, body: FaultBody::Json },
        Fault::Http { status: 502, body: FaultBody::Html },
        Fault::ResetConnection,
        Fault::HalfBody,
        Fault::Garbage200,
    ];
    for method in ["getMe", "getUpdates"] {
        fake.fault(method, Fault::ResetConnection);
    }
    for (chat, fault) in (20..).zip(faults) {
        fake.script(Script::new("sendMessage", fault).when(move |call| call["chat_id"] == json!(chat)));
        fake.private_text(&reader(chat), QUESTION);
    }
    let process = Process::start_with(&stage, &[("RUST_LOG", OsStr::new("trace"))]);
    for chat in 20..25 {
        fake.wait_for_sent(chat, 1).await;
    }
    process.signal("TERM");
    let Exit { code, stderr } = process.ended_within(END).await;
    assert_eq!(code, Some(0));
    let secret = fake.token().split_once(':').unwrap().1;
    assert!(!stderr.contains(secret) && !stderr.contains("CANARY"), "the token was logged");
    assert!(stderr.contains("TRACE"), "it was loud");
}
