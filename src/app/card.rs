//! An event's card: what an announcement of it would show, for somebody who asks; in private with a calendar entry and
//! a way to be told in time.

use crate::announcements::timetable;
use crate::chat::{Action, Document, Message, Outgoing, PressRef, Target};
use crate::domain::{ChatKind, Event, Interview, Key, Occasion, ScheduleRevision, Settings};
use crate::knowledge::event_key;

use super::calendar::Dated;
use super::landing::Landing;
use super::press::{Press, Wish};
use super::reply::{Desk, rows};
use super::turn::{Turn, toast};

/// What kind of file a calendar is (RFC 5545 §8.1).
const CALENDAR: &str = "text/calendar";

impl Desk<'_> {
    /// The event of that key.
    pub(super) fn event(&self, key: &Key) -> Option<(&Interview, &Event)> {
        self.events().find(|(_, event)| event_key(&event.uid) == *key)
    }

    /// Every event with the interview that names it, in the order of the files.
    pub(super) fn events(&self) -> impl Iterator<Item = (&Interview, &Event)> {
        let interviews = self.corpus.interviews.iter();
        interviews.flat_map(|interview| interview.events.iter().map(move |event| (interview, event)))
    }

    /// The button that leads to an event's card.
    pub(super) fn event_button(&self, event: &Event) -> Option<Action> {
        let label = event.name.get(self.voice.language).to_owned();
        self.wish(Wish::Event(event_key(&event.uid)), label)
    }

    /// The card; in groups without what is for one reader alone.
    fn event_card(&self, key: &Key, kind: ChatKind) -> Option<Message> {
        let voice = self.voice;
        let (interview, event) = self.event(key)?;
        let mut message = self.announcement(interview, event, Occasion::Now)?;
        let calendar = event.planned().and_then(|_| self.wish(Wish::Calendar(key.clone()), voice.calendar_it()));
        // Only where something is still to be announced: else it would promise what never comes.
        let moments = timetable(event, &Settings::new(ChatKind::Private, voice.language, self.zone.clone()));
        let remind = moments.iter().any(|moment| moment.due > self.now);
        let remind = remind.then(|| self.wish(Wish::Remind, voice.remind_me())).flatten();
        let mine = match kind {
            ChatKind::Private => vec![calendar, remind],
            ChatKind::Group | ChatKind::Channel => Vec::new(),
        };
        let back = self.wish(Wish::Upcoming(0), voice.all_dates());
        let share = Landing::Event(key.clone())
            .payload()
            .map(|payload| Action { label: voice.share_it(), target: Target::Share(payload) });
        message.actions = rows(mine.into_iter().chain([share, back]).flatten());
        Some(message)
    }

    /// A button of this language.
    pub(super) fn wish(&self, wish: Wish, label: String) -> Option<Action> {
        Press { language: self.voice.language, wish }.button(label)
    }
}

impl Turn<'_> {
    pub(super) fn event_card(&self, desk: &Desk<'_>, key: &Key) -> Option<Message> {
        desk.event_card(key, self.incoming.kind)
    }

    /// Sends an event as a calendar file.
    pub(super) async fn calendar(&self, desk: &Desk<'_>, key: &Key, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(voice.private_only()))];
        }
        let Some((interview, event)) = desk.event(key) else { return vec![toast(by, Some(voice.too_late()))] };
        let revision = match self.app.parts.store.schedule_revision(&event.uid).await {
            // Nobody has planned it yet: it is as it was first.
            Ok(revision) => revision.unwrap_or(ScheduleRevision(1)),
            Err(error) => {
                tracing::error!(%error, "failed to look up the revision of an event");
                return vec![toast(by, Some(voice.went_wrong()))];
            }
        };
        let document = Document {
            name: format!("{}.ics", event.uid),
            mime: CALENDAR,
            content: desk.calendar([Dated { interview, event, revision }]),
            caption: voice.calendar_caption(),
        };
        vec![Outgoing::File { to: self.incoming.chat, reply_to: None, document }, toast(by, None)]
    }

    /// Subscribes this private chat.
    pub(super) async fn remind(&self, desk: &Desk<'_>, by: &PressRef) -> Vec<Outgoing> {
        let voice = desk.voice;
        if self.incoming.kind != ChatKind::Private {
            return vec![toast(by, Some(voice.private_only()))];
        }
        let begun = self.begin(self.incoming.chat, ChatKind::Private, voice).await;
        let message = begun.map(|subscription| Message::text(voice.reminding(&subscription.settings)));
        let mut outgoing = self.send(self.or_apologise(voice, message));
        outgoing.push(toast(by, None));
        outgoing
    }
}
