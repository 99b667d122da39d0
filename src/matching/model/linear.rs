//! The trained model: a row of small whole numbers for each feature, one number for each class.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::word::Word;
use super::features::{Feature, Kind, features};

/// How much of a text's unit length its pieces of words have; its stems and their pairs have the rest. More helps with
/// typos and costs other questions.
const PIECES_SHARE: f32 = 0.35;

/// What a class scores without evidence: "another class", which nearly every text is. Training starts from there, so that
/// it learns what speaks for a class and not, class by class, that most texts are of others.
pub(super) const OFFSET: f32 = -1.0;

/// So many classes are handled together: as many `f32` as fill a cache line.
pub(super) const LANES: usize = 16;

/// A number for each class of a block; aligned so that it is one cache line, not halves of two.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Lanes(pub(super) [f32; LANES]);

/// About so many features a knowledge of 4,000 phrasings has: room for them from the start saves a third of the counting.
const N_EXPECTED: usize = 1 << 17;

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
    /// From the features of all training texts: a feature that stands in few of them tells more. A pair or
    /// piece that stands in a single text is left out: there are many, and their stems stand in their place.
    pub(super) fn new<'f>(texts: impl Iterator<Item = &'f [Feature]>) -> Self {
        let mut counts: FxHashMap<Feature, u32> = FxHashMap::with_capacity_and_hasher(N_EXPECTED, FxBuildHasher);
        let mut n_texts = 0_u32;
        for features in texts {
            n_texts += 1;
            for feature in features {
                *counts.entry(*feature).or_default() += 1;
            }
        }
        let mut kept: Vec<(Feature, u32)> =
            counts.into_iter().filter(|(feature, count)| *count > 1 || feature.kind() == Kind::Stem).collect();
        kept.sort_unstable();
        let telling = |count: u32| (n_texts as f32 / count as f32).ln() + 1.0;
        Self {
            rows: (0..).zip(&kept).map(|(row, (feature, _))| (*feature, row)).collect(),
            telling: kept.iter().map(|(_, count)| telling(*count)).collect(),
            unknown: telling(1),
        }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.telling.len()
    }

    /// The text as a vector of unit length. Unknown features make it longer and so all else weaker.
    pub(super) fn vector(&self, features: &[Feature]) -> Sparse {
        let mut vector: Sparse = Vec::with_capacity(features.len());
        let n_whole = features.partition_point(|feature| feature.kind() != Kind::Piece);
        let (whole, pieces) = features.split_at(n_whole);
        for (group, share) in [(whole, 1.0 - PIECES_SHARE), (pieces, PIECES_SHARE)] {
            let start = vector.len();
            let mut square = 0.0;
            for feature in group {
                let row = self.rows.get(feature);
                let telling = row.map_or(self.unknown, |row| self.telling[*row as usize]);
                square += telling * telling;
                vector.extend(row.map(|row| (*row, telling)));
            }
            let scale = if square > 0.0 { (share / square).sqrt() } else { 0.0 };
            vector[start..].iter_mut().for_each(|(_, value)| *value *= scale);
        }
        vector
    }
}

/// The weights of a block of classes, rounded to 255 steps a row: a quarter of the memory, and four blocks a cache line.
pub(super) struct Block {
    /// By row: the weights, and what 1 in them stands for.
    rows: Vec<([i8; LANES], f32)>,
}

impl Block {
    pub(super) fn rounded(trained: &[Lanes]) -> Self {
        let round = |Lanes(lanes): &Lanes| {
            let largest = lanes.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
            if largest == 0.0 {
                return ([0; LANES], 0.0);
            }
            let unit = largest / f32::from(i8::MAX);
            // `as` cuts towards zero; adding a half of the same sign first makes that rounding.
            (lanes.map(|weight| (weight / unit + 0.5_f32.copysign(weight)) as i8), unit)
        };
        Self { rows: trained.iter().map(round).collect() }
    }
}

/// Scores of every class for a text.
pub(in super::super) struct LinearModel {
    table: FeatureTable,
    n_classes: usize,
    /// By row, then by class (a whole number of [`LANES`]), in the unit of the row's block.
    weights: Vec<[i8; LANES]>,
    /// By row, then by block: what 1 in `weights` stands for.
    units: Vec<f32>,
}

impl LinearModel {
    /// A model of trained blocks, in order.
    pub(super) fn new(table: FeatureTable, n_classes: usize, blocks: &[Block]) -> Self {
        let cells = || (0..table.n_rows()).flat_map(|row| blocks.iter().map(move |block| &block.rows[row]));
        let (weights, units) =
            (cells().map(|(weights, _)| *weights).collect(), cells().map(|(_, unit)| *unit).collect());
        Self { table, n_classes, weights, units }
    }

    fn n_blocks(&self) -> usize {
        self.n_classes.div_ceil(LANES)
    }

    /// How far on its side of the boundary the text lies, for each class: about 1 for a typical text of the class, −1 for
    /// any other.
    pub(in super::super) fn scores<'w>(&self, words: impl Iterator<Item = &'w Word>) -> Vec<f32> {
        let n_blocks = self.n_blocks();
        let mut scores = vec![[OFFSET; LANES]; n_blocks];
        for (row, value) in self.table.vector(&features(words)) {
            let cells = row as usize * n_blocks..(row as usize + 1) * n_blocks;
            let blocks = self.weights[cells.clone()].iter().zip(&self.units[cells]);
            for (scores, (weights, unit)) in scores.iter_mut().zip(blocks) {
                let value = value * unit;
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += value * f32::from(*weight);
                }
            }
        }
        let mut scores: Vec<f32> = scores.into_iter().flatten().collect();
        scores.truncate(self.n_classes);
        scores
    }
}
