//! At start: who the bot is, and how Telegram presents it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::payloads::{
    GetMe, GetMyCommands, GetMyDescription, GetMyName, GetMyShortDescription, SetMyCommands, SetMyDescription,
    SetMyName, SetMyShortDescription,
};
use teloxide::types::{
    BotCommand, BotCommandScope, BotDescription, BotName, BotShortDescription, ChatId, Recipient, User,
};
use tracing::{debug, info, warn};

use crate::domain::{Language, UserRef};

use super::answer::ApiError;
use super::api::Api;
use super::backoff::Backoff;
use super::outcome::is_unauthorised;

/// Who the bot is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Its number.
    pub id: UserRef,
    /// Its name, without `@`.
    pub username: String,
    /// Whether privacy mode is off. If it is on, a plain mention in a group never arrives.
    pub can_read_all_group_messages: bool,
    /// Whether searches reach it: `/setinline` switches them on.
    pub supports_inline_queries: bool,
}

impl Me {
    pub(super) fn is(&self, user: &User) -> bool {
        i64::try_from(user.id.0) == Ok(self.id.0)
    }

    /// `name`: without `@`. Telegram's names are ASCII and ignore case.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.username.eq_ignore_ascii_case(name)
    }
}

/// Telegram does not know the token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "Telegram does not accept the token in TELOXIDE_TOKEN ({reason}); copy it again from @BotFather, or have a new one \
     made there with /token"
)]
pub struct TokenRejected {
    /// As Telegram says it.
    pub reason: String,
}

/// How the bot is presented to people whose app is in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The language; `None` for everybody whose language has no profile of its own.
    pub language: Option<Language>,
    /// The bot's name, 1–64 characters; `None` leaves the one that its owner gave it at BotFather.
    pub name: Option<String>,
    /// What an empty chat with it shows, at most 512 characters.
    pub description: String,
    /// What its page shows, at most 120 characters.
    pub short_description: String,
    /// The menu: commands without slash, each with what it does.
    pub commands: Vec<(String, String)>,
    /// The whole menu in the private chats of admins.
    pub admin_commands: Vec<(String, String)>,
}

/// Asks who the bot is, for as long as it takes to get an answer: says once that it waits, and when it is over.
///
/// # Errors
/// [`TokenRejected`], which no waiting mends.
pub async fn introduce(api: &Api) -> Result<Me, TokenRejected> {
    let mut backoff = Backoff::default();
    let mut told = false;
    loop {
        let error = match api.call::<_, Answer>(&GetMe::new()).await {
            Ok(answer) => {
                if told {
                    info!(n_failures = backoff.over(), "Telegram answers now");
                }
                return Ok(answer.into());
            }
            Err(error) if is_unauthorised(&error) => return Err(TokenRejected { reason: error.to_string() }),
            Err(error) => error,
        };
        if !std::mem::replace(&mut told, true) {
            warn!(%error, "Telegram does not answer; trying again until it does");
        }
        tokio::time::sleep(error.wait(&mut backoff)).await;
    }
}

/// Brings the bot's menu, descriptions and name up to date. What is right already is not set again: Telegram allows
/// few changes a day. What cannot be set is logged and stays as it was.
pub async fn publish(api: &Api, profiles: &[Profile], admins: &[UserRef]) {
    for profile in profiles {
        let language = profile.language.map_or("default", Language::code);
        if let Err(error) = present(api, profile).await {
            warn!(language, %error, "failed to update the bot's menu and descriptions; they stay as they were");
        }
        for &admin in admins {
            let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(admin.0)) };
            if let Err(error) = offer(api, Some(scope), profile.language, &profile.admin_commands).await {
                // Usual: an admin who never wrote to the bot has no chat with it.
                debug!(language, %error, "failed to update an admin's menu");
            }
        }
    }
}

async fn present(api: &Api, profile: &Profile) -> Result<(), ApiError> {
    offer(api, None, profile.language, &profile.commands).await?;
    let language_code = profile.language.map(|language| language.code().to_owned());

    let now: BotDescription = api.call(&GetMyDescription { language_code: language_code.clone() }).await?;
    if now.description != profile.description {
        let description = Some(profile.description.clone());
        api.call::<_, IgnoredAny>(&SetMyDescription { description, language_code: language_code.clone() }).await?;
    }

    let now: BotShortDescription = api.call(&GetMyShortDescription { language_code: language_code.clone() }).await?;
    if now.short_description != profile.short_description {
        let short_description = Some(profile.short_description.clone());
        let set = SetMyShortDescription { short_description, language_code: language_code.clone() };
        api.call::<_, IgnoredAny>(&set).await?;
    }

    let Some(name) = profile.name.clone() else { return Ok(()) };
    let now: BotName = api.call(&GetMyName { language_code: language_code.clone() }).await?;
    if now.name != name {
        api.call::<_, IgnoredAny>(&SetMyName { name: Some(name), language_code }).await?;
    }
    Ok(())
}

async fn offer(
    api: &Api,
    scope: Option<BotCommandScope>,
    language: Option<Language>,
    commands: &[(String, String)],
) -> Result<(), ApiError> {
    let language_code = language.map(|language| language.code().to_owned());
    let wanted: Vec<_> = commands.iter().map(|(command, does)| BotCommand::new(command, does)).collect();
    let now: Vec<BotCommand> =
        api.call(&GetMyCommands { scope: scope.clone(), language_code: language_code.clone() }).await?;
    if now != wanted {
        api.call::<_, IgnoredAny>(&SetMyCommands { commands: wanted, scope, language_code }).await?;
    }
    Ok(())
}

/// What is read of the bot's own user.
#[derive(Deserialize)]
struct Answer {
    id: i64,
    username: String,
    #[serde(default)]
    can_read_all_group_messages: bool,
    #[serde(default)]
    supports_inline_queries: bool,
}

impl From<Answer> for Me {
    fn from(answer: Answer) -> Self {
        Self {
            id: UserRef(answer.id),
            username: answer.username,
            can_read_all_group_messages: answer.can_read_all_group_messages,
            supports_inline_queries: answer.supports_inline_queries,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scripted::Scripted;
    use super::*;

    const ME: &str = r#"{"ok":true,"result":{"id":99,"is_bot":true,"first_name":"Q","username":"quote_bot"}}"#;

    fn profile() -> Profile {
        Profile {
            language: Some(Language::Russian),
            name: None,
            description: "long".into(),
            short_description: "short".into(),
            commands: vec![("ask".into(), "спросить".into())],
            admin_commands: vec![("reload".into(), "перечитать".into())],
        }
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_yet_is_waited_for() {
        let server = Scripted::new(vec![("getme", 502, "<html>"), ("getme", 200, ME)]).await;
        let me = Me {
            id: UserRef(99),
            username: "quote_bot".into(),
            can_read_all_group_messages: false,
            supports_inline_queries: false,
        };
        assert_eq!(introduce(&server.api).await, Ok(me));
    }

    #[tokio::test]
    async fn a_token_that_telegram_rejects_is_told_with_what_to_do() {
        for (status, body) in [
            (401, r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#),
            (404, r#"{"ok":false,"error_code":404,"description":"Not Found"}"#),
        ] {
            let server = Scripted::new(vec![("getme", status, body)]).await;
            let told = introduce(&server.api).await.unwrap_err().to_string();
            assert!(
                told.contains("TELOXIDE_TOKEN") && told.contains("@BotFather") && !told.contains("canary"),
                "{told}"
            );
        }
    }

    #[tokio::test]
    async fn only_what_differs_is_set() {
        let none = r#"{"ok":true,"result":[]}"#;
        let server = Scripted::new(vec![
            ("getmycommands", 200, r#"{"ok":true,"result":[{"command":"ask","description":"спросить"}]}"#),
            ("getmydescription", 200, r#"{"ok":true,"result":{"description":"older"}}"#),
            ("getmyshortdescription", 200, r#"{"ok":true,"result":{"short_description":"short"}}"#),
            ("getmycommands", 200, none),
        ])
        .await;
        publish(&server.api, &[profile()], &[UserRef(7)]).await;
        assert_eq!(server.calls("setmydescription"), [json!({ "description": "long", "language_code": "ru" })]);
        assert_eq!(server.calls("setmyshortdescription"), [json!(null); 0]);
        assert_eq!(
            server.calls("setmycommands"),
            [json!({
                "commands": [{ "command": "reload", "description": "перечитать" }],
                "scope": { "type": "chat", "chat_id": 7 },
                "language_code": "ru",
            })]
        );
        assert_eq!(server.calls("getmyname"), [json!(null); 0], "the name is its owner's choice");
    }
}
