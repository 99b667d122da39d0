//! Inline mode: an inline query is a search, its answer a list of articles.
//!
//! Read by itself, not through teloxide's types: whatever Telegram adds to a query (a location, a kind of chat) is not
//! needed, and must not make it unreadable.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use teloxide::payloads::AnswerInlineQuery;
use teloxide::types::{
    InlineQueryId, InlineQueryResult, InlineQueryResultArticle, InlineQueryResultsButton, InlineQueryResultsButtonKind,
    InputMessageContent, InputMessageContentText,
};

use crate::chat::{Address, Incoming, Results, SearchRef, SearchResult, Standing, What};
use crate::domain::{ChatKind, ChatRef, Language, UserRef};

use super::messenger::without_preview;
use super::render::render;

/// What the button above the results sends with /start: no passage has that name, so it begins the chat.
const START: &str = "search";

#[derive(Deserialize)]
struct InlineQuery {
    id: String,
    from: Person,
    #[serde(default)]
    query: String,
    #[serde(default)]
    offset: String,
}

#[derive(Deserialize)]
struct Person {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

/// Reads a query; `None` if nobody can be told by whom it is. What is typed where does not matter: the chat is the private
/// one with whoever types, whose settings hold.
pub(super) fn read(query: &Value, received: Timestamp) -> Option<Incoming> {
    let query = InlineQuery::deserialize(query).ok().filter(|query| !query.from.is_bot)?;
    Some(Incoming {
        chat: ChatRef { id: query.from.id, thread: None },
        kind: ChatKind::Private,
        title: None,
        from: Some(UserRef(query.from.id)),
        standing: Standing::Own,
        interface: query.from.language_code.as_deref().and_then(Language::from_code),
        message: None,
        sent: received,
        replied: None,
        address: Address::Personal,
        what: What::Search { query: query.query, offset: query.offset, search: SearchRef(query.id) },
    })
}

/// The answer as Telegram takes it. Kept for one person: another may read another language.
pub(super) fn answer(search: &SearchRef, results: &Results) -> AnswerInlineQuery {
    let articles = results.list.iter().filter_map(article).map(InlineQueryResult::Article);
    let mut payload = AnswerInlineQuery::new(InlineQueryId(search.0.clone()), articles);
    payload.cache_time = Some(u32::try_from(results.keep.as_secs()).unwrap_or(u32::MAX));
    payload.is_personal = Some(true);
    payload.next_offset = Some(results.next.clone().unwrap_or_default());
    payload.button = results.above.as_ref().map(|text| InlineQueryResultsButton {
        text: text.clone(),
        kind: InlineQueryResultsButtonKind::StartParameter(START.to_owned()),
    });
    payload
}

/// A result; `None` if it is longer than one message, for half of it would be a quote without its source.
fn article(result: &SearchResult) -> Option<InlineQueryResultArticle> {
    let mut texts = render(&result.message).into_iter();
    let (Some(text), None) = (texts.next(), texts.next()) else { return None };
    let content = InputMessageContentText {
        message_text: text.text,
        parse_mode: None,
        entities: Some(text.entities),
        link_preview_options: Some(without_preview()),
    };
    let article =
        InlineQueryResultArticle::new(result.id.as_str(), result.title.as_str(), InputMessageContent::Text(content));
    Some(article.description(result.snippet.as_str()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::chat::{Message, ResultId};

    use super::*;

    fn result(id: &str, words: &str) -> SearchResult {
        let message = Message::text(words);
        SearchResult { id: ResultId::new(id).unwrap(), title: "T".into(), snippet: "S".into(), message }
    }

    #[test]
    fn a_query_is_a_search_of_who_types_it() {
        let typed = json!({ "id": "q1", "query": "what", "offset": "10", "chat_type": "moon", "location": 7,
            "from": { "id": 7, "is_bot": false, "first_name": "A", "language_code": "ru-RU", "new": {} } });
        let incoming = read(&typed, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((incoming.chat.id, incoming.kind, incoming.message), (7, ChatKind::Private, None));
        assert_eq!((incoming.from, incoming.interface), (Some(UserRef(7)), Some(Language::Russian)));
        let search = SearchRef("q1".into());
        assert_eq!(incoming.what, What::Search { query: "what".into(), offset: "10".into(), search });
        for (part, value) in [
            ("id", json!(null)),
            ("id", json!(5)),
            ("from", json!(null)),
            ("from", json!({ "id": "7" })),
            ("from", json!({ "id": 7, "is_bot": true })),
            ("query", json!(["what"])),
        ] {
            let mut odd = typed.clone();
            odd[part] = value;
            assert_eq!(read(&odd, Timestamp::UNIX_EPOCH), None, "{odd}");
        }
    }

    #[test]
    fn an_answer_has_entities_and_no_parse_mode_and_what_fits_into_one_message() {
        let results = Results {
            list: vec![result("a", "words"), result("b", &"long ".repeat(2_000)), result("c", "")],
            next: None,
            above: Some("Ask me".into()),
            keep: Duration::from_secs(60),
        };
        let sent = serde_json::to_value(answer(&SearchRef("q".into()), &results)).unwrap();
        let content =
            json!({ "message_text": "words", "entities": [], "link_preview_options": { "is_disabled": true } });
        let article =
            json!({ "type": "article", "id": "a", "title": "T", "description": "S", "input_message_content": content });
        assert_eq!(sent["results"], json!([article]));
        assert_eq!((&sent["cache_time"], &sent["is_personal"]), (&json!(60), &json!(true)));
        assert_eq!((&sent["next_offset"], &sent["inline_query_id"]), (&json!(""), &json!("q")));
        assert_eq!(sent["button"], json!({ "text": "Ask me", "start_parameter": "search" }));
    }
}
