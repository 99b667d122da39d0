//! How the bot behaves in a group, as its administrators chose.

use jiff::SignedDuration;

use super::language::Language;

/// What a group's administrators chose; without a choice, the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manners {
    /// How long the bot's replies stay.
    pub lifetime: Lifetime,
    /// Where questions are answered.
    pub venue: Venue,
    /// In which language; `None`: that of each question.
    pub language: Option<Language>,
}

/// How long the bot's replies stay in a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lifetime {
    /// For good.
    #[default]
    Unlimited,
    /// Five minutes.
    Minutes5,
    /// Half an hour.
    Minutes30,
    /// A day: Telegram lets a bot take back what is no older than two.
    Day,
}

impl Lifetime {
    /// All of them, the shortest last.
    pub const ALL: [Self; 4] = [Self::Unlimited, Self::Day, Self::Minutes30, Self::Minutes5];

    /// In minutes; `None`: for good.
    #[must_use]
    pub const fn minutes(self) -> Option<i64> {
        match self {
            Self::Unlimited => None,
            Self::Minutes5 => Some(5),
            Self::Minutes30 => Some(30),
            Self::Day => Some(24 * 60),
        }
    }

    /// The same as a duration.
    #[must_use]
    pub fn duration(self) -> Option<SignedDuration> {
        self.minutes().map(SignedDuration::from_mins)
    }

    /// The one of so many minutes; `None` if that is not to be chosen.
    #[must_use]
    pub fn of_minutes(minutes: Option<i64>) -> Option<Self> {
        Self::ALL.into_iter().find(|lifetime| lifetime.minutes() == minutes)
    }
}

/// Where a question in a group is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Venue {
    /// In the group.
    #[default]
    Here,
    /// In the private chat with whoever asked.
    Private,
}

impl Venue {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Here, Self::Private];

    /// As payloads, catalogues and the store have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Private => "private",
        }
    }

    /// Reads what [`Venue::code`] writes.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|venue| venue.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_known_by_its_minutes_and_no_other() {
        for lifetime in Lifetime::ALL {
            assert_eq!(Lifetime::of_minutes(lifetime.minutes()), Some(lifetime));
        }
        for minutes in [0, 1, 6, 60, -5, 2881] {
            assert_eq!(Lifetime::of_minutes(Some(minutes)), None);
        }
    }

    #[test]
    fn a_venue_is_known_by_its_code_and_no_other() {
        for venue in Venue::ALL {
            assert_eq!(Venue::of_code(venue.code()), Some(venue));
        }
        for code in ["", "Here", "there"] {
            assert_eq!(Venue::of_code(code), None);
        }
    }
}
