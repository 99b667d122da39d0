//! Message entities: recognised in what people write, checked in what the bot sends.
//!
//! Offsets and lengths are UTF-16 units, as everywhere in the Bot API.

use std::collections::BTreeSet;

use reqwest::Url;
use serde_json::{Value, json};

use super::refusal::Refusal;

/// Kinds that the server finds by itself; it drops them when a bot sends them.
const FOUND_BY_SERVER: &[&str] =
    &["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"];
const FORMATS: &[&str] = &[
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "blockquote",
    "expandable_blockquote",
    "date_time",
];

/// UTF-16 units of `text`.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Where an entity begins and ends, in UTF-16 units.
pub(crate) fn span(entity: &Value) -> Option<(usize, usize)> {
    let number = |field: &str| usize::try_from(entity[field].as_u64()?).ok();
    let start = number("offset")?;
    Some((start, start + number("length")?))
}

/// The `bot_command` and `mention` entities that Telegram finds in what somebody typed.
pub(crate) fn recognise(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut before = None;
    let mut end_of_last = 0;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + 1..).unwrap_or_default();
        let hit = match c {
            _ if at < end_of_last || before.is_some_and(is_word) => None,
            '/' if before != Some('/') => command_len(rest).map(|n| ("bot_command", n)),
            '@' => mention_len(rest).map(|n| ("mention", n)),
            _ => None,
        };
        if let Some((kind, n)) = hit {
            end_of_last = at + 1 + n;
            // Commands and mentions are ASCII: bytes are UTF-16 units.
            let offset = utf16_len(text.get(..at).unwrap_or_default());
            found.push(json!({ "type": kind, "offset": offset, "length": 1 + n }));
        }
        before = Some(c);
    }
    found
}

fn command_len(rest: &str) -> Option<usize> {
    let name = word_len(rest);
    let after = rest.get(name..)?;
    let address = after.strip_prefix('@').and_then(mention_len);
    let len = name + address.map_or(0, |n| n + 1);
    let follower = rest.get(len..)?.chars().next();
    (1..=64).contains(&name).then_some(len).filter(|_| follower != Some('/'))
}

fn mention_len(rest: &str) -> Option<usize> {
    Some(word_len(rest)).filter(|n| (3..=32).contains(n))
}

fn word_len(rest: &str) -> usize {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    end.unwrap_or(rest.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The entities that Telegram keeps of those that a bot sends, in their order in the text.
///
/// # Errors
///
/// 400 for an entity that is malformed, of an unknown kind, outside the text, inside a surrogate
/// pair, with a bad URL, or crossing another. Telegram splits crossing entities; here they are
/// refused, for no caller of ours means them.
pub(crate) fn check(text: &str, entities: &Value) -> Result<Vec<Value>, Refusal> {
    let mut kept = Vec::new();
    for entity in entities.as_array().into_iter().flatten() {
        let kind = entity["type"].as_str().unwrap_or_default();
        if FOUND_BY_SERVER.contains(&kind) {
            continue;
        }
        let Some((start, end)) = span(entity) else {
            return Err(malformed("expected offset and length"));
        };
        check_kind(kind, entity)?;
        check_span(text, start, end)?;
        kept.push((start, end, entity.clone()));
    }
    // The longer of two that begin together is the outer one; of two equal ones, the blockquote.
    kept.sort_by_key(|(start, end, entity)| (*start, usize::MAX - end, !is_quote(kind_of(entity))));
    check_nesting(&kept)?;
    Ok(kept.into_iter().map(|(_, _, entity)| entity).collect())
}

fn check_kind(kind: &str, entity: &Value) -> Result<(), Refusal> {
    if !FORMATS.contains(&kind) {
        return Err(malformed("Unsupported type specified"));
    }
    if kind != "text_link" {
        return Ok(());
    }
    let url = entity["url"].as_str().unwrap_or_default();
    if !is_link(url) {
        let reason = format!("entity URL '{url}' is invalid: Wrong HTTP URL");
        return Err(Refusal::bad_request(&reason));
    }
    Ok(())
}

/// Whether Telegram takes `url` for a link.
pub(crate) fn is_link(url: &str) -> bool {
    // The parser would mend these.
    let is_clean = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    is_clean
        && Url::parse(url).is_ok_and(|url| match url.scheme() {
            "http" | "https" => url.host_str().is_some_and(is_domain),
            scheme => matches!(scheme, "tg" | "ton" | "tonsite"),
        })
}

fn is_domain(host: &str) -> bool {
    host.contains('.') && host.split('.').all(|label| !label.is_empty())
}

fn check_span(text: &str, start: usize, end: usize) -> Result<(), Refusal> {
    let mut boundaries = BTreeSet::from([0]);
    let mut length = 0;
    for c in text.chars() {
        length += c.len_utf16();
        boundaries.insert(length);
    }
    let reason = if start == end {
        "ENTITY_BOUNDS_INVALID".to_owned()
    } else if start >= length {
        format!("entity begins after the end of the text at UTF-16 offset {start}")
    } else if end > length {
        format!(
            "entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 \
             offset {end}"
        )
    } else if !boundaries.contains(&start) {
        format!("entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
    } else if !boundaries.contains(&end) {
        format!(
            "entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol at \
             UTF-16 offset {end}"
        )
    } else {
        return Ok(());
    };
    Err(Refusal::bad_request(&reason))
}

/// `sorted` by start, the outer before the inner.
fn check_nesting(sorted: &[(usize, usize, Value)]) -> Result<(), Refusal> {
    let mut open: Vec<(usize, &Value)> = Vec::new();
    for (start, end, entity) in sorted {
        open.retain(|(open_end, _)| open_end > start);
        let crosses = open.iter().any(|(open_end, _)| open_end < end);
        let doubles = open.iter().any(|(_, outer)| excludes(outer, entity));
        if crosses || doubles {
            return Err(Refusal::bad_request("ENTITY_BOUNDS_INVALID"));
        }
        open.push((*end, entity));
    }
    Ok(())
}

/// By the documentation of `MessageEntity`: blockquotes cannot be nested; code holds nothing, and is held by a
/// blockquote at most; links, mentions and the like hold nothing but what changes the look of letters. No kind holds
/// itself.
fn excludes(outer: &Value, inner: &Value) -> bool {
    let (outer, inner) = (kind_of(outer), kind_of(inner));
    outer == inner
        || is_code(outer)
        || if is_quote(outer) {
            is_quote(inner)
        } else if is_look(outer) {
            is_code(inner)
        } else {
            !is_look(inner)
        }
}

fn kind_of(entity: &Value) -> &str {
    entity["type"].as_str().unwrap_or_default()
}

fn is_quote(kind: &str) -> bool {
    matches!(kind, "blockquote" | "expandable_blockquote")
}

fn is_code(kind: &str) -> bool {
    matches!(kind, "code" | "pre")
}

fn is_look(kind: &str) -> bool {
    matches!(kind, "bold" | "italic" | "underline" | "strikethrough" | "spoiler")
}

fn malformed(reason: &str) -> Refusal {
    Refusal::bad_request(&format!("can't parse MessageEntity: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, offset, length.
    type Found = (&'static str, usize, usize);

    #[test]
    fn commands_and_mentions_are_found_where_telegram_finds_them() {
        let cases: &[(&str, &[Found])] = &[
            ("/start", &[("bot_command", 0, 6)]),
            ("/ask@onrecord_test_bot why", &[("bot_command", 0, 22)]),
            ("😀 /ask", &[("bot_command", 3, 4)]),
            ("😀 @onrecord_test_bot, привет", &[("mention", 3, 18)]),
            ("(/a) @abc", &[("bot_command", 1, 2), ("mention", 5, 4)]),
            ("either/or", &[]),
            ("/привет", &[]),
            ("/usr/bin", &[]),
            ("//comment", &[]),
            ("me@example.org", &[]),
            ("a @ b @ab", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(kind, offset, length)| json!({ "type": kind, "offset": offset, "length": length }))
                .collect();
            assert_eq!(recognise(text), expected, "{text}");
        }
    }
}
