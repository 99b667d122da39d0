//! `/settings`: in a group it leads its administrators to the private chat, where one message shows and changes what the
//! group chose. Who may is looked up anew at every press.

use crate::chat::{Address, LinkPayload, Message, Outgoing, PressRef};
use crate::domain::{ChatKind, ChatName, ChatRef, Title};
use crate::store::{Keeper, KeptGroup, StoreError};

use super::super::press::{Press, Wish};
use super::super::replies::Voice;
use super::super::reply::rows;
use super::super::turn::{Turn, toast};
use super::panel::panel;
use super::{Change, private_chat, way_to};

/// So many groups are shown to choose from.
const SHOWN: usize = 20;

/// What the private chat is opened with to land on a group's settings, before the group's number.
const GROUP: &str = "group";

/// The group whose settings that start leads to.
pub(in super::super) fn group_of(start: &str) -> Option<i64> {
    start.strip_prefix(GROUP)?.parse().ok().filter(|chat| format!("{GROUP}{chat}") == start)
}

impl Turn<'_> {
    /// In a group its administrators are led to the private chat; there the groups are shown to choose one.
    pub(in super::super) async fn group_settings(&self, voice: Voice<'_>) -> Vec<Outgoing> {
        let done = match self.incoming.kind {
            ChatKind::Private => self.my_groups(voice).await.map(|message| self.send(message)),
            ChatKind::Group | ChatKind::Channel if !self.administers(self.incoming.chat).await => {
                // It may be meant for another bot.
                return match self.incoming.address {
                    Address::Personal => self.send(Message::text(voice.not_administrator())),
                    Address::Open => Vec::new(),
                };
            }
            ChatKind::Group | ChatKind::Channel => self.lead_to_private(voice).await,
        };
        done.unwrap_or_else(|error| {
            tracing::error!(%error, "a command about a group's settings failed");
            self.send(Message::text(voice.went_wrong()))
        })
    }

    /// Somebody followed a button in a group to its settings.
    pub(in super::super) async fn land_on_group(&self, voice: Voice<'_>, chat: i64) -> Message {
        if !self.administers_group(chat).await {
            return Message::text(voice.not_administrator());
        }
        let shown = async {
            self.keep(chat, None).await?;
            self.group_panel(voice, chat).await
        };
        let shown = shown.await;
        self.or_apologise(voice, shown)
    }

    /// Changes one thing, if one is to be changed, and shows all.
    pub(in super::super) async fn group_pressed(
        &self,
        voice: Voice<'_>,
        chat: i64,
        change: Option<Change>,
        by: &PressRef,
    ) -> Vec<Outgoing> {
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(voice.private_only()))];
        }
        if !self.administers_group(chat).await {
            tracing::info!(chat, "refused to show a group's settings to somebody who does not administer it");
            return vec![toast(by, Some(voice.not_administrator()))];
        }
        let changed = async {
            self.keep(chat, None).await?;
            if let Some(change) = change {
                self.app.parts.store.change_manners(chat, |manners| change.apply(manners)).await?;
                tracing::info!(chat, change = change.code(), "a group's settings changed");
            }
            self.group_panel(voice, chat).await
        };
        match (changed.await, self.incoming.message) {
            (Ok(message), Some(id)) => {
                vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
            }
            (Ok(_), None) => vec![toast(by, None)],
            (Err(error), _) => {
                tracing::error!(%error, "a press about a group's settings failed");
                vec![toast(by, Some(voice.went_wrong()))]
            }
        }
    }

    /// The panel itself, where the person can be written to; else a line that says where it is. An anonymous
    /// administrator is nobody who could be written to, and gets there by the button, under their own name.
    async fn lead_to_private(&self, voice: Voice<'_>) -> Result<Vec<Outgoing>, StoreError> {
        let chat = self.incoming.chat;
        let start = LinkPayload::new(format!("{GROUP}{}", chat.id));
        let Some(user) = self.incoming.from else {
            return Ok(self.send(way_to(voice, voice.settings_anonymous(), start)));
        };
        self.keep(chat.id, self.incoming.title.as_ref()).await?;
        let way = way_to(voice, voice.settings_elsewhere(), start);
        let voice = self.voice_for(user).await;
        let message = self.group_panel(voice, chat.id).await?;
        let otherwise = Box::new(self.here(chat, self.incoming.message, way));
        Ok(vec![Outgoing::Privately { to: private_chat(user), message, otherwise }])
    }

    async fn my_groups(&self, voice: Voice<'_>) -> Result<Message, StoreError> {
        let mut mine = self.kept(u32::MAX).await?;
        mine.retain(|kept| !kept.is_left);
        mine.truncate(SHOWN);
        if mine.is_empty() {
            return Ok(Message::text(voice.no_groups()));
        }
        let button = |kept: &KeptGroup| {
            let label = kept.title.as_ref().map_or_else(|| kept.chat.to_string(), |title| title.as_str().to_owned());
            Press { language: voice.language, wish: Wish::Group(kept.chat, None) }.button(label)
        };
        Ok(Message { actions: rows(mine.iter().filter_map(button)), ..Message::text(voice.which_group()) })
    }

    async fn group_panel(&self, voice: Voice<'_>, chat: i64) -> Result<Message, StoreError> {
        let manners = self.app.parts.store.manners(chat).await?;
        let title = self.kept(u32::MAX).await?.into_iter().find(|kept| kept.chat == chat).and_then(|kept| kept.title);
        let name = ChatName { chat: ChatRef { id: chat, thread: None }, title: title.as_ref() };
        Ok(panel(voice, name, manners))
    }

    async fn kept(&self, n: u32) -> Result<Vec<KeptGroup>, StoreError> {
        match self.incoming.from {
            Some(user) => self.app.parts.store.kept_by(user, n).await,
            None => Ok(Vec::new()),
        }
    }

    /// Remembers that whoever this is from keeps the group, if they are somebody; the bot is in it, then.
    pub(in super::super) async fn keep(&self, chat: i64, title: Option<&Title>) -> Result<(), StoreError> {
        let store = &self.app.parts.store;
        store.group_is_back(chat).await?;
        let Some(user) = self.incoming.from else { return Ok(()) };
        let keeper = Keeper { user, language: self.incoming.interface };
        store.add_keeper(chat, keeper, title, self.app.parts.clock.now()).await
    }

    /// A private chat is nobody's to administer: a forged button names it as a group.
    async fn administers_group(&self, chat: i64) -> bool {
        chat != self.incoming.chat.id && self.administers(ChatRef { id: chat, thread: None }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_leads_to_a_group_or_not() {
        assert_eq!(group_of("group-100500"), Some(-100_500));
        for start in ["", "group", "group-", "group+5", "group-0500", "groups-5", "abcdefgh23", "-100500", "group 5"] {
            assert_eq!(group_of(start), None, "{start}");
        }
    }
}
