//! What a test asks afterwards, or waits for.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::{FakeTelegram, log::Call, sent::Sent, violations};

/// Long enough for a busy machine; a wait that succeeds does not last longer than it must.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

impl FakeTelegram {
    /// All calls of `method` (any capitals), in order.
    pub(crate) fn calls(&self, method: &str) -> Vec<Call> {
        let of_method = |call: &&Call| call.method.eq_ignore_ascii_case(method);
        self.shared.look(|world| world.log.calls.iter().filter(of_method).cloned().collect())
    }

    /// How many calls there were that `counts`. Nothing is copied: the log of a long run is long.
    pub(crate) fn count(&self, counts: impl Fn(&Call) -> bool) -> usize {
        self.shared.look(|world| world.log.calls.iter().filter(|call| counts(call)).count())
    }

    /// Lets that much time go by at once, by the clock of the log: what was to wait has waited.
    pub(crate) fn skip(&self, time: Duration) {
        self.shared.change(|world| world.log.ahead += time);
    }

    /// All calls in order.
    pub(crate) fn all_calls(&self) -> Vec<Call> {
        self.shared.look(|world| world.log.calls.clone())
    }

    /// The messages that were accepted for a chat, in order, as they were when sent: edits and
    /// deletions do not change them.
    pub(crate) fn sent_to(&self, chat_id: i64) -> Vec<Sent> {
        self.shared.look(|world| {
            let sent = world.log.sent.iter();
            sent.filter(|sent| sent.chat_id == chat_id).cloned().collect()
        })
    }

    /// The bot's messages that stand in a chat now, in order, as they read after edits.
    pub(crate) fn messages(&self, chat_id: i64) -> Vec<Sent> {
        self.shared.look(|world| {
            let state = world.chats.by_id(chat_id);
            let messages = state.into_iter().flat_map(|state| state.messages.values());
            messages.filter(|message| message.by_bot).map(|message| Sent::of(&message.json)).collect()
        })
    }

    /// The messages that are pinned in a chat, the one that is shown last.
    pub(crate) fn pinned(&self, chat_id: i64) -> Vec<i64> {
        self.shared.look(|world| world.chats.by_id(chat_id).map(|state| state.pinned.clone()).unwrap_or_default())
    }

    /// The answers that were accepted for a press: the calls' parameters.
    pub(crate) fn press_answers(&self, query_id: &str) -> Vec<Value> {
        let calls = self.calls("answerCallbackQuery").into_iter();
        calls.filter(|call| call.accepted && call.body["callback_query_id"] == query_id).map(|call| call.body).collect()
    }

    /// What a right bot would not have done, one line each.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.shared.look(violations::of)
    }

    /// The highest offset that took effect: updates below it are gone for good.
    pub(crate) fn confirmed_offset(&self) -> i64 {
        self.shared.look(|world| world.updates.confirmed_offset())
    }

    /// The numbers of the updates that wait to be confirmed, in order of arrival.
    pub(crate) fn unconfirmed(&self) -> Vec<i64> {
        self.shared.look(|world| world.updates.unconfirmed())
    }

    /// Waits until `predicate` holds, looking again at every change.
    ///
    /// # Panics
    ///
    /// With the log, when `deadline` is over.
    pub(crate) async fn wait_for(&self, mut predicate: impl FnMut(&Self) -> bool, deadline: Duration) {
        let mut changes = self.shared.changes();
        let end = Instant::now() + deadline;
        while !predicate(self) {
            if timeout_at(end, changes.changed()).await.is_err() {
                let log = self.shared.look(|world| world.log.to_string());
                panic!("not so after {deadline:?}; the calls were:\n{log}");
            }
        }
    }

    /// Waits until `n` messages were accepted for a chat, and gives all that were.
    ///
    /// # Panics
    ///
    /// With the log, after [`DEADLINE`].
    pub(crate) async fn wait_for_sent(&self, chat_id: i64, n: usize) -> Vec<Sent> {
        self.wait_for(|fake| fake.sent_to(chat_id).len() >= n, DEADLINE).await;
        self.sent_to(chat_id)
    }
}
