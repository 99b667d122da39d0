//! What is said again, or not at all: posts whose event has changed since are edited, and what has nothing to say any
//! more is not sent.
//!
//! An edit is no second message: where it cannot be made, its chat has been told of the change all the same. So a post
//! that takes several messages, before or after, is left as it is: what does not fit into the one that is edited would be
//! new messages, which are heard, and more of them at each try.

use std::sync::Arc;

use crate::chat::{Failure, MessageId, Messenger, Outgoing};
use crate::domain::{Delivery, Subject};
use crate::store::StoreError;

use super::super::super::reply::Desk;
use super::Dispatcher;
use super::going::Going;

impl<M: Messenger + 'static> Dispatcher<M> {
    /// Begins to edit up to `n` posts that do not say any more what is so. Returns how many were looked at.
    pub(super) async fn correct(self: &Arc<Self>, n: u32) -> Result<usize, StoreError> {
        if n == 0 {
            return Ok(0);
        }
        let posts = self.app.parts.store.take_corrections(&self.lead, n, self.now()).await?;
        let n_posts = posts.len();
        for post in posts {
            let Some(edit) = self.correction(&post).await else { continue };
            // There is one: nobody else takes permits, and no more were taken than there are.
            let Ok(permit) = Arc::clone(&self.in_flight).acquire_owned().await else { break };
            let this = Arc::clone(self);
            tokio::spawn(async move {
                this.edit(&post, &edit).await;
                drop(permit);
            });
        }
        Ok(n_posts)
    }

    /// The post as it should read, counted as gone to its chat; `None` if the chat has to rest, or there is nothing to
    /// say, or too much.
    async fn correction(&self, post: &Delivery) -> Option<Outgoing> {
        let (store, now) = (&self.app.parts.store, self.now());
        // What cannot be read now comes again in a minute.
        let chat = store.subscription(post.subscription).await.unwrap_or_default()?;
        let snapshot = self.app.library().snapshot();
        let voice = self.app.voice(chat.settings.language);
        let desk = Desk { corpus: &snapshot.corpus, voice, now, zone: &chat.settings.zone };
        let message = match &post.subject {
            Subject::Event { uid, .. } => desk.corrected(uid).filter(|message| snapshot.first_bent(message).is_none()),
            Subject::Words { .. } => None,
        };
        let (Some(message), Some(id)) = (message, post.message) else {
            self.insist(|| store.corrected(post.id)).await;
            return None;
        };
        let edit = Outgoing::Edit { chat: post.chat, id: MessageId(id), message };
        if self.front.n_parts(&edit) > 1 {
            tracing::info!(
                delivery = post.id.0,
                "a post would take several messages if it was corrected; it stays as it was"
            );
            self.insist(|| store.corrected(post.id)).await;
            return None;
        }
        if let Some(until) = self.rest(post.chat.id, now, |pace| pace.take(post.chat.id, chat.kind, now)) {
            self.insist(|| store.correct_later(post.id, until)).await;
            return None;
        }
        Some(edit)
    }

    async fn edit(&self, post: &Delivery, edit: &Outgoing) {
        let (store, now) = (&self.app.parts.store, self.now());
        match self.front.deliver(edit).await {
            Ok(_) => self.insist(|| store.corrected(post.id)).await,
            Err(Failure::NotSent { retry_after: Some(wait), reason }) => {
                tracing::warn!(wait_s = wait.as_secs(), %reason, "a correction has to wait");
                let until = self.hold_up(post.chat.id, wait).await;
                self.insist(|| store.correct_later(post.id, until)).await;
            }
            // It comes again by itself: made twice, it shows the same.
            Err(failure @ (Failure::NotSent { retry_after: None, .. } | Failure::Unknown { .. })) => {
                tracing::info!(delivery = post.id.0, reason = %failure, "a post was perhaps not corrected; trying again");
            }
            Err(Failure::Gone { reason }) => {
                tracing::info!(%reason, "a chat is gone; its subscription ends");
                self.insist(|| store.end(post.subscription, &reason, now)).await;
            }
            Err(failure @ (Failure::Moved { .. } | Failure::Forbidden { .. } | Failure::Rejected { .. })) => {
                tracing::info!(delivery = post.id.0, reason = %failure, "a post stays as it was");
                self.insist(|| store.corrected(post.id)).await;
            }
            Err(Failure::Unauthorised { reason }) => {
                tracing::error!(%reason, "the token is no longer accepted; stopping");
                self.shutdown.cancel();
            }
        }
    }

    /// There is nothing to say: an event that is not there any more is called off, a passage that is not, refused.
    pub(super) async fn leave_unsaid(&self, delivery: &Delivery, going: &Going) {
        let store = &self.app.parts.store;
        let is_there = match &delivery.subject {
            Subject::Event { uid, .. } => going.snapshot.event(uid).is_some(),
            Subject::Words { .. } => true,
        };
        if is_there {
            self.insist(|| store.refused(delivery.id, "its passage is not in the knowledge any more", self.now()))
                .await;
        } else {
            tracing::info!(delivery = delivery.id.0, "an event is not in the knowledge any more; not announced");
            self.insist(|| store.withdraw(delivery.id)).await;
        }
    }
}
