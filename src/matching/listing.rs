//! A list instead of an answer: what is near a few words, for a reader who chooses.

use super::score::Shares;
use super::thresholds::{LISTED, MAX_LISTED};
use super::verdict::{self, Hit};
use super::{Matcher, readable};

impl Matcher {
    /// The passages near a message, best first. It is no verdict: of a message that nothing answers it lists what is least
    /// far, and whoever shows a list asks [`Matcher::ask`] first whether there is anything to show.
    #[must_use]
    pub fn list(&self, message: &str) -> Vec<Hit> {
        let query = self.reader.read(readable(message));
        if !query.is_telling() {
            return Vec::new();
        }
        let shares = Shares::new(&query, &self.targets, &self.signals);
        // Filled up to no number: a passage that nothing speaks for is not near.
        let ranking = shares.ranking(&self.targets, 0);
        let hits = ranking.iter().take(MAX_LISTED).map(|ranked| verdict::hit(ranked, &self.targets, &shares));
        let mut hits: Vec<Hit> = hits.collect();
        let best = hits.first().map_or(0.0, |best| best.score);
        hits.retain(|hit| hit.score >= LISTED * best);
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::matcher;

    #[test]
    fn what_is_near_is_listed_best_first_and_nothing_fills_the_list_up() {
        let matcher = matcher();
        for (words, first) in [("lighthouse", "p1"), ("lihgthouse", "p1"), ("паромы", "p2"), ("ferry tickets", "p2")]
        {
            let list = matcher.list(words);
            assert_eq!(list[0].passage.passage.to_string(), first, "{words}");
            assert_eq!(list[0], matcher.ask(words).nearest[0], "{words}");
            assert!(list.len() < 8, "{words} lists everything: {list:?}");
        }
        for words in ["", "the of and", "и в на с", "zzzzzz", "🤷"] {
            assert_eq!(matcher.list(words), [], "{words}");
        }
    }
}
