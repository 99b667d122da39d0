//! Training: dual coordinate descent for L2-loss support vector machines (Hsieh et al. 2008), all classes at once.
//!
//! One pass over a text's features serves every class, so that the inner loops run over contiguous numbers.

use super::features::Feature;
use super::linear::{FeatureTable, LinearModel, Sparse};

/// How often every text is looked at.
const N_EPOCHS: usize = 3;

/// What a text on the wrong side costs: a text of the class, and one of another (there are dozens of those for one).
const COST_OF_OWN: f32 = 4.0;
const COST_OF_OTHER: f32 = 0.5;

/// A text and its class.
pub(in super::super) struct Example {
    pub(in super::super) features: Vec<Feature>,
    pub(in super::super) class: u32,
}

/// Trains a model of `n_classes`.
pub(in super::super) fn train(examples: Vec<Example>, n_classes: usize) -> LinearModel {
    let (texts, classes): (Vec<Vec<Feature>>, Vec<u32>) =
        examples.into_iter().map(|example| (example.features, example.class)).unzip();
    let table = FeatureTable::new(&texts);
    let vectors: Vec<Sparse> = texts.iter().map(|features| table.vector(features)).collect();
    let mut weights = vec![0.0_f32; table.n_rows() * n_classes];
    let mut duals = vec![0.0_f32; vectors.len() * n_classes];
    let mut steps = vec![0.0_f32; n_classes];
    let order = shuffled(vectors.len());
    for _ in 0..N_EPOCHS {
        for &text in &order {
            let vector = &vectors[text];
            steps.fill(0.0);
            add_scores(&weights, vector, &mut steps);
            let square: f32 = vector.iter().map(|(_, value)| value * value).sum();
            let duals = &mut duals[text * n_classes..(text + 1) * n_classes];
            descend(&mut steps, duals, classes[text] as usize, square);
            add_steps(&mut weights, vector, &steps);
        }
    }
    LinearModel::new(table, n_classes, &weights)
}

fn add_scores(weights: &[f32], vector: &Sparse, scores: &mut [f32]) {
    let n_classes = scores.len();
    for (row, value) in vector {
        let row = &weights[*row as usize * n_classes..][..n_classes];
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += value * weight;
        }
    }
}

/// Turns the scores of a text into the steps its weights take, and moves its dual variables.
fn descend(scores: &mut [f32], duals: &mut [f32], own: usize, square: f32) {
    let step = |score: &mut f32, dual: &mut f32, side: f32, cost: f32| {
        let ridge = 0.5 / cost;
        let gradient = side * *score - 1.0 + *dual * ridge;
        let moved = (*dual - gradient / (square + ridge)).max(0.0);
        *score = (moved - *dual) * side;
        *dual = moved;
    };
    let (own_score, own_dual) = (scores[own], duals[own]);
    for (score, dual) in scores.iter_mut().zip(duals.iter_mut()) {
        step(score, dual, -1.0, COST_OF_OTHER);
    }
    (scores[own], duals[own]) = (own_score, own_dual);
    step(&mut scores[own], &mut duals[own], 1.0, COST_OF_OWN);
}

fn add_steps(weights: &mut [f32], vector: &Sparse, steps: &[f32]) {
    let n_classes = steps.len();
    for (row, value) in vector {
        let row = &mut weights[*row as usize * n_classes..][..n_classes];
        for (weight, step) in row.iter_mut().zip(steps) {
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
