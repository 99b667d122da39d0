//! What a broadcast was like, read off the log of the platform, and whether that is within the limits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::measure::Durations;
use crate::support::fake::Call;

/// The most posts in any second, and to a group in any minute.
const A_SECOND: usize = 25;
const A_MINUTE_IN_A_GROUP: usize = 18;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// So many different chats that are told to wait within that time hold up all.
const TOGETHER: (usize, Duration) = (3, Duration::from_secs(10));

/// What was on its way when all were held up still arrives.
const ON_ITS_WAY: Duration = Duration::from_millis(250);

/// A question, and when it was put.
pub(crate) struct Asked {
    pub(crate) chat: i64,
    pub(crate) at: Instant,
}

/// What is to be told and judged.
pub(crate) struct Verdict {
    n_posts: usize,
    n_calls: usize,
    n_waits: usize,
    took: Duration,
    frozen: Duration,
    fullest_second: usize,
    fullest_minute: usize,
    n_in_a_freeze: usize,
    n_unanswered: usize,
    before: Durations,
    during: Durations,
}

/// A post, whatever became of it.
fn is_post(call: &Call) -> bool {
    call.method == "sendMessage" && call.chat_id().is_some_and(|chat| chat < 0)
}

/// A post that was not told to wait: the bot never makes it again.
pub(crate) fn is_answered_post(call: &Call) -> bool {
    is_post(call) && call.freeze().is_none()
}

impl Verdict {
    pub(crate) fn of(calls: &[Call], asked: &[Asked], n_posts: usize) -> anyhow::Result<Self> {
        let posts: Vec<&Call> = calls.iter().filter(|call| is_post(call)).collect();
        let (first, last) = (posts.first().context("nothing was posted")?.at, posts.last().context("nothing")?.at);
        let mut by_chat: BTreeMap<Option<i64>, Vec<&Call>> = BTreeMap::new();
        for post in &posts {
            by_chat.entry(post.chat_id()).or_default().push(post);
        }
        let freezes = freezes(&posts);
        let in_its_own = by_chat.values().map(|posts| {
            let told = posts.iter().filter_map(|told| told.freeze());
            told.map(|(at, wait)| within(posts, at, at + wait)).sum::<usize>()
        });
        let in_all = freezes.iter().map(|(from, until)| within(&posts, *from + ON_ITS_WAY, *until));
        let replies = replies(calls);
        let mut delays = [Vec::new(), Vec::new()];
        let mut n_unanswered = 0;
        for question in asked.iter().filter(|question| question.at <= last) {
            match replies.get(&question.chat) {
                Some(at) => delays[usize::from(question.at >= first)].push(at.duration_since(question.at)),
                None => n_unanswered += 1,
            }
        }
        let [before, during] = delays.map(Durations::new);
        Ok(Self {
            n_posts,
            n_calls: posts.len(),
            n_waits: posts.iter().filter(|post| post.freeze().is_some()).count(),
            took: last.duration_since(first),
            frozen: freezes.iter().map(|(from, until)| until.duration_since(*from)).sum(),
            fullest_second: fullest(&posts, SECOND),
            fullest_minute: by_chat.values().map(|posts| fullest(posts, MINUTE)).max().unwrap_or_default(),
            n_in_a_freeze: in_its_own.sum::<usize>() + in_all.sum::<usize>(),
            n_unanswered,
            before,
            during,
        })
    }

    fn allowed(&self) -> Duration {
        (Duration::from_secs_f64(self.n_posts as f64 / A_SECOND as f64) + self.frozen).mul_f64(1.05)
    }

    pub(crate) fn tell(&self) {
        println!(
            "  posts                     {} in {} calls, {} told to wait",
            self.n_posts, self.n_calls, self.n_waits
        );
        println!("  time                      {:.1?}, {:.1?} of it frozen", self.took, self.frozen);
        println!("  allowed                   {:.1?}", self.allowed());
        println!("  the fullest second        {}", self.fullest_second);
        println!("  the fullest group minute  {}", self.fullest_minute);
        println!("  calls in a freeze         {}", self.n_in_a_freeze);
        println!("  questions not answered    {}", self.n_unanswered);
        for (when, delays) in [("replies before", &self.before), ("replies meanwhile", &self.during)] {
            println!("  {when:<24} {}, p99 {:.1?}", delays.spread(), delays.percentile(99));
        }
        let ratio =
            |percent| self.during.percentile(percent).as_secs_f64() / self.before.percentile(percent).as_secs_f64();
        println!("  ratio                     p50 {:.2}, p99 {:.2}", ratio(50), ratio(99));
    }

    pub(crate) fn pass(&self, slowest_reply: Duration) -> anyhow::Result<()> {
        ensure!(self.n_calls == self.n_posts + self.n_waits, "a post is called once, and again if it has to wait");
        ensure!(self.took <= self.allowed(), "it took too long");
        ensure!(self.fullest_second <= A_SECOND, "{A_SECOND} a second at most");
        ensure!(self.fullest_minute <= A_MINUTE_IN_A_GROUP, "{A_MINUTE_IN_A_GROUP} a minute in a group at most");
        ensure!(self.n_in_a_freeze == 0, "no call into a freeze");
        ensure!(self.n_unanswered == 0, "every question is answered");
        ensure!(self.during.percentile(99) <= slowest_reply, "replies come within {slowest_reply:?}");
        Ok(())
    }
}

/// How many arrived after `from` and before `until`.
fn within(posts: &[&Call], from: Instant, until: Instant) -> usize {
    posts.iter().filter(|post| post.at > from && post.at < until).count()
}

/// The most that arrived within any such time.
fn fullest(posts: &[&Call], window: Duration) -> usize {
    let mut lately = VecDeque::new();
    let counts = posts.iter().map(|post| {
        lately.push_back(post.at);
        lately.retain(|earlier| post.at.duration_since(*earlier) < window);
        lately.len()
    });
    counts.max().unwrap_or_default()
}

/// When all were held up, from when until when: what lies in one another is one.
fn freezes(posts: &[&Call]) -> Vec<(Instant, Instant)> {
    let (n_together, together) = TOGETHER;
    let mut told: Vec<_> = posts.iter().filter_map(|post| Some((post.freeze()?, post.chat_id()))).collect();
    told.sort_unstable();
    let mut found: Vec<(Instant, Instant)> = Vec::new();
    for (n, ((at, wait), _)) in told.iter().enumerate() {
        let lately = told[..=n].iter().filter(|((other, _), _)| at.duration_since(*other) <= together);
        if lately.map(|(_, chat)| chat).collect::<BTreeSet<_>>().len() < n_together {
            continue;
        }
        match found.last_mut() {
            Some((_, until)) if at < until => *until = (*until).max(*at + *wait),
            _ => found.push((*at, *at + *wait)),
        }
    }
    found
}

/// When the first reply arrived, by private chat.
fn replies(calls: &[Call]) -> BTreeMap<i64, Instant> {
    let mut replies = BTreeMap::new();
    for call in calls.iter().filter(|call| call.method == "sendMessage" && call.accepted) {
        if let Some(chat) = call.chat_id().filter(|chat| *chat > 0) {
            replies.entry(chat).or_insert(call.at);
        }
    }
    replies
}
