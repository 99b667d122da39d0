//! Whether confidence means what it says: of replies with a confidence of 0.8, eight in ten should be right.

use super::score::Share;
use super::{Grade, Judged};
use crate::domain::Expected;

/// So many buckets of confidence, equally wide.
const N_BUCKETS: u8 = 10;

/// Confidence beside what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// From the least confident to the most; all are there, empty ones too.
    pub buckets: Vec<Bucket>,
    /// How far confidence is from the share of right ones, averaged over all questions, 0–1; 0 without a question.
    pub expected_calibration_error: f64,
}

/// Questions of about the same confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bucket {
    /// From this confidence on,
    pub from: f64,
    /// below this one; the last has it, too.
    pub upto: f64,
    /// How often the nearest passage was right.
    pub right: Share,
    /// The confidence, on average; 0 of an empty bucket.
    pub confidence: f64,
}

/// Sorts the questions by confidence that the nearest passage is right. Small talk is left out: it is not asked of passages.
///
/// Where nothing answers, no passage is right: confidence should be low there.
#[must_use]
pub fn reliability(judged: &[Judged<'_>]) -> Reliability {
    let asked = judged.iter().filter(|one| !matches!(one.grade, Grade::Chatted | Grade::NotChatted));
    Reliability::of(asked.map(|one| (f64::from(one.confidence), is_nearest_right(one))))
}

impl Reliability {
    /// Of confidences, each with whether it was right.
    #[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
    fn of(asked: impl Iterator<Item = (f64, bool)>) -> Self {
        let n_buckets = f64::from(N_BUCKETS);
        let mut buckets: Vec<Bucket> = (0..N_BUCKETS)
            .map(|n| Bucket { from: f64::from(n) / n_buckets, upto: f64::from(n + 1) / n_buckets, ..Bucket::default() })
            .collect();
        for (confidence, is_right) in asked {
            let n = buckets.partition_point(|bucket| bucket.upto <= confidence).min(buckets.len() - 1);
            buckets[n].right.add(is_right);
            buckets[n].confidence += confidence;
        }
        let n_all: usize = buckets.iter().map(|bucket| bucket.right.of).sum();
        let mut off = 0.0;
        for bucket in buckets.iter_mut().filter(|bucket| bucket.right.of > 0) {
            let n = bucket.right.of as f64;
            bucket.confidence /= n;
            off += n * (bucket.confidence - bucket.right.ratio()).abs();
        }
        Self { buckets, expected_calibration_error: off / n_all.max(1) as f64 }
    }
}

fn is_nearest_right(judged: &Judged<'_>) -> bool {
    let (Expected::Quote { passages, .. }, Some(nearest)) = (&judged.judgment.expected, &judged.nearest) else {
        return false;
    };
    nearest.interview == judged.interview.id && passages.contains(&nearest.passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_how_far_confidence_is_from_the_share_that_was_right() {
        for (asked, error) in [
            (&[][..], 0.0),
            (&[(1.0, true), (0.0, false)], 0.0),
            (&[(1.0, false), (0.0, true)], 1.0),
            // One bucket, confident of 0.8 on average, right in three of four.
            (&[(0.80, true), (0.80, true), (0.80, true), (0.80, false)], 0.05),
            // Two buckets of different weight: (3 × 0.05 + 1 × 0.4) / 4.
            (&[(0.95, true), (0.95, true), (0.95, true), (0.4, false)], 0.1375),
        ] {
            let found = Reliability::of(asked.iter().copied()).expected_calibration_error;
            assert!((found - error).abs() < 1e-9, "{asked:?}: {found}");
        }
    }

    #[test]
    fn every_confidence_has_one_bucket() {
        for (confidence, bucket) in [(0.0, 0), (0.099, 0), (0.1, 1), (0.3, 3), (0.7, 7), (0.999, 9), (1.0, 9)] {
            let reliability = Reliability::of(std::iter::once((confidence, true)));
            let filled: Vec<usize> = (0..10).filter(|n| reliability.buckets[*n].right.of > 0).collect();
            assert_eq!(filled, [bucket], "{confidence}");
        }
    }
}
