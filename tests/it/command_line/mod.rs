//! The command line: arguments in; exit code, stdout and stderr out. The real binary.

mod announcing;
mod evaluating;
mod lighthouse;
mod report;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use onrecord::knowledge::Files;
use serde_json::Value;

/// The binary in an empty folder, so that no `.env` and no `knowledge` of the checkout is found, and with an
/// environment that sets nothing of ours.
struct Run {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
    input: Option<Vec<u8>>,
}

impl Run {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), variables: Vec::new(), input: None }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = Some(input.into());
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn arguments(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(arguments).current_dir(self.path()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        let mut child = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if let Some(input) = &self.input {
            let (mut stdin, input) = (child.stdin.take().unwrap(), input.clone());
            std::thread::spawn(move || stdin.write_all(&input));
        }
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Ended { code: status.code(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
    }
}

#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn without_terminal_and_input_it_gives_a_short_tour() {
    let ended = Run::new().arguments(&[]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let passages = ["Open the passage: ", "Открыть это место: "].map(|link| ended.out.matches(link).count());
    assert_eq!(passages, [1, 1], "two answers, in two languages: {}", ended.out);
    for part in ["I found nothing on this in the interview.", "Unbreakable Brotherhood", "@BotFather"] {
        assert!(ended.out.contains(part), "{part}");
    }
}

#[test]
fn piped_input_gets_one_reply_a_line() {
    let ended = Run::new().input("OSCE\n\nбест\n/privacy\n\u{0}\n").arguments(&[]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.contains("contacts have been") && ended.out.contains("I store no names"), "{}", ended.out);
    assert!(!ended.out.contains("? OSCE"), "no prompt: {}", ended.out);
}

#[test]
fn the_jsonl_contract_holds_and_a_bad_line_spoils_nothing_else() {
    let input = [
        r#"{"id": "q1", "question": "Why are there no contacts with the OSCE?"}"#,
        r#"{"id": "q2", "question": "bitcoin price today"}"#,
        "not json",
        r#"{"id": "q3", "question": "hello"}"#,
        r#"{"id": "q4"}"#,
        "",
        r#"{"id": "q5", "question": "", "more": 1}"#,
        r#"{"id": "q6", "question": "/start"}"#,
    ];
    let ended = Run::new().input(input.join("\n")).arguments(&["ask", "--jsonl"]);
    assert_eq!(ended.code, Some(2));
    let places: Vec<&str> = ended.err.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(places, ["line 3", "line 5"], "{}", ended.err);
    let replies = objects(&ended.out);
    let ids: Vec<&str> = replies.iter().map(|reply| reply["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["q1", "q2", "q3", "q5", "q6"]);
    let outcomes: Vec<&str> = replies.iter().map(|reply| reply["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["quote", "not_covered", "chat", "not_covered", "chat"]);
    for reply in &replies {
        assert!(reply["micros"].is_u64() && reply["confidence"].is_number(), "{reply}");
        let nearest = reply["nearest"].as_array().unwrap();
        let passages: std::collections::BTreeSet<&str> =
            nearest.iter().map(|near| near["passage"].as_str().unwrap()).collect();
        assert_eq!((nearest.len(), passages.len()), (3, 3), "three distinct passages, whatever the outcome: {reply}");
    }
    let quote = &replies[0]["quotes"][0];
    assert_eq!((quote["interview"].as_str(), quote["passage"].as_str()), (Some("masadykov-2026"), Some("a5.7")));
    assert!(quote["text"].as_str().unwrap().starts_with("As for interaction with the OSCE"));
    assert!(quote["url"].as_str().unwrap().contains("#:~:text=") && quote["score"].is_number());
    assert_eq!(replies[1]["quotes"], serde_json::json!([]));
}

#[test]
fn one_question_as_json_has_no_id() {
    let ended = Run::new().arguments(&["ask", "--json", "OSCE"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let replies = objects(&ended.out);
    assert_eq!((replies.len(), replies[0].get("id")), (1, None));
    assert_eq!(replies[0]["quotes"][0]["passage"], "a5.7");
}

#[test]
fn why_it_answered_so_is_told_in_words() {
    let ended = Run::new().arguments(&["ask", "--explain", "osce contcts"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.contains("a5.7") && ended.out.contains("contacts"), "{}", ended.out);
}

#[test]
fn huge_and_odd_questions_are_answered_calmly() {
    let megabyte = "zzz ".repeat(1 << 18);
    let questions = ["", " ", "🤷🏽‍♀️", "\u{1b}[31m\u{7}", "the", "и в на", &megabyte];
    let lines: Vec<String> =
        questions.iter().map(|question| serde_json::json!({"id": "x", "question": question}).to_string()).collect();
    let ended = Run::new().input(lines.join("\n")).arguments(&["ask", "--jsonl"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    for reply in objects(&ended.out) {
        assert_eq!(reply["outcome"], "not_covered", "{reply}");
    }
}

#[test]
fn run_without_a_token_says_where_to_put_it() {
    let ended = Run::new().arguments(&["run"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.err.contains("TELOXIDE_TOKEN") && ended.err.contains(".env") && ended.err.contains("BotFather"),
        "{ended:?}"
    );
}

#[test]
fn all_faults_of_the_configuration_come_at_once() {
    let run = Run::new().with("ONRECORD_ADMINS", "@me").with("ONRECORD_TIMEZONE", "Mars");
    fs::write(run.path().join(".env"), "ONRECORD_LOG_FORMAT=xml\nTELOXIDE_TOKEN=nonsense-canary\n").unwrap();
    let ended = run.arguments(&["ask", "OSCE"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    for name in ["TELOXIDE_TOKEN", "ONRECORD_ADMINS", "ONRECORD_TIMEZONE", "ONRECORD_LOG_FORMAT"] {
        assert!(ended.err.contains(name), "{name}: {}", ended.err);
    }
    assert!(!ended.err.contains("canary"), "{}", ended.err);
}

#[test]
fn a_knowledge_folder_that_cannot_be_used_ends_with_its_problems() {
    let run = Run::new();
    let (missing, empty) = (run.path().join("missing"), run.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    for folder in [missing, empty] {
        let shown = folder.display().to_string();
        let run = Run::new().with("ONRECORD_KNOWLEDGE", shown.clone());
        let ended = run.arguments(&["ask", "OSCE"]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(&shown) || ended.err.contains("interview"), "{}", ended.err);
    }
}

#[test]
fn check_asks_every_topic_its_own_questions() {
    let run = Run::new();
    let folder = lighthouse::write_into(run.path());
    let clean = run.arguments(&["check", &folder]);
    assert_eq!(clean.code, Some(0));
    assert!(clean.out.ends_with("0 errors, 0 warnings\n"), "{}", clean.out);

    let file = run.path().join("lighthouse/cape-2031/topics.toml");
    let silent = "\n[[topic]]\nid = \"silence\"\ntitle = \"Silence\"\npassages = [\"a2.2\"]\n\
                  phrasings = { en = [\"and\"], ru = [\"и\"] }\n";
    fs::write(&file, fs::read_to_string(&file).unwrap() + silent).unwrap();
    let told = run.arguments(&["check", &folder]);
    assert_eq!(told.code, Some(0), "warnings are no errors");
    for part in [
        "warning: nobody can reach the topic `silence`: none of its 2 phrasings finds it",
        "cape-2031/topics.toml:34:6",
        "34 | id = \"silence\"",
        "onrecord ask --explain \"and\"",
        "0 errors, 1 warning\n",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    let load = Run::new().with("ONRECORD_KNOWLEDGE", folder).arguments(&["ask", "bees"]);
    assert_eq!((load.code, load.err.as_str()), (Some(0), ""), "loading does not look so closely");
}

#[test]
fn init_writes_what_check_finds_clean_and_check_finds_what_is_broken() {
    let run = Run::new();
    let ended = run.arguments(&["init", "knowledge"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(Files::read(&run.path().join("knowledge")).unwrap(), Files::embedded());
    let again = run.arguments(&["init", "knowledge"]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("not empty"), "{}", again.err);

    let clean = run.arguments(&["check"]);
    assert_eq!(clean.code, Some(0));
    assert!(clean.out.ends_with("0 errors, 0 warnings\n"), "{}", clean.out);

    let file = run.path().join("knowledge/masadykov-2026/events.toml");
    let text = fs::read_to_string(&file).unwrap().replacen("when = \"2026\"", "when = \"2026-13\"", 1);
    fs::write(&file, text).unwrap();
    let broken = run.arguments(&["check", "knowledge"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.out.contains("events.toml:") && broken.out.contains("2026-13"), "{}", broken.out);
    assert!(broken.out.ends_with("1 error, 0 warnings\n"), "{}", broken.out);
}

#[test]
fn an_empty_question_is_refused_however_it_is_asked() {
    for arguments in [&["ask", ""][..], &["ask", "--explain", " "], &["ask", "--json", ""]] {
        let Ended { code, err, out } = Run::new().arguments(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains("the question is empty"), "{err}");
    }
}

/// The recipe of the README, with the binary and without a service to reload: a commit with errors is not merged.
#[test]
fn the_git_recipe_never_merges_what_does_not_pass() {
    let readme = include_str!("../../../README.md");
    let recipe = readme.split("```sh\n").find(|block| block.contains("cd /var/lib")).unwrap();
    let recipe = recipe.split("```").next().unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let sh = |script: &str, folder: &Path| {
        let binary = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
        let search = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let identity = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"];
        let mut command = Command::new("sh");
        command.args(["-c", script]).current_dir(folder).env("PATH", search).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.envs(identity.map(|name| (name, "an editor"))).output().unwrap()
    };
    assert_eq!(Run::new().arguments(&["init", &path("pushed").display().to_string()]).code, Some(0));
    let begin = "git init -q -b main && git add -A && git commit -qm first && git clone -q . ../knowledge";
    assert!(sh(begin, &path("pushed")).status.success());
    let here = recipe
        .replace("/var/lib/onrecord/knowledge", &path("knowledge").display().to_string())
        .replace("systemctl reload onrecord", "touch ../reloaded");
    let topics = |folder: &str| path(folder).join("masadykov-2026/topics.toml");
    let sound = fs::read_to_string(topics("pushed")).unwrap();
    for (text, merged) in [(format!("{sound}colour = 1\n"), false), (format!("{sound}\n# edited\n"), true)] {
        fs::write(topics("pushed"), &text).unwrap();
        assert!(sh("git commit -qam edited", &path("pushed")).status.success());
        let told = sh(&here, place.path());
        assert_eq!(fs::read_to_string(topics("knowledge")).unwrap() == text, merged, "{told:?}");
        assert_eq!(path("reloaded").exists(), merged, "{told:?}");
    }
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    for (variables, said) in [
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("TELOXIDE_API_URL", "nonsense")], "TELOXIDE_API_URL"),
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("ONRECORD_DATABASE", "sqlite:///nowhere/at/all.db")], "/nowhere/at"),
        (vec![("TELOXIDE_TOKEN", "1:abc"), ("ONRECORD_KNOWLEDGE", "/nowhere")], "/nowhere"),
    ] {
        let run = variables.into_iter().fold(Run::new(), |run, (name, value)| run.with(name, value));
        let Ended { code, err, .. } = run.arguments(&["run"]);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(said), "{said}: {err}");
    }
}
