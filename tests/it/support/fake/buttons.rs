//! What a button of an inline keyboard does, checked as strictly as Telegram does.

use serde_json::{Map, Value};

use super::{
    entities::{is_link, utf16_len},
    refusal::Refusal,
};

const MAX_CALLBACK_DATA_BYTES: usize = 64;
const MAX_COPIED_CHARS: usize = 256;
const MAX_QUERY_CHARS: usize = 256;
/// Clients show a line of it; one that is longer is a text that went astray.
const MAX_LABEL_UTF16: usize = 128;

/// What a button can do; each has one of them.
const KINDS: &[&str] = &[
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "callback_game",
    "pay",
];
const DECORATIONS: &[&str] = &["text", "style", "icon_custom_emoji_id"];

/// # Errors
///
/// 400 with Telegram's words for a button without a label, without anything to do, or with something wrong to do.
pub(crate) fn check(button: &Value) -> Result<(), Refusal> {
    let Some(fields) = button.as_object() else {
        return Err(unparsed("InlineKeyboardButton must be an Object"));
    };
    let label = fields.get("text").and_then(Value::as_str).unwrap_or_default();
    if label.trim().is_empty() {
        return Err(Refusal::bad_request("inline keyboard button text must be non-empty"));
    }
    if utf16_len(label) > MAX_LABEL_UTF16 {
        return Err(unparsed("this fake takes no label that no client would show"));
    }
    let mut kinds = fields.keys().filter(|name| !DECORATIONS.contains(&name.as_str()));
    match (kinds.next(), kinds.next()) {
        (Some(kind), None) if KINDS.contains(&kind.as_str()) => check_kind(kind, fields),
        (None | Some(_), None) => Err(unparsed("Text buttons are unallowed in the inline keyboard")),
        // Telegram takes the first that it knows; a button that means two things is a mistake.
        (_, Some(_)) => Err(Refusal::bad_request("BUTTON_TYPE_INVALID")),
    }
}

fn check_kind(kind: &str, fields: &Map<String, Value>) -> Result<(), Refusal> {
    let value = fields.get(kind).unwrap_or(&Value::Null);
    let text = value.as_str().unwrap_or_default();
    let is_right = match kind {
        "callback_data" => (1..=MAX_CALLBACK_DATA_BYTES).contains(&text.len()),
        "copy_text" => {
            let copied = value["text"].as_str().unwrap_or_default();
            (1..=MAX_COPIED_CHARS).contains(&copied.chars().count())
        }
        // Empty is allowed: the name of the bot alone.
        "switch_inline_query" | "switch_inline_query_current_chat" => {
            value.is_string() && text.chars().count() <= MAX_QUERY_CHARS
        }
        "url" => is_link(text),
        _ => true,
    };
    if is_right {
        return Ok(());
    }
    Err(match kind {
        "copy_text" => Refusal::bad_request("BUTTON_COPY_TEXT_INVALID"),
        "url" => {
            let reason = format!("inline keyboard button URL '{text}' is invalid: Wrong HTTP URL");
            Refusal::bad_request(&reason)
        }
        _ => Refusal::bad_request("BUTTON_DATA_INVALID"),
    })
}

fn unparsed(reason: &str) -> Refusal {
    Refusal::bad_request(&format!("can't parse inline keyboard button: {reason}"))
}
