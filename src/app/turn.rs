//! One incoming and what goes out for it: commands and presses; `question` has the questions.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::timeout;

use crate::chat::{Address, Block, Incoming, Message, Outgoing, PressRef};
use crate::domain::{ChatKind, Key, Language, Manners, Role};

use super::commands::Command;
use super::following::reload_and_tell;
use super::language::Preference;
use super::library::Snapshot;
use super::press::{Press, Wish};
use super::replies::Voice;
use super::reply::Desk;
use super::shown::Shown;
use super::{App, admin, cut, groups};

/// A question older than this is answered as a reply to its message, for the chat has gone on since.
const LATE: SignedDuration = SignedDuration::from_secs(60);

/// How long an admin waits to be told how a reload ended; shorter than the handling of an update may take. The reload
/// itself goes on.
const RELOAD_PATIENCE: Duration = Duration::from_secs(8);

/// One incoming being answered from one snapshot.
pub(super) struct Turn<'t> {
    pub(super) app: &'t App,
    pub(super) snapshot: &'t Snapshot,
    pub(super) incoming: &'t Incoming,
    pub(super) role: Role,
    pub(super) preference: Preference,
    pub(super) manners: Manners,
}

impl Turn<'_> {
    pub(super) async fn command(&self, name: &str, rest: &str) -> Vec<Outgoing> {
        let voice = self.app.voice(self.preference.of_nothing());
        let Some(command) = Command::parse(name) else { return self.unknown_command(voice) };
        if self.role < command.role() {
            return self.refuse(command, voice);
        }
        let desk = self.desk(voice.language);
        match command {
            Command::Ask if rest.is_empty() => {
                self.send(Message::text(voice.ask_usage(desk.corpus.example(voice.language))))
            }
            Command::Ask => self.question(rest).await,
            Command::Check => self.send(self.check(voice.language, rest)),
            Command::Start => match groups::group_of(rest) {
                Some(chat) if self.incoming.kind == ChatKind::Private => {
                    self.send(self.land_on_group(voice, chat).await)
                }
                Some(_) | None => self.land(&desk, rest),
            },
            Command::Help => self.send(desk.help(self.role)),
            Command::Topics => self.send(desk.topics(0)),
            Command::Upcoming => self.send(desk.upcoming(0)),
            Command::About => self.send(desk.about(self.app.parts.operator.as_deref())),
            Command::Privacy => self.send(Message::text(voice.privacy())),
            Command::Language => self.send(match self.incoming.kind {
                ChatKind::Private if Language::from_code(rest).is_some() => self.speak(Language::from_code(rest)).await,
                ChatKind::Private => desk.languages(),
                ChatKind::Group | ChatKind::Channel => Message::text(self.language_here(voice)),
            }),
            Command::Settings => self.group_settings(voice).await,
            Command::Subscribe => self.subscribe(voice).await,
            Command::Unsubscribe => self.send(self.unsubscribe(voice).await),
            Command::Subscriptions if self.incoming.kind != ChatKind::Private => {
                self.send(self.subscriptions_here(voice).await)
            }
            Command::Timezone
            | Command::Reload
            | Command::Status
            | Command::Announce
            | Command::Deliveries
            | Command::Pause
            | Command::Resume
            | Command::MyData
            | Command::Forget
            | Command::Feedback
                if self.incoming.kind != ChatKind::Private =>
            {
                self.send(Message::text(voice.private_only()))
            }
            Command::Subscriptions => self.send(self.subscriptions(voice).await),
            Command::Timezone => self.send(self.timezone(voice, rest).await),
            Command::MyData => self.send(self.my_data(voice).await),
            Command::Forget => self.send(desk.asking_to_forget()),
            Command::Feedback => self.send(self.feedback_report(voice).await),
            Command::Reload => self.send(self.reload(voice).await),
            Command::Announce => self.send(self.announce(voice, rest).await),
            Command::Deliveries => self.deliveries(voice).await,
            Command::Pause => self.send(self.pause(voice).await),
            Command::Resume => self.send(self.resume(voice).await),
            Command::Status => {
                let last = self.app.library().last_reload();
                self.send(admin::status(voice, self.snapshot, last, self.app))
            }
        }
    }

    /// A bare unknown command in a group may be meant for another bot.
    fn unknown_command(&self, voice: Voice<'_>) -> Vec<Outgoing> {
        match self.incoming.address {
            Address::Personal => self.send(Message::text(voice.unknown_command())),
            Address::Open => Vec::new(),
        }
    }

    /// In a group a bare command may be meant for another bot, and nobody's number is told.
    fn refuse(&self, command: Command, voice: Voice<'_>) -> Vec<Outgoing> {
        if self.incoming.address == Address::Open && self.incoming.kind != ChatKind::Private {
            return Vec::new();
        }
        let user = self.incoming.from;
        tracing::warn!(command = command.name(), user = ?user.map(|user| user.0), "refused an admin command");
        let words = match user {
            Some(user) if self.app.admins().is_empty() && self.incoming.kind == ChatKind::Private => {
                format!("{} {}", voice.admins_only(), voice.admins_none(user))
            }
            Some(_) | None => voice.admins_only(),
        };
        self.send(Message::text(words))
    }

    /// A topic's best passage.
    pub(super) fn topic(&self, desk: &Desk<'_>, key: &Key) -> Option<Message> {
        let (interview, topic) = self.snapshot.corpus.topic_by_key(key)?;
        self.remember(Some(topic));
        desk.topic(interview, topic)
    }

    /// A passage as it was shown.
    pub(super) fn passage(&self, desk: &Desk<'_>, shown: &Shown) -> Option<Message> {
        let corpus = &self.snapshot.corpus;
        let quote = cut::again(corpus.passage_by_key(&shown.passage)?, shown.run)?;
        let topic = shown.topic.as_ref().and_then(|key| corpus.topic_name(key));
        self.remember(desk.title_topic(&quote, topic.as_ref()));
        Some(desk.quote(&quote, topic.as_ref()))
    }

    async fn reload(&self, voice: Voice<'_>) -> Message {
        let reload = reload_and_tell(Arc::clone(self.app.library()), self.app.parts.store.clone());
        // It goes on by itself, should nobody wait for it any more.
        match timeout(RELOAD_PATIENCE, tokio::spawn(reload)).await {
            Err(_elapsed) => Message::text(voice.reload_long()),
            Ok(Ok(result)) => {
                let (result, told) = match result {
                    Ok((reloaded, told)) => (Ok(reloaded), Some(told)),
                    Err(error) => (Err(error), None),
                };
                let mut message = admin::reloaded(voice, &result, &self.app.library().snapshot());
                let told = told.filter(|_| self.app.gauges().is_announced_elsewhere());
                message.blocks.extend(told.map(|told| {
                    Block::Text(if told.is_ok() { voice.reload_elsewhere() } else { voice.reload_untold() })
                }));
                message
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the reload panicked");
                Message::text(voice.went_wrong())
            }
        }
    }

    pub(super) async fn press(&self, press: Option<Press>, by: &PressRef) -> Vec<Outgoing> {
        let Some(press) = press else {
            return vec![toast(by, Some(self.app.voice(self.preference.of_nothing()).too_late()))];
        };
        // A group that chose a language hears no other, whatever its old buttons say.
        let desk = self.desk(self.manners.language.unwrap_or(press.language));
        let placed = |shown: &Shown| self.snapshot.corpus.passage_by_key(&shown.passage);
        let message = match &press.wish {
            Wish::Passage(shown) => self.passage(&desk, shown),
            Wish::Context(shown) => placed(shown).map(|placed| desk.in_context(placed, shown)),
            Wish::Source(shown) => placed(shown).and_then(|placed| desk.provenance(placed, shown)),
            Wish::Cite(format, shown) => placed(shown).and_then(|placed| desk.citation(placed, shown, *format)),
            Wish::Topic(key) => self.topic(&desk, key),
            Wish::Topics(page) => Some(desk.topics(*page)),
            Wish::Upcoming(page) => Some(desk.upcoming(*page)),
            Wish::Event(key) => self.event_card(&desk, key),
            Wish::Calendar(key) => return self.calendar(&desk, key, by).await,
            Wish::Remind => return self.remind(&desk, by).await,
            Wish::Offer(_)
            | Wish::PostNow(_)
            | Wish::Leave(_)
            | Wish::Review(..)
            | Wish::DecideAll(..)
            | Wish::OneByOne(..)
            | Wish::Doubts(_)
                if self.role < Role::Admin =>
            {
                return vec![toast(by, Some(desk.voice.admins_only()))];
            }
            Wish::Offer(key) => self.offer(&desk, key).await,
            Wish::PostNow(cause) => return self.post_now(&desk, cause, by).await,
            Wish::Leave(cause) => return self.leave(&desk, cause, by).await,
            Wish::Review(review, key, revision) => return self.review(&desk, *review, (key, *revision), by).await,
            Wish::Decide(decision, delivery) => return self.decide(&desk, *decision, *delivery, by).await,
            Wish::DecideAll(decision, like, asked) => {
                return self.decide_all(&desk, *decision, (*like, *asked), by).await;
            }
            Wish::OneByOne(like, after) => return self.one_by_one(&desk, *like, *after, by).await,
            Wish::Doubts(after) => return self.more_doubts(&desk, *after, by).await,
            Wish::Settings(id, change) => return self.settings(&desk, *id, *change, by).await,
            Wish::Group(chat, change) => return self.group_pressed(desk.voice, *chat, *change, by).await,
            Wish::Preview(id) => return self.preview(&desk, *id, by).await,
            Wish::Subscribe(chat) => return self.accept(&desk, *chat, by).await,
            Wish::Unsubscribe(id) => Some(self.end(desk.voice, *id).await),
            Wish::Feedback(given) => return self.feedback(&desk, given, by).await,
            Wish::Keep(keeping) => return self.keeping(&desk, *keeping, by).await,
            Wish::Mine(mine) => return self.my_press(&desk, *mine, by).await,
            Wish::Speak(choice) => Some(self.speak(*choice).await),
        };
        match (message, self.incoming.message) {
            (Some(message), Some(id)) => {
                vec![Outgoing::Edit { chat: self.incoming.chat, id, message }, toast(by, None)]
            }
            (Some(_), None) => vec![toast(by, None)],
            (None, _) => vec![toast(
                by,
                Some(match press.wish {
                    Wish::Passage(_) | Wish::Context(_) | Wish::Source(_) | Wish::Cite(..) => {
                        desk.voice.passage_changed()
                    }
                    _ => desk.voice.button_gone(),
                }),
            )],
        }
    }

    async fn speak(&self, choice: Option<Language>) -> Message {
        let voice = self.app.voice(choice.unwrap_or_else(|| self.preference.of_nothing()));
        if self.incoming.kind != ChatKind::Private {
            return Message::text(self.language_here(voice));
        }
        let (store, chat) = (&self.app.parts.store, self.incoming.chat.id);
        let stored = match choice {
            Some(language) => store.set_language(chat, language).await,
            None => store.forget_language(chat).await,
        };
        if let Err(error) = stored {
            tracing::error!(%error, "failed to store the chosen language");
            return Message::text(voice.went_wrong());
        }
        Message::text(if choice.is_some() { voice.language_set() } else { voice.language_follows() })
    }

    /// Which language a group is answered in.
    fn language_here(&self, voice: Voice<'_>) -> String {
        self.manners.language.map_or_else(|| voice.language_group(), |language| voice.language_of_group(language))
    }

    pub(super) fn unreadable(&self) -> Vec<Outgoing> {
        match self.incoming.kind {
            ChatKind::Private => self.send(Message::text(self.app.voice(self.preference.of_nothing()).unreadable())),
            ChatKind::Group | ChatKind::Channel => Vec::new(),
        }
    }

    pub(super) fn desk(&self, language: Language) -> Desk<'_> {
        Desk {
            corpus: &self.snapshot.corpus,
            voice: self.app.voice(language),
            now: self.app.parts.clock.now(),
            zone: &self.app.parts.zone,
        }
    }

    /// A new message; visibly a reply in groups, and wherever the chat has gone on since.
    pub(super) fn send(&self, message: Message) -> Vec<Outgoing> {
        let late = self.app.parts.clock.now().duration_since(self.incoming.sent) > LATE;
        let reply_to = match self.incoming.kind {
            ChatKind::Private if !late => None,
            ChatKind::Private | ChatKind::Group | ChatKind::Channel => self.incoming.message,
        };
        vec![Outgoing::Send { to: self.incoming.chat, reply_to, message }]
    }

    /// The last look before a quote leaves: its words stand in the passage it names, or it does not go out.
    pub(super) fn checked(&self, mut outgoing: Outgoing) -> Outgoing {
        if let Outgoing::Passing { what, lifetime } = outgoing {
            return Outgoing::Passing { what: Box::new(self.checked(*what)), lifetime };
        }
        let message = match &mut outgoing {
            Outgoing::Send { message, .. }
            | Outgoing::Privately { message, .. }
            | Outgoing::Post { message, .. }
            | Outgoing::Edit { message, .. } => message,
            // A file is made of quotes that are just as they were loaded.
            Outgoing::Passing { .. }
            | Outgoing::File { .. }
            | Outgoing::Pin { .. }
            | Outgoing::Delete { .. }
            | Outgoing::Toast { .. } => return outgoing,
            Outgoing::Results { results, .. } => {
                results.list.retain(|result| self.is_verbatim(result));
                return outgoing;
            }
        };
        if let Some(passage) = self.snapshot.first_bent(message) {
            tracing::error!(%passage, "a quote was not verbatim and was held back");
            *message = Message::text(self.voice_of_question().went_wrong());
        }
        outgoing
    }
}

/// The end of a press.
pub(super) fn toast(press: &PressRef, text: Option<String>) -> Outgoing {
    Outgoing::Toast { press: press.clone(), text }
}
