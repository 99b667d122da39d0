//! The same questions asked of tantivy: BM25 alone, and with fuzzy terms beside it. Only with `--features compare-tantivy`.
//!
//! Its own tokenizer, no stemming (the words are made up), one segment in memory. A fuzzy term allows the slips that are repaired
//! here: one in a word of four letters, two from eight on.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

use super::measure::Durations;
use super::synthetic::{FOLDER, Synthetic};

/// What writing may take, in bytes.
const WRITER_BYTES: usize = 50_000_000;

/// Which words of a question are looked for.
#[derive(Clone, Copy)]
enum Wanted {
    AsTyped,
    Fuzzy,
}

/// Asks tantivy all questions, and tells how often it is right and how soon.
pub(crate) fn tell(corpus: &Synthetic, n_runs: usize) -> anyhow::Result<()> {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT);
    let index = Index::create_in_ram(schema.build());
    // One thread makes one segment, in which passages keep their order.
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for passage in &corpus.passages {
        let mut document = TantivyDocument::new();
        document.add_text(text, passage);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    for (name, wanted) in [("BM25", Wanted::AsTyped), ("BM25 and fuzzy terms", Wanted::Fuzzy)] {
        let mut n_right = 0;
        let mut fastest = vec![Duration::MAX; corpus.asked.len()];
        for run in 0..n_runs {
            for (fastest, asked) in fastest.iter_mut().zip(&corpus.asked) {
                let start = Instant::now();
                let best = black_box(best(&searcher, text, &asked.question, wanted)?);
                *fastest = (*fastest).min(start.elapsed());
                let is_right = best == u32::try_from(asked.folder * FOLDER + asked.passage).ok();
                n_right += usize::from(run == 0 && is_right);
            }
        }
        let (hit, times) = (n_right as f64 / corpus.asked.len() as f64, Durations::new(fastest));
        let [p50, p99] = [50, 99].map(|percent| times.percentile(percent));
        println!("  tantivy, {name}: hit@1 {hit:.3}, p50 {p50:.1?}, p99 {p99:.1?}");
    }
    Ok(())
}

/// The passage with the highest score.
fn best(searcher: &Searcher, text: Field, question: &str, wanted: Wanted) -> tantivy::Result<Option<u32>> {
    let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for word in question.split_whitespace() {
        let term = Term::from_field_text(text, word);
        let n_slips = match word.len() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        if matches!(wanted, Wanted::Fuzzy) && n_slips > 0 {
            parts.push((Occur::Should, Box::new(FuzzyTermQuery::new(term.clone(), n_slips, true))));
        }
        parts.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
    }
    let top = searcher.search(&BooleanQuery::new(parts), &TopDocs::with_limit(1).order_by_score())?;
    Ok(top.first().map(|(_, address)| address.doc_id))
}
