//! The errors of the Bot API, word for word.
//!
//! The texts are those of Telegram's own server (tdlib/telegram-bot-api, Client.cpp) and of TDLib
//! below it: what the bot classifies by text must be tried with the real text.

use serde_json::{Value, json};

/// Refusals that no second try will change, for tests that go through all of them.
pub(crate) const PERMANENT: &[(u16, &str)] = &[
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
    (403, "Forbidden: bot can't send messages to bots"),
    (403, "Forbidden: the group chat was deleted"),
    (403, "Forbidden: bot was kicked from the group chat"),
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot was kicked from the channel chat"),
    (403, "Forbidden: bot is not a member of the group chat"),
    (403, "Forbidden: bot is not a member of the supergroup chat"),
    (403, "Forbidden: bot is not a member of the channel chat"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: TOPIC_DELETED"),
];

pub(crate) const CHAT_NOT_FOUND: &str = "chat not found";
pub(crate) const NO_SUCH_TOPIC: &str = "message thread not found";
pub(crate) const TOPIC_CLOSED: &str = "TOPIC_CLOSED";
pub(crate) const NOT_MODIFIED: &str = "message is not modified: specified new message content and \
     reply markup are exactly the same as a current content and reply markup of the message";
pub(crate) const QUERY_TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";
pub(crate) const OTHER_POLLER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";
pub(crate) const POLLER_UNDER_WEBHOOK: &str = "can't use getUpdates method while webhook is \
     active; use deleteWebhook to delete the webhook first";
pub(crate) const WEBHOOK_CAME: &str = "terminated by setWebhook request";

/// A call that failed: an HTTP status, Telegram's words, and sometimes parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    /// Both the HTTP status and `error_code`.
    pub(crate) code: u16,
    /// The whole `description`, prefix included.
    pub(crate) description: String,
    /// `parameters`: `retry_after` or `migrate_to_chat_id`.
    pub(crate) parameters: Option<Value>,
}

impl Refusal {
    /// A refusal with the whole description given.
    pub(crate) fn new(code: u16, description: &str) -> Self {
        Self { code, description: description.to_owned(), parameters: None }
    }

    /// 400; `reason` comes without the prefix.
    pub(crate) fn bad_request(reason: &str) -> Self {
        Self::new(400, &format!("Bad Request: {reason}"))
    }

    /// 403; `reason` comes without the prefix.
    pub(crate) fn forbidden(reason: &str) -> Self {
        Self::new(403, &format!("Forbidden: {reason}"))
    }

    /// 409; `reason` comes without the prefix.
    pub(crate) fn conflict(reason: &str) -> Self {
        Self::new(409, &format!("Conflict: {reason}"))
    }

    /// 429; `retry_after` in seconds, `None` leaves the parameters out.
    pub(crate) fn too_many_requests(retry_after: Option<u64>) -> Self {
        let Some(seconds) = retry_after else {
            return Self::new(429, "Too Many Requests");
        };
        Self {
            parameters: Some(json!({ "retry_after": seconds })),
            ..Self::new(429, &format!("Too Many Requests: retry after {seconds}"))
        }
    }

    /// 400 with the chat id that a group got as a supergroup.
    pub(crate) fn moved(to_chat_id: i64) -> Self {
        Self {
            parameters: Some(json!({ "migrate_to_chat_id": to_chat_id })),
            ..Self::bad_request("group chat was upgraded to a supergroup chat")
        }
    }

    /// The JSON that the client gets.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "ok": false,
            "error_code": self.code,
            "description": self.description,
        });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
