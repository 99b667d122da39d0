//! The parts of a message: people greet, explain themselves, and ask, sometimes two things at once.
//!
//! Only for knowledge that says what it does not answer: without that nothing warns of a part that sounds alike and asks
//! something else (on paragraphs without editor's work, parts lowered the AUROC by 0.005 in English and 0.02 in Russian).

use super::thresholds::{MAX_CHOICES, PART_OUTSIDE, SURE};
use super::verdict::{Answer, Hit, Verdict};

/// So many parts of a message are looked at: a longer one is a speech.
const MAX_PARTS: usize = 6;

/// A shorter message has no parts: words of a keyword list are no sentences.
const MIN_WORDS: usize = 6;

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'q> {
    pub(super) text: &'q str,
    /// Whether it ends with a question mark.
    pub(super) asks: bool,
}

/// The parts of a message, at its punctuation; none if there is only one, or more than somebody would write who asks.
pub(super) fn parts(message: &str) -> Vec<Part<'_>> {
    if message.split_whitespace().count() < MIN_WORDS {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut rest = message;
    while let Some(at) = rest.find(ends_a_part) {
        let mark = rest[at..].chars().take_while(|c| ends_a_part(*c)).map(char::len_utf8).sum::<usize>();
        parts.extend(part(&rest[..at], &rest[at..at + mark]));
        rest = &rest[at + mark..];
    }
    parts.extend(part(rest, ""));
    if (2..=MAX_PARTS).contains(&parts.len()) { parts } else { Vec::new() }
}

const fn ends_a_part(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ',' | ';' | ':' | '—' | '–' | '(' | ')' | '\n')
}

/// What stands before some marks, if it says anything.
fn part<'q>(text: &'q str, marks: &str) -> Option<Part<'q>> {
    text.chars().any(char::is_alphanumeric).then(|| Part { text: text.trim(), asks: marks.contains('?') })
}

/// What was made of a message, or of a part of it.
pub(super) struct Judged {
    pub(super) answer: Answer,
    /// How much it sounds like a question that is not answered, 0–1.
    pub(super) outside: f32,
}

impl Judged {
    /// Whether a reader who gets this gets an answer.
    pub(super) const fn is_answered(&self) -> bool {
        matches!(self.answer.verdict, Verdict::Quote(_) | Verdict::Chat(_))
    }

    /// Whether it shows or offers a passage.
    pub(super) const fn found_something(&self) -> bool {
        matches!(self.answer.verdict, Verdict::Quote(_) | Verdict::Choices(_))
    }

    const fn is_quote(&self) -> bool {
        matches!(self.answer.verdict, Verdict::Quote(_))
    }
}

/// Which reading of a message its answer comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    /// The whole of it.
    Whole,
    /// The part of that number.
    Part(usize),
    /// Of several questions those that are answered for sure: these passages.
    Several(Vec<Hit>),
}

/// Whether the parts can change what the whole says: judging each costs as much as judging the whole.
pub(super) fn may_decide(whole: &Judged, parts: &[Part<'_>]) -> bool {
    !whole.is_quote() || parts.iter().filter(|part| part.asks).count() > 1
}

/// Which reading decides.
///
/// Of several questions those that are answered for sure are answered. Else the whole decides, unless it found nothing sure: then the
/// surest part does, for the words of the others may have drowned it. But where a part sounds like a question that is not
/// answered, no other part is quoted: that one may be what is asked.
pub(super) fn choose(whole: &Judged, parts: &[(Part<'_>, Judged)]) -> Reading {
    let several = sure_questions(parts);
    let n_asked = parts.iter().filter(|(part, _)| part.asks).count();
    if several.len() > 1 || (several.len() == 1 && n_asked > 1 && !whole.is_quote()) {
        return Reading::Several(several);
    }
    if whole.is_quote() || parts.iter().any(|(_, judged)| judged.outside >= PART_OUTSIDE) {
        return Reading::Whole;
    }
    let confidence = |part: usize| parts[part].1.answer.confidence;
    let quoted = (0..parts.len()).filter(|part| parts[*part].1.is_quote());
    let best = quoted.reduce(|best, next| if confidence(next) > confidence(best) { next } else { best });
    match best {
        Some(best) if confidence(best) > whole.answer.confidence => Reading::Part(best),
        Some(_) | None => Reading::Whole,
    }
}

/// The different passages that answer the questions among the parts for sure, the surest first.
fn sure_questions(parts: &[(Part<'_>, Judged)]) -> Vec<Hit> {
    let mut sure: Vec<Hit> = Vec::new();
    for (_, judged) in parts.iter().filter(|(part, _)| part.asks) {
        let Verdict::Quote(hits) = &judged.answer.verdict else { continue };
        for hit in hits.iter().filter(|hit| hit.score >= SURE) {
            if !sure.iter().any(|other| other.passage == hit.passage) {
                sure.push(hit.clone());
            }
        }
    }
    sure.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.passage.cmp(&other.passage)));
    sure.truncate(MAX_CHOICES);
    sure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_the_parts_its_punctuation_makes() {
        for (message, found) in [
            (
                "hi there, is the lighthouse dark? thanks a lot!",
                vec!["hi there", "is the lighthouse dark?", "thanks a lot"],
            ),
            ("Когда зажгли маяк? А что с янтарём…", vec!["Когда зажгли маяк?", "А что с янтарём"]),
            ("is the lighthouse of the cape dark tonight?", vec![]),
            ("amber, ferry, cape", vec![]),
            ("", vec![]),
            ("?!., ;:", vec![]),
            ("one, two, three, four, five, six, seven parts are a speech", vec![]),
        ] {
            let parts: Vec<String> = parts(message)
                .iter()
                .map(|part| format!("{}{}", part.text, if part.asks { "?" } else { "" }))
                .collect();
            assert_eq!(parts, found, "{message}");
        }
    }
}
