//! What buttons for one reader carry: feedback on an answer, a question to come back to, what is stored about them.

use crate::domain::{Feedback, Key, Reason, Revision};
use crate::store::QuestionId;

use super::super::shown::Shown;

/// What is said of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Given {
    /// What.
    pub(in super::super) feedback: Feedback,
    /// The revision that answered: the button may be older than the live one.
    pub(in super::super) revision: Revision,
    /// The answer as it was shown.
    pub(in super::super) shown: Shown,
}

impl Given {
    pub(super) fn code(&self) -> String {
        let feedback = match self.feedback {
            Feedback::Yes => "y",
            Feedback::No(None) => "n",
            Feedback::No(Some(reason)) => reason.name(),
        };
        format!("{feedback}.{}.{}", self.revision, self.shown.code())
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        let mut parts = code.splitn(3, '.');
        let feedback = match parts.next()? {
            "y" => Feedback::Yes,
            "n" => Feedback::No(None),
            reason => Feedback::No(Some(Reason::parse(reason)?)),
        };
        let revision = Revision(Key::parse(parts.next()?)?);
        Some(Self { feedback, revision, shown: Shown::parse(parts.next()?)? })
    }
}

/// What is to become of a question that was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Keeping {
    /// Its reader wants to be told once it can be. The question is the message that the one pressed replies to.
    Tell,
    /// They do not any more.
    Withdraw(QuestionId),
}

impl Keeping {
    pub(super) fn code(self) -> String {
        match self {
            Self::Tell => "tell".to_owned(),
            Self::Withdraw(id) => format!("not.{}", id.0),
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        match code.split_once('.') {
            None if code == "tell" => Some(Self::Tell),
            Some(("not", id)) => question(id).map(Self::Withdraw),
            _ => None,
        }
    }
}

/// What somebody wants of what is stored about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Mine {
    /// To delete it, after being asked once.
    Ask,
    /// To delete it.
    Forget,
    /// Not to.
    Leave,
    /// To withdraw a question, and see what is left.
    Withdraw(QuestionId),
}

impl Mine {
    pub(super) fn code(self) -> String {
        match self {
            Self::Ask => "ask".to_owned(),
            Self::Forget => "forget".to_owned(),
            Self::Leave => "leave".to_owned(),
            Self::Withdraw(id) => format!("not.{}", id.0),
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        match code.split_once('.') {
            None => [Self::Ask, Self::Forget, Self::Leave].into_iter().find(|mine| mine.code() == code),
            Some(("not", id)) => question(id).map(Self::Withdraw),
            Some(_) => None,
        }
    }
}

fn question(number: &str) -> Option<QuestionId> {
    number.parse().ok().filter(|id| *id > 0).map(QuestionId)
}
