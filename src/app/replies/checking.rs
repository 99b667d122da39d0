//! What is said when somebody asks whether words stand in the interview. It speaks of texts, never of what somebody said.

use super::Voice;

sentences! {
    command_check = "command-check";
    check_usage = "check-usage";
    check_same = "check-same";
    check_shortened = "check-shortened";
    check_case = "check-case";
    check_differs = "check-differs";
    check_gap = "check-gap";
    check_not_found = "check-not-found";
    check_other_language = "check-other-language";
}

impl Voice<'_> {
    /// "“main ally” — in the text: “main partner”".
    #[must_use]
    pub fn check_changed(self, said: &str, text: &str) -> String {
        format!("{} — {} {}", self.quoted(said), self.plain("check-in-text"), self.quoted(text))
    }

    /// "“not” — not in the text".
    #[must_use]
    pub fn check_added(self, said: &str) -> String {
        format!("{} — {}", self.quoted(said), self.plain("check-added"))
    }

    /// "Left out: “not”".
    #[must_use]
    pub fn check_missing(self, text: &str) -> String {
        format!("{} {}", self.plain("check-missing"), self.quoted(text))
    }
}
