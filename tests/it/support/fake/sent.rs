//! A message of the bot's, read back for assertions.

use serde_json::Value;

use super::choices::Choice;

/// A message of the bot's as it stood when it was accepted, or as it stands now.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    /// Of a document the caption.
    pub(crate) text: String,
    /// As Telegram stores them: sorted, without those that it finds by itself.
    pub(crate) entities: Vec<Value>,
    pub(crate) keyboard: Vec<Vec<Button>>,
    /// The keyboard that it brought in place of the letters.
    pub(crate) choices: Vec<Vec<Choice>>,
    /// The message that this one answers.
    pub(crate) reply_to: Option<i64>,
    pub(crate) thread_id: Option<i64>,
    /// The whole message as the API shows it.
    pub(crate) json: Value,
}

/// A button of an inline keyboard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Button {
    pub(crate) label: String,
    pub(crate) action: Action,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Callback(String),
    Url(String),
    /// Any other kind: the button's JSON without its label.
    Other(Value),
}

impl Sent {
    pub(crate) fn of(json: &Value) -> Self {
        let rows = &json["reply_markup"]["inline_keyboard"];
        Self {
            chat_id: json["chat"]["id"].as_i64().unwrap_or_default(),
            message_id: json["message_id"].as_i64().unwrap_or_default(),
            text: json["text"].as_str().or_else(|| json["caption"].as_str()).unwrap_or_default().to_owned(),
            entities: items(&json["entities"]).cloned().collect(),
            keyboard: items(rows).map(|row| items(row).map(Button::of).collect()).collect(),
            choices: Vec::new(),
            reply_to: json["reply_to_message"]["message_id"].as_i64(),
            thread_id: json["message_thread_id"].as_i64(),
            json: json.clone(),
        }
    }

    /// The callback data of the button with this label.
    ///
    /// # Panics
    ///
    /// If there is no such button, or it does something else.
    #[track_caller]
    pub(crate) fn data_of(&self, label: &str) -> &str {
        let button = self.keyboard.iter().flatten().find(|button| button.label == label);
        match button.map(|button| &button.action) {
            Some(Action::Callback(data)) => data,
            other => panic!("no callback on [{label}] but {other:?} in:\n{}", self.render()),
        }
    }

    /// What the button of that label, in place of the letters, asks for.
    ///
    /// # Panics
    ///
    /// If there is no such button.
    #[track_caller]
    pub(crate) fn request_of(&self, label: &str) -> &Value {
        let choice = self.choices.iter().flatten().find(|choice| choice.label == label);
        &choice.unwrap_or_else(|| panic!("no [{label}] in:\n{}", self.render())).request
    }
}

impl Button {
    fn of(json: &Value) -> Self {
        let text_of = |field: &str| json[field].as_str().map(str::to_owned);
        let mut rest = json.clone();
        if let Some(fields) = rest.as_object_mut() {
            fields.remove("text");
        }
        let action = text_of("callback_data")
            .map(Action::Callback)
            .or_else(|| text_of("url").map(Action::Url))
            .unwrap_or(Action::Other(rest));
        Self { label: text_of("text").unwrap_or_default(), action }
    }
}

fn items(array: &Value) -> impl Iterator<Item = &Value> {
    array.as_array().into_iter().flatten()
}
