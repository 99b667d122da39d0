//! What a token and a server's address look like. What is wrong with one is said without showing it.

use reqwest::Url;

/// Telegram's own server.
pub const DEFAULT_BASE: &str = "https://api.telegram.org";

/// Whether it is digits, a colon, and characters that need no escaping in a path, as every token is.
#[must_use]
pub fn is_token(value: &str) -> bool {
    value.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    })
}

/// Whether some part of `value` begins like a token, so that it is better not shown.
#[must_use]
pub fn holds_a_token(value: &str) -> bool {
    value.split([' ', ',', '/']).any(|word| {
        word.split_once(':').is_some_and(|(id, secret)| {
            let id = id.trim_start_matches(|c: char| !c.is_ascii_digit());
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && secret.len() >= 3
        })
    })
}

/// The address of a Bot API server; `/bot…` is put behind it.
///
/// # Errors
/// What is wrong with it, to go on after its name.
pub fn server(base: &str) -> Result<Url, String> {
    let url = Url::parse(base.trim()).map_err(|error| format!("is no address ({error})"))?;
    let why = if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        "is no address that begins with http:// or https://"
    } else if url.query().is_some() || url.fragment().is_some() {
        "has a part after `?` or `#`"
    } else if !url.username().is_empty() || url.password().is_some() {
        "has a user name in it"
    } else if holds_a_token(url.path()) {
        "has a token in it, which belongs into TELOXIDE_TOKEN alone"
    } else {
        return Ok(url);
    };
    Err(why.to_owned())
}
