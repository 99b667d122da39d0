//! The fake Bot API itself: the judge of the other tests has to be right.

mod buttons;
mod choices;
mod content;
mod drafts;
mod faults;
mod inline;
mod messages;
mod people;
mod polling;
mod profile;
mod topics;
mod violations;

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::fake::{FakeTelegram, User};

/// A client that knows nothing but HTTP.
#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    fn of(fake: &FakeTelegram) -> Self {
        Self { http: reqwest::Client::new(), base: format!("{}/bot{}", fake.url(), fake.token()) }
    }

    /// The raw exchange: what went wrong on the wire is the caller's to see.
    async fn post(&self, method: &str, body: &Value) -> reqwest::Result<Response> {
        let url = format!("{}/{method}", self.base);
        self.http.post(url).json(body).send().await
    }

    /// Status and JSON of an answer that must come.
    async fn call(&self, method: &str, body: Value) -> (u16, Value) {
        let response = self.post(method, &body).await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// The `result` of a call that must succeed.
    async fn ok(&self, method: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, body).await;
        assert_eq!(status, 200, "{method}: {answer}");
        assert_eq!(answer["ok"], true);
        answer["result"].clone()
    }

    /// Status and description of a call that must fail.
    async fn refused(&self, method: &str, body: Value) -> (u16, String) {
        let (status, answer) = self.call(method, body).await;
        assert_eq!(answer["ok"], false, "{method}: {answer}");
        assert_eq!(answer["error_code"], status);
        (status, answer["description"].as_str().unwrap().to_owned())
    }

    async fn send(&self, chat_id: i64, text: &str) -> Value {
        self.ok("sendMessage", json!({ "chat_id": chat_id, "text": text })).await
    }

    /// The numbers that a poll without waiting brings.
    async fn poll(&self, offset: i64) -> Vec<i64> {
        let updates = self.ok("getUpdates", json!({ "offset": offset })).await;
        let updates = updates.as_array().unwrap().iter();
        updates.map(|update| update["update_id"].as_i64().unwrap()).collect()
    }
}

/// Ann, who wrote to the bot once.
fn ann(fake: &FakeTelegram) -> User {
    let ann = User::new(7, "Ann").speaking("en").named("ann");
    fake.private_text(&ann, "/start");
    ann
}
