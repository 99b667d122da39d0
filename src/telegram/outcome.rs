//! What a failed call means: the one place that decides whether people may have seen it and whether to try again.

use crate::chat::{Failure, Receipt};

use super::answer::ApiError;

/// What was tried: some refusals mean that it is done already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    Send,
    Pin,
    Edit,
    Delete,
    Toast,
    Results,
}

/// Texts that say that the chat is over for the bot. The Bot API gives them with 400 or 403, and not in one style.
const GONE: [&str; 10] = [
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "user is deactivated",
    "group chat was deactivated",
    "chat was deleted",
    "chat not found",
    "peer_id_invalid",
    "channel_private",
];

/// Texts that say that the bot is still in the chat and may not do this: a right, a setting or a forum topic is missing.
const NOT_ALLOWED: [&str; 10] = [
    "not enough rights",
    "need administrator rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "bot can't send messages to bots",
    "chat_admin_required",
];

/// What a failed call means to the app; `Ok` if what was tried is so already, or no longer matters.
pub(super) fn judged(attempt: Attempt, error: ApiError) -> Result<Receipt, Failure> {
    let reason = error.to_string();
    let (code, description, retry_after, migrated_to) = match error {
        ApiError::Unreachable(_) => return Err(Failure::NotSent { retry_after: None, reason }),
        ApiError::Garbled { status: 429 } => return Err(Failure::NotSent { retry_after: None, reason }),
        ApiError::Lost(_) | ApiError::Garbled { .. } => return Err(Failure::Unknown { reason }),
        ApiError::Refused { code, description, retry_after, migrated_to } => {
            (code, description.to_lowercase(), retry_after, migrated_to)
        }
    };
    if is_done(attempt, &description) {
        return Ok(Receipt { message: None });
    }
    let says = |texts: &[&str]| texts.iter().any(|text| description.contains(text));
    Err(match (code, migrated_to) {
        (_, Some(to)) => Failure::Moved { to },
        // 409 says that somebody else polls: nothing was done.
        (409 | 429, None) => Failure::NotSent { retry_after, reason },
        (500.., None) => Failure::Unknown { reason },
        _ if is_rejected_token(code, &description) => Failure::Unauthorised { reason },
        _ if says(&NOT_ALLOWED) => Failure::Forbidden { reason },
        _ if code == 403 || says(&GONE) => Failure::Gone { reason },
        _ => Failure::Rejected { reason },
    })
}

/// Whether the Bot API does not know the token (any more).
pub(super) fn is_unauthorised(error: &ApiError) -> bool {
    match error {
        ApiError::Refused { code, description, .. } => is_rejected_token(*code, &description.to_lowercase()),
        ApiError::Unreachable(_) | ApiError::Lost(_) | ApiError::Garbled { .. } => false,
    }
}

/// A token in a form that the server does not even look up gives a bare 404. A 404 that names what was not found is
/// about something else, such as a method that an older server lacks.
fn is_rejected_token(code: u16, description: &str) -> bool {
    code == 401 || (code == 404 && matches!(description, "" | "not found"))
}

fn is_done(attempt: Attempt, description: &str) -> bool {
    match attempt {
        Attempt::Send | Attempt::Pin => false,
        Attempt::Delete => description.contains("message to delete not found"),
        Attempt::Edit => description.contains("message is not modified"),
        Attempt::Toast | Attempt::Results => {
            description.contains("query is too old") || description.contains("query id is invalid")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn refused(code: u16, description: &str) -> ApiError {
        ApiError::Refused { code, description: description.to_owned(), retry_after: None, migrated_to: None }
    }

    /// The first word of the failure, or `ok`.
    fn word(attempt: Attempt, error: ApiError) -> &'static str {
        match judged(attempt, error) {
            Ok(_) => "ok",
            Err(Failure::NotSent { .. }) => "not sent",
            Err(Failure::Unknown { .. }) => "unknown",
            Err(Failure::Gone { .. }) => "gone",
            Err(Failure::Moved { .. }) => "moved",
            Err(Failure::Forbidden { .. }) => "forbidden",
            Err(Failure::Rejected { .. }) => "rejected",
            Err(Failure::Unauthorised { .. }) => "unauthorised",
        }
    }

    #[test]
    fn each_refusal_of_a_send_says_what_to_do_next() {
        for (code, description, expected) in [
            (403, "Forbidden: bot was blocked by the user", "gone"),
            (403, "Forbidden: bot was kicked from the group chat", "gone"),
            (403, "Forbidden: bot was kicked from the supergroup chat", "gone"),
            (403, "Forbidden: bot was kicked from the channel chat", "gone"),
            (403, "Forbidden: bot is not a member of the channel chat", "gone"),
            (403, "Forbidden: bot can't initiate conversation with a user", "gone"),
            (403, "Forbidden: user is deactivated", "gone"),
            (403, "Forbidden: the group chat was deleted", "gone"),
            (400, "Bad Request: chat not found", "gone"),
            (400, "Bad Request: group chat was deactivated", "gone"),
            (400, "Bad Request: PEER_ID_INVALID", "gone"),
            (400, "Bad Request: bot was kicked from the group chat", "gone"),
            (403, "Forbidden: not enough rights to send text messages to the chat", "forbidden"),
            (400, "Bad Request: not enough rights to send text messages to the chat", "forbidden"),
            (400, "Bad Request: have no rights to send a message", "forbidden"),
            (400, "Bad Request: need administrator rights in the channel chat", "forbidden"),
            (403, "Forbidden: CHAT_WRITE_FORBIDDEN", "forbidden"),
            (400, "Bad Request: CHAT_RESTRICTED", "forbidden"),
            (403, "Forbidden: bot can't send messages to bots", "forbidden"),
            (400, "Bad Request: TOPIC_CLOSED", "forbidden"),
            (400, "Bad Request: TOPIC_DELETED", "forbidden"),
            (400, "Bad Request: message thread not found", "forbidden"),
            (400, "Bad Request: message is too long", "rejected"),
            (400, "Bad Request: message text is empty", "rejected"),
            (400, "Bad Request: BUTTON_DATA_INVALID", "rejected"),
            (400, "Bad Request: message is not modified: specified new message content …", "rejected"),
            (413, "Request Entity Too Large", "rejected"),
            (404, "Not Found: method not found", "rejected"),
            (404, "Not Found", "unauthorised"),
            (401, "Unauthorized", "unauthorised"),
            (409, "Conflict: terminated by other getUpdates request", "not sent"),
            (429, "Too Many Requests: retry after 5", "not sent"),
            (500, "Internal Server Error", "unknown"),
            (502, "Bad Gateway", "unknown"),
            (504, "", "unknown"),
        ] {
            assert_eq!(word(Attempt::Send, refused(code, description)), expected, "{code} {description}");
        }
    }

    #[test]
    fn what_is_done_already_is_no_failure() {
        for (attempt, description, expected) in [
            (Attempt::Edit, "Bad Request: message is not modified: specified new message content …", "ok"),
            (Attempt::Edit, "Bad Request: message to edit not found", "rejected"),
            (Attempt::Edit, "Bad Request: message can't be edited", "rejected"),
            (Attempt::Edit, "Bad Request: query is too old", "rejected"),
            (Attempt::Toast, "Bad Request: query is too old and response timeout expired or query ID is invalid", "ok"),
            (Attempt::Toast, "Bad Request: query ID is invalid", "ok"),
            (Attempt::Delete, "Bad Request: message to delete not found", "ok"),
            (Attempt::Delete, "Bad Request: message can't be deleted", "rejected"),
            (Attempt::Delete, "Bad Request: message to edit not found", "rejected"),
            (Attempt::Toast, "Bad Request: MESSAGE_TOO_LONG", "rejected"),
            (Attempt::Toast, "Bad Request: message is not modified", "rejected"),
            (
                Attempt::Results,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                "ok",
            ),
            (Attempt::Results, "Bad Request: RESULT_ID_DUPLICATE", "rejected"),
        ] {
            assert_eq!(word(attempt, refused(400, description)), expected, "{attempt:?} {description}");
        }
    }

    #[test]
    fn what_was_not_written_is_told_from_what_may_have_been() {
        for (error, expected) in [
            (ApiError::Unreachable("dns error".into()), "not sent"),
            (ApiError::Garbled { status: 429 }, "not sent"),
            (ApiError::Lost("operation timed out".into()), "unknown"),
            (ApiError::Garbled { status: 200 }, "unknown"),
            (ApiError::Garbled { status: 502 }, "unknown"),
            (ApiError::Garbled { status: 302 }, "unknown"),
        ] {
            assert!(!is_unauthorised(&error));
            assert_eq!(word(Attempt::Send, error.clone()), expected, "{error}");
        }
    }

    #[test]
    fn parameters_are_kept() {
        let waits = ApiError::Refused {
            code: 429,
            description: "Too Many Requests: retry after 35".into(),
            retry_after: Some(Duration::from_secs(35)),
            migrated_to: None,
        };
        let Err(Failure::NotSent { retry_after, .. }) = judged(Attempt::Send, waits) else { panic!("not a wait") };
        assert_eq!(retry_after, Some(Duration::from_secs(35)));
        let moved = ApiError::Refused {
            code: 400,
            description: "Bad Request: group chat was upgraded to a supergroup chat".into(),
            retry_after: None,
            migrated_to: Some(-1001),
        };
        assert_eq!(judged(Attempt::Send, moved), Err(Failure::Moved { to: -1001 }));
    }
}
