//! Use cases: what the bot does, in words that name no platform.
//!
//! [`App::handle`] takes one [`Incoming`] and gives what goes out for it. It reads the live snapshot once, so one reply
//! sees one revision from its first word to its last. [`Inbox`] stands around it for fronts that must lose nothing:
//! an update is safe in the inbox before it is confirmed, handled in the order of its chat, and gone when answered.

mod addressee;
mod admin;
mod announcing;
mod answer;
mod apology;
mod beginning;
mod calendar;
mod card;
mod catalogue;
mod checking;
mod citation;
mod commands;
mod cut;
mod evaluation;
mod facts;
mod feedback;
mod flood;
mod following;
mod freezes;
mod gauges;
mod groups;
mod inbox;
mod keeping;
mod landing;
mod lanes;
mod language;
mod later;
mod leaning;
mod library;
mod linked;
mod membership;
mod mine;
mod patience;
mod press;
mod privately;
mod provenance;
mod question;
mod recent;
mod replies;
mod reply;
mod search;
mod searches;
mod settings;
mod settle;
mod shown;
mod small_talk;
mod subscribing;
mod turn;
mod upcoming;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::chat::{Incoming, Outgoing, Rights, What};
use crate::clock::Clock;
use crate::domain::{ChatKind, Language, Manners, Role, UserRef};
use crate::store::Store;

use flood::{Flood, Heed};
use freezes::Freezes;
use groups::{Repeats, Unopened};
use language::{Heard, language_of};
use patience::Patience;
use press::Press;
use recent::Recent;
use searches::Searches;
use turn::Turn;

pub use announcing::{Asked, Dispatcher, Notice, Planner, announce};
pub use answer::{Answer, Found, Outcome, answer};
pub use calendar::calendar;
pub use commands::Command;
pub use evaluation::{
    Bucket, Calibration, Confusion, Grade, Instead, Judged, MAX_QUOTED, Price, Reliability, Sample, Score, SetQuestion,
    SetScore, Share, ask_all, calibrate, confusions, evaluate, evaluate_set, missing_gold, reliability, scores,
};
pub use following::{follow_reloads, reload_and_tell};
pub use gauges::{ClockIs, Gauges};
pub use groups::take_back;
pub use inbox::Inbox;
pub use language::Preference;
pub use library::{KnowledgeSource, LastReload, Library, LoadError, Reloaded, Snapshot, log_reload};
pub use replies::{Replies, Voice};
pub use settle::Fate;
pub use small_talk::SmallTalk;

/// What the bot is made of.
pub struct Parts {
    /// The live knowledge.
    pub library: Arc<Library>,
    /// What is kept between runs.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Where a day begins and ends.
    pub zone: TimeZone,
    /// Who may reload and look at the state.
    pub admins: BTreeSet<UserRef>,
    /// Tells who may decide for a chat.
    pub rights: Arc<dyn Rights>,
    /// Who runs the bot, as `/about` tells; `None`: it tells who does not.
    pub operator: Option<String>,
    /// Counters of this run.
    pub gauges: Arc<Gauges>,
}

/// The bot.
pub struct App {
    parts: Parts,
    replies: Replies,
    freezes: Arc<Freezes>,
    heard: Heard,
    recent: Recent,
    patience: Patience,
    audience: Audience,
    flood: Flood,
    repeats: Repeats,
    unopened: Arc<Unopened>,
    searches: Searches,
}

/// Who talks to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// Readers, who are told later what they ask to be told, and whose feedback somebody reads.
    Readers,
    /// One person, and nothing outlives the chat: neither makes sense.
    OnePerson,
}

impl App {
    /// Ready to answer.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            replies: Replies::default(),
            freezes: Arc::default(),
            heard: Heard::default(),
            recent: Recent::default(),
            patience: Patience::default(),
            audience: Audience::Readers,
            flood: Flood::default(),
            repeats: Repeats::default(),
            unopened: Arc::default(),
            searches: Searches::default(),
        }
    }

    /// The same for one person whose chat nothing outlives: they are neither asked for feedback nor promised to be told
    /// anything later.
    #[must_use]
    pub fn for_one(parts: Parts) -> Self {
        Self { audience: Audience::OnePerson, ..Self::new(parts) }
    }

    /// The live knowledge.
    #[must_use]
    pub fn library(&self) -> &Arc<Library> {
        &self.parts.library
    }

    /// Counters of this run.
    #[must_use]
    pub fn gauges(&self) -> &Gauges {
        &self.parts.gauges
    }

    /// Who may reload and look at the state.
    #[must_use]
    pub const fn admins(&self) -> &BTreeSet<UserRef> {
        &self.parts.admins
    }

    /// The bot's voice, for what a front says by itself (its list of commands).
    #[must_use]
    pub const fn voice(&self, language: Language) -> Voice<'_> {
        self.replies.voice(language)
    }

    /// What goes out for what came in. Nothing, where the bot had better be silent.
    pub async fn handle(&self, incoming: Incoming) -> Vec<Outgoing> {
        // Nothing is said in a channel; what is to be said of the bot's standing in one is said in private. Who searches may
        // never have written to the bot.
        let is_said = !matches!(incoming.what, What::Membership(_) | What::Search { .. });
        if incoming.kind == ChatKind::Channel && is_said {
            return Vec::new();
        }
        let role = self.role(&incoming);
        if let (true, ChatKind::Private, Some(user)) = (is_said, incoming.kind, incoming.from) {
            self.gauges().reached(user);
            self.unopened.opened(incoming.chat.id);
        }
        let judged = self.flood.judge(&incoming, role);
        if judged == Heed::Silent {
            return flood::hushed(&incoming);
        }
        let manners = self.manners_of(&incoming).await;
        let preference = self.preference(&incoming, manners).await;
        let snapshot = self.parts.library.snapshot();
        let turn = Turn { app: self, snapshot: &snapshot, incoming: &incoming, role, preference, manners };
        if let Heed::Told(who) = judged {
            return turn.too_much(who).into_iter().map(|outgoing| turn.mannered(outgoing)).collect();
        }
        if let (Some(words), ChatKind::Group) = (words_of(&incoming.what), incoming.kind) {
            self.heard.hear(incoming.chat.id, words);
        }
        let outgoing = match &incoming.what {
            What::Text(words) => turn.question(words).await,
            What::Command { name, rest } => turn.command(name, rest).await,
            What::Press { payload, press, .. } => turn.press(Press::parse(payload), press).await,
            What::Chosen { chat, kind, .. } => turn.chosen(*chat, *kind).await,
            What::Membership(change) => turn.membership(*change).await,
            What::Moved { from } => turn.moved(*from).await,
            What::Search { query, offset, search } => vec![turn.search(query, offset, search)],
            What::Unreadable => turn.unreadable(),
        };
        if !matches!(incoming.what, What::Text(_) | What::Search { .. } | What::Unreadable) {
            self.gauges().count_wish();
        }
        outgoing.into_iter().map(|outgoing| turn.mannered(turn.checked(outgoing))).collect()
    }

    fn role(&self, incoming: &Incoming) -> Role {
        match incoming.from {
            Some(user) if self.parts.admins.contains(&user) => Role::Admin,
            Some(_) | None => Role::Reader,
        }
    }

    async fn preference(&self, incoming: &Incoming, manners: Manners) -> Preference {
        let chosen = match incoming.kind {
            ChatKind::Private => self.parts.store.language(incoming.chat.id).await.unwrap_or_else(|error| {
                // A chosen language is a comfort; the reply is the promise.
                tracing::warn!(%error, "failed to read the chosen language");
                None
            }),
            ChatKind::Group | ChatKind::Channel => manners.language,
        };
        let interface = match (incoming.interface, incoming.kind) {
            (None, ChatKind::Group) => self.language_of_group(incoming).await,
            (interface, _) => interface,
        };
        Preference { chosen, interface }
    }

    /// Who writes as a group has no app that tells its language: what the group chose for its announcements, else what
    /// was asked there last, else the letters of its title.
    async fn language_of_group(&self, incoming: &Incoming) -> Option<Language> {
        let subscription = self.parts.store.subscription_of(incoming.chat).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "failed to read the language of a group");
            None
        });
        let title = incoming.title.as_ref();
        subscription
            .map(|subscription| subscription.settings.language)
            .or_else(|| self.heard.last(incoming.chat.id))
            .or_else(|| title.and_then(|title| language_of(title.as_str())))
    }
}

/// The question in it, if it is one.
fn words_of(what: &What) -> Option<&str> {
    match what {
        What::Text(words) => Some(words),
        What::Command { name, rest } if Command::parse(name) == Some(Command::Ask) => Some(rest),
        _ => None,
    }
}
