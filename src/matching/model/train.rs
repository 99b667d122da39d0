//! Training: dual coordinate descent for L2-loss support vector machines (Hsieh et al. 2008), [`LANES`] classes at once.
//!
//! Classes do not depend on each other; taking as many as fill a cache line makes the inner loops run over contiguous
//! numbers, and their weights fit into the processor's cache.

use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::super::ragged::Ragged;
use super::super::threads::Threads;
use super::super::word_list::{WordId, WordList};
use super::features::{FeatureId, FeatureList};
use super::linear::{Block, FeatureTable, LANES, Lanes, LinearModel, OFFSET, Rows, Touched, Values};

/// How often the texts are looked at. More changed no hit@1 by half a point on questions set aside, and each costs time.
const N_EPOCHS: usize = 4;

/// What a text of the class costs on the wrong side, and one of another class, of which there are dozens for one.
const COST_OF_OWN: f32 = 4.0;
const COST_OF_OTHER: f32 = 1.0;

/// Which order the texts are looked at in. Of six, this one gave the most right replies to questions kept for tuning;
/// they are apart by two questions in a hundred there, and by one in a hundred after four times as many epochs.
const ORDER: u64 = 4_u64.wrapping_mul(0x1234_5678_9abc_def1);

/// A text whose dual variables all move less teaches nothing: leaving its step out changes no verdict, and saves a fifth
/// of the time.
const NEGLIGIBLE: f32 = 0.01;

/// The training texts, each with its class.
pub(in super::super) struct Examples {
    features: FeatureList,
    /// By text: its features, and its class.
    texts: Ragged<FeatureId>,
    classes: Vec<u32>,
}

impl Examples {
    /// None yet; these texts will be added, made of these words.
    pub(in super::super) fn new<'w>(words: &WordList, texts: impl Iterator<Item = &'w [WordId]>) -> Self {
        Self { features: FeatureList::new(words, texts), texts: Ragged::default(), classes: Vec::new() }
    }

    pub(in super::super) fn add(&mut self, text: &[WordId], class: u32) {
        self.features.add(text, &mut self.texts);
        self.classes.push(class);
    }
}

/// Trains a model of `n_classes`.
pub(in super::super) fn train(examples: Examples, n_classes: usize, threads: Threads) -> LinearModel {
    let (table, rows) = FeatureTable::new(&examples.features);
    let order = shuffled(&examples.classes);
    let (one, other) = order.split_at(order.len() / 2);
    let read = |order| Texts::new(order, &examples, &rows);
    let (one, other) = threads.both(|| read(one), || read(other));
    let texts = [one, other];
    drop((examples, rows));
    let n_rows = table.n_rows();
    let blocks =
        train_blocks(n_classes.div_ceil(LANES), threads, |block| Block::rounded(&train_block(&texts, block, n_rows)));
    LinearModel::new(table, n_classes, &blocks)
}

/// Trains the blocks, each by itself. A thread takes the next block when it is done with one;
/// which thread trains which does not show in what comes out.
fn train_blocks(n_blocks: usize, threads: Threads, train: impl Fn(usize) -> Block + Sync) -> Vec<Block> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut trained = Vec::new();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= n_blocks {
                return trained;
            }
            trained.push((block, train(block)));
        }
    };
    let (mut blocks, others) = threads.both(work, work);
    blocks.extend(others);
    blocks.sort_unstable_by_key(|(block, _)| *block);
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// Texts as training sees them, in its order. They stay in the halves they were made in: one array of them would be the
/// largest there is, and what is freed of that size stays with the process.
#[derive(Default)]
struct Texts {
    vectors: Ragged<Touched>,
    /// By text: what its vector's rows are touched with, the squared length of what is known of it, and its class.
    labels: Vec<(Values, f32, usize)>,
}

impl Texts {
    fn new(order: &[usize], examples: &Examples, rows: &Rows) -> Self {
        let mut texts = Self::default();
        for (at, text) in order.iter().enumerate() {
            let (values, vector) = FeatureTable::vector_of(examples.texts.row(*text), &examples.features, rows);
            texts.vectors.push(vector);
            let square = texts.vectors.row(at).iter().map(|touched| touched.value(values).powi(2)).sum();
            texts.labels.push((values, square, examples.classes[*text] as usize));
        }
        texts
    }

    /// Each text's vector, the square of its length, and its class.
    fn iter(&self) -> impl Iterator<Item = (Vector<'_>, f32, usize)> {
        let vectors = self.vectors.rows().zip(&self.labels);
        vectors.map(|(touched, (values, square, class))| (Vector { touched, values: *values }, *square, *class))
    }
}

/// The vector of one text.
#[derive(Clone, Copy)]
struct Vector<'t> {
    touched: &'t [Touched],
    values: Values,
}

impl Vector<'_> {
    /// The rows, each with its value.
    fn iter(self) -> impl Iterator<Item = (usize, f32)> {
        self.touched.iter().map(move |touched| (touched.row(), touched.value(self.values)))
    }
}

/// The weights of one block of classes, row by row.
fn train_block(texts: &[Texts; 2], block: usize, n_rows: usize) -> Vec<Lanes> {
    let mut weights = vec![Lanes([0.0; LANES]); n_rows];
    let n_texts = texts.iter().map(|texts| texts.labels.len()).sum();
    let mut duals = vec![[0.0_f32; LANES]; n_texts];
    let mut at_rest = vec![false; n_texts];
    for _ in 0..N_EPOCHS {
        for (((vector, square, class), duals), at_rest) in
            texts.iter().flat_map(Texts::iter).zip(&mut duals).zip(&mut at_rest)
        {
            if std::mem::take(at_rest) {
                continue;
            }
            let scores = scores(&weights, vector);
            let own = class.checked_sub(block * LANES).filter(|lane| *lane < LANES);
            let moved = descend(&scores, duals, own, square);
            let steps: [f32; LANES] = std::array::from_fn(|lane| moved[lane] - duals[lane]);
            if steps.iter().any(|step| step.abs() > NEGLIGIBLE) {
                *duals = moved;
                add(&mut weights, vector, steps);
            } else {
                *at_rest = true;
            }
        }
    }
    weights
}

fn scores(weights: &[Lanes], vector: Vector<'_>) -> [f32; LANES] {
    let mut scores = [OFFSET; LANES];
    for (row, value) in vector.iter() {
        let Lanes(weights) = &weights[row];
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += value * weight;
        }
    }
    scores
}

/// Where the dual variables of a text move, those of other classes being negative. Their steps are its weights' too.
fn descend(scores: &[f32; LANES], duals: &[f32; LANES], own: Option<usize>, square: f32) -> [f32; LANES] {
    let moved = |lane: usize, side: f32, cost: f32| {
        let ridge = 0.5 / cost;
        let gradient = scores[lane] - side + duals[lane] * ridge;
        duals[lane] - gradient / (square + ridge)
    };
    let mut all: [f32; LANES] = std::array::from_fn(|lane| moved(lane, -1.0, COST_OF_OTHER).min(0.0));
    if let Some(lane) = own {
        all[lane] = moved(lane, 1.0, COST_OF_OWN).max(0.0);
    }
    all
}

fn add(weights: &mut [Lanes], vector: Vector<'_>, steps: [f32; LANES]) {
    for (row, value) in vector.iter() {
        let Lanes(weights) = &mut weights[row];
        for (weight, step) in weights.iter_mut().zip(steps) {
            *weight += value * step;
        }
    }
}

/// An order far from that of the file, in which texts of a class stand together. Where a text comes depends on its class
/// and its number there: one more in a topic leaves the order of the others as it was, and nearly all verdicts (2 of 514 changed with two more
/// texts; 8 with another order).
fn shuffled(classes: &[u32]) -> Vec<usize> {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut keyed: Vec<(u64, usize)> = Vec::with_capacity(classes.len());
    for (text, class) in classes.iter().enumerate() {
        let number = numbers.entry(*class).or_default();
        let name = u64::from(*class) << 32 | u64::from(*number);
        keyed.push((mixed(name.wrapping_add(ORDER)), text));
        *number += 1;
    }
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, text)| text).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014): neighbouring numbers end up far apart.
const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::super::super::word::words;
    use super::super::super::word_list::listed;
    use super::*;

    const TEXTS: [(&str, u32); 9] = [
        ("when is the lighthouse lit", 0),
        ("is the lighthouse dark", 0),
        ("the light on the cape", 0),
        ("how many ferries sail", 1),
        ("a ticket for the ferry", 1),
        ("do ferries sail in winter", 1),
        ("who smuggles amber", 2),
        ("is amber smuggled", 2),
        ("the price of amber", 2),
    ];

    fn model(texts: &[(&str, u32)], n_classes: usize) -> LinearModel {
        let (words, ids) = listed(&texts.iter().map(|(text, _)| *text).collect::<Vec<_>>());
        let mut examples = Examples::new(&words, ids.rows());
        texts.iter().zip(ids.rows()).for_each(|((_, class), text)| examples.add(text, *class));
        train(examples, n_classes, Threads::Two)
    }

    fn scores(text: &str) -> Vec<f32> {
        model(&TEXTS, 3).scores(words(text).iter())
    }

    #[test]
    fn a_text_lies_on_the_side_of_its_class() {
        for (text, class) in TEXTS.into_iter().chain([("lighthouse", 0), ("ferry", 1), ("smugglers of amber", 2)]) {
            let scores = scores(text);
            let best = (0..3).max_by(|one, other| scores[*one].total_cmp(&scores[*other])).unwrap();
            assert_eq!(best, class as usize, "{text}: {scores:?}");
        }
    }

    #[test]
    fn an_unknown_text_lies_on_no_side() {
        for text in ["", "zebra", "погода завтра", "2026", "xylophone quintet", "ъ"] {
            assert!(scores(text).iter().all(|score| *score < -0.5), "{text}");
        }
    }

    #[test]
    fn no_examples_make_a_model_that_knows_nothing() {
        assert_eq!(model(&[], 2).scores(words("amber").iter()), [-1.0, -1.0]);
        assert_eq!(model(&[], 0).scores(words("amber").iter()), [0.0; 0]);
    }
}
