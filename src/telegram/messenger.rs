//! Delivers what goes out, and reads what comes in: the front as the app sees it.

use std::pin::Pin;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::payloads::{
    AnswerCallbackQuery, EditMessageText, GetChatMember, PinChatMessage, SendChatAction, SendMessage,
};
use teloxide::types::{
    CallbackQueryId, ChatAction, ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId as TelegramId, Recipient,
    ReplyMarkup, ReplyParameters, ThreadId, UserId,
};

use crate::chat::{
    Document, Failure, Front, Incoming, Message, MessageId, Messenger, Outgoing, PressRef, Receipt, Rights, Sound,
};
use crate::domain::{ChatRef, UserRef};

use super::api::Api;
use super::keyboard::markup;
use super::outcome::{Attempt, judged};
use super::piece::Piece;
use super::render::render;
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

/// What is read of a member of a chat.
#[derive(Deserialize)]
struct Member {
    status: String,
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

    /// A message that is too long goes out as several. If a later one fails for now, the outcome is unknown rather
    /// than not sent: people have seen the first, and sending all again would show it twice.
    async fn show(&self, chat: ChatRef, place: Place, message: &Message) -> Result<Receipt, Failure> {
        let texts = render(message);
        let n_texts = texts.len();
        let mut keyboard = markup(&message.actions);
        let mut receipt = Err(Failure::Rejected { reason: "the message is empty".to_owned() });
        for (at, text) in texts.into_iter().enumerate() {
            let keyboard = if at + 1 == n_texts { keyboard.take() } else { None };
            let shown = match (at, place) {
                (0, Place::Over(id)) => self.edit(chat, id, text, keyboard).await,
                (0, Place::New { reply_to, sound }) => self.send(chat, reply_to, sound, text, keyboard).await,
                (_, Place::New { sound, .. }) => self.send(chat, None, sound, text, keyboard).await,
                (_, Place::Over(_)) => self.send(chat, None, Sound::Audible, text, keyboard).await,
            };
            receipt = Ok(shown.map_err(|failure| if at == 0 { failure } else { in_part(failure, at, n_texts) })?);
        }
        receipt
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

    async fn is_administrator(&self, user: UserRef, chat: ChatRef) -> bool {
        let Ok(user) = u64::try_from(user.0) else { return false };
        let payload = GetChatMember::new(recipient(chat.id), UserId(user));
        match self.api.call::<_, Member>(&payload).await {
            Ok(member) => matches!(member.status.as_str(), "creator" | "administrator"),
            Err(error) => {
                tracing::info!(%error, "could not look up whether somebody administers a chat");
                false
            }
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
}

impl Messenger for Telegram {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        match outgoing {
            Outgoing::Send { to, reply_to, message } => {
                self.show(*to, Place::New { reply_to: *reply_to, sound: Sound::Audible }, message).await
            }
            Outgoing::Post { to, message, sound } => {
                self.show(*to, Place::New { reply_to: None, sound: *sound }, message).await
            }
            Outgoing::File { to, reply_to, document } => self.upload(*to, *reply_to, document).await,
            Outgoing::Pin { chat, id } => self.pin(*chat, *id).await,
            Outgoing::Edit { chat, id, message } => self.show(*chat, Place::Over(*id), message).await,
            Outgoing::Toast { press, text } => self.toast(press, text.as_deref()).await,
        }
    }
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

impl Rights for Telegram {
    fn administers(&self, user: UserRef, chat: ChatRef) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        Box::pin(self.is_administrator(user, chat))
    }
}

/// What a failure means when `n_shown` of `n_texts` messages are there already.
fn in_part(failure: Failure, n_shown: usize, n_texts: usize) -> Failure {
    match failure {
        Failure::NotSent { .. } | Failure::Moved { .. } => {
            Failure::Unknown { reason: format!("{n_shown} of {n_texts} messages were sent, then: {failure}") }
        }
        Failure::Unknown { .. }
        | Failure::Gone { .. }
        | Failure::Forbidden { .. }
        | Failure::Rejected { .. }
        | Failure::Unauthorised { .. } => failure,
    }
}

/// What a message can have after it was sent.
fn under_the_message(keyboard: ReplyMarkup) -> Option<InlineKeyboardMarkup> {
    if let ReplyMarkup::InlineKeyboard(keyboard) = keyboard { Some(keyboard) } else { None }
}

const fn recipient(chat: i64) -> Recipient {
    Recipient::Id(ChatId(chat))
}

const fn without_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scripted::Scripted;
    use super::*;
    use crate::chat::{Action, Payload, Target};

    const SENT: &str = r#"{"ok":true,"result":{"message_id":41,"new":{}}}"#;
    const WAIT: &str = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5",
        "parameters":{"retry_after":5}}"#;
    const BLOCKED: &str = r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#;

    async fn telegram(script: Vec<(&'static str, u16, &str)>) -> (Telegram, Scripted) {
        let server = Scripted::new(script).await;
        let me = Me { id: UserRef(99), username: "quote_bot".into(), can_read_all_group_messages: false };
        (Telegram::new(server.api.clone(), me), server)
    }

    fn message(words: &str) -> Message {
        let action = Action { label: "more".into(), target: Target::Press(Payload::new("p").unwrap()) };
        Message { actions: vec![vec![action]], ..Message::text(words) }
    }

    fn to(message: Message) -> Outgoing {
        Outgoing::Send { to: ChatRef { id: -100, thread: Some(3) }, reply_to: Some(MessageId(5)), message }
    }

    #[tokio::test]
    async fn a_reply_goes_to_its_thread_without_preview_or_parse_mode() {
        let (telegram, server) = telegram(vec![("sendmessage", 200, SENT)]).await;
        let receipt = telegram.deliver(&to(message("hello"))).await;
        assert_eq!(receipt, Ok(Receipt { message: Some(MessageId(41)) }));
        assert_eq!(
            server.calls("sendmessage"),
            [json!({
                "chat_id": -100, "message_thread_id": 3, "text": "hello", "entities": [],
                "reply_parameters": { "message_id": 5, "allow_sending_without_reply": true },
                "link_preview_options": { "is_disabled": true },
                "reply_markup": { "inline_keyboard": [[{ "text": "more", "callback_data": "p" }]] },
            })]
        );
    }

    #[tokio::test]
    async fn a_long_message_replies_once_and_has_its_buttons_at_the_end() {
        let (telegram, server) = telegram(vec![("sendmessage", 200, SENT), ("sendmessage", 200, SENT)]).await;
        telegram.deliver(&to(message(&"word ".repeat(1500)))).await.unwrap();
        let calls = server.calls("sendmessage");
        let has = |key| calls.iter().map(|call| !call[key].is_null()).collect::<Vec<_>>();
        assert_eq!(has("reply_parameters"), [true, false]);
        assert_eq!(has("reply_markup"), [false, true]);
        assert_eq!(has("message_thread_id"), [true, true]);
    }

    #[tokio::test]
    async fn what_was_sent_in_part_is_never_called_unsent() {
        let long = to(message(&"word ".repeat(1500)));
        let (whole, _server) = telegram(vec![("sendmessage", 429, WAIT)]).await;
        assert!(matches!(whole.deliver(&long).await, Err(Failure::NotSent { .. })));
        let (part, _server) = telegram(vec![("sendmessage", 200, SENT), ("sendmessage", 429, WAIT)]).await;
        assert!(matches!(part.deliver(&long).await, Err(Failure::Unknown { .. })));
        let (part, _server) = telegram(vec![("sendmessage", 200, SENT), ("sendmessage", 403, BLOCKED)]).await;
        assert!(matches!(part.deliver(&long).await, Err(Failure::Gone { .. })));
    }

    #[tokio::test]
    async fn an_edit_of_nothing_new_and_a_late_toast_are_fine() {
        let same = r#"{"ok":false,"error_code":400,"description":"Bad Request: message is not modified: …"}"#;
        let late = r#"{"ok":false,"error_code":400,"description":"Bad Request: query is too old and response …"}"#;
        let (telegram, server) =
            telegram(vec![("editmessagetext", 400, same), ("answercallbackquery", 400, late)]).await;
        let chat = ChatRef { id: 7, thread: None };
        let edit = Outgoing::Edit { chat, id: MessageId(5), message: Message::text("same") };
        assert_eq!(telegram.deliver(&edit).await, Ok(Receipt { message: None }));
        let toast = Outgoing::Toast { press: PressRef("q".into()), text: Some("я".repeat(300)) };
        assert_eq!(telegram.deliver(&toast).await, Ok(Receipt { message: None }));
        assert_eq!(server.calls("answercallbackquery"), [json!({ "callback_query_id": "q", "text": "я".repeat(200) })]);
        assert_eq!(server.calls("editmessagetext")[0]["message_id"], 5);
    }

    #[tokio::test]
    async fn an_empty_message_is_not_sent() {
        let (telegram, server) = telegram(vec![]).await;
        assert!(matches!(telegram.deliver(&to(Message::default())).await, Err(Failure::Rejected { .. })));
        assert_eq!(server.calls("sendmessage"), [json!(null); 0]);
    }

    #[tokio::test]
    async fn only_a_clear_refusal_means_that_a_person_cannot_be_written_to() {
        for (status, body, can) in [
            (200, r#"{"ok":true,"result":true}"#, true),
            (403, BLOCKED, false),
            (400, r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#, false),
            (429, WAIT, true),
            (502, "<html>", true),
        ] {
            let (telegram, _server) = telegram(vec![("sendchataction", status, body)]).await;
            assert_eq!(telegram.can_write_to(UserRef(7)).await, can, "{body}");
        }
    }
}
