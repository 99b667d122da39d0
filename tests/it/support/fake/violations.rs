//! What a right bot never does, read off the log.
//!
//! Some of it Telegram lets pass (text that it would change on the way), some it punishes later (calls
//! into a freeze). Rates over many chats are for the tests of broadcasts to judge.

use std::{collections::HashMap, time::Instant};

use serde_json::Value;

use super::{
    content::{Content, keyboard},
    inline, legibility,
    log::Call,
    world::World,
};

/// The longest answer to a press.
pub(crate) const MAX_TOAST_CHARS: usize = 200;

/// All violations, one line each, in the order of the calls.
pub(crate) fn of(world: &World) -> Vec<String> {
    let log = &world.log;
    let mut found = Vec::new();
    // What was written to each chat so far: a broadcast is long, and a chat's share of it is short.
    let mut written: HashMap<i64, Vec<&Call>> = HashMap::new();
    for call in &log.calls {
        let chat = call.chat_id().filter(|_| writes(call));
        let earlier = chat.and_then(|chat| written.get(&chat)).map_or(&[][..], Vec::as_slice);
        let faults = [
            ill_formed(call),
            altered(call),
            legibility::spoiled(call).filter(|_| has_text(call)),
            astray(call, world),
            frozen(call, earlier),
            barred(call, earlier, &log.arrivals),
        ];
        let named = |fault| format!("#{} {}: {fault}", call.number, call.method);
        found.extend(faults.into_iter().flatten().map(named));
        if let Some(chat) = chat {
            written.entry(chat).or_default().push(call);
        }
    }
    found
}

fn has_text(call: &Call) -> bool {
    matches!(call.method.as_str(), "sendMessage" | "editMessageText")
}

fn ill_formed(call: &Call) -> Option<String> {
    if let Some(field) = parse_mode(&call.body) {
        return Some(format!("{field} used"));
    }
    if call.method == "answerCallbackQuery" && n_chars(&call.body["text"]) > MAX_TOAST_CHARS {
        return Some(format!("an answer to a press of more than {MAX_TOAST_CHARS} characters"));
    }
    let refusal = match call.method.as_str() {
        "answerInlineQuery" => inline::check(&call.body).err(),
        _ if has_text(call) => Content::parse(&call.body).err(),
        _ => keyboard(&call.body["reply_markup"]).err(),
    };
    refusal.map(|refusal| refusal.description)
}

/// A field that asks for a parse mode, however deep it lies.
fn parse_mode(body: &Value) -> Option<&str> {
    match body {
        Value::Object(fields) => {
            fields.iter().find_map(
                |(name, value)| {
                    if name.ends_with("parse_mode") { Some(name.as_str()) } else { parse_mode(value) }
                },
            )
        }
        Value::Array(items) => items.iter().find_map(parse_mode),
        _ => None,
    }
}

fn n_chars(text: &Value) -> usize {
    text.as_str().unwrap_or_default().chars().count()
}

/// Messages can be gone, and topics; what is answered or written in has been there once.
fn astray(call: &Call, world: &World) -> Option<String> {
    let state = world.chats.by_id(call.chat_id()?)?;
    let answered = call.body["reply_parameters"]["message_id"].as_i64();
    if let Some(answered) = answered.filter(|answered| !state.had(*answered)) {
        return Some(format!("a reply to message {answered}, which never was"));
    }
    let topic = call.body["message_thread_id"].as_i64();
    let topic = topic.filter(|topic| !state.topics.contains(topic))?;
    Some(format!("a message in topic {topic}, which never was"))
}

/// Telegram trims text and cleans it of control characters (TDLib, MessageEntity.cpp,
/// `clean_input_string_with_entities`): what is sent like that is not what is read.
fn altered(call: &Call) -> Option<String> {
    if call.method == "answerInlineQuery" {
        return inline::texts(&call.body).find_map(altered_text);
    }
    altered_text(call.body["text"].as_str().filter(|_| has_text(call))?)
}

fn altered_text(text: &str) -> Option<String> {
    if text != text.trim() {
        return Some("Telegram would trim the text".to_owned());
    }
    text.chars().find(|c| is_cleaned_away(*c)).map(|c| format!("Telegram would replace or drop {c:?} in the text"))
}

fn is_cleaned_away(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x09' | '\x0b'..='\x1f' | '\u{2028}'..='\u{202e}' | '\u{333}' | '\u{33f}' | '\u{30a}'
    )
}

/// `earlier`: what was written to its chat before.
fn frozen(call: &Call, earlier: &[&Call]) -> Option<String> {
    earlier
        .iter()
        .filter_map(|other| Some((other.number, other.freeze()?)))
        .find(|(_, (since, freeze))| *since <= call.at && call.at < *since + *freeze)
        .map(|(number, (since, freeze))| {
            let after = call.at.duration_since(since).as_secs_f64();
            let freeze = freeze.as_secs();
            format!("{after:.3} s into the freeze of {freeze} s told by #{number}")
        })
}

/// No further call goes to a chat that answered 403, until somebody there turns to the bot again.
fn barred(call: &Call, earlier: &[&Call], arrivals: &[(Instant, i64)]) -> Option<String> {
    let (number, since) = earlier
        .iter()
        .filter_map(|other| Some((other.number, other.barred_at()?)))
        .rfind(|(_, since)| *since <= call.at)?;
    let is_reopened =
        arrivals.iter().any(|(at, chat_id)| Some(*chat_id) == call.chat_id() && (since..=call.at).contains(at));
    (!is_reopened).then(|| format!("after the 403 of #{number}"))
}

fn writes(call: &Call) -> bool {
    ["send", "edit", "delete"].iter().any(|verb| call.method.starts_with(verb))
}
