//! Searching on the shipped knowledge: how long it takes from what somebody has typed to the results, at the bot.
//!
//! Every labelled question of both languages is typed word by word, as an inline query comes to the app, and looked up twice:
//! the first time it is found, the second time the bot remembers where it was. Each run has a bot that knows of none yet.
//! The network and the inbox are left out: `--bench process` has them.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod measure;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use onrecord::app::{App, ClockIs, Gauges, Library, Parts};
use onrecord::chat::{Address, Incoming, Outgoing, SearchRef, Standing, What};
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, Corpus, UserRef};
use onrecord::knowledge::{self, Files};
use onrecord::store::Store;
use onrecord::terminal::Everything;

use measure::Durations;

const N_RUNS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let corpus = knowledge::load(&Files::embedded()).corpus.context("the shipped knowledge has errors")?;
    let typed = typed(&corpus);
    let (mut found, mut remembered) = (Vec::new(), Vec::new());
    for _ in 0..N_RUNS {
        let app = app(&corpus).await?;
        for query in &typed {
            for times in [&mut found, &mut remembered] {
                let incoming = search(query);
                let start = Instant::now();
                let outgoing = black_box(app.handle(black_box(incoming)).await);
                times.push(start.elapsed());
                ensure!(matches!(outgoing[..], [Outgoing::Results { .. }]), "`{query}` was not answered with results");
            }
        }
    }
    println!("question to results, {} queries, {N_RUNS} runs", typed.len());
    tell("typed for the first time", found);
    tell("typed before", remembered);
    Ok(())
}

/// Nothing, then every labelled question up to each of its words; each once.
fn typed(corpus: &Corpus) -> BTreeSet<String> {
    let judgments = corpus.interviews.iter().flat_map(|interview| &interview.judgments);
    let questions = judgments.map(|judgment| judgment.question.as_str());
    let prefixes = questions.flat_map(|question| {
        let ends = question.match_indices(' ').map(|(at, _)| at).chain([question.len()]);
        ends.map(|end| question[..end].to_owned())
    });
    prefixes.chain([String::new()]).collect()
}

/// A bot that has not been asked anything yet.
async fn app(corpus: &Corpus) -> anyhow::Result<App> {
    let clock = Clock::system();
    Ok(App::new(Parts {
        library: Arc::new(Library::holding(corpus.clone(), clock.clone())),
        store: Store::in_memory().await?,
        clock: clock.clone(),
        zone: TimeZone::UTC,
        admins: BTreeSet::new(),
        rights: Arc::new(Everything),
        operator: None,
        gauges: Arc::new(Gauges::new(clock, ClockIs::Real)),
    }))
}

fn search(query: &str) -> Incoming {
    Incoming {
        chat: ChatRef { id: 7, thread: None },
        kind: ChatKind::Private,
        title: None,
        from: Some(UserRef(7)),
        standing: Standing::Own,
        interface: None,
        message: None,
        sent: Clock::system().now(),
        replied: None,
        address: Address::Personal,
        what: What::Search { query: query.to_owned(), offset: String::new(), search: SearchRef("q".to_owned()) },
    }
}

fn tell(what: &str, times: Vec<Duration>) {
    let times = Durations::new(times);
    println!("  {what:26} p50 {}   p99 {:.1?}", times.spread(), times.percentile(99));
}
