//! What somebody decides about an announcement or its event, as a button carries it.

use crate::store::Settlement;

/// What somebody decides about an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Decision {
    /// Its chat is to get it.
    Post,
    /// Its chat is not.
    Skip,
    /// Ask again later.
    Later,
    /// Of a doubtful one: its chat has it.
    IsThere,
    /// Of a doubtful one: its chat does not have it, and is to get it.
    PostAgain,
    /// Of a doubtful one: leave it.
    Drop,
}

impl Decision {
    const CODES: [(&str, Self); 6] = [
        ("post", Self::Post),
        ("skip", Self::Skip),
        ("later", Self::Later),
        ("there", Self::IsThere),
        ("again", Self::PostAgain),
        ("drop", Self::Drop),
    ];

    /// What it says of a doubtful one; `None` if it is no answer to a doubt.
    pub(in super::super) const fn settlement(self) -> Option<Settlement> {
        match self {
            Self::IsThere => Some(Settlement::IsThere),
            Self::PostAgain => Some(Settlement::PostAgain),
            Self::Drop => Some(Settlement::Drop),
            Self::Post | Self::Skip | Self::Later => None,
        }
    }

    pub(super) fn code(self) -> &'static str {
        Self::CODES.into_iter().find(|(_, decision)| *decision == self).map_or("", |(code, _)| code)
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::CODES.into_iter().find(|(known, _)| *known == code).map(|(_, decision)| decision)
    }
}

/// What an admin says of an event that nobody has looked at for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Review {
    /// It is as true as when it was last looked at.
    StillTrue,
    /// It is not to be announced.
    Outdated,
}

impl Review {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::StillTrue => "true",
            Self::Outdated => "outdated",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        [Self::StillTrue, Self::Outdated].into_iter().find(|review| review.code() == code)
    }
}
