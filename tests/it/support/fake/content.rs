//! What a message consists of, checked as strictly as Telegram does: text, entities, keyboard.

use serde_json::{Value, json};

use super::{
    buttons,
    choices::{self, Choice},
    entities::{self, utf16_len},
    refusal::Refusal,
};

const MAX_TEXT_UTF16: usize = 4096;
const MAX_BUTTONS_A_ROW: usize = 8;
const MAX_BUTTONS: usize = 100;

/// The checked content of a message.
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) entities: Vec<Value>,
    /// `None` for no inline keyboard, and for an empty one.
    pub(crate) keyboard: Option<Value>,
    /// A keyboard in place of the letters; it does not stay with the message.
    pub(crate) choices: Vec<Vec<Choice>>,
}

impl Content {
    /// Reads `text`, `entities` and `reply_markup` of a call.
    ///
    /// # Errors
    ///
    /// 400 with Telegram's words for whatever is wrong with them.
    pub(crate) fn parse(body: &Value) -> Result<Self, Refusal> {
        let text = body["text"].as_str().unwrap_or_default();
        check_text(text)?;
        if !body["parse_mode"].is_null() {
            return Err(Refusal::bad_request("this fake takes no parse_mode: send entities"));
        }
        Ok(Self {
            text: text.to_owned(),
            entities: entities::check(text, &body["entities"])?,
            keyboard: keyboard(&body["reply_markup"])?,
            choices: choices::check(&body["reply_markup"])?,
        })
    }

    /// Puts the content into a message, in place of what was there.
    pub(crate) fn write_to(&self, message: &mut Value) {
        message["text"] = json!(self.text);
        set(message, "entities", (!self.entities.is_empty()).then(|| json!(self.entities)));
        set(message, "reply_markup", self.keyboard.clone());
    }
}

/// Sets or removes a field of an object.
pub(crate) fn set(object: &mut Value, field: &str, value: Option<Value>) {
    match (value, object.as_object_mut()) {
        (Some(value), _) => object[field] = value,
        (None, Some(fields)) => drop(fields.remove(field)),
        (None, None) => {}
    }
}

fn check_text(text: &str) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(Refusal::bad_request("message text is empty"));
    }
    if text.trim().is_empty() {
        return Err(Refusal::bad_request("text must be non-empty"));
    }
    if utf16_len(text) > MAX_TEXT_UTF16 {
        return Err(Refusal::bad_request("message is too long"));
    }
    Ok(())
}

/// The inline keyboard of a `reply_markup`; other kinds of markup do not stay with the message.
///
/// # Errors
///
/// 400 for a keyboard that is malformed, too large, or has a button that Telegram refuses.
pub(crate) fn keyboard(markup: &Value) -> Result<Option<Value>, Refusal> {
    if markup.is_null() {
        return Ok(None);
    }
    if !markup.is_object() {
        return Err(Refusal::bad_request("object expected as reply markup"));
    }
    let Some(rows) = markup.get("inline_keyboard") else {
        return Ok(None);
    };
    let Some(rows) = rows.as_array() else {
        let reason = "field \"inline_keyboard\" must be an Array of Arrays";
        return Err(Refusal::bad_request(reason));
    };
    let buttons = rows.iter().map(row).collect::<Result<Vec<_>, _>>()?.concat();
    if buttons.len() > MAX_BUTTONS {
        return Err(Refusal::bad_request("reply markup is too long"));
    }
    buttons.iter().try_for_each(buttons::check)?;
    Ok((!buttons.is_empty()).then(|| markup.clone()))
}

fn row(row: &Value) -> Result<Vec<Value>, Refusal> {
    let Some(buttons) = row.as_array() else {
        let reason = "field \"inline_keyboard\" must be an Array of Arrays";
        return Err(Refusal::bad_request(reason));
    };
    if buttons.len() > MAX_BUTTONS_A_ROW {
        return Err(Refusal::bad_request("reply markup is too long"));
    }
    Ok(buttons.clone())
}
