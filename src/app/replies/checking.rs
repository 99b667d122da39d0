//! What is said when somebody asks whether words stand in the interview. It speaks of texts, never of what somebody said.

use crate::domain::Text;

use super::Voice;

sentences! {
    command_check = "command-check";
    check_usage = "check-usage";
    check_shortened = "check-shortened";
    check_case = "check-case";
    check_differs = "check-differs";
    check_gap = "check-gap";
    check_not_found = "check-not-found";
    check_other_language = "check-other-language";
}

impl Voice<'_> {
    /// "Word for word in this text: English translation published by gazeta.kg".
    #[must_use]
    pub fn check_same(self, text: Option<&Text>) -> String {
        let published = text.map(|text| self.published(text.kind, text.language, &text.publisher)).unwrap_or_default();
        format!("{} {published}", self.plain("check-same")).trim_end().to_owned()
    }

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
