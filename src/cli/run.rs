//! `run`: composes the bot and keeps it running until a signal.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use jiff::tz::TimeZone;
use secrecy::SecretString;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::app::{self, App, ClockIs, Command, Gauges, Inbox, Library, Parts, Voice};
use crate::chat::{Front, Rights};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{Language, Role, UserRef};
use crate::store::Store;
use crate::telegram::{self, Api, ListenError, Me, Profile, Telegram};

use super::{Ended, open};

/// How long everything under way has after a signal: the last confirmation, replies, posts. With the closing it stays
/// below 3 s.
const DRAIN: Duration = Duration::from_secs(2);

/// How long closing the database may take: what is committed is safe without it.
const CLOSE: Duration = Duration::from_millis(500);

/// How often what is past its lifetime is forgotten.
const SWEEP: Duration = Duration::from_secs(600);

/// Answering a question takes microseconds: two threads are for not waiting on a reload, not for speed.
const THREADS: usize = 2;

/// Everything the bot runs on.
pub struct Service {
    /// The bot's token.
    pub token: SecretString,
    /// The address of the Bot API server.
    pub api_url: String,
    /// The live knowledge.
    pub library: Arc<Library>,
    /// What is kept between runs.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Whose time that is.
    pub clock_is: ClockIs,
    /// Where a day begins and ends.
    pub zone: TimeZone,
    /// Who may reload and look at the state.
    pub admins: BTreeSet<UserRef>,
    /// Who runs the bot, as `/about` tells.
    pub operator: Option<String>,
}

pub(super) fn run(config: Config) -> anyhow::Result<Ended> {
    let token = config.token.clone().ok_or_else(|| {
        anyhow!("no token: get one from @BotFather and put TELOXIDE_TOKEN=… into .env (see .env.example); without one, `onrecord chat` is a chat in the terminal")
    })?;
    if config.admins.is_empty() {
        tracing::warn!("ONRECORD_ADMINS is empty: nobody can /reload or see /status; SIGHUP still reloads");
    }
    let clock = open::clock(&config);
    if let Some(start) = config.clock_start {
        tracing::warn!(%start, "the clock was set by ONRECORD_CLOCK_START");
    }
    let library = open::library(&config.knowledge, &clock)?;
    let runtime = runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    let ended = runtime.block_on(async {
        let store = Store::open(&config.database).await?;
        let shutdown = CancellationToken::new();
        watch_signals(Arc::clone(&library), store.clone(), shutdown.clone())?;
        let clock_is = if config.clock_start.is_some() { ClockIs::Set } else { ClockIs::Real };
        let Config { api_url, zone, admins, operator, .. } = config;
        let service = Service { token, api_url, library, store, clock, clock_is, zone, admins, operator };
        serve(service, shutdown).await
    });
    // A name being looked up and a reload have threads that nothing breaks off: the end does not wait for them.
    runtime.shutdown_background();
    ended.map(|()| Ended::Fine)
}

/// Runs the bot until `shutdown`.
///
/// # Errors
/// If the token is rejected, now or later, or the inbox cannot be read.
pub async fn serve(service: Service, shutdown: CancellationToken) -> anyhow::Result<()> {
    let api = Api::new(service.token, &service.api_url)?;
    let me = tokio::select! {
        me = telegram::introduce(&api) => me?,
        () = shutdown.cancelled() => return Ok(()),
    };
    let front = Arc::new(Telegram::new(api.clone(), me.clone()));
    let gauges = Arc::new(Gauges::new(service.clock.clone(), service.clock_is));
    let app = Arc::new(App::new(Parts {
        library: service.library,
        store: service.store.clone(),
        clock: service.clock.clone(),
        zone: service.zone,
        admins: service.admins,
        rights: Arc::clone(&front) as Arc<dyn Rights>,
        operator: service.operator,
        gauges,
    }));
    tracing::info!(bot = %me.username, revision = %app.library().snapshot().revision(), "answering");
    // No update may be dropped as a day old because a clock is being tried out.
    let wall = match service.clock_is {
        ClockIs::Real => service.clock,
        ClockIs::Set => Clock::system(),
    };
    let inbox = Inbox::new(Arc::clone(&app), Arc::clone(&front), wall, shutdown.clone());
    tokio::select! {
        begun = inbox.begin() => begun.context("failed to read the inbox")?,
        () = shutdown.cancelled() => return Ok(()),
    }
    // Announcing never holds up answering, and ends with it.
    let announcing = tokio::spawn(app::announce(Arc::clone(&app), Arc::clone(&front), shutdown.clone()));
    let taking_back = tokio::spawn(app::take_back(Arc::clone(&app), Arc::clone(&front), shutdown.clone()));
    let listening = async {
        let stopped = tokio::select! {
            stopped = telegram::listen(&api, &inbox, &shutdown) => stopped,
            never = forever(introduce(&api, &app, &me, &front)) => match never {},
            never = forever(inbox.take_over()) => match never {},
            never = forever(app::follow_reloads(Arc::clone(&app))) => match never {},
            never = sweep(&inbox) => match never {},
        };
        shutdown.cancel();
        stopped
    };
    // One deadline for everything, counted from the signal and not from the end of what came before.
    let deadline = async {
        shutdown.cancelled().await;
        Instant::now() + DRAIN
    };
    let (stopped, deadline) = tokio::join!(listening, deadline);
    // What is being posted gets the same time; what takes longer is doubtful after the next start.
    let (_, _, _) =
        tokio::join!(inbox.drain(deadline), timeout_at(deadline, announcing), timeout_at(deadline, taking_back));
    if timeout_at(deadline + CLOSE, service.store.close()).await.is_err() {
        tracing::warn!("the database is locked by another process; ended without closing it, nothing is lost");
    }
    stopped?;
    if let Some(reason) = inbox.refused() {
        return Err(ListenError::Unauthorised { reason: reason.to_owned() }.into());
    }
    tracing::info!("stopped");
    Ok(())
}

/// What is done once beside the polling: the menu, and which admins can be written to.
async fn introduce(api: &Api, app: &App, me: &Me, front: &Telegram) {
    if !me.can_read_all_group_messages {
        app.gauges().hide_mentions();
    }
    if !me.supports_inline_queries {
        app.gauges().no_searches();
    }
    let admins: Vec<UserRef> = app.admins().iter().copied().collect();
    for admin in &admins {
        if !front.can_write_to(*admin).await {
            app.gauges().unreached(*admin);
            tracing::warn!(admin = admin.0, "cannot write to an admin until they press /start");
        }
    }
    app.gauges().admins_looked_up();
    let profiles: Vec<Profile> = [None, Some(Language::English), Some(Language::Russian)]
        .into_iter()
        .map(|language| profile(language, app.voice(language.unwrap_or(Language::English))))
        .collect();
    telegram::publish(api, &profiles, &admins).await;
}

fn profile(language: Option<Language>, voice: Voice<'_>) -> Profile {
    let menu = |role: Role| {
        let mine = Command::ALL.into_iter().filter(|command| command.role() <= role);
        mine.map(|command| (command.name().to_owned(), command.description(voice))).collect()
    };
    Profile {
        language,
        name: Some(voice.bot_name()),
        description: voice.bot_description(),
        short_description: voice.bot_short_description(),
        commands: menu(Role::Reader),
        admin_commands: menu(Role::Admin),
    }
}

async fn sweep(inbox: &Inbox<Telegram>) -> Infallible {
    loop {
        tokio::time::sleep(SWEEP).await;
        if let Err(error) = inbox.sweep().await {
            tracing::error!(%error, "failed to forget what is past its lifetime");
        }
    }
}

/// Something that is done once beside something that goes on.
async fn forever(once: impl Future<Output = ()>) -> Infallible {
    once.await;
    std::future::pending().await
}

/// SIGTERM and SIGINT stop the bot, SIGHUP reloads the knowledge.
fn watch_signals(library: Arc<Library>, store: Store, shutdown: CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        shutdown.cancel();
    });
    // By itself: a long reload holds up no end.
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            let done = app::reload_and_tell(Arc::clone(&library), store.clone()).await;
            app::log_reload(done.map(|(reloaded, _told)| reloaded));
        }
    });
    Ok(())
}
