//! Each fault, as an HTTP client meets it, on both sides of the call's effect.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Client, ann};
use crate::support::fake::{Accepted, Call, FakeTelegram, Fault, FaultBody, PERMANENT, Refusal, Script, Shown};

const BOTH_SIDES: [(Accepted, usize); 2] = [(Accepted::Before, 0), (Accepted::After, 1)];

fn message() -> Value {
    json!({ "chat_id": 7, "text": "hi" })
}

/// A fake with one scripted fault, in which Ann has written.
async fn with_fault(fault: Fault, accepted: Accepted) -> (FakeTelegram, Client) {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    fake.script(Script::new("sendMessage", fault).accepted(accepted));
    let client = Client::of(&fake);
    (fake, client)
}

/// Whether the message was accepted is the log's to say; the next call goes well.
async fn check_effect(fake: &FakeTelegram, client: &Client, n_accepted: usize) {
    assert_eq!(fake.sent_to(7).len(), n_accepted);
    let struck: &Call = &fake.all_calls()[0];
    assert_eq!(struck.accepted, n_accepted == 1);
    assert_eq!(fake.faults_left(), 0);
    client.send(7, "hi again").await;
}

#[tokio::test]
async fn too_many_requests_may_say_how_long_to_wait() {
    for (accepted, n) in BOTH_SIDES {
        let cases = [
            (Some(35), "Too Many Requests: retry after 35", json!({ "retry_after": 35 })),
            (None, "Too Many Requests", Value::Null),
        ];
        for (retry_after, description, parameters) in cases {
            let fault = Fault::TooManyRequests { retry_after };
            let (fake, client) = with_fault(fault, accepted).await;
            let (status, answer) = client.call("sendMessage", message()).await;
            assert_eq!(status, 429);
            assert_eq!(answer["description"], description);
            assert_eq!(answer["parameters"], parameters);
            assert_eq!(fake.all_calls()[0].status(), Some(429));
            check_effect(&fake, &client, n).await;
        }
    }
}

#[tokio::test]
async fn server_errors_come_as_json_or_html() {
    for (accepted, n) in BOTH_SIDES {
        for (status, body, words) in [
            (500, FaultBody::Json, "\"description\":\"Internal Server Error\""),
            (502, FaultBody::Html, "<title>502 Bad Gateway</title>"),
        ] {
            let (fake, client) = with_fault(Fault::Http { status, body }, accepted).await;
            let response = client.post("sendMessage", &message()).await.unwrap();
            assert_eq!(response.status().as_u16(), status);
            let text = response.text().await.unwrap();
            assert!(text.contains(words), "{text}");
            check_effect(&fake, &client, n).await;
        }
    }
}

#[tokio::test]
async fn a_reset_is_an_error_before_any_status() {
    for (accepted, n) in BOTH_SIDES {
        let (fake, client) = with_fault(Fault::ResetConnection, accepted).await;
        let error = client.post("sendMessage", &message()).await.unwrap_err();
        assert!(error.is_request() && !error.is_timeout(), "{error:?}");
        assert!(format!("{error:?}").contains("ConnectionReset"), "{error:?}");
        assert_eq!(fake.all_calls()[0].shown, Shown::Reset);
        check_effect(&fake, &client, n).await;
    }
}

#[tokio::test]
async fn half_a_body_is_a_status_and_then_an_error() {
    for (accepted, n) in BOTH_SIDES {
        let (fake, client) = with_fault(Fault::HalfBody, accepted).await;
        let mut response = client.post("sendMessage", &message()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        let whole = response.content_length().unwrap();
        let half = response.chunk().await.unwrap().unwrap();
        assert_eq!(half.len() as u64, whole / 2);
        assert!(half.starts_with(b"{\"ok\":t"));
        assert!(response.chunk().await.is_err());
        assert_eq!(fake.all_calls()[0].shown, Shown::Half);
        check_effect(&fake, &client, n).await;
    }
}

#[tokio::test]
async fn a_stall_lasts_until_the_client_gives_up() {
    for (accepted, n) in BOTH_SIDES {
        let (fake, client) = with_fault(Fault::Stall, accepted).await;
        let request = client.http.post(format!("{}/sendMessage", client.base));
        let request = request.json(&message()).timeout(Duration::from_millis(200));
        assert!(request.send().await.unwrap_err().is_timeout());
        assert_eq!(fake.all_calls()[0].shown, Shown::Silence);
        check_effect(&fake, &client, n).await;
    }
}

#[tokio::test]
async fn garbage_has_status_200_and_does_not_parse() {
    for (accepted, n) in BOTH_SIDES {
        let (fake, client) = with_fault(Fault::Garbage200, accepted).await;
        let response = client.post("sendMessage", &message()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        assert!(response.json::<Value>().await.unwrap_err().is_decode());
        check_effect(&fake, &client, n).await;
    }
}

#[tokio::test]
async fn a_slow_answer_is_the_true_one() {
    for (accepted, _) in BOTH_SIDES {
        let (fake, client) = with_fault(Fault::Slow(Duration::from_millis(20)), accepted).await;
        assert_eq!(client.send(7, "hi").await["text"], "hi");
        check_effect(&fake, &client, 1).await;
    }
}

#[tokio::test]
async fn every_permanent_error_keeps_its_words() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    for (code, description) in PERMANENT {
        fake.fault("sendMessage", Fault::Refuse(Refusal::new(*code, description)));
        let refused = client.refused("sendMessage", message()).await;
        assert_eq!(refused, (*code, (*description).to_owned()));
    }
    assert_eq!(fake.sent_to(7).len(), 0);
}

#[tokio::test]
async fn faults_strike_in_order_and_only_what_they_are_scripted_for() {
    let fake = FakeTelegram::start().await;
    ann(&fake);
    let client = Client::of(&fake);
    let http = |status| Fault::Http { status, body: FaultBody::Json };
    let to_others = |call: &Value| call["chat_id"] != json!(7);
    fake.script(Script::new("sendMessage", http(501)).when(to_others));
    fake.fault_times("SENDMESSAGE", 2, http(502));
    fake.fault("sendMessage", http(503));
    fake.fault_times("sendMessage", 0, http(504));

    client.ok("getMe", json!({})).await;
    for status in [502, 502, 503] {
        assert_eq!(client.call("sendMessage", message()).await.0, status);
    }
    client.send(7, "hi").await;
    assert_eq!(fake.faults_left(), 1);
    let to_another = json!({ "chat_id": 8, "text": "hi" });
    assert_eq!(client.call("sendMessage", to_another).await.0, 501);
}
