//! The house keeps its floors: imports point down, siblings stay apart, and each outside thing has one place.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms of ours it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &[]),
    ("fail_points", &[]),
    ("matching", &["domain", "text"]),
    ("knowledge", &["domain", "text"]),
    ("announcements", &["domain"]),
    ("chat", &["domain"]),
    ("store", &["domain", "fail_points"]),
    ("clock", &[]),
    ("app", &["domain", "text", "matching", "knowledge", "announcements", "chat", "store", "clock", "fail_points"]),
    ("telegram", &["app", "chat", "domain", "text", "clock", "fail_points"]),
    ("terminal", &["app", "chat", "domain", "text", "clock"]),
    ("config", &["app", "domain"]),
    ("telemetry", &["config"]),
    (
        "cli",
        &[
            "announcements",
            "app",
            "chat",
            "clock",
            "config",
            "domain",
            "knowledge",
            "matching",
            "store",
            "telegram",
            "telemetry",
            "terminal",
            "text",
        ],
    ),
];

/// What stands in one place only: the words, and where they may stand.
const PLACES: &[(&str, &[&str])] = &[
    // A fail point is armed in crash runs alone, and no setting of the bot's.
    ("std::env", &["config.rs", "fail_points.rs"]),
    ("Timestamp::now", &["clock.rs"]),
    ("SystemTime", &["clock.rs"]),
    ("Zoned::now", &["clock.rs"]),
    ("Instant::now", &["clock.rs", "cli/", "app/freezes.rs"]),
    ("sqlx", &["store/"]),
    ("teloxide", &["telegram/"]),
    ("reqwest", &["telegram/", "config.rs"]),
    ("fluent", &["app/catalogue.rs", "app/replies/"]),
    ("clap", &["cli/"]),
    ("println!", &[]),
    ("std::fs", &["knowledge/read.rs", "store/file.rs", "store/lead.rs", "cli/"]),
    ("serde", &["knowledge/", "telegram/", "cli/"]),
    ("tokio", &["app/", "store/", "telegram/", "terminal/", "cli/"]),
    ("tracing", &["app/", "store/", "telegram/", "cli/", "telemetry.rs", "config.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file as its path below `src/` and its code: tests and comments are left out.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"), code.join("\n"))
        })
        .collect()
}

/// The rooms that stand behind one `crate::`: one name, or those of a group in braces.
fn reached(after: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = after.strip_prefix('{') else { return vec![name(after)] };
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(name(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn a_group_of_imports_is_seen_through() {
    assert_eq!(reached("store::Store;"), ["store"]);
    assert_eq!(reached("{store, app::{App, Parts}, text as t};"), ["store", "app", "text"]);
}

fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

#[test]
fn imports_point_down_and_siblings_stay_apart() {
    let mut wrong = Vec::new();
    for (path, code) in files() {
        let room = room_of(&path);
        if matches!(room, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{path}: the room `{room}` has no floor; give it one in this test and in lib.rs"));
            continue;
        };
        for target in code.split("crate::").skip(1).flat_map(reached) {
            let known = ROOMS.iter().any(|(name, _)| *name == target);
            if known && target != room && !allowed.contains(&target.as_str()) {
                wrong.push(format!("{path}: `{room}` must not reach into `{target}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outside_thing_has_one_place() {
    let mut wrong = Vec::new();
    for (path, code) in files() {
        for (thing, places) in PLACES {
            let allowed = places.iter().any(|place| path.starts_with(place));
            let stands = code.match_indices(thing).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            if stands && !allowed {
                wrong.push(format!("{path}: `{thing}` belongs into {places:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for entry in files() {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&entry.0)).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with //!", entry.0);
    }
}

#[test]
fn the_app_names_no_platform() {
    for (path, code) in files().into_iter().filter(|(path, _)| path.starts_with("app/")) {
        for platform in ["Telegram", "telegram", "Discord"] {
            assert!(!code.contains(platform), "{path} names {platform}");
        }
    }
}
