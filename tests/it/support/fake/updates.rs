//! The queue of updates, and what an offset does to it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Kinds that come only when they are asked for.
const ON_DEMAND: &[&str] = &["chat_member", "message_reaction", "message_reaction_count"];

/// Telegram takes an offset further ahead than this for a leftover of other numbers, and forgets
/// nothing (TDLib, TQueue.cpp). That is how a bot gets over ids that begin anew after a quiet week.
const MAX_OFFSET_LEAD: i64 = 10;

/// An update that carries a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pushed {
    /// 0 if nothing was queued.
    pub(crate) update_id: i64,
    pub(crate) chat_id: i64,
    pub(crate) message_id: i64,
    /// False if privacy mode or `allowed_updates` kept it from the bot: nothing was queued.
    pub(crate) queued: bool,
}

/// An update that carries a button press.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pressed {
    pub(crate) update_id: i64,
    pub(crate) query_id: String,
}

#[derive(Debug)]
struct Queued {
    update_id: i64,
    json: Value,
    delivery: Delivery,
}

/// Updates with a number chosen by the test may lie below an offset that was confirmed long ago:
/// duplicates, ids out of order. Telegram would never deliver them; here they are delivered once.
#[derive(Debug, PartialEq)]
enum Delivery {
    UntilConfirmed,
    OnceAtLeast,
}

/// What a getUpdates call asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poll {
    generation: u64,
    limit: usize,
}

#[derive(Debug)]
pub(crate) struct Updates {
    queue: Vec<Queued>,
    /// Every update ever made, for sending it again.
    archive: BTreeMap<i64, Value>,
    next_id: i64,
    confirmed: i64,
    /// `None` is the default: all kinds but those on demand.
    allowed: Option<Vec<String>>,
    /// Counts getUpdates calls; a waiting one that is not the last has been taken over.
    generation: u64,
    pub(crate) webhook: Option<String>,
}

impl Default for Updates {
    fn default() -> Self {
        Self {
            queue: Vec::new(),
            archive: BTreeMap::new(),
            next_id: 1000,
            confirmed: 0,
            allowed: None,
            generation: 0,
            webhook: None,
        }
    }
}

impl Updates {
    /// Queues an update under the next number and gives the number; `None` if updates of this kind
    /// are not asked for.
    pub(crate) fn push(&mut self, kind: &str, payload: Value) -> Option<i64> {
        let is_allowed = match &self.allowed {
            Some(kinds) => kinds.iter().any(|allowed| allowed == kind),
            None => !ON_DEMAND.contains(&kind),
        };
        is_allowed.then(|| self.push_raw(Value::from_iter([(kind, payload)])))
    }

    /// Queues any JSON, under its own `update_id` if it has one, whatever is allowed.
    pub(crate) fn push_raw(&mut self, mut update: Value) -> i64 {
        let (update_id, delivery) = match update["update_id"].as_i64() {
            Some(update_id) => (update_id, Delivery::OnceAtLeast),
            None => (self.next_id, Delivery::UntilConfirmed),
        };
        if update.is_object() {
            update["update_id"] = json!(update_id);
        }
        self.next_id = self.next_id.max(update_id + 1);
        self.archive.insert(update_id, update.clone());
        self.enqueue(update_id, update, delivery);
        update_id
    }

    /// Queues an update of the past once more, or does nothing if there was none of this number.
    pub(crate) fn push_again(&mut self, update_id: i64) {
        if let Some(update) = self.archive.get(&update_id).cloned() {
            self.enqueue(update_id, update, Delivery::OnceAtLeast);
        }
    }

    /// Numbers the updates to come from `update_id` on.
    pub(crate) fn renumber(&mut self, update_id: i64) {
        self.next_id = update_id;
    }

    fn enqueue(&mut self, update_id: i64, json: Value, delivery: Delivery) {
        self.queue.push(Queued { update_id, json, delivery });
    }

    /// Takes in a getUpdates call: confirms below its offset, remembers what it allows, and takes
    /// over from a call that is waiting.
    pub(crate) fn begin(&mut self, call: &Value) -> Poll {
        match call["offset"].as_i64().unwrap_or(0) {
            offset if offset < 0 => self.keep_last(offset.unsigned_abs()),
            offset if offset > 0 => self.confirm(offset),
            _ => {}
        }
        if let Some(kinds) = call["allowed_updates"].as_array() {
            let kinds: Vec<_> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
        self.generation += 1;
        let limit = call["limit"].as_u64().filter(|limit| *limit > 0).unwrap_or(100);
        Poll { generation: self.generation, limit: usize::try_from(limit.min(100)).unwrap_or(100) }
    }

    fn confirm(&mut self, offset: i64) {
        if offset > self.next_id + MAX_OFFSET_LEAD {
            return;
        }
        self.confirmed = self.confirmed.max(offset);
        self.queue.retain(|queued| queued.update_id >= offset || queued.delivery == Delivery::OnceAtLeast);
    }

    fn keep_last(&mut self, n: u64) {
        let n_kept = usize::try_from(n).unwrap_or(usize::MAX);
        let n_forgotten = self.queue.len().saturating_sub(n_kept);
        for queued in self.queue.drain(..n_forgotten) {
            self.confirmed = self.confirmed.max(queued.update_id + 1);
        }
    }

    /// Whether no other call came since.
    pub(crate) fn is_current(&self, poll: Poll) -> bool {
        poll.generation == self.generation
    }

    pub(crate) fn has_news(&self) -> bool {
        !self.queue.is_empty()
    }

    /// The oldest updates, up to the call's limit.
    pub(crate) fn batch(&mut self, poll: Poll) -> Vec<Value> {
        let batch = self.queue.iter_mut().take(poll.limit);
        batch
            .map(|queued| {
                queued.delivery = Delivery::UntilConfirmed;
                queued.json.clone()
            })
            .collect()
    }

    /// Forgets all that waits.
    pub(crate) fn drop_pending(&mut self) {
        self.keep_last(0);
    }

    /// The highest offset that took effect: all below it is forgotten.
    pub(crate) fn confirmed_offset(&self) -> i64 {
        self.confirmed
    }

    /// The numbers of those that wait to be confirmed, in order of arrival.
    pub(crate) fn unconfirmed(&self) -> Vec<i64> {
        self.queue.iter().map(|queued| queued.update_id).collect()
    }
}
