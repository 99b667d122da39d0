//! The trained model: a row of small whole numbers for each feature, one number for each class.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::super::word::Word;
use super::features::{Counted, Feature, FeatureId, FeatureList, Kind, features};

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

/// A row that a text touches. The upper bit tells pieces, which count otherwise.
#[derive(Clone, Copy)]
pub(super) struct Touched(u32);

impl Touched {
    const PIECE: u32 = 1 << 31;

    const fn new(kind: Kind, row: u32) -> Self {
        match kind {
            Kind::Stem | Kind::Pair => Self(row),
            Kind::Piece => Self(row | Self::PIECE),
        }
    }

    pub(super) const fn row(self) -> usize {
        (self.0 & !Self::PIECE) as usize
    }

    pub(super) const fn value(self, values: Values) -> f32 {
        if self.0 & Self::PIECE == 0 { values.whole } else { values.piece }
    }
}

/// How strongly a text touches its rows, so that its vector has unit length: stems and their pairs, and pieces.
#[derive(Clone, Copy)]
pub(super) struct Values {
    whole: f32,
    piece: f32,
}

/// Known features. All count alike: how telling each is, training finds out. To count rare ones more cost 0.6 points of
/// hit@1 on 3,000 questions in 150 classes.
pub(super) struct FeatureTable {
    rows: FxHashMap<Feature, u32>,
}

/// The row of each feature of the training texts, by number; `None` of one that is left out.
pub(super) struct Rows(Vec<Option<u32>>);

impl FeatureTable {
    /// From the features of all training texts. Of pairs and pieces those that hardly any text has are left out: there are
    /// many, and their stems stand in their place. The most frequent come first, so that what is read most lies together
    /// in the processor's cache.
    pub(super) fn new(features: &FeatureList) -> (Self, Rows) {
        let list = features.list();
        let is_kept = |counted: &Counted| counted.count >= least_count(counted.feature.kind());
        let numbered = (0..).zip(list);
        let kept = numbered.filter(|(_, counted)| is_kept(counted));
        let mut sorted: Vec<(Reverse<u32>, FeatureId)> =
            kept.map(|(id, counted)| (Reverse(counted.count), id)).collect();
        sorted.sort_unstable();
        let mut rows = vec![None; list.len()];
        for (row, (_, id)) in (0_u32..).zip(&sorted) {
            rows[*id as usize] = Some(row);
        }
        let table = Self { rows: (0..).zip(&sorted).map(|(row, (_, id))| (list[*id as usize].feature, row)).collect() };
        (table, Rows(rows))
    }

    pub(super) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// A question as a vector of unit length.
    fn vector(&self, question: &[Feature]) -> (Values, Vec<Touched>) {
        let features = question.iter().map(|feature| (feature.kind(), self.rows.get(feature).copied()));
        let (values, touched) = unit(features);
        (values, touched.collect())
    }

    /// A training text as one.
    pub(super) fn vector_of(
        text: &[FeatureId],
        features: &FeatureList,
        Rows(rows): &Rows,
    ) -> (Values, impl Iterator<Item = Touched>) {
        unit(text.iter().map(|id| (features.list()[*id as usize].feature.kind(), rows[*id as usize])))
    }
}

/// The vector of features, each with its row, made to unit length. Unknown features make it longer and so all else weaker.
fn unit(features: impl Iterator<Item = (Kind, Option<u32>)> + Clone) -> (Values, impl Iterator<Item = Touched>) {
    let n_all = features.clone().count();
    let n_pieces = features.clone().filter(|(kind, _)| *kind == Kind::Piece).count();
    let value = |share: f32, n: usize| (share / n.max(1) as f32).sqrt();
    let values = Values { whole: value(1.0 - PIECES_SHARE, n_all - n_pieces), piece: value(PIECES_SHARE, n_pieces) };
    (values, features.filter_map(|(kind, row)| Some(Touched::new(kind, row?))))
}

/// A feature that fewer texts have is left out. Leaving out pieces that two texts have changed no figure by more than two
/// questions in 184, and saves a third of the rows.
const fn least_count(kind: Kind) -> u32 {
    match kind {
        Kind::Stem => 1,
        Kind::Pair => 2,
        Kind::Piece => 3,
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
        let (values, vector) = self.table.vector(&features(words));
        for touched in vector {
            let (row, value) = (touched.row(), touched.value(values));
            let cells = row * n_blocks..(row + 1) * n_blocks;
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
