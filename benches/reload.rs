//! Reloading under load: are replies lost or late while the knowledge is replaced again and again?
//!
//! 200 questions a second are asked of the app, whether or not replies keep up; a reply's delay counts from the moment its
//! question was due. The runtime is that of `onrecord run`, the reload is an admin's `/reload` of a folder on disk that
//! changes between two versions, one right after the other: far more than any editor does. Quiet and reloading
//! phases take turns, so that whatever else the machine does falls on both.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod measure;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord::app::{App, ClockIs, Gauges, KnowledgeSource, Library, Parts};
use onrecord::chat::{Address, Incoming, MessageId, Outgoing, Standing, What};
use onrecord::clock::Clock;
use onrecord::domain::{ChatKind, ChatRef, UserRef};
use onrecord::knowledge::Files;
use onrecord::store::Store;
use tokio::runtime::{self, Runtime};

use measure::Durations;

const PAUSE: Duration = Duration::from_millis(5);
const N_QUESTIONS: usize = 2_000;
const N_ROUNDS: usize = 5;
const ADMIN: UserRef = UserRef(1);

fn main() -> anyhow::Result<()> {
    let home = tempfile::tempdir()?;
    let edited = write_out(&home.path().join("knowledge"))?;
    // As many threads as `onrecord run` has.
    let runtime = runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let bench = Bench { app: runtime.block_on(open(home.path()))?, runtime, edited };
    let questions = bench.questions();
    let expected = bench.ask(&questions);

    println!("{N_ROUNDS} rounds of twice {N_QUESTIONS} questions, one every {PAUSE:?}; from due to replied\n");
    let (mut quiet, mut reloading, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=N_ROUNDS {
        let calm = bench.ask(&questions);
        let (busy, reloads) = bench.ask_while_reloading(&questions)?;
        println!("round {round}");
        calm.tell("quiet", &expected);
        busy.tell("reloading", &expected);
        println!("  reloads    {:>5}, each {}", reloads.len(), Durations::new(reloads).spread());
        let (calm, busy) = (calm.delays().percentile(99), busy.delays().percentile(99));
        quiet.push(calm);
        reloading.push(busy);
        added.push(busy.saturating_sub(calm));
    }
    println!("\np99 over the rounds: median (least – most)");
    println!("  quiet              {}", Durations::new(quiet).spread());
    println!("  reloading          {}", Durations::new(reloading).spread());
    println!("  added by reloading {}", Durations::new(added).spread());
    Ok(())
}

/// Writes the shipped folder out; gives the file that is edited.
fn write_out(folder: &Path) -> anyhow::Result<PathBuf> {
    for (path, bytes) in Files::embedded().iter() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(folder.join("lexicon.toml"))
}

async fn open(home: &Path) -> anyhow::Result<Arc<App>> {
    let clock = Clock::system();
    let (library, _warnings) = Library::open(KnowledgeSource::Folder(home.join("knowledge")), clock.clone())?;
    Ok(Arc::new(App::new(Parts {
        library: Arc::new(library),
        store: Store::open(&format!("sqlite://{}", home.join("onrecord.db").display())).await?,
        gauges: Arc::new(Gauges::new(clock.clone(), ClockIs::Real)),
        clock,
        zone: TimeZone::UTC,
        admins: BTreeSet::from([ADMIN]),
        rights: Arc::new(onrecord::terminal::Everything),
        operator: None,
    })))
}

/// The app on its runtime, and the file whose change is a new version.
struct Bench {
    runtime: Runtime,
    app: Arc<App>,
    edited: PathBuf,
}

impl Bench {
    /// The labelled questions over and over.
    fn questions(&self) -> Vec<String> {
        let snapshot = self.app.library().snapshot();
        let judgments = snapshot.corpus.interviews.iter().flat_map(|interview| &interview.judgments);
        judgments.map(|judgment| judgment.question.clone()).cycle().take(N_QUESTIONS).collect()
    }

    /// Asks each question when it is due. This thread does nothing else, and handling begins on the runtime's.
    fn ask(&self, questions: &[String]) -> Phase {
        let start = Instant::now();
        let mut due = start;
        let mut asked = Vec::with_capacity(questions.len());
        for (reader, question) in (100..).zip(questions) {
            due += PAUSE;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let incoming = incoming(UserRef(reader), What::Text(question.clone()));
            let app = Arc::clone(&self.app);
            asked.push(self.runtime.spawn(async move {
                let outgoing = app.handle(incoming).await;
                Reply { delay: due.elapsed(), outgoing }
            }));
        }
        let replies = asked.into_iter().map(|asked| self.runtime.block_on(asked).ok());
        Phase(replies.collect())
    }

    /// The same while the other version is loaded, and the first again, and so on. Tells how long each reload took.
    fn ask_while_reloading(&self, questions: &[String]) -> anyhow::Result<(Phase, Vec<Duration>)> {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let reloading = scope.spawn(|| self.reload_until(&over));
            let phase = self.ask(questions);
            over.store(true, Ordering::Relaxed);
            let reloads = reloading.join().map_err(|_| anyhow::anyhow!("reloading panicked"))??;
            Ok((phase, reloads))
        })
    }

    fn reload_until(&self, over: &AtomicBool) -> anyhow::Result<Vec<Duration>> {
        let first = fs::read_to_string(&self.edited)?;
        let other = format!("{first}\n# Another version.\n");
        let mut reloads = Vec::new();
        for version in [&other, &first].into_iter().cycle() {
            fs::write(&self.edited, version)?;
            let before = self.app.library().snapshot();
            let start = Instant::now();
            self.runtime.block_on(self.app.handle(incoming(ADMIN, What::parse("/reload").0)));
            reloads.push(start.elapsed());
            anyhow::ensure!(before.revision() != self.app.library().snapshot().revision(), "a reload replaced nothing");
            if version == &first && over.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok(reloads)
    }
}

/// A private message, sent now.
fn incoming(from: UserRef, what: What) -> Incoming {
    Incoming {
        chat: ChatRef { id: from.0, thread: None },
        kind: ChatKind::Private,
        title: None,
        from: Some(from),
        standing: Standing::Own,
        interface: None,
        message: Some(MessageId(1)),
        sent: Timestamp::now(),
        replied: None,
        address: Address::Personal,
        what,
    }
}

/// What came of a question.
struct Reply {
    /// From when the question was due.
    delay: Duration,
    outgoing: Vec<Outgoing>,
}

/// What came of every question; `None` of one whose handling panicked.
struct Phase(Vec<Option<Reply>>);

impl Phase {
    fn delays(&self) -> Durations {
        Durations::new(self.0.iter().flatten().map(|reply| reply.delay).collect())
    }

    /// `expected`: what was replied to the same questions before any reload; both versions answer alike.
    fn tell(&self, name: &str, expected: &Self) {
        let replied = |reply: &&Option<Reply>| reply.as_ref().is_some_and(|reply| !reply.outgoing.is_empty());
        let n_lost = self.0.len() - self.0.iter().filter(replied).count();
        let words = |reply: &Option<Reply>| reply.as_ref().map(|reply| format!("{:?}", reply.outgoing));
        let n_other = self.0.iter().zip(&expected.0).filter(|(reply, before)| words(reply) != words(before)).count();
        let delays = self.delays();
        let [p50, p99, max] = [50, 99, 100].map(|percent| delays.percentile(percent));
        println!("  {name:<10} lost {n_lost}, other words {n_other}, p50 {p50:.1?}, p99 {p99:.1?}, max {max:.1?}");
    }
}
