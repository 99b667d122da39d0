//! One call to the Bot API: what is known of it afterwards is kept, and the token is not shown.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, Url, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use teloxide::requests::Payload;

use crate::chat::Document;
use crate::fail_points::fail_point;

use super::answer::{ApiError, chain, read, unanswered};
use super::shape::{DEFAULT_BASE, is_token, server};

const CONNECT: Duration = Duration::from_secs(5);
/// A connection that the server closes just as a request goes out leaves it unknown whether it arrived: better not to
/// use one that the server may be tired of.
const IDLE: Duration = Duration::from_secs(30);
const REQUEST: Duration = Duration::from_secs(15);
/// What a long poll may take beyond the time it asks the server to wait.
const POLL_MARGIN: Duration = Duration::from_secs(10);

/// A bot on a Bot API server. Clones share connections. `Debug` shows the server and not the token.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: Url,
    token: SecretString,
}

/// The settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnusableApi {
    /// The token has a form that no token has. It is not shown.
    #[error(
        "TELOXIDE_TOKEN does not look like a bot token (123456:ABC-DEF…); copy it again from @BotFather, without \
         quotes or spaces"
    )]
    Token,
    /// The server's address is malformed.
    /// It is not shown either: it may hold the token.
    #[error("TELOXIDE_API_URL {why}; it looks like {DEFAULT_BASE} or http://localhost:8081")]
    Base {
        /// What is wrong with it.
        why: String,
    },
    /// The HTTP client cannot be built.
    #[error("failed to set up HTTPS: {0}")]
    Client(String),
}

impl Api {
    /// `base`: the server, such as [`DEFAULT_BASE`]; a path in front of `/bot…` is kept.
    ///
    /// Proxies named by the environment are used, as operators behind one expect; but not for a server on this
    /// machine, which no proxy can reach. Redirects are not followed: they could carry the token elsewhere.
    ///
    /// # Errors
    /// [`UnusableApi`] names the setting.
    pub fn new(token: SecretString, base: &str) -> Result<Self, UnusableApi> {
        if !is_token(token.expose_secret()) {
            return Err(UnusableApi::Token);
        }
        let base = server(base).map_err(|why| UnusableApi::Base { why })?;
        let mut builder =
            Client::builder().connect_timeout(CONNECT).pool_idle_timeout(IDLE).redirect(redirect::Policy::none());
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| UnusableApi::Client(chain(&error)))?;
        Ok(Self { client, base, token })
    }

    /// Calls one method once. `R` may be less than what the method returns.
    ///
    /// # Errors
    /// [`ApiError`], also if the result does not fit `R`.
    pub(super) async fn call<P, R>(&self, payload: &P) -> Result<R, ApiError>
    where
        P: Payload + Serialize + Sync,
        R: DeserializeOwned,
    {
        let limit = payload.timeout_hint().map_or(REQUEST, |wait| wait + POLL_MARGIN);
        let request = self.client.post(self.url(P::NAME)).timeout(limit).json(payload);
        let response = request.send().await.map_err(unanswered)?;
        fail_point!("answer-unread", P::NAME);
        answer(response).await
    }

    /// Calls one method once, with a file as its field `name`.
    ///
    /// # Errors
    /// [`ApiError`], also if the result does not fit `R`.
    pub(super) async fn upload<R: DeserializeOwned>(
        &self,
        method: &str,
        fields: Vec<(&'static str, String)>,
        name: &'static str,
        document: &Document,
    ) -> Result<R, ApiError> {
        let file = Part::text(document.content.clone()).file_name(document.name.clone());
        let file = file.mime_str(document.mime).map_err(unanswered)?;
        let form = fields.into_iter().fold(Form::new(), |form, (name, value)| form.text(name, value)).part(name, file);
        let request = self.client.post(self.url(method)).timeout(REQUEST).multipart(form);
        answer(request.send().await.map_err(unanswered)?).await
    }

    fn url(&self, method: &str) -> Url {
        let mut url = self.base.clone();
        let prefix = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}/bot{}/{method}", self.token.expose_secret()));
        url
    }
}

async fn answer<R: DeserializeOwned>(response: Response) -> Result<R, ApiError> {
    let status = response.status().as_u16();
    let body = response.bytes().await.map_err(unanswered)?;
    read(status, &body)
}

fn is_loopback(base: &Url) -> bool {
    let host = base.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn api(token: &str, base: &str) -> Result<Api, UnusableApi> {
        Api::new(SecretString::from(token.to_owned()), base)
    }

    #[test]
    fn a_method_is_called_under_the_server_and_the_token() {
        for (base, url) in [
            (DEFAULT_BASE, "https://api.telegram.org/bot1:aB-_/getMe"),
            ("http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot1:aB-_/getMe"),
            (" http://[::1]:80/a/b/ ", "http://[::1]/a/b/bot1:aB-_/getMe"),
        ] {
            assert_eq!(api("1:aB-_", base).unwrap().url("getMe").as_str(), url);
        }
    }

    #[test]
    fn malformed_settings_are_refused_and_the_token_is_not_shown() {
        for token in ["", "canary", "1:", ":canary", "a:canary", "1:canary/x", "1:canary ", "1:canary?", "1:кanary"] {
            let error = api(token, DEFAULT_BASE).unwrap_err();
            assert_eq!(error, UnusableApi::Token, "{token}");
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
        for base in
            ["", "localhost:8081", "api.telegram.org", "ftp://x", "http://", "http://x?y", "http://x#", "http://a:b@c"]
        {
            let error = api("1:canary", base).unwrap_err().to_string();
            assert!(error.contains("TELOXIDE_API_URL") && !error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn debug_shows_the_server_and_not_the_token() {
        let shown = format!("{:?}", api("1:canary", "http://localhost:1").unwrap());
        assert!(shown.contains("localhost") && !shown.contains("canary"), "{shown}");
    }

    #[test]
    fn only_a_server_on_this_machine_is_loopback() {
        for (base, loopback) in [
            ("http://localhost:1", true),
            ("http://127.0.0.1", true),
            ("http://127.9.9.9:80/x", true),
            ("http://[::1]:8081", true),
            ("https://api.telegram.org", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("http://[::2]", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(base).unwrap()), loopback, "{base}");
        }
    }

    #[tokio::test]
    async fn a_refused_connection_was_certainly_not_written() {
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let api = api("1:canary", &format!("http://{free}")).unwrap();
        let error = api.call::<_, Value>(&teloxide::payloads::GetMe::new()).await.unwrap_err();
        assert!(matches!(error, ApiError::Unreachable(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }

    #[tokio::test]
    async fn a_connection_closed_without_an_answer_may_have_been_written() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = api("1:canary", &format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 16]).await.unwrap();
        });
        let error = api.call::<_, Value>(&teloxide::payloads::GetMe::new()).await.unwrap_err();
        assert!(matches!(error, ApiError::Lost(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        server.await.unwrap();
    }
}
