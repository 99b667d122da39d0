//! Exercises and dates named in the interview: ahead, over with the outcome unknown, settled, and without a date.

use std::collections::BTreeSet;

use crate::chat::{Action, Block, Message};
use crate::domain::{Event, Interview, Tense};

use super::press::Wish;
use super::reply::{Desk, rows};

/// So many buttons stand under the list at once: on a phone they fill half the screen.
const BUTTONS_A_PAGE: usize = 8;

impl Desk<'_> {
    /// All events of all interviews, each with the interview that names it. The buttons under it are turned like the
    /// pages of the topics: first the cards of what is ahead, then the passages; past the last page the last one.
    pub(super) fn upcoming(&self, page: usize) -> Message {
        let mut message = Message::default();
        for interview in self.corpus.interviews.iter().filter(|interview| !interview.events.is_empty()) {
            self.add_events(&mut message, interview);
        }
        if message.blocks.is_empty() {
            return Message::text(self.voice.upcoming_none());
        }
        let cards = self.ahead().into_iter().filter_map(|(_, event)| self.event_button(event));
        let passages = self.corpus.interviews.iter().flat_map(|interview| self.passages_of(interview));
        let buttons: Vec<Action> = cards.chain(passages).collect();
        message.actions = self.page(&buttons, page);
        message
    }

    fn page(&self, buttons: &[Action], page: usize) -> Vec<Vec<Action>> {
        let n_pages = buttons.len().div_ceil(BUTTONS_A_PAGE).max(1);
        let page = page.min(n_pages - 1);
        let shown = buttons.iter().skip(page * BUTTONS_A_PAGE).take(BUTTONS_A_PAGE);
        let earlier = page.checked_sub(1).and_then(|to| self.wish(Wish::Upcoming(to), self.voice.earlier_page()));
        let later =
            if page + 1 < n_pages { self.wish(Wish::Upcoming(page + 1), self.voice.later_page()) } else { None };
        let turns: Vec<Action> = earlier.into_iter().chain(later).collect();
        rows(shown.cloned()).into_iter().chain(Some(turns).filter(|turns| !turns.is_empty())).collect()
    }

    /// Events that have a date and are ahead or under way, the soonest first.
    pub(super) fn ahead(&self) -> Vec<(&Interview, &Event)> {
        let mut ahead: Vec<_> = self.events().filter(|(_, event)| event.is_ahead(self.now, self.zone)).collect();
        ahead.sort_by_key(|(_, event)| {
            (event.scheduled().map(|when| (when.first_day(), when.last_day())), event.uid.clone())
        });
        ahead
    }

    fn add_events(&self, message: &mut Message, interview: &Interview) {
        let voice = self.voice;
        let today = self.now.to_zoned_datetime(self.zone.clone()).date();
        let mut events: Vec<&Event> = interview.events.iter().collect();
        events.sort_by_key(|event| {
            (event.scheduled().map(|when| (when.first_day(), when.last_day())), event.uid.clone())
        });
        let tense = |event: &Event| event.tense(self.now, self.zone);
        let parts: [(String, Vec<&Event>); 4] = [
            (voice.upcoming_ahead(today), pick(&events, |event| event.is_ahead(self.now, self.zone))),
            (voice.upcoming_past(), pick(&events, |event| tense(event) == Some(Tense::Past))),
            (voice.upcoming_settled(), pick(&events, |event| tense(event).is_none() && event.outcome.is_some())),
            (voice.upcoming_undated(), pick(&events, |event| tense(event).is_none() && event.outcome.is_none())),
        ];
        message.blocks.push(Block::Text(voice.upcoming_named()));
        for (heading, events) in parts.into_iter().filter(|(_, events)| !events.is_empty()) {
            message.blocks.push(Block::Heading(heading));
            message.blocks.push(Block::Items(events.iter().map(|event| self.line(event)).collect()));
        }
        message.blocks.push(self.card(interview));
    }

    /// Name, date as precise as the interview has it, the date given since, place.
    fn line(&self, event: &Event) -> String {
        let voice = self.voice;
        let name = event.name.get(voice.language).to_owned();
        let when = event.when.as_ref().map(|when| voice.when_announced(when));
        let place = event.place.as_ref().map(|place| place.get(voice.language).to_owned());
        let settled = event.outcome.as_ref().map(|outcome| voice.event_settled(outcome.kind, &outcome.source));
        [Some(name), when, self.confirmed(event), place, settled].into_iter().flatten().collect::<Vec<_>>().join(" — ")
    }

    /// A button for each passage that names an event, once.
    fn passages_of(&self, interview: &Interview) -> Vec<Action> {
        let mut seen = BTreeSet::new();
        let named =
            interview.events.iter().map(|event| &event.passage).filter(|passage| seen.insert((*passage).clone()));
        named
            .filter_map(|passage| self.corpus.passage(&interview.name_of(passage), self.voice.language))
            .filter_map(|placed| self.passage_button(placed))
            .collect()
    }
}

fn pick<'e>(events: &[&'e Event], wanted: impl Fn(&Event) -> bool) -> Vec<&'e Event> {
    events.iter().copied().filter(|event| wanted(event)).collect()
}
