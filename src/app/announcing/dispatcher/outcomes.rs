//! What became of a post: it is recorded, and what the platform asks for is done.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::announcements::backoff;
use crate::chat::{Failure, MessageId, Messenger, Outgoing, Receipt};
use crate::domain::{Delivery, Subscription};

use super::Dispatcher;

/// So many chats that ask to wait within [`TOGETHER`] mean that the whole broadcast is too fast.
const CHATS_IN_TROUBLE: usize = 3;

const TOGETHER: SignedDuration = SignedDuration::from_secs(10);

impl<M: Messenger + 'static> Dispatcher<M> {
    /// Records it as the message that can be edited later. Of several, one edited would not fit the others: such a post
    /// is recorded without a message, and stays as it is.
    pub(super) async fn record_sent(
        &self,
        delivery: &Delivery,
        chat: &Subscription,
        post: &Outgoing,
        receipt: Receipt,
    ) {
        let is_one = self.front.n_parts(post) == 1;
        if !is_one {
            tracing::info!(delivery = delivery.id.0, "a post takes several messages; it will not be corrected");
        }
        let id = receipt.message.filter(|_| is_one).map_or(0, |message| message.0);
        self.insist(|| self.app.parts.store.sent(delivery.id, id)).await;
        if let Some(id) = receipt.message.filter(|_| chat.settings.pin) {
            self.pin(delivery, id).await;
        }
    }

    /// Tries once: the post stands, pinned or not.
    async fn pin(&self, delivery: &Delivery, id: MessageId) {
        self.tempo().pace.pin(delivery.id, self.now());
        let Err(failure) = self.front.deliver(&Outgoing::Pin { chat: delivery.chat, id }).await else { return };
        tracing::info!(reason = %failure, "a post was not pinned");
        if let Failure::NotSent { retry_after: Some(wait), .. } = failure {
            self.hold_up(delivery.chat.id, wait).await;
        }
    }

    pub(super) async fn record_failure(&self, delivery: &Delivery, failure: Failure) {
        let (store, id, now) = (&self.app.parts.store, delivery.id, self.now());
        match failure {
            Failure::NotSent { retry_after: Some(wait), reason } => {
                tracing::warn!(wait_s = wait.as_secs(), %reason, "an announcement has to wait");
                let until = self.hold_up(delivery.chat.id, wait).await;
                self.insist(|| store.requeue(id, until, &reason)).await;
            }
            Failure::NotSent { retry_after: None, reason } => {
                let next = now + backoff(delivery.attempts);
                self.insist(|| store.requeue(id, next, &reason)).await;
            }
            Failure::Unknown { reason } => {
                tracing::warn!(delivery = id.0, %reason, "nobody knows whether an announcement was posted");
                self.insist(|| store.ambiguous(id, &reason, self.now())).await;
            }
            Failure::Gone { reason } => {
                tracing::info!(%reason, "a chat is gone; its subscription ends");
                self.insist(|| store.gone(id, &reason, now)).await;
            }
            Failure::Moved { to } => self.insist(|| store.moved(id, to, now)).await,
            Failure::Forbidden { reason } => {
                tracing::warn!(delivery = id.0, %reason, "may not post in a chat; its subscription is suspended");
                self.insist(|| store.barred(id, &reason, now)).await;
            }
            Failure::Rejected { reason } => {
                tracing::error!(delivery = id.0, %reason, "an announcement was refused");
                self.insist(|| store.refused(id, &reason, self.now())).await;
            }
            Failure::Unauthorised { reason } => {
                tracing::error!(%reason, "the token is no longer accepted; stopping");
                self.insist(|| store.requeue(id, now, &reason)).await;
                self.shutdown.cancel();
            }
        }
    }

    /// A chat asked to wait so long: neither a post nor a reply goes there before. That is stored at once, so that a
    /// restart obeys it. Returns until when.
    pub(super) async fn hold_up(&self, chat: i64, wait: Duration) -> Timestamp {
        let (store, now) = (&self.app.parts.store, self.now());
        // No front asks for more than can be added.
        let wait_for = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
        let until = now.saturating_add(wait_for).unwrap_or(now);
        self.app.freezes.freeze(chat, wait);
        self.insist(|| store.freeze(chat, until)).await;
        let together = {
            let mut tempo = self.tempo();
            tempo.in_trouble.retain(|(other, at)| *other != chat && now.duration_since(*at) <= TOGETHER);
            tempo.in_trouble.push_back((chat, now));
            tempo.in_trouble.len()
        };
        if together >= CHATS_IN_TROUBLE {
            tracing::warn!(chats = together, "several chats ask to wait; the broadcast waits");
            self.insist(|| store.freeze_broadcast(until)).await;
        }
        until
    }
}
