//! A day of a bot that is killed: each hour, more groups are to hear of two exercises, and somebody asks something.
//!
//! The bot's clock is set forward from hour to hour, and the judge's with it: nobody waits for a freeze of 35 s.

use std::ffi::OsStr;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use onrecord::domain::{ChatKind, ChatRef, DeliveryState, Settings};
use onrecord::store::Store;

use super::super::talk::write_knowledge;
use super::dice::Dice;
use super::verdict::Verdict;
use crate::support::announcer::{instant, plain};
use crate::support::fake::{Accepted, Call, Chat, DEADLINE, FakeTelegram, Fault, Pushed, Script, User};
use crate::support::process::Process;
use crate::support::service::{ADMIN, Stage, reader};

/// One database sees at most a day.
pub(super) const HOURS: usize = 24;

/// The exercises, in the order in which a chat is to hear of them.
pub(super) const EVENTS: [&str; 2] = ["First exercise", "Second exercise"];

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// How a process ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// Killed from outside, whatever it is doing.
    AnyMoment,
    /// By its own hand, as it passes this point for the so-manieth time.
    #[cfg(feature = "fail-points")]
    At(&'static str, u64),
}

/// A stage with its clock, and what has become of the processes on it.
pub(super) struct Day {
    pub(super) stage: Stage,
    pub(super) n_groups: i64,
    pub(super) n_kills: usize,
    pub(super) n_leaks: usize,
    pub(super) asked: Vec<Pushed>,
    n_hours: usize,
    hour: usize,
    /// When the clock was set last, and what it showed then.
    set: Option<(Instant, Timestamp)>,
}

/// When the groups of that hour are to hear of the exercises.
fn due(hour: usize) -> Timestamp {
    instant("2026-09-01T00:00:00Z") + HOUR * i32::try_from(hour).expect("a day is short")
}

impl Day {
    /// So many groups in each of so many hours; `fault` says what each of their posts will meet.
    pub(super) async fn new(
        n_hours: usize,
        n_groups_an_hour: i64,
        mut fault: impl FnMut() -> Option<(Fault, Accepted)>,
    ) -> Self {
        let stage = Stage::set().await;
        stage.fake.add_chat(&Chat::private(&User::new(ADMIN, "Admin")));
        write_knowledge(&stage.folder().join("knowledge"), &EVENTS.map(|name| (name, "2026-10")));
        let n_groups = n_groups_an_hour * i64::try_from(n_hours).expect("a day is short");
        let day = Self { stage, n_groups, n_kills: 0, n_leaks: 0, asked: Vec::new(), n_hours, hour: 0, set: None };
        let store = day.open().await;
        for n in 0..n_groups {
            let chat = Chat::supergroup(-1_000_000_000_000 - n, "Group");
            day.stage.fake.add_chat(&chat);
            for event in EVENTS {
                let Some((fault, accepted)) = fault() else { continue };
                let strikes = move |call: &serde_json::Value| call["chat_id"] == chat_id(n) && is_of(call, event);
                day.stage.fake.script(Script::new("sendMessage", fault).when(strikes).accepted(accepted));
            }
            let hour = i8::try_from(n / n_groups_an_hour).expect("a day is short");
            let place = ChatRef { id: chat.id, thread: None };
            let since = due(0) - SignedDuration::from_hours(24);
            let settings = Settings { hour, ..plain() };
            store.subscribe(place, ChatKind::Group, None, &settings, since).await.expect("it is subscribed");
        }
        store.close().await;
        day
    }

    pub(super) async fn open(&self) -> Store {
        Store::open(&self.url()).await.expect("the database opens")
    }

    pub(super) fn url(&self) -> String {
        format!("sqlite://{}", self.stage.database().display())
    }

    /// Sets the clock to where the posts of the next hour fall due. `false` if the day is over.
    pub(super) fn next_hour(&mut self) -> bool {
        if self.hour == self.n_hours {
            return false;
        }
        self.turn(due(self.hour));
        self.hour += 1;
        true
    }

    fn turn(&mut self, to: Timestamp) {
        if let Some((at, shown)) = self.set {
            let since = Duration::try_from(to.duration_since(shown)).expect("forward");
            self.stage.fake.skip(since.saturating_sub(at.elapsed()));
        }
        self.set = Some((Instant::now(), to));
    }

    /// Starts it with the clock as it is by now.
    fn start(&self, variables: &[(&str, &OsStr)]) -> Process {
        let (at, shown) = self.set.expect("an hour has begun");
        let elapsed = SignedDuration::try_from(at.elapsed()).expect("a test is short");
        let clock = (shown + elapsed).to_string();
        let mut all = vec![("ONRECORD_CLOCK_START", OsStr::new(&clock)), ("RUST_LOG", OsStr::new("debug,sqlx=info"))];
        all.extend(variables);
        Process::start_with(&self.stage, &all)
    }

    /// Somebody asks something.
    pub(super) fn ask(&mut self) {
        let n_readers = i64::try_from(self.asked.len()).expect("not that many");
        self.asked.push(self.stage.fake.private_text(&reader(1_000 + n_readers), "/about"));
    }

    /// Starts it, and waits until it listens.
    async fn start_and_poll(&self) -> Process {
        let polls = |fake: &FakeTelegram| fake.count(|call| call.method == "getUpdates");
        let n_before = polls(&self.stage.fake);
        let process = self.start(&[]);
        self.stage.fake.wait_for(|fake| polls(fake) > n_before, DEADLINE).await;
        process
    }

    /// Starts it and has it end like that. `false` if it did not get to the point where it was to.
    pub(super) async fn kill(&mut self, end: End, dice: &mut Dice) -> bool {
        let (output, has_ended) = match end {
            End::AnyMoment => (self.kill_somewhere(dice).await, true),
            #[cfg(feature = "fail-points")]
            End::At(point, n) => self.kill_at(point, n).await,
        };
        self.n_kills += 1;
        self.n_leaks += usize::from(output.contains(self.stage.fake.token()));
        has_ended
    }

    /// While it starts and plans, or while it sends.
    async fn kill_somewhere(&self, dice: &mut Dice) -> String {
        let fake = &self.stage.fake;
        let posts = |fake: &FakeTelegram| fake.count(is_post);
        let n_posts = posts(fake);
        let process = self.start_and_poll().await;
        if dice.roll(5) > 0 {
            let sends = fake.wait_for(|fake| posts(fake) > n_posts, DEADLINE);
            // All may be sent already, or have to wait.
            let _ = tokio::time::timeout(Duration::from_millis(500), sends).await;
        }
        tokio::time::sleep(dice.millis(120)).await;
        process.kill().await.stderr
    }

    #[cfg(feature = "fail-points")]
    async fn kill_at(&self, point: &str, n: u64) -> (String, bool) {
        let point = format!("{point}:{n}");
        let mut process = self.start(&[("FAIL_POINT", OsStr::new(&point))]);
        let has_ended = process.is_gone_within(Duration::from_secs(2)).await;
        let exit = process.kill().await;
        assert_eq!(exit.code, None, "{point}: it ended by itself:\n{}", exit.stderr);
        (exit.stderr, has_ended)
    }

    /// The last process of the day works off what is left, and what came of it all is judged.
    pub(super) async fn end(mut self) -> Verdict {
        self.turn(due(self.n_hours) + HOUR);
        let process = self.start_and_poll().await;
        let store = self.open().await;
        self.rest(&store).await;
        let are_answered = |fake: &FakeTelegram| self.asked.iter().all(|asked| !fake.sent_to(asked.chat_id).is_empty());
        let answered = self.stage.fake.wait_for(are_answered, DEADLINE);
        // What is not answered by then never is: that is for the judge to say.
        let _ = tokio::time::timeout(Duration::from_secs(5), answered).await;
        process.signal("TERM");
        let exit = process.ended_within(DEADLINE).await;
        assert_eq!(exit.code, Some(0), "{}", exit.stderr);
        self.n_leaks += usize::from(exit.stderr.contains(self.stage.fake.token()));
        Verdict::of(&self, &store).await
    }

    /// Waits until nothing is open, or no end is in sight.
    async fn rest(&self, store: &Store) {
        let (mut before, mut still) = (0, Instant::now());
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let counts = store.counts().await.expect("the database is there");
            let n_open = counts[&DeliveryState::Queued] + counts[&DeliveryState::Sending];
            let (n, n_expected) = (counts.values().sum::<u64>(), 2 * self.n_groups.unsigned_abs());
            // A broadcast that three chats froze goes on after 35 s.
            let is_still = still.elapsed() > Duration::from_secs(40);
            // Whoever plans more than there is to announce never comes to an end.
            if (n_open == 0 && n == n_expected) || n > n_expected || is_still {
                return;
            }
            if n_open != before {
                (before, still) = (n_open, Instant::now());
            }
        }
    }
}

/// The number of the nth group.
fn chat_id(n: i64) -> i64 {
    -1_000_000_000_000 - n
}

/// Whether a call posts in a group, accepted or not.
pub(super) fn is_post(call: &Call) -> bool {
    call.method == "sendMessage" && call.chat_id().is_some_and(|chat| chat <= chat_id(0))
}

/// Whether the parameters of a call are a post about that exercise.
pub(super) fn is_of(body: &serde_json::Value, event: &str) -> bool {
    body["text"].as_str().is_some_and(|text| text.contains(event))
}
