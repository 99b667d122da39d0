//! Telling readers what they asked to be told: after each change of the knowledge the kept questions are tried again, and
//! a sure answer is sent once.
//!
//! At most once, as announcements are: the intent is on disk before the first byte, and what may have arrived is not
//! sent again. It comes as a reply to the question; the question itself is not repeated.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::chat::{Block, Failure, Front, Message, MessageId, Outgoing};
use crate::domain::{ChatRef, Language};
use crate::store::{KeptQuestion, Lead, QuestionId, StoreError};

use super::super::answer::{Outcome, answer};
use super::super::language::Preference;
use super::super::reply::Desk;
use super::super::{App, Snapshot};
use super::LOOK;

/// So many are read at once.
const BATCH: u32 = 100;

/// The pause after each that is sent: with a broadcast of 25 a second it stays below what a platform takes.
const PACE: Duration = Duration::from_millis(200);

/// Tells readers through one front.
pub(super) struct Teller<F> {
    pub(super) app: Arc<App>,
    pub(super) front: Arc<F>,
    pub(super) lead: Arc<Lead>,
    pub(super) shutdown: CancellationToken,
}

/// Whether a look goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    GoesOn,
    /// The platform cannot be reached, or asks for a pause: the next look is soon enough.
    IsOver,
}

impl<F: Front> Teller<F> {
    /// Looks until the shutdown. What is being told is told to its end.
    pub(super) async fn live(self) {
        if let Err(error) = self.recover().await {
            tracing::error!(%error, "failed to look for questions that were being answered at the last end");
        }
        while !self.shutdown.is_cancelled() {
            if let Err(error) = self.look().await {
                tracing::error!(%error, "failed to try kept questions again");
            }
            self.pause(LOOK).await;
        }
    }

    async fn recover(&self) -> Result<(), StoreError> {
        let n_doubtful = self.app.parts.store.recover_questions(&self.lead).await?;
        if n_doubtful > 0 {
            tracing::warn!(n_doubtful, "the last run ended while it told readers of answers; they are not told again");
        }
        Ok(())
    }

    /// Tries all that this revision was not tried for.
    async fn look(&self) -> Result<(), StoreError> {
        let snapshot = self.app.library().snapshot();
        let mut after = QuestionId(0);
        loop {
            let now = self.app.parts.clock.now();
            let store = &self.app.parts.store;
            let batch = store.untried_questions(&self.lead, snapshot.revision(), (after, BATCH), now).await?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.id;
            for question in &batch {
                if self.shutdown.is_cancelled() || self.attempt(&snapshot, question).await? == Look::IsOver {
                    return Ok(());
                }
                // Answering takes a moment of a thread that others answer on.
                tokio::task::yield_now().await;
            }
        }
    }

    async fn attempt(&self, snapshot: &Snapshot, question: &KeptQuestion) -> Result<Look, StoreError> {
        let store = &self.app.parts.store;
        // Frozen since it was stored.
        if self.app.freezes.remaining(question.chat).is_some() {
            return Ok(Look::GoesOn);
        }
        // The reader may have chosen another since they asked.
        let language = store.language(question.chat).await?.unwrap_or(question.language);
        let Some(message) = self.sure_answer(snapshot, &question.words, language) else {
            store.question_tried(question.id, snapshot.revision()).await?;
            return Ok(Look::GoesOn);
        };
        if !store.claim_question(&self.lead, question.id).await? {
            return Ok(Look::GoesOn);
        }
        let to = ChatRef { id: question.chat, thread: None };
        let outgoing = Outgoing::Send { to, reply_to: Some(MessageId(question.message)), message };
        let look = match self.front.deliver(&outgoing).await {
            Ok(_) => {
                store.question_told(question.id).await?;
                tracing::info!(question = question.id.0, "told a reader of an answer they had asked for");
                Look::GoesOn
            }
            Err(failure) => self.after(failure, question).await?,
        };
        self.pause(PACE).await;
        Ok(look)
    }

    /// One or more quotes; a choice is no answer.
    fn sure_answer(&self, snapshot: &Snapshot, words: &str, language: Language) -> Option<Message> {
        let preference = Preference { chosen: Some(language), interface: None };
        let Outcome::Quote(found) = answer(snapshot, words, preference).outcome else { return None };
        let (voice, parts) = (self.app.voice(language), &self.app.parts);
        let desk = Desk { corpus: &snapshot.corpus, voice, now: parts.clock.now(), zone: &parts.zone };
        let mut message = desk.quotes(&found);
        message.blocks.insert(0, Block::Text(voice.kept_answered()));
        if let Some(passage) = snapshot.first_bent(&message) {
            tracing::error!(%passage, "a quote was not verbatim and was held back");
            return None;
        }
        Some(message)
    }

    async fn after(&self, failure: Failure, question: &KeptQuestion) -> Result<Look, StoreError> {
        let store = &self.app.parts.store;
        match failure {
            Failure::NotSent { retry_after, reason } => {
                tracing::warn!(%reason, "an answer that somebody waits for has to wait");
                store.release_question(question.id).await?;
                if let Some(wait) = retry_after {
                    self.freeze(question.chat, wait).await?;
                }
                Ok(Look::IsOver)
            }
            Failure::Unauthorised { reason } => {
                tracing::error!(%reason, "the token is no longer accepted; stopping");
                store.release_question(question.id).await?;
                self.shutdown.cancel();
                Ok(Look::IsOver)
            }
            Failure::Gone { reason } => {
                tracing::info!(%reason, "a reader is gone; nothing is kept for them");
                store.withdraw_questions_of(question.chat).await?;
                Ok(Look::GoesOn)
            }
            Failure::Unknown { reason } | Failure::Forbidden { reason } | Failure::Rejected { reason } => {
                tracing::warn!(question = question.id.0, %reason, "an answer may not have reached who waits for it; it is not sent again");
                store.question_told(question.id).await?;
                Ok(Look::GoesOn)
            }
            Failure::Moved { .. } => {
                store.question_told(question.id).await?;
                Ok(Look::GoesOn)
            }
        }
    }

    /// Replies and announcements obey it, too, and so does a restart.
    async fn freeze(&self, chat: i64, wait: Duration) -> Result<(), StoreError> {
        let (parts, now) = (&self.app.parts, self.app.parts.clock.now());
        let until = now.saturating_add(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)).unwrap_or(now);
        self.app.freezes.freeze(chat, wait);
        parts.store.freeze(chat, until).await
    }

    async fn pause(&self, pause: Duration) {
        tokio::select! {
            () = self.shutdown.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
