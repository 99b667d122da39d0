//! What people are asked or told, in words: the question, the announcement as members would see it, the choices.
//!
//! The question is in the language of whoever is asked; the announcement and its day are in the language and the zone of
//! the chat, from `theirs`, the desk its post is written at.

use crate::chat::{Action, Block, Message};
use crate::domain::{Delivery, DeliveryState, Event, Subscription, day_in};

use super::super::membership::SILENCED;
use super::super::press::{Decision, Press, Wish};
use super::super::reply::{Desk, rows};

impl Desk<'_> {
    pub(super) fn ask_review(&self, theirs: &Self, event: &Event, delivery: &Delivery) -> Message {
        let words = self.voice.ask_review(day_in(delivery.due, theirs.zone), event.reviewed);
        let choices = [(Decision::StillTrue, self.voice.still_true()), (Decision::Outdated, self.voice.outdated())];
        self.asking(theirs, words, delivery, choices)
    }

    pub(super) fn ask_approval(&self, theirs: &Self, delivery: &Delivery) -> Message {
        let voice = self.voice;
        let words = voice.ask_approval(delivery.chat_name(), day_in(delivery.due, theirs.zone));
        let choices =
            [(Decision::Post, voice.post_it()), (Decision::Skip, voice.skip_it()), (Decision::Later, voice.later_on())];
        self.asking(theirs, words, delivery, choices)
    }

    pub(super) fn ask_doubtful(&self, theirs: &Self, delivery: &Delivery) -> Message {
        let voice = self.voice;
        let choices = [
            (Decision::IsThere, voice.it_is_there()),
            (Decision::PostAgain, voice.post_again()),
            (Decision::Drop, voice.drop_it()),
        ];
        self.asking(theirs, voice.ask_doubtful(delivery.chat_name()), delivery, choices)
    }

    pub(super) fn tell_end(&self, theirs: &Self, delivery: &Delivery) -> Message {
        let words = match delivery.state {
            DeliveryState::Failed => self.voice.told_failed(delivery.chat_name()),
            DeliveryState::Missed
            | DeliveryState::Queued
            | DeliveryState::Sending
            | DeliveryState::Sent
            | DeliveryState::Ambiguous
            | DeliveryState::Superseded
            | DeliveryState::Cancelled => self.voice.told_missed(delivery.chat_name()),
        };
        let mut message = self.asking(theirs, words, delivery, []);
        message.blocks.extend(delivery.error.clone().map(Block::Report));
        message
    }

    /// That a chat lets nothing be posted, with the platform's own words for it.
    pub(super) fn tell_suspended(&self, chat: &Subscription) -> Message {
        let mut message = Message::text(self.voice.told_suspended(chat.name()));
        // What the bot saw for itself is said by the sentence.
        let reason = chat.reason.clone().filter(|reason| reason != SILENCED);
        message.blocks.extend(reason.map(Block::Report));
        message
    }

    /// The question, then the announcement as members would see it, then the choices.
    fn asking<const N: usize>(
        &self,
        theirs: &Self,
        words: String,
        delivery: &Delivery,
        choices: [(Decision, String); N],
    ) -> Message {
        let language = self.voice.language;
        let buttons = choices.into_iter().filter_map(|(decision, label)| -> Option<Action> {
            Press { language, wish: Wish::Decide(decision, delivery.id) }.button(label)
        });
        let mut message = Message::text(words);
        message.actions = rows(buttons);
        message.blocks.extend(theirs.post(&delivery.subject).map(|post| post.blocks).unwrap_or_default());
        message
    }
}
