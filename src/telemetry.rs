//! Logs: to stderr, never with the token, never with what people wrote.

use std::io::{self, IsTerminal, Write};
use std::panic;

use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::LogFormat;

/// What stands in a log where the token would have stood.
const REDACTED: &str = "[token]";

/// How to log.
pub struct Telemetry<'t> {
    /// For people or for machines.
    pub format: LogFormat,
    /// `tracing` directives; `None`: `default`.
    pub filter: Option<&'t str>,
    /// What is logged where no filter is set.
    pub default: LevelFilter,
    /// Never shown, whatever a library logs.
    pub token: Option<SecretString>,
}

impl Telemetry<'_> {
    /// Starts logging for the whole process. A second start changes nothing.
    pub fn start(self) {
        let targets = self.filter.and_then(|filter| filter.parse::<Targets>().ok());
        let targets = targets.unwrap_or_else(|| Targets::new().with_default(self.default));
        let writer = Redacting { token: self.token };
        let layer = match self.format {
            LogFormat::Text => {
                fmt::layer().with_writer(writer).with_target(false).with_ansi(io::stderr().is_terminal()).boxed()
            }
            LogFormat::Json => fmt::layer().json().with_writer(writer).boxed(),
        };
        if tracing_subscriber::registry().with(layer.with_filter(targets)).try_init().is_ok() {
            panic::set_hook(Box::new(log_panic));
        }
    }
}

/// A panic's place is for everybody, its words only for somebody who debugs: they may hold what a reader wrote.
fn log_panic(info: &panic::PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(%place, "panicked");
    tracing::debug!(words = info.payload_as_str().unwrap_or_default(), "panicked");
}

/// Writes to stderr; the token becomes [`REDACTED`].
struct Redacting {
    token: Option<SecretString>,
}

impl<'w> MakeWriter<'w> for Redacting {
    type Writer = RedactingLine<'w>;

    fn make_writer(&'w self) -> Self::Writer {
        RedactingLine { token: self.token.as_ref().map(|token| token.expose_secret().as_bytes()) }
    }
}

struct RedactingLine<'w> {
    token: Option<&'w [u8]>,
}

impl Write for RedactingLine<'_> {
    // A formatted event comes in one piece.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.token.filter(|token| !token.is_empty()) {
            Some(token) => io::stderr().write_all(&without(bytes, token))?,
            None => io::stderr().write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// A line of our own for stderr; the token becomes `[token]`.
#[must_use]
pub fn redacted(line: &str, token: Option<&SecretString>) -> String {
    match token.map(ExposeSecret::expose_secret).filter(|token| !token.is_empty()) {
        Some(token) => line.replace(token, REDACTED),
        None => line.to_owned(),
    }
}

fn without(bytes: &[u8], token: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(token.len()).position(|window| window == token) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(REDACTED.as_bytes());
        rest = &rest[at + token.len()..];
    }
    clean.extend_from_slice(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_redacted_wherever_it_stands() {
        for (line, clean) in
            [("GET /bot1:a/getMe", "GET /bot[token]/getMe"), ("1:a1:a", "[token][token]"), ("1:b", "1:b"), ("", "")]
        {
            assert_eq!(without(line.as_bytes(), b"1:a"), clean.as_bytes(), "{line}");
            assert_eq!(redacted(line, Some(&SecretString::from("1:a"))), clean);
        }
    }
}
