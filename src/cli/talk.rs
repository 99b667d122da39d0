//! The terminal chat, and the short tour for those who have no terminal.

use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;

use tokio::runtime;

use crate::app::{App, ClockIs, Gauges, Parts};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{Corpus, Language};
use crate::store::Store;
use crate::terminal::{self, PERSON, Prompt, Screen};

use super::{Ended, open, style};

pub(super) fn chat(config: &Config, out: impl Write + Send) -> anyhow::Result<Ended> {
    let clock = open::clock(config);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let app = runtime.block_on(app(config, &clock))?;
    let screen = Screen::new(out, style());
    // Not the lock of stdin, which may not cross threads.
    let mut input = io::BufReader::new(io::stdin());
    if io::stdin().is_terminal() {
        screen.line("Ask about the interview, in English or Russian. A number presses a button, /help shows the commands, /quit ends.\n")?;
        runtime.block_on(terminal::chat(&app, &clock, &mut input, &screen, Prompt::Shown))?;
    } else if input.fill_buf()?.is_empty() {
        runtime.block_on(tour(&app, &clock, &screen))?;
    } else {
        runtime.block_on(terminal::chat(&app, &clock, &mut input, &screen, Prompt::Hidden))?;
    }
    Ok(Ended::Fine)
}

/// The bot with a memory that ends with the chat, the person being its admin.
async fn app(config: &Config, clock: &Clock) -> anyhow::Result<App> {
    let clock_is = if config.clock_start.is_some() { ClockIs::Set } else { ClockIs::Real };
    Ok(App::for_one(Parts {
        library: open::library(&config.knowledge, clock)?,
        store: Store::in_memory().await?,
        clock: clock.clone(),
        zone: config.zone.clone(),
        admins: BTreeSet::from([PERSON]),
        rights: Arc::new(terminal::Everything),
        operator: config.operator.clone(),
        gauges: Arc::new(Gauges::new(clock.clone(), clock_is)),
    }))
}

async fn tour<W: Write + Send>(app: &App, clock: &Clock, screen: &Screen<W>) -> io::Result<()> {
    screen.line("A short tour: there is no terminal to chat in.\n")?;
    for words in asked_on_the_tour(&app.library().snapshot().corpus) {
        screen.line(&format!("? {words}"))?;
        terminal::say(app, clock, screen, &words).await?;
    }
    screen.line("Chat: run `onrecord chat` in a terminal, or pipe questions in, one a line.")?;
    screen.line(
        "Go live: get a token from @BotFather, put TELOXIDE_TOKEN=… into .env (see .env.example), run `onrecord`.",
    )
}

/// Two answers, from the first topic and, in another language where there is one, from the last; one refusal; the events.
fn asked_on_the_tour(corpus: &Corpus) -> Vec<String> {
    let first = corpus.example(Language::English).or_else(|| corpus.example(Language::Russian));
    let last = corpus.topics().skip(1).last().and_then(|(_, topic)| {
        let phrasings = &topic.phrasings;
        phrasings.iter().find(|(language, _)| *language == Language::Russian).or_else(|| phrasings.first())
    });
    let mut asked: Vec<&str> = first.into_iter().chain(last.map(|(_, words)| words.as_str())).collect();
    asked.extend(Language::ALL.into_iter().find_map(|language| corpus.outside_example(language)));
    if corpus.interviews.iter().any(|interview| !interview.events.is_empty()) {
        asked.push("/upcoming");
    }
    asked.into_iter().map(str::to_owned).collect()
}

/// One question, one reply.
pub(super) fn once(config: &Config, question: &str, out: impl Write + Send) -> anyhow::Result<()> {
    let clock = open::clock(config);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = app(config, &clock).await?;
        terminal::say(&app, &clock, &Screen::new(out, style()), question).await?;
        Ok(())
    })
}
