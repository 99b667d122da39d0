//! The trained model: a row of small whole numbers for each feature, one number for each class.

use rustc_hash::FxHashMap;

use super::super::word::Word;
use super::features::{Family, Feature, features};

/// How much of a text's unit length its pieces of words have; its stems have the rest.
pub(super) const PIECES_SHARE: f32 = 0.5;

/// The constant every text has, so that a class can be likelier or less likely as such.
pub(super) const CONSTANT: f32 = 0.5;

/// Which rows a text touches, and how strongly.
pub(super) type Sparse = Vec<(u32, f32)>;

/// Known features with how telling they are.
pub(super) struct FeatureTable {
    rows: FxHashMap<Feature, u32>,
    /// By row.
    telling: Vec<f32>,
    /// What a feature tells that is unknown.
    unknown: f32,
}

impl FeatureTable {
    /// From the features of all training texts: a feature that stands in few of them tells more. One that stands in a
    /// single text is left out if it is a piece of a word: there are many, and its word stands in their place.
    pub(super) fn new(texts: &[Vec<Feature>]) -> Self {
        let mut counts: FxHashMap<Feature, u32> = FxHashMap::default();
        for feature in texts.iter().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        let mut kept: Vec<(Feature, u32)> =
            counts.into_iter().filter(|(feature, count)| *count > 1 || feature.family == Family::Words).collect();
        kept.sort_unstable();
        let telling = |count: u32| (texts.len() as f32 / count as f32).ln() + 1.0;
        Self {
            rows: (1..).zip(&kept).map(|(row, (feature, _))| (*feature, row)).collect(),
            telling: std::iter::once(1.0).chain(kept.iter().map(|(_, count)| telling(*count))).collect(),
            unknown: telling(1),
        }
    }

    /// Rows; row 0 is the constant.
    pub(super) fn n_rows(&self) -> usize {
        self.telling.len()
    }

    /// The text as a vector of unit length and the constant. Unknown features make it longer and so all else weaker.
    pub(super) fn vector(&self, features: &[Feature]) -> Sparse {
        let mut vector: Sparse = Vec::with_capacity(features.len() + 1);
        vector.push((0, CONSTANT));
        for family in features.chunk_by(|one, other| one.family == other.family) {
            let share = match family[0].family {
                Family::Words => 1.0 - PIECES_SHARE,
                Family::Pieces => PIECES_SHARE,
            };
            let start = vector.len();
            let mut square = 0.0;
            for feature in family {
                let row = self.rows.get(feature);
                let telling = row.map_or(self.unknown, |row| self.telling[*row as usize]);
                square += telling * telling;
                vector.extend(row.map(|row| (*row, telling)));
            }
            let scale = share.sqrt() / square.sqrt();
            vector[start..].iter_mut().for_each(|(_, value)| *value *= scale);
        }
        vector
    }
}

/// Scores of every class for a text.
pub(in super::super) struct LinearModel {
    table: FeatureTable,
    n_classes: usize,
    /// Row by row, a number for each class, in units of `unit`.
    weights: Vec<i8>,
    /// By row: what 1 in `weights` stands for.
    units: Vec<f32>,
}

impl LinearModel {
    /// Rounds trained weights (row by row, `n_classes` each) to 255 steps a row: a quarter of the memory, and one cache
    /// line for 64 classes.
    pub(super) fn new(table: FeatureTable, n_classes: usize, trained: &[f32]) -> Self {
        let mut weights = Vec::with_capacity(trained.len());
        let mut units = Vec::with_capacity(table.n_rows());
        for row in trained.chunks(n_classes.max(1)) {
            let largest = row.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
            let unit = largest / f32::from(i8::MAX);
            units.push(unit);
            weights.extend(row.iter().map(|weight| if unit > 0.0 { (weight / unit).round() as i8 } else { 0 }));
        }
        Self { table, n_classes, weights, units }
    }

    /// How far on its side of the boundary the text lies, for each class: about 1 for a typical text of the class, −1 for
    /// any other.
    pub(in super::super) fn scores<'w>(&self, words: impl Iterator<Item = &'w Word>) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.n_classes];
        for (row, value) in self.table.vector(&features(words)) {
            let row = row as usize;
            let value = value * self.units[row];
            let weights = &self.weights[row * self.n_classes..(row + 1) * self.n_classes];
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += value * f32::from(*weight);
            }
        }
        scores
    }
}
