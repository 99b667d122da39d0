//! Dates of events as they are written: no more exact than known, and never guessed.

use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::characters::shown;
use crate::domain::{PartialDate, When};

/// Why a date can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) what: String,
    pub(super) hint: String,
}

/// Reads a year, month or day (`2031`, `2031-10`, `2031-05-15`), a span of two of them (`2026/2028`), or an instant with
/// its zone (`2031-05-15T10:00[Asia/Bishkek]`).
pub(super) fn parse(text: &str) -> Result<When, Fault> {
    if text.contains(['[', 'T']) {
        return instant(text);
    }
    match text.split_once('/') {
        None => partial(text).map(When::Within),
        Some((from, to)) => {
            let (from, to) = (partial(from)?, partial(to)?);
            if to.last_day() < from.first_day() {
                let what = format!("{} ends before it begins", shown(text));
                return Err(Fault { what, hint: "write the earlier date first".to_owned() });
            }
            Ok(When::Span(from, to))
        }
    }
}

fn partial(text: &str) -> Result<PartialDate, Fault> {
    PartialDate::parse(text).ok_or_else(|| Fault {
        what: format!("{} is not a date", shown(text)),
        hint:
            "write a year, month or day as it is known (2031, 2031-10, 2031-05-15), a span (2026/2028), or an instant \
               with its zone (2031-05-15T10:00[Asia/Bishkek])"
                .to_owned(),
    })
}

/// Reads an instant. A local time that a change of clocks skips or repeats is asked about.
fn instant(text: &str) -> Result<When, Fault> {
    let pieces = Pieces::parse(text).ok();
    let Some((pieces, time)) =
        pieces.and_then(|pieces| Some((pieces.time()?, pieces))).map(|(time, pieces)| (pieces, time))
    else {
        let hint = "write day, time and zone: 2031-05-15T10:00[Asia/Bishkek]".to_owned();
        return Err(Fault { what: format!("{} is not an instant", shown(text)), hint });
    };
    let zone = zone(text, &pieces)?;
    let local = pieces.date().to_datetime(time);
    let offset = zone.to_ambiguous_zoned_datetime(local).offset();
    let offset = match (pieces.to_numeric_offset(), offset) {
        (None, AmbiguousOffset::Unambiguous { offset }) => offset,
        (None, AmbiguousOffset::Gap { before, after }) => {
            return Err(ambiguous(text, "does not exist: the clocks are put forward then", time, [before, after]));
        }
        (None, AmbiguousOffset::Fold { before, after }) => {
            return Err(ambiguous(text, "comes twice: the clocks are put back then", time, [before, after]));
        }
        (Some(offset), _) => offset,
    };
    let found = offset.to_timestamp(local).ok().map(|timestamp| timestamp.to_zoned_datetime(zone));
    match found.filter(|found| found.offset() == offset) {
        Some(found) => Ok(When::At(Box::new(found))),
        None => Err(Fault {
            what: format!("{} has an offset that its zone does not have then", shown(text)),
            hint: "correct the offset, or leave it out".to_owned(),
        }),
    }
}

/// The zone in brackets, from the tables built into the program: every machine reads the same knowledge alike.
fn zone(text: &str, pieces: &Pieces<'_>) -> Result<TimeZone, Fault> {
    let Some(annotation) = pieces.time_zone_annotation() else {
        let what = format!("{} has no zone", shown(text));
        return Err(Fault { what, hint: "write the zone behind it: 2031-05-15T10:00[Asia/Bishkek]".to_owned() });
    };
    annotation.to_time_zone_with(&TimeZoneDatabase::bundled()).map_err(|_| Fault {
        what: format!("the zone of {} is not known", shown(text)),
        hint: "write a name from the IANA time zone database, such as Asia/Bishkek".to_owned(),
    })
}

fn ambiguous(text: &str, fault: &str, time: Time, offsets: [Offset; 2]) -> Fault {
    let [before, after] = offsets;
    Fault {
        what: format!("{} {fault}", shown(text)),
        hint: format!("write an offset behind the time: {time}{before} or {time}{after}"),
    }
}
