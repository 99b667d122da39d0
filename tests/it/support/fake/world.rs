//! Everything that the fake knows.

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{chats::Chats, faults::Scripts, inline::Queries, log::Log, profile::Profile, updates::Updates};

#[derive(Default)]
pub(crate) struct World {
    pub(crate) profile: Profile,
    pub(crate) chats: Chats,
    pub(crate) updates: Updates,
    /// By callback query id: whether it can still be answered.
    pub(crate) presses: BTreeMap<String, bool>,
    pub(crate) queries: Queries,
    pub(crate) scripts: Scripts,
    pub(crate) log: Log,
    /// Unix seconds of the `date` fields; `None` is the machine's clock.
    pub(crate) date: Option<i64>,
}

impl World {
    /// Unix seconds for a `date` field.
    pub(crate) fn date(&self) -> i64 {
        self.date.unwrap_or_else(|| {
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed())
        })
    }
}
