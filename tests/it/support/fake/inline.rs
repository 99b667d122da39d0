//! Inline mode: what people type behind the bot's name, the bot's answer, and what is sent of it.
//!
//! The refusals of the answer are those of TDLib (InlineQueriesManager.cpp) and of the method under it
//! (`messages.setInlineBotResults`). Nothing is cached: every query reaches the bot.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    DEADLINE, FakeTelegram,
    content::Content,
    draft::Draft,
    entities::utf16_len,
    people::{Chat, User},
    refusal::{QUERY_TOO_OLD, Refusal},
    sent::Sent,
    updates::Pushed,
    world::World,
    writing::write,
};

const MAX_QUERY_CHARS: usize = 256;
const MAX_RESULTS: usize = 50;
const MAX_ID_BYTES: usize = 64;
const MAX_OFFSET_BYTES: usize = 64;
const MAX_START_BYTES: usize = 64;
const MAX_TEXT_UTF16: usize = 4096;

/// Inline queries by id.
#[derive(Debug, Default)]
pub(crate) struct Queries(BTreeMap<String, Query>);

#[derive(Debug)]
struct Query {
    from: User,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Whoever types waits.
    Open,
    /// 30 s are over.
    Expired,
    /// The parameters of the answer.
    Answered(Value),
}

/// An update that carries an inline query.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) update_id: i64,
    pub(crate) query_id: String,
}

/// The list that a person sees while typing.
#[derive(Clone, Debug)]
pub(crate) struct Offers {
    query_id: String,
    pub(crate) list: Vec<Offer>,
    /// What asks for more; empty if there is no more.
    pub(crate) next: String,
    /// The label of the button above.
    pub(crate) button: Option<String>,
    /// The whole call.
    pub(crate) body: Value,
}

/// One result in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) text: String,
}

impl Offers {
    fn of(query_id: &str, body: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = results(body).map(|result| Offer {
            id: text(&result["id"]),
            title: text(&result["title"]),
            description: text(&result["description"]),
            text: text(&result["input_message_content"]["message_text"]),
        });
        Self {
            query_id: query_id.to_owned(),
            list: list.collect(),
            next: text(&body["next_offset"]),
            button: body["button"]["text"].as_str().map(str::to_owned),
            body: body.clone(),
        }
    }

    /// The list as it is seen.
    pub(crate) fn render(&self) -> String {
        let start = self.body["button"]["start_parameter"].as_str().unwrap_or_default();
        let button = self.button.iter().map(|label| format!("[{label} → /start {start}]"));
        let list = self.list.iter().enumerate();
        let list = list.map(|(at, offer)| format!("{}. {}\n   {}", at + 1, offer.title, offer.description));
        let empty = self.list.is_empty().then(|| "(no results)".to_owned());
        let next = (!self.next.is_empty()).then(|| format!("(more from {})", self.next));
        button.chain(list).chain(empty).chain(next).collect::<Vec<_>>().join("\n")
    }
}

impl FakeTelegram {
    /// `user` types behind the bot's name, in whatever chat; the bot need not be in it.
    ///
    /// # Panics
    ///
    /// If it is more than an app lets somebody type.
    pub(crate) fn type_inline(&self, user: &User, query: &str, offset: &str) -> Typed {
        assert!(query.chars().count() <= MAX_QUERY_CHARS, "an app cuts it");
        self.shared.change(|world| {
            let query_id = format!("{}", 8_000_000_001 + world.queries.0.len());
            world.queries.0.insert(query_id.clone(), Query { from: user.clone(), state: State::Open });
            let query = json!({
                "id": query_id,
                "from": user.to_json(),
                "chat_type": "supergroup",
                "query": query,
                "offset": offset,
            });
            let update_id = world.updates.push("inline_query", query);
            Typed { update_id: update_id.unwrap_or_default(), query_id }
        })
    }

    /// The query's 30 s are over.
    pub(crate) fn expire_inline(&self, typed: &Typed) {
        self.shared.change(|world| {
            if let Some(query) = world.queries.0.get_mut(&typed.query_id) {
                query.state = State::Expired;
            }
        });
    }

    /// The answer to a query, if one was accepted.
    pub(crate) fn offers(&self, typed: &Typed) -> Option<Offers> {
        self.shared.look(|world| match &world.queries.0.get(&typed.query_id)?.state {
            State::Answered(body) => Some(Offers::of(&typed.query_id, body)),
            State::Open | State::Expired => None,
        })
    }

    /// Waits for the answer to a query.
    pub(crate) async fn wait_for_offers(&self, typed: &Typed) -> Offers {
        self.wait_for(|fake| fake.offers(typed).is_some(), DEADLINE).await;
        self.offers(typed).expect("it was waited for")
    }

    /// Who typed chooses a result: it is sent to `chat` in their name, "via" the bot. The bot hears of it only where it
    /// hears of messages.
    ///
    /// # Panics
    ///
    /// If the list does not have it.
    pub(crate) fn choose_inline(&self, offers: &Offers, id: &str, chat: &Chat) -> (Pushed, Sent) {
        let result = results(&offers.body).find(|result| result["id"] == id).expect("only what is offered is chosen");
        let content = content(result).expect("it was checked when it was offered");
        self.shared.change(|world| {
            let from = world.queries.0[&offers.query_id].from.clone();
            let bot = world.profile.user().to_json();
            let draft = Draft::new(chat, &from, &content.text)
                .with("entities", json!(content.entities))
                .with("via_bot", bot)
                .with("link_preview_options", result["input_message_content"]["link_preview_options"].clone());
            let pushed = write(world, draft);
            let state = world.chats.by_id(chat.id).expect("it was written to");
            (pushed, Sent::of(&state.messages[&pushed.message_id].json))
        })
    }
}

/// answerInlineQuery.
pub(crate) fn answer(world: &mut World, call: &Value) -> Result<Value, Refusal> {
    check(call)?;
    let query_id = call["inline_query_id"].as_str().unwrap_or_default();
    match world.queries.0.get_mut(query_id) {
        Some(query) if matches!(query.state, State::Open) => {
            query.state = State::Answered(call.clone());
            Ok(json!(true))
        }
        Some(_) | None => Err(Refusal::bad_request(QUERY_TOO_OLD)),
    }
}

/// Whatever is wrong with an answer, whichever query it is for.
///
/// # Errors
///
/// 400 with Telegram's words.
pub(crate) fn check(call: &Value) -> Result<(), Refusal> {
    if !call["results"].is_array() {
        return Err(unparsed("expected an Array of InlineQueryResult"));
    }
    if results(call).count() > MAX_RESULTS {
        return Err(Refusal::bad_request("RESULTS_TOO_MUCH"));
    }
    check_button(&call["button"])?;
    let mut ids = BTreeSet::new();
    for result in results(call) {
        check_result(result)?;
        if !ids.insert(result["id"].as_str()) {
            return Err(Refusal::bad_request("RESULT_ID_DUPLICATE"));
        }
    }
    if call["next_offset"].as_str().is_some_and(|offset| offset.len() > MAX_OFFSET_BYTES) {
        return Err(Refusal::bad_request("NEXT_OFFSET_INVALID"));
    }
    Ok(())
}

/// The texts of all results.
pub(crate) fn texts(call: &Value) -> impl Iterator<Item = &str> {
    results(call).filter_map(|result| result["input_message_content"]["message_text"].as_str())
}

fn results(call: &Value) -> impl Iterator<Item = &Value> {
    call["results"].as_array().into_iter().flatten()
}

fn check_button(button: &Value) -> Result<(), Refusal> {
    if button.is_null() {
        return Ok(());
    }
    if button["text"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::bad_request("SWITCH_PM_TEXT_EMPTY"));
    }
    let start = button["start_parameter"].as_str().unwrap_or_default();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if start.is_empty() {
        return Err(Refusal::bad_request("can't use empty start_parameter"));
    }
    if start.len() > MAX_START_BYTES {
        return Err(Refusal::bad_request("too long start_parameter specified"));
    }
    if !start.chars().all(is_allowed) {
        return Err(Refusal::bad_request("unallowed characters in start_parameter are used"));
    }
    Ok(())
}

fn check_result(result: &Value) -> Result<(), Refusal> {
    let kind = result["type"].as_str().unwrap_or_default();
    if kind != "article" {
        // The bot has no other kind; one that slips in is a mistake.
        return Err(unparsed(&format!("type \"{kind}\" is unsupported for the inline query result")));
    }
    let id = result["id"].as_str().unwrap_or_default();
    if !(1..=MAX_ID_BYTES).contains(&id.len()) {
        return Err(Refusal::bad_request("RESULT_ID_INVALID"));
    }
    if result["title"].as_str().is_none_or(str::is_empty) {
        return Err(unparsed("field \"title\" must be non-empty"));
    }
    content(result).map(drop)
}

/// The checked content of the message that a result becomes.
fn content(result: &Value) -> Result<Content, Refusal> {
    let message = &result["input_message_content"];
    let text = message["message_text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::bad_request("MESSAGE_EMPTY"));
    }
    if utf16_len(text) > MAX_TEXT_UTF16 {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    let call = json!({
        "text": text,
        "entities": message["entities"],
        "parse_mode": message["parse_mode"],
        "reply_markup": result["reply_markup"],
    });
    Content::parse(&call).map_err(|refusal| {
        unparsed(refusal.description.strip_prefix("Bad Request: ").unwrap_or(refusal.description.as_str()))
    })
}

fn unparsed(reason: &str) -> Refusal {
    Refusal::bad_request(&format!("can't parse inline query result: {reason}"))
}
