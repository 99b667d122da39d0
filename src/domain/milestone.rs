//! Moments to announce an event, and why a delivery is made.

use std::fmt;

/// A moment to announce an event: so many days before the first day it may mean. On day 0 it begins, or may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Milestone(u16);

impl Milestone {
    /// The day the event begins, or may begin.
    pub const FIRST_DAY: Self = Self(0);

    /// More than a year ahead nobody plans to come.
    pub const MAX_DAYS: u16 = 366;

    /// `None` beyond [`Milestone::MAX_DAYS`].
    #[must_use]
    pub const fn days_before(days: u16) -> Option<Self> {
        if days <= Self::MAX_DAYS { Some(Self(days)) } else { None }
    }

    /// How many days before the first day.
    #[must_use]
    pub const fn days(self) -> u16 {
        self.0
    }

    /// Reads `30d`, as it is written in `events.toml` and stored; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_suffix('d')?;
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        Self::days_before(digits.parse().ok().filter(|_| plain && (digits == "0" || !digits.starts_with('0')))?)
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

/// Why an event is announced to a subscription. With the event and its schedule revision it makes a delivery unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// One of its milestones is due.
    Milestone(Milestone),
    /// It was announced for another time or place.
    Moved,
    /// It was announced and is called off.
    Cancelled,
    /// An admin wants it announced now.
    Now,
}

impl Occasion {
    /// Reads what `Display` writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "moved" => Some(Self::Moved),
            "cancelled" => Some(Self::Cancelled),
            "now" => Some(Self::Now),
            _ => Milestone::parse(text).map(Self::Milestone),
        }
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Milestone(milestone) => milestone.fmt(f),
            Self::Moved => f.write_str("moved"),
            Self::Cancelled => f.write_str("cancelled"),
            Self::Now => f.write_str("now"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_occasion_is_read_as_it_is_written() {
        for text in ["0d", "1d", "7d", "30d", "366d", "moved", "cancelled", "now"] {
            assert_eq!(Occasion::parse(text).map(|occasion| occasion.to_string()).as_deref(), Some(text));
        }
        for text in ["", "d", "-1d", "+1d", "01d", "367d", "99999999d", "1", "1 d", "1w", "Moved"] {
            assert_eq!(Occasion::parse(text), None, "{text}");
        }
    }
}
