//! What each variable may hold, and what a fault says of it: never the token.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use secrecy::SecretString;

use super::LogFormat;
use crate::domain::UserRef;
use crate::telegram;

/// A value as a fault may show it: one that could hold a token or a password is not.
fn shown(value: &str) -> &str {
    if telegram::holds_a_token(value) || value.contains('@') { "…" } else { value }
}

/// What is wrong with a token is said without showing it.
pub(super) fn token(value: &str) -> Result<SecretString, String> {
    let hint = "this is no bot token; copy it whole from @BotFather, it looks like 123456:ABC-DEF";
    if telegram::is_token(value) { Ok(SecretString::from(value)) } else { Err(hint.to_owned()) }
}

pub(super) fn api_url(value: &str) -> Result<String, String> {
    match telegram::server(value) {
        Ok(_) => Ok(value.trim_end_matches('/').to_owned()),
        Err(why) => Err(format!("`{}` {why}; write an address such as {}", shown(value), telegram::DEFAULT_BASE)),
    }
}

pub(super) fn admins(value: &str) -> Result<BTreeSet<UserRef>, String> {
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
pub(super) fn operator(value: &str) -> Result<String, String> {
    const MAX_CHARS: usize = 200;
    if telegram::holds_a_token(value) || value.chars().count() > MAX_CHARS || value.chars().any(char::is_control) {
        return Err(format!("this is no name; write who runs the bot, in up to {MAX_CHARS} characters"));
    }
    Ok(value.to_owned())
}

pub(super) fn database(value: &str) -> Result<String, String> {
    let scheme = value.split(':').next().unwrap_or(value);
    let Some(path) = value.strip_prefix("sqlite:") else {
        return Err(format!("`{}` is not supported; write sqlite://FILE", shown(scheme)));
    };
    if path.trim_matches('/').is_empty() {
        return Err("it names no file; write sqlite://FILE, for example sqlite://onrecord.db".to_owned());
    }
    Ok(value.to_owned())
}

/// From the tables built into the program: every machine has the same.
pub(super) fn zone(value: &str) -> Result<TimeZone, String> {
    TimeZoneDatabase::bundled()
        .get(value)
        .map_err(|_| format!("`{}` is no time zone; write an IANA name such as Asia/Bishkek", shown(value)))
}

pub(super) fn log_format(value: &str) -> Result<LogFormat, String> {
    match value {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => Err(format!("`{}` is neither `text` nor `json`", shown(other))),
    }
}

pub(super) fn clock_start(value: &str) -> Result<Timestamp, String> {
    value.parse().map_err(|_| format!("`{}` is no instant; write one such as 2026-09-01T09:00:00Z", shown(value)))
}

pub(super) fn log_filter(value: &str) -> Result<String, String> {
    match value.parse::<tracing_subscriber::filter::Targets>() {
        Ok(_) => Ok(value.to_owned()),
        Err(_) => Err(format!("`{}` is no log filter; write for example `info` or `onrecord=debug`", shown(value))),
    }
}
