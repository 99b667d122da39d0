//! `rehearse`: the announcements between two days, by the real planner, store and dispatcher on a driven clock. Every
//! post with its instant, as members would see it, and every question to an admin, answered.
//!
//! Nothing is written to disk, and the same days give the same. An editor's look at an event that lies after the first
//! day is not known yet then: the event counts as last looked at on the day of the interview.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{anyhow, bail};
use clap::ValueEnum;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tokio::runtime;
use tokio_util::sync::CancellationToken;

use crate::app::{App, Asked, ClockIs, Dispatcher, Fate, Gauges, Library, Notice, Parts, Planner};
use crate::chat::{
    Address, Failure, Incoming, Message, MessageId, Messenger, Outgoing, Payload, PressRef, Receipt, Standing, What,
};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{ChatKind, ChatRef, Corpus, Language, Settings, UserRef};
use crate::store::Store;
use crate::terminal::{Everything, PERSON, Screen};

use super::events::midnight;
use super::{Ended, open, style};

/// The channel that the rehearsal posts in.
const CHANNEL: ChatRef = ChatRef { id: -100, thread: None };

/// What `rehearse` is asked for.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The first day
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// The day after the last
    #[arg(long, value_name = "DATE")]
    to: Date,
    /// How every question is answered
    #[arg(long, value_name = "ANSWER", default_value = "yes")]
    answer: Answer,
    /// The channel's language: en or ru
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: Language,
}

/// How every question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Answer {
    /// By the first button.
    Yes,
    /// By the second.
    No,
}

pub(super) fn rehearse(
    config: &Config,
    arguments: &Arguments,
    out: impl Write + Send + 'static,
) -> anyhow::Result<Ended> {
    let (from, to) = (midnight(arguments.from, &config.zone)?, midnight(arguments.to, &config.zone)?);
    if to <= from {
        bail!("--to {} is not after --from {}: name a later day", arguments.to, arguments.from);
    }
    let corpus = as_known_then(open::corpus(&config.knowledge)?, arguments.from);
    let now = Arc::new(AtomicI64::new(from.as_millisecond()));
    let clock = driven(&now);
    let library = Arc::new(Library::holding(corpus, clock.clone()));
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::in_memory().await?;
        let settings = Settings::new(ChatKind::Channel, arguments.language, config.zone.clone());
        store.subscribe(CHANNEL, ChatKind::Channel, Some(PERSON), &settings, from).await?;
        store.set_language(PERSON.0, arguments.language).await?;
        let app = Arc::new(App::new(Parts {
            library,
            store: store.clone(),
            clock: clock.clone(),
            zone: config.zone.clone(),
            admins: BTreeSet::from([PERSON]),
            rights: Arc::new(Everything),
            operator: config.operator.clone(),
            gauges: Arc::new(Gauges::new(clock.clone(), ClockIs::Set)),
        }));
        let stage = Arc::new(Stage::new(out, clock.clone(), config.zone.clone()));
        stage.line(&format!(
            "A channel that approves each post, from {} to {}, in {}. Every question is answered {}.\n",
            arguments.from,
            arguments.to,
            config.zone.iana_name().unwrap_or("UTC"),
            match arguments.answer {
                Answer::Yes => "yes",
                Answer::No => "no",
            }
        ))?;
        let rehearsal = Rehearsal { app, store, stage, now, zone: config.zone.clone(), answer: arguments.answer };
        rehearsal.play(to).await
    })?;
    Ok(Ended::Fine)
}

fn driven(now: &Arc<AtomicI64>) -> Clock {
    let now = Arc::clone(now);
    Clock::driven(move || Timestamp::from_millisecond(now.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH))
}

fn as_known_then(mut corpus: Corpus, day: Date) -> Corpus {
    for interview in &mut corpus.interviews {
        let given = interview.given.unwrap_or(day).min(day);
        for event in interview.events.iter_mut().filter(|event| event.reviewed > day) {
            event.reviewed = given;
        }
    }
    corpus
}

struct Rehearsal<W: Write + Send + 'static> {
    app: Arc<App>,
    store: Store,
    stage: Arc<Stage<W>>,
    now: Arc<AtomicI64>,
    zone: TimeZone,
    answer: Answer,
}

impl<W: Write + Send + 'static> Rehearsal<W> {
    /// From one instant at which something happens to the next.
    async fn play(&self, to: Timestamp) -> anyhow::Result<()> {
        let lead = self.store.lead()?.ok_or_else(|| anyhow!("somebody else announces from memory"))?;
        let lead = Arc::new(lead);
        let planner = Planner::new(Arc::clone(&self.app), Arc::clone(&lead));
        let dispatcher =
            Dispatcher::new(Arc::clone(&self.app), Arc::clone(&self.stage), lead, CancellationToken::new());
        loop {
            // An answer may let something go, and what is sent may be told: until nothing happens any more.
            loop {
                let notices = planner.plan().await?;
                let n_notices = notices.len();
                for notice in notices {
                    self.stage.ask(&notice)?;
                    planner.settled(&notice, Fate::Taken).await?;
                    self.answer(&notice.outgoing).await?;
                }
                let n_sent = dispatcher.turn().await?;
                dispatcher.settled().await;
                self.stage.check()?;
                if n_notices + n_sent == 0 {
                    break;
                }
            }
            let Some(next) = self.next(&planner).await?.filter(|next| *next < to) else { break };
            self.now.store(next.as_millisecond(), Ordering::Relaxed);
        }
        self.sum_up().await
    }

    /// The next thing that is due or goes on after a rest, or the next day: outcomes are asked for at its beginning.
    async fn next(&self, planner: &Planner) -> anyhow::Result<Option<Timestamp>> {
        let now = self.app_now();
        let tomorrow = now.to_zoned_datetime(self.zone.clone()).date().checked_add(1.day())?;
        let tomorrow = midnight(tomorrow, &self.zone)?;
        let due = planner.next().await?;
        let rested = self.store.next_rested(now).await?;
        Ok([due, rested].into_iter().flatten().chain([tomorrow]).min())
    }

    fn app_now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Presses the button that answers a question.
    async fn answer(&self, notice: &Outgoing) -> anyhow::Result<()> {
        let Outgoing::Send { message, .. } = notice else { return Ok(()) };
        let Some((label, payload)) = self.button(message) else { return Ok(()) };
        self.stage.line(&format!("Pressed: [{label}]\n"))?;
        let incoming = Incoming {
            chat: ChatRef { id: PERSON.0, thread: None },
            kind: ChatKind::Private,
            title: None,
            from: Some(UserRef(PERSON.0)),
            standing: Standing::Own,
            interface: None,
            message: Some(MessageId(1)),
            sent: self.app_now(),
            replied: None,
            address: Address::Personal,
            what: What::Press { payload, press: PressRef(String::new()), asked: None },
        };
        for outgoing in self.app.handle(incoming).await {
            if let Outgoing::Edit { message, .. } = &outgoing {
                // The announcement stands above already.
                let first = Message { blocks: message.blocks.iter().take(1).cloned().collect(), actions: Vec::new() };
                self.stage.say(first)?;
            }
        }
        Ok(())
    }

    fn button(&self, message: &Message) -> Option<(String, Payload)> {
        let at = match self.answer {
            Answer::Yes => 0,
            Answer::No => 1,
        };
        let action = message.actions.iter().flatten().nth(at)?;
        Some((action.label.clone(), action.target.payload()?.clone()))
    }

    async fn sum_up(&self) -> anyhow::Result<()> {
        let counts = self.store.counts().await?;
        let counts = counts.into_iter().filter(|(_, n)| *n > 0);
        let counts: Vec<String> = counts.map(|(state, n)| format!("{n} {}", state.name())).collect();
        let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
        self.stage.line(&format!("Deliveries: {counts}."))?;
        Ok(())
    }
}

/// The terminal as a front: each thing under the instant it happens at.
struct Stage<W> {
    screen: Screen<W>,
    clock: Clock,
    zone: TimeZone,
    // The first failure to write; a post has nobody to tell it to.
    broken: Mutex<Option<io::Error>>,
}

impl<W: Write + Send> Stage<W> {
    fn new(out: W, clock: Clock, zone: TimeZone) -> Self {
        Self { screen: Screen::new(out, style()), clock, zone, broken: Mutex::default() }
    }

    fn line(&self, words: &str) -> io::Result<()> {
        self.screen.line(words)
    }

    fn say(&self, message: Message) -> io::Result<()> {
        self.screen.show(&Outgoing::Send { to: CHANNEL, reply_to: None, message }).map(|_| ())
    }

    fn check(&self) -> io::Result<()> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// A question, and whom it is put to.
    fn ask(&self, notice: &Notice) -> io::Result<()> {
        let to = match notice.asked_as() {
            Asked::Owner => "to the owner of the channel",
            Asked::Admin => "to the admins of the bot",
        };
        self.line(&format!("── {} · {to}\n", self.at()))?;
        self.screen.show(&notice.outgoing).map(|_| ())
    }

    fn at(&self) -> String {
        self.clock.now().to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn show(&self, outgoing: &Outgoing) -> io::Result<Option<MessageId>> {
        match outgoing {
            Outgoing::Post { .. } => self.line(&format!("── {} · posted in the channel\n", self.at()))?,
            Outgoing::Send { .. }
            | Outgoing::Passing { .. }
            | Outgoing::Privately { .. }
            | Outgoing::Delete { .. }
            | Outgoing::File { .. }
            | Outgoing::Edit { .. }
            | Outgoing::Pin { .. }
            | Outgoing::Toast { .. }
            | Outgoing::Results { .. } => {}
        }
        self.screen.show(outgoing)
    }
}

impl<W: Write + Send> Messenger for Stage<W> {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        self.show(outgoing).map(|message| Receipt { message }).map_err(|error| {
            let reason = error.to_string();
            self.broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            Failure::Rejected { reason }
        })
    }
}
