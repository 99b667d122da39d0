//! Doubts, as an admin who asks for them sees them: by what they are about, all settled by one press or one by one.
//!
//! Nothing is remembered between two presses: a button carries what it is about, so it works after a restart as before.

use jiff::Timestamp;

use crate::chat::{Message, Outgoing, PressRef};
use crate::domain::{DeliveryId, DeliveryState};
use crate::store::{Settlement, StoreError};

use super::super::press::{Decision, Wish};
use super::super::replies::Voice;
use super::super::reply::{Desk, rows};
use super::super::turn::{Turn, toast};
use super::wording::NAMED;

/// So many are shown at once.
const SHOWN: u32 = 5;

impl Turn<'_> {
    /// What is doubtful, from the first after that number: an event with several is one message.
    pub(super) async fn doubts(&self, desk: &Desk<'_>, after: DeliveryId) -> Result<Vec<Message>, StoreError> {
        let store = &self.app.parts.store;
        // One more tells whether there are more.
        let mut found = store.doubts(after, SHOWN + 1, NAMED).await?;
        let more = found.len() > SHOWN as usize;
        found.truncate(SHOWN as usize);
        let mut messages = Vec::new();
        for doubts in &found {
            let settings = self.app.settings_of(&doubts.first).await?;
            messages.push(desk.ask_doubts(&self.app.desk_of(self.snapshot, &settings), doubts));
        }
        if let Some(last) = found.last().filter(|_| more) {
            messages.push(desk.more(Wish::Doubts(last.first.id)));
        }
        Ok(messages)
    }

    /// The next of them.
    pub(in super::super) async fn more_doubts(
        &self,
        desk: &Desk<'_>,
        after: DeliveryId,
        by: &PressRef,
    ) -> Vec<Outgoing> {
        self.listed(desk, self.doubts(desk, after).await, by)
    }

    /// Those about the same as `like`, from the first after that number, each with choices of its own.
    pub(in super::super) async fn one_by_one(
        &self,
        desk: &Desk<'_>,
        like: DeliveryId,
        after: DeliveryId,
        by: &PressRef,
    ) -> Vec<Outgoing> {
        let found = async {
            if self.app.parts.store.delivery(like).await?.is_none() {
                return Ok(vec![Message::text(desk.voice.decided_gone())]);
            }
            let mut found = self.app.parts.store.doubts_like(like, after, SHOWN + 1).await?;
            let more = found.len() > SHOWN as usize;
            found.truncate(SHOWN as usize);
            let mut messages = Vec::new();
            for delivery in &found {
                let settings = self.app.settings_of(delivery).await?;
                messages.push(desk.ask_doubtful(&self.app.desk_of(self.snapshot, &settings), delivery));
            }
            if let Some(last) = found.last().filter(|_| more) {
                messages.push(desk.more(Wish::OneByOne(like, last.id)));
            }
            Ok(messages)
        };
        self.listed(desk, found.await, by)
    }

    /// Does what was decided about all that were doubtful when it was asked, and says so in place of the question. A second
    /// press finds nothing left of them.
    pub(in super::super) async fn decide_all(
        &self,
        desk: &Desk<'_>,
        decision: Decision,
        (like, asked): (DeliveryId, Timestamp),
        by: &PressRef,
    ) -> Vec<Outgoing> {
        let voice = desk.voice;
        let (store, now) = (&self.app.parts.store, self.app.parts.clock.now());
        let Some(settlement) = decision.settlement() else { return vec![toast(by, Some(voice.too_late()))] };
        let settled = match store.settle_like(like, asked, settlement, now).await {
            Ok(None) => return vec![toast(by, Some(voice.decided_gone()))],
            Ok(Some(settled)) if settled.is_empty() => return vec![toast(by, Some(voice.decided_before()))],
            Ok(Some(settled)) => settled,
            Err(error) => return vec![self.failed(voice, by, &error)],
        };
        tracing::info!(like = like.0, deliveries = settled.len(), ?decision, "decided");
        let states: Vec<DeliveryState> = settled.into_iter().map(|(_, state)| state).collect();
        let words = said_of_all(voice, settlement, &states);
        let Some(id) = self.incoming.message else { return vec![toast(by, Some(words))] };
        let message = Message::text(words);
        vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
    }

    fn listed(&self, desk: &Desk<'_>, found: Result<Vec<Message>, StoreError>, by: &PressRef) -> Vec<Outgoing> {
        match found {
            Ok(messages) if messages.is_empty() => vec![toast(by, Some(desk.voice.decided_before()))],
            Ok(messages) => {
                messages.into_iter().flat_map(|message| self.send(message)).chain([toast(by, None)]).collect()
            }
            Err(error) => vec![self.failed(desk.voice, by, &error)],
        }
    }
}

impl Desk<'_> {
    fn more(&self, next: Wish) -> Message {
        let actions = rows(self.wish(next, self.voice.show_more()));
        Message { actions, ..Message::text(self.voice.doubts_more()) }
    }
}

/// What became of them; of what is to be posted again, how many are, how many are too late, and the others.
fn said_of_all(voice: Voice<'_>, settlement: Settlement, states: &[DeliveryState]) -> String {
    let n_of = |state| states.iter().filter(|found| **found == state).count();
    let (n_queued, n_late) = (n_of(DeliveryState::Queued), n_of(DeliveryState::Missed));
    match settlement {
        Settlement::IsThere => voice.decided_they_are_there(states.len()),
        Settlement::Drop => voice.decided_drop_all(states.len()),
        Settlement::PostAgain => {
            let said = [
                (n_queued, voice.decided_post_all_again(n_queued)),
                (n_late, voice.decided_all_too_late(n_late)),
                (states.len() - n_queued - n_late, voice.decided_all_not_again(states.len() - n_queued - n_late)),
            ];
            let said: Vec<String> = said.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
            said.join(" ")
        }
    }
}
