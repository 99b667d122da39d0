//! For admins: what became of announcements, and a pause for all of them.

use crate::chat::{Block, Message, Outgoing};
use crate::domain::DeliveryId;
use crate::store::StoreError;

use super::super::replies::Voice;
use super::super::turn::Turn;

impl Turn<'_> {
    /// Counts by state, then what is doubtful, with its choices.
    pub(in super::super) async fn deliveries(&self, voice: Voice<'_>) -> Vec<Outgoing> {
        match self.report(voice).await {
            Ok(messages) => messages.into_iter().flat_map(|message| self.send(message)).collect(),
            Err(error) => self.send(self.or_apologise(voice, Err(error))),
        }
    }

    async fn report(&self, voice: Voice<'_>) -> Result<Vec<Message>, StoreError> {
        let store = &self.app.parts.store;
        let counts = store.counts().await?;
        let lines: Vec<String> =
            counts.iter().filter(|(_, n)| **n > 0).map(|(state, n)| voice.deliveries_count(*state, *n)).collect();
        let blocks = if lines.is_empty() {
            vec![Block::Text(voice.deliveries_none())]
        } else {
            vec![Block::Heading(voice.deliveries_heading()), Block::Items(lines)]
        };
        let mut first = Message { blocks, actions: Vec::new() };
        if store.paused().await? {
            first.blocks.push(Block::Text(voice.paused()));
        }
        let mut messages = vec![first];
        messages.extend(self.doubts(&self.desk(voice.language), DeliveryId(0)).await?);
        Ok(messages)
    }

    /// Announces nothing until told otherwise.
    pub(in super::super) async fn pause(&self, voice: Voice<'_>) -> Message {
        let done = self.app.parts.store.pause().await;
        tracing::info!("announcements paused by an admin");
        self.or_apologise(voice, done.map(|()| Message::text(voice.paused())))
    }

    /// Announces again.
    pub(in super::super) async fn resume(&self, voice: Voice<'_>) -> Message {
        let done = self.app.parts.store.resume_dispatch().await;
        tracing::info!("announcements resumed by an admin");
        self.or_apologise(voice, done.map(|()| Message::text(voice.resumed())))
    }
}
