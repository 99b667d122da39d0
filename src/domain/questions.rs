//! The questions of a text with their answers, and where each passage stands: a set of 10⁵ passages is not walked for one.

use std::ops::{Deref, DerefMut};
use std::slice;

use super::id::PassageId;
use super::passage::Passage;

/// A question of the interviewer with the passages of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question as printed.
    pub words: String,
    /// The paragraphs of the answer.
    pub passages: Vec<Passage>,
}

/// Questions and answers in the order of the page. Which passages there are is settled when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    list: Vec<Question>,
    /// Each passage by its question's number and its own there, ordered by id.
    places: Vec<(u32, u32)>,
}

impl Questions {
    /// The passage of that id, with its question; of two with one id the first.
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&Question, &Passage)> {
        let at = self.places.partition_point(|place| self.at(*place).is_some_and(|(_, passage)| passage.id < *id));
        self.at(*self.places.get(at)?).filter(|(_, passage)| passage.id == *id)
    }

    fn at(&self, (question, passage): (u32, u32)) -> Option<(&Question, &Passage)> {
        let question = self.list.get(question as usize)?;
        Some((question, question.passages.get(passage as usize)?))
    }
}

impl From<Vec<Question>> for Questions {
    fn from(list: Vec<Question>) -> Self {
        let mut named: Vec<(&PassageId, (u32, u32))> = Vec::new();
        for (question, number) in list.iter().zip(0..) {
            named.extend(question.passages.iter().zip(0..).map(|(passage, place)| (&passage.id, (number, place))));
        }
        named.sort_unstable();
        let places = named.into_iter().map(|(_, place)| place).collect();
        Self { list, places }
    }
}

impl Deref for Questions {
    type Target = [Question];

    fn deref(&self) -> &[Question] {
        &self.list
    }
}

impl<'q> IntoIterator for &'q Questions {
    type Item = &'q Question;
    type IntoIter = slice::Iter<'q, Question>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// For what is found out about passages once they are read. Their ids are settled, and none is added.
impl DerefMut for Questions {
    fn deref_mut(&mut self) -> &mut [Question] {
        &mut self.list
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage::PassageKind;
    use super::super::topic::Key;
    use super::*;

    fn passage(id: &str, words: &str) -> Passage {
        Passage {
            id: PassageId::parse(id).unwrap(),
            words: words.to_owned(),
            kind: PassageKind::Quotable,
            key: Key::parse("aaaaaaaaaa").unwrap(),
            fragment: String::new(),
            page: None,
        }
    }

    #[test]
    fn a_passage_is_found_by_its_id_wherever_it_stands() {
        let question = |words: &str, passages: &[(&str, &str)]| Question {
            words: words.to_owned(),
            passages: passages.iter().map(|(id, words)| passage(id, words)).collect(),
        };
        let questions = Questions::from(vec![
            question("first", &[("a9", "nine"), ("a10", "ten")]),
            question("empty", &[]),
            question("last", &[("a1", "one"), ("a10", "ten once more")]),
        ]);
        for (id, found) in [
            ("a1", Some(("last", "one"))),
            ("a9", Some(("first", "nine"))),
            ("a10", Some(("first", "ten"))),
            ("a", None),
            ("a5", None),
            ("z", None),
        ] {
            let passage = questions.passage(&PassageId::parse(id).unwrap());
            assert_eq!(passage.map(|(question, passage)| (&*question.words, &*passage.words)), found, "{id}");
        }
        assert_eq!(Questions::from(Vec::new()).passage(&PassageId::parse("a1").unwrap()), None);
    }
}
