//! Delivers what goes out, and reads what comes in: the front as the app sees it.

mod rights;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::payloads::{
    AnswerCallbackQuery, DeleteMessage, EditMessageText, PinChatMessage, SendChatAction, SendMessage,
};
use teloxide::types::{
    CallbackQueryId, ChatAction, ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId as TelegramId, Recipient,
    ReplyMarkup, ReplyParameters, ThreadId,
};

use crate::chat::{
    Document, Failure, Front, Incoming, Message, MessageId, Messenger, Outgoing, PressRef, Receipt, Results, SearchRef,
    Sound,
};
use crate::domain::{ChatRef, UserRef};

use super::api::Api;
use super::keyboard::markup;
use super::outcome::{Attempt, judged};
use super::piece::Piece;
use super::render::render;
use super::search;
use super::setup::Me;
use super::update;

/// The longest toast, in characters.
const TOAST: usize = 200;

/// A bot in Telegram. Clones share connections.
#[derive(Debug, Clone)]
pub struct Telegram {
    api: Api,
    me: Me,
}

/// Where a message's first text goes; the others follow as new messages.
#[derive(Debug, Clone, Copy)]
enum Place {
    New { reply_to: Option<MessageId>, sound: Sound },
    Over(MessageId),
}

/// What is read of a message that was sent.
#[derive(Deserialize)]
struct Sent {
    message_id: i32,
}

impl Telegram {
    /// `me`: who the bot is, as [`introduce`](super::introduce) found.
    #[must_use]
    pub const fn new(api: Api, me: Me) -> Self {
        Self { api, me }
    }

    /// A message that is too long goes out as several; the receipt is the first one's, where a reader begins. Whatever
    /// stops a later one, the outcome is unknown: people have seen the first, and sending all again would show it twice.
    async fn show(&self, chat: ChatRef, place: Place, message: &Message) -> Result<Receipt, Failure> {
        let n_texts = render(message).len();
        let first = self.show_part(chat, place, message, 0).await?;
        for at in 1..n_texts {
            let shown = self.show_part(chat, place, message, at).await;
            shown.map_err(|failure| in_part(&failure, at, n_texts))?;
        }
        Ok(first)
    }

    async fn show_part(&self, chat: ChatRef, place: Place, message: &Message, at: usize) -> Result<Receipt, Failure> {
        let mut texts = render(message).into_iter().skip(at);
        let Some(text) = texts.next() else { return Err(empty()) };
        let keyboard = if texts.next().is_none() { markup(&message.actions, &self.me) } else { None };
        match (at, place) {
            (0, Place::Over(id)) => self.edit(chat, id, text, keyboard).await,
            (0, Place::New { reply_to, sound }) => self.send(chat, reply_to, sound, text, keyboard).await,
            (_, Place::New { sound, .. }) => self.send(chat, None, sound, text, keyboard).await,
            (_, Place::Over(_)) => self.send(chat, None, Sound::Audible, text, keyboard).await,
        }
    }

    async fn send(
        &self,
        chat: ChatRef,
        reply_to: Option<MessageId>,
        sound: Sound,
        text: Piece,
        keyboard: Option<ReplyMarkup>,
    ) -> Result<Receipt, Failure> {
        let mut payload = SendMessage::new(recipient(chat.id), text.text);
        payload.entities = Some(text.entities);
        payload.message_thread_id = chat.thread.map(|thread| ThreadId(TelegramId(thread)));
        payload.reply_parameters =
            reply_to.map(|id| ReplyParameters::new(TelegramId(id.0)).allow_sending_without_reply());
        payload.disable_notification = (sound == Sound::Silent).then_some(true);
        payload.link_preview_options = Some(without_preview());
        payload.reply_markup = keyboard;
        match self.api.call::<_, Sent>(&payload).await {
            Ok(sent) => Ok(Receipt { message: Some(MessageId(sent.message_id)) }),
            Err(error) => judged(Attempt::Send, error),
        }
    }

    /// teloxide's own payload for this holds a stream, which cannot be sent again.
    async fn upload(
        &self,
        chat: ChatRef,
        reply_to: Option<MessageId>,
        document: &Document,
    ) -> Result<Receipt, Failure> {
        let mut fields = vec![("chat_id", chat.id.to_string()), ("caption", document.caption.clone())];
        fields.extend(chat.thread.map(|thread| ("message_thread_id", thread.to_string())));
        fields.extend(reply_to.map(|id| {
            ("reply_parameters", format!(r#"{{"message_id":{},"allow_sending_without_reply":true}}"#, id.0))
        }));
        match self.api.upload::<Sent>("sendDocument", fields, "document", document).await {
            Ok(sent) => Ok(Receipt { message: Some(MessageId(sent.message_id)) }),
            Err(error) => judged(Attempt::Send, error),
        }
    }

    async fn edit(
        &self,
        chat: ChatRef,
        id: MessageId,
        text: Piece,
        keyboard: Option<ReplyMarkup>,
    ) -> Result<Receipt, Failure> {
        let mut payload = EditMessageText::new(recipient(chat.id), TelegramId(id.0), text.text);
        payload.entities = Some(text.entities);
        payload.link_preview_options = Some(without_preview());
        payload.reply_markup = keyboard.and_then(under_the_message);
        match self.api.call::<_, IgnoredAny>(&payload).await {
            Ok(_) => Ok(Receipt { message: Some(id) }),
            Err(error) => judged(Attempt::Edit, error),
        }
    }

    /// Without a notice of its own: the post made itself heard as it was meant to.
    async fn pin(&self, chat: ChatRef, id: MessageId) -> Result<Receipt, Failure> {
        let mut payload = PinChatMessage::new(recipient(chat.id), TelegramId(id.0));
        payload.disable_notification = Some(true);
        match self.api.call::<_, IgnoredAny>(&payload).await {
            Ok(_) => Ok(Receipt { message: Some(id) }),
            Err(error) => judged(Attempt::Pin, error),
        }
    }

    async fn delete(&self, chat: ChatRef, id: MessageId) -> Result<Receipt, Failure> {
        let payload = DeleteMessage::new(recipient(chat.id), TelegramId(id.0));
        match self.api.call::<_, IgnoredAny>(&payload).await {
            Ok(_) => Ok(Receipt { message: None }),
            Err(error) => judged(Attempt::Delete, error),
        }
    }

    async fn toast(&self, press: &PressRef, text: Option<&str>) -> Result<Receipt, Failure> {
        let mut payload = AnswerCallbackQuery::new(CallbackQueryId(press.0.clone()));
        payload.text = text.map(|text| text.chars().take(TOAST).collect());
        match self.api.call::<_, IgnoredAny>(&payload).await {
            Ok(_) => Ok(Receipt { message: None }),
            Err(error) => judged(Attempt::Toast, error),
        }
    }

    async fn offer(&self, search: &SearchRef, results: &Results) -> Result<Receipt, Failure> {
        match self.api.call::<_, IgnoredAny>(&search::answer(search, results)).await {
            Ok(_) => Ok(Receipt { message: None }),
            Err(error) => judged(Attempt::Results, error),
        }
    }
}

impl Messenger for Telegram {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        let outgoing = outgoing.itself();
        if let Some((chat, place, message)) = shown(outgoing) {
            return self.show(chat, place, message).await;
        }
        match outgoing {
            Outgoing::File { to, reply_to, document } => self.upload(*to, *reply_to, document).await,
            Outgoing::Pin { chat, id } => self.pin(*chat, *id).await,
            Outgoing::Delete { chat, id } => self.delete(*chat, *id).await,
            Outgoing::Toast { press, text } => self.toast(press, text.as_deref()).await,
            Outgoing::Results { search, results } => self.offer(search, results).await,
            Outgoing::Send { .. }
            | Outgoing::Passing { .. }
            | Outgoing::Privately { .. }
            | Outgoing::Post { .. }
            | Outgoing::Edit { .. } => Err(empty()),
        }
    }

    fn n_parts(&self, outgoing: &Outgoing) -> usize {
        shown(outgoing).map_or(1, |(_, _, message)| render(message).len().max(1))
    }

    async fn deliver_part(&self, outgoing: &Outgoing, part: usize) -> Result<Receipt, Failure> {
        match shown(outgoing) {
            Some((chat, place, message)) => self.show_part(chat, place, message, part).await,
            None => self.deliver(outgoing).await,
        }
    }
}

/// The message in it, if it is one, and where that goes.
fn shown(outgoing: &Outgoing) -> Option<(ChatRef, Place, &Message)> {
    match outgoing.itself() {
        Outgoing::Send { to, reply_to, message } => {
            Some((*to, Place::New { reply_to: *reply_to, sound: Sound::Audible }, message))
        }
        Outgoing::Privately { to, message, .. } => {
            Some((*to, Place::New { reply_to: None, sound: Sound::Audible }, message))
        }
        Outgoing::Post { to, message, sound } => Some((*to, Place::New { reply_to: None, sound: *sound }, message)),
        Outgoing::Edit { chat, id, message } => Some((*chat, Place::Over(*id), message)),
        Outgoing::Passing { .. }
        | Outgoing::File { .. }
        | Outgoing::Pin { .. }
        | Outgoing::Delete { .. }
        | Outgoing::Toast { .. }
        | Outgoing::Results { .. } => None,
    }
}

fn empty() -> Failure {
    Failure::Rejected { reason: "the message is empty".to_owned() }
}

impl Front for Telegram {
    fn read(&self, raw: &str, received: Timestamp) -> Option<Incoming> {
        update::read(raw, &self.me, received)
    }

    /// Asked by a "typing…", which is refused where a message would be. Only a clear refusal counts as no.
    async fn can_write_to(&self, user: UserRef) -> bool {
        let payload = SendChatAction::new(recipient(user.0), ChatAction::Typing);
        match self.api.call::<_, IgnoredAny>(&payload).await {
            Ok(_) => true,
            Err(error) => !matches!(
                judged(Attempt::Send, error),
                Err(Failure::Gone { .. } | Failure::Forbidden { .. } | Failure::Rejected { .. })
            ),
        }
    }
}

/// What a failure means when `n_shown` of `n_texts` messages are there already. The next call tells, of a chat that is
/// gone or closed, what this one would have told.
fn in_part(failure: &Failure, n_shown: usize, n_texts: usize) -> Failure {
    Failure::Unknown { reason: format!("{n_shown} of {n_texts} messages were sent, then: {failure}") }
}

/// What a message can have after it was sent.
fn under_the_message(keyboard: ReplyMarkup) -> Option<InlineKeyboardMarkup> {
    if let ReplyMarkup::InlineKeyboard(keyboard) = keyboard { Some(keyboard) } else { None }
}

const fn recipient(chat: i64) -> Recipient {
    Recipient::Id(ChatId(chat))
}

pub(super) const fn without_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[cfg(test)]
mod tests;
