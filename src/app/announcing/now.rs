//! `/announce`: an admin has an event, or their own words, announced now. What it would be and how many chats it would
//! go to stand above the button; a second press posts nothing twice.

use jiff::{SignedDuration, Timestamp};

use crate::announcements::{over, schedule_fingerprint};
use crate::chat::{Action, Block, Message, Outgoing, PressRef};
use crate::domain::{Event, EventKind, Interview, Key, Occasion, Subject, Subscription, SubscriptionStatus};
use crate::knowledge::event_key;
use crate::store::{NewDelivery, StoreError};

use super::super::press::{Cause, DraftId, Wish};
use super::super::replies::Voice;
use super::super::reply::{Desk, rows};
use super::super::turn::{Turn, toast};
use super::planner::approval;

/// How long what is announced now is news.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// The operator's words end here, in characters: one message has room for them with what stands around.
const MAX_WORDS: usize = 1000;

/// So many events are offered.
const MAX_EVENTS: usize = 20;

impl Turn<'_> {
    /// What could be announced; with words, those.
    pub(in super::super) async fn announce(&self, voice: Voice<'_>, words: &str) -> Message {
        let desk = self.desk(voice.language);
        if words.is_empty() {
            return desk.announceable();
        }
        let n = words.chars().count();
        if n > MAX_WORDS {
            return Message::text(voice.announce_too_long(n, MAX_WORDS));
        }
        let asked = self.ask_words(&desk, words).await;
        self.or_apologise(voice, asked)
    }

    /// The event as it would be posted, and the question.
    pub(in super::super) async fn offer(&self, desk: &Desk<'_>, key: &Key) -> Option<Message> {
        let (interview, event) = desk.event(key)?;
        let offered = self.ask_event(desk, interview, event).await;
        Some(self.or_apologise(desk.voice, offered))
    }

    /// Posts it to every chat that wants such.
    pub(in super::super) async fn post_now(&self, desk: &Desk<'_>, cause: &Cause, by: &PressRef) -> Vec<Outgoing> {
        let done = match cause {
            Cause::Event(key) => self.post_event(desk, key).await,
            Cause::Words(id) => self.post_words(desk.voice, id).await,
        };
        self.shown(desk.voice, done, by)
    }

    /// Leaves it.
    pub(in super::super) async fn leave(&self, desk: &Desk<'_>, cause: &Cause, by: &PressRef) -> Vec<Outgoing> {
        let forgotten = match cause {
            Cause::Event(_) => Ok(()),
            Cause::Words(id) => self.app.parts.store.forget_draft(id.as_str()).await,
        };
        self.shown(desk.voice, forgotten.map(|()| Some(desk.voice.announce_left())), by)
    }

    /// In place of the question; `None`: there is nothing of that any more.
    fn shown(&self, voice: Voice<'_>, done: Result<Option<String>, StoreError>, by: &PressRef) -> Vec<Outgoing> {
        let words = match done {
            Ok(Some(words)) => words,
            Ok(None) => return vec![toast(by, Some(voice.too_late()))],
            Err(error) => {
                tracing::error!(%error, "failed to announce");
                return vec![toast(by, Some(voice.went_wrong()))];
            }
        };
        let Some(id) = self.incoming.message else { return vec![toast(by, Some(words))] };
        vec![Outgoing::Edit { chat: self.incoming.chat, id, message: Message::text(words) }, toast(by, None)]
    }

    async fn ask_event(&self, desk: &Desk<'_>, interview: &Interview, event: &Event) -> Result<Message, StoreError> {
        let n = self.wanting(Some(event.kind), |chat| over(event, &chat.settings.zone)).await?.len();
        let Some(mut message) = desk.announcement(interview, event, Occasion::Now) else {
            return Ok(Message::text(desk.voice.passage_changed()));
        };
        desk.ask_whether(&mut message, n, &Cause::Event(event_key(&event.uid)));
        Ok(message)
    }

    async fn ask_words(&self, desk: &Desk<'_>, words: &str) -> Result<Message, StoreError> {
        let n = self.wanting(None, |_| None).await?.len();
        // The same message, read again after a crash, is the same draft.
        let message = self.incoming.message.map_or(0, |message| message.0);
        let id = DraftId::new(self.incoming.chat.id, message, self.incoming.sent);
        self.app.parts.store.keep_draft(id.as_str(), words, self.app.parts.clock.now()).await?;
        let mut message = desk.operators_words(words);
        desk.ask_whether(&mut message, n, &Cause::Words(id));
        Ok(message)
    }

    async fn post_event(&self, desk: &Desk<'_>, key: &Key) -> Result<Option<String>, StoreError> {
        let Some((_, event)) = desk.event(key) else { return Ok(None) };
        // Only the planner learns schedules. While it holds other words than these, a reload is under way somewhere.
        let known = self.app.parts.store.schedule_of(&event.uid, &schedule_fingerprint(event)).await?;
        let Some(schedule) = known else { return Ok(Some(desk.voice.announce_unsettled())) };
        if schedule.dropped {
            return Ok(Some(desk.voice.announce_dropped()));
        }
        let (uid, revision) = (event.uid.clone(), schedule.revision);
        let subject = Subject::Event { uid, revision, occasion: Occasion::Now };
        let end = |chat: &Subscription| over(event, &chat.settings.zone);
        if over(event, &self.app.parts.zone).is_some_and(|end| end <= self.app.parts.clock.now()) {
            return Ok(None);
        }
        self.enqueue_now(desk.voice, Some(event.kind), &subject, end).await.map(Some)
    }

    async fn post_words(&self, voice: Voice<'_>, id: &DraftId) -> Result<Option<String>, StoreError> {
        let Some(text) = self.app.parts.store.draft(id.as_str()).await? else { return Ok(None) };
        let subject = Subject::Words { id: id.as_str().to_owned(), text };
        self.enqueue_now(voice, None, &subject, |_| None).await.map(Some)
    }

    /// A delivery is made once for a chat and a subject, so a second press adds nothing. `end`: when what it is about is
    /// over in a chat.
    async fn enqueue_now(
        &self,
        voice: Voice<'_>,
        kind: Option<EventKind>,
        subject: &Subject,
        end: impl Fn(&Subscription) -> Option<Timestamp>,
    ) -> Result<String, StoreError> {
        let now = self.app.parts.clock.now();
        let wanting = self.wanting(kind, &end).await?;
        let deliveries: Vec<NewDelivery> = wanting
            .iter()
            .map(|chat| NewDelivery {
                subscription: chat.id,
                subject: subject.clone(),
                due: now,
                expires: end(chat).map_or(now + LIFETIME, |end| end.min(now + LIFETIME)),
                hold: approval(chat),
                supersedes: Vec::new(),
            })
            .collect();
        let n_new = self.app.parts.store.enqueue(&deliveries, &[], now).await?;
        tracing::info!(deliveries = n_new, "announced by an admin");
        Ok(if n_new > 0 || wanting.is_empty() { voice.announce_done(n_new) } else { voice.announce_before() })
    }

    /// Who gets it: every active subscription, of an event those that want its kind and in whose zone it is not over.
    async fn wanting(
        &self,
        kind: Option<EventKind>,
        end: impl Fn(&Subscription) -> Option<Timestamp>,
    ) -> Result<Vec<Subscription>, StoreError> {
        let now = self.app.parts.clock.now();
        let mut active = self.app.parts.store.subscriptions(SubscriptionStatus::Active).await?;
        active.retain(|chat| {
            kind.is_none_or(|kind| chat.settings.kinds.contains(&kind)) && end(chat).is_none_or(|end| end > now)
        });
        Ok(active)
    }
}

impl Desk<'_> {
    /// A button for each event that is not over, those with a date first.
    fn announceable(&self) -> Message {
        let undated = self.events().filter(|(_, event)| event.outcome.is_none() && event.scheduled().is_none());
        let events = self.ahead().into_iter().chain(undated).take(MAX_EVENTS);
        let button = |event: &Event| -> Option<Action> {
            let label = event.name.get(self.voice.language).to_owned();
            self.wish(Wish::Offer(event_key(&event.uid)), label)
        };
        let actions = rows(events.filter_map(|(_, event)| button(event)));
        let words = if actions.is_empty() { self.voice.announce_words_only() } else { self.voice.announce_which() };
        Message { actions, ..Message::text(words) }
    }

    /// Below what would be posted: to how many chats, and the choice.
    fn ask_whether(&self, message: &mut Message, n: usize, cause: &Cause) {
        let voice = self.voice;
        message.blocks.push(Block::Text(voice.announce_to(n)));
        let post = (n > 0).then(|| self.wish(Wish::PostNow(cause.clone()), voice.announce_it(n))).flatten();
        let leave = self.wish(Wish::Leave(cause.clone()), voice.leave_it());
        message.actions = rows([post, leave].into_iter().flatten());
    }
}
