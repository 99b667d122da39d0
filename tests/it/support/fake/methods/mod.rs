//! The methods that the fake knows, and which function answers each.

mod chats;
mod messages;

use serde_json::{Value, json};

pub(crate) use self::messages::shown_inside;
use super::{inline, polling, refusal::Refusal, world::World};

/// As Telegram spells them; clients may use other capitals.
const NAMES: &[&str] = &[
    "getMe",
    "getUpdates",
    "getWebhookInfo",
    "setWebhook",
    "deleteWebhook",
    "close",
    "logOut",
    "sendMessage",
    "sendDocument",
    "sendChatAction",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "pinChatMessage",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "leaveChat",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
];

/// Telegram's spelling of a method, if there is such a method.
pub(crate) fn spelled(method: &str) -> Option<&'static str> {
    NAMES.iter().find(|name| name.eq_ignore_ascii_case(method)).copied()
}

/// Performs a call of any method but getUpdates, and gives its `result`.
///
/// # Errors
///
/// Telegram's refusal; nothing has changed then. 404 for a method that is none of `NAMES`.
pub(crate) fn perform(world: &mut World, method: &str, call: &Value) -> Result<Value, Refusal> {
    let profile = &mut world.profile;
    match method {
        "getMe" => Ok(profile.me()),
        "setMyName" => profile.set_text("name", call),
        "getMyName" => profile.text("name", call),
        "setMyDescription" => profile.set_text("description", call),
        "getMyDescription" => profile.text("description", call),
        "setMyShortDescription" => profile.set_text("short_description", call),
        "getMyShortDescription" => profile.text("short_description", call),
        "setMyCommands" => profile.set_commands(call),
        "getMyCommands" => profile.commands(call),
        "deleteMyCommands" => profile.delete_commands(call),
        "getWebhookInfo" => Ok(polling::webhook_info(world)),
        "setWebhook" => Ok(polling::set_webhook(world, call)),
        "deleteWebhook" => Ok(polling::delete_webhook(world, call)),
        "sendMessage" => messages::send(world, call),
        "sendDocument" => messages::send_document(world, call),
        "editMessageText" => messages::edit_text(world, call),
        "editMessageReplyMarkup" => messages::edit_keyboard(world, call),
        "deleteMessage" => messages::delete(world, call),
        "pinChatMessage" => messages::pin(world, call),
        "answerCallbackQuery" => messages::answer_press(world, call),
        "answerInlineQuery" => inline::answer(world, call),
        "sendChatAction" => messages::act(world, call),
        "getChat" => chats::get(world, call),
        "getChatMember" => chats::member(world, call),
        "getChatAdministrators" => chats::administrators(world, call),
        "leaveChat" => chats::leave(world, call),
        "close" | "logOut" => Ok(json!(true)),
        _ => Err(Refusal::new(404, "Not Found: method not found")),
    }
}
