//! What a word tells about where it was taken from: much if few texts hold it, next to nothing if it is "the".

/// Hundredths of a telling word: whole numbers, so that no sum depends on the order of its parts.
pub(super) type Weight = i32;

/// The weight of a telling word.
pub(super) const TELLING: Weight = 100;

/// The weight of the commonest words: not nothing, for ten of them in one order are no accident.
pub(super) const LEAST: Weight = 15;

/// Of a word with fewer places it says nothing that it stands often in a short text.
const FEW: u32 = 8;

/// The weight of a word with that Zipf frequency in general, and so many places among so many words here.
pub(super) fn weight(zipf: Option<f32>, n_places: u32, n_words: usize) -> Weight {
    weight_in_general(zipf).min(weight_here(n_places, n_words))
}

/// As many as 10 of 10⁶ words (Zipf 4) is telling still, "security" (5.2) is half as much, and from Zipf 6.1 on stand the
/// two dozen words that every sentence holds.
fn weight_in_general(zipf: Option<f32>) -> Weight {
    zipf.map_or(TELLING, |zipf| hundredths((6.5 - zipf) / 2.5))
}

/// The name of what a whole interview is about tells no place in it: one word in 20 is as common as "the", and one in 200
/// is telling.
fn weight_here(n_places: u32, n_words: usize) -> Weight {
    if n_places < FEW { TELLING } else { hundredths((n_words as f32 / n_places as f32 / 20.0).log10()) }
}

fn hundredths(share: f32) -> Weight {
    ((share * TELLING as f32) as Weight).clamp(LEAST, TELLING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::zipf;

    #[test]
    fn common_words_weigh_little() {
        for (word, weights) in [
            ("the", LEAST..=LEAST),
            ("и", LEAST..=LEAST),
            ("security", 40..=70),
            ("работа", 40..=80),
            ("fairway", TELLING..=TELLING),
            ("фарватер", TELLING..=TELLING),
            ("zzzz", TELLING..=TELLING),
        ] {
            let found = weight(zipf(word), 1, 1_000);
            assert!(weights.contains(&found), "{word} {found}");
        }
    }

    #[test]
    fn what_stands_everywhere_here_weighs_little_too() {
        for (n_places, n_words, wanted) in
            [(7, 20, TELLING), (8, 20, LEAST), (60, 1_800, 17), (9, 1_800, TELLING), (9, 900, 69), (18, 900, 39)]
        {
            assert_eq!(weight(None, n_places, n_words), wanted, "{n_places} of {n_words}");
        }
    }
}
