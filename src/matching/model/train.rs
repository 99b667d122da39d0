//! Training: dual coordinate descent for L2-loss support vector machines (Hsieh et al. 2008), [`LANES`] classes at once.
//!
//! Classes do not depend on each other; taking as many as fill a cache line makes the inner loops run over contiguous
//! numbers, and their weights fit into the processor's cache.

use super::features::Feature;
use super::linear::{FeatureTable, LANES, Lanes, LinearModel, OFFSET, Sparse};

/// How often every text is looked at. More changed nothing that leaving phrasings out could show.
const N_EPOCHS: usize = 3;

/// What a text of the class costs on the wrong side, and one of another class, of which there are dozens for one.
const COST_OF_OWN: f32 = 4.0;
const COST_OF_OTHER: f32 = 1.0;

/// A text and its class.
pub(in super::super) struct Example {
    pub(in super::super) features: Vec<Feature>,
    pub(in super::super) class: u32,
}

/// Trains a model of `n_classes`.
pub(in super::super) fn train(examples: &[Example], n_classes: usize) -> LinearModel {
    let table = FeatureTable::new(examples.iter().map(|example| example.features.as_slice()));
    let order = shuffled(examples.len());
    let texts: Vec<Text> = order.iter().map(|text| Text::new(&examples[*text], &table)).collect();
    let mut model = LinearModel::new(table, n_classes);
    for block in 0..n_classes.div_ceil(LANES) {
        model.set_block(block, &train_block(&texts, block, model.n_rows()));
    }
    model
}

/// A text as training sees it.
struct Text {
    vector: Sparse,
    square: f32,
    class: usize,
}

impl Text {
    fn new(example: &Example, table: &FeatureTable) -> Self {
        let vector = table.vector(&example.features);
        Self { square: vector.iter().map(|(_, value)| value * value).sum(), vector, class: example.class as usize }
    }
}

/// The weights of one block of classes, row by row.
fn train_block(texts: &[Text], block: usize, n_rows: usize) -> Vec<Lanes> {
    let mut weights = vec![Lanes([0.0; LANES]); n_rows];
    let mut duals = vec![[0.0; LANES]; texts.len()];
    for _ in 0..N_EPOCHS {
        for (text, duals) in texts.iter().zip(&mut duals) {
            let scores = scores(&weights, &text.vector);
            let own = text.class.checked_sub(block * LANES).filter(|lane| *lane < LANES);
            let steps = descend(&scores, duals, own, text.square);
            if steps != [0.0; LANES] {
                add(&mut weights, &text.vector, steps);
            }
        }
    }
    weights
}

fn scores(weights: &[Lanes], vector: &Sparse) -> [f32; LANES] {
    let mut scores = [OFFSET; LANES];
    for (row, value) in vector {
        let Lanes(weights) = &weights[*row as usize];
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += value * weight;
        }
    }
    scores
}

/// Moves the dual variables of a text; the steps that its weights take with them.
fn descend(scores: &[f32; LANES], duals: &mut [f32; LANES], own: Option<usize>, square: f32) -> [f32; LANES] {
    let step = |score: f32, dual: f32, side: f32, cost: f32| {
        let ridge = 0.5 / cost;
        let gradient = side * score - 1.0 + dual * ridge;
        (dual - gradient / (square + ridge)).max(0.0)
    };
    let mut steps = [0.0; LANES];
    for lane in 0..LANES {
        let (side, cost) = if own == Some(lane) { (1.0, COST_OF_OWN) } else { (-1.0, COST_OF_OTHER) };
        let moved = step(scores[lane], duals[lane], side, cost);
        steps[lane] = (moved - duals[lane]) * side;
        duals[lane] = moved;
    }
    steps
}

fn add(weights: &mut [Lanes], vector: &Sparse, steps: [f32; LANES]) {
    for (row, value) in vector {
        let Lanes(weights) = &mut weights[*row as usize];
        for (weight, step) in weights.iter_mut().zip(steps) {
            *weight += value * step;
        }
    }
}

/// The same order for the same number, far from the order of the file, in which texts of a class stand together.
fn shuffled(n_texts: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n_texts).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for at in (1..n_texts).rev() {
        // Xorshift (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(at, (state % (at as u64 + 1)) as usize);
    }
    order
}
