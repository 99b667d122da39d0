//! The bot's own profile: getMe, and its names, descriptions and commands per language.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{people::User, refusal::Refusal};

const MAX_COMMANDS: usize = 100;

/// Texts per `language_code`; `""` is for all other languages.
type Texts = BTreeMap<String, String>;

#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// Privacy mode, which is on by default, is off.
    pub(crate) can_read_all_group_messages: bool,
    names: Texts,
    descriptions: Texts,
    short_descriptions: Texts,
    /// By scope (as JSON) and language.
    commands: BTreeMap<(String, String), Vec<Value>>,
}

impl Profile {
    /// The bot as it appears in messages.
    pub(crate) fn user(&self) -> User {
        User::the_bot(self.names.get("").map_or("onrecord", String::as_str))
    }

    pub(crate) fn me(&self) -> Value {
        let mut me = self.user().to_json();
        me["can_join_groups"] = json!(true);
        me["can_read_all_group_messages"] = json!(self.can_read_all_group_messages);
        me["supports_inline_queries"] = json!(true);
        me["supports_guest_queries"] = json!(false);
        me["can_connect_to_business"] = json!(false);
        me["has_main_web_app"] = json!(false);
        me["has_topics_enabled"] = json!(false);
        me["allows_users_to_create_topics"] = json!(false);
        me["can_manage_bots"] = json!(false);
        me
    }

    /// setMyName, setMyDescription, setMyShortDescription: `field` holds the text.
    ///
    /// # Errors
    ///
    /// 400 for a text that is too long or a language code that is none.
    pub(crate) fn set_text(&mut self, field: &str, call: &Value) -> Result<Value, Refusal> {
        let text = call[field].as_str().unwrap_or_default();
        let (max_chars, too_long) = match field {
            "name" => (64, "BOT_TITLE_INVALID"),
            "description" => (512, "BOT_DESCRIPTION_INVALID"),
            _ => (120, "BOT_ABOUT_INVALID"),
        };
        if text.chars().count() > max_chars {
            return Err(Refusal::bad_request(too_long));
        }
        let language = language(call)?;
        let texts = self.texts_mut(field);
        // An empty text takes the language's own one away.
        if text.is_empty() {
            texts.remove(&language);
        } else {
            texts.insert(language, text.to_owned());
        }
        Ok(json!(true))
    }

    /// getMyName, getMyDescription, getMyShortDescription: exactly what is set for the language;
    /// a bot without a name for it has its name for all languages.
    ///
    /// # Errors
    ///
    /// 400 for a language code that is none.
    pub(crate) fn text(&self, field: &str, call: &Value) -> Result<Value, Refusal> {
        let set = self.texts(field).get(&language(call)?).cloned();
        let unset = || match field {
            "name" => self.user().first_name,
            _ => String::new(),
        };
        Ok(json!({ field: set.unwrap_or_else(unset) }))
    }

    fn texts(&self, field: &str) -> &Texts {
        match field {
            "name" => &self.names,
            "description" => &self.descriptions,
            _ => &self.short_descriptions,
        }
    }

    fn texts_mut(&mut self, field: &str) -> &mut Texts {
        match field {
            "name" => &mut self.names,
            "description" => &mut self.descriptions,
            _ => &mut self.short_descriptions,
        }
    }

    /// setMyCommands.
    ///
    /// # Errors
    ///
    /// 400 for too many commands, a name or description that Telegram refuses, or a language code
    /// that is none.
    pub(crate) fn set_commands(&mut self, call: &Value) -> Result<Value, Refusal> {
        let Some(commands) = call["commands"].as_array() else {
            return Err(Refusal::bad_request("expected an Array of BotCommand"));
        };
        if commands.len() > MAX_COMMANDS {
            return Err(Refusal::bad_request("BOT_COMMANDS_TOO_MUCH"));
        }
        commands.iter().try_for_each(check_command)?;
        self.commands.insert(scope_and_language(call)?, commands.clone());
        Ok(json!(true))
    }

    /// getMyCommands: exactly what is set for the scope and language, or an empty list.
    ///
    /// # Errors
    ///
    /// 400 for a language code that is none.
    pub(crate) fn commands(&self, call: &Value) -> Result<Value, Refusal> {
        let set = self.commands.get(&scope_and_language(call)?);
        Ok(json!(set.cloned().unwrap_or_default()))
    }

    /// deleteMyCommands.
    ///
    /// # Errors
    ///
    /// 400 for a language code that is none.
    pub(crate) fn delete_commands(&mut self, call: &Value) -> Result<Value, Refusal> {
        self.commands.remove(&scope_and_language(call)?);
        Ok(json!(true))
    }
}

fn check_command(command: &Value) -> Result<(), Refusal> {
    let text = |field: &str| command[field].as_str().unwrap_or_default();
    let is_name_char = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let name = text("command");
    if !(1..=32).contains(&name.len()) || !name.chars().all(is_name_char) {
        return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&text("description").chars().count()) {
        return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(())
}

fn scope_and_language(call: &Value) -> Result<(String, String), Refusal> {
    let scope = match &call["scope"] {
        Value::Null => json!({ "type": "default" }),
        scope => scope.clone(),
    };
    Ok((scope.to_string(), language(call)?))
}

fn language(call: &Value) -> Result<String, Refusal> {
    let code = call["language_code"].as_str().unwrap_or_default();
    let is_code = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    if !code.is_empty() && !is_code {
        return Err(Refusal::bad_request("invalid language code specified"));
    }
    Ok(code.to_owned())
}
