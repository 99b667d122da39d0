//! What keeps the bot from answering in a group: whoever can mend it is told, while the reply itself goes its way.

use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;

use super::super::groups::Trouble;
use super::super::settle::Fate;
use super::{Inbox, Settled};
use crate::chat::{Front, Incoming};

/// A reply that is not out by then may be waiting for its chat.
const PATIENCE: Duration = Duration::from_secs(10);

/// A wait that is longer is no flood of the bot's, which the limits keep it from: a group in slow mode asks for it.
const LONG: Duration = Duration::from_secs(50);

impl<F: Front> Inbox<F> {
    /// Somebody who can mend it is told, if nobody was of late.
    pub(super) async fn tell(&self, trouble: Trouble, asked: &Incoming) -> Settled {
        let Some(telling) = self.app.tell_trouble(trouble, asked).await else { return Settled::Now };
        match self.settler.settle(telling.outgoing).await {
            Fate::Later => Settled::Later,
            Fate::Taken => {
                self.app.trouble_told(trouble, asked).await;
                Settled::Now
            }
            fate @ (Fate::Unreachable | Fate::Refused | Fate::NotAllowed | Fate::Doubtful) => {
                tracing::warn!(chat = asked.chat.id, ?trouble, "nobody could be told that a group cannot be answered");
                if fate == Fate::Unreachable {
                    self.app.trouble_untold(telling.last);
                }
                Settled::Now
            }
        }
    }

    /// Waits for a delivery; if its chat makes it wait for long, somebody is told meanwhile.
    pub(super) async fn patiently(&self, mut delivery: JoinHandle<Fate>, asked: &Incoming) -> Result<Fate, JoinError> {
        if let Ok(ended) = timeout(PATIENCE, &mut delivery).await {
            return ended;
        }
        let wait = self.app.freezes.remaining(asked.chat.id).unwrap_or_default();
        if wait + PATIENCE > LONG {
            self.tell(Trouble::Slow, asked).await;
        }
        delivery.await
    }
}
