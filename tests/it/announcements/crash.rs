//! `kill -9` at random moments while posts go out over a bad network: no chat gets a post twice, none is lost in silence.
//!
//! `ONRECORD_TEST_KILLS` says how often (20), `ONRECORD_TEST_SEED` with which dice. The verdict comes from what Telegram
//! saw and from the database.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use onrecord::domain::{ChatKind, ChatRef, Delivery, DeliveryId, DeliveryState, Settings};
use onrecord::store::Store;

use crate::support::announcer::{instant, plain};
use crate::support::fake::{Accepted, Call, Chat, FakeTelegram, Fault, FaultBody, Script, User};
use crate::support::process::Process;
use crate::support::service::{ADMIN, Stage};

/// Groups whose posts fall due at the same hour: more than a second's worth.
const GROUPS_AN_HOUR: i64 = 60;
const KILLS_AN_HOUR: usize = 3;
/// One database sees at most a day.
const HOURS: usize = 24;
/// As many posts may be under way at once.
const IN_FLIGHT: usize = 16;

/// Dice that fall the same way each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn millis(&mut self, below: u64) -> Duration {
        Duration::from_millis(self.roll(below))
    }
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

fn group(hour: usize, n: i64) -> Chat {
    let hour = i64::try_from(hour).expect("a day is short");
    Chat::supergroup(-1_000_000_000_000 - hour * 1000 - n, "Group")
}

/// When the groups of that hour are to hear of the exercise of October.
fn due(hour: usize) -> Timestamp {
    instant("2026-09-01T00:00:00Z") + SignedDuration::from_hours(i64::try_from(hour).expect("a day is short"))
}

/// What this group's first post meets.
fn fault(dice: &mut Dice) -> Option<(Fault, Accepted)> {
    let (roll, delay) = (dice.roll(100), dice.millis(80));
    Some(match roll {
        0..35 => (Fault::Slow(delay), Accepted::After),
        35..55 => (Fault::Slow(delay), Accepted::Before),
        55..62 => (Fault::TooManyRequests { retry_after: Some(1) }, Accepted::Before),
        62..65 => (Fault::ResetConnection, Accepted::Before),
        65..68 => (Fault::ResetConnection, Accepted::After),
        68..70 => (Fault::HalfBody, Accepted::After),
        70..72 => (Fault::Garbage200, Accepted::Before),
        72..74 => (Fault::Http { status: 502, body: FaultBody::Html }, Accepted::After),
        _ => return None,
    })
}

async fn prepare(stage: &Stage, n_hours: usize, dice: &mut Dice) {
    stage.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
    let store = open(stage).await;
    for hour in 0..n_hours {
        let settings = Settings { hour: i8::try_from(hour).expect("a day is short"), ..plain() };
        for chat in (0..GROUPS_AN_HOUR).map(|n| group(hour, n)) {
            stage.fake.add_chat(&chat);
            if let Some((fault, accepted)) = fault(dice) {
                let strikes = Script::new("sendMessage", fault).when(move |call| call["chat_id"] == chat.id);
                stage.fake.script(strikes.accepted(accepted));
            }
            let place = ChatRef { id: chat.id, thread: None };
            let since = due(0) - SignedDuration::from_hours(24);
            store.subscribe(place, ChatKind::Group, None, &settings, since).await.expect("it is subscribed");
        }
    }
    store.close().await;
}

async fn open(stage: &Stage) -> Store {
    Store::open(&format!("sqlite://{}", stage.database().display())).await.expect("the database opens")
}

fn posts(fake: &FakeTelegram) -> Vec<Call> {
    let calls = fake.calls("sendMessage").into_iter();
    calls.filter(|call| call.chat_id().is_some_and(|chat| chat <= group(0, 0).id)).collect()
}

/// A clock that restarts with each process, and all the same goes on as the real one does: what was to wait still does.
struct Hour {
    from: Timestamp,
    since: Instant,
}

impl Hour {
    /// A moment before the posts of that hour fall due. What is still frozen thaws first, for the clock jumps.
    async fn begin(fake: &FakeTelegram, hour: usize) -> Self {
        let thaws = posts(fake).iter().filter_map(Call::freeze).map(|(told, wait)| told + wait).max();
        if let Some(thaw) = thaws {
            tokio::time::sleep_until(thaw.into()).await;
        }
        Self { from: due(hour) - SignedDuration::from_millis(50), since: Instant::now() }
    }

    fn start(&self, stage: &Stage) -> Process {
        let elapsed = SignedDuration::try_from(self.since.elapsed()).expect("a test is short");
        let now = (self.from + elapsed).to_string();
        Process::start_with(stage, &[("ONRECORD_CLOCK_START", OsStr::new(&now))])
    }
}

/// Kills it while it starts and plans, or while it sends.
async fn kill(process: Process, fake: &FakeTelegram, n_before: (usize, usize), dice: &mut Dice) {
    let (n_starts, n_posts) = n_before;
    fake.wait_for(|fake| fake.calls("getUpdates").len() > n_starts, Duration::from_secs(20)).await;
    if dice.roll(5) > 0 {
        let sends = fake.wait_for(|fake| posts(fake).len() > n_posts, Duration::from_secs(60));
        // All may be sent already.
        let _ = tokio::time::timeout(Duration::from_secs(2), sends).await;
    }
    tokio::time::sleep(dice.millis(120)).await;
    process.kill();
}

async fn at_rest(store: &Store, n: u64) {
    for _ in 0..200 {
        let counts = store.counts().await.expect("the database is there");
        let open = counts[&DeliveryState::Queued] + counts[&DeliveryState::Sending];
        if open == 0 && counts.values().sum::<u64>() == n {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("not at rest: {:?}", store.counts().await);
}

/// All deliveries by chat.
async fn deliveries(store: &Store, n: usize) -> BTreeMap<i64, Delivery> {
    let mut found = BTreeMap::new();
    // Numbers are given out once, and some are not used.
    for id in 1.. {
        if let Some(delivery) = store.delivery(DeliveryId(id)).await.expect("the database is there") {
            assert!(found.insert(delivery.chat.id, delivery).is_none(), "one milestone is one delivery");
        }
        if found.len() == n {
            return found;
        }
    }
    unreachable!("there are as many as were counted")
}

/// One database and its day. How many deliveries were doubtful in the end, and how many faults made some so.
async fn day(n_kills: usize, dice: &mut Dice) -> (usize, usize) {
    let stage = Stage::set().await;
    let fake = &stage.fake;
    let n_hours = n_kills.div_ceil(KILLS_AN_HOUR);
    prepare(&stage, n_hours, dice).await;
    let mut hour = None;
    for n in 0..n_kills {
        if n % KILLS_AN_HOUR == 0 {
            hour = Some(Hour::begin(fake, n / KILLS_AN_HOUR).await);
        }
        let n_before = (fake.calls("getUpdates").len(), posts(fake).len());
        let process = hour.as_ref().expect("an hour has begun").start(&stage);
        kill(process, fake, n_before, dice).await;
    }
    let process = hour.as_ref().expect("an hour has begun").start(&stage);
    let n = n_hours * usize::try_from(GROUPS_AN_HOUR).expect("few");
    let store = open(&stage).await;
    at_rest(&store, n as u64).await;
    process.signal("TERM");
    assert_eq!(process.ended_within(Duration::from_secs(20)).await.code, Some(0));

    let mut tries: BTreeMap<i64, Vec<Call>> = BTreeMap::new();
    for call in posts(fake) {
        tries.entry(call.chat_id().expect("it was filtered by it")).or_default().push(call);
    }
    let (mut n_doubtful, mut n_spoilt) = (0, 0);
    for (chat, delivery) in deliveries(&store, n).await {
        let tries = tries.remove(&chat).unwrap_or_default();
        let n_accepted = tries.iter().filter(|call| call.accepted).count();
        // Only a refusal is tried again; the last try is the one that counts, or nobody knows.
        let (last, earlier) = tries.split_last().map_or((None, &[][..]), |(last, earlier)| (Some(last), earlier));
        assert!(
            earlier.iter().all(|call| call.freeze().is_some()),
            "tried again after a doubt: {delivery:?} {tries:?}"
        );
        match delivery.state {
            DeliveryState::Sent => assert_eq!(n_accepted, 1, "{delivery:?} {tries:?}"),
            DeliveryState::Ambiguous => {
                assert!(n_accepted <= 1, "{delivery:?} {tries:?}");
                n_doubtful += 1;
                n_spoilt += usize::from(last.is_some_and(|call| !matches!(call.status(), None | Some(200))));
            }
            other => panic!("lost as {other:?}: {delivery:?} {tries:?}"),
        }
    }
    assert!(tries.is_empty(), "posted without a delivery: {tries:?}");
    assert_eq!(fake.violations(), [""; 0]);
    (n_doubtful, n_spoilt)
}

#[tokio::test]
async fn however_often_it_is_killed_no_chat_gets_a_post_twice_and_none_is_lost_in_silence() {
    let n_kills = usize::try_from(number("ONRECORD_TEST_KILLS", 20)).expect("a number of kills");
    let seed = number("ONRECORD_TEST_SEED", 1);
    let mut dice = Dice(seed);
    let (mut n_left, mut n_doubtful) = (n_kills, 0);
    while n_left > 0 {
        let today = n_left.min(HOURS * KILLS_AN_HOUR);
        let (doubtful, spoilt) = day(today, &mut dice).await;
        n_doubtful += doubtful;
        n_left -= today;
        println!("{today} kills, seed {seed}: 0 twice, 0 lost, {doubtful} doubtful ({spoilt} told so by an error)");
    }
    // Whoever makes everything doubtful keeps every promise and is of no use.
    let n_posts = n_kills.div_ceil(KILLS_AN_HOUR) * usize::try_from(GROUPS_AN_HOUR).expect("few");
    assert!(n_doubtful <= n_kills * IN_FLIGHT + n_posts / 5, "{n_doubtful} of {n_posts} are doubtful");
}
