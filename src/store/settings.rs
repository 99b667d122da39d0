//! Settings of a subscription as they are stored: one column each.

use std::collections::BTreeSet;

use jiff::tz::TimeZoneDatabase;
use sqlx::any::AnyRow;
use sqlx::{Any, Row};

use crate::domain::{
    Approval, ChatKind, EventKind, Language, MilestoneChoice, QuietHours, Settings, SubscriptionStatus,
};

use super::unreadable;

/// A query with arguments.
pub(super) type Query = sqlx::query::Query<'static, Any, sqlx::any::AnyArguments>;

/// A value with a name that is stored. The names are never changed.
pub(super) trait Named: Copy + PartialEq + Sized + 'static {
    /// What an error calls it.
    const WHAT: &'static str;
    /// Every value with its name.
    const NAMES: &'static [(Self, &'static str)];

    fn name(self) -> &'static str {
        // The lists below have every value, as a test holds.
        Self::NAMES.iter().find(|(value, _)| *value == self).map_or("", |(_, name)| name)
    }

    fn read(name: &str) -> Result<Self, sqlx::Error> {
        let found = Self::NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(value, _)| *value).ok_or_else(|| unreadable(Self::WHAT, name))
    }
}

impl Named for SubscriptionStatus {
    const WHAT: &'static str = "the status";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Active, "active"), (Self::Suspended, "suspended"), (Self::Ended, "ended")];
}

impl Named for ChatKind {
    const WHAT: &'static str = "the kind of chat";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Private, "private"), (Self::Group, "group"), (Self::Channel, "channel")];
}

impl Named for Approval {
    const WHAT: &'static str = "the approval";
    const NAMES: &'static [(Self, &'static str)] = &[(Self::None, "none"), (Self::Each, "each")];
}

impl Named for MilestoneChoice {
    const WHAT: &'static str = "the choice of milestones";
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::All, "all"), (Self::Ahead, "ahead"), (Self::FirstDay, "first_day")];
}

impl Named for EventKind {
    const WHAT: &'static str = "the kind of event";
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Exercise, "exercise"),
        (Self::Meeting, "meeting"),
        (Self::Anniversary, "anniversary"),
        (Self::Other, "other"),
    ];
}

/// Binds the ten columns of settings, in the order of the table.
///
/// A zone without an IANA name is refused: an offset would be wrong half the year.
pub(super) fn bind(query: Query, settings: &Settings) -> Result<Query, sqlx::Error> {
    let zone =
        settings.zone.iana_name().ok_or_else(|| sqlx::Error::Encode("a time zone without an IANA name".into()))?;
    let kinds: Vec<&str> = settings.kinds.iter().map(|kind| kind.name()).collect();
    Ok(query
        .bind(settings.approval.name())
        .bind(kinds.join(" "))
        .bind(settings.milestones.name())
        .bind(settings.language.code())
        .bind(zone.to_owned())
        .bind(i64::from(settings.hour))
        .bind(settings.quiet.map(|quiet| i64::from(quiet.from())))
        .bind(settings.quiet.map(|quiet| i64::from(quiet.to())))
        .bind(i64::from(settings.silent))
        .bind(i64::from(settings.pin)))
}

/// Reads the ten columns of settings, the first of them at `at`.
pub(super) fn read(row: &AnyRow, at: usize) -> Result<Settings, sqlx::Error> {
    let (language, zone): (&str, &str) = (row.try_get(at + 3)?, row.try_get(at + 4)?);
    Ok(Settings {
        approval: Approval::read(row.try_get(at)?)?,
        kinds: row
            .try_get::<&str, _>(at + 1)?
            .split(' ')
            .filter(|kind| !kind.is_empty())
            .map(EventKind::read)
            .collect::<Result<BTreeSet<_>, _>>()?,
        milestones: MilestoneChoice::read(row.try_get(at + 2)?)?,
        language: Language::from_code(language).ok_or_else(|| unreadable("the language", language))?,
        zone: TimeZoneDatabase::bundled().get(zone).map_err(|_| unreadable("the time zone", zone))?,
        hour: hour(row.try_get(at + 5)?)?,
        quiet: match (row.try_get(at + 6)?, row.try_get(at + 7)?) {
            (Some(from), Some(to)) => Some(
                QuietHours::new(hour(from)?, hour(to)?)
                    .ok_or_else(|| unreadable("the quiet hours", &format!("{from}-{to}")))?,
            ),
            (None, None) => None,
            (from, to) => return Err(unreadable("the quiet hours", &format!("{from:?}-{to:?}"))),
        },
        silent: row.try_get::<i64, _>(at + 8)? != 0,
        pin: row.try_get::<i64, _>(at + 9)? != 0,
    })
}

fn hour(stored: i64) -> Result<i8, sqlx::Error> {
    i8::try_from(stored)
        .ok()
        .filter(|hour| (0..24).contains(hour))
        .ok_or_else(|| unreadable("the hour", &stored.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Named + std::fmt::Debug>(values: &[T]) {
        assert_eq!(values.len(), T::NAMES.len());
        for &value in values {
            assert_eq!(T::read(value.name()).unwrap(), value);
        }
        for other in ["", "None", "none ", "gone"] {
            assert!(T::read(other).unwrap_err().to_string().contains(T::WHAT), "{other}");
        }
    }

    #[test]
    fn every_value_has_a_name() {
        check(&[SubscriptionStatus::Active, SubscriptionStatus::Suspended, SubscriptionStatus::Ended]);
        check(&[ChatKind::Private, ChatKind::Group, ChatKind::Channel]);
        check(&[Approval::None, Approval::Each]);
        check(&[MilestoneChoice::All, MilestoneChoice::Ahead, MilestoneChoice::FirstDay]);
        check(&EventKind::ALL);
    }
}
