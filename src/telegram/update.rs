//! A raw update becomes an [`Incoming`], or nothing if it is not for the bot. Pure: a replay reads the same.

use jiff::Timestamp;
use serde_json::{Value, json};
use teloxide::types::{CallbackQuery, Chat, MediaKind, Message, MessageEntity, MessageKind, Update, UpdateKind, User};

use crate::chat::{Address, Incoming, MessageId, Payload, PressRef, Question, Standing, What};
use crate::domain::{ChatKind, ChatRef, Language, Title, UserRef};

use super::keyboard;
use super::membership;
use super::mention::{Mentioned, without_mentions};
use super::sanitise::sanitise;
use super::search;
use super::setup::Me;

/// The command that asks a question.
const ASK: &str = "ask";

/// Reads an update; `None` if it is not for the bot, or not one at all.
#[must_use]
pub fn read(raw: &str, me: &Me, received: Timestamp) -> Option<Incoming> {
    let update: Value = serde_json::from_str(raw).ok()?;
    if let Some(change) = update.get("my_chat_member") {
        return membership::read(change);
    }
    if let Some(query) = update.get("inline_query") {
        return search::read(query, received);
    }
    let known = sanitise(&update)?;
    // Through text: teloxide's `Update` does not read from a value.
    let known: Update = serde_json::from_str(&known.to_string()).ok()?;
    match known.kind {
        UpdateKind::Message(message) => {
            let incoming = said(&message, me)?;
            let replied = match incoming.what {
                What::Command { .. } => replied(&update),
                _ => None,
            };
            Some(Incoming { replied, ..incoming })
        }
        UpdateKind::CallbackQuery(query) => pressed(query, received).map(|press| with_question(press, raw, me)),
        _ => None,
    }
}

/// The words of the message that another replies to; of them those that were picked out, if some were.
fn replied(update: &Value) -> Option<String> {
    let words = |pointer| update.pointer(pointer).and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    let found = ["/message/quote/text", "/message/reply_to_message/text", "/message/reply_to_message/caption"];
    found.into_iter().find_map(words).map(str::to_owned)
}

/// What an update must stay in order with: its chat, else its sender, else 0.
#[must_use]
pub fn lane(update: &Value) -> i64 {
    let content = update.as_object().and_then(|update| update.values().find(|part| part.is_object()));
    let number = |pointer| content.and_then(|content| content.pointer(pointer)).and_then(Value::as_i64);
    ["/chat/id", "/message/chat/id", "/from/id"].into_iter().find_map(number).unwrap_or(0)
}

fn said(message: &Message, me: &Me) -> Option<Incoming> {
    let kind = kind_of(&message.chat);
    let author = author(message, me)?;
    let (what, address) = match (message.text(), kind) {
        (_, ChatKind::Channel) => return None,
        (Some(text), ChatKind::Private) => {
            (What::parse(&without_mentions(text, entities(message), me).0).0, Address::Personal)
        }
        (Some(text), ChatKind::Group) => addressed(message, text, me)?,
        (None, ChatKind::Private) if message.shared_chat().is_some() => (chosen(message)?, Address::Personal),
        (None, ChatKind::Private) if !is_service(message) => (What::Unreadable, Address::Personal),
        (None, ChatKind::Group) => (moved(message)?, Address::Personal),
        (None, ChatKind::Private) => return None,
    };
    Some(Incoming {
        chat: chat_of(message),
        kind,
        title: message.chat.title().and_then(Title::clean),
        from: author.and_then(user_ref),
        standing: standing(message),
        interface: author.and_then(|user| Language::from_code(user.language_code.as_deref()?)),
        message: Some(MessageId(message.id.0)),
        sent: Timestamp::from_second(message.date.timestamp()).ok()?,
        replied: None,
        address,
        what,
    })
}

/// The number that a group had before this message, if it has another one since.
fn moved(message: &Message) -> Option<What> {
    message.migrate_from_chat_id().map(|from| What::Moved { from: from.0 })
}

/// The chat somebody chose, by the number of the request that the bot made.
fn chosen(message: &Message) -> Option<What> {
    let shared = message.shared_chat()?;
    let kind = keyboard::kind_of_request(shared.request_id)?;
    let title = shared.title.as_deref().and_then(Title::clean);
    Some(What::Chosen { chat: ChatRef { id: shared.chat_id.0, thread: None }, kind, title })
}

/// An administrator who is anonymous writes as the group itself.
fn standing(message: &Message) -> Standing {
    match &message.sender_chat {
        Some(sender) if sender.id == message.chat.id => Standing::ThisChat,
        Some(_) | None => Standing::Own,
    }
}

/// What words in a group are to the bot; `None` if they are not for it.
fn addressed(message: &Message, text: &str, me: &Me) -> Option<(What, Address)> {
    let (words, mentioned) = without_mentions(text, entities(message), me);
    let replied = message.reply_to_message().and_then(|replied| replied.from.as_ref());
    let personal = mentioned == Mentioned::Yes || replied.is_some_and(|author| me.is(author));
    match What::parse(&words) {
        (what @ What::Command { .. }, Some(bot)) => me.is_named(&bot).then_some((what, Address::Personal)),
        (what, _) if personal => Some((what, Address::Personal)),
        (what @ What::Command { .. }, None) => Some((what, Address::Open)),
        (
            What::Text(_)
            | What::Press { .. }
            | What::Search { .. }
            | What::Chosen { .. }
            | What::Membership(_)
            | What::Moved { .. }
            | What::Unreadable,
            _,
        ) => None,
    }
}

/// Who wrote it: `Some(None)` for somebody who writes as a chat, `None` for a machine.
fn author<'a>(message: &'a Message, me: &Me) -> Option<Option<&'a User>> {
    if message.is_automatic_forward() || message.via_bot.as_ref().is_some_and(|bot| me.is(bot)) {
        return None;
    }
    // Who writes as a chat comes with a placeholder for a sender, which calls itself a bot.
    if message.sender_chat.is_some() {
        return Some(None);
    }
    match &message.from {
        Some(user) if user.is_bot => None,
        from => Some(from.as_ref()),
    }
}

fn entities(message: &Message) -> &[MessageEntity] {
    message.entities().unwrap_or_default()
}

fn pressed(query: CallbackQuery, received: Timestamp) -> Option<Incoming> {
    let message = query.message?;
    let chat = message.regular_message().map_or(ChatRef { id: message.chat().id.0, thread: None }, chat_of);
    Some(Incoming {
        chat,
        kind: kind_of(message.chat()),
        title: message.chat().title().and_then(Title::clean),
        from: user_ref(&query.from),
        standing: Standing::Own,
        interface: query.from.language_code.as_deref().and_then(Language::from_code),
        message: Some(MessageId(message.id().0)),
        sent: received,
        replied: None,
        address: Address::Personal,
        what: What::Press { payload: Payload::new(query.data?)?, press: PressRef(query.id.0), asked: None },
    })
}

/// A press in private with what its message replies to, read as if it came now.
fn with_question(mut pressed: Incoming, raw: &str, me: &Me) -> Incoming {
    if let (ChatKind::Private, What::Press { asked, .. }) = (pressed.kind, &mut pressed.what) {
        *asked = question(raw, me);
    }
    pressed
}

fn question(raw: &str, me: &Me) -> Option<Question> {
    let mut update: Value = serde_json::from_str(raw).ok()?;
    let replied = update.pointer_mut("/callback_query/message/reply_to_message")?.take();
    let update = sanitise(&json!({ "message": replied }))?;
    let update: Update = serde_json::from_str(&update.to_string()).ok()?;
    let UpdateKind::Message(message) = update.kind else { return None };
    let incoming = said(&message, me)?;
    let words = match incoming.what {
        What::Text(words) => words,
        What::Command { name, rest } if name == ASK => rest,
        _ => return None,
    };
    Some(Question { message: incoming.message?, words })
}

fn kind_of(chat: &Chat) -> ChatKind {
    if chat.is_private() {
        ChatKind::Private
    } else if chat.is_channel() {
        ChatKind::Channel
    } else {
        ChatKind::Group
    }
}

/// Outside forums a thread is a chain of replies, which nobody has to stay in.
fn chat_of(message: &Message) -> ChatRef {
    let thread = message.thread_id.filter(|_| message.is_topic_message).map(|thread| thread.0.0);
    ChatRef { id: message.chat.id.0, thread }
}

fn user_ref(user: &User) -> Option<UserRef> {
    i64::try_from(user.id.0).ok().map(UserRef)
}

/// Whether a message without words only reports that something happened. One that nothing is known of counts as
/// something that a person sent: it is better to say that it cannot be read than to be silent.
fn is_service(message: &Message) -> bool {
    match &message.kind {
        MessageKind::Common(common) => matches!(common.media_kind, MediaKind::Migration(_)),
        MessageKind::Dice(_) | MessageKind::Empty {} => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
