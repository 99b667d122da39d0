//! Reads a call's parameters in every shape that the Bot API takes: query string, JSON,
//! urlencoded, and multipart (fields; a file becomes an object of its name, type and text).

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header::CONTENT_TYPE,
};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// Telegram takes up to 50 MB; no test sends files.
const MAX_BODY_BYTES: usize = 1 << 20;

/// Fields that stay text even when they look like JSON: a message may read `123`.
const TEXT_FIELDS: &[&str] = &[
    "text",
    "caption",
    "name",
    "description",
    "short_description",
    "callback_query_id",
    "inline_query_id",
    "next_offset",
    "inline_message_id",
    "language_code",
    "parse_mode",
    "action",
    "url",
];

/// All parameters of a request as one JSON object.
///
/// # Errors
///
/// 413 for a body over a mebibyte, 400 for JSON that is none.
pub(crate) async fn read(request: Request) -> Result<Value, Refusal> {
    let (head, body) = request.into_parts();
    let mut fields = urlencoded(head.uri.query().unwrap_or_default());
    let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = text_of(body).await?;
    fields.extend(match content_type.split(';').next() {
        Some("application/json") => json_object(&body)?,
        Some("application/x-www-form-urlencoded") => urlencoded(&body),
        Some("multipart/form-data") => multipart(&body, content_type),
        _ => Map::new(),
    });
    Ok(Value::Object(fields))
}

async fn text_of(body: Body) -> Result<String, Refusal> {
    match to_bytes(body, MAX_BODY_BYTES).await {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => Err(Refusal::new(413, "Request Entity Too Large")),
    }
}

fn json_object(body: &str) -> Result<Map<String, Value>, Refusal> {
    if body.trim().is_empty() {
        return Ok(Map::new());
    }
    let Ok(Value::Object(fields)) = serde_json::from_str(body) else {
        return Err(Refusal::bad_request("can't parse JSON object"));
    };
    Ok(fields.into_iter().map(unfold).collect())
}

/// A string in a JSON body may itself hold JSON (`"chat_id": "7"`), as in a form.
fn unfold((name, value): (String, Value)) -> (String, Value) {
    match value {
        Value::String(text) => field(name, &text),
        other => (name, other),
    }
}

fn urlencoded(pairs: &str) -> Map<String, Value> {
    // The URL parser splits and decodes; the host is only there to make it a URL.
    let Ok(url) = reqwest::Url::parse(&format!("http://form/?{pairs}")) else {
        return Map::new();
    };
    url.query_pairs().map(|(name, value)| field(name.into_owned(), &value)).collect()
}

fn multipart(body: &str, content_type: &str) -> Map<String, Value> {
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        return Map::new();
    };
    let boundary = format!("--{}", boundary.trim_matches('"'));
    body.split(boundary.as_str()).filter_map(part).collect()
}

fn part(part: &str) -> Option<(String, Value)> {
    let (head, content) = part.split_once("\r\n\r\n")?;
    let content = content.strip_suffix("\r\n").unwrap_or(content);
    let name = quoted(head, "; name=\"")?;
    if let Some(file_name) = quoted(head, "; filename=\"") {
        let mime = head.lines().find_map(|line| line.strip_prefix("Content-Type: ")).unwrap_or_default();
        let file = json!({ "file_name": file_name, "mime_type": mime, "content": content });
        return Some((name.to_owned(), file));
    }
    Some(field(name.to_owned(), content))
}

fn quoted<'a>(head: &'a str, before: &str) -> Option<&'a str> {
    let (_, rest) = head.split_once(before)?;
    rest.split('"').next()
}

fn field(name: String, text: &str) -> (String, Value) {
    let as_text = || Value::from(text);
    if TEXT_FIELDS.contains(&name.as_str()) {
        return (name, as_text());
    }
    let value = serde_json::from_str(text).unwrap_or_else(|_| as_text());
    (name, value)
}
