//! An announcement as members see it: the event's name, its date as named, and the words of the interview.

use crate::chat::{Block, Message};
use crate::domain::{Event, EventUid, Interview, Occasion, OutcomeKind, Quote, Subject};

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
        let quote = self.passage_of(interview, event)?;
        let mut message = Message::default();
        let change = self.change(event, occasion);
        message.blocks.extend(change.map(Block::Text));
        message.blocks.push(Block::Heading(event.name.get(self.voice.language).to_owned()));
        message.blocks.push(Block::Text(self.date_and_place(event).join("\n")));
        self.add_words(&mut message, &quote);
        message.blocks.extend(self.later_known_beside(&quote, event).map(Block::Text));
        message.blocks.push(self.source(&quote));
        Some(message)
    }

    /// What was posted of an event, as it should read since that has changed: the note, then the event as it is now.
    pub(super) fn corrected(&self, uid: &EventUid) -> Option<Message> {
        let (interview, event) = self.events().find(|(_, event)| event.uid == *uid)?;
        let mut message = self.announcement(interview, event, Occasion::Now)?;
        let note = match &event.outcome {
            Some(outcome) if outcome.kind == OutcomeKind::Cancelled => {
                format!("{} {}", self.voice.corrected_cancelled(), outcome.source)
            }
            Some(_) | None => self.voice.corrected_moved(),
        };
        message.blocks.insert(0, Block::Text(note));
        Some(message)
    }

    /// The operator's own words, labelled as theirs.
    pub(super) fn operators_words(&self, words: &str) -> Message {
        Message::text(format!("{}\n{words}", self.voice.announced_words()))
    }

    /// What has become of what was announced before.
    fn change(&self, event: &Event, occasion: Occasion) -> Option<String> {
        let voice = self.voice;
        match occasion {
            Occasion::Milestone(_) | Occasion::Now => None,
            Occasion::Moved => Some(voice.announced_moved()),
            Occasion::Cancelled => {
                let source = event.outcome.as_ref().map(|outcome| outcome.source.as_str()).unwrap_or_default();
                Some(format!("{} {source}", voice.announced_cancelled()).trim_end().to_owned())
            }
        }
    }

    /// Date and place, each as precise as it was named.
    fn date_and_place(&self, event: &Event) -> Vec<String> {
        let voice = self.voice;
        let today = self.now.to_zoned_datetime(self.zone.clone()).date();
        let date =
            event.when.as_ref().map_or_else(|| voice.announced_undated(), |when| voice.announced_date(when, today));
        let place =
            event.place.as_ref().map(|place| format!("{} {}", voice.announced_place(), place.get(voice.language)));
        let put_off = event.outcome.as_ref().filter(|outcome| outcome.kind == OutcomeKind::Moved);
        let put_off = put_off.map(|outcome| voice.event_settled(outcome.kind, &outcome.source));
        std::iter::once(date).chain(put_off).chain(self.confirmed(event)).chain(place).collect()
    }

    pub(in super::super) fn passage_of(&self, interview: &Interview, event: &Event) -> Option<Quote> {
        let placed = self.corpus.passage(&interview.name_of(&event.passage), self.voice.language)?;
        // Of a long passage the sentences that name the event.
        cut::quote(placed, event.name.get(placed.text.language))
    }
}
