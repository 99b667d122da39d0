//! What is known of an event since the interview: what came of it, that its time is over, a date given later.

use crate::domain::{Event, Quote, Tense};

use super::reply::Desk;

impl Desk<'_> {
    /// What must be said of the dates in a quote.
    pub(super) fn later_known(&self, quote: &Quote) -> impl Iterator<Item = String> {
        self.events_in(quote).filter_map(|event| {
            let known: Vec<String> = self.over(event).into_iter().chain(self.confirmed_beside(event)).collect();
            self.of(event, &known)
        })
    }

    /// The same under an announcement, whose head has told the date of its own event already.
    pub(super) fn later_known_beside(&self, quote: &Quote, announced: &Event) -> impl Iterator<Item = String> {
        self.events_in(quote).filter_map(|event| {
            let confirmed = self.confirmed_beside(event).filter(|_| event.uid != announced.uid);
            let known: Vec<String> = self.over(event).into_iter().chain(confirmed).collect();
            self.of(event, &known)
        })
    }

    /// The date that another source has given since.
    pub(super) fn confirmed(&self, event: &Event) -> Option<String> {
        event.confirmed.as_ref().map(|confirmed| self.voice.announced_confirmed(&confirmed.when, &confirmed.source))
    }

    /// The same, unless it is known what came of it.
    fn confirmed_beside(&self, event: &Event) -> Option<String> {
        self.confirmed(event).filter(|_| event.outcome.is_none())
    }

    /// What came of it, if that is known; else, once its time is over, that it is not.
    fn over(&self, event: &Event) -> Option<String> {
        if let Some(outcome) = &event.outcome {
            return Some(self.voice.event_settled(outcome.kind, &outcome.source));
        }
        let when = event.scheduled().filter(|when| when.tense(self.now, self.zone) == Tense::Past)?;
        // As the quote has it; the later date stands beside it, with its own source.
        Some(self.voice.event_past(event.kind, event.when.as_ref().unwrap_or(when)))
    }

    fn of(&self, event: &Event, known: &[String]) -> Option<String> {
        (!known.is_empty()).then(|| format!("{} — {}", event.name.get(self.voice.language), known.join(" ")))
    }

    fn events_in(&self, quote: &Quote) -> impl Iterator<Item = &Event> {
        let events = self.interview(quote).map(|interview| interview.events.as_slice()).unwrap_or_default();
        events.iter().filter(|event| event.passage == quote.name().passage)
    }
}
