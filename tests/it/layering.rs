//! The house keeps its floors: imports point down, siblings stay apart, and each outside thing has one place.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms of ours it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &[]),
    ("fail_points", &[]),
    ("matching", &["domain", "text"]),
    ("comparing", &["domain", "text"]),
    ("knowledge", &["domain", "text"]),
    ("announcements", &["domain"]),
    ("chat", &["domain"]),
    ("store", &["domain", "fail_points"]),
    ("clock", &[]),
    (
        "app",
        &[
            "announcements",
            "chat",
            "clock",
            "comparing",
            "domain",
            "fail_points",
            "knowledge",
            "matching",
            "store",
            "text",
        ],
    ),
    ("telegram", &["app", "chat", "domain", "text", "clock", "fail_points"]),
    ("terminal", &["app", "chat", "domain", "text", "clock"]),
    ("config", &["app", "domain", "telegram"]),
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
    ("reqwest", &["telegram/"]),
    ("fluent", &["app/catalogue.rs", "app/replies/"]),
    ("clap", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("plotters", &["cli/"]),
    ("println!", &[]),
    ("std::fs", &["knowledge/read.rs", "store/file.rs", "store/lead.rs", "cli/", "config/env_file.rs"]),
    ("serde", &["knowledge/", "telegram/", "cli/"]),
    ("tokio", &["app/", "store/", "telegram/", "terminal/", "cli/"]),
    ("tracing", &["app/", "store/", "telegram/", "cli/", "telemetry.rs", "config/values.rs"]),
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
    let texts: Vec<(PathBuf, String)> =
        paths.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect();
    let tests: Vec<PathBuf> = texts.iter().flat_map(|(path, text)| tests_below(path, text)).collect();
    texts
        .into_iter()
        .filter(|(path, _)| !tests.contains(path))
        .map(|(path, text)| (path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"), code_of(&text)))
        .collect()
}

/// The files that only tests compile: those of each `#[cfg(test)] mod …;`.
fn tests_below(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") => path.parent().unwrap().to_owned(),
        _ => path.with_extension(""),
    };
    let declared = text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.split_once(';'));
    let names = declared.map(|(name, _)| name).filter(|name| !name.contains(char::is_whitespace));
    names.map(|name| folder.join(format!("{name}.rs"))).collect()
}

/// A file's text without comments and without what stands under `#[cfg(test)]`: an item up to its `;`, or up to the
/// brace that closes it where it began.
fn code_of(text: &str) -> String {
    let mut code = Vec::new();
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push(line);
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        for line in lines.by_ref() {
            let begins = line.starts_with(indent) && !line[indent.len()..].starts_with([' ', '#']);
            if line == end || (begins && line.ends_with(';')) {
                break;
            }
        }
    }
    code.join("\n")
}

#[test]
fn what_follows_a_test_module_is_looked_at() {
    let text = "use a;\n#[cfg(test)]\nmod fixture;\nmod b;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n    use c;\n}\n// d\nfn e() {}\n";
    assert_eq!(code_of(text), "use a;\nmod b;\nfn e() {}");
    let inside = "impl A {\n    #[cfg(test)]\n    fn b() {\n        c();\n    }\n    fn d() {}\n}\n";
    assert_eq!(code_of(inside), "impl A {\n    fn d() {}\n}");
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
