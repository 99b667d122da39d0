//! Attribution and source: who said it, to whom, when, and where it stands.

use fluent_bundle::FluentArgs;

use crate::domain::{Attribution, Interview, Language, Source, TextKind};

use super::Voice;

impl Voice<'_> {
    /// "Taalatbek Masadykov, Secretary General of the CSTO, to “Allies. CSTO”, 29 January 2026:".
    /// Empty for a set of question-and-answer lines, which nobody spoke.
    #[must_use]
    pub fn attribution(self, attribution: &Attribution) -> String {
        let mut parts = Vec::new();
        if let Some(speaker) = &attribution.speaker {
            parts.push(speaker.name.get(self.language).to_owned());
            parts.push(speaker.role.get(self.language).to_owned());
        }
        if let Some(asked_by) = &attribution.asked_by {
            parts.push(format!("{} {}", self.plain("attribution-to"), self.quoted(asked_by.get(self.language))));
        }
        parts.extend(attribution.given.map(|day| self.day(day)));
        if parts.is_empty() { String::new() } else { format!("{}:", parts.join(", ")) }
    }

    /// "English translation published by gazeta.kg".
    #[must_use]
    pub fn source_label(self, source: &Source) -> String {
        self.published(source.kind, source.language, &source.publisher)
    }

    /// What kind of text it is and who published it; empty if the set does not say.
    #[must_use]
    pub fn published(self, kind: TextKind, language: Language, publisher: &str) -> String {
        if publisher.is_empty() {
            return String::new();
        }
        let key = match (kind, language) {
            (TextKind::Original, _) => "source-original",
            (TextKind::Translation, Language::English) => "source-translation-en",
            (TextKind::Translation, Language::Russian) => "source-translation-ru",
            (TextKind::Faq, _) => "source-published",
        };
        format!("{} {publisher}", self.plain(key))
    }

    /// "Topic: …": an editor's title, told from the words of the speaker.
    #[must_use]
    pub fn topic(self, title: &str) -> String {
        format!("{} {title}", self.plain("topic"))
    }

    /// The label of the link to the passage.
    #[must_use]
    pub fn open_passage(self) -> String {
        self.plain("open-passage")
    }

    /// "In Russian: kaktus.media".
    #[must_use]
    pub fn also_in(self, language: Language, label: &str) -> String {
        let key = match language {
            Language::English => "also-in-en",
            Language::Russian => "also-in-ru",
        };
        format!("{} {label}", self.plain(key))
    }

    /// "Question by Allies. CSTO", or "Question" where nobody is named.
    #[must_use]
    pub fn question_by(self, interview: &Interview) -> String {
        match &interview.asked_by {
            Some(asked_by) => format!("{} {}", self.plain("question-by"), self.quoted(asked_by.get(self.language))),
            None => self.plain("question"),
        }
    }

    /// Who answers in the interview, in which role.
    #[must_use]
    pub fn fact_speaker(self, interview: &Interview) -> String {
        match &interview.speaker {
            Some(speaker) => format!(
                "{} {}, {}.",
                self.plain("facts-speaker"),
                speaker.name.get(self.language),
                speaker.role.get(self.language)
            ),
            None => self.plain("facts-speaker-nobody"),
        }
    }

    /// Which outlet asked; `None` where nobody is named.
    #[must_use]
    pub fn fact_asked_by(self, interview: &Interview) -> Option<String> {
        let asked_by = interview.asked_by.as_ref()?;
        Some(format!("{} {}.", self.plain("facts-asked-by"), self.quoted(asked_by.get(self.language))))
    }

    /// Its date.
    #[must_use]
    pub fn fact_given(self, interview: &Interview) -> String {
        let Some(given) = interview.given else { return self.plain("facts-given-unknown") };
        let mut args = FluentArgs::new();
        args.set("date", self.day(given));
        self.with("facts-given", &args)
    }

    /// Whether a text is a translation, and from which language.
    #[must_use]
    pub fn fact_translation(self, kind: TextKind, language: Language, original: Language) -> String {
        match kind {
            TextKind::Original | TextKind::Faq => self.plain("facts-original"),
            TextKind::Translation => {
                let mut args = FluentArgs::new();
                args.set("language", language.code());
                args.set("original", original.code());
                self.with("facts-translation", &args)
            }
        }
    }
}
