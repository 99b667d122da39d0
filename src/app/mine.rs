//! What is stored about a reader: `/mydata` shows all of it, `/forget` deletes what can be.

use crate::chat::{Action, Block, Message, Outgoing, PressRef};
use crate::domain::{ChatKind, Subscription, day_in};
use crate::store::{KeptQuestion, StoreError};

use super::beginning::beginning;
use super::press::{Mine, Wish};
use super::replies::Voice;
use super::reply::{Desk, rows};
use super::turn::{Turn, toast};

/// So many groups that somebody keeps are listed: more than a person keeps.
const MAX_GROUPS: u32 = 100;

/// So many characters of a kept question are shown: all of them, at their longest, would take two messages.
const MAX_SHOWN: usize = 150;

impl Turn<'_> {
    /// All that is stored about this private chat and whoever is in it.
    pub(super) async fn my_data(&self, voice: Voice<'_>) -> Message {
        let data = self.data(voice).await;
        self.or_apologise(voice, data)
    }

    async fn data(&self, voice: Voice<'_>) -> Result<Message, StoreError> {
        let (desk, parts, chat) = (self.desk(voice.language), &self.app.parts, self.incoming.chat);
        let (store, now) = (&parts.store, parts.clock.now());
        let kept = store.kept_of(chat.id).await?;
        let n_feedback = match self.incoming.from {
            Some(reader) => store.n_feedback_of(reader, now).await?,
            None => 0,
        };
        let resting = store.resting(chat.id, now).await?;
        // Besides the one that is being answered here.
        let n_waiting = resting.n_updates.saturating_sub(1);
        let mut lines: Vec<String> =
            store.language(chat.id).await?.map(|to| voice.data_language(to)).into_iter().collect();
        lines.extend((n_feedback > 0).then(|| voice.data_feedback(n_feedback)));
        lines.extend(self.mine().await?.iter().map(|mine| self.line_of(voice, mine)));
        if let Some(reader) = self.incoming.from {
            let groups = store.kept_by(reader, MAX_GROUPS).await?;
            lines.extend(groups.iter().map(|group| voice.data_group(group.name())));
        }
        lines.extend((n_waiting > 0).then(|| voice.data_waiting(n_waiting)));
        lines.extend((resting.n_drafts > 0).then(|| voice.data_drafts(resting.n_drafts)));
        lines.extend(resting.frozen.map(|_| voice.data_frozen()));
        lines.extend(self.recent_topic().is_some().then(|| voice.data_recent()));
        Ok(desk.data(lines, &kept))
    }

    fn line_of(&self, voice: Voice<'_>, mine: &Subscription) -> String {
        if mine.chat == self.incoming.chat {
            voice.data_own_subscription()
        } else {
            voice.data_subscription(mine.name())
        }
    }

    pub(super) async fn my_press(&self, desk: &Desk<'_>, mine: Mine, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(voice.private_only()))];
        }
        let message = match mine {
            Mine::Ask => Ok(desk.asking_to_forget()),
            Mine::Leave => Ok(Message::text(voice.forget_left())),
            Mine::Forget => self.forget(voice).await,
            Mine::Withdraw(id) => match self.app.parts.store.withdraw_question(id, self.incoming.chat.id).await {
                Ok(()) => self.data(voice).await,
                Err(error) => Err(error),
            },
        };
        self.instead(self.or_apologise(voice, message), by, None)
    }

    async fn forget(&self, voice: Voice<'_>) -> Result<Message, StoreError> {
        if let Some(reader) = self.incoming.from {
            let parts = &self.app.parts;
            parts.store.forget_reader(reader, self.incoming.chat, parts.clock.now()).await?;
            self.app.patience.replied(reader);
        }
        self.remember(None);
        let blocks = vec![Block::Text(voice.forgotten()), Block::Text(voice.forgotten_kept())];
        Ok(Message { blocks, actions: Vec::new() })
    }
}

impl Desk<'_> {
    fn data(&self, lines: Vec<String>, kept: &[KeptQuestion]) -> Message {
        let voice = self.voice;
        let is_empty = lines.is_empty() && kept.is_empty();
        let mut blocks = Vec::new();
        if is_empty {
            blocks.push(Block::Text(voice.data_none()));
        }
        if !lines.is_empty() {
            blocks.extend([Block::Heading(voice.data_heading()), Block::Items(lines)]);
        }
        if !kept.is_empty() {
            let questions = (1..).zip(kept).map(|(n, kept)| {
                let since = voice.day(day_in(kept.kept, self.zone));
                format!("{n}. {} — {since}", beginning(&kept.words, MAX_SHOWN))
            });
            let questions = questions.collect::<Vec<_>>().join("\n");
            blocks.extend([Block::Heading(voice.data_kept()), Block::Text(questions)]);
        }
        blocks.push(Block::Text(voice.data_always()));
        let withdraw = (1..)
            .zip(kept)
            .filter_map(|(n, kept)| self.wish(Wish::Mine(Mine::Withdraw(kept.id)), voice.withdraw_number(n)));
        let forget = (!is_empty).then(|| self.wish(Wish::Mine(Mine::Ask), voice.forget_all())).flatten();
        Message { blocks, actions: rows(withdraw.chain(forget)) }
    }

    /// Deleting cannot be undone: it is asked once.
    pub(super) fn asking_to_forget(&self) -> Message {
        let voice = self.voice;
        let choices = [(Mine::Forget, voice.forget_all()), (Mine::Leave, voice.leave_it())];
        let actions: Vec<Action> =
            choices.into_iter().filter_map(|(mine, label)| self.wish(Wish::Mine(mine), label)).collect();
        let blocks = vec![Block::Text(voice.forget_ask()), Block::Text(voice.forgotten_kept())];
        Message { blocks, actions: rows(actions) }
    }
}
