//! An announcement as members see it: the event's name, its date as named, and the words of the interview.

use crate::chat::{Block, Message};
use crate::domain::{Confirmed, Event, EventUid, Interview, Occasion, OutcomeKind, Quote, Subject, When, day_in};

use super::super::cut;
use super::super::reply::Desk;

impl Desk<'_> {
    /// A post as members see it; `None` if there is nothing to say any more: its event or passage is gone.
    pub(super) fn post(&self, subject: &Subject) -> Option<Message> {
        match subject {
            Subject::Words { text, .. } => Some(self.operators_words(text)),
            Subject::Event { uid, occasion, .. } => {
                let (interview, event) = self.events().find(|(_, event)| event.uid == *uid)?;
                self.announcement(interview, event, *occasion)
            }
        }
    }

    /// The announcement of an event; `None` if its passage cannot be quoted any more.
    ///
    /// It carries no buttons that come back: a press under a post would change it for everybody.
    pub(in super::super) fn announcement(
        &self,
        interview: &Interview,
        event: &Event,
        occasion: Occasion,
    ) -> Option<Message> {
        self.announced_under(self.since_announced(event, occasion), interview, event, Countdown::Told)
    }

    /// The announcement under what has changed, which names its source: that is not told again.
    fn announced_under(
        &self,
        change: Option<String>,
        interview: &Interview,
        event: &Event,
        countdown: Countdown,
    ) -> Option<Message> {
        let quote = self.passage_of(interview, event)?;
        let mut message = Message::default();
        let outcome = event.outcome.as_ref().filter(|_| change.is_none() || !is_called_off(event));
        let outcome = outcome.map(|outcome| self.voice.event_settled(outcome.kind, &outcome.source));
        message.blocks.extend(change.map(Block::Text));
        message.blocks.push(Block::Heading(event.name.get(self.voice.language).to_owned()));
        let [date, later, place] = self.date_and_place(event, countdown);
        let date = date.into_iter().chain(outcome).collect::<Vec<_>>().join(" — ");
        let lines: Vec<String> = std::iter::once(date).chain(later).chain(place).collect();
        message.blocks.push(Block::Text(lines.join("\n")));
        self.add_words(&mut message, &quote, None);
        message.blocks.extend(self.later_known_beside(&quote, event).map(Block::Text));
        message.blocks.extend(self.source(&quote));
        Some(message)
    }

    /// What was posted of an event, as it should read since that has changed: the note, then the event as it is now.
    pub(super) fn corrected(&self, uid: &EventUid) -> Option<Message> {
        let (interview, event) = self.events().find(|(_, event)| event.uid == *uid)?;
        let voice = self.voice;
        let note = match &event.outcome {
            Some(outcome) if is_called_off(event) => format!("{} {}", voice.corrected_cancelled(), outcome.source),
            Some(_) | None => voice.corrected_moved(),
        };
        self.announced_under(Some(note), interview, event, Countdown::Untold)
    }

    /// The operator's own words, labelled as theirs.
    pub(super) fn operators_words(&self, words: &str) -> Message {
        Message::text(format!("{}\n{words}", self.voice.announced_words()))
    }

    /// What has become of what was announced before. Whether it was the date or the place is not kept, so it is not said.
    fn since_announced(&self, event: &Event, occasion: Occasion) -> Option<String> {
        let voice = self.voice;
        match (occasion, &event.outcome) {
            (Occasion::Milestone(_) | Occasion::Now, _) => None,
            (Occasion::Moved | Occasion::Cancelled, Some(outcome)) if is_called_off(event) => {
                Some(format!("{} {}", voice.announced_cancelled(), outcome.source))
            }
            (Occasion::Moved | Occasion::Cancelled, _) => Some(voice.announced_moved()),
        }
    }

    /// The date named, the one given later and the place, each as precise as it was said. How far it is stands beside
    /// the date that holds, and nowhere if none does.
    fn date_and_place(&self, event: &Event, countdown: Countdown) -> [Option<String>; 3] {
        let voice = self.voice;
        let today = day_in(self.now, self.zone);
        let counts = |when: &When| countdown == Countdown::Told && event.planned() == Some(when);
        let date = match &event.when {
            None => voice.announced_undated(),
            Some(when) if event.confirmed.is_none() && counts(when) => voice.announced_date(when, today),
            Some(when) => voice.named_date(when),
        };
        let later = event.confirmed.as_ref().map(|Confirmed { when, source }| {
            if counts(when) {
                voice.announced_confirmed(when, today, source)
            } else {
                voice.confirmed_date(when, source)
            }
        });
        let place =
            event.place.as_ref().map(|place| format!("{} {}", voice.announced_place(), place.get(voice.language)));
        [Some(date), later, place]
    }

    pub(in super::super) fn passage_of(&self, interview: &Interview, event: &Event) -> Option<Quote> {
        let placed = self.corpus.passage(&interview.name_of(&event.passage), self.voice.language)?;
        // Of a long passage the sentences that name the event.
        cut::quote(placed, event.name.get(placed.text.language))
    }
}

/// Whether a post tells how many days it is to the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Countdown {
    /// It is read from when it is posted.
    Told,
    /// It bears the date of an older post: who reads it would count from that.
    Untold,
}

fn is_called_off(event: &Event) -> bool {
    event.outcome.as_ref().is_some_and(|outcome| outcome.kind == OutcomeKind::Cancelled)
}
