//! Words that tell whose words stand beside them: "said", "as he wrote", the speaker's name.

use std::ops::Range;

use super::index::Index;
use super::message::Message;

/// Words that introduce a quote or stand in its middle. "States" is not among them: it is a noun here.
const SAYING: &str = "said say says saying told tells stated noted added according declared announced emphasized emphasised \
                      stressed claimed claims wrote writes quote quoted quotes interview слова словам слов пишет цитата \
                      интервью мол";

/// The beginnings of such words.
const BEGINNINGS: &str = "сказал говори говоря заявил заявля отметил отмеча подчеркнул подчеркива сообщил сообща рассказал \
                          пояснил добавил уточнил написал цитир";

/// Whether one of these words of the message tells who speaks.
pub(super) fn tells_who_speaks(index: &Index, message: &Message<'_>, words: Range<usize>) -> bool {
    let of = message.words.get(words).unwrap_or_default();
    of.iter().any(|word| index.is_of_a_speaker(&word.key) || is_saying(&word.key))
}

/// Who may stand before such a word.
const PRONOUNS: &str = "he she they it i we он она они оно я мы";

/// Whether that word of the message is one that stands for whoever speaks.
pub(super) fn is_pronoun(message: &Message<'_>, word: usize) -> bool {
    message.words.get(word).is_some_and(|word| PRONOUNS.split(' ').any(|pronoun| *word.key == *pronoun))
}

fn is_saying(word: &str) -> bool {
    SAYING.split(' ').any(|saying| word == saying) || BEGINNINGS.split(' ').any(|beginning| word.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_saying_are_known_by_their_beginning() {
        for word in ["said", "says", "заявил", "заявила", "сказали", "говорит", "говорится", "словам", "мол"]
        {
            assert!(is_saying(word), "{word}");
        }
        for word in ["state", "states", "sayings", "молодой", "словарь", "сказка", "", "notes", "quota"]
        {
            assert!(!is_saying(word), "{word}");
        }
    }
}
