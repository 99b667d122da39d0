//! What people send: the nth update of a run, the same at every run.

use std::collections::{HashMap, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// So many people ask, each in a private chat: enough that none asks more than three times in ten seconds at any pace
/// that two processors allow.
const N_READERS: i64 = 20_000;
const FIRST_READER: i64 = 1_000_000;

/// Those who search inline are others, and write nothing else.
const FIRST_SEARCHER: i64 = 2_000_000;

/// Whoever gets a reply to what is no question at all.
const NOBODY: i64 = 66;

/// Deeper than most parsers go.
const LEVELS: usize = 1_000;

/// A duplicate is of one of so many updates before it.
const LATELY: usize = 5_000;

/// What a run consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    Questions,
    /// Of a hundred updates 10 duplicates, 1 poisonous, 5 presses, 5 inline queries, the others questions.
    Everything,
}

/// What an update asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    /// One message to this chat.
    Reply(i64),
    /// One answer to this press.
    Toast(String),
    /// One answer to this inline query, if they are read.
    Results(String),
    /// None, or none again.
    Nothing,
}

/// An update, and what it asks for.
pub(crate) struct Made {
    pub(crate) json: String,
    pub(crate) wanted: Wanted,
}

/// A button that the bot has shown.
pub(crate) struct Button {
    pub(crate) message_id: i64,
    pub(crate) data: String,
}

/// Makes one update after the other.
pub(crate) struct Traffic {
    mix: Mix,
    questions: Vec<String>,
    n_made: usize,
    next_id: i64,
    next_reader: i64,
    lately: VecDeque<String>,
    /// By chat, the last that was shown there.
    pub(crate) buttons: HashMap<i64, Button>,
}

impl Traffic {
    pub(crate) fn new(mix: Mix, questions: Vec<String>) -> Self {
        let (lately, buttons) = (VecDeque::new(), HashMap::new());
        Self { mix, questions, n_made: 0, next_id: 1_000, next_reader: 0, lately, buttons }
    }

    pub(crate) fn n_made(&self) -> usize {
        self.n_made
    }

    pub(crate) fn next(&mut self) -> Made {
        let n = self.n_made;
        self.n_made += 1;
        // 37 and 100 have no common divisor: each hundred has its share of everything, well mixed.
        let kind = if self.mix == Mix::Questions { 0 } else { n * 37 % 100 };
        let made = match kind {
            0..79 => self.question(n),
            79..89 => match self.duplicate(n) {
                Some(duplicate) => return duplicate,
                None => self.question(n),
            },
            89 => self.poison(n / 100),
            90..95 => self.press(n).unwrap_or_else(|| self.question(n)),
            _ => self.search(n),
        };
        self.lately.push_back(made.json.clone());
        if self.lately.len() > LATELY {
            self.lately.pop_front();
        }
        made
    }

    fn question(&mut self, n: usize) -> Made {
        let reader = self.reader();
        let words = self.questions.get(n % self.questions.len()).cloned().unwrap_or_default();
        Made { wanted: Wanted::Reply(reader), json: self.update("message", &message(reader, &words)) }
    }

    fn duplicate(&mut self, n: usize) -> Option<Made> {
        let back = n.wrapping_mul(7_919) % self.lately.len().max(1);
        Some(Made { json: self.lately.get(back)?.clone(), wanted: Wanted::Nothing })
    }

    fn press(&mut self, n: usize) -> Option<Made> {
        let reader = self.reader();
        let button = self.buttons.remove(&reader)?;
        let id = format!("press-{n}");
        let query = json!({
            "id": id, "from": person(reader), "chat_instance": "1", "data": button.data,
            "message": {
                "message_id": button.message_id, "date": now(), "chat": chat(reader), "from": bot(), "text": "words",
            },
        });
        Some(Made { wanted: Wanted::Toast(id), json: self.update("callback_query", &query) })
    }

    fn search(&mut self, n: usize) -> Made {
        let searcher = FIRST_SEARCHER + i64::try_from(n).unwrap_or_default() % N_READERS;
        let words = self.questions.get(n % self.questions.len()).cloned().unwrap_or_default();
        let id = format!("search-{n}");
        let query = json!({ "id": id, "from": person(searcher), "query": words, "offset": "", "chat_type": "sender" });
        Made { wanted: Wanted::Results(id), json: self.update("inline_query", &query) }
    }

    /// Kinds that nobody knows, parts that are not what they should be, and messages that are no question.
    fn poison(&mut self, n: usize) -> Made {
        let broken = |part: Value| {
            let mut message = message(NOBODY, "what");
            if let (Some(message), Value::Object(part)) = (message.as_object_mut(), part) {
                message.extend(part);
            }
            message
        };
        let silent = [
            ("hologram", json!({ "chat": { "id": NOBODY, "type": "private" } })),
            ("guest_message", broken(json!({}))),
            ("edited_message", broken(json!({}))),
            ("message", json!(5)),
            ("message", json!({})),
            ("message", broken(json!({ "chat": { "id": NOBODY, "type": "hologram" } }))),
            ("message", broken(json!({ "message_id": -1.5 }))),
            ("message", broken(json!({ "date": "yesterday" }))),
            ("message", broken(json!({ "from": { "id": NOBODY, "is_bot": true, "first_name": "a machine" } }))),
            ("callback_query", json!({ "id": 5, "from": "Eve", "message": 7, "data": [] })),
        ];
        let odd = ["🙂🙂🙂", "\u{0}\u{7}\u{202e}", " \n\t ", "/"].map(str::to_owned);
        let odd = odd.into_iter().chain(["exercises in Belarus ".repeat(200)]);
        let odd: Vec<_> = odd.map(|words| ("text", json!(words))).chain([("sticker", sticker())]).collect();
        let at = n % (silent.len() + odd.len() + 1);
        if at == silent.len() + odd.len() {
            self.next_id += 1;
            let (open, close) = (r#"{"reply_to_message":"#.repeat(LEVELS), "}".repeat(LEVELS));
            let json = format!(r#"{{"update_id":{},"message":{open}1{close}}}"#, self.next_id);
            return Made { wanted: Wanted::Nothing, json };
        }
        if let Some((kind, part)) = silent.get(at) {
            return Made { wanted: Wanted::Nothing, json: self.update(kind, part) };
        }
        let reader = self.reader();
        let mut message = message(reader, "");
        if let (Some((field, value)), Some(fields)) = (odd.get(at - silent.len()), message.as_object_mut()) {
            fields.remove("text");
            fields.insert((*field).to_owned(), value.clone());
        }
        Made { wanted: Wanted::Reply(reader), json: self.update("message", &message) }
    }

    fn reader(&mut self) -> i64 {
        self.next_reader += 1;
        FIRST_READER + self.next_reader % N_READERS
    }

    fn update(&mut self, kind: &str, content: &Value) -> String {
        self.next_id += 1;
        json!({ "update_id": self.next_id, kind: content }).to_string()
    }
}

fn message(reader: i64, words: &str) -> Value {
    json!({ "message_id": 1, "date": now(), "chat": chat(reader), "from": person(reader), "text": words })
}

fn chat(reader: i64) -> Value {
    json!({ "id": reader, "type": "private", "first_name": "Reader" })
}

fn person(id: i64) -> Value {
    json!({ "id": id, "is_bot": false, "first_name": "Reader", "language_code": "en" })
}

/// The bot under test.
pub(crate) fn bot() -> Value {
    json!({ "id": 424_242, "is_bot": true, "first_name": "onrecord", "username": "onrecord_test_bot" })
}

fn sticker() -> Value {
    json!({
        "file_id": "a", "file_unique_id": "b", "type": "regular", "width": 512, "height": 512, "is_animated": false,
        "is_video": false,
    })
}

/// Unix seconds.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
