//! What is known of an event since the interview: what came of it, that its time is over, a date given later.

use crate::domain::{Event, OutcomeKind, Quote, Tense};

use super::reply::Desk;

impl Desk<'_> {
    /// What must be said of the dates in a quote.
    pub(super) fn later_known(&self, quote: &Quote) -> impl Iterator<Item = String> {
        self.events_in(quote).filter_map(|event| {
            let known: Vec<String> = self.over(event).into_iter().chain(self.confirmed_beside(event)).collect();
            self.of(event, &known)
        })
    }

    /// The same under an announcement, whose head tells of its own event what another source said: of that, only that
    /// its time is over.
    pub(super) fn later_known_beside(&self, quote: &Quote, announced: &Event) -> impl Iterator<Item = String> {
        self.events_in(quote).filter_map(|event| {
            if event.uid == announced.uid {
                return self.of(event, &self.past(event).into_iter().collect::<Vec<_>>());
            }
            let known: Vec<String> = self.over(event).into_iter().chain(self.confirmed_beside(event)).collect();
            self.of(event, &known)
        })
    }

    /// The date that another source has given since.
    pub(super) fn confirmed(&self, event: &Event) -> Option<String> {
        event.confirmed.as_ref().map(|confirmed| self.voice.confirmed_date(&confirmed.when, &confirmed.source))
    }

    /// The same, unless it is known what came of it; one that was put off is told with its new date.
    fn confirmed_beside(&self, event: &Event) -> Option<String> {
        self.confirmed(event).filter(|_| event.outcome.is_none())
    }

    /// What came of it, if that is known; else, once its time is over, that it is not.
    fn over(&self, event: &Event) -> Option<String> {
        let Some(outcome) = &event.outcome else { return self.past(event) };
        let settled = self.voice.event_settled(outcome.kind, &outcome.source);
        let anew = self.confirmed(event).filter(|_| outcome.kind == OutcomeKind::Moved);
        Some(std::iter::once(settled).chain(anew).chain(self.past(event)).collect::<Vec<_>>().join(" — "))
    }

    /// Once the date it is planned for is over: that what came of it is not known.
    fn past(&self, event: &Event) -> Option<String> {
        let when = event.planned().filter(|when| when.tense(self.now, self.zone) == Tense::Past)?;
        // As the quote has it, unless that was put off; the later date stands beside it, with its own source.
        let named = event.when.as_ref().filter(|_| event.outcome.is_none());
        Some(self.voice.event_past(event.kind, named.unwrap_or(when)))
    }

    fn of(&self, event: &Event, known: &[String]) -> Option<String> {
        (!known.is_empty()).then(|| format!("{} — {}", event.name.get(self.voice.language), known.join(" ")))
    }

    fn events_in(&self, quote: &Quote) -> impl Iterator<Item = &Event> {
        let events = self.interview(quote).map(|interview| interview.events.as_slice()).unwrap_or_default();
        events.iter().filter(|event| event.passage == quote.name().passage)
    }
}
