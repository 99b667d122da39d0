//! From signals to shares: how the evidence divides between everything a question can be about, and "nothing of this".

use super::query::Query;
use super::signals::{Ratings, Signals};
use super::targets::{PassageIndex, Target, TargetIndex, Targets};
use super::thresholds::{LATER_PASSAGE, NOTHING_SCORE, SCATTER, SHARPNESS, UNKNOWN_PENALTY};

/// How the evidence divides. The shares of all targets and of `nothing` add up to 1.
pub(super) struct Shares {
    /// The targets that something speaks for or against, by number; the others have no share.
    of_targets: Ratings,
    /// That it is outside.
    pub(super) outside: f32,
    /// That it is nothing anybody thought of.
    pub(super) nothing: f32,
}

impl Shares {
    /// Divides the targets' scores by softmax.
    pub(super) fn new(query: &Query, targets: &Targets, signals: &Signals) -> Self {
        let mut shares = signals.scores(query);
        let nothing = NOTHING_SCORE + UNKNOWN_PENALTY * query.unknown_share();
        let best = shares.iter().fold(nothing, |best, (_, score)| best.max(*score));
        let power = |score: f32| (SHARPNESS * (score - best)).exp();
        shares.iter_mut().for_each(|(_, score)| *score = power(*score));
        let all = shares.iter().map(|(_, share)| share).sum::<f32>() + power(nothing);
        shares.iter_mut().for_each(|(_, share)| *share /= all);
        let outside = shares.iter().filter(|(target, _)| targets.list[*target as usize] == Target::Outside);
        Self { outside: outside.map(|(_, share)| share).sum(), of_targets: shares, nothing: power(nothing) / all }
    }

    /// How sure an answer with that share is, 0–1: its share against that of no answer. What is scattered over other
    /// answers counts little, see [`SCATTER`].
    pub(super) fn confidence(&self, share: f32) -> f32 {
        let unanswered = self.outside + self.nothing;
        let scattered = (1.0 - share - unanswered).max(0.0);
        let against = unanswered + SCATTER * scattered;
        if share > 0.0 { (share / (share + against)).min(1.0) } else { 0.0 }
    }

    /// The small talk with the largest share; the first of equals.
    pub(super) fn best_chat(&self, targets: &Targets) -> Option<Chat> {
        let chats = self.of_targets.iter().filter_map(|(target, share)| match targets.list[*target as usize] {
            Target::Chat(intent) => Some(Chat { intent, target: *target, share: *share }),
            Target::Topic { .. } | Target::Passage(_) | Target::Outside => None,
        });
        chats.reduce(|best, next| if next.share > best.share { next } else { best })
    }

    /// The topics with the largest shares first; of equals the first.
    pub(super) fn topics(&self, targets: &Targets) -> Vec<(TargetIndex, f32)> {
        let is_topic = |target: TargetIndex| matches!(targets.list[target as usize], Target::Topic { .. });
        let mut topics: Vec<(TargetIndex, f32)> =
            self.of_targets.iter().copied().filter(|(target, _)| is_topic(*target)).collect();
        topics.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        topics
    }

    /// The passages that something speaks for, best first, equal ones by name; filled up to `n_least` with others in the
    /// order of their names.
    pub(super) fn ranking(&self, targets: &Targets, n_least: usize) -> Vec<Ranked> {
        let mut parts: Vec<(PassageIndex, TargetIndex, f32, f32)> = Vec::new();
        for (index, share) in &self.of_targets {
            let mut part = *share;
            for passage in targets.list[*index as usize].passages() {
                parts.push((*passage, *index, part, *share));
                part *= LATER_PASSAGE;
            }
        }
        parts.sort_by_key(|(passage, ..)| *passage);
        let mut ranked: Vec<Ranked> = Vec::new();
        for parts in parts.chunk_by(|one, other| one.0 == other.0) {
            let mut passage = Ranked::unknown(parts[0].0);
            for (_, index, part, share) in parts {
                passage.add(*index, &targets.list[*index as usize], *part, *share);
            }
            ranked.push(passage);
        }
        ranked.sort_by(|one, other| other.rank.total_cmp(&one.rank).then(one.passage.cmp(&other.passage)));
        let mut others = 0..PassageIndex::try_from(targets.passages.len()).unwrap_or(PassageIndex::MAX);
        while ranked.len() < n_least {
            let Some(next) = others.find(|passage| !ranked.iter().any(|ranked| ranked.passage == *passage)) else {
                break;
            };
            ranked.push(Ranked::unknown(next));
        }
        ranked
    }
}

/// Small talk with its share.
pub(super) struct Chat {
    pub(super) intent: &'static str,
    pub(super) target: TargetIndex,
    pub(super) share: f32,
}

/// A passage with what the targets it answers say for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub(super) passage: PassageIndex,
    /// The topic, or the lone passage itself, that says most for it.
    pub(super) target: Option<TargetIndex>,
    /// What it is ranked by: the shares of its targets, less of those it is not the best passage of.
    rank: f32,
    /// The shares of its targets in full: it answers them all.
    pub(super) share: f32,
    most: f32,
}

impl Ranked {
    const fn unknown(passage: PassageIndex) -> Self {
        Self { passage, target: None, rank: 0.0, share: 0.0, most: 0.0 }
    }

    fn add(&mut self, index: TargetIndex, target: &Target, part: f32, share: f32) {
        self.rank += part;
        self.share += share;
        let answers = matches!(target, Target::Topic { .. } | Target::Passage(_));
        if answers && (self.target.is_none() || part > self.most) {
            self.target = Some(index);
            self.most = part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(of_targets: &[f32], outside: f32, nothing: f32) -> Shares {
        Shares { of_targets: (0..).zip(of_targets.iter().copied()).collect(), outside, nothing }
    }

    #[test]
    fn confidence_is_a_share_against_no_answer_and_little_against_others() {
        for (share, outside, nothing) in [(0.5, 0.5, 0.0), (0.2, 0.0, 0.1), (0.9, 0.05, 0.05), (0.3, 0.0, 0.0)] {
            let others = 1.0 - share - outside - nothing;
            let wanted = share / (share + outside + nothing + SCATTER * others);
            let confidence = shares(&[share, others], outside, nothing).confidence(share);
            assert!((confidence - wanted).abs() < 1e-6, "{share} {outside} {nothing}: {confidence}");
        }
    }

    #[test]
    fn no_share_is_no_confidence_and_all_of_it_is_1() {
        assert_eq!(shares(&[0.0], 0.5, 0.5).confidence(0.0), 0.0);
        assert_eq!(shares(&[0.0], 0.0, 0.0).confidence(0.0), 0.0);
        assert_eq!(shares(&[1.0], 0.0, 0.0).confidence(1.0), 1.0);
    }

    #[test]
    fn doubt_between_answers_costs_less_than_doubt_whether_there_is_one() {
        let (scattered, outside) = (shares(&[0.5, 0.5], 0.0, 0.0), shares(&[0.5], 0.5, 0.0));
        assert!(scattered.confidence(0.5) > outside.confidence(0.5));
    }
}
