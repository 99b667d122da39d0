//! For tests: a Bot API that answers as it is told, once per line, and keeps what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::Notify;

use super::api::Api;

/// Answers by method (lower case), used up in order. A method without one left answers with `true`, but a poll is held.
pub(super) struct Scripted {
    pub(super) api: Api,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    script: Mutex<VecDeque<(&'static str, u16, String)>>,
    calls: Mutex<Vec<(String, Value)>>,
    called: Notify,
}

impl Scripted {
    pub(super) async fn new(script: Vec<(&'static str, u16, &str)>) -> Self {
        let script = script.into_iter().map(|(method, status, body)| (method, status, body.to_owned())).collect();
        let shared = Arc::new(Shared { script: Mutex::new(script), ..Shared::default() });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/{token}/{method}", axum::routing::post(answer)).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { api: Api::new(SecretString::from("1:canary"), &base).unwrap(), shared }
    }

    /// What that method was called with so far.
    pub(super) fn calls(&self, method: &str) -> Vec<Value> {
        let calls = self.shared.calls.lock().unwrap();
        calls.iter().filter(|(called, _)| called == method).map(|(_, body)| body.clone()).collect()
    }

    /// Waits until that method was called that often.
    pub(super) async fn called(&self, method: &str, times: usize) {
        loop {
            let next = self.shared.called.notified();
            if self.calls(method).len() >= times {
                return;
            }
            next.await;
        }
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((_, method)): Path<(String, String)>,
    body: String,
) -> (StatusCode, String) {
    let method = method.to_ascii_lowercase();
    // A file comes as a form, which nobody reads.
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let at_once = body["timeout"] == 0;
    shared.calls.lock().unwrap().push((method.clone(), body));
    shared.called.notify_waiters();
    let scripted = {
        let mut script = shared.script.lock().unwrap();
        let at = script.iter().position(|(scripted, ..)| *scripted == method);
        at.and_then(|at| script.remove(at))
    };
    match scripted {
        Some((_, status, body)) => (StatusCode::from_u16(status).unwrap(), body),
        None if method == "getupdates" && !at_once => std::future::pending().await,
        None => (StatusCode::OK, r#"{"ok":true,"result":true}"#.to_owned()),
    }
}
