//! The one calm sentence for an update that could not be handled, made so that nothing is spoiled by it as well.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::Inbox;
use crate::chat::{Front, Incoming, Outgoing};

/// The longest that it may take to look up how somebody wants to be told that this was too long.
const APOLOGY_LIMIT: Duration = Duration::from_secs(2);

impl<F: Front> Inbox<F> {
    /// As whoever it goes to wants to be answered, if that can be looked up. In a task of its own: what spoiled the reply
    /// may spoil this.
    pub(super) async fn apology(&self, asked: &Incoming) -> Vec<Outgoing> {
        let (app, incoming) = (Arc::clone(&self.app), asked.clone());
        let mut making = tokio::spawn(async move { app.apology(&incoming).await });
        if let Ok(Ok(apology)) = timeout(APOLOGY_LIMIT, &mut making).await {
            return apology;
        }
        making.abort();
        self.app.bare_apology(asked)
    }
}
