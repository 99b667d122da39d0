//! The judge: what Telegram saw, beside what the database says.

use std::collections::BTreeMap;
use std::fmt;

use onrecord::domain::{Delivery, DeliveryId, DeliveryState, Subject};
use onrecord::store::Store;

use super::day::{Day, EVENTS, is_of, is_post};
use crate::support::fake::{Call, Shown};

/// As many posts may be under way at once.
const IN_FLIGHT: usize = 16;

/// What came of a day. The first group is what must not be: all zero.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Posts that stand in their chat more than once.
    pub(super) duplicated: usize,
    /// Not planned, or said to be posted and not there, or ended as anything but posted or doubtful.
    pub(super) silent: usize,
    /// Tried again although an earlier try may have been taken.
    pub(super) sent_after_terminal: usize,
    /// Posts before which a later one went to their chat.
    pub(super) order_violations: usize,
    /// Calls to a chat that the bot knew to be frozen.
    pub(super) calls_during_freeze: usize,
    /// Anything else that a right bot does not do, a parse mode above all.
    pub(super) ill_formed: usize,
    /// Processes that wrote the token somewhere.
    pub(super) token_in_output: usize,
    /// Questions that Telegram was told to forget, and nobody answered.
    pub(super) confirmed_then_lost: usize,
    /// How many more are doubtful than kills and faults account for.
    pub(super) ambiguous_unexplained: usize,

    pub(super) n_kills: usize,
    pub(super) n_posts: usize,
    /// Posts that stand in their chat.
    pub(super) n_there: usize,
    /// Only an admin can tell.
    pub(super) ambiguous: usize,
    /// Answers that were spoilt.
    pub(super) n_faults: usize,
}

/// One announcement to one chat: its row, and the calls that tried it.
struct Story<'a> {
    deliveries: Vec<&'a Delivery>,
    tries: Vec<&'a Call>,
}

impl Verdict {
    pub(super) async fn of(day: &Day, store: &Store) -> Self {
        let (deliveries, calls) = (all(store).await, day.stage.fake.calls("sendMessage"));
        let mut stories: BTreeMap<i64, [Story<'_>; 2]> = BTreeMap::new();
        for delivery in &deliveries {
            let story = stories.entry(delivery.chat.id).or_insert_with(|| [Story::new(), Story::new()]);
            story[place(delivery)].deliveries.push(delivery);
        }
        for call in calls.iter().filter(|call| is_post(call)) {
            let chat = call.chat_id().expect("a post goes somewhere");
            let story = stories.entry(chat).or_insert_with(|| [Story::new(), Story::new()]);
            let event = EVENTS.iter().position(|event| is_of(&call.body, event)).expect("a post is about an exercise");
            story[event].tries.push(call);
        }
        let mut verdict = Self {
            n_kills: day.n_kills,
            n_posts: deliveries.len(),
            token_in_output: day.n_leaks,
            confirmed_then_lost: lost(day),
            ..Self::default()
        };
        let n_groups = usize::try_from(day.n_groups).expect("a number of groups");
        verdict.silent += 2 * (n_groups - stories.len().min(n_groups));
        for stories in stories.values() {
            verdict.judge(stories);
        }
        let known = verdict.n_kills * IN_FLIGHT + verdict.n_faults;
        verdict.ambiguous_unexplained = verdict.ambiguous.saturating_sub(known);
        // Freezes are judged here, for a process that was killed may not have heard of one.
        let violations = day.stage.fake.violations().into_iter();
        verdict.ill_formed = violations.filter(|told| !told.contains("into the freeze")).count();
        verdict
    }

    /// One chat.
    fn judge(&mut self, stories: &[Story<'_>; 2]) {
        for story in stories {
            let n_accepted = story.tries.iter().filter(|call| call.accepted).count();
            self.n_there += n_accepted;
            self.duplicated += n_accepted.saturating_sub(1);
            self.n_faults += story.tries.iter().filter(|call| is_spoilt(call)).count();
            let earlier = story.tries.iter().rev().skip(1);
            self.sent_after_terminal += earlier.filter(|call| call.status() != Some(429)).count();
            let states: Vec<DeliveryState> = story.deliveries.iter().map(|delivery| delivery.state).collect();
            self.ambiguous += states.iter().filter(|state| **state == DeliveryState::Ambiguous).count();
            self.silent += match states[..] {
                [DeliveryState::Sent] => usize::from(n_accepted == 0),
                [DeliveryState::Ambiguous] => 0,
                // Anything twice is seen as such above.
                [_, _, ..] => 0,
                [_] | [] => 1,
            };
        }
        let [first, second] = stories;
        if let (Some(last), Some(next)) = (first.tries.last(), second.tries.first()) {
            self.order_violations += usize::from(next.number < last.number);
        }
        let calls = || stories.iter().flat_map(|story| &story.tries);
        for (told, wait) in stories.iter().flat_map(Story::freezes) {
            self.calls_during_freeze += calls().filter(|call| told < call.at && call.at < told + wait).count();
        }
    }

    /// Whether all is as promised.
    pub(super) fn is_clean(&self) -> bool {
        let Self { n_kills, n_posts, n_there, ambiguous, n_faults, .. } = *self;
        *self == Self { n_kills, n_posts, n_there, ambiguous, n_faults, ..Self::default() }
    }

    /// This day's and another's.
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            duplicated: self.duplicated + other.duplicated,
            silent: self.silent + other.silent,
            sent_after_terminal: self.sent_after_terminal + other.sent_after_terminal,
            order_violations: self.order_violations + other.order_violations,
            calls_during_freeze: self.calls_during_freeze + other.calls_during_freeze,
            ill_formed: self.ill_formed + other.ill_formed,
            token_in_output: self.token_in_output + other.token_in_output,
            confirmed_then_lost: self.confirmed_then_lost + other.confirmed_then_lost,
            ambiguous_unexplained: self.ambiguous_unexplained + other.ambiguous_unexplained,
            n_kills: self.n_kills + other.n_kills,
            n_posts: self.n_posts + other.n_posts,
            n_there: self.n_there + other.n_there,
            ambiguous: self.ambiguous + other.ambiguous,
            n_faults: self.n_faults + other.n_faults,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_kills, n_posts, n_there, ambiguous, n_faults, .. } = self;
        write!(f, "{n_kills} kills, {n_faults} faults, {n_posts} posts: {n_there} there, {ambiguous} ambiguous")?;
        for (name, n) in [
            ("duplicated", self.duplicated),
            ("silent", self.silent),
            ("sent after terminal", self.sent_after_terminal),
            ("order violations", self.order_violations),
            ("calls during freeze", self.calls_during_freeze),
            ("ill-formed", self.ill_formed),
            ("token in output", self.token_in_output),
            ("confirmed then lost", self.confirmed_then_lost),
            ("ambiguous unexplained", self.ambiguous_unexplained),
        ] {
            write!(f, ", {name} {n}")?;
        }
        Ok(())
    }
}

impl Story<'_> {
    const fn new() -> Self {
        Self { deliveries: Vec::new(), tries: Vec::new() }
    }

    /// What this one was told to wait. A process that was killed before it could put that down does not know of it: then
    /// the delivery is doubtful, and the wait was its last answer.
    fn freezes(&self) -> impl Iterator<Item = (std::time::Instant, std::time::Duration)> {
        let is_doubtful = self.deliveries.iter().any(|delivery| delivery.state == DeliveryState::Ambiguous);
        let n_heard = self.tries.len().saturating_sub(usize::from(is_doubtful));
        self.tries.iter().take(n_heard).filter_map(|call| call.freeze())
    }
}

fn place(delivery: &Delivery) -> usize {
    let Subject::Event { uid, .. } = &delivery.subject else { panic!("not an exercise: {delivery:?}") };
    usize::from(uid.as_str().starts_with("second"))
}

/// Whether nobody can tell from the answer what became of a call.
fn is_spoilt(call: &Call) -> bool {
    match &call.shown {
        Shown::Nothing => false,
        Shown::Silence | Shown::Half | Shown::Reset => true,
        Shown::Reply { status: 429, .. } => false,
        Shown::Reply { status: 200, body, .. } => serde_json::from_str::<serde_json::Value>(body).is_err(),
        Shown::Reply { .. } => true,
    }
}

/// Questions that were confirmed and have no answer.
fn lost(day: &Day) -> usize {
    let (fake, waiting) = (&day.stage.fake, day.stage.fake.unconfirmed());
    let asked = day.asked.iter();
    asked.filter(|asked| fake.sent_to(asked.chat_id).is_empty() && !waiting.contains(&asked.update_id)).count()
}

/// All deliveries there are. Numbers are given out once, and some are not used.
async fn all(store: &Store) -> Vec<Delivery> {
    let n = store.counts().await.expect("the database is there").values().sum::<u64>();
    let mut found = Vec::new();
    for id in 1.. {
        if found.len() as u64 == n {
            break;
        }
        found.extend(store.delivery(DeliveryId(id)).await.expect("the database is there"));
    }
    found
}
