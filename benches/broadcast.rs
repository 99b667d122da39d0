//! A broadcast in real time: the binary against the fake Bot API on loopback, while people ask.
//!
//! So many groups (the argument; 1,500 if there is none) get a post each, and five busy ones twenty. Of 100 posts 4 are
//! told to wait a second, and 3 meet a connection that is reset. Before and meanwhile, 20 questions a second come in
//! from private chats, each from another. It fails if a limit is broken; what it prints is read off the fake's log.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "measure/bot.rs"]
mod bot;
#[path = "broadcast/judge.rs"]
mod judge;
mod measure;
#[path = "measure/running.rs"]
#[allow(dead_code, reason = "each bench asks for some of it")]
mod running;

#[path = "../tests/it/support"]
#[allow(dead_code, unused_imports, reason = "the tests' fake does more than a bench asks of it")]
#[allow(clippy::expect_used, clippy::panic, reason = "what breaks in the fake should stop the bench, loudly")]
mod support {
    pub(crate) mod fake;
}

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use onrecord::domain::{ChatKind, ChatRef, Hold, Language, Settings, Subject};
use onrecord::knowledge::{self, Files};
use onrecord::store::{NewDelivery, Store};
use tokio::time::{interval, sleep};

use bot::Bot;
use judge::{Asked, Verdict};
use running::ADMIN;
use support::fake::{Accepted, Call, Chat, FakeTelegram, Fault, Script, User};

const N_CHATS: i64 = 1_500;
const N_BUSY: i64 = 5;
const N_POSTS_OF_A_BUSY_ONE: usize = 20;

/// The bot has started by then, and was asked for half a minute.
const UNTIL_THE_BROADCAST: SignedDuration = SignedDuration::from_secs(40);

/// So often a fault strikes; the fake adds these numbers up.
const FOR_EVER: usize = usize::MAX / 4;

/// 20 questions a second.
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(50);

/// What the slowest in a hundred may wait for a reply while the broadcast goes on: nobody notices. The ratio is told and
/// not judged, for other work on the machine moves it more than the broadcast does.
const SLOWEST_REPLY: Duration = Duration::from_millis(250);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let n_chats = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(N_CHATS);
    let home = tempfile::tempdir()?;
    let fake = FakeTelegram::start().await;
    fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    let n_posts = queue(&fake, home.path(), n_chats).await?;
    spoil(&fake);
    println!("{n_chats} groups with a post each, {N_BUSY} with {N_POSTS_OF_A_BUSY_ONE}");

    let bot = Bot::start(&fake, home.path())?;
    bot.first_poll(&fake).await?;
    let asked = ask_until_the_end(&fake, n_posts).await?;
    println!("memory, resident (the most so far): {}", bot.memory()?);
    bot.stop()?;

    let verdict = Verdict::of(&fake.all_calls(), &asked, n_posts)?;
    verdict.tell();
    let violations = fake.violations();
    ensure!(violations.is_empty(), "the fake has complaints: {violations:?}");
    verdict.pass(SLOWEST_REPLY)
}

/// Subscribes the groups and puts their posts down, the busy ones' first; gives how many posts that are.
async fn queue(fake: &FakeTelegram, home: &Path, n_chats: i64) -> anyhow::Result<usize> {
    let store = Store::open(&format!("sqlite://{}", home.join("onrecord.db").display())).await?;
    let settings = Settings::new(ChatKind::Group, Language::English, TimeZone::UTC);
    let mut subscriptions = Vec::new();
    for n in 0..N_BUSY + n_chats {
        let chat = Chat::supergroup(-1_000_000_000_000 - n, "Group");
        fake.add_chat(&chat);
        let place = ChatRef { id: chat.id, thread: None };
        subscriptions.push(store.subscribe(place, ChatKind::Group, None, &settings, Timestamp::now()).await?.id);
    }
    let due = Timestamp::now() + UNTIL_THE_BROADCAST;
    let mut posts = Vec::new();
    for (n, subscription) in (0..N_BUSY + n_chats).zip(subscriptions) {
        for post in 0..if n < N_BUSY { N_POSTS_OF_A_BUSY_ONE } else { 1 } {
            posts.push(NewDelivery {
                subscription,
                subject: Subject::Words { id: post.to_string(), text: format!("Hear, hear: {post}.") },
                due,
                expires: due + SignedDuration::from_hours(24),
                hold: Hold::Free,
                supersedes: Vec::new(),
            });
        }
    }
    for batch in posts.chunks(1_000) {
        store.enqueue(batch, &[], Timestamp::now()).await?;
    }
    store.close().await;
    Ok(posts.len())
}

/// What the nth post meets, of each hundred. Half of what is reset has been posted.
fn spoil(fake: &FakeTelegram) {
    let n_calls = Arc::new(AtomicUsize::new(0));
    let strikes = [
        (&[7, 32, 57, 82][..], Fault::TooManyRequests { retry_after: Some(1) }, Accepted::Before),
        (&[13, 46], Fault::ResetConnection, Accepted::Before),
        (&[80], Fault::ResetConnection, Accepted::After),
    ];
    for (place, (struck, fault, accepted)) in strikes.into_iter().enumerate() {
        let n_calls = Arc::clone(&n_calls);
        // Every call comes to the first of them; those that it does not strike go on to the next.
        let is_struck = move |call: &serde_json::Value| {
            if call["chat_id"].as_i64().is_none_or(|chat| chat >= 0) {
                return false;
            }
            let n = match place {
                0 => n_calls.fetch_add(1, Ordering::SeqCst),
                _ => n_calls.load(Ordering::SeqCst) - 1,
            };
            struck.contains(&(n % 100))
        };
        fake.script(Script::new("sendMessage", fault).accepted(accepted).times(FOR_EVER).when(is_struck));
    }
}

/// Asks at its pace until every post has had its call.
async fn ask_until_the_end(fake: &FakeTelegram, n_posts: usize) -> anyhow::Result<Vec<Asked>> {
    let corpus = knowledge::load(&Files::embedded()).corpus.context("the shipped knowledge has errors")?;
    let judgments: Vec<_> = corpus.interviews.iter().flat_map(|interview| &interview.judgments).collect();
    let mut pace = interval(BETWEEN_QUESTIONS);
    let mut asked = Vec::new();
    for (reader, judgment) in (1_000..).zip(judgments.into_iter().cycle()) {
        pace.tick().await;
        asked.push(Asked { chat: reader, at: Instant::now() });
        fake.private_text(&User::new(reader, "Reader").speaking("en"), &judgment.question);
        // To look is to go through the whole log.
        if asked.len() % 20 == 0 && fake.count(judge::is_answered_post) >= n_posts {
            break;
        }
    }
    let replied = |fake: &FakeTelegram| fake.count(|call: &Call| call.chat_id() >= Some(1_000)) >= asked.len();
    for _ in 0..50 {
        if replied(fake) {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    Ok(asked)
}
