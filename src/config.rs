//! The configuration: the environment and `.env`, read once, all faults reported at once. Nothing else reads either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use secrecy::SecretString;

use crate::app::KnowledgeSource;
use crate::domain::UserRef;

/// Every variable that is read, in the order of `.env.example`.
pub const VARIABLES: [&str; 10] = [
    "TELOXIDE_TOKEN",
    "TELOXIDE_API_URL",
    "ONRECORD_ADMINS",
    "ONRECORD_OPERATOR",
    "ONRECORD_KNOWLEDGE",
    "ONRECORD_DATABASE",
    "ONRECORD_TIMEZONE",
    "ONRECORD_LOG_FORMAT",
    "ONRECORD_CLOCK_START",
    "RUST_LOG",
];

/// Where Telegram's Bot API is.
const TELEGRAM: &str = "https://api.telegram.org";

/// Where state is kept: one file in the working directory.
const DATABASE: &str = "sqlite://onrecord.db";

/// Everything that can be set. Each room gets its own part of it.
#[derive(Debug)]
pub struct Config {
    /// The bot's token; its `Debug` shows nothing of it.
    pub token: Option<SecretString>,
    /// The address of the Bot API server, `http` or `https`.
    pub api_url: String,
    /// Who may reload and look at the state.
    pub admins: BTreeSet<UserRef>,
    /// Who runs the bot, as `/about` tells.
    pub operator: Option<String>,
    /// Where the knowledge comes from.
    pub knowledge: KnowledgeSource,
    /// The database's address.
    pub database: String,
    /// Where a day begins and ends.
    pub zone: TimeZone,
    /// How log lines look.
    pub log_format: LogFormat,
    /// What the clock shows at the start, if it is set.
    pub clock_start: Option<Timestamp>,
    /// What is logged, as `tracing`'s directives; `None`: the command's default.
    pub log_filter: Option<String>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Something in the configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The variable, or the file.
    pub name: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.what)
    }
}

impl Config {
    /// Reads the environment, and `.env` in the working directory for what the environment does not set.
    ///
    /// # Errors
    /// Every [`Fault`] there is.
    pub fn from_environment() -> Result<Self, Vec<Fault>> {
        let (file, fault) = read_env_file(Path::new(".env"));
        // What is no Unicode becomes replacement characters, which no value allows: a fault, not a silence.
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
            .collect();
        let unknown = environment.keys().chain(file.keys()).find_map(|name| unknown(name));
        let fault = fault.or(unknown);
        let lookup = |name: &str| environment.get(name).or_else(|| file.get(name)).cloned();
        let folder = Path::new("knowledge").is_dir().then(|| PathBuf::from("knowledge"));
        let config = Self::read(lookup, folder);
        match (config, fault) {
            (Ok(config), None) => Ok(config),
            (Ok(_), Some(fault)) => Err(vec![fault]),
            (Err(faults), fault) => Err(fault.into_iter().chain(faults).collect()),
        }
    }

    /// Reads the variables through `lookup`; `folder` is the knowledge folder that lies there anyway.
    ///
    /// # Errors
    /// Every [`Fault`] there is.
    pub fn read(lookup: impl Fn(&str) -> Option<String>, folder: Option<PathBuf>) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader { lookup, faults: Vec::new() };
        let config = Self {
            token: reader.read("TELOXIDE_TOKEN", token),
            api_url: reader.read("TELOXIDE_API_URL", api_url).unwrap_or_else(|| TELEGRAM.to_owned()),
            admins: reader.read("ONRECORD_ADMINS", admins).unwrap_or_default(),
            operator: reader.read("ONRECORD_OPERATOR", operator),
            knowledge: reader
                .read("ONRECORD_KNOWLEDGE", |folder| Ok(PathBuf::from(folder)))
                .or(folder)
                .map_or(KnowledgeSource::Embedded, KnowledgeSource::Folder),
            database: reader.read("ONRECORD_DATABASE", database).unwrap_or_else(|| DATABASE.to_owned()),
            zone: reader.read("ONRECORD_TIMEZONE", zone).unwrap_or(TimeZone::UTC),
            log_format: reader.read("ONRECORD_LOG_FORMAT", log_format).unwrap_or(LogFormat::Text),
            clock_start: reader.read("ONRECORD_CLOCK_START", clock_start),
            log_filter: reader.read("RUST_LOG", log_filter),
        };
        if reader.faults.is_empty() { Ok(config) } else { Err(reader.faults) }
    }
}

/// Reads one variable after the other and collects the faults.
struct Reader<L> {
    lookup: L,
    faults: Vec<Fault>,
}

impl<L: Fn(&str) -> Option<String>> Reader<L> {
    /// `None` for what is not set, set to nothing, or at fault.
    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        match parse(value) {
            Ok(value) => Some(value),
            Err(what) => {
                self.faults.push(Fault { name: name.to_owned(), what });
                None
            }
        }
    }
}

/// A variable that looks like ours and is read by nothing: most likely a slip.
fn unknown(name: &str) -> Option<Fault> {
    if !name.starts_with("ONRECORD_") || VARIABLES.contains(&name) {
        return None;
    }
    let ours = VARIABLES.into_iter().filter(|known| known.starts_with("ONRECORD_")).collect::<Vec<_>>().join(", ");
    Some(Fault { name: name.to_owned(), what: format!("is not read; the variables are {ours}") })
}

/// A value as a fault may show it: one that could be a token is not.
fn shown(value: &str) -> &str {
    if looks_like_a_token(value) { "…" } else { value }
}

/// Whether some word of `value` is `digits:letters`.
fn looks_like_a_token(value: &str) -> bool {
    value.split([' ', ',', '/']).any(|word| {
        word.split_once(':').is_some_and(|(id, secret)| {
            let id = id.trim_start_matches(|c: char| !c.is_ascii_digit());
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && secret.len() >= 3
        })
    })
}

/// A token is `digits:letters`. What is wrong with it is said without showing it.
fn token(value: &str) -> Result<SecretString, String> {
    let shaped = value.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    });
    let hint = "this is no bot token; copy it whole from @BotFather, it looks like 123456:ABC-DEF";
    if shaped { Ok(SecretString::from(value)) } else { Err(hint.to_owned()) }
}

fn api_url(value: &str) -> Result<String, String> {
    let hint = "write an address such as https://api.telegram.org";
    let url =
        reqwest::Url::parse(value).map_err(|error| format!("`{}` is no address ({error}); {hint}", shown(value)))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("`{}` is no http address; {hint}", shown(value)));
    }
    Ok(value.trim_end_matches('/').to_owned())
}

fn admins(value: &str) -> Result<BTreeSet<UserRef>, String> {
    let ids = value.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| match id.parse::<i64>() {
        Ok(id) if id > 0 => Ok(UserRef(id)),
        Ok(_) | Err(_) => Err(format!(
            "`{}` is no numeric user id; write ids separated by commas (a user name does not do: it can change hands)",
            shown(id)
        )),
    })
    .collect()
}

/// A line that readers see: short, and nothing in it that cannot be seen.
fn operator(value: &str) -> Result<String, String> {
    const MAX_CHARS: usize = 200;
    if looks_like_a_token(value) || value.chars().count() > MAX_CHARS || value.chars().any(char::is_control) {
        return Err(format!("this is no name; write who runs the bot, in up to {MAX_CHARS} characters"));
    }
    Ok(value.to_owned())
}

fn database(value: &str) -> Result<String, String> {
    if value.starts_with("sqlite:") {
        return Ok(value.to_owned());
    }
    Err(format!("`{}` is not supported; write sqlite://FILE", value.split(':').next().unwrap_or(value)))
}

/// From the tables built into the program: every machine has the same.
fn zone(value: &str) -> Result<TimeZone, String> {
    TimeZoneDatabase::bundled()
        .get(value)
        .map_err(|_| format!("`{}` is no time zone; write an IANA name such as Asia/Bishkek", shown(value)))
}

fn log_format(value: &str) -> Result<LogFormat, String> {
    match value {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => Err(format!("`{}` is neither `text` nor `json`", shown(other))),
    }
}

fn clock_start(value: &str) -> Result<Timestamp, String> {
    value.parse().map_err(|_| format!("`{}` is no instant; write one such as 2026-09-01T09:00:00Z", shown(value)))
}

fn log_filter(value: &str) -> Result<String, String> {
    match value.parse::<tracing_subscriber::filter::Targets>() {
        Ok(_) => Ok(value.to_owned()),
        Err(_) => Err(format!("`{}` is no log filter; write for example `info` or `onrecord=debug`", shown(value))),
    }
}

/// The variables of `.env`; a file that is not there sets nothing.
fn read_env_file(path: &Path) -> (BTreeMap<String, String>, Option<Fault>) {
    let entries = match dotenvy::from_path_iter(path) {
        Ok(entries) => entries,
        Err(error) if error.not_found() => return (BTreeMap::new(), None),
        Err(error) => return (BTreeMap::new(), Some(file_fault(path, &error))),
    };
    let mut variables = BTreeMap::new();
    for entry in entries {
        match entry {
            Ok((name, value)) => variables.insert(name, value),
            Err(error) => return (variables, Some(file_fault(path, &error))),
        };
    }
    (variables, None)
}

fn file_fault(path: &Path, error: &dotenvy::Error) -> Fault {
    // The text of the line is left out: it may be the one with the token.
    let what = match error {
        dotenvy::Error::LineParse(_, index) => {
            format!("a line cannot be read at character {}; write NAME=value, with quotes around spaces", index + 1)
        }
        dotenvy::Error::Io(error) => format!("failed to read it: {error}"),
        _ => "it cannot be read; write one NAME=value a line".to_owned(),
    };
    Fault { name: path.display().to_string(), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<Fault>> {
        let pairs: BTreeMap<String, String> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::read(|name| pairs.get(name).cloned(), None)
    }

    #[test]
    fn nothing_set_is_a_terminal_chat_with_the_embedded_interview() {
        let config = read(&[("TELOXIDE_TOKEN", "  ")]).unwrap();
        assert!(config.token.is_none());
        assert!(matches!(config.knowledge, KnowledgeSource::Embedded));
        assert_eq!(config.api_url, TELEGRAM);
        assert_eq!(config.database, DATABASE);
    }

    #[test]
    fn all_faults_are_reported_at_once() {
        let faults = read(&[
            ("TELOXIDE_TOKEN", "secret-canary"),
            ("TELOXIDE_API_URL", "htp:/x"),
            ("ONRECORD_ADMINS", "17, @editor"),
            ("ONRECORD_OPERATOR", "two\nlines"),
            ("ONRECORD_DATABASE", "postgres://somewhere"),
            ("ONRECORD_TIMEZONE", "Mars/Olympus"),
            ("ONRECORD_LOG_FORMAT", "xml"),
            ("ONRECORD_CLOCK_START", "yesterday"),
            ("RUST_LOG", "onrecord=loud"),
        ])
        .unwrap_err();
        let names: Vec<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
        assert_eq!(names, VARIABLES.into_iter().filter(|name| *name != "ONRECORD_KNOWLEDGE").collect::<Vec<_>>());
        assert!(!format!("{faults:?}").contains("canary"), "the token is not shown");
    }

    #[test]
    fn a_token_in_the_wrong_place_is_not_shown() {
        for name in VARIABLES.into_iter().filter(|name| !matches!(*name, "ONRECORD_KNOWLEDGE" | "TELOXIDE_TOKEN")) {
            if let Err(faults) = read(&[(name, "123456:CANARY-abc")]) {
                assert!(!format!("{faults:?}").contains("CANARY"), "{name}: {faults:?}");
            }
        }
    }

    #[test]
    fn a_misspelt_variable_is_a_fault() {
        for (name, faulty) in [("ONRECORD_ADMIN", true), ("ONRECORD_ADMINS", false), ("ADMINS", false)] {
            assert_eq!(unknown(name).is_some(), faulty, "{name}");
        }
    }

    #[test]
    fn good_values_are_taken() {
        let config = read(&[
            ("TELOXIDE_TOKEN", "123:a_B-9"),
            ("TELOXIDE_API_URL", "http://127.0.0.1:8081/"),
            ("ONRECORD_ADMINS", "17, 18,"),
            ("ONRECORD_OPERATOR", "Ann Smith, Bishkek"),
            ("ONRECORD_TIMEZONE", "Asia/Bishkek"),
            ("ONRECORD_LOG_FORMAT", "json"),
            ("ONRECORD_CLOCK_START", "2026-09-01T09:00:00Z"),
            ("RUST_LOG", "warn,onrecord=debug"),
        ])
        .unwrap();
        assert_eq!(config.api_url, "http://127.0.0.1:8081");
        assert_eq!(config.admins, BTreeSet::from([UserRef(17), UserRef(18)]));
        assert!(!format!("{config:?}").contains("a_B-9"), "the token is not shown");
    }

    #[test]
    fn the_example_lists_exactly_what_is_read() {
        let example = include_str!("../.env.example");
        let names: Vec<&str> = example
            .lines()
            .filter_map(|line| line.trim_start_matches("# ").split_once('='))
            .map(|(name, _)| name)
            .filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
            .collect();
        assert_eq!(names, VARIABLES);
    }
}
