//! Whether a question leans on the one before it: "and when is it?".

use crate::text;

/// How a question leans on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaning {
    /// It names nothing of its own: "and when is it?".
    Wholly,
    /// It points at something and asks more: "does he say what it costs?".
    Partly,
}

/// A longer question stands by itself.
const MAX_WORDS: usize = 8;

/// How a question leans on the one before it, if it does.
pub(super) fn leaning(question: &str) -> Option<Leaning> {
    let tokens = text::tokens(question);
    let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    let first = words.first()?;
    if words.len() > MAX_WORDS {
        return None;
    }
    let names_nothing =
        words.iter().all(|word| [ASKING, POINTING, GOING_ON, FILLING].iter().any(|list| holds(list, word)));
    if names_nothing && words.iter().any(|word| holds(ASKING, word)) {
        return Some(Leaning::Wholly);
    }
    let points = words.iter().any(|word| holds(POINTING, word));
    let goes_on = holds(GOING_ON, first) && words.len() > 1;
    (points || goes_on).then_some(Leaning::Partly)
}

fn holds(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// Words that ask for something.
const ASKING: &str = "\
    when where why who whom how which whose when's where's who's why's how's когда где куда откуда почему зачем \
    кто кого кому кем сколько как какой какая какие чей во каком какого каких";

/// Words that point at what was spoken of. Not "he" and "his": that is the speaker.
const POINTING: &str = "\
    it its it's this that these those there they them their then that's это этого этому этом этим этот эта эти \
    этих там туда оттуда тогда они их им ими них нее ней оно об";

/// What a question begins with that goes on from another.
const GOING_ON: &str = "\
    and but so also а и но ну еще тогда";

/// Words without which such a question would mean the same.
const FILLING: &str = "\
    is are was were will would be been does do did has have the a of exactly many much long often far happen \
    happening held take takes place going on in to planned же ли будет будут было были есть именно точно \
    пройдет пройдут проходит проходят происходит состоится состоятся в на году месяце городе стране долго часто \
    много так да";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_lean_are_told_from_those_that_stand() {
        use Leaning::{Partly, Wholly};
        for (question, wanted) in [
            ("and when is it?", Some(Wholly)),
            ("а где?", Some(Wholly)),
            ("Where will they take place?", Some(Wholly)),
            ("when exactly", Some(Wholly)),
            ("Сколько их?", Some(Wholly)),
            ("а когда это будет", Some(Wholly)),
            ("and what about Iran?", Some(Partly)),
            ("а кто за это платит?", Some(Partly)),
            ("does he say what it costs", Some(Partly)),
            ("When are the exercises in Belarus?", None),
            ("Какие учения будут в Беларуси?", None),
            ("hello", None),
            ("and", None),
            ("Masadykov", None),
            ("", None),
            ("can you tell me in detail what he thinks it costs", None),
        ] {
            assert_eq!(leaning(question), wanted, "{question}");
        }
    }
}
