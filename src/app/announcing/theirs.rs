//! The desk at which the posts of a chat are written: in its language, by the days of its zone.

use crate::domain::{ChatKind, Delivery, Language, Settings};
use crate::store::StoreError;

use super::super::reply::Desk;
use super::super::{App, Snapshot};

impl App {
    /// The settings of a delivery's chat; those that any chat starts with if its subscription is gone.
    pub(super) async fn settings_of(&self, delivery: &Delivery) -> Result<Settings, StoreError> {
        let subscription = self.parts.store.subscription(delivery.subscription).await?;
        Ok(subscription.map_or_else(
            || Settings::new(ChatKind::Group, Language::English, self.parts.zone.clone()),
            |subscription| subscription.settings,
        ))
    }

    /// Where the posts of a chat of these settings are written now.
    pub(super) fn desk_of<'d>(&'d self, snapshot: &'d Snapshot, settings: &'d Settings) -> Desk<'d> {
        let (voice, now) = (self.voice(settings.language), self.parts.clock.now());
        Desk { corpus: &snapshot.corpus, voice, now, zone: &settings.zone }
    }
}
