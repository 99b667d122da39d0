//! One change of a subscription's settings: what a button sets. It carries the value, not "the other one", so that
//! pressing twice is pressing once.

use crate::domain::{Approval, EventKind, Language, MilestoneChoice, QuietHours, Settings};

/// What a button sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Change {
    /// Whether somebody looks before each post.
    Approval(Approval),
    /// Whether events of a kind are announced.
    Kind(EventKind, Switch),
    /// Which milestones.
    Milestones(MilestoneChoice),
    /// The language.
    Language(Language),
    /// The hour of the day.
    Hour(i8),
    /// When nothing is posted.
    Quiet(Option<QuietHours>),
    /// Without a sound.
    Silent(Switch),
    /// Pinned.
    Pin(Switch),
}

/// One of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Switch {
    /// It is so.
    On,
    /// It is not.
    Off,
}

impl Switch {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }

    /// As payloads and catalogues have it.
    pub(in crate::app) const fn code(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// As payloads and catalogues have it.
pub(in crate::app) const fn kind_code(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Exercise => "exercise",
        EventKind::Meeting => "meeting",
        EventKind::Anniversary => "anniversary",
        EventKind::Other => "other",
    }
}

/// As payloads and catalogues have it.
pub(in crate::app) const fn milestones_code(choice: MilestoneChoice) -> &'static str {
    match choice {
        MilestoneChoice::All => "all",
        MilestoneChoice::Ahead => "ahead",
        MilestoneChoice::FirstDay => "first",
    }
}

/// As payloads and catalogues have it.
pub(in crate::app) const fn approval_code(approval: Approval) -> &'static str {
    match approval {
        Approval::Each => "each",
        Approval::None => "none",
    }
}

impl From<bool> for Switch {
    fn from(is_on: bool) -> Self {
        if is_on { Self::On } else { Self::Off }
    }
}

impl Change {
    /// As a payload has it: a name, a dot and a value.
    pub(in crate::app) fn code(self) -> String {
        match self {
            Self::Approval(approval) => format!("approval.{}", approval_code(approval)),
            Self::Kind(kind, switch) => format!("kind.{}.{}", kind_code(kind), switch.code()),
            Self::Milestones(choice) => format!("milestones.{}", milestones_code(choice)),
            Self::Language(language) => format!("language.{language}"),
            Self::Hour(hour) => format!("hour.{hour}"),
            Self::Quiet(None) => "quiet.off".to_owned(),
            Self::Quiet(Some(quiet)) => format!("quiet.{}-{}", quiet.from(), quiet.to()),
            Self::Silent(switch) => format!("silent.{}", switch.code()),
            Self::Pin(switch) => format!("pin.{}", switch.code()),
        }
    }

    /// Reads what [`Change::code`] writes; `None` for anything else.
    pub(in crate::app) fn parse(code: &str) -> Option<Self> {
        let (name, value) = code.split_once('.')?;
        let change = match name {
            "approval" => Self::Approval(one_of([Approval::Each, Approval::None], approval_code, value)?),
            "kind" => {
                let (kind, switch) = value.split_once('.')?;
                Self::Kind(one_of(EventKind::ALL, kind_code, kind)?, switched(switch)?)
            }
            "milestones" => Self::Milestones(one_of(MilestoneChoice::ALL, milestones_code, value)?),
            "language" => Self::Language(one_of(Language::ALL, Language::code, value)?),
            "hour" => Self::Hour(value.parse().ok()?),
            "quiet" if value == "off" => Self::Quiet(None),
            "quiet" => {
                let (from, to) = value.split_once('-')?;
                Self::Quiet(Some(QuietHours::new(from.parse().ok()?, to.parse().ok()?)?))
            }
            "silent" => Self::Silent(switched(value)?),
            "pin" => Self::Pin(switched(value)?),
            _ => return None,
        };
        // `+9` is a number, and nothing that a button of ours carries.
        (change.code() == code && change.is_possible()).then_some(change)
    }

    fn is_possible(self) -> bool {
        if let Self::Hour(hour) = self { (0..24).contains(&hour) } else { true }
    }

    /// The settings with this change; `None` if no kind of event would be left.
    pub(super) fn apply(self, settings: &Settings) -> Option<Settings> {
        let mut changed = settings.clone();
        match self {
            Self::Approval(approval) => changed.approval = approval,
            Self::Kind(kind, Switch::On) => drop(changed.kinds.insert(kind)),
            Self::Kind(kind, Switch::Off) => drop(changed.kinds.remove(&kind)),
            Self::Milestones(choice) => changed.milestones = choice,
            Self::Language(language) => changed.language = language,
            Self::Hour(hour) => changed.hour = hour,
            Self::Quiet(quiet) => changed.quiet = quiet,
            Self::Silent(switch) => changed.silent = switch == Switch::On,
            Self::Pin(switch) => changed.pin = switch == Switch::On,
        }
        (!changed.kinds.is_empty()).then_some(changed)
    }
}

fn one_of<T: Copy, const N: usize>(all: [T; N], code: impl Fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.into_iter().find(|value| code(*value) == wanted)
}

fn switched(code: &str) -> Option<Switch> {
    one_of([Switch::On, Switch::Off], Switch::code, code)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::ChatKind;

    #[test]
    fn a_change_is_read_as_it_is_written() {
        for code in [
            "approval.each",
            "approval.none",
            "kind.exercise.on",
            "kind.other.off",
            "milestones.all",
            "milestones.ahead",
            "milestones.first",
            "language.ru",
            "hour.0",
            "hour.23",
            "quiet.off",
            "quiet.22-8",
            "silent.on",
            "pin.off",
        ] {
            assert_eq!(Change::parse(code).map(Change::code).as_deref(), Some(code));
        }
        for code in
            ["", "hour", "hour.", "hour.24", "hour.-1", "hour.+9", "quiet.8-8", "quiet.0-24", "kind.other", "pin.x"]
        {
            assert_eq!(Change::parse(code), None, "{code}");
        }
    }

    #[test]
    fn the_last_kind_stays() {
        let mut settings = Settings::new(ChatKind::Group, Language::English, TimeZone::UTC);
        for kind in EventKind::ALL.into_iter().skip(1) {
            settings = Change::Kind(kind, Switch::Off).apply(&settings).unwrap();
            assert_eq!(Change::Kind(kind, Switch::Off).apply(&settings).as_ref(), Some(&settings), "twice is once");
        }
        assert_eq!(Change::Kind(EventKind::Exercise, Switch::Off).apply(&settings), None);
    }
}
