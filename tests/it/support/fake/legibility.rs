//! What Telegram lets pass and a reader would see spoiled: characters cut in two, formats that vanish, a preview in
//! place of a quote.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::{entities::span, log::Call};

/// Telegram keeps so many entities of a message, and drops the others without a word.
const MAX_ENTITIES: usize = 100;

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// What is wrong with the looks of a message that a call sends or changes.
pub(crate) fn spoiled(call: &Call) -> Option<String> {
    let text = call.body["text"].as_str().unwrap_or_default();
    let entities = call.body["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    if let Some(fault) = torn(text) {
        return Some(fault.to_owned());
    }
    if entities.len() > MAX_ENTITIES {
        return Some(format!("{} entities, of which {MAX_ENTITIES} would be kept", entities.len()));
    }
    if let Some(entity) = entities.iter().find(|entity| is_blank(text, entity)) {
        return Some(format!("an entity of nothing but white space: {entity}"));
    }
    if let Some(entity) = entities.iter().find(|entity| cuts(text, entity)) {
        return Some(format!("an entity that begins or ends within a character as people see it: {entity}"));
    }
    (has_link(text, entities) && call.body["link_preview_options"]["is_disabled"] != true)
        .then(|| "a link, and its preview is not off".to_owned())
}

/// Whether the text begins or ends within what people see as one character.
fn torn(text: &str) -> Option<&'static str> {
    // What joins any letter before it belongs to a letter that is not there.
    let after_a_letter = format!("a{text}");
    if after_a_letter.graphemes(true).next() != Some("a") {
        return Some("the text begins with the end of a character");
    }
    if text.ends_with(ZERO_WIDTH_JOINER) {
        return Some("the text ends within a character");
    }
    text.graphemes(true).any(is_half_a_flag).then_some("the text has half a flag")
}

/// A flag is two letters of a kind of its own.
fn is_half_a_flag(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    matches!(chars.next(), Some('\u{1f1e6}'..='\u{1f1ff}')) && chars.next().is_none()
}

fn is_blank(text: &str, entity: &Value) -> bool {
    let Some((start, end)) = span(entity) else { return false };
    let units: Vec<u16> = text.encode_utf16().collect();
    units.get(start..end).is_some_and(|units| String::from_utf16_lossy(units).trim().is_empty())
}

fn cuts(text: &str, entity: &Value) -> bool {
    let mut boundaries = BTreeSet::from([0]);
    let mut length = 0;
    for grapheme in text.graphemes(true) {
        length += grapheme.encode_utf16().count();
        boundaries.insert(length);
    }
    // What lies outside the text, or in half a character of UTF-16, is refused.
    span(entity).is_some_and(|(start, end)| !boundaries.contains(&start) || !boundaries.contains(&end))
}

/// Telegram finds more than these by itself: names without a scheme, which the bot does not write.
fn has_link(text: &str, entities: &[Value]) -> bool {
    ["http://", "https://", "www.", "t.me/"].iter().any(|sign| text.contains(sign))
        || entities.iter().any(|entity| matches!(entity["type"].as_str(), Some("text_link" | "url")))
}
