//! `deliveries`: what became of announcements, and the doubtful ones settled by hand: for when no admin can be written
//! to. It works beside a running bot, which goes on with what is settled.

use std::io::Write;

use anyhow::{anyhow, bail};
use tokio::runtime;

use crate::config::Config;
use crate::domain::{Delivery, DeliveryId, DeliveryState, EventUid, Subject};
use crate::store::{Page, Settlement, Store};

use super::{Ended, open};

/// So many doubtful ones are listed at once.
const MAX_LISTED: u32 = 100;

/// So many characters of the operator's own words tell which they are.
const MAX_WORDS: usize = 40;

/// What `deliveries` is asked for.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Settles a doubtful one: it is `there`, it is to be posted `again`, or `drop` it
    #[arg(long, num_args = 2, value_names = ["ID", "there|again|drop"], conflicts_with = "settle_event")]
    settle: Vec<String>,
    /// Settles all doubtful ones of an event
    #[arg(long, num_args = 2, value_names = ["UID", "there|again|drop"])]
    settle_event: Vec<String>,
}

/// What is to be done.
enum Task {
    List,
    One(DeliveryId, Settlement),
    Event(EventUid, Settlement),
}

pub(super) fn deliveries(config: &Config, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Ended> {
    let task = task(arguments)?;
    let now = open::clock(config).now();
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let store = Store::open_existing(&config.database).await?;
        let ended = match task {
            Task::List => list(&store, out).await,
            Task::One(id, settlement) => match store.settle(id, settlement, now).await? {
                Some(state) => tell(out, id, state).map(|()| Ended::Fine),
                None => not_doubtful(&store, id, out).await,
            },
            Task::Event(uid, settlement) => {
                let settled = store.settle_event(&uid, settlement, now).await?;
                for (id, state) in &settled {
                    tell(out, *id, *state)?;
                }
                if settled.is_empty() {
                    writeln!(out, "nothing of `{uid}` is doubtful")?;
                }
                Ok(if settled.is_empty() { Ended::No } else { Ended::Fine })
            }
        };
        store.close().await;
        ended
    })
}

fn task(arguments: &Arguments) -> anyhow::Result<Task> {
    match (arguments.settle.as_slice(), arguments.settle_event.as_slice()) {
        ([id, how], _) => {
            let number = id
                .parse()
                .map_err(|_| anyhow!("`{id}` is no number of a delivery; `onrecord deliveries` lists them"))?;
            Ok(Task::One(DeliveryId(number), settlement(how)?))
        }
        (_, [uid, how]) => {
            let uid =
                EventUid::parse(uid).ok_or_else(|| anyhow!("`{uid}` is no uid of an event; events.toml has them"))?;
            Ok(Task::Event(uid, settlement(how)?))
        }
        (_, _) => Ok(Task::List),
    }
}

fn settlement(how: &str) -> anyhow::Result<Settlement> {
    match how {
        "there" => Ok(Settlement::IsThere),
        "again" => Ok(Settlement::PostAgain),
        "drop" => Ok(Settlement::Drop),
        other => bail!("`{other}` settles nothing; write `there`, `again` or `drop`"),
    }
}

async fn list(store: &Store, out: &mut impl Write) -> anyhow::Result<Ended> {
    for (state, n) in store.counts().await? {
        writeln!(out, "{:12}{n:>8}", word(state))?;
    }
    let doubtful = store.ambiguous_deliveries(Page::first(MAX_LISTED)).await?;
    if doubtful.is_empty() {
        return Ok(Ended::Fine);
    }
    writeln!(out, "\ndoubtful, the oldest first:")?;
    for delivery in &doubtful {
        writeln!(out, "{}", line(delivery))?;
    }
    writeln!(out, "\nlook into each chat, then: onrecord deliveries --settle ID there|again|drop")?;
    Ok(Ended::Fine)
}

fn line(delivery: &Delivery) -> String {
    let what = match &delivery.subject {
        Subject::Event { uid, occasion, .. } => format!("{uid} ({occasion})"),
        Subject::Words { text, .. } => {
            let words: String = text.chars().take(MAX_WORDS).map(|c| if c.is_control() { ' ' } else { c }).collect();
            format!("own words “{words}”")
        }
    };
    let thread = delivery.chat.thread.map(|thread| format!("/{thread}")).unwrap_or_default();
    let why = delivery.error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    format!("{:>6}  {what} in the chat {}{thread}, due {}{why}", delivery.id.0, delivery.chat.id, delivery.due)
}

fn tell(out: &mut impl Write, id: DeliveryId, state: DeliveryState) -> anyhow::Result<()> {
    let more = match state {
        DeliveryState::Queued => "; a running bot posts it",
        DeliveryState::Missed => ": its time has passed",
        DeliveryState::Sending
        | DeliveryState::Sent
        | DeliveryState::Ambiguous
        | DeliveryState::Failed
        | DeliveryState::Superseded
        | DeliveryState::Cancelled => "",
    };
    writeln!(out, "{}: {}{more}", id.0, word(state))?;
    Ok(())
}

async fn not_doubtful(store: &Store, id: DeliveryId, out: &mut impl Write) -> anyhow::Result<Ended> {
    match store.delivery(id).await? {
        Some(delivery) => writeln!(out, "{} is not doubtful: it is {}", id.0, word(delivery.state))?,
        None => writeln!(out, "there is no delivery {}; `onrecord deliveries` lists the doubtful ones", id.0)?,
    }
    Ok(Ended::No)
}

/// As the chat says it.
const fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued => "waiting",
        DeliveryState::Sending => "being sent",
        DeliveryState::Sent => "sent",
        DeliveryState::Ambiguous => "doubtful",
        DeliveryState::Failed => "refused",
        DeliveryState::Missed => "missed",
        DeliveryState::Superseded => "replaced",
        DeliveryState::Cancelled => "cancelled",
    }
}
