//! The problems found so far.
//!
//! Every part of the room reports to one collector through a shared reference: a check that finds something goes on
//! checking, so nothing has to be handed back up.

use std::cell::RefCell;

use super::limits::MAX_PROBLEMS;
use super::problem::{Problem, Severity};

/// Collects problems; keeps [`MAX_PROBLEMS`] of each severity and counts the others, so that a file with a million
/// mistakes costs no more than one with two hundred.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: RefCell<Found>,
}

#[derive(Debug, Default)]
struct Found {
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    n_errors: usize,
    n_warnings: usize,
}

impl Problems {
    /// Counts a problem, and makes it only if it is kept.
    pub(super) fn report(&self, severity: Severity, make: impl FnOnce() -> Problem) {
        if self.count(severity) {
            let problem = make();
            let mut found = self.found.borrow_mut();
            match severity {
                Severity::Error => found.errors.push(problem),
                Severity::Warning => found.warnings.push(problem),
            }
        }
    }

    /// An error of a whole file, which may not exist.
    pub(super) fn file_error(&self, path: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.report(Severity::Error, || whole_file(Severity::Error, path, what.into(), hint.into()));
    }

    /// A warning about a whole file, which may not exist.
    pub(super) fn file_warning(&self, path: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.report(Severity::Warning, || whole_file(Severity::Warning, path, what.into(), hint.into()));
    }

    /// How many errors there are.
    pub(super) fn n_errors(&self) -> usize {
        self.found.borrow().n_errors
    }

    /// Everything that was found, by path, line and column; errors first in line if there is too much, and the number
    /// of the others at the end.
    pub(super) fn into_sorted(self) -> Vec<Problem> {
        let Found { errors, warnings, n_errors, n_warnings } = self.found.into_inner();
        let mut kept: Vec<Problem> = errors.into_iter().chain(warnings).take(MAX_PROBLEMS).collect();
        let n_kept_errors = kept.iter().filter(|problem| problem.severity == Severity::Error).count();
        let n_more = n_errors + n_warnings - kept.len();
        kept.sort_by(Problem::by_place);
        if let Some(last) = kept.last().filter(|_| n_more > 0) {
            let severity = if n_errors > n_kept_errors { Severity::Error } else { Severity::Warning };
            let (what, hint) = (format!("… and {n_more} more"), "mend these first and check again".to_owned());
            kept.push(Problem { is_rest: true, ..whole_file(severity, &last.path.clone(), what, hint) });
        }
        kept
    }

    /// Whether the problem is kept.
    fn count(&self, severity: Severity) -> bool {
        let mut found = self.found.borrow_mut();
        let n = match severity {
            Severity::Error => &mut found.n_errors,
            Severity::Warning => &mut found.n_warnings,
        };
        *n += 1;
        *n <= MAX_PROBLEMS
    }
}

fn whole_file(severity: Severity, path: &str, what: String, hint: String) -> Problem {
    Problem { severity, path: path.into(), line: 1, column: 1, what, hint, excerpt: None, is_rest: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_sorted_and_beyond_the_budget_only_counted() {
        let problems = Problems::default();
        for n in 0..150 {
            problems.file_warning(&format!("w{n:03}"), "w", "");
        }
        for n in 0..90 {
            problems.file_error(&format!("e{n:03}"), "e", "");
        }
        let sorted = problems.into_sorted();
        assert_eq!(sorted.len(), MAX_PROBLEMS + 1);
        assert_eq!(sorted[0].location(), "e000:1:1");
        assert_eq!(sorted[199].location(), "w109:1:1");
        assert_eq!(sorted[200].to_string(), "warning: w109:1:1: … and 40 more; mend these first and check again");
    }

    #[test]
    fn a_dropped_error_is_not_called_a_warning() {
        let problems = Problems::default();
        for _ in 0..=MAX_PROBLEMS {
            problems.file_error("e", "e", "");
        }
        assert_eq!(problems.n_errors(), MAX_PROBLEMS + 1);
        let sorted = problems.into_sorted();
        assert_eq!(sorted[MAX_PROBLEMS].what(), "… and 1 more");
        assert_eq!(sorted[MAX_PROBLEMS].severity(), Severity::Error);
    }

    #[test]
    fn a_problem_that_is_not_kept_is_not_made() {
        let problems = Problems::default();
        for _ in 0..MAX_PROBLEMS {
            problems.file_error("e", "e", "");
        }
        problems.report(Severity::Error, || unreachable!("it is only counted"));
    }
}
