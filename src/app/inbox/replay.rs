//! What earlier runs left in the inbox: one process of those on a database takes it up.
//!
//! That is the one with the custody. It says nothing about new updates, which every process answers; only a start that
//! finds another process at work leaves what waits there to it, and takes it up when that one has ended.

use std::sync::Arc;
use std::time::Duration;

use super::Inbox;
use crate::chat::Front;
use crate::store::{Custody, StoreError};

/// How often it is looked whether the other process has ended.
const CUSTODY_PAUSE: Duration = Duration::from_secs(1);

impl<F: Front> Inbox<F> {
    /// Takes up what an earlier run left behind, unless another process on the database is at it. Called once, before
    /// the first batch.
    ///
    /// # Errors
    /// [`StoreError`] if the inbox cannot be read.
    pub async fn begin(self: &Arc<Self>) -> Result<(), StoreError> {
        self.sweep().await?;
        self.settler.remember_freezes().await?;
        match self.store.custody() {
            Ok(Some(custody)) => self.replay(custody).await,
            Ok(None) => {
                tracing::warn!("another process on this database answers what waits in it; this one only what is new");
                Ok(())
            }
            Err(error) => {
                // A reply given twice is better than none.
                tracing::warn!(%error, "cannot tell whether another process answers what waits; answering it");
                self.replay_waiting().await
            }
        }
    }

    /// Waits for the end of the other process, if there is one, and takes up what it left behind.
    pub async fn take_over(self: &Arc<Self>) {
        while self.custody.get().is_none() {
            tokio::time::sleep(CUSTODY_PAUSE).await;
            let Ok(Some(custody)) = self.store.custody() else { continue };
            if let Err(error) = self.replay(custody).await {
                tracing::error!(%error, "failed to read what another process left in the inbox");
            }
        }
    }

    /// What cannot be read lets the custody go, to be tried again.
    async fn replay(self: &Arc<Self>, custody: Custody) -> Result<(), StoreError> {
        self.replay_waiting().await?;
        // The first one stays; there is no second.
        let _ = self.custody.set(custody);
        Ok(())
    }

    async fn replay_waiting(self: &Arc<Self>) -> Result<(), StoreError> {
        let waiting = self.store.waiting().await?;
        if !waiting.is_empty() {
            tracing::info!(updates = waiting.len(), "handling what an earlier run left in the inbox");
        }
        for waiting in waiting {
            self.enqueue(waiting.id, waiting.lane);
        }
        Ok(())
    }
}
