//! What somebody decides about an announcement, as a button carries it.

use crate::store::Settlement;

/// What somebody decides about an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Decision {
    /// Its event is as true as when it was last looked at.
    StillTrue,
    /// Its event is not to be announced.
    Outdated,
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
    const CODES: [(&str, Self); 8] = [
        ("true", Self::StillTrue),
        ("outdated", Self::Outdated),
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
            Self::StillTrue | Self::Outdated | Self::Post | Self::Skip | Self::Later => None,
        }
    }

    pub(super) fn code(self) -> &'static str {
        Self::CODES.into_iter().find(|(_, decision)| *decision == self).map_or("", |(code, _)| code)
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::CODES.into_iter().find(|(known, _)| *known == code).map(|(_, decision)| decision)
    }
}
