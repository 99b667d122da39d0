//! Polling against a scripted server: what is asked, what is handed over, what is confirmed.

use std::sync::Mutex;

use serde_json::json;

use super::super::scripted::Scripted;
use super::*;
use crate::chat::IntakeError;

const BATCH: &str = r#"{"ok":true,"result":[{"update_id":7,"message":{"chat":{"id":-5}}},{"update_id":3}]}"#;
const DONE: &str = r#"{"ok":true,"result":[]}"#;

/// Refuses as often as it is told, then keeps the ids.
#[derive(Default)]
struct Inbox {
    refusals: Mutex<u32>,
    ids: Mutex<Vec<i64>>,
}

impl Intake for Inbox {
    async fn admit(&self, updates: Vec<Arrived>) -> Result<(), IntakeError> {
        let mut refusals = self.refusals.lock().unwrap();
        if *refusals > 0 {
            *refusals -= 1;
            return Err(IntakeError { reason: "disk full".into() });
        }
        self.ids.lock().unwrap().extend(updates.iter().map(|update| update.id));
        Ok(())
    }
}

/// Listens until the server was polled that often; what was admitted, the offsets asked from, and how it ended.
async fn heard(server: &Scripted, inbox: Inbox, polls: usize) -> (Vec<i64>, Vec<Option<i64>>, Stopped) {
    let shutdown = CancellationToken::new();
    let stop = async {
        server.called("getupdates", polls).await;
        shutdown.cancel();
    };
    let (stopped, ()) = tokio::join!(listen(&server.api, &inbox, &shutdown), stop);
    let offsets = server.calls("getupdates").iter().map(|call| call["offset"].as_i64()).collect();
    (inbox.ids.into_inner().unwrap(), offsets, stopped.unwrap())
}

#[tokio::test]
async fn a_batch_is_confirmed_by_its_last_id_whatever_the_order() {
    let server = Scripted::new(vec![("getupdates", 200, BATCH)]).await;
    let (ids, offsets, stopped) = heard(&server, Inbox::default(), 2).await;
    assert_eq!((ids, stopped), (vec![7, 3], Stopped::Confirmed));
    assert_eq!(offsets, [None, Some(4), Some(4)], "the last one is the farewell");
}

#[tokio::test]
async fn what_could_not_be_taken_in_is_not_confirmed() {
    let server = Scripted::new(vec![("getupdates", 200, BATCH), ("getupdates", 200, BATCH)]).await;
    let inbox = Inbox { refusals: Mutex::new(1), ..Inbox::default() };
    let (ids, offsets, _) = heard(&server, inbox, 3).await;
    assert_eq!(ids, [7, 3]);
    assert_eq!(offsets, [None, None, Some(4), Some(4)]);
}

#[tokio::test]
async fn an_outage_and_a_webhook_are_survived() {
    let webhook = r#"{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active"}"#;
    let server = Scripted::new(vec![
        ("getupdates", 502, "<html>"),
        ("getupdates", 409, webhook),
        ("getupdates", 200, DONE),
        ("getupdates", 200, BATCH),
    ])
    .await;
    let (ids, offsets, _) = heard(&server, Inbox::default(), 5).await;
    assert_eq!(ids, [7, 3]);
    assert_eq!(offsets, [None, None, None, None, Some(4), Some(4)]);
    assert_eq!(server.calls("deletewebhook"), [json!({})], "pending updates are kept");
}

#[tokio::test]
async fn a_batch_that_nothing_can_confirm_is_asked_for_again_until_another_follows() {
    let nameless = r#"{"ok":true,"result":["garbage"]}"#;
    let server = Scripted::new(vec![("getupdates", 200, nameless), ("getupdates", 200, BATCH)]).await;
    let (ids, offsets, _) = heard(&server, Inbox::default(), 3).await;
    assert_eq!((ids, offsets), (vec![7, 3], vec![None, None, Some(4), Some(4)]));
}

#[tokio::test]
async fn a_revoked_token_ends_it() {
    let unauthorised = r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#;
    let server = Scripted::new(vec![("getupdates", 401, unauthorised)]).await;
    let ended = listen(&server.api, &Inbox::default(), &CancellationToken::new()).await;
    assert!(matches!(ended, Err(ListenError::Unauthorised { .. })));
}

#[tokio::test]
async fn a_stop_says_whether_telegram_knows_what_was_admitted() {
    let down = ("getupdates", 502, "<html>");
    for (script, polls, expected) in [
        (vec![], 1, Stopped::Confirmed),
        (vec![("getupdates", 200, BATCH)], 2, Stopped::Confirmed),
        (vec![("getupdates", 200, BATCH), down, down], 2, Stopped::Unconfirmed),
    ] {
        let n_scripted = script.len();
        let server = Scripted::new(script).await;
        let (_, _, stopped) = heard(&server, Inbox::default(), polls).await;
        assert_eq!(stopped, expected, "{n_scripted}");
    }
}

#[test]
fn an_update_without_an_id_blocks_no_other() {
    let deep = format!(r#"{{"message":{}1{},"update_id":4}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let batch = [
        r#"{"update_id":9,"message":{"chat":{"id":-5}}}"#,
        r#"{"message":{"chat":{"id":1}}}"#,
        r#""garbage""#,
        r#"{"update_id":"ten"}"#,
        "null",
        "[5]",
        r#"{"update_id":3,"poll":{}}"#,
        &deep,
        r#"{"update_id":5,"message":{"chat":{"id":1e999}}}"#,
        r#"{"update_id":6,"message":{"chat":{"id":7},"text":"\ud800"}}"#,
    ]
    .join(",");
    let body = format!(r#"{{"ok":true,"result":[{batch}]}}"#);
    let batch: Vec<Box<RawValue>> = super::super::answer::read(200, body.as_bytes()).unwrap();
    let found: Vec<_> = arrived(&batch).into_iter().map(|update| (update.id, update.lane)).collect();
    assert_eq!(found, [(9, -5), (3, 0), (4, 0), (5, 0), (6, 0)]);
}

#[test]
fn a_conflict_is_a_webhook_or_another_poller() {
    let refused = |code, description: &str| ApiError::Refused {
        code,
        description: description.to_owned(),
        retry_after: None,
        migrated_to: None,
    };
    for (error, expected) in [
        (
            refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ),
            Trouble::Webhook,
        ),
        (refused(409, "Conflict: terminated by setWebhook request"), Trouble::Webhook),
        (
            refused(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            ),
            Trouble::OtherPoller,
        ),
        (refused(429, "Too Many Requests: retry after 5"), Trouble::Refused),
        (refused(400, "Bad Request: a webhook, but no conflict"), Trouble::Refused),
        (refused(502, "Bad Gateway"), Trouble::Unreachable),
        (ApiError::Lost("timed out".into()), Trouble::Unreachable),
        (ApiError::Garbled { status: 200 }, Trouble::Unreachable),
    ] {
        assert_eq!(trouble(&error), expected, "{error}");
    }
}

#[test]
fn a_poll_asks_for_the_same_kinds_every_time() {
    for (offset, sent) in [
        (
            None,
            r#"{"limit":100,"timeout":30,"allowed_updates":["message","callback_query","inline_query","my_chat_member"]}"#,
        ),
        (
            Some(1 << 40),
            r#"{"offset":1099511627776,"limit":100,"timeout":30,"allowed_updates":["message","callback_query","inline_query","my_chat_member"]}"#,
        ),
    ] {
        let poll = GetUpdates { offset, limit: 100, timeout: 30, allowed_updates: ALLOWED };
        assert_eq!(serde_json::to_string(&poll).unwrap(), sent);
    }
}
