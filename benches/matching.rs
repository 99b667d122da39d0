//! Matching on the shipped knowledge: how long a question takes to its verdict, and how long loading and training take.
//!
//! Every labelled question of both languages is asked, each on its own, on one thread, again and again: a run is one pass.
//! The time is that of `ask --jsonl`'s `micros`, from the words to the quote.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod measure;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::Timestamp;
use onrecord::app::{Preference, Snapshot, answer};
use onrecord::domain::{Corpus, Judgment, Language};
use onrecord::knowledge::{self, Files};

use measure::Durations;

const N_RUNS: usize = 50;

static CORPUS: LazyLock<Corpus> =
    LazyLock::new(|| load().unwrap_or_else(|| unreachable!("the shipped knowledge loads")));
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| index(CORPUS.clone()));

fn main() {
    divan::main();
    println!("\nquestion to verdict, each question by itself: median of {N_RUNS} runs (least – most)");
    for language in [Language::English, Language::Russian] {
        tell(language);
    }
}

fn load() -> Option<Corpus> {
    knowledge::load(&Files::embedded()).corpus
}

fn index(corpus: Corpus) -> Snapshot {
    Snapshot::new(corpus, Timestamp::UNIX_EPOCH)
}

fn judgments() -> impl Iterator<Item = &'static Judgment> {
    SNAPSHOT.corpus.interviews.iter().flat_map(|interview| &interview.judgments)
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn files_to_corpus(bencher: Bencher<'_, '_>) {
    bencher.bench(load);
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn corpus_to_index(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| CORPUS.clone()).bench_values(index);
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn files_to_index(bencher: Bencher<'_, '_>) {
    bencher.bench(|| load().map(index));
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn all_questions(bencher: Bencher<'_, '_>) {
    let questions: Vec<&str> = judgments().map(|judgment| judgment.question.as_str()).collect();
    bencher.counter(ItemsCount::new(questions.len())).bench(|| {
        for question in &questions {
            black_box(answer(&SNAPSHOT, question, Preference::default()));
        }
    });
}

fn tell(language: Language) {
    let questions: Vec<&str> = judgments()
        .filter(|judgment| judgment.language == language)
        .map(|judgment| judgment.question.as_str())
        .collect();
    let runs: Vec<Durations> = (0..N_RUNS).map(|_| run(&questions)).collect();
    println!("{language:?}, {} questions", questions.len());
    for (name, percent) in [("p50", 50), ("p99", 99), ("max", 100)] {
        let over_runs = runs.iter().map(|run| run.percentile(percent)).collect();
        println!("  {name} {}", Durations::new(over_runs).spread());
    }
}

fn run(questions: &[&str]) -> Durations {
    Durations::new(questions.iter().map(|question| timed(question)).collect())
}

fn timed(question: &str) -> Duration {
    let start = Instant::now();
    black_box(answer(&SNAPSHOT, black_box(question), Preference::default()));
    start.elapsed()
}
