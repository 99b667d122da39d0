//! What came of a call: a result, a refusal, or the reason why nobody knows.

use std::error::Error;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::backoff::Backoff;

/// The longest wait that is obeyed. Floods that Telegram punishes hardest last a day; if a wait is not over by then, the
/// next call is told so. Whoever adds a wait to an instant may rely on it: a number without measure, of a server or a
/// proxy that is out of order, would be no instant any more.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A call that brought no result. No variant holds the token or a part of an update.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ApiError {
    /// No connection: nothing of the request was written.
    #[error("cannot reach the Bot API: {0}")]
    Unreachable(String),
    /// The request may have been written, and no whole answer came.
    #[error("the Bot API did not answer: {0}")]
    Lost(String),
    /// An answer that is not the Bot API's.
    #[error("unreadable answer from the Bot API (HTTP status {status})")]
    Garbled {
        /// Of the answer.
        status: u16,
    },
    /// The Bot API's "no".
    #[error("the Bot API says {code}: {description}")]
    Refused {
        /// `error_code`, else the HTTP status.
        code: u16,
        /// As given; the only thing that tells many refusals apart.
        description: String,
        /// How long to wait, if it says: a day at most.
        retry_after: Option<Duration>,
        /// Where the chat is now, if it moved.
        migrated_to: Option<i64>,
    },
}

impl ApiError {
    /// How long to wait before the same call is made again: what the server asks for, but never less than the back-off.
    pub(super) fn wait(&self, backoff: &mut Backoff) -> Duration {
        let asked = match self {
            Self::Refused { retry_after, .. } => retry_after.unwrap_or_default(),
            Self::Unreachable(_) | Self::Lost(_) | Self::Garbled { .. } => Duration::ZERO,
        };
        backoff.failed().max(asked)
    }
}

/// The result is left unread until it is known to be one: what does not fit its type must not hide a refusal, and a
/// batch of updates must not depend on each of them being readable.
#[derive(Deserialize)]
struct Envelope<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

pub(super) fn read<R: DeserializeOwned>(status: u16, body: &[u8]) -> Result<R, ApiError> {
    let garbled = ApiError::Garbled { status };
    let Ok(envelope) = serde_json::from_slice::<Envelope<'_>>(body) else { return Err(garbled) };
    if envelope.ok {
        let result = envelope.result.map_or("null", RawValue::get);
        return serde_json::from_str(result).map_err(|_| garbled);
    }
    Err(ApiError::Refused {
        code: envelope.error_code.unwrap_or(status),
        description: envelope.description,
        retry_after: envelope.parameters.retry_after.map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT)),
        migrated_to: envelope.parameters.migrate_to_chat_id,
    })
}

/// A request without a whole answer. Connecting covers DNS, TCP and TLS: what fails there was never written.
pub(super) fn unanswered(error: reqwest::Error) -> ApiError {
    let unwritten = error.is_connect() || error.is_builder();
    // The address holds the token.
    let reason = chain(&error.without_url());
    if unwritten { ApiError::Unreachable(reason) } else { ApiError::Lost(reason) }
}

/// An error with its causes: reqwest's own text names none.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_result_a_refusal_or_unreadable() {
        let refused = |code, description: &str, retry_after: Option<u64>, migrated_to| {
            let retry_after = retry_after.map(Duration::from_secs);
            Err(ApiError::Refused { code, description: description.to_owned(), retry_after, migrated_to })
        };
        let garbled = |status| Err(ApiError::Garbled { status });
        for (status, body, outcome) in [
            (200, r#"{"ok":true,"result":7}"#, Ok(7)),
            (200, r#"{"ok":true,"result":7,"new":{}}"#, Ok(7)),
            (200, r#"{"ok":true,"result":"seven"}"#, garbled(200)),
            (200, r#"{"ok":true}"#, garbled(200)),
            (200, r#"{"ok":true,"resu"#, garbled(200)),
            (200, "", garbled(200)),
            (502, "<html>Bad Gateway</html>", garbled(502)),
            (500, r#"{"ok":false,"error_code":500,"description":"Internal"}"#, refused(500, "Internal", None, None)),
            (403, r#"{"ok":false,"description":"no code"}"#, refused(403, "no code", None, None)),
            (
                429,
                r#"{"ok":false,"error_code":429,"description":"Too","parameters":{"retry_after":35}}"#,
                refused(429, "Too", Some(35), None),
            ),
            (
                429,
                r#"{"ok":false,"error_code":429,"description":"Too","parameters":{"retry_after":18446744073709551615}}"#,
                refused(429, "Too", Some(86_400), None),
            ),
            (
                400,
                r#"{"ok":false,"error_code":400,"description":"up","parameters":{"migrate_to_chat_id":-1001}}"#,
                refused(400, "up", None, Some(-1001)),
            ),
        ] {
            assert_eq!(read::<i32>(status, body.as_bytes()), outcome, "{status} {body}");
        }
    }
}
