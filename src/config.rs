//! The configuration: the environment and `.env`, read once, all faults reported at once. Nothing else reads either.

mod env_file;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::app::KnowledgeSource;
use crate::domain::UserRef;
use crate::telegram;

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
    /// The variable, or the place in the file.
    pub name: String,
    /// Where it is set, if in a file.
    pub place: Option<String>,
    /// What is wrong and what to do.
    pub what: String,
}

impl Fault {
    fn new(name: String, what: String) -> Self {
        Self { name, place: None, what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}: {}", self.name, self.what)
    }
}

impl Config {
    /// Reads the environment, and `.env` in the working directory for what the environment does not set.
    ///
    /// # Errors
    /// Every [`Fault`] there is.
    pub fn from_environment() -> Result<Self, Vec<Fault>> {
        let (file, mut faults) = env_file::read(Path::new(".env"));
        // What is no Unicode becomes replacement characters, which no value allows: a fault, not a silence.
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
            .collect();
        faults.extend(environment.keys().chain(file.keys()).filter_map(|name| unknown(name)));
        let lookup =
            |name: &str| environment.get(name).cloned().or_else(|| file.get(name).map(|entry| entry.value.clone()));
        let folder = Path::new("knowledge").is_dir().then(|| PathBuf::from("knowledge"));
        let config = match Self::read(lookup, folder) {
            Ok(config) if faults.is_empty() => return Ok(config),
            Ok(_) => Vec::new(),
            Err(faults) => faults,
        };
        faults.extend(config);
        for fault in &mut faults {
            let entry = file.get(&fault.name).filter(|_| !environment.contains_key(&fault.name));
            fault.place = entry.map(|entry| entry.place.clone());
        }
        Err(faults)
    }

    /// Reads the variables through `lookup`; `folder` is the knowledge folder that lies there anyway.
    ///
    /// # Errors
    /// Every [`Fault`] there is.
    pub fn read(lookup: impl Fn(&str) -> Option<String>, folder: Option<PathBuf>) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader { lookup, faults: Vec::new() };
        let config = Self {
            token: reader.read("TELOXIDE_TOKEN", values::token),
            api_url: reader
                .read("TELOXIDE_API_URL", values::api_url)
                .unwrap_or_else(|| telegram::DEFAULT_BASE.to_owned()),
            admins: reader.read("ONRECORD_ADMINS", values::admins).unwrap_or_default(),
            operator: reader.read("ONRECORD_OPERATOR", values::operator),
            knowledge: reader
                .read("ONRECORD_KNOWLEDGE", |folder| Ok(PathBuf::from(folder)))
                .or(folder)
                .map_or(KnowledgeSource::Embedded, KnowledgeSource::Folder),
            database: reader.read("ONRECORD_DATABASE", values::database).unwrap_or_else(|| DATABASE.to_owned()),
            zone: reader.read("ONRECORD_TIMEZONE", values::zone).unwrap_or(TimeZone::UTC),
            log_format: reader.read("ONRECORD_LOG_FORMAT", values::log_format).unwrap_or(LogFormat::Text),
            clock_start: reader.read("ONRECORD_CLOCK_START", values::clock_start),
            log_filter: reader.read("RUST_LOG", values::log_filter),
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
                self.faults.push(Fault::new(name.to_owned(), what));
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
    Some(Fault::new(name.to_owned(), format!("is not read; the variables are {ours}")))
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
        assert_eq!(config.api_url, telegram::DEFAULT_BASE);
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
    fn an_address_with_a_token_in_it_is_refused_unshown() {
        for (name, value) in [
            ("TELOXIDE_API_URL", "https://api.telegram.org/bot123456:CANARYtok?x"),
            ("TELOXIDE_API_URL", "https://api.telegram.org/bot123456:CANARYtok"),
            ("TELOXIDE_API_URL", "https://u:CANARYtok@localhost"),
            ("TELOXIDE_API_URL", "https://localhost/?CANARYtok"),
            ("TELOXIDE_API_URL", "https://localhost/#CANARYtok"),
            ("ONRECORD_DATABASE", "sqlite:"),
            ("ONRECORD_DATABASE", "sqlite://"),
        ] {
            let faults = read(&[("TELOXIDE_TOKEN", "123456:CANARYtok"), (name, value)]).unwrap_err();
            assert_eq!(faults.len(), 1, "{value}");
            assert!(!format!("{faults:?}").contains("CANARYtok?") && !faults[0].what.contains("123456:CANARYtok"));
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
    fn the_example_can_be_used_as_it_stands() {
        let example = include_str!("../.env.example");
        let used = example.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if VARIABLES.iter().any(|name| rest.starts_with(&format!("{name}="))) => rest,
            _ => line,
        });
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        std::fs::write(&path, used.collect::<Vec<_>>().join("\n")).unwrap();
        let (file, faults) = env_file::read(&path);
        assert_eq!(faults, []);
        let config = Config::read(|name| file.get(name).map(|entry| entry.value.clone()), None).unwrap();
        assert!(config.operator.unwrap().contains("Ann Smith"));
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
