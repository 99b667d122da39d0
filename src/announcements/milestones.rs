//! Which moments an event is announced at: as the editor says, else by how precisely its date is known.

use crate::domain::{Event, Milestone, PartialDate, When};

/// Days before a month: far enough ahead to plan, and the day it may begin.
const OF_A_MONTH: [u16; 2] = [30, 0];

/// Days before a day: a week ahead, the day before, and that morning.
const OF_A_DAY: [u16; 3] = [7, 1, 0];

/// The moments to announce an event, the earliest (the most days ahead) first.
///
/// The editor's, if the file gives any; else those of its date as it is known by now. A year has none of its own: its
/// first of January means nothing. Nothing is announced of an event that is over or called off, that has no date, or that
/// was put off without a new one: the old date is known to be wrong.
#[must_use]
pub fn milestones(event: &Event) -> Vec<Milestone> {
    let Some(when) = event.planned() else { return Vec::new() };
    let Some(chosen) = &event.milestones else {
        return by_precision(when).iter().filter_map(|days| Milestone::days_before(*days)).collect();
    };
    let mut chosen = chosen.clone();
    chosen.sort_unstable_by(|a, b| b.cmp(a));
    chosen.dedup();
    chosen
}

fn by_precision(when: &When) -> &'static [u16] {
    match when {
        When::Within(PartialDate::Year(_)) | When::Span(PartialDate::Year(_), _) => &[],
        When::Within(PartialDate::Month { .. }) | When::Span(PartialDate::Month { .. }, _) => &OF_A_MONTH,
        When::Within(PartialDate::Day(_)) | When::Span(PartialDate::Day(_), _) | When::At(_) => &OF_A_DAY,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{confirmed, event, milestone, outcome};
    use super::*;
    use crate::domain::OutcomeKind;

    #[track_caller]
    fn check(event: &Event, days: &[u16]) {
        let found: Vec<u16> = milestones(event).into_iter().map(Milestone::days).collect();
        assert_eq!(found, days, "{event:?}");
    }

    #[test]
    fn a_date_is_announced_as_precisely_as_it_is_known() {
        for (when, days) in [
            ("2031-10", &[30, 0][..]),
            ("2031-10/2031-12", &[30, 0]),
            ("2031-10/2032", &[30, 0]),
            ("2031-10/2031-12-05", &[30, 0]),
            ("2031-10-05", &[7, 1, 0]),
            ("2031-10-05/2031-11", &[7, 1, 0]),
            ("2031-10-05T10:00[Asia/Bishkek]", &[7, 1, 0]),
            ("2031", &[]),
            ("2031/2033", &[]),
            ("2031/2031-10-05", &[]),
            ("", &[]),
        ] {
            check(&event(when), days);
        }
    }

    #[test]
    fn a_later_date_counts() {
        check(&confirmed(event("2031"), "2031-10"), &[30, 0]);
        check(&confirmed(event("2031-10"), "2031-10-05"), &[7, 1, 0]);
        check(&confirmed(event(""), "2031-10-05"), &[7, 1, 0]);
        check(&confirmed(event("2031-10"), "2031"), &[]);
    }

    #[test]
    fn the_editor_decides() {
        let chosen = |when, days: &[u16]| {
            let milestones = Some(days.iter().copied().map(milestone).collect());
            Event { milestones, ..event(when) }
        };
        check(&chosen("2031", &[90]), &[90]);
        check(&chosen("2031-10", &[1, 366, 1, 14]), &[366, 14, 1]);
        check(&chosen("2031-10-05", &[]), &[]);
        check(&chosen("", &[7]), &[]);
        check(&outcome(chosen("2031-10", &[7]), OutcomeKind::Held), &[]);
    }

    #[test]
    fn what_is_settled_is_not_announced() {
        for kind in [OutcomeKind::Held, OutcomeKind::Cancelled] {
            check(&outcome(event("2031-10"), kind), &[]);
            check(&outcome(confirmed(event("2031-10"), "2031-10-05"), kind), &[]);
        }
        check(&outcome(event("2031-10"), OutcomeKind::Moved), &[]);
        check(&outcome(confirmed(event("2031-10"), "2032-02-01"), OutcomeKind::Moved), &[7, 1, 0]);
    }
}
