//! What is called for each thing that goes out, and what becomes of the answer.

use serde_json::json;

use super::super::scripted::Scripted;
use super::*;
use crate::chat::{Action, Administers, Payload, Rights, Target};

const SENT: &str = r#"{"ok":true,"result":{"message_id":41,"new":{}}}"#;
const WAIT: &str = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5",
    "parameters":{"retry_after":5}}"#;
const BLOCKED: &str = r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#;
const CLOSED: &str = r#"{"ok":false,"error_code":403,"description":"Forbidden: CHAT_WRITE_FORBIDDEN"}"#;
const UNAUTHORISED: &str = r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#;

async fn telegram(script: Vec<(&'static str, u16, &str)>) -> (Telegram, Scripted) {
    let server = Scripted::new(script).await;
    let me = Me {
        id: UserRef(99),
        username: "quote_bot".into(),
        can_read_all_group_messages: false,
        supports_inline_queries: false,
    };
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
    for (status, body) in [(429, WAIT), (403, BLOCKED), (403, CLOSED), (401, UNAUTHORISED), (502, "<html>")] {
        let (part, _server) = telegram(vec![("sendmessage", 200, SENT), ("sendmessage", status, body)]).await;
        assert!(matches!(part.deliver(&long).await, Err(Failure::Unknown { .. })), "{body}");
    }
    let second = r#"{"ok":true,"result":{"message_id":42}}"#;
    let (all, _server) = telegram(vec![("sendmessage", 200, SENT), ("sendmessage", 200, second)]).await;
    assert_eq!(all.deliver(&long).await, Ok(Receipt { message: Some(MessageId(41)) }), "where a reader begins");
}

#[tokio::test]
async fn an_edit_of_nothing_new_and_a_late_toast_are_fine() {
    let same = r#"{"ok":false,"error_code":400,"description":"Bad Request: message is not modified: …"}"#;
    let late = r#"{"ok":false,"error_code":400,"description":"Bad Request: query is too old and response …"}"#;
    let (telegram, server) = telegram(vec![("editmessagetext", 400, same), ("answercallbackquery", 400, late)]).await;
    let chat = ChatRef { id: 7, thread: None };
    let edit = Outgoing::Edit { chat, id: MessageId(5), message: Message::text("same") };
    assert_eq!(telegram.deliver(&edit).await, Ok(Receipt { message: None }));
    let toast = Outgoing::Toast { press: PressRef("q".into()), text: Some("я".repeat(300)) };
    assert_eq!(telegram.deliver(&toast).await, Ok(Receipt { message: None }));
    assert_eq!(server.calls("answercallbackquery"), [json!({ "callback_query_id": "q", "text": "я".repeat(200) })]);
    assert_eq!(server.calls("editmessagetext")[0]["message_id"], 5);
}

/// How long something stays changes nothing of how it is delivered.
#[tokio::test]
async fn what_passes_is_delivered_as_what_it_is() {
    let script = vec![("senddocument", 200, SENT), ("editmessagetext", 200, SENT), ("sendmessage", 200, SENT)];
    let (telegram, server) = telegram(script).await;
    let chat = ChatRef { id: -100, thread: None };
    let (name, content, caption) = ("a.ics".to_owned(), "BEGIN:VCALENDAR".to_owned(), "a calendar".to_owned());
    let document = Document { name, mime: "text/calendar", content, caption };
    for (what, id) in [
        (Outgoing::File { to: chat, reply_to: None, document }, 41),
        (Outgoing::Edit { chat, id: MessageId(5), message: message("other words") }, 5),
        (to(message("hello")), 41),
    ] {
        let passing = Outgoing::Passing { what: Box::new(what), lifetime: jiff::SignedDuration::from_mins(5) };
        assert_eq!(telegram.n_parts(&passing), 1);
        assert_eq!(telegram.deliver_part(&passing, 0).await, Ok(Receipt { message: Some(MessageId(id)) }));
    }
    assert_eq!(server.calls("editmessagetext").len() + server.calls("sendmessage").len(), 2);
}

#[tokio::test]
async fn an_empty_message_is_not_sent() {
    let (telegram, server) = telegram(vec![]).await;
    assert!(matches!(telegram.deliver(&to(Message::default())).await, Err(Failure::Rejected { .. })));
    assert_eq!(server.calls("sendmessage"), [json!(null); 0]);
}

#[tokio::test]
async fn only_a_standing_tells_who_administers_a_chat() {
    let refused = r#"{"ok":false,"error_code":400,"description":"Bad Request: member list is inaccessible"}"#;
    for (status, body, administers) in [
        (200, r#"{"ok":true,"result":{"status":"creator"}}"#, Administers::Yes),
        (200, r#"{"ok":true,"result":{"status":"administrator"}}"#, Administers::Yes),
        (200, r#"{"ok":true,"result":{"status":"member"}}"#, Administers::No),
        (200, r#"{"ok":true,"result":{"status":"left"}}"#, Administers::No),
        (200, r#"{"ok":true,"result":{}}"#, Administers::Unknown),
        (400, refused, Administers::Unknown),
        (429, WAIT, Administers::Unknown),
        (502, "<html>", Administers::Unknown),
    ] {
        let (telegram, _server) = telegram(vec![("getchatmember", status, body)]).await;
        let told = telegram.administers(UserRef(7), ChatRef { id: -100, thread: None }).await;
        assert_eq!(told, administers, "{body}");
    }
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
