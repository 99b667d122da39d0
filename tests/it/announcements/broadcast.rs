//! A broadcast to 10,000 chats, in time that is driven: 4 of 100 calls are told to wait, 3 of 100 get no answer.
//!
//! The real dispatcher and store; the platform is a list of calls, which is the judge.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use onrecord::app::{App, ClockIs, Dispatcher, Gauges, Library, Parts};
use onrecord::chat::{Failure, MessageId, Messenger, Outgoing, Receipt};
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, DeliveryState, Hold, Subject};
use onrecord::store::{NewDelivery, Store};
use onrecord::terminal::Everything;
use tokio_util::sync::CancellationToken;

use crate::support::announcer::{instant, plain};
use crate::support::bot::shipped;
use crate::support::service::skip;

/// How many posts a busy group gets; any other gets one.
const N_POSTS_OF_A_BUSY_ONE: usize = 30;

/// What Telegram allows, with room for replies.
const A_SECOND: usize = 25;
const A_MINUTE_IN_A_GROUP: usize = 18;

/// So many different chats that are told to wait within that time hold up all.
const TOGETHER: (usize, SignedDuration) = (3, SignedDuration::from_secs(10));

const START: &str = "2026-09-01T10:00:00Z";

/// One call: where to, when, and for how long it was told to wait.
struct Call {
    chat: i64,
    at: Timestamp,
    wait: Option<SignedDuration>,
}

/// A platform that answers at once. Of 100 calls it loses the answers of 3.
struct Platform {
    now: Arc<AtomicI64>,
    /// What it tells the nth call to wait, in seconds.
    waits: fn(usize) -> Option<i64>,
    calls: Mutex<Vec<Call>>,
}

impl Platform {
    /// How many were not told to wait.
    fn n_answered(&self) -> usize {
        self.calls.lock().unwrap().iter().filter(|call| call.wait.is_none()).count()
    }
}

impl Messenger for Platform {
    async fn deliver(&self, outgoing: &Outgoing) -> Result<Receipt, Failure> {
        let Outgoing::Post { to, .. } = outgoing else { panic!("not a post: {outgoing:?}") };
        let mut calls = self.calls.lock().unwrap();
        let n = calls.len();
        let wait = (self.waits)(n);
        let at = at(&self.now);
        calls.push(Call { chat: to.id, at, wait: wait.map(SignedDuration::from_secs) });
        let reason = "as told".to_owned();
        match wait {
            Some(seconds) => {
                Err(Failure::NotSent { retry_after: Some(Duration::from_secs(seconds.unsigned_abs())), reason })
            }
            None if matches!(n % 100, 13 | 46 | 80) => Err(Failure::Unknown { reason }),
            None => Ok(Receipt { message: Some(MessageId(1)) }),
        }
    }
}

fn at(now: &AtomicI64) -> Timestamp {
    Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap()
}

/// So many groups have subscribed, some of them busy ones, and every post is in the queue. How many posts that are.
async fn queued(n_groups: i64, n_busy: i64) -> (Store, usize) {
    let store = Store::in_memory().await.unwrap();
    let now = instant(START);
    let mut posts = Vec::new();
    for n in 0..n_groups {
        let chat = ChatRef { id: -1 - n, thread: None };
        let subscription = store.subscribe(chat, ChatKind::Group, None, &plain(), now).await.unwrap().id;
        for n in 0..if n < n_groups - n_busy { 1 } else { N_POSTS_OF_A_BUSY_ONE } {
            posts.push(NewDelivery {
                subscription,
                subject: Subject::Words { id: n.to_string(), text: "Hear, hear.".to_owned() },
                due: now,
                expires: now + SignedDuration::from_hours(24),
                hold: Hold::Free,
                supersedes: Vec::new(),
            });
        }
    }
    assert_eq!(store.enqueue(&posts, &[], now).await.unwrap(), posts.len());
    (store, posts.len())
}

/// Sends until that many were answered, or not at all.
async fn broadcast(store: &Store, n_posts: usize, waits: fn(usize) -> Option<i64>) -> Vec<Call> {
    let now = Arc::new(AtomicI64::new(instant(START).as_millisecond()));
    let shown = Arc::clone(&now);
    let clock = Clock::driven(move || at(&shown));
    // The operator's own words need no knowledge.
    let mut corpus = shipped().snapshot().corpus.clone();
    corpus.interviews.clear();
    let app = Arc::new(App::new(Parts {
        library: Arc::new(Library::holding(corpus, clock.clone())),
        store: store.clone(),
        clock: clock.clone(),
        zone: TimeZone::UTC,
        admins: BTreeSet::new(),
        rights: Arc::new(Everything),
        operator: None,
        gauges: Arc::new(Gauges::new(clock, ClockIs::Set)),
    }));
    let platform = Arc::new(Platform { now: Arc::clone(&now), waits, calls: Mutex::default() });
    let lead = Arc::new(store.lead().unwrap().unwrap());
    let dispatcher = Dispatcher::new(app, Arc::clone(&platform), lead, CancellationToken::new());
    loop {
        let n_claimed = dispatcher.turn().await.unwrap();
        dispatcher.settled().await;
        let pause = dispatcher.pause(n_claimed);
        if pause > Duration::ZERO {
            if platform.n_answered() >= n_posts {
                break;
            }
            now.fetch_add(i64::try_from(pause.as_millis()).unwrap(), Ordering::SeqCst);
            skip(pause).await;
        }
    }
    let mut calls = platform.calls.lock().unwrap();
    std::mem::take(&mut *calls)
}

/// The most of those instants that lie within any such time.
fn most_within(instants: impl IntoIterator<Item = Timestamp>, window: SignedDuration) -> usize {
    let mut within = VecDeque::new();
    let counts = instants.into_iter().map(|at| {
        within.push_back(at);
        within.retain(|earlier| at.duration_since(*earlier) < window);
        within.len()
    });
    counts.max().unwrap_or_default()
}

/// When all were held up, from when until when: what lies in one another is one.
fn freezes(calls: &[Call]) -> Vec<(Timestamp, Timestamp)> {
    let (n_together, together) = TOGETHER;
    let mut found: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (n, call) in calls.iter().enumerate() {
        let Some(wait) = call.wait else { continue };
        let lately = calls[..=n].iter().filter(|other| other.wait.is_some());
        let lately = lately.filter(|other| call.at.duration_since(other.at) <= together).map(|other| other.chat);
        if lately.collect::<BTreeSet<_>>().len() < n_together {
            continue;
        }
        match found.last_mut() {
            Some((_, until)) if call.at < *until => *until = (*until).max(call.at + wait),
            _ => found.push((call.at, call.at + wait)),
        }
    }
    found
}

fn took(calls: &[Call]) -> f64 {
    calls.last().unwrap().at.duration_since(calls[0].at).as_secs_f64()
}

#[tokio::test]
#[ignore = "half a minute; `.ci/run` runs it"]
async fn ten_thousand_posts_go_out_as_fast_as_the_limits_allow_and_no_faster() {
    let (store, n_posts) = queued(9_710, 10).await;
    assert_eq!(n_posts, 10_000);
    let calls = broadcast(&store, n_posts, |n| (n % 25 == 7).then(|| [1, 2, 5, 10][n / 25 % 4])).await;

    let counts = store.counts().await.unwrap();
    let n_answered = calls.iter().filter(|call| call.wait.is_none()).count();
    assert_eq!(n_answered, n_posts, "each is tried once, but for those that were told to wait");
    assert_eq!(counts[&DeliveryState::Sent] + counts[&DeliveryState::Ambiguous], n_posts as u64);

    assert!(most_within(calls.iter().map(|call| call.at), SignedDuration::from_secs(1)) <= A_SECOND);
    let mut by_chat: BTreeMap<i64, Vec<&Call>> = BTreeMap::new();
    for call in &calls {
        by_chat.entry(call.chat).or_default().push(call);
    }
    for (chat, calls) in &by_chat {
        let instants = || calls.iter().map(|call| call.at);
        assert!(most_within(instants(), SignedDuration::from_mins(1)) <= A_MINUTE_IN_A_GROUP, "{chat}");
        assert!(most_within(instants(), SignedDuration::from_secs(1)) <= 1, "{chat}");
        for told in calls.iter().filter(|call| call.wait.is_some()) {
            let until = told.at + told.wait.unwrap();
            assert!(instants().all(|at| at <= told.at || at >= until), "{chat} was called in its freeze");
        }
    }
    let freezes = freezes(&calls);
    for (from, until) in &freezes {
        assert!(calls.iter().all(|call| call.at <= *from || call.at >= *until), "all are held up at {from}");
    }
    let frozen: SignedDuration = freezes.iter().map(|(from, until)| until.duration_since(*from)).sum();
    let allowed = n_posts as f64 / A_SECOND as f64 + frozen.as_secs_f64();
    println!("{} calls in {:.0} s, {:.0} s of them frozen", calls.len(), took(&calls), frozen.as_secs_f64());
    assert!(took(&calls) <= 1.05 * allowed, "{} s where {allowed} s would do", took(&calls));
}

#[tokio::test]
async fn a_broadcast_that_nobody_holds_up_keeps_its_full_rate() {
    let (store, n_posts) = queued(2_000, 0).await;
    let calls = broadcast(&store, n_posts, |_| None).await;
    let instants = || calls.iter().map(|call| call.at);
    assert_eq!((calls.len(), most_within(instants(), SignedDuration::from_secs(1))), (n_posts, A_SECOND));
    let allowed = n_posts as f64 / A_SECOND as f64;
    assert!(took(&calls) <= 1.05 * allowed, "{} s where {allowed} s would do", took(&calls));
}
