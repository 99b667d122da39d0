//! What somebody decides about an announcement, as a button carries it.

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

    pub(super) fn code(self) -> &'static str {
        Self::CODES.into_iter().find(|(_, decision)| *decision == self).map_or("", |(code, _)| code)
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::CODES.into_iter().find(|(known, _)| *known == code).map(|(_, decision)| decision)
    }
}
