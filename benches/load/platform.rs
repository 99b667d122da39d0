//! The Bot API as far as a load needs it: hands updates out, and counts what comes back for them.
//!
//! It judges nothing that it need not: that is what the fake of the tests is for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::timeout_at;

use super::traffic::{Button, Made, Traffic, Wanted, bot, now};

/// The most that one getUpdates brings.
const BATCH: usize = 100;

/// How the updates come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As fast as they are taken, while so many at most wait for their reply.
    Saturated(usize),
    /// One at a time, when [`Platform::release`] says so.
    Released,
}

/// One bot's platform, for one run.
pub(crate) struct Platform {
    // Held for short sections, never across an await.
    state: Mutex<State>,
    news: Notify,
}

/// What came of a run.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    pub(crate) n_made: usize,
    pub(crate) replies: Vec<Duration>,
    pub(crate) n_toasts: usize,
    pub(crate) n_results: usize,
    /// What nothing asked for, or not once more.
    pub(crate) n_twice: usize,
    /// What still waits.
    pub(crate) n_open: usize,
    pub(crate) first: Option<Instant>,
    pub(crate) last: Option<Instant>,
}

struct State {
    traffic: Traffic,
    pace: Pace,
    n_left: usize,
    ready: VecDeque<Made>,
    /// Handed out and not confirmed.
    batch: Vec<String>,
    /// The offset that confirms it.
    confirmed_by: Option<i64>,
    open: HashMap<Wanted, Instant>,
    reads_inline: bool,
    next_message: i64,
    counts: Counts,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Poll {
    offset: Option<i64>,
    timeout: u64,
    allowed_updates: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    chat_id: i64,
    message_id: i64,
    callback_query_id: String,
    inline_query_id: String,
    reply_markup: Value,
}

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

impl Platform {
    /// So many updates of that traffic.
    pub(crate) fn new(traffic: Traffic, pace: Pace, n_updates: usize) -> Self {
        let state = State {
            traffic,
            pace,
            n_left: n_updates,
            ready: VecDeque::new(),
            batch: Vec::new(),
            confirmed_by: None,
            open: HashMap::new(),
            reads_inline: false,
            next_message: 1,
            counts: Counts::default(),
        };
        Self { state: Mutex::new(state), news: Notify::new() }
    }

    /// The next update is there.
    pub(crate) fn release(&self) {
        self.state().make();
        self.news.notify_one();
    }

    pub(crate) fn counts(&self) -> Counts {
        let state = self.state();
        Counts { n_made: state.traffic.n_made(), n_open: state.open.len(), ..state.counts.clone() }
    }

    /// How much has come back, and whether everything has.
    pub(crate) fn progress(&self) -> (usize, bool) {
        let state = self.state();
        let n_back = state.counts.replies.len() + state.counts.n_toasts + state.counts.n_results;
        let is_handed_out = state.n_left == 0 && state.ready.is_empty() && state.batch.is_empty();
        (n_back + state.traffic.n_made(), is_handed_out && state.open.is_empty())
    }

    /// The `result` of a call, as JSON.
    pub(crate) async fn answer(&self, method: &str, body: &[u8]) -> String {
        if method == "getupdates" {
            return self.updates(&serde_json::from_slice(body).unwrap_or_default()).await;
        }
        let call = serde_json::from_slice::<Named>(body).unwrap_or_default();
        let result = match method {
            "getme" => me(),
            "sendmessage" => self.state().sent(&call),
            "editmessagetext" => message(call.chat_id, call.message_id),
            "answercallbackquery" => self.state().toasted(call.callback_query_id),
            "answerinlinequery" => self.state().searched(call.inline_query_id),
            "getmydescription" => json!({ "description": "" }),
            "getmyshortdescription" => json!({ "short_description": "" }),
            "getmyname" => json!({ "name": "" }),
            "getmycommands" => json!([]),
            _ => json!(true),
        };
        self.news.notify_one();
        result.to_string()
    }

    async fn updates(&self, poll: &Poll) -> String {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(poll.timeout);
        self.state().begin(poll);
        loop {
            if let Some(batch) = self.state().batch() {
                return batch;
            }
            if timeout_at(deadline, self.news.notified()).await.is_err() {
                return "[]".to_owned();
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn make(&mut self) {
        let Some(n_left) = self.n_left.checked_sub(1) else { return };
        self.n_left = n_left;
        let made = self.traffic.next();
        let is_awaited = match made.wanted {
            Wanted::Results(_) => self.reads_inline,
            Wanted::Reply(_) | Wanted::Toast(_) => true,
            Wanted::Nothing => false,
        };
        if is_awaited {
            self.open.insert(made.wanted.clone(), Instant::now());
        }
        self.ready.push_back(made);
    }

    fn begin(&mut self, poll: &Poll) {
        if poll.offset.is_some() && poll.offset == self.confirmed_by {
            self.batch.clear();
        }
        if !poll.allowed_updates.is_empty() {
            self.reads_inline = poll.allowed_updates.iter().any(|kind| kind == "inline_query");
        }
    }

    /// The batch that is not confirmed yet, else the next; `None` while there is nothing to tell.
    fn batch(&mut self) -> Option<String> {
        if self.batch.is_empty() {
            if let Pace::Saturated(most) = self.pace
                && self.open.len() + BATCH <= most
            {
                (0..BATCH).for_each(|_| self.make());
            }
            let n_ready = self.ready.len().min(BATCH);
            self.batch = self.ready.drain(..n_ready).map(|made| made.json).collect();
            let last = self.batch.last().and_then(|last| serde_json::from_str::<Numbered>(last).ok());
            self.confirmed_by = last.map(|last| last.update_id + 1);
            self.counts.first.get_or_insert_with(Instant::now);
        }
        (!self.batch.is_empty()).then(|| format!("[{}]", self.batch.join(",")))
    }

    fn sent(&mut self, call: &Named) -> Value {
        self.next_message += 1;
        if let Some(data) = first_button(&call.reply_markup) {
            self.traffic.buttons.insert(call.chat_id, Button { message_id: self.next_message, data });
        }
        match self.settle(&Wanted::Reply(call.chat_id)) {
            Some(delay) => self.counts.replies.push(delay),
            None => self.counts.n_twice += 1,
        }
        message(call.chat_id, self.next_message)
    }

    fn toasted(&mut self, query: String) -> Value {
        match self.settle(&Wanted::Toast(query)) {
            Some(_) => self.counts.n_toasts += 1,
            None => self.counts.n_twice += 1,
        }
        json!(true)
    }

    fn searched(&mut self, query: String) -> Value {
        match self.settle(&Wanted::Results(query)) {
            Some(_) => self.counts.n_results += 1,
            None => self.counts.n_twice += 1,
        }
        json!(true)
    }

    /// How long it was waited for, if it was.
    fn settle(&mut self, wanted: &Wanted) -> Option<Duration> {
        let now = Instant::now();
        self.counts.last = Some(now);
        self.open.remove(wanted).map(|since| now.duration_since(since))
    }
}

fn first_button(markup: &Value) -> Option<String> {
    let rows = markup["inline_keyboard"].as_array()?;
    let mut buttons = rows.iter().filter_map(Value::as_array).flatten();
    buttons.find_map(|button| button["callback_data"].as_str().map(str::to_owned))
}

fn message(chat: i64, id: i64) -> Value {
    let chat = json!({ "id": chat, "type": "private", "first_name": "Reader" });
    json!({ "message_id": id, "date": now(), "chat": chat, "from": bot(), "text": "words" })
}

fn me() -> Value {
    let mut me = bot();
    let abilities = [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", true),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ];
    for (ability, has) in abilities {
        me[ability] = json!(has);
    }
    me
}
