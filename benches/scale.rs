//! Scale: a made-up corpus of 10³ and 10⁵ passages, or of as many as are named, such as `cargo bench --bench scale -- 1000000`:
//! how long it takes to load, how much memory the matcher holds, how soon a question has its verdict, and whether it is right.
//!
//! The time is that of `ask --jsonl`'s `micros`, from the words to the quote, on one thread. The allocator counts bytes,
//! which costs a question a microsecond or two. With `--features compare-tantivy` the same questions are asked of tantivy.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[cfg(feature = "compare-tantivy")]
#[path = "measure/beside.rs"]
mod beside;
mod measure;
#[path = "../tests/it/support/odd.rs"]
mod odd;
#[path = "measure/synthetic.rs"]
mod synthetic;

use std::alloc::System;
use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use onrecord::app::{Preference, Snapshot, answer};
use onrecord::knowledge::{self, Files};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use measure::Durations;
use synthetic::{Asked, Synthetic};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SIZES: [usize; 2] = [1_000, 100_000];
const N_ASKED: usize = 1_000;
const N_RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    // Cargo adds `--bench`; what is no number is not for this bench.
    let named: Vec<usize> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    println!(
        "{N_ASKED} questions, each by itself, {N_RUNS} times; the fastest time of each counts; what is no question: median (least – most)"
    );
    for n_passages in sizes {
        measured(n_passages)?;
    }
    let shipped = knowledge::load(&Files::embedded()).corpus.context("the shipped knowledge has errors")?;
    println!("\nwhat is no question, asked of the shipped knowledge");
    tell_odd(&Snapshot::new(shipped, Timestamp::UNIX_EPOCH));
    Ok(())
}

fn measured(n_passages: usize) -> anyhow::Result<()> {
    println!("\n{n_passages} passages");
    let synthetic = Synthetic::new(n_passages, N_ASKED);
    let files = synthetic.files()?;
    let start = Instant::now();
    let corpus = knowledge::load(&files).corpus.context("the made-up knowledge has errors")?;
    let loaded = start.elapsed();
    drop(files);
    let region = Region::new(ALLOCATOR);
    let start = Instant::now();
    let snapshot = Snapshot::new(corpus, Timestamp::UNIX_EPOCH);
    let indexed = start.elapsed();
    let held = region.change();
    let held = held.bytes_allocated.saturating_sub(held.bytes_deallocated);
    println!("  load {loaded:.1?}, index {indexed:.1?}; the matcher holds {:.1} MB", held as f64 / 1e6);
    tell(&snapshot, &synthetic.asked);
    #[cfg(feature = "compare-tantivy")]
    beside::tell(&synthetic, N_RUNS)?;
    println!("  what is no question");
    tell_odd(&snapshot);
    Ok(())
}

/// How soon, and how often right.
fn tell(snapshot: &Snapshot, asked: &[Asked]) {
    let n_right = asked.iter().filter(|asked| {
        let answer = answer(snapshot, &asked.question, Preference::default());
        answer.nearest.first().is_some_and(|nearest| nearest.passage.to_string() == asked.name())
    });
    println!("  hit@1 {:.3}", n_right.count() as f64 / asked.len() as f64);
    // What else the machine does meanwhile can only slow a question down: of each the fastest counts. It is asked again only
    // when all others have been, so that it does not find everything at hand.
    let mut fastest = vec![Duration::MAX; asked.len()];
    for _ in 0..N_RUNS {
        for (fastest, asked) in fastest.iter_mut().zip(asked) {
            *fastest = (*fastest).min(timed(snapshot, &asked.question));
        }
    }
    let times = Durations::new(fastest);
    for (name, percent) in [("p50", 50), ("p99", 99), ("max", 100)] {
        println!("  {name} {:>8.1?}", times.percentile(percent));
    }
}

fn tell_odd(snapshot: &Snapshot) {
    for (name, message) in odd::messages() {
        let times = Durations::new((0..N_RUNS).map(|_| timed(snapshot, &message)).collect());
        println!("    {name:34} {}", times.spread());
    }
}

fn timed(snapshot: &Snapshot, question: &str) -> Duration {
    let start = Instant::now();
    black_box(answer(snapshot, black_box(question), Preference::default()));
    start.elapsed()
}
