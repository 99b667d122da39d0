//! What people are asked or told, in words: the question, the announcement as members would see it, the choices.
//!
//! The question is in the language of whoever is asked; the announcement and its day are in the language and the zone of
//! the chat, from `theirs`, the desk its post is written at.

use std::collections::BTreeSet;

use crate::chat::{Action, Block, Message};
use crate::domain::{ChatName, Delivery, DeliveryId, DeliveryState, Event, ScheduleRevision, Subscription, day_in};
use crate::knowledge::event_key;
use crate::store::Doubts;

use super::super::membership::SILENCED;
use super::super::press::{Decision, Press, Review, Wish};
use super::super::reply::{Desk, rows};

/// So many chats are named where something is said of more.
pub(super) const NAMED: u32 = 5;

/// Chats that something is said of.
pub(super) struct Chats<'d> {
    pub(super) n: usize,
    /// Of the first few.
    pub(super) names: Vec<ChatName<'d>>,
}

/// The chats of these, each once.
pub(super) fn chats(deliveries: &[Delivery]) -> Chats<'_> {
    let mut seen = BTreeSet::new();
    let all: Vec<&Delivery> = deliveries.iter().filter(|delivery| seen.insert(delivery.subscription)).collect();
    Chats { n: all.len(), names: all.into_iter().take(NAMED as usize).map(Delivery::chat_name).collect() }
}

impl Desk<'_> {
    pub(super) fn ask_review(
        &self,
        theirs: &Self,
        (event, revision): (&Event, ScheduleRevision),
        delivery: &Delivery,
    ) -> Message {
        let words = self.voice.ask_review(day_in(delivery.due, theirs.zone), event.reviewed);
        let mut message = self.asking(theirs, words, delivery, []);
        let says = |review, label| self.wish(Wish::Review(review, event_key(&event.uid), revision), label);
        let choices = [says(Review::StillTrue, self.voice.still_true()), says(Review::Outdated, self.voice.outdated())];
        message.actions = rows(choices.into_iter().flatten());
        message
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

    /// The same of all of which one post reads like the other: what is decided is said of just these.
    pub(super) fn ask_doubts(&self, theirs: &Self, doubts: &Doubts) -> Message {
        let (voice, first) = (self.voice, &doubts.first);
        if doubts.n == 1 {
            return self.ask_doubtful(theirs, first);
        }
        let all = |decision, label| self.wish(Wish::DecideAll(decision, first.id, doubts.until), label);
        let choices = [
            all(Decision::IsThere, voice.they_are_there()),
            all(Decision::PostAgain, voice.post_all_again()),
            all(Decision::Drop, voice.drop_all()),
            self.wish(Wish::OneByOne(first.id, DeliveryId(0)), voice.one_by_one()),
        ];
        let names: Vec<ChatName<'_>> = doubts.few.iter().map(Delivery::chat_name).collect();
        let words = voice.ask_doubtful_all(usize::try_from(doubts.n).unwrap_or(usize::MAX), &names);
        let mut message = self.asking(theirs, words, first, []);
        message.actions = rows(choices.into_iter().flatten());
        message
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
        self.telling(theirs, words, delivery)
    }

    /// The same of several that are about one thing and ended alike.
    pub(super) fn tell_ends(&self, theirs: &Self, first: &Delivery, chats: &Chats<'_>) -> Message {
        let words = if first.state == DeliveryState::Failed {
            self.voice.told_failed_all(chats.n, &chats.names)
        } else {
            self.voice.told_missed_all(chats.n, &chats.names)
        };
        self.telling(theirs, words, first)
    }

    fn telling(&self, theirs: &Self, words: String, delivery: &Delivery) -> Message {
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
