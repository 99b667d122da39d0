//! Whether a question leans on the one before it, as "and when is it?" does.

use crate::text;

/// A longer question stands by itself.
const MAX_WORDS: usize = 8;

/// Whether a question leans on the one before it: it asks, and names nothing of its own. One that points at the last answer
/// and adds something ("and who pays for it?") does not count: the words of the topic would answer it whatever it adds.
pub(super) fn leans(question: &str) -> bool {
    let words: Vec<String> = text::tokens(question).into_iter().map(|token| token.word).collect();
    let names_nothing = |word: &String| [ASKING, POINTING, FILLING].iter().any(|list| holds(list, word));
    words.len() <= MAX_WORDS && words.iter().all(names_nothing) && words.iter().any(|word| holds(ASKING, word))
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
    этих там туда оттуда тогда они их им ими них нее ней оно";

/// Words without which such a question would mean the same.
const FILLING: &str = "\
    and but so also а и но ну еще is are was were will would be been does do did has have the a of exactly many much long often far happen \
    happening held take takes place going on in to planned же ли будет будут было были есть именно точно \
    пройдет пройдут проходит проходят происходит состоится состоятся в на году месяце городе стране долго часто \
    много так да";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_lean_name_nothing() {
        for question in [
            "and when is it?",
            "а где?",
            "Where will they take place?",
            "when exactly",
            "Сколько их?",
            "а когда это будет",
            "why?",
        ] {
            assert!(leans(question), "{question}");
        }
    }

    #[test]
    fn a_question_that_names_something_stands_by_itself() {
        for question in [
            "so is it a threat to Poland",
            "is that against Ukraine",
            "and who is Navalny?",
            "а кто такой Навальный",
            "but that is a lie",
            "а кто за это платит?",
            "and what about Iran?",
            "When are the exercises in Belarus?",
            "Есть ли там парады",
            "hello",
            "and",
            "it",
            "",
        ] {
            assert!(!leans(question), "{question}");
        }
    }
}
