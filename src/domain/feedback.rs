//! What a reader says of an answer: whether it answered the question, and if not, why.

/// Whether an answer answered the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feedback {
    /// It did.
    Yes,
    /// It did not; `None`: no reason was given, or none yet.
    No(Option<Reason>),
}

/// Why an answer was none. Each is about the choice of the passage, none about who said its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The passage is about something else.
    AnotherQuestion,
    /// It says too little of it.
    TooLittle,
    /// It is hard to understand by itself.
    Unclear,
    /// What it says has been overtaken.
    OutOfDate,
}

impl Reason {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::AnotherQuestion, Self::TooLittle, Self::Unclear, Self::OutOfDate];

    /// As it is stored and as buttons carry it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnotherQuestion => "another",
            Self::TooLittle => "little",
            Self::Unclear => "unclear",
            Self::OutOfDate => "old",
        }
    }

    /// The reason of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_known_by_its_name() {
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.name()), Some(reason));
        }
        for name in ["", "Old", "wrong"] {
            assert_eq!(Reason::parse(name), None, "{name}");
        }
    }
}
